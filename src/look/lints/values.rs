//! What the open document's values do to the message: nothing at all, too much, or signs that the chat reads as markup.

use super::Remarks;
use crate::finding::Severity;
use crate::services::{Entities, ServiceName, Unit};

/// Looks at the rendered text, of which `posted` units go out.
pub fn check(rendered: &str, posted: usize, remarks: &mut Remarks<'_>) {
    let facts = remarks.facts;
    if rendered.trim().is_empty() {
        remarks.on_all(Severity::Warning, "markup/empty", &[]);
        return;
    }
    length(rendered, posted, remarks);
    // More brackets in the text than in the template: values brought them.
    let template = count(&remarks.skeleton.chars.iter().collect::<String>());
    // What `get_link_to_form` makes is no value of a field.
    let links = link_to_form(rendered, remarks);
    let mut found = count(rendered);
    found.less = found.less.saturating_sub(2 * links);
    if html(rendered) && found.less > template.less {
        remarks.on_all(Severity::Warning, "markup/value-has-html", &[]);
    } else if facts.markup.entities == Entities::Three
        && (found.less > template.less || found.ampersand > template.ampersand)
    {
        remarks.on_all(Severity::Warning, "markup/value-needs-escaping", &[]);
    } else if facts.markup.entities == Entities::None && found.entities > template.entities {
        remarks.on_all(Severity::Warning, "markup/value-has-entities", &[]);
    }
}

/// A link in HTML that the template itself asks for: how many there are, after saying so.
fn link_to_form(rendered: &str, remarks: &mut Remarks<'_>) -> usize {
    const ASKED: &str = "get_link_to_form";
    let links = rendered.matches("<a href=").count();
    let template = remarks.template;
    let Some((before, after)) = template.split_once(ASKED).filter(|_| links > 0) else { return 0 };
    let span = before.len()..before.len() + ASKED.len();
    let finding = remarks.finding(Severity::Warning, "markup/link-is-html", &[]).at(span.clone());
    // The address takes the doctype and the name, and no label.
    let arguments = after.split_once(')').map_or("", |(inside, _)| inside);
    let is_short = !arguments.contains(['[', '"', '\'']) && arguments.matches(',').count() == 1;
    let label = remarks.language.say("markup/button-write", &[("text", "get_url_to_form")]);
    remarks.push(if is_short { finding.with_fix(label, span, "get_url_to_form") } else { finding });
    links
}

/// How many signs a text has that matter here.
#[derive(Debug, PartialEq, Eq)]
struct Signs {
    less: usize,
    ampersand: usize,
    entities: usize,
}

fn count(text: &str) -> Signs {
    let entities =
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;"].iter().map(|name| text.matches(name).count()).sum();
    Signs { less: text.matches('<').count(), ampersand: text.matches('&').count() - entities, entities }
}

/// Whether a text holds what the host's Text Editor writes.
fn html(text: &str) -> bool {
    ["<div", "<p>", "<br", "<span", "<ol>", "<ul>", "</p>"].iter().any(|tag| text.contains(tag))
}

fn length(rendered: &str, length: usize, remarks: &mut Remarks<'_>) {
    let limit = remarks.facts.limit;
    if length > limit.max {
        let (length, max) = (length.to_string(), limit.max.to_string());
        let code = match limit.unit {
            Unit::Characters => "markup/too-long",
            Unit::Bytes => "markup/too-many-bytes",
        };
        // What becomes of the rest (services.md, the limits of each; host.md 1 for Discord).
        let key = match remarks.facts.name {
            ServiceName::Discord => "markup/too-long-host-cuts",
            ServiceName::Slack => "markup/too-long-chat-cuts",
            ServiceName::Mattermost => "markup/too-long-split",
            ServiceName::Ntfy => "markup/too-long-attached",
            _ => code,
        };
        remarks.on_all_saying(Severity::Warning, code, key, &[("length", &length), ("max", &max)]);
    } else if remarks.facts.name == ServiceName::GoogleChat && Unit::Characters.measure(rendered) > 4_096 {
        remarks.on_all(Severity::Info, "markup/long-for-google", &[]);
    }
}
