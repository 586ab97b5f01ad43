//! ntfy: a topic of ntfy.sh or of a server that people run themselves.
//!
//! # URL shape
//! `https://HOST/TOPIC`, at the root; a topic has 1 to 64 letters, digits, `-` and `_`. Whoever knows the topic can read and
//! write it, so it is the secret.
//!
//! # Payload
//! The text itself as the body; the link is a header (`Click`), or `?click=` from a browser.
//!
//! # Limits
//! 4,096 bytes; a longer text becomes a file.
//!
//! # Answers
//! The message as JSON, or `{"code","http","error"}`.
//!
//! # Markup
//! None: the host does not ask for Markdown, so the text is shown as it is.
//!
//! # Source
//! services.md 8; binwiederhier/ntfy `server/server.go`, `server/errors.go`; demand.md 1.2 for the host's body.

use serde_json::Value as Json;

use super::hookshot;
use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, Marks, Markup, Probe,
    ServiceName, Unit,
};
use crate::look::{self, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::Parts;

/// See the module.
#[derive(Debug)]
pub struct Ntfy;

static FACTS: Facts = Facts {
    name: ServiceName::Ntfy,
    example: "https://ntfy.sh/my-erp-example-topic",
    domains: &["ntfy.sh"],
    hosts: &["ntfy.sh"],
    tenants: &[],
    self_hosted: true,
    any_path: false,
    setup: &["setup/ntfy-1", "setup/ntfy-2", "setup/ntfy-3"],
    limit: Limit { max: 4_096, unit: Unit::Bytes },
    older_limit: None,
    too_long: "markup/too-long-attached",
    empty: "markup/empty",
    empty_with_link: "markup/empty",
    // Every host that knows it posts the text itself.
    body_of_any_host: true,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::None,
        strike: Marks::None,
        markdown_links: false,
        angle_links: false,
        headings: 0,
        glued_headings: false,
        html: false,
        tables: false,
        entities: Entities::None,
        everybody: Everybody::Nobody,
        joins_lines: false,
        slack_mentions: false,
    },
    can_post: Allowed::Yes,
    readable: Allowed::Yes,
};

/// Names that the server keeps for itself.
const TAKEN: [&str; 10] = ["account", "app", "docs", "file", "login", "metrics", "settings", "signup", "static", "v1"];

/// What may stand behind a topic: ways to read it or to publish by GET (services.md 8A).
const ENDPOINTS: [&str; 8] = ["auth", "json", "publish", "raw", "send", "sse", "trigger", "ws"];

/// What a message's options are called in the query (services.md 8B).
const OPTIONS: [&str; 31] = [
    "a",
    "action",
    "actions",
    "at",
    "attach",
    "auth",
    "cache",
    "click",
    "delay",
    "email",
    "file",
    "filename",
    "firebase",
    "icon",
    "in",
    "m",
    "markdown",
    "md",
    "message",
    "p",
    "poll-id",
    "prio",
    "priority",
    "t",
    "ta",
    "tag",
    "tags",
    "title",
    "unifiedpush",
    "up",
    "call",
];

fn is_topic(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

impl ChatService for Ntfy {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        url.host_is(&["ntfy.sh"]) || url.host.text.to_ascii_lowercase().starts_with("ntfy.")
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.segments().next().map(|topic| topic.text)
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        let segments: Vec<_> = url.segments().collect();
        match segments.as_slice() {
            [topic] if TAKEN.contains(&topic.text) => {
                judge.error("url/settings-page", topic.span(), &[("service", "Ntfy")]);
            }
            [topic] if topic.text.starts_with("tk_") => {
                judge.error("url/only-a-token", topic.span(), &[("service", "Ntfy")])
            }
            // What stood behind white space may be the rest of the topic, and any other topic is somebody else's.
            [topic] if judge.lost_a_word() => judge.error("url/ntfy-topic", topic.span(), &[]),
            [topic] if is_topic(topic.text) => {
                // The server knows a topic at the end of the path only.
                let rest = topic.span().end..url.path.span().end;
                if !rest.is_empty() {
                    judge.warning_with_fix("url/ntfy-final-slash", rest, &[], "");
                }
                if hookshot::is_uuid(topic.text) {
                    judge.warning("url/ntfy-uuid", topic.span(), &[]);
                }
            }
            [topic] if topic.text.split(',').all(is_topic) => judge.error("url/ntfy-topics", topic.span(), &[]),
            [topic] => judge.error("url/ntfy-topic", topic.span(), &[]),
            [] => judge.error("url/incomplete", url.path.span(), &[("expected", "/…")]),
            [topic, rest @ ..] if is_topic(topic.text) && rest.iter().all(|part| ENDPOINTS.contains(&part.text)) => {
                judge.error_with_fix("url/ntfy-endpoint", topic.span().end..url.path.span().end, &[], "");
            }
            // ntfy's web app shows the topic of another server under that server's name.
            [server, topic] if server.text.contains('.') && is_topic(topic.text) => {
                judge.error_with_fix("url/ntfy-web-page", url.host.start..server.start, &[], "");
            }
            [_, extra, ..] => judge.error("url/too-many-parts", extra.span(), &[("expected", "/…")]),
        }
        if url.doubled_name().is_some()
            || url.pairs().any(|(name, _)| !OPTIONS.contains(&name.text.to_ascii_lowercase().as_str()))
        {
            judge.warning_with_fix("url/ntfy-query", url.query_span().unwrap_or_default(), &[], "");
        }
        let asks = |name: &str, value: &str| matches!(name, "markdown" | "md") && matches!(value, "1" | "true" | "yes");
        if let Some((_, value)) =
            url.pairs().find(|(name, value)| asks(&name.text.to_ascii_lowercase(), &value.text.to_ascii_lowercase()))
        {
            judge.info("url/ntfy-markdown", value.span(), &[]);
        }
    }

    fn payload(&self, _text: &str, _document_url: Option<&str>, _words: &HostWords) -> Option<Json> {
        None
    }

    fn body(&self, text: &str, _document_url: Option<&str>, _words: &HostWords) -> Option<String> {
        Some(text.to_owned())
    }

    fn form(&self) -> Form {
        Form::Text
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        if status == 200 && json.get("event").and_then(Json::as_str) == Some("message") {
            return Answer::DELIVERED;
        }
        match json.get("code").and_then(Json::as_u64) {
            Some(40_009 | 40_010) => Answer::refused("delivery/ntfy-topic"),
            Some(40_101 | 40_301) => Answer::refused("delivery/ntfy-protected"),
            Some(40_401) => Answer::refused("delivery/not-found"),
            Some(40_014 | 41_301 | 41_303) => Answer::refused("delivery/too-large"),
            Some(42_908) => Answer::refused("delivery/ntfy-daily-quota"),
            Some(42_901 | 42_905 | 42_909) => Answer::refused("delivery/too-many"),
            _ => Answer::from_status(status),
        }
    }

    fn probe(&self, _url: &Parts<'_>) -> Probe {
        Probe::None("delivery/probe-ntfy")
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        Some(look::plain::parse(posted_text))
    }
}
