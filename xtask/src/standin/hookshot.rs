//! Matrix, through the generic webhooks of a Hookshot bridge.
//!
//! - URL shape: the administrator's prefix, then a random UUID: `…/webhook/{uuid}`.
//! - Request (matrix-org/matrix-hookshot src/generic/Router.ts): POST or PUT. XML, form, JSON and texts are parsed in this
//!   order, by content type; what is none of them is an empty object.
//! - Between origins: nothing at all, `OPTIONS` is refused as any other method. Every answer says
//!   `Cross-Origin-Resource-Policy: same-site`, so that a page of another site is told of a failure although the message is
//!   in the room. It stands at `localhost`, which is another site than the `127.0.0.1` of the demo's page.
//! - Limits: bodies of 1 MB; an event has 65,536 bytes, 4,096 of them for the rest of it, and longer texts are cut there.
//! - Answers: `{"ok":true}`, with 200 from a hook that waits for the room and 202 from one that does not. Assumed: the
//!   words and the status (400) for JSON that cannot be read, 413 for a body that is too long, and that `works` waits.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::channel::{Channel, Post};
use super::{Chat, network_fault, text_of};
use crate::http::{Reply, Request, Response};

/// `payloadSizeLimit`: 1 MB.
const MAX_BODY: usize = 1024 * 1024;
/// Bytes of a message in an event.
const MAX_TEXT: usize = 65_536 - 4_096;

/// Status and words of an error.
type Refusal = (u16, &'static str);

/// Hooks by name.
const HOOKS: [(&str, Option<Refusal>); 8] = [
    ("works", None),
    ("broken", Some((500, "Failed to handle webhook"))),
    // The bridge has no rate limit of its own; what stands before it may.
    ("busy", Some((429, "Too Many Requests"))),
    ("expired", Some((404, "This hook has expired"))),
    ("forbidden", Some((500, "Failed to process webhook"))),
    ("hangs-up", None),
    ("mute", None),
    ("queued", None),
];

/// The bridge; it keeps nothing.
pub struct Hookshot;

impl Chat for Hookshot {
    fn key(&self) -> &'static str {
        "Matrix (Hookshot)"
    }

    fn service(&self) -> &'static str {
        "Matrix (Hookshot)"
    }

    fn real_origin(&self) -> Option<&'static str> {
        None
    }

    fn host(&self) -> &'static str {
        "localhost"
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        HOOKS.iter().enumerate().map(|(place, (name, _))| (*name, format!("/webhook/{}", id(place)))).collect()
    }

    fn answer(&self, request: &Request, _: Instant, channel: &Channel) -> Reply {
        match outcome(request, channel) {
            Reply::Whole(response) => response.with("Cross-Origin-Resource-Policy", "same-site").into(),
            other => other,
        }
    }
}

/// A visibly fake UUID of version 4, by the place of its hook.
fn id(place: usize) -> String {
    format!("fa4efa4e-fa4e-4a4e-8a4e-fa4efa4e{place:04}")
}

/// The answer without the header that every answer has.
fn outcome(request: &Request, channel: &Channel) -> Reply {
    let Some(given) = request.path.strip_prefix("/webhook/").map(|id| id.trim_end_matches('/')) else {
        return Response::text(404, "Not Found").into();
    };
    if !matches!(request.method.as_str(), "POST" | "PUT") {
        let methods = if request.method == "GET" { "PUT or POST" } else { "PUT, GET or POST" };
        let body =
            json!({ "errcode": "HS_METHOD_NOT_ALLOWED", "error": format!("Invalid Method. Expecting {methods}") });
        return Response::json(405, &body).into();
    }
    if request.body.len() > MAX_BODY {
        return Response::text(413, "").into();
    }
    let Some(data) = read(request) else {
        return Response::json(400, &json!({ "errcode": "M_UNKNOWN", "error": "Bad Request" })).into();
    };
    let known = HOOKS.into_iter().enumerate().find(|(place, _)| id(*place) == given);
    let Some((_, (name, fault))) = known else { return refused((404, "Webhook not found")) };
    if let Some(fault) = network_fault(name) {
        return fault;
    }
    match fault {
        Some((429, words)) => return Response::text(429, words).with("Retry-After", "30").into(),
        Some(fault) => return refused(fault),
        None => {}
    }
    channel.add(shown(name, data));
    Response::json(if name == "queued" { 202 } else { 200 }, &json!({ "ok": true })).into()
}

fn refused((status, words): Refusal) -> Reply {
    Response::json(status, &json!({ "ok": false, "error": words })).into()
}

/// The body as the bridge's parsers leave it; `None` when it is JSON that cannot be read.
fn read(request: &Request) -> Option<Value> {
    let text = || Value::String(String::from_utf8_lossy(&request.body).into_owned());
    match request.media_type().as_str() {
        "application/x-www-form-urlencoded" => {
            let pairs = form_urlencoded::parse(&request.body);
            Some(Value::Object(pairs.map(|(key, value)| (key.into_owned(), json!(value))).collect()))
        }
        "application/json" if request.body.is_empty() => Some(json!({})),
        // The parser takes objects and lists only.
        "application/json" => {
            serde_json::from_slice(&request.body).ok().filter(|json: &Value| json.is_object() || json.is_array())
        }
        kind if kind.starts_with("text/") && kind != "text/xml" => Some(text()),
        // XML becomes an object, whose shape does not matter here.
        kind if kind.ends_with("xml") => Some(json!({ "xml": text() })),
        _ => Some(Value::Object(Map::new())),
    }
}

/// The message as the room gets it.
fn shown(hook: &str, payload: Value) -> Post {
    let text = match &payload {
        Value::String(text) => format!("Received webhook data: {text}"),
        data => match data.get("text").and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => format!("Received webhook data:\n\n```json\n\n{data:#}\n\n```"),
        },
    };
    let name = text_of(&payload, "username");
    let text = if name.is_empty() { text } else { format!("**{name}**: {text}") };
    let end = (0..=text.len().min(MAX_TEXT)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let text = text.get(..end).unwrap_or_default().to_owned();
    Post { hook: hook.to_owned(), text, payload, ..Post::default() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, header, hook, post, told};
    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    #[test]
    fn bodies_are_read_by_their_content_type() {
        let dump = |data: &Value| format!("Received webhook data:\n\n```json\n\n{data:#}\n\n```");
        for (content_type, sent, shown) in [
            ("application/json", r#"{"text":"hello"}"#, "hello".to_owned()),
            ("application/json", r#"{"text":"hello","username":"ERP"}"#, "**ERP**: hello".to_owned()),
            ("application/json", r#"{"body":"x"}"#, dump(&json!({ "body": "x" }))),
            (FORM, "text=hello+you&username=ERP", "**ERP**: hello you".to_owned()),
            (FORM, "payload=%7B%22text%22%3A%22x%22%7D", dump(&json!({ "payload": "{\"text\":\"x\"}" }))),
            ("text/plain;charset=UTF-8", r#"{"text":"x"}"#, "Received webhook data: {\"text\":\"x\"}".to_owned()),
            ("", r#"{"text":"x"}"#, dump(&json!({}))),
        ] {
            let (response, posts) = told(&Hookshot, &post(&hook(&Hookshot, "works"), content_type, sent));
            assert_eq!(response.status, 200, "{content_type}: {sent}");
            assert_eq!(posts.pointer("/0/text"), Some(&json!(shown)), "{content_type}: {sent}");
        }
        let unreadable = told(&Hookshot, &post(&hook(&Hookshot, "works"), "application/json", "hello"));
        assert_eq!((unreadable.0.status, unreadable.1), (400, json!([])));
    }

    #[test]
    fn refusals_carry_their_words() {
        for (path, status, words) in [
            (hook(&Hookshot, "expired"), 404, "This hook has expired"),
            (hook(&Hookshot, "broken"), 500, "Failed to handle webhook"),
            (hook(&Hookshot, "forbidden"), 500, "Failed to process webhook"),
            ("/webhook/fa4efa4e-fa4e-4a4e-8a4e-000000000000".to_owned(), 404, "Webhook not found"),
        ] {
            let (response, posts) = told(&Hookshot, &post(&path, "application/json", r#"{"text":"x"}"#));
            let answer: Value = serde_json::from_slice(&response.body).expect("JSON");
            assert_eq!((response.status, answer), (status, json!({ "ok": false, "error": words })));
            assert_eq!(posts, json!([]));
        }
        let queued = told(&Hookshot, &post(&hook(&Hookshot, "queued"), FORM, "text=x"));
        assert_eq!((queued.0.status, queued.1.as_array().map_or(0, Vec::len)), (202, 1));
    }

    #[test]
    fn other_sites_are_told_nothing_and_other_methods_are_refused() {
        let works = hook(&Hookshot, "works");
        let put = Request { method: "PUT".into(), ..post(&works, FORM, "text=x") };
        for (request, status) in [
            (post(&works, FORM, "text=x"), 200),
            (put, 200),
            (asked("OPTIONS", &works), 405),
            (asked("GET", &works), 405),
        ] {
            let (response, _) = told(&Hookshot, &request);
            assert_eq!(response.status, status);
            assert_eq!(header(&response, "Cross-Origin-Resource-Policy"), Some("same-site"));
            assert!(!response.headers.iter().any(|(name, _)| name.starts_with("Access-Control")), "{response:?}");
        }
    }

    #[test]
    fn limits_count_bytes() {
        let works = hook(&Hookshot, "works");
        let long = json!({ "text": "é".repeat(MAX_TEXT) }).to_string();
        let (_, posts) = told(&Hookshot, &post(&works, "application/json", &long));
        assert_eq!(posts.pointer("/0/text").and_then(Value::as_str).map(str::len), Some(61_440));
        let large = json!({ "text": "x".repeat(MAX_BODY) }).to_string();
        assert_eq!(told(&Hookshot, &post(&works, "application/json", &large)).0.status, 413);
    }

    #[test]
    fn ids_are_uuids_of_version_4() {
        for place in 0..HOOKS.len() {
            let lengths: Vec<usize> = id(place).split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12]);
            assert!(id(place).chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-'));
        }
    }
}
