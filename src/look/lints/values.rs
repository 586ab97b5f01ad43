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
    let found = count(rendered);
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
