//! Slack's incoming webhooks.
//!
//! - URL shape: `https://hooks.slack.com/services/T…/B…/…`, token of 23 to 25 letters and digits.
//! - Request: JSON under any content type but the form one; or a form with JSON in `payload`.
//! - Between origins: `Access-Control-Allow-Origin: *` on answers, and a preflight that does not allow `Content-Type`,
//!   so that JSON declared as JSON never leaves a browser (xoxco/node-slack issue 32). That refusals carry the header
//!   too is assumed.
//! - Limits: text cut at 40,000 characters, 100 attachments, 50 blocks, one message per second with bursts.
//! - Answers: the error list of docs.slack.dev "incoming webhooks", plain text.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::channel::{Channel, Post};
use super::limiter::Limiter;
use super::{Chat, form_payload, list, network_fault, seconds, text_of};
use crate::http::{Reply, Request, Response};

/// The workspace and the app of every hook here.
const SERVICE: &str = "/services/T0FAKEFAKE/B0FAKEFAKE/";
/// Characters of text that survive.
const MAX_TEXT: usize = 40_000;
const MAX_ATTACHMENTS: usize = 100;
const MAX_BLOCKS: usize = 50;

/// Status and body of an error.
type Refusal = (u16, &'static str);

/// Hooks by name: what their channel or workspace has become since they were made.
const HOOKS: [(&str, Option<Refusal>); 10] = [
    ("works", None),
    ("archived", Some((410, "channel_is_archived"))),
    ("broken", Some((500, "rollup_error"))),
    ("busy", Some((429, "rate_limited"))),
    ("deleted", Some((404, "channel_not_found"))),
    ("disabled", Some((404, "team_disabled"))),
    ("forbidden", Some((403, "action_prohibited"))),
    ("hangs-up", None),
    ("mute", None),
    ("revoked", Some((404, "no_active_hooks"))),
];

/// The service with its rate counter.
pub struct Slack {
    limiter: Limiter,
}

impl Default for Slack {
    /// Bursts are tolerated without a documented size: ten messages in ten seconds.
    fn default() -> Self {
        Self { limiter: Limiter::new(10, Duration::from_secs(10)) }
    }
}

impl Chat for Slack {
    fn key(&self) -> &'static str {
        "Slack"
    }

    fn service(&self) -> &'static str {
        "Slack"
    }

    fn real_origin(&self) -> Option<&'static str> {
        Some("https://hooks.slack.com")
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        HOOKS.iter().map(|(name, _)| (*name, format!("{SERVICE}{}", token(name)))).collect()
    }

    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        match self.outcome(request, now, channel) {
            Reply::Whole(response) => response.with("Access-Control-Allow-Origin", "*").into(),
            other => other,
        }
    }
}

impl Slack {
    /// The answer without its headers for browsers.
    fn outcome(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        if request.method == "OPTIONS" {
            return Response::text(200, "").with("Access-Control-Allow-Methods", "GET, POST").into();
        }
        if request.method != "POST" {
            return Response::text(405, "").into();
        }
        let hook = match known_hook(&request.path) {
            Ok(hook) => hook,
            Err((status, body)) => return Response::text(status, body).into(),
        };
        if let Some(fault) = network_fault(hook.0) {
            return fault;
        }
        match hook.1 {
            Some((429, body)) => return Response::text(429, body).with("Retry-After", "30").into(),
            Some((status, body)) => return Response::text(status, body).into(),
            None => {}
        }
        if let Err(wait) = self.limiter.take(now) {
            return Response::text(429, "rate_limited").with("Retry-After", &seconds(wait).to_string()).into();
        }
        match read(request) {
            Ok(payload) => {
                channel.add(shown(hook.0, payload));
                Response::text(200, "ok").into()
            }
            Err(code) => Response::text(400, code).into(),
        }
    }
}

/// A visibly fake token of 24 characters that carries the hook's name.
fn token(name: &str) -> String {
    format!("FAKE{:x<20}", name.replace('-', ""))
}

/// A hook by its path, or which part of the path is nobody's.
fn known_hook(path: &str) -> Result<(&'static str, Option<Refusal>), Refusal> {
    let Some(given) = path.strip_prefix(SERVICE) else {
        return Err((404, if path.starts_with("/services/T0FAKEFAKE/") { "no_service" } else { "no_team" }));
    };
    let given = given.trim_end_matches('/');
    HOOKS.into_iter().find(|(name, _)| token(name) == given).ok_or((403, "invalid_token"))
}

/// The decoded payload, or the error code.
fn read(request: &Request) -> Result<Value, &'static str> {
    let text = match request.media_type().as_str() {
        "application/x-www-form-urlencoded" => form_payload(&request.body).ok_or("invalid_payload")?,
        _ => String::from_utf8_lossy(&request.body).into_owned(),
    };
    let payload: Value = serde_json::from_str(&text).map_err(|_| "invalid_payload")?;
    if !payload.is_object() {
        return Err("invalid_payload");
    }
    let (attachments, blocks) = (list(&payload, "attachments"), list(&payload, "blocks"));
    if attachments.len() > MAX_ATTACHMENTS {
        return Err("too_many_attachments");
    }
    if blocks.len() > MAX_BLOCKS {
        return Err("invalid_blocks");
    }
    if text_of(&payload, "text").is_empty() && attachments.is_empty() && blocks.is_empty() {
        return Err("no_text");
    }
    Ok(payload)
}

/// The message as the channel shows it: buttons below, and the name that only legacy hooks honour left out.
fn shown(hook: &str, payload: Value) -> Post {
    let buttons = list(&payload, "attachments").iter().flat_map(|attachment| list(attachment, "actions"));
    let links = buttons.map(|button| (text_of(button, "text"), text_of(button, "url"))).collect();
    let text = text_of(&payload, "text").chars().take(MAX_TEXT).collect();
    Post { hook: hook.to_owned(), text, links, payload, ..Post::default() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{asked, body, form, header, hook, post, told};
    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    #[test]
    fn bodies_are_read_by_their_content_type() {
        let hello = r#"{"text":"hello"}"#;
        for (content_type, sent, status, answer) in [
            ("application/json", hello, 200, "ok"),
            ("text/plain;charset=UTF-8", hello, 200, "ok"),
            ("", hello, 200, "ok"),
            (FORM, &form(hello), 200, "ok"),
            ("application/x-www-form-urlencoded;charset=UTF-8", &form(hello), 200, "ok"),
            (FORM, hello, 400, "invalid_payload"),
            ("application/json", "hello", 400, "invalid_payload"),
            ("application/json", "[]", 400, "invalid_payload"),
            ("application/json", r#"{"text":""}"#, 400, "no_text"),
            ("application/json", "{}", 400, "no_text"),
            ("application/json", r#"{"attachments":[{"fallback":"x"}]}"#, 200, "ok"),
        ] {
            let chat = Slack::default();
            let (response, posts) = told(&chat, &post(&hook(&chat, "works"), content_type, sent));
            assert_eq!((response.status, body(&response).as_str()), (status, answer), "{content_type}: {sent}");
            assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(status == 200), "{content_type}: {sent}");
            assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("*"));
        }
    }

    #[test]
    fn hooks_that_are_gone_say_how() {
        for (path, status, answer) in [
            (hook(&Slack::default(), "archived"), 410, "channel_is_archived"),
            (hook(&Slack::default(), "deleted"), 404, "channel_not_found"),
            (hook(&Slack::default(), "forbidden"), 403, "action_prohibited"),
            (hook(&Slack::default(), "broken"), 500, "rollup_error"),
            (format!("{SERVICE}FAKEFAKEFAKEFAKEFAKEFAKE"), 403, "invalid_token"),
            ("/services/T0FAKEFAKE/B0OTHER/FAKE".to_owned(), 404, "no_service"),
            ("/services/T0OTHER/B0FAKEFAKE/FAKE".to_owned(), 404, "no_team"),
        ] {
            let (response, posts) = told(&Slack::default(), &post(&path, "text/plain", r#"{"text":"hello"}"#));
            assert_eq!((response.status, body(&response).as_str()), (status, answer), "{path}");
            assert_eq!(posts, json!([]), "{path}");
        }
    }

    #[test]
    fn a_preflight_does_not_allow_the_content_type() {
        let (response, _) = told(&Slack::default(), &asked("OPTIONS", &hook(&Slack::default(), "works")));
        assert_eq!(header(&response, "Access-Control-Allow-Headers"), None);
    }

    #[test]
    fn limits_are_the_documented_ones() {
        let chat = Slack::default();
        let works = hook(&chat, "works");
        let long = json!({ "text": "é".repeat(MAX_TEXT + 1) }).to_string();
        let (_, posts) = told(&chat, &post(&works, "", &long));
        assert_eq!(posts.pointer("/0/text").and_then(Value::as_str).map(|text| text.chars().count()), Some(40_000));
        let many = json!({ "text": "x", "attachments": vec![json!({}); 101] }).to_string();
        assert_eq!(body(&told(&chat, &post(&works, "", &many)).0), "too_many_attachments");
        let blocks = json!({ "text": "x", "blocks": vec![json!({}); 51] }).to_string();
        assert_eq!(body(&told(&chat, &post(&works, "", &blocks)).0), "invalid_blocks");
    }

    #[test]
    fn a_burst_ends_in_a_wait() {
        let chat = Slack::default();
        let hello = post(&hook(&chat, "works"), "", r#"{"text":"hello"}"#);
        let answers: Vec<_> = (0..11).map(|_| told(&chat, &hello).0).collect();
        assert!(answers.iter().take(10).all(|answer| answer.status == 200));
        let last = answers.last().expect("eleven");
        assert_eq!((last.status, header(last, "Retry-After")), (429, Some("10")));
        let busy = told(&chat, &post(&hook(&chat, "busy"), "", "")).0;
        assert_eq!((busy.status, header(&busy, "Retry-After")), (429, Some("30")));
    }

    #[test]
    fn buttons_are_shown_below_the_text() {
        let sent = json!({ "text": "t", "attachments": [{ "actions": [{ "type": "button", "text": "Go", "url": "https://e.example/1" }] }] });
        let (_, posts) = told(&Slack::default(), &post(&hook(&Slack::default(), "works"), "", &sent.to_string()));
        assert_eq!(posts.pointer("/0/links"), Some(&json!([{ "label": "Go", "url": "https://e.example/1" }])));
    }
}
