//! Discord: webhooks of a channel.
//!
//! # URL shape
//! `https://discord.com/api/webhooks/ID/TOKEN`, with an optional API version; the token is the secret. `/slack` and
//! `/github` behind it switch to other payloads.
//!
//! # Payload
//! `content` (the first 2,000 characters), the website's name and logo, and an embed whose title is the link (host.md 1,
//! measured). Newer Frappe keeps 1,997 of a longer text and adds three dots (frappe/frappe, `notification_webhook_url.py`).
//!
//! # Limits
//! 2,000 characters. A name may not contain `discord` or `clyde`.
//!
//! # Answers
//! 204 without a body, or JSON `{"message", "code"}` whose `code` names the error.
//!
//! # Markup
//! Markdown of its own, [`crate::look::discord`].
//!
//! # Source
//! services.md 5; discord-api-docs, resources/webhook.

use serde_json::{Map, Value as Json, json};

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, LinkLook, Marks, Markup, Probe,
    ServiceName, Unit,
};
use crate::look::{self, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::{Part, Parts};

/// See the module.
#[derive(Debug)]
pub struct Discord;

static FACTS: Facts = Facts {
    name: ServiceName::Discord,
    example: "https://discord.com/api/webhooks/100000000000000000/XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    domains: &["discord.com", "discord.gg", "discordapp.com"],
    hosts: &["discord.com", "discordapp.com"],
    tenants: &[],
    self_hosted: false,
    any_path: false,
    setup: &["setup/discord-1", "setup/discord-2", "setup/discord-3"],
    limit: Limit { max: 2_000, unit: Unit::Characters },
    older_limit: None,
    too_long: "markup/too-long-host-cuts",
    empty: "markup/empty-refused",
    empty_with_link: "markup/empty",
    body_of_any_host: true,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Double,
        strike: Marks::Double,
        markdown_links: true,
        angle_links: false,
        headings: 3,
        glued_headings: false,
        html: false,
        tables: false,
        entities: Entities::None,
        everybody: Everybody::Everyone,
        joins_lines: false,
        slack_mentions: false,
    },
    can_post: Allowed::Yes,
    readable: Allowed::Yes,
};

/// The host that answers without a redirect, which a browser would not follow after a preflight.
const HOST: &str = "discord.com";
const OTHER_HOSTS: [&str; 5] =
    ["discordapp.com", "www.discord.com", "ptb.discord.com", "canary.discord.com", "www.discordapp.com"];

impl ChatService for Discord {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        after_webhooks(url).get(1).map(|part| part.text).or_else(|| url.segments().last().map(|part| part.text))
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        if judge.has("url/look-alike-host") {
            return;
        }
        let values = [("service", "Discord"), ("expected", HOST), ("host", url.host.text)];
        if !self.recognises(url) {
            judge.error("url/host", url.host.span(), &values);
            return;
        }
        let path = url.path_texts();
        match path.as_slice() {
            ["api", "webhooks", ..] => judge_webhook(url, judge),
            ["api", version, "webhooks", ..] if is_version(version) => judge_webhook(url, judge),
            ["developers", ..] => judge.error("url/settings-page", url.path.span(), &values),
            ["oauth2", ..] | ["api", ..] => judge.error("url/api-page", url.path.span(), &values),
            ["channels", ..] => judge.error("url/channel-page", url.path.span(), &values),
            _ if url.host_under("discord.gg") => judge.error("url/channel-page", url.host.span(), &values),
            ["safety" | "support" | "hc", ..] => judge.error("url/documentation-page", url.path.span(), &values),
            ["invite", ..] => judge.error("url/channel-page", url.path.span(), &values),
            _ => judge.error("url/incomplete", url.path.span(), &[("expected", "/api/webhooks/…/…")]),
        }
        if url.host_is(&OTHER_HOSTS) {
            judge.warning_with_fix("url/discord-host", url.host.span(), &[], HOST);
        }
    }

    fn posted_text(&self, text: &str, _document_url: Option<&str>, words: &HostWords) -> String {
        cut(text, words)
    }

    fn measured_text(&self, text: &str, _document_url: Option<&str>, _words: &HostWords) -> String {
        text.to_owned()
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        words.sender.as_ref().map(|_| payload(text, document_url, words))
    }

    fn test_payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Json {
        payload(text, document_url, words)
    }

    fn prepare_test(&self, body: &mut Map<String, Json>) {
        if let Some(Json::String(content)) = body.get_mut("content") {
            *content = content.chars().take(FACTS.limit.max).collect();
        }
        // A test calls nobody.
        body.insert("allowed_mentions".to_owned(), json!({"parse": []}));
    }

    fn remark(&self, payload: &Json) -> Option<&'static str> {
        let name = payload.get("username")?.as_str()?.to_lowercase();
        let refused = name.contains("discord") || name.contains("clyde") || !(1..=80).contains(&name.chars().count());
        refused.then_some("delivery/discord-name-refused")
    }

    fn text_place(&self) -> &'static str {
        "/content"
    }

    fn form(&self) -> Form {
        Form::Json(false)
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        let is_message = json.get("id").is_some_and(Json::is_string) && json.get("channel_id").is_some();
        if status == 204 || (status == 200 && is_message) {
            return Answer::DELIVERED;
        }
        match (json.get("code").and_then(Json::as_u64), status) {
            (Some(10_015 | 50_027), _) => Answer::refused("delivery/webhook-unknown"),
            (Some(10_003), _) => Answer::refused("delivery/channel-not-found"),
            (Some(50_006), _) => Answer::refused("delivery/empty"),
            (Some(40_005), _) => Answer::refused("delivery/too-large"),
            (Some(50_035), _) if json.pointer("/errors/username").is_some() => Answer::refused("delivery/discord-name"),
            (Some(50_035 | 50_109), _) => Answer::refused("delivery/payload-refused"),
            (Some(220_001 | 220_002), _) => Answer::refused("delivery/discord-forum"),
            _ => Answer::from_status(status),
        }
    }

    fn probe(&self, url: &Parts<'_>) -> Probe {
        // The same address answers GET with the webhook's name and channel, without credentials (resources/webhook).
        match after_webhooks(url).as_slice() {
            [_, token, ..] => {
                let end = token.span().end - url.path.span().start;
                Probe::Get(format!("{}{}", url.origin(), url.path.text.get(..end).unwrap_or_default()))
            }
            _ => Probe::None("delivery/probe-bad-url"),
        }
    }

    fn is_there(&self, status: u16, body: &str) -> bool {
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        status == 200 && json.get("id").is_some_and(Json::is_string) && json.get("channel_id").is_some()
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        Some(look::discord::parse(posted_text))
    }

    fn link_look(&self, words: &HostWords) -> LinkLook {
        LinkLook::AttachmentTitle(words.document_link.clone())
    }
}

/// The text as the host posts it: not longer than Discord takes.
pub(super) fn cut(text: &str, words: &HostWords) -> String {
    let max = FACTS.limit.max;
    if words.cuts_with_dots && text.chars().count() > max {
        return text.chars().take(max - 3).chain("...".chars()).collect();
    }
    text.chars().take(max).collect()
}

/// The body for Discord, and for Raven, which the host treats alike; without a sender where none is known.
pub(super) fn payload(text: &str, document_url: Option<&str>, words: &HostWords) -> Json {
    let mut body = Map::new();
    body.insert("content".to_owned(), Json::from(cut(text, words)));
    if let Some(sender) = &words.sender {
        body.insert("username".to_owned(), Json::from(sender.name.as_str()));
        body.insert("avatar_url".to_owned(), Json::from(sender.picture.as_str()));
    }
    if let Some(link) = document_url {
        body.insert("embeds".to_owned(), json!([{"title": words.document_link, "url": link}]));
    }
    Json::Object(body)
}

fn after_webhooks<'a>(url: &Parts<'a>) -> Vec<Part<'a>> {
    url.segments().skip_while(|part| part.text != "webhooks").skip(1).collect()
}

fn judge_webhook(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let parts = after_webhooks(url);
    let (Some(id), Some(token)) = (parts.first(), parts.get(1)) else {
        judge.error("url/incomplete", url.path.span(), &[("expected", "/api/webhooks/…/…")]);
        return;
    };
    if !id.is_all(|c| c.is_ascii_digit()) {
        judge.error("url/discord-id", id.span(), &[]);
    } else if !(17..=20).contains(&id.text.len()) {
        judge.warning("url/discord-id", id.span(), &[]);
    }
    if !token.is_all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        judge.error("url/token-characters", token.span(), &[("service", "Discord")]);
    } else if token.text.len() != 68 {
        let length = token.text.len().to_string();
        judge.warning("url/token-length", token.span(), &[("expected", "68"), ("found", &length)]);
    }
    match parts.get(2) {
        Some(format) if matches!(format.text, "slack" | "github") => {
            let with_slash = format.start.saturating_sub(1)..format.span().end;
            judge.error_with_fix("url/discord-format", with_slash, &[("found", format.text)], "");
        }
        Some(extra) => judge.error("url/too-many-parts", extra.span(), &[("expected", "/api/webhooks/…/…")]),
        None => {}
    }
    let known = |(name, value): (Part<'_>, Part<'_>)| match name.text {
        "wait" | "with_components" => matches!(value.text, "true" | "false" | "True" | "False" | "1" | "0"),
        "thread_id" => value.is_all(|c| c.is_ascii_digit()),
        _ => false,
    };
    let odd = url.doubled_name().is_some() || !url.pairs().all(known);
    if let Some(query) = url.query_span().filter(|_| odd) {
        judge.warning_with_fix("url/discord-query", query, &[], "");
    }
}

/// `v10`
fn is_version(segment: &str) -> bool {
    segment
        .strip_prefix('v')
        .is_some_and(|number| (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}
