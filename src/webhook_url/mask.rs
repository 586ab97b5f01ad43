//! What may be shown of a webhook URL: its host and the last four characters of its secret.

use super::parts::Parts;
use crate::services;

/// A secret shorter than this shows nothing of itself: four of its characters would be too many.
const SHORTEST_SHOWN: usize = 12;

/// `hooks.slack.com/…x9Zq`. Of a text that is no URL, nothing is shown.
pub fn mask(url: &str) -> String {
    match Parts::split(url) {
        // Tools have schemes of their own, with a part of the secret where the host is.
        Some(parts) if matches!(parts.scheme.text, "http" | "https") && !parts.host.text.is_empty() => {
            format!("{}/…{}", host_and_port(&parts), tail(secret(&parts).unwrap_or_default()))
        }
        _ => "…".to_owned(),
    }
}

fn host_and_port(parts: &Parts<'_>) -> String {
    match parts.port {
        Some(port) if port.is_all(|c| c.is_ascii_digit()) => format!("{}:{}", parts.host.text, port.text),
        _ => parts.host.text.to_owned(),
    }
}

/// The secret of a URL: what its service says, otherwise the last part of its path.
pub fn secret<'a>(parts: &Parts<'a>) -> Option<&'a str> {
    let known = services::SUPPORTED.iter().find(|service| service.recognises(parts));
    known.and_then(|service| service.secret(parts)).or_else(|| parts.segments().last().map(|part| part.text))
}

fn tail(secret: &str) -> &str {
    let start = secret.char_indices().rev().nth(3).map_or(0, |(index, _)| index);
    if secret.chars().count() < SHORTEST_SHOWN { "" } else { secret.get(start..).unwrap_or_default() }
}

/// Puts dots in the places of a URL, of its path and of each of its long parts, in a text that somebody else wrote.
pub fn without_secrets(text: &str, url: &str) -> String {
    let mut shown = without_addresses(text);
    if url.is_empty() {
        return shown;
    }
    shown = shown.replace(url, "••••");
    if let Some(parts) = Parts::split(url) {
        let texts = parts.segments().chain(parts.pairs().map(|(_, value)| value)).map(|part| part.text);
        let user = parts.user_info.map(|part| part.text);
        let long = texts.filter(|text| text.chars().count() >= SHORTEST_SHOWN).chain(user);
        // A server repeats a token as it reads it: `%3D` becomes `=`, and the padding may be gone.
        let mut secrets: Vec<String> = long
            .flat_map(|text| {
                [
                    text.to_owned(),
                    text.replace("%3D", "=").replace("%3d", "="),
                    text.replace("%3D", "").replace("%3d", ""),
                ]
            })
            .collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
            shown = shown.replace(secret.as_str(), "••••");
        }
    }
    shown
}

/// Masks every webhook URL and Slack token in a text, whoever's they are.
fn without_addresses(text: &str) -> String {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | ',' | '(' | ')');
    text.split_inclusive(ends)
        .map(|piece| {
            let word = piece.trim_end_matches(ends);
            let is_webhook = Parts::split(word).is_some_and(|parts| super::recognise::service_of(&parts).is_some());
            if is_webhook {
                piece.replace(word, &mask(word))
            } else if is_token(word) {
                piece.replace(word, "••••")
            } else if let Some((name, value)) = named_secret(word) {
                piece.replace(&format!("{name}={value}"), &format!("{name}=••••"))
            } else {
                piece.to_owned()
            }
        })
        .collect()
}

/// `token=...` and the like, as servers quote a query.
fn named_secret(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let name = name.rsplit(['?', '&']).next().unwrap_or(name);
    (matches!(name, "token" | "key" | "sig" | "auth" | "password") && !value.is_empty()).then_some((name, value))
}

/// Whether a word has the looks of a secret: Slack's and ntfy's tokens by their beginnings, others by their length, as no
/// word of a sentence mixes letters of both cases and digits over 32 characters (Rocket.Chat: 48 and more, services.md 3A).
fn is_token(word: &str) -> bool {
    let starts = |prefix: &str, least: usize| word.starts_with(prefix) && word.len() >= least;
    let any = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    let dense = word.len() >= 32
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=' | b'.' | b';' | b':'))
        && any(u8::is_ascii_uppercase)
        && any(u8::is_ascii_lowercase)
        && any(u8::is_ascii_digit);
    word.starts_with("xox") && word.contains('-') || starts("tk_", 12) || is_hook_id(word) || dense
}

/// An id of Mattermost's: 26 characters of z-base-32, letters and digits mixed (services.md 2A).
fn is_hook_id(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ';', ':', '!', '?']);
    word.len() == 26
        && word.bytes().all(|b| b"ybndrfg8ejkmcpqxot1uwisza345h769".contains(&b))
        && word.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_and_four_characters_are_shown() {
        let url = "https://hooks.slack.com/services/T00000000/B00000000/FAKEfakeFAKEfakeFAKEfa9z";
        assert_eq!(mask(url), "hooks.slack.com/…fa9z");
        assert_eq!(mask("https://chat.example.com:8065/hooks/short"), "chat.example.com:8065/…");
        assert_eq!(mask("https://someone:pass@example.com/x"), "example.com/…");
        assert_eq!(mask("fake-token-fake-token"), "…");
    }

    #[test]
    fn an_answer_that_repeats_the_url_is_masked() {
        let url = "https://chat.example.com/hooks/7H6ridRv6n8wgfNvb/FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfake";
        let shown =
            without_secrets(&format!("cannot POST {url}: FAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfakeFAKEfake?"), url);
        assert!(!shown.contains("FAKE"), "{shown}");
        let url = "https://chat.googleapis.com/v1/spaces/AAAAfake/messages?key=fakefakefakefake&token=FAKE_fakeFAKEfakeFAKE%3D";
        for said in ["FAKE_fakeFAKEfakeFAKE%3D", "FAKE_fakeFAKEfakeFAKE=", "FAKE_fakeFAKEfakeFAKE"] {
            let shown = without_secrets(&format!("bad token: {said}"), url);
            assert!(!shown.contains("FAKE"), "{shown}");
        }
        assert_eq!(without_secrets("bad token=FAKEfake", ""), "bad token=••••");
        assert_eq!(without_secrets("no right: tk_FAKEfakeFAKEfake0", ""), "no right: ••••");
        assert_eq!(without_secrets("unknown FAKEfake0FAKEfake0FAKEfake0FAKEfake0FAKEfake0", ""), "unknown ••••");
        let id = "activity 00000000-0000-4000-8000-000000000000 of TriggerInputSchemaMismatch failed";
        assert_eq!(without_secrets(id, ""), id);
        assert_eq!(without_secrets("Invalid webhook. y8y8y8y8y8y8y8y8y8y8y8y8y8", ""), "Invalid webhook. ••••");
        let shown = without_secrets("no hook https://hooks.slack.com/services/T0/B0/FAKEfakeFAKEfakeFAKEfake here", "");
        assert_eq!(shown, "no hook hooks.slack.com/…fake here");
    }
}
