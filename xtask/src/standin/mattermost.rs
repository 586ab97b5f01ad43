//! Mattermost's incoming webhooks, as a server answers that nobody configured for other origins.
//!
//! - URL shape: `…/hooks/{id}`, the id 26 letters and digits of a z-base-32 UUID (server/public/model/utils.go).
//! - Request (server/channels/web/webhook.go): form with JSON in `payload`; multipart fields; anything else is JSON.
//! - Between origins: no header at all and no preflight route, since `AllowCorsFrom` is empty by default.
//! - Limits: posts of 16,383 characters, longer texts are split; bodies of 300,000 bytes; no rate limit by default.
//! - Answers: `ok`, or an AppError as JSON.

use std::time::Instant;

use serde_json::{Value, json};

use super::channel::{Channel, Post};
use super::{Chat, form_payload, list, multipart, network_fault, text_of};
use crate::http::{Reply, Request, Response};

/// Characters of one post.
const MAX_POST: usize = 16_383;
/// `MaximumPayloadSizeBytes`.
const MAX_BODY: usize = 300_000;

/// The parts of an AppError: status, id, message.
type AppError = (u16, &'static str, &'static str);

/// Hooks by name.
const HOOKS: [(&str, Option<AppError>); 9] = [
    ("works", None),
    ("broken", Some((500, "api.post.create_webhook_post.creating.app_error", "Error creating post."))),
    ("busy", Some((429, "", "limit exceeded"))),
    ("deleted", Some((404, "web.incoming_webhook.channel.app_error", "Couldn't find the channel."))),
    (
        "disabled",
        Some((
            501,
            "web.incoming_webhook.disabled.app_error",
            "Incoming webhooks have been disabled by the system admin.",
        )),
    ),
    (
        "forbidden",
        Some((
            403,
            "web.incoming_webhook.channel_locked.app_error",
            "This webhook is not permitted to post to the requested channel.",
        )),
    ),
    ("hangs-up", None),
    ("mute", None),
    ("orphan", Some((400, "web.incoming_webhook.user.app_error", "Couldn't find the user."))),
];

const UNKNOWN: AppError = (400, "web.incoming_webhook.invalid.app_error", "Invalid webhook.");
const UNREADABLE: AppError = (400, "web.incoming_webhook.parse.app_error", "Unable to parse incoming data.");
const NO_TEXT: AppError = (400, "web.incoming_webhook.text.app_error", "No text specified.");
const TOO_LARGE: AppError = (413, "api.context.request_body_too_large.app_error", "Request body too large.");

/// The service; it keeps nothing.
pub struct Mattermost;

impl Chat for Mattermost {
    fn key(&self) -> &'static str {
        "Mattermost"
    }

    fn service(&self) -> &'static str {
        "Mattermost"
    }

    fn real_origin(&self) -> Option<&'static str> {
        None
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        HOOKS.iter().map(|(name, _)| (*name, format!("/hooks/{}", id(name)))).collect()
    }

    fn answer(&self, request: &Request, _: Instant, channel: &Channel) -> Reply {
        let Some(given) = request.path.strip_prefix("/hooks/").map(|id| id.trim_end_matches('/')) else {
            return Response::new(404, "text/html; charset=utf-8", "<!doctype html><title>Mattermost</title>").into();
        };
        if request.method != "POST" {
            return Response::text(405, "").into();
        }
        if request.body.len() > MAX_BODY {
            return refused(TOO_LARGE);
        }
        let Some((name, fault)) = HOOKS.into_iter().find(|(name, _)| id(name) == given) else {
            return refused(UNKNOWN);
        };
        if let Some(fault) = network_fault(name) {
            return fault;
        }
        match fault {
            Some((429, _, body)) => return Response::text(429, body).with("Retry-After", "30").into(),
            Some(fault) => return refused(fault),
            None => {}
        }
        let Some(payload) = read(request) else { return refused(UNREADABLE) };
        let text = text_of(&payload, "text");
        if text.is_empty() && list(&payload, "attachments").is_empty() {
            return refused(NO_TEXT);
        }
        for post in split(name, &text, &payload) {
            channel.add(post);
        }
        Response::new(200, "text/plain", "ok").into()
    }
}

/// A visibly fake id whose letters sit where a UUID's may, carrying the hook's name.
fn id(name: &str) -> String {
    format!("fakefakekbfafk{:f<11}e", name.replace(['-', 'l'], ""))
}

/// An AppError; the real one's `request_id` is random.
fn refused((status, id, message): AppError) -> Reply {
    let request_id = "fakefakefakefakefakefakefa";
    let body =
        json!({ "id": id, "message": message, "detailed_error": "", "request_id": request_id, "status_code": status });
    Response::new(status, "application/json", body.to_string()).into()
}

/// The decoded payload; `None` when it is not an object.
fn read(request: &Request) -> Option<Value> {
    let payload: Value = match request.media_type().as_str() {
        "application/x-www-form-urlencoded" => serde_json::from_str(&form_payload(&request.body)?).ok()?,
        "multipart/form-data" => Value::Object(multipart::read(request)?.fields),
        _ => serde_json::from_slice(&request.body).ok()?,
    };
    payload.is_object().then_some(payload)
}

/// As many posts as the text needs, the attachments with the last one.
fn split(hook: &str, text: &str, payload: &Value) -> Vec<Post> {
    let letters: Vec<char> = text.chars().collect();
    let mut texts: Vec<String> = letters.chunks(MAX_POST).map(|part| part.iter().collect()).collect();
    if texts.is_empty() {
        texts.push(String::new());
    }
    let make = |text| Post {
        hook: hook.to_owned(),
        text,
        author: text_of(payload, "username"),
        links: Vec::new(),
        payload: payload.clone(),
    };
    let mut posts: Vec<Post> = texts.into_iter().map(make).collect();
    if let Some(last) = posts.last_mut() {
        let titles = list(payload, "attachments").iter();
        last.links = titles.map(|title| (text_of(title, "title"), text_of(title, "title_link"))).collect();
    }
    posts
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, body, form, hook, post, told};
    use super::*;

    #[test]
    fn bodies_are_read_by_their_content_type() {
        let hello = r#"{"text":"hello"}"#;
        let parts = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n--b--\r\n";
        for (content_type, sent, status) in [
            ("application/json", hello, 200),
            ("text/plain;charset=UTF-8", hello, 200),
            ("", hello, 200),
            ("application/x-www-form-urlencoded", &form(hello), 200),
            ("application/x-www-form-urlencoded;charset=UTF-8", &form(hello), 200),
            ("multipart/form-data; boundary=b", parts, 200),
            ("application/x-www-form-urlencoded", hello, 400),
            ("application/json", "hello", 400),
        ] {
            let (response, posts) = told(&Mattermost, &post(&hook(&Mattermost, "works"), content_type, sent));
            assert_eq!(response.status, status, "{content_type}: {sent}");
            let expected = if status == 200 { Some("hello") } else { None };
            assert_eq!(posts.pointer("/0/text").and_then(Value::as_str), expected, "{content_type}: {sent}");
        }
    }

    #[test]
    fn errors_carry_their_id() {
        let hello = r#"{"text":"hello"}"#;
        for (path, sent, status, id) in [
            (hook(&Mattermost, "works"), r#"{"text":""}"#, 400, "web.incoming_webhook.text.app_error"),
            (hook(&Mattermost, "works"), "[]", 400, "web.incoming_webhook.parse.app_error"),
            (hook(&Mattermost, "disabled"), hello, 501, "web.incoming_webhook.disabled.app_error"),
            (hook(&Mattermost, "forbidden"), hello, 403, "web.incoming_webhook.channel_locked.app_error"),
            (hook(&Mattermost, "deleted"), hello, 404, "web.incoming_webhook.channel.app_error"),
            ("/hooks/fakefakefakefakefakefakefa".to_owned(), hello, 400, "web.incoming_webhook.invalid.app_error"),
        ] {
            let (response, posts) = told(&Mattermost, &post(&path, "", sent));
            let answer: Value = serde_json::from_slice(&response.body).expect("JSON");
            assert_eq!((response.status, answer.get("id")), (status, Some(&json!(id))), "{path}");
            assert_eq!(answer.get("status_code"), Some(&json!(status)));
            assert_eq!(posts, json!([]));
        }
        let large = json!({ "text": "x".repeat(MAX_BODY) }).to_string();
        assert_eq!(told(&Mattermost, &post(&hook(&Mattermost, "works"), "", &large)).0.status, 413);
        let elsewhere = told(&Mattermost, &post("/team/channels/town-square", "", hello)).0;
        assert_eq!((elsewhere.status, body(&elsewhere).starts_with("<!doctype html>")), (404, true));
    }

    #[test]
    fn no_answer_says_anything_about_other_origins() {
        let works = hook(&Mattermost, "works");
        for request in [post(&works, "", r#"{"text":"hello"}"#), post(&works, "", ""), asked("OPTIONS", &works)] {
            let (response, _) = told(&Mattermost, &request);
            assert!(!response.headers.iter().any(|(name, _)| name.starts_with("Access-Control")), "{response:?}");
        }
        assert_ne!(told(&Mattermost, &asked("OPTIONS", &works)).0.status, 200);
    }

    #[test]
    fn a_long_text_becomes_several_posts() {
        let sent = json!({ "text": "é".repeat(MAX_POST + 1) }).to_string();
        let (_, posts) = told(&Mattermost, &post(&hook(&Mattermost, "works"), "", &sent));
        let lengths = posts.as_array().into_iter().flatten().map(|post| text_of(post, "text").chars().count());
        assert_eq!(lengths.collect::<Vec<_>>(), [16_383, 1]);
    }

    #[test]
    fn ids_could_come_from_a_real_server() {
        for (name, _) in HOOKS {
            let id = id(name);
            assert_eq!(id.len(), 26, "{id}");
            assert!(id.chars().all(|letter| "ybndrfg8ejkmcpqxot1uwisza345h769".contains(letter)), "{id}");
        }
    }
}
