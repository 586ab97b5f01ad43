//! Matrix, through the generic webhooks of a Hookshot bridge.
//!
//! # URL shape
//! Whatever prefix the administrator chose, then the hook's id, a random UUID that is the secret:
//! `https://example.com/webhook/00000000-0000-4000-8000-000000000000`.
//!
//! # Payload
//! The text, read as Markdown, with the link in a paragraph of its own: `{"text": "T\n\n[Document link](U)"}`
//! (frappe/frappe, `notification_webhook_url.py`).
//!
//! # Limits
//! A Matrix event has 65,536 bytes; 4,096 of them are kept for the rest of it. What is longer is trimmed.
//!
//! # Answers
//! `{"ok":true}`, or `{"ok":false,"error":"…"}`.
//!
//! # Markup
//! CommonMark with tables and `~~`, as markdown-it reads it; line breaks join.
//!
//! # Source
//! services.md 7; matrix-org/matrix-hookshot `src/generic/Router.ts`, `src/Connections/GenericHook.ts`.

use serde_json::{Value as Json, json};

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, Marks, Markup, Probe,
    ServiceName, Unit,
};
use crate::look::{markdown, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::Parts;

/// See the module.
#[derive(Debug)]
pub struct Hookshot;

static FACTS: Facts = Facts {
    name: ServiceName::Hookshot,
    example: "https://hookshot.example.com/webhook/00000000-0000-4000-8000-000000000000",
    domains: &["app.element.io", "matrix.to", "webhooks.t2bot.io"],
    hosts: &["webhooks.t2bot.io"],
    tenants: &[],
    self_hosted: true,
    any_path: true,
    setup: &["setup/hookshot-1", "setup/hookshot-2", "setup/hookshot-3"],
    limit: Limit { max: 61_440, unit: Unit::Bytes },
    older_limit: None,
    too_long: "markup/too-many-bytes-cut",
    empty: "markup/empty",
    empty_with_link: "markup/empty",
    body_of_any_host: false,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Double,
        strike: Marks::Double,
        markdown_links: true,
        angle_links: false,
        headings: 6,
        glued_headings: false,
        html: false,
        tables: true,
        entities: Entities::All,
        everybody: Everybody::Nobody,
        joins_lines: true,
        slack_mentions: false,
    },
    can_post: Allowed::Yes,
    readable: Allowed::No,
};

impl ChatService for Hookshot {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        let matrix =
            url.path.text.contains("/_matrix/") || url.host_is(&["webhooks.t2bot.io", "matrix.to", "app.element.io"]);
        // Alone at the root, an id may as well be a topic of ntfy's.
        let segments = url.path_texts();
        let named = url.host.text.to_ascii_lowercase().contains("hookshot");
        matrix || named || segments.len() > 1 && segments.last().is_some_and(|id| is_uuid(id))
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.segments().last().map(|part| part.text)
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        let values = [("service", "Matrix (Hookshot)")];
        if url.host_is(&["matrix.to", "app.element.io"]) {
            judge.error("url/channel-page", url.host.span(), &values);
        } else if url.path.text.contains("/_matrix/") {
            judge.error("url/api-page", url.path.span(), &values);
        } else if url.host_is(&["webhooks.t2bot.io"]) {
            judge_t2bot(url, judge);
        } else {
            let segments: Vec<_> = url.segments().collect();
            match segments.as_slice() {
                [] => judge.error("url/incomplete", url.path.span(), &[("expected", "/webhook/…")]),
                [.., prefix] if prefix.text == "webhook" => {
                    judge.error("url/incomplete", prefix.span(), &[("expected", "/webhook/…")]);
                }
                [.., id] if matches!(id.text, "github" | "gitlab" | "jira" | "figma" | "oauth" | "widgetapi") => {
                    judge.error("url/hookshot-other", id.span(), &[]);
                }
                [prefix @ .., id] if !prefix.is_empty() && is_random_uuid(id.text) => {
                    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
                    if let Some(odd) = prefix.iter().find(|part| !part.is_all(plain)) {
                        judge.warning("url/odd-character", odd.span(), &[]);
                    }
                }
                [.., id] => judge.warning("url/hookshot-id", id.span(), &[]),
            }
            if let Some(query) = url.query_span() {
                judge.warning_with_fix("url/query", query, &values, "");
            }
        }
    }

    fn posted_text(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> String {
        match document_url {
            None => text.to_owned(),
            Some(link) => format!("{text}\n\n[{}]({link})", words.document_link),
        }
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        Some(json!({"text": self.posted_text(text, document_url, words)}))
    }

    fn form(&self) -> Form {
        Form::Fields
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        let error = json.get("error").and_then(Json::as_str).unwrap_or_default();
        match (json.get("ok").and_then(Json::as_bool), status) {
            (Some(true), 200) => Answer::DELIVERED,
            // Hookshot takes it, and hands it to the room afterwards.
            (Some(true), 202) => Answer::unconfirmed("delivery/hookshot-accepted"),
            _ if error.contains("expired") => Answer::refused("delivery/webhook-expired"),
            _ if error.contains("not found") => Answer::refused("delivery/webhook-unknown"),
            (_, 405) => Answer::refused("delivery/not-a-webhook"),
            _ => Answer::from_status(status),
        }
    }

    fn probe(&self, _url: &Parts<'_>) -> Probe {
        // With `enableHttpGet` a GET posts.
        Probe::None("delivery/probe-hookshot")
    }

    fn breaks_opaque_answers(&self) -> bool {
        // It sends `Cross-Origin-Resource-Policy: same-site` (src/generic/Router.ts).
        true
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        markdown::parse(posted_text, &markdown::HOOKSHOT)
    }
}

/// `/api/v1/matrix/hook/ID` (apprise, `matrix/base.py`).
fn judge_t2bot(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let segments: Vec<_> = url.segments().collect();
    match segments.as_slice() {
        [api, version, matrix, hook, id]
            if api.text == "api" && version.text.starts_with('v') && matrix.text == "matrix" && hook.text == "hook" =>
        {
            if !id.is_all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
                judge.error("url/token-characters", id.span(), &[("service", "Matrix (Hookshot)")]);
            }
        }
        _ => judge.error("url/incomplete", url.path.span(), &[("expected", "/api/v1/matrix/hook/…")]),
    }
    if let Some(query) = url.query_span() {
        judge.warning_with_fix("url/query", query, &[("service", "Matrix (Hookshot)")], "");
    }
}

/// A UUID of version 4 and of the usual variant: what `randomUUID()` makes.
fn is_random_uuid(text: &str) -> bool {
    let at = |index: usize| text.as_bytes().get(index).copied().unwrap_or_default();
    is_uuid(text) && at(14) == b'4' && matches!(at(19), b'8' | b'9' | b'a' | b'b' | b'A' | b'B')
}

/// Whether a text is written as a UUID, of any version.
pub fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
