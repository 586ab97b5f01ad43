//! Pasted texts that are no URL at all: tokens, room addresses, keys. Each gets a sentence that says what to do.

use super::judge::Judge;
use super::parts::Parts;
use crate::services::ServiceName;

/// Whether this is a web address with a host.
pub fn is_web_address(parts: &Parts<'_>) -> bool {
    matches!(parts.scheme.text, "http" | "https") && !parts.host.text.is_empty()
}

/// Says what a text that is no web address is instead. The text may be a secret: no sentence repeats it.
pub fn judge_text(text: &str, asked: Option<ServiceName>, judge: &mut Judge<'_>) {
    let everything = 0..text.len();
    let service = asked.map_or("", ServiceName::as_str);
    let word = !text.contains(char::is_whitespace);
    let code = if let Some((scheme, rest)) = text.split_once("://") {
        let known = matches!(scheme, "http" | "https");
        match (known, rest.is_empty()) {
            (true, _) => "url/no-host",
            (false, _) => "url/scheme",
        }
    } else if is_slack_token(text) {
        "url/slack-token"
    } else if text.starts_with('{') {
        "url/key-file"
    } else if word && text.contains('@') && text.contains('.') {
        "url/mail-address"
    } else if word && is_slack_path(text) {
        "url/slack-token-part"
    } else if text.starts_with(['#', '@', '!']) {
        "url/channel-name"
    } else if word && !text.contains('/') && text.len() >= 16 {
        "url/only-a-token"
    } else {
        "url/not-a-url"
    };
    judge.error(code, everything, &[("service", service)]);
}

/// `xoxb-…`, `xoxp-…`, `xapp-…`, `xoxe.xoxp-…` (services.md 1A).
fn is_slack_token(text: &str) -> bool {
    let text = text.strip_prefix("xoxe.").unwrap_or(text);
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxo-", "xapp-"]
        .iter()
        .any(|prefix| text.starts_with(prefix))
}

/// `T00000000/B00000000/token`, with or without what stands in front of it on Slack's host.
fn is_slack_path(text: &str) -> bool {
    let path = text.trim_start_matches('/');
    let path = path.strip_prefix("services/").unwrap_or(path);
    let mut parts = path.split('/');
    let id = |part: Option<&str>, first: &[char]| {
        part.is_some_and(|part| {
            part.starts_with(first)
                && part.len() >= 8
                && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        })
    };
    id(parts.next(), &['T', 'E']) && id(parts.next(), &['B', 'A']) && parts.next().is_some()
}
