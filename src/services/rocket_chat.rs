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
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, LinkLook, Marks, Markup, Probe,
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
    domains: &["rocket.chat"],
    hosts: &[],
    tenants: &[],
    self_hosted: true,
    any_path: false,
    setup: &["setup/rocket-chat-1", "setup/rocket-chat-2", "setup/rocket-chat-3", "setup/rocket-chat-4"],
    limit: Limit { max: 5_000, unit: Unit::Characters },
    older_limit: None,
    too_long: "markup/too-long-unread",
    empty: "markup/empty-accepted",
    empty_with_link: "markup/empty",
    body_of_any_host: true,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Either,
        strike: Marks::Either,
        markdown_links: true,
        angle_links: true,
        headings: 4,
        glued_headings: false,
        html: false,
        tables: false,
        entities: Entities::None,
        everybody: Everybody::At,
        joins_lines: false,
        slack_mentions: false,
    },
    can_post: Allowed::Yes,
    readable: Allowed::Unknown,
};

impl ChatService for RocketChat {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        match after_hooks(url).as_slice() {
            [kind, id, _token] if OTHER_ROUTES.contains(&kind.text) => is_id(id.text),
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
            [kind, id, token] if matches!(kind.text, "info" | "sample") => {
                // The pages beside a webhook that tell about it: the webhook itself is without them.
                judge.error_with_fix("url/rocket-chat-route", kind.start..id.start, &[("found", kind.text)], "");
                judge_id(id, judge);
                judge_token(token, judge);
            }
            [kind, ..] if OTHER_ROUTES.contains(&kind.text) => {
                judge.error("url/api-page", kind.span(), &[("service", "Rocket.Chat")]);
            }
            [id, token] => {
                judge_id(id, judge);
                judge_token(token, judge);
            }
            [id, user, token] => {
                judge_id(id, judge);
                if user.text.len() != 17 && user.text != "rocket.cat" {
                    judge.warning("url/rocket-chat-user", user.span(), &[]);
                }
                judge_token(token, judge);
            }
            [id] => judge.error("url/rocket-chat-no-token", id.span(), &[]),
            [] => judge_other_page(url, judge),
            [_, _, _, extra, ..] => judge.error("url/too-many-parts", extra.span(), &[("expected", "/hooks/…/…")]),
        }
        if let Some(query) = url.query_span() {
            judge.warning_with_fix("url/query", query, &[("service", "Rocket.Chat")], "");
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

    /// Webhooks are not held to the length that people are allowed (services.md 3D).
    fn counted(&self, _c: char) -> usize {
        0
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

/// What else lives under `/hooks/` (services.md 3A).
const OTHER_ROUTES: [&str; 4] = ["add", "info", "remove", "sample"];

fn is_id(text: &str) -> bool {
    (17..=24).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn named(url: &Parts<'_>) -> bool {
    let host = url.host.text.to_ascii_lowercase();
    ["rocket.chat", "rocketchat", "rocket-chat"].iter().any(|name| host.contains(name))
}

/// The characters of an id or token of Meteor's `Random.id`: none that are easily taken for another (services.md 3A).
const ALPHABET: &str = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";

fn judge_id(id: &Part<'_>, judge: &mut Judge<'_>) {
    let hex = id.text.len() == 24 && id.is_all(|c| c.is_ascii_digit() || matches!(c, 'a'..='f'));
    if hex || (id.text.len() == 17 && id.is_all(|c| ALPHABET.contains(c))) {
        return;
    }
    if id.text.len() == 17 && id.is_all(|c| c.is_ascii_alphanumeric()) {
        judge.warning("url/rocket-chat-alphabet", id.span(), &[]);
    } else {
        let length = id.text.chars().count().to_string();
        judge.warning("url/rocket-chat-id", id.span(), &[("found", &length)]);
    }
}

fn judge_token(token: &Part<'_>, judge: &mut Judge<'_>) {
    // Tokens of old servers are base64 in a URL: %2F, %3D (Rocket.Chat issue 1839).
    if !token.is_all(|c| c.is_ascii_alphanumeric() || "%=_+-".contains(c)) {
        judge.error("url/token-characters", token.span(), &[("service", "Rocket.Chat")]);
    } else if !(43..=64).contains(&token.text.len()) {
        let length = token.text.len().to_string();
        judge.warning("url/token-length", token.span(), &[("expected", "48"), ("found", &length)]);
    } else if token.text.len() == 48
        && token.is_all(|c| c.is_ascii_alphanumeric())
        && !token.is_all(|c| ALPHABET.contains(c))
    {
        judge.warning("url/rocket-chat-alphabet", token.span(), &[]);
    } else if token.text.len() != 48 && token.is_all(|c| c.is_ascii_alphanumeric()) {
        // A base64 token of an old server may look so too: no error.
        let length = token.text.len().to_string();
        judge.warning("url/token-length", token.span(), &[("expected", "48"), ("found", &length)]);
    } else if token.text.contains('%') && !is_percent_encoded(token.text) {
        judge.error("url/token-characters", token.span(), &[("service", "Rocket.Chat")]);
    }
}

/// Whether every `%` starts one of the three characters of base64 that a URL encodes.
fn is_percent_encoded(token: &str) -> bool {
    token
        .split('%')
        .skip(1)
        .all(|rest| rest.get(..2).is_some_and(|code| matches!(code.to_ascii_uppercase().as_str(), "2B" | "2F" | "3D")))
}

fn judge_other_page(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let path = url.path_texts();
    let code = match path.as_slice() {
        [.., "channel" | "group" | "direct" | "livechat", _] | [.., "home"] => "url/channel-page",
        ["admin" | "account" | "marketplace", ..] => "url/settings-page",
        path if path.windows(2).any(|pair| matches!(pair, ["admin", "integrations"])) => "url/settings-page",
        path if path.windows(2).any(|pair| matches!(pair, ["api", "v1"])) => "url/api-page",
        ["api", ..] => "url/api-page",
        _ if url.host_is(&["go.rocket.chat"]) => "url/channel-page",
        _ if url.host_is(&["docs.rocket.chat", "developer.rocket.chat"]) => "url/documentation-page",
        _ => "url/incomplete",
    };
    judge.error(code, url.path.span(), &[("service", "Rocket.Chat"), ("expected", "/hooks/…/…")]);
}
