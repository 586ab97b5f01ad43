//! Google Chat: incoming webhooks of a space.
//!
//! # URL shape
//! `https://chat.googleapis.com/v1/spaces/SPACE/messages?key=KEY&token=TOKEN`; the token is the secret, the key is the same
//! in all webhook URLs that have been seen.
//!
//! # Payload
//! The text, with the link in its last line: `{"text": "T\n<U|Document link>"}` (host.md 1, measured).
//!
//! # Limits
//! 32,000 bytes; servers have refused more than 4,096 characters.
//!
//! # Answers
//! The message as JSON, or `{"error":{"code","message","status"}}`.
//!
//! # Markup
//! Google Chat's own, [`crate::look::google_chat`].
//!
//! # Source
//! services.md 4; developers.google.com/workspace/chat/quickstart/webhooks.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, Marks, Markup, ServiceName, Unit,
};
use crate::look::{self, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::{Part, Parts};

/// See the module.
#[derive(Debug)]
pub struct GoogleChat;

static FACTS: Facts = Facts {
    name: ServiceName::GoogleChat,
    example: "https://chat.googleapis.com/v1/spaces/AAAAAAAAAAA/messages?key=AIzaXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX&token=XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    domains: &["chat.google.com", "chat.googleapis.com", "mail.google.com"],
    hosts: &["chat.googleapis.com"],
    tenants: &[],
    self_hosted: false,
    any_path: false,
    setup: &["setup/google-chat-1", "setup/google-chat-2", "setup/google-chat-3", "setup/google-chat-4"],
    limit: Limit { max: 32_000, unit: Unit::Bytes },
    older_limit: Some(4_096),
    too_long: "markup/too-many-bytes",
    empty: "markup/empty-refused",
    empty_with_link: "markup/empty",
    body_of_any_host: true,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Single,
        strike: Marks::Single,
        markdown_links: false,
        angle_links: true,
        headings: 0,
        glued_headings: false,
        html: false,
        tables: false,
        entities: Entities::Three,
        everybody: Everybody::Users,
        joins_lines: false,
        slack_mentions: false,
    },
    can_post: Allowed::Unknown,
    readable: Allowed::Unknown,
};

const HOST: &str = "chat.googleapis.com";

impl ChatService for GoogleChat {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        let token = url.value("token").map(|token| token.text);
        token.or_else(|| url.segments().last().map(|part| part.text))
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        let host = url.host.text;
        if !url.host_is(&[HOST]) {
            if judge.has("url/look-alike-host") {
                return;
            }
            let code = if self.recognises(url) {
                "url/channel-page"
            } else if url.host_is(&["script.google.com"]) {
                "url/google-script"
            } else if url.host_is(&["developers.google.com", "support.google.com"]) {
                "url/documentation-page"
            } else if url.host_is(&["console.cloud.google.com", "admin.google.com"]) {
                "url/settings-page"
            } else {
                "url/host"
            };
            judge.error(code, url.host.span(), &[("service", "Google Chat"), ("expected", HOST), ("host", host)]);
            return;
        }
        let segments: Vec<_> = url.segments().collect();
        match segments.as_slice() {
            [version, spaces, space, messages]
                if version.text == "v1" && spaces.text == "spaces" && messages.text == "messages" =>
            {
                if !space.is_all(is_base64url) || space.text.len() < 6 {
                    judge.error("url/google-space", space.span(), &[]);
                } else if space.text.len() != 11 {
                    let length = space.text.len().to_string();
                    judge.warning("url/google-space-length", space.span(), &[("found", &length)]);
                }
            }
            _ => judge.error("url/incomplete", url.path.span(), &[("expected", "/v1/spaces/…/messages?key=…&token=…")]),
        }
        judge_query(url, judge);
        // Nobody has confirmed which of two Google reads.
        if let Some(again) = url.doubled_name() {
            judge.error("url/doubled-name", again.span(), &[("name", shown_name(again.text))]);
        }
        // A part behind # is a warning elsewhere. Here it has cut the token: its characters never hold one.
        if let Some(fragment) = &url.fragment {
            judge.error("url/google-fragment", fragment.span(), &[]);
        }
    }

    fn posted_text(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> String {
        super::text_with_link(text, document_url, words)
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        Some(json!({"text": self.posted_text(text, document_url, words)}))
    }

    fn form(&self) -> Form {
        Form::Json(true)
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        if status < 300 && json.get("name").and_then(Json::as_str).is_some_and(|name| name.starts_with("spaces/")) {
            return Answer::DELIVERED;
        }
        let error = json.get("error");
        let text = |key: &str| error.and_then(|error| error.get(key)).and_then(Json::as_str).unwrap_or_default();
        let message = text("message").to_ascii_lowercase();
        if message.contains("without a valid token") {
            Answer::refused("delivery/google-token")
        } else if message.contains("api key not valid") || message.contains("api key expired") {
            Answer::refused("delivery/google-key")
        } else if message.contains("message cannot be empty") {
            Answer::refused("delivery/empty")
        } else if message.contains("longer than") || message.contains("maximum length") || message.contains("too long")
        {
            Answer::refused("delivery/too-large")
        } else if message.contains("invalid json payload") {
            Answer::refused("delivery/payload-refused")
        } else {
            match (text("status"), status) {
                ("RESOURCE_EXHAUSTED", _) => Answer::refused("delivery/too-many"),
                ("NOT_FOUND", _) => Answer::refused("delivery/webhook-unknown"),
                ("PERMISSION_DENIED" | "UNAUTHENTICATED", _) => Answer::refused("delivery/not-allowed"),
                _ => Answer::from_status(status),
            }
        }
    }

    fn unsure(&self, posted_text: &str) -> Option<&'static str> {
        // Which syntax is the default of a webhook is not documented (services.md 4C, `[?]`). Signs that neither reads are sure.
        let has_list = posted_text.lines().any(|line| line.trim_start().starts_with(['-', '+', '#']));
        let has_markup = posted_text.contains(['*', '_', '~', '`', '<', '>', '&', '[', '\\']);
        (has_list || has_markup || has_short_name(posted_text)).then_some("look/unsure-google-chat")
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        Some(look::google_chat::parse(posted_text))
    }
}

fn is_base64url(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn judge_query(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let end = url.url.len()..url.url.len();
    let query = url.query.map_or(end, |query| query.span());
    let missing = |part: Option<Part<'_>>| part.is_none_or(|part| part.text.is_empty());
    let (key, token) = (url.value("key"), url.value("token"));
    match (missing(key), missing(token)) {
        (true, true) => judge.error("url/google-no-key-and-token", query.clone(), &[]),
        (true, false) => judge.error("url/google-no-key", query.clone(), &[]),
        // A shell that saw the unquoted URL cut it at its `&`.
        (false, true) => judge.error("url/google-no-token", query.clone(), &[]),
        (false, false) => {}
    }
    if let Some(key) = key.filter(|key| !key.text.is_empty()) {
        let rest = key.text.strip_prefix("AIza").unwrap_or_default();
        if rest.len() != 35 || !rest.chars().all(is_base64url) {
            judge.warning("url/google-key", key.span(), &[]);
        }
    }
    if let Some(token) = token.filter(|token| !token.text.is_empty()) {
        let bare = token.text.trim_end_matches("%3D").trim_end_matches("%3d").trim_end_matches('=');
        let padding = token.text.get(bare.len()..).unwrap_or_default();
        if padding.matches(['%', '=']).count() > 1 {
            let length = (bare.len() + padding.matches(['%', '=']).count()).to_string();
            judge.warning("url/token-length", token.span(), &[("expected", "43"), ("found", &length)]);
        } else if !bare.chars().all(is_base64url) {
            judge.error("url/token-characters", token.span(), &[("service", "Google Chat")]);
        } else if bare.len() != 43 {
            let length = bare.len().to_string();
            judge.warning("url/token-length", token.span(), &[("expected", "43"), ("found", &length)]);
        }
    }
    judge_options(url, query, judge);
}

/// The names that a webhook's query may have (services.md 4A).
const NAMES: [&str; 6] = ["key", "messageId", "messageReplyOption", "requestId", "threadKey", "token"];

/// A name of the query, when it is one that is known: another may be a piece of the secret.
fn shown_name(name: &str) -> &str {
    NAMES.into_iter().find(|known| *known == name).unwrap_or("…")
}

fn judge_options(url: &Parts<'_>, query: Range<usize>, judge: &mut Judge<'_>) {
    if url.value("threadKey").is_some() && url.value("messageReplyOption").is_none() {
        judge.warning("url/google-thread", query, &[]);
    }
    let options = ["MESSAGE_REPLY_OPTION_UNSPECIFIED", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD", "REPLY_MESSAGE_OR_FAIL"];
    for (name, value) in url.pairs() {
        let wrong = match name.text {
            "messageReplyOption" => !options.contains(&value.text),
            "messageId" => !value.text.starts_with("client-") || value.text.len() > 63,
            "threadKey" => value.text.is_empty() || value.text.len() > 4_000,
            known => !NAMES.contains(&known),
        };
        if wrong {
            judge.warning("url/google-parameter", name.start..value.span().end, &[("name", shown_name(name.text))]);
        }
    }
}

/// Whether a text has something like `:tada:` in it: of its short names Google documents only those of a space itself.
fn has_short_name(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let between = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    between.iter().any(|name| {
        name.contains(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
    })
}
