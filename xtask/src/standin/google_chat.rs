//! Google Chat's incoming webhooks.
//!
//! - URL shape: `https://chat.googleapis.com/v1/spaces/{space}/messages?key=…&token=…`, both parameters required.
//! - Request: JSON, whatever the content type says, but not a form. That `text/plain` passes is assumed.
//! - Between origins: Google's API front end answers preflights and echoes the origin (google-api-javascript-client
//!   docs/cors.md); that it does so for webhooks is likely, not confirmed.
//! - Limits: messages of 32,000 bytes, one write per second and space.
//! - Answers: the message as JSON, or `{"error": {code, message, status}}`.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::channel::{Channel, Post};
use super::limiter::Limiter;
use super::{Chat, list, network_fault, text_of};
use crate::http::{Reply, Request, Response};

/// The only space here, 11 characters.
const SPACE: &str = "AAAAFAKEFAK";
/// Bytes of a message's text.
const MAX_TEXT: usize = 32_000;
/// The fields of a message that a webhook may set.
const FIELDS: [&str; 7] = ["text", "cardsV2", "cards", "thread", "fallbackText", "markupSyntax", "accessoryWidgets"];

/// Code, status and message of an error.
type Refusal<'a> = (u16, &'a str, &'a str);

const FORBIDDEN: Refusal<'_> = (
    403,
    "PERMISSION_DENIED",
    "The API is called without a valid token. Instructions on how to use incoming webhooks can be found at https://developers.google.com/chat/how-tos/webhooks.",
);

/// Hooks by name.
const HOOKS: [(&str, Option<Refusal<'_>>); 7] = [
    ("works", None),
    ("broken", Some((500, "INTERNAL", "Internal error encountered."))),
    ("busy", Some((429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."))),
    ("deleted", Some((404, "NOT_FOUND", "Requested entity was not found."))),
    ("forbidden", Some(FORBIDDEN)),
    ("hangs-up", None),
    ("mute", None),
];

/// The service with its rate counter.
pub struct GoogleChat {
    limiter: Limiter,
}

impl Default for GoogleChat {
    fn default() -> Self {
        Self { limiter: Limiter::new(1, Duration::from_secs(1)) }
    }
}

impl Chat for GoogleChat {
    fn key(&self) -> &'static str {
        "Google Chat"
    }

    fn service(&self) -> &'static str {
        "Google Chat"
    }

    fn real_origin(&self) -> Option<&'static str> {
        Some("https://chat.googleapis.com")
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        let path = |name| format!("/v1/spaces/{SPACE}/messages?key={}&token={}", key(), token(name));
        HOOKS.iter().map(|(name, _)| (*name, path(name))).collect()
    }

    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        match (self.outcome(request, now, channel), request.header("origin")) {
            (Reply::Whole(response), Some(origin)) => {
                response.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin").into()
            }
            (reply, _) => reply,
        }
    }
}

impl GoogleChat {
    /// The answer without its headers for browsers.
    fn outcome(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        if request.method == "OPTIONS" {
            return Response::text(200, "")
                .with("Access-Control-Allow-Methods", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT")
                .with("Access-Control-Allow-Headers", "content-type")
                .into();
        }
        let space = request.path.strip_prefix("/v1/spaces/").and_then(|rest| rest.strip_suffix("/messages"));
        let Some(space) = space.filter(|_| request.method == "POST") else {
            return refused((404, "NOT_FOUND", "Not Found"));
        };
        if request.parameter("key").is_some_and(|given| given != key()) {
            return refused((400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."));
        }
        let given = request.parameter("token").filter(|_| request.parameter("key").is_some());
        let known = HOOKS.into_iter().find(|(name, _)| given.as_deref() == Some(&token(name)));
        let Some((name, fault)) = known else { return refused(FORBIDDEN) };
        if let Some(fault) = network_fault(name) {
            return fault;
        }
        if let Some(fault) = fault {
            return refused(fault);
        }
        if space != SPACE {
            return refused((404, "NOT_FOUND", "Requested entity was not found."));
        }
        match read(request) {
            Err(message) => refused((400, "INVALID_ARGUMENT", &message)),
            Ok(_) if self.limiter.take(now).is_err() => {
                refused((429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."))
            }
            Ok(payload) => {
                let names = json!({ "name": format!("spaces/{SPACE}/messages/FAKE.FAKE"), "thread": { "name": format!("spaces/{SPACE}/threads/FAKE") } });
                let mut answer = names;
                if let (Some(answer), Some(sent)) = (answer.as_object_mut(), payload.as_object()) {
                    answer.extend(sent.clone());
                }
                channel.add(Post {
                    hook: name.to_owned(),
                    text: text_of(&payload, "text"),
                    payload,
                    ..Post::default()
                });
                Response::json(200, &answer).into()
            }
        }
    }
}

/// A visibly fake key of the right shape: 39 characters.
fn key() -> String {
    format!("AIza{:x<35}", "FAKE")
}

/// A visibly fake token of 43 characters that carries the hook's name.
fn token(name: &str) -> String {
    format!("FAKE{name:x<39}")
}

fn refused((code, status, message): Refusal<'_>) -> Reply {
    Response::json(code, &json!({ "error": { "code": code, "message": message, "status": status } })).into()
}

/// The decoded payload, or the message of the error.
fn read(request: &Request) -> Result<Value, String> {
    let unexpected = || "Invalid JSON payload received. Unexpected token.".to_owned();
    if request.media_type() == "application/x-www-form-urlencoded" {
        return Err(unexpected());
    }
    let payload: Value = serde_json::from_slice(&request.body).map_err(|_| unexpected())?;
    let members = payload.as_object().ok_or_else(unexpected)?;
    if let Some(unknown) = members.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(format!(
            "Invalid JSON payload received. Unknown name \"{unknown}\" at 'message': Cannot find field."
        ));
    }
    let text = text_of(&payload, "text");
    if text.is_empty() && list(&payload, "cardsV2").is_empty() {
        return Err("Message cannot be empty.".to_owned());
    }
    // The limit is documented, the words of its refusal are not.
    if text.len() > MAX_TEXT { Err("Message is too long.".to_owned()) } else { Ok(payload) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, form, header, hook, post, told};
    use super::*;

    const HELLO: &str = r#"{"text":"hello"}"#;

    fn message(response: &Response) -> String {
        let answer: Value = serde_json::from_slice(&response.body).expect("JSON");
        answer.pointer("/error/message").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    #[test]
    fn json_is_taken_and_a_form_is_not() {
        let unexpected = "Invalid JSON payload received. Unexpected token.";
        let unknown = "Invalid JSON payload received. Unknown name \"body\" at 'message': Cannot find field.";
        for (content_type, sent, status, words) in [
            ("application/json; charset=UTF-8", HELLO, 200, ""),
            ("text/plain;charset=UTF-8", HELLO, 200, ""),
            ("application/x-www-form-urlencoded", &form(HELLO), 400, unexpected),
            ("application/json", "hello", 400, unexpected),
            ("application/json", r#"{"text":"x","body":"y"}"#, 400, unknown),
            ("application/json", r#"{"text":""}"#, 400, "Message cannot be empty."),
            ("application/json", "{}", 400, "Message cannot be empty."),
        ] {
            let chat = GoogleChat::default();
            let (response, posts) = told(&chat, &post(&hook(&chat, "works"), content_type, sent));
            assert_eq!((response.status, message(&response).as_str()), (status, words), "{content_type}: {sent}");
            assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(status == 200));
            assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("http://127.0.0.1:1"));
        }
    }

    #[test]
    fn key_and_token_are_both_needed() {
        let works = hook(&GoogleChat::default(), "works");
        for (target, status) in [
            (works.replace('&', "&amp;"), 403),
            (works.split('&').next().unwrap_or_default().to_owned(), 403),
            (works.replace("key=", "other="), 403),
            (works.replace("key=AIza", "key=AIzb"), 400),
            (works.replace("token=FAKE", "token=FAKF"), 403),
            (works.replace(SPACE, "AAAAOTHERSP"), 404),
            (works.replace("/v1/", "/v2/"), 404),
            (hook(&GoogleChat::default(), "deleted"), 404),
            (hook(&GoogleChat::default(), "forbidden"), 403),
            (hook(&GoogleChat::default(), "broken"), 500),
            (hook(&GoogleChat::default(), "busy"), 429),
        ] {
            let (response, posts) = told(&GoogleChat::default(), &post(&target, "application/json", HELLO));
            assert_eq!((response.status, posts), (status, json!([])), "{target}");
        }
    }

    #[test]
    fn a_preflight_is_answered() {
        let (response, _) = told(&GoogleChat::default(), &asked("OPTIONS", &hook(&GoogleChat::default(), "works")));
        assert_eq!(header(&response, "Access-Control-Allow-Headers"), Some("content-type"));
        assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("http://127.0.0.1:1"));
    }

    #[test]
    fn the_limit_counts_bytes_and_one_message_a_second() {
        let chat = GoogleChat::default();
        let works = hook(&chat, "works");
        let text = |count| json!({ "text": "é".repeat(count) }).to_string();
        assert_eq!(told(&chat, &post(&works, "application/json", &text(16_001))).0.status, 400);
        assert_eq!(told(&chat, &post(&works, "application/json", &text(16_000))).0.status, 200);
        assert_eq!(told(&chat, &post(&works, "application/json", HELLO)).0.status, 429);
    }
}
