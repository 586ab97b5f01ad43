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
    if let Some((scheme, rest)) = text.split_once("://").filter(|(scheme, _)| !scheme.contains(char::is_whitespace)) {
        let lower = scheme.to_ascii_lowercase();
        match lower.as_str() {
            "http" | "https" => judge.error("url/no-host", everything, &[]),
            // What ntfy's apps show; its server answers at the same place.
            "ntfy" | "ntfys" if !rest.is_empty() => {
                judge.error_with_fix("url/ntfy-scheme", 0..scheme.len(), &[], "https");
            }
            _ if TOOLS.contains(&lower.as_str()) => {
                judge.error("url/tool-url", 0..scheme.len(), &[("service", service)])
            }
            _ => judge.error("url/scheme", everything, &[("service", service)]),
        }
        return;
    }
    judge.error(kind_of_text(text), everything, &[("service", service)]);
}

/// Schemes that notification tools gave these services (Apprise, Shoutrrr).
const TOOLS: [&str; 22] = [
    "discord",
    "gchat",
    "googlechat",
    "matrix",
    "matrixs",
    "mattermost",
    "mmost",
    "mmosts",
    "msteams",
    "ntfy",
    "ntfys",
    "rocket",
    "rocketchat",
    "rockets",
    "slack",
    "teams",
    "workflow",
    "workflows",
    "hangouts",
    "hookshot",
    "json",
    "jsons",
];

fn kind_of_text(text: &str) -> &'static str {
    let word = !text.contains(char::is_whitespace);
    let lower = text.get(..32).unwrap_or(text).to_ascii_lowercase();
    let bare = ["bearer ", "bot ", "token "].into_iter().find(|prefix| lower.starts_with(prefix));
    let secret = bare.and_then(|prefix| text.get(prefix.len()..)).unwrap_or(text).trim();
    if is_slack_token(secret) {
        "url/slack-token"
    } else if text.starts_with(['{', '[']) && text.contains('"') || text.contains("PRIVATE KEY-----") {
        "url/key-file"
    } else if is_discord_token(secret) {
        "url/discord-token"
    } else if ["syt_", "mct_", "MDAx"].iter().any(|prefix| secret.starts_with(prefix)) && secret.len() >= 12 {
        "url/matrix-token"
    } else if secret.starts_with("tk_") && secret.len() >= 12 {
        "url/ntfy-token"
    } else if (secret.starts_with("AIza") && secret.len() == 39) || secret.starts_with("ya29.") {
        "url/google-key-alone"
    } else if is_api_key_pair(secret) {
        "url/frappe-key"
    } else if bare.is_some()
        || ["authorization:", "x-auth-token:", "x-user-id:"].iter().any(|name| lower.starts_with(name))
        || is_login(text)
    {
        "url/api-login"
    } else if text.starts_with(['#', '@', '!']) {
        "url/channel-name"
    } else if word && text.contains('@') && text.contains('.') {
        "url/mail-address"
    } else if word && is_slack_path(text) {
        "url/slack-token-part"
    } else if word && is_path(text) {
        "url/only-a-path"
    } else if word && !text.contains('/') && text.len() >= 16 {
        "url/only-a-token"
    } else {
        "url/not-a-url"
    }
}

/// `xoxb-…`, `xoxp-…`, `xapp-…`, `xoxe.xoxp-…` (services.md 1A).
fn is_slack_token(text: &str) -> bool {
    let text = text.strip_prefix("xoxe.").unwrap_or(text);
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxo-", "xoxc-", "xoxd-", "xapp-"]
        .iter()
        .any(|prefix| text.starts_with(prefix))
}

/// Three parts with dots between them: 24 to 28, 6 and 27 to 38 characters (services.md 5A).
fn is_discord_token(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let base64 = |part: &&str| part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    match parts.as_slice() {
        [user, time, signature] => {
            parts.iter().all(base64)
                && (23..=28).contains(&user.len())
                && (5..=7).contains(&time.len())
                && (27..=40).contains(&signature.len())
        }
        _ => false,
    }
}

/// `api_key:api_secret` of a Frappe user: both are short runs of hexadecimal digits.
fn is_api_key_pair(text: &str) -> bool {
    let hex = |part: &str| (10..=32).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit());
    text.split_once(':').is_some_and(|(key, secret)| {
        hex(key) && hex(secret) || key.eq_ignore_ascii_case("api_key") && secret.contains("api_secret")
    })
}

/// A user's id and token with white space between them, as Rocket.Chat shows a personal access token.
fn is_login(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let id = |word: &&str, length: usize| word.len() == length && word.bytes().all(|b| b.is_ascii_alphanumeric());
    lower.contains("user id") && lower.contains("token")
        || lower.contains("x-auth-token")
        || matches!(words.as_slice(), [user, token] if id(user, 17) && (40..=64).contains(&token.len()))
}

/// `/hooks/…` or `hooks/…`: the server in front is missing.
fn is_path(text: &str) -> bool {
    let path = text.trim_start_matches('/');
    ["api/", "hooks/", "services/", "v1/spaces/", "webhook/", "webhookb2/", "workflows/"]
        .iter()
        .any(|start| path.starts_with(start))
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
