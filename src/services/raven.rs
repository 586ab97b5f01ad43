//! Raven: an incoming webhook of a Frappe site, often the ERP's own.
//!
//! # URL shape
//! `https://SITE/api/method/raven.webhook/ID`; the id has 64 characters and is the secret.
//!
//! # Payload
//! The same as for Discord, cut in the same way (frappe/frappe, `notification_webhook_url.py`); Raven reads `content` alone.
//!
//! # Limits
//! 2,000 characters: newer Frappe cuts there, as it does for Discord.
//!
//! # Answers
//! 201 `ok`, or Frappe's `{"message": …}`. An empty message is posted.
//!
//! # Markup
//! Python's markdown2 with the host's extras, shown by an editor without headings. Which markdown2 a site has is not known:
//! what 2.4 and 2.5 read differently is not drawn. The link that the host adds (`embeds`) is read by no Raven that was looked
//! at, so it is not drawn either.
//!
//! # Source
//! services.md 9; The-Commit-Company/raven `raven_incoming_webhook.py`; demand.md 1.2.

use serde_json::Value as Json;

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, Marks, Markup, ServiceName, Unit,
    discord,
};
use crate::host::functions::markdown;
use crate::look::{rich, tree::Block};
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::{Part, Parts};

/// See the module.
#[derive(Debug)]
pub struct Raven;

static FACTS: Facts = Facts {
    name: ServiceName::Raven,
    example: "https://erp.example.com/api/method/raven.webhook/XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    domains: &[],
    hosts: &[],
    tenants: &[],
    self_hosted: true,
    any_path: false,
    setup: &["setup/raven-1", "setup/raven-2", "setup/raven-3"],
    limit: Limit { max: 2_000, unit: Unit::Characters },
    older_limit: None,
    too_long: "markup/too-long-dots",
    empty: "markup/empty-posted",
    empty_with_link: "markup/empty-posted",
    body_of_any_host: false,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Double,
        strike: Marks::None,
        markdown_links: true,
        angle_links: false,
        headings: 6,
        glued_headings: true,
        html: true,
        tables: true,
        entities: Entities::All,
        everybody: Everybody::Nobody,
        joins_lines: true,
        slack_mentions: false,
    },
    // It takes JSON alone, and a Frappe site allows that to other origins only where `allow_cors` says so.
    can_post: Allowed::No,
    readable: Allowed::Unknown,
};

impl ChatService for Raven {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        after_method(url).first().is_some_and(|name| name.text.starts_with("raven."))
            || url.path.text.starts_with("/raven/")
            || ["/app/raven-", "/desk/raven-"].iter().any(|start| url.path.text.starts_with(start))
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.segments().last().map(|part| part.text)
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        let values = [("service", "Raven"), ("expected", "/api/method/raven.webhook/…")];
        match after_method(url).as_slice() {
            [name, ..] if name.text != "raven.webhook" => judge.error("url/api-page", name.span(), &values),
            [_, _] if !url.path.text.starts_with("/api/method/") => {
                judge.error("url/raven-version", url.path.span(), &values);
            }
            [_, id] if !id.is_all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) => {
                judge.error("url/token-characters", id.span(), &values);
            }
            [_, id] if id.text.len() != 64 => {
                let length = id.text.len().to_string();
                judge.warning("url/token-length", id.span(), &[("expected", "64"), ("found", &length)]);
            }
            [_, _] => {}
            [_, _, extra, ..] => judge.error("url/too-many-parts", extra.span(), &values),
            _ if url.path.text.starts_with("/raven/settings") => {
                judge.error("url/settings-page", url.path.span(), &values);
            }
            _ if url.path.text.starts_with("/raven/") => judge.error("url/channel-page", url.path.span(), &values),
            _ if ["/app/", "/desk/"].iter().any(|start| url.path.text.starts_with(start)) => {
                judge.error("url/settings-page", url.path.span(), &values);
            }
            [] if url.path.text.starts_with("/api/") => judge.error("url/api-page", url.path.span(), &values),
            _ => judge.error("url/incomplete", url.path.span(), &values),
        }
        if let Some(query) = url.query_span() {
            judge.warning_with_fix("url/query", query, &[("service", "Raven")], "");
        }
    }

    fn posted_text(&self, text: &str, _document_url: Option<&str>, words: &HostWords) -> String {
        discord::cut(text, words)
    }

    fn measured_text(&self, text: &str, _document_url: Option<&str>, _words: &HostWords) -> String {
        text.to_owned()
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        words.sender.as_ref().map(|_| discord::payload(text, document_url, words))
    }

    fn test_payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Json {
        discord::payload(text, document_url, words)
    }

    fn text_place(&self) -> &'static str {
        "/content"
    }

    fn form(&self) -> Form {
        Form::Json(false)
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let text = body.to_ascii_lowercase();
        let json: Json = serde_json::from_str(body).unwrap_or_default();
        let said = json.get("message").and_then(Json::as_str).unwrap_or(body).trim();
        if matches!(status, 200 | 201) && said == "ok" {
            Answer::DELIVERED
        } else if text.contains("webhook not found") {
            Answer::refused("delivery/webhook-unknown")
        } else if text.contains("invalid webhook url") || text.contains("post request expected") {
            Answer::refused("delivery/not-a-webhook")
        } else if text.contains("json expected") || text.contains("dict expected") {
            Answer::refused("delivery/payload-refused")
        } else if text.contains("csrftokenerror") {
            Answer::refused("delivery/raven-csrf")
        } else {
            Answer::from_status(status)
        }
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        if rich::reads_differ_by_version(posted_text) {
            return None;
        }
        rich::parse(&markdown::html(posted_text)?).filter(|blocks| !rich::differs_by_version(blocks))
    }
}

/// What follows `/api/method/` (or `/api/v2/method/`) in the path.
fn after_method<'a>(url: &Parts<'a>) -> Vec<Part<'a>> {
    url.segments().skip_while(|part| part.text != "method").skip(1).collect()
}
