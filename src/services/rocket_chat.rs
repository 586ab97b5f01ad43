//! Rocket.Chat: incoming integrations of a server that people run themselves.
//!
//! # URL shape
//! `https://HOST[/sub]/hooks/ID/TOKEN`, on old servers `/hooks/ID/USER/TOKEN`; the token is the secret. An id has 17 or 24
//! letters and digits, a token 43 to 64.
//!
//! # Payload
//! The text and an attachment whose title is the link (host.md 1, measured).
//!
//! # Limits
//! 5,000 characters is what people can post by default; integrations are not refused above it.
//!
//! # Answers
//! `{"success":true}`, or `{"success":false,"error":"…"}`. An empty message is answered with a success and posts nothing;
//! a test always has a text, so a success means a post.
//!
//! # Markup
//! The message parser's, [`crate::look::rocket_chat`].
//!
//! # Source
//! services.md 3; RocketChat/Rocket.Chat `apps/meteor/app/integrations/server/api/api.ts`.

use serde_json::{Value as Json, json};

use super::{
    Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, LinkLook, Marks, Markup, Probe, Readable,
    ServiceName, Unit,
};
use crate::look::{self, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::{Part, Parts};

/// See the module.
#[derive(Debug)]
pub struct RocketChat;

static FACTS: Facts = Facts {
    name: ServiceName::RocketChat,
    example: "https://chat.example.com/hooks/64f0c2a1b3d4e5f607182930/XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    setup: &["setup/rocket-chat-1", "setup/rocket-chat-2", "setup/rocket-chat-3", "setup/rocket-chat-4"],
    limit: Limit { max: 5_000, unit: Unit::Characters },
    in_dodock: true,
    markup: Markup {
        bold: Marks::Either,
        strike: Marks::Either,
        markdown_links: true,
        angle_links: true,
        headings: 4,
        tables: false,
        entities: Entities::None,
        everybody: Everybody::At,
        joins_lines: false,
        slack_mentions: false,
    },
    readable: Readable::Unknown,
};

impl ChatService for RocketChat {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        match after_hooks(url).as_slice() {
            [id, _token] | [id, _, _token] => is_id(id.text),
            [] => named(url),
            [_] => named(url),
            _ => false,
        }
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.segments().last().map(|part| part.text)
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        match after_hooks(url).as_slice() {
            [id, token] | [id, _, token] => {
                if !is_id(id.text) {
                    let length = id.text.chars().count().to_string();
                    judge.warning("url/rocket-chat-id", id.span(), &[("found", &length)]);
                }
                judge_token(token, judge);
            }
            [id] => judge.error("url/rocket-chat-no-token", id.span(), &[]),
            [] => judge_other_page(url, judge),
            [_, _, _, extra, ..] => judge.error("url/too-many-parts", extra.span(), &[("expected", "/hooks/…/…")]),
        }
        if let Some(query) = &url.query {
            judge.warning("url/query", query.span(), &[("service", "Rocket.Chat")]);
        }
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        Some(match document_url {
            None => json!({"text": text}),
            Some(link) => json!({
                "text": text,
                "attachments": [{"title": words.document_link, "title_link": link}],
            }),
        })
    }

    fn form(&self) -> Form {
        Form::Payload
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        let success = json.get("success").and_then(Json::as_bool);
        if status < 300 && success == Some(true) {
            return Answer::DELIVERED;
        }
        let error = json.get("error").and_then(Json::as_str).unwrap_or(body).to_ascii_lowercase();
        let says = |words: &str| error.contains(words);
        if says("invalid integration id or token") {
            Answer::refused("delivery/webhook-unknown")
        } else if says("overriding destination channel is disabled") {
            Answer::refused("delivery/rocket-chat-override")
        } else if says("invalid-channel") || says("invalid-room") {
            Answer::refused("delivery/channel-not-found")
        } else if says("not enough permission") || says("error-not-allowed") || says("message-impersonate") {
            Answer::refused("delivery/rocket-chat-permission")
        } else if says("error-running-script") {
            Answer::refused("delivery/rocket-chat-script")
        } else if says("invalid href value") {
            Answer::refused("delivery/rocket-chat-link")
        } else if says("too many requests") || status == 429 {
            Answer::refused("delivery/too-many")
        } else if says("service unavailable") && status == 503 {
            Answer::refused("delivery/webhook-disabled")
        } else if says("must be logged in") {
            Answer::refused("delivery/not-a-webhook")
        } else if success == Some(false) && status < 500 {
            Answer::refused("delivery/bad-request")
        } else {
            Answer::from_status(status)
        }
    }

    fn probe(&self, url: &Parts<'_>) -> Probe {
        // `/hooks/info/…` answers for the same id and token, on old servers with the user between them (api.ts).
        let hooks = url.segments().find(|part| part.text == "hooks");
        match (hooks, after_hooks(url).as_slice()) {
            (Some(hooks), [_, _] | [_, _, _]) => {
                let cut = hooks.span().end - url.path.span().start;
                let (before, behind) = url.path.text.split_at_checked(cut).unwrap_or_default();
                Probe::Get(format!("{}{before}/info{behind}", url.origin()))
            }
            _ => Probe::None("delivery/probe-bad-url"),
        }
    }

    fn is_there(&self, status: u16, body: &str) -> bool {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        status == 200 && json.get("success").and_then(Json::as_bool) == Some(true)
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        Some(look::rocket_chat::parse(posted_text))
    }

    fn link_look(&self, words: &HostWords) -> LinkLook {
        LinkLook::AttachmentTitle(words.document_link.clone())
    }
}

fn after_hooks<'a>(url: &Parts<'a>) -> Vec<Part<'a>> {
    url.segments().skip_while(|part| part.text != "hooks").skip(1).collect()
}

fn is_id(text: &str) -> bool {
    (17..=24).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn named(url: &Parts<'_>) -> bool {
    let host = url.host.text.to_ascii_lowercase();
    ["rocket.chat", "rocketchat", "rocket-chat"].iter().any(|name| host.contains(name))
}

fn judge_token(token: &Part<'_>, judge: &mut Judge<'_>) {
    // Tokens of old servers are base64 in a URL: %2F, %3D (Rocket.Chat issue 1839).
    if !token.is_all(|c| c.is_ascii_alphanumeric() || "%=_+-".contains(c)) {
        judge.error("url/token-characters", token.span(), &[("service", "Rocket.Chat")]);
    } else if !(43..=64).contains(&token.text.len()) {
        let length = token.text.len().to_string();
        judge.warning("url/token-length", token.span(), &[("expected", "48"), ("found", &length)]);
    }
}

fn judge_other_page(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let path = url.path_texts();
    let code = match path.as_slice() {
        [.., "channel" | "group" | "direct", _] | ["home"] => "url/channel-page",
        ["admin", ..] => "url/settings-page",
        ["api", ..] => "url/api-page",
        _ if url.host_is(&["go.rocket.chat"]) => "url/channel-page",
        _ if url.host_is(&["docs.rocket.chat", "developer.rocket.chat"]) => "url/documentation-page",
        _ => "url/incomplete",
    };
    judge.error(code, url.path.span(), &[("service", "Rocket.Chat"), ("expected", "/hooks/…/…")]);
}
