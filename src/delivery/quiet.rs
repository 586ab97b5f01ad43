//! A test calls nobody: what would notify people is written so that it can still be read, and no chat hears it.

use crate::services::{Everybody, Markup};

/// Cuts a mention for the chat and is not seen by people.
const INVISIBLE: char = '\u{200b}';

/// The text without calls to people; `None` when it has none.
///
/// `<!channel>`, `<!here>`, `<!subteam^S…|name>` and `<@U…>` of Slack become `@channel`..., which Slack reads as a text;
/// `<users/all>` of Google Chat becomes `@all`; where `@all` and `@name` call people themselves (Mattermost, Rocket.Chat),
/// an invisible character stands behind the `@` (services.md 1F, 2F, 3F, 4F). Discord is told in the body to call nobody.
pub fn quiet(text: &str, markup: &Markup) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    let at_calls = markup.everybody == Everybody::At;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        if let Some((name, behind)) = (c == '<').then(|| angle(tail, markup)).flatten() {
            out.push('@');
            if at_calls {
                out.push(INVISIBLE);
            }
            out.push_str(name);
            (rest, before) = (behind, Some('>'));
            continue;
        }
        out.push(c);
        let starts = before.is_none_or(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '/'));
        if c == '@' && at_calls && starts && tail.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            out.push(INVISIBLE);
        }
        (rest, before) = (tail, Some(c));
    }
    (out != text).then_some(out)
}

/// Whether a Discord text calls people, which its body has to forbid.
pub fn calls_on_discord(text: &str) -> bool {
    ["@everyone", "@here", "<@"].iter().any(|call| text.contains(call))
}

/// The name in a call between angle brackets, without its `<`, and what follows it.
fn angle<'a>(text: &'a str, markup: &Markup) -> Option<(&'a str, &'a str)> {
    let (inside, behind) = text.split_once('>')?;
    let slack = markup.everybody == Everybody::Slack || markup.slack_mentions;
    let name = match (markup.everybody, slack) {
        (Everybody::Users, _) => inside.strip_prefix("users/")?,
        (_, true) => match inside.strip_prefix('@') {
            Some(person) => person,
            None => inside.strip_prefix('!').filter(|call| !call.starts_with("date^"))?,
        },
        _ => return None,
    };
    let (id, label) = name.split_once('|').unwrap_or((name, ""));
    let shown = if label.is_empty() { id.rsplit('^').next().unwrap_or(id) } else { label.trim_start_matches('@') };
    let plain = !shown.is_empty() && !shown.contains(['<', '\n']);
    plain.then_some((shown, behind))
}
