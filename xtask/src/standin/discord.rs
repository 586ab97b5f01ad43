//! Discord's webhooks of a channel.
//!
//! - URL shape: `https://discord.com/api/webhooks/{id}/{token}`, the id 17 to 20 digits, the token 68 letters, digits, `-`
//!   and `_`; an API version may stand before `webhooks`. The suffixes `/slack` and `/github` are not played here.
//! - Request (discord-api-docs, resources/webhook and reference): JSON, or multipart with JSON in `payload_json`. JSON
//!   under another content type is refused (BetterDiscord issue 1669). `GET` tells about the hook and posts nothing.
//! - Between origins: a preflight that allows `Content-Type`, answers and rate headers readable. Assumed: that the origin
//!   is answered with `*`, and the exact lists of names.
//! - Limits: 2,000 characters of content (counted as code points: assumed), names of 1 to 80 without `clyde` and
//!   `discord`, 10 embeds with limits of their own and 6,000 characters together; 5 requests in 2 seconds for a hook and 30
//!   a minute for its channel (discord-api-docs issue 367).
//! - Answers: 204, or the message with `?wait=true`; errors as `{"message", "code"}`, for a body that is not valid with a
//!   tree of `errors`.
//!
//! Long because of the many limits of embeds, and half of it is tests.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::channel::{Channel, Post};
use super::limiter::Limiter;
use super::{Chat, list, multipart, network_fault, seconds, text_of};
use crate::http::{Reply, Request, Response};

/// Characters of the content.
const MAX_CONTENT: usize = 2_000;
/// Characters of a name.
const MAX_NAME: usize = 80;
/// What a name may not contain, whatever the case.
const FORBIDDEN_IN_NAMES: [&str; 2] = ["clyde", "discord"];
const MAX_EMBEDS: usize = 10;
const MAX_FIELDS: usize = 25;
/// Characters of all embeds together.
const MAX_EMBED_SIZE: usize = 6_000;
/// Texts of an embed, where they are and how long they may be.
const EMBED_TEXTS: [(&str, usize); 4] =
    [("/title", 256), ("/description", 4_096), ("/footer/text", 2_048), ("/author/name", 256)];
/// What a message may consist of besides its text.
const CONTENTS: [&str; 4] = ["embeds", "poll", "components", "sticker_ids"];
/// The rate limit of a hook, as its headers tell it.
const CALLS: usize = 5;

/// Status, code and message of an error.
type Refusal = (u16, u32, &'static str);

const UNKNOWN: Refusal = (404, 10_015, "Unknown Webhook");
const BAD_TOKEN: Refusal = (401, 50_027, "Invalid Webhook Token");
const EMPTY: Refusal = (400, 50_006, "Cannot send an empty message");
const NO_JSON: Refusal = (400, 50_109, "The request body contains invalid JSON.");
const NO_CHANNEL: Refusal = (404, 10_003, "Unknown Channel");

/// Hooks by name.
const HOOKS: [(&str, Option<Refusal>); 11] = [
    ("works", None),
    ("broken", Some((500, 0, "500: Internal Server Error"))),
    ("busy", Some((429, 0, "You are being rate limited."))),
    ("channel-deleted", Some(NO_CHANNEL)),
    ("deleted", Some(UNKNOWN)),
    ("forum", Some((400, 220_001, "Webhooks posted to forum channels must have a thread_name or thread_id"))),
    ("hangs-up", None),
    ("mute", None),
    ("revoked", Some(BAD_TOKEN)),
    (
        "thread-and-name",
        Some((400, 220_002, "Webhooks posted to forum channels cannot have both a thread_name and thread_id")),
    ),
    ("too-large", Some((413, 40_005, "Request entity too large"))),
];

/// The service with its rate counters.
pub struct Discord {
    of_hook: Limiter,
    of_channel: Limiter,
}

impl Default for Discord {
    fn default() -> Self {
        Self {
            of_hook: Limiter::new(CALLS, Duration::from_secs(2)),
            of_channel: Limiter::new(30, Duration::from_secs(60)),
        }
    }
}

impl Chat for Discord {
    fn key(&self) -> &'static str {
        "Discord"
    }

    fn service(&self) -> &'static str {
        "Discord"
    }

    fn real_origin(&self) -> Option<&'static str> {
        Some("https://discord.com")
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        let path = |(place, (name, _)): (usize, &(&'static str, _))| {
            (*name, format!("/api/webhooks/{}/{}", id(place), token(name)))
        };
        HOOKS.iter().enumerate().map(path).collect()
    }

    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        match self.outcome(request, now, channel) {
            Reply::Whole(response) => response
                .with("Access-Control-Allow-Origin", "*")
                .with(
                    "Access-Control-Expose-Headers",
                    "Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset-After",
                )
                .into(),
            other => other,
        }
    }
}

impl Discord {
    /// The answer without its headers for browsers.
    fn outcome(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        if request.method == "OPTIONS" {
            return Response::text(204, "")
                .with("Access-Control-Allow-Methods", "POST, GET, PUT, PATCH, DELETE")
                .with("Access-Control-Allow-Headers", "Content-Type, Authorization")
                .into();
        }
        let hook = match known_hook(&request.path) {
            Ok(hook) => hook,
            Err(refusal) => return refused(refusal),
        };
        if let Some(fault) = network_fault(hook.name) {
            return fault;
        }
        if let Some((429, _, _)) = hook.fault {
            return self.limited(Duration::from_secs(30));
        }
        match (request.method.as_str(), hook.fault) {
            ("GET", Some(gone)) if [UNKNOWN, BAD_TOKEN].contains(&gone) => return refused(gone),
            ("GET", _) => return Response::json(200, &about(&hook)).into(),
            ("POST", None) => {}
            ("POST", Some(fault)) => return refused(fault),
            _ => return refused((405, 0, "405: Method Not Allowed")),
        }
        if let Err(wait) = self.of_hook.take(now).and_then(|()| self.of_channel.take(now)) {
            return self.limited(wait);
        }
        if request.parameter("thread_id").is_some() {
            return refused(NO_CHANNEL);
        }
        let reply = match read(request) {
            Err(body) => Response::json(400, &body),
            Ok(payload) => {
                let message = message(&hook, &payload);
                channel.add(shown(&hook, payload));
                if request.parameter("wait").as_deref() == Some("true") {
                    Response::json(200, &message)
                } else {
                    Response::text(204, "")
                }
            }
        };
        self.counted(reply, now).into()
    }

    /// The answer with what is left of the rate limit.
    fn counted(&self, response: Response, now: Instant) -> Response {
        response
            .with("X-RateLimit-Limit", &CALLS.to_string())
            .with("X-RateLimit-Remaining", &self.of_hook.left(now).to_string())
            .with("X-RateLimit-Reset-After", "2")
            .with("X-RateLimit-Bucket", "fakefakefakefake")
    }

    fn limited(&self, wait: Duration) -> Reply {
        let body =
            json!({ "message": "You are being rate limited.", "retry_after": wait.as_secs_f64(), "global": false });
        Response::json(429, &body)
            .with("Retry-After", &seconds(wait).to_string())
            .with("X-RateLimit-Scope", "user")
            .with("X-RateLimit-Limit", &CALLS.to_string())
            .with("X-RateLimit-Remaining", "0")
            .with("X-RateLimit-Reset-After", &wait.as_secs_f64().to_string())
            .with("X-RateLimit-Bucket", "fakefakefakefake")
            .into()
    }
}

/// A hook that exists here.
struct Hook {
    name: &'static str,
    id: String,
    fault: Option<Refusal>,
}

/// An id of 18 digits that nobody has: the first ids were given in 2015.
fn id(place: usize) -> String {
    format!("{:018}", 100 + place)
}

/// A visibly fake token of 68 characters that carries the hook's name.
fn token(name: &str) -> String {
    format!("FAKE{name:x<64}")
}

/// A hook by its path, with or without an API version, or what is wrong with it.
fn known_hook(path: &str) -> Result<Hook, Refusal> {
    let not_found = (404, 0, "404: Not Found");
    let rest = path.strip_prefix("/api/").ok_or(not_found)?;
    let version = rest.split_once('/').filter(|(version, _)| {
        version
            .strip_prefix('v')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
    });
    let rest = version.map_or(rest, |(_, rest)| rest);
    let given = rest.strip_prefix("webhooks/").ok_or(not_found)?;
    let (given_id, given_token) = given.trim_end_matches('/').split_once('/').ok_or(not_found)?;
    let mut known = HOOKS.into_iter().enumerate();
    let (place, (name, fault)) = known.find(|(place, _)| id(*place) == given_id).ok_or(UNKNOWN)?;
    if token(name) == given_token { Ok(Hook { name, id: id(place), fault }) } else { Err(BAD_TOKEN) }
}

fn refused((status, code, message): Refusal) -> Reply {
    Response::json(status, &json!({ "message": message, "code": code })).into()
}

/// What `GET` tells about a hook.
fn about(hook: &Hook) -> Value {
    json!({
        "application_id": null, "avatar": null, "channel_id": "000000000000000001", "guild_id": "000000000000000002",
        "id": hook.id, "name": "Fake ERP", "type": 1, "token": token(hook.name),
        "url": format!("https://discord.com/api/webhooks/{}/{}", hook.id, token(hook.name)),
    })
}

/// The message as `?wait=true` answers it.
fn message(hook: &Hook, payload: &Value) -> Value {
    let name = payload.get("username").and_then(Value::as_str).unwrap_or("Fake ERP");
    json!({
        "id": "000000000000000003", "type": 0, "content": text_of(payload, "content"),
        "channel_id": "000000000000000001", "webhook_id": hook.id,
        "author": { "id": hook.id, "username": name, "avatar": null, "discriminator": "0000", "global_name": null, "bot": true, "flags": 0 },
        "attachments": [], "components": [], "embeds": list(payload, "embeds"), "mentions": [], "mention_roles": [],
        "mention_everyone": false, "pinned": false, "tts": false, "flags": 0,
        "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": null,
    })
}

/// The decoded payload, or the whole body of the refusal.
fn read(request: &Request) -> Result<Value, Value> {
    let said = |(_, code, message): Refusal| json!({ "message": message, "code": code });
    let parsed = |text: &[u8]| serde_json::from_slice::<Value>(text).map_err(|_| said(NO_JSON));
    let (payload, files) = match request.media_type().as_str() {
        "application/json" => (parsed(&request.body)?, 0),
        "multipart/form-data" => {
            let form = multipart::read(request).ok_or_else(|| said(NO_JSON))?;
            let payload = match form.fields.get("payload_json").and_then(Value::as_str) {
                Some(text) => parsed(text.as_bytes())?,
                None => Value::Object(form.fields),
            };
            (payload, form.files)
        }
        _ => return Err(said(NO_JSON)),
    };
    if !payload.is_object() {
        return Err(said(NO_JSON));
    }
    let errors = invalid(&payload);
    if !errors.is_empty() {
        return Err(json!({ "message": "Invalid Form Body", "code": 50_035, "errors": errors }));
    }
    let rest = CONTENTS.iter().any(|key| payload.get(key).is_some_and(|value| *value != json!([]) && !value.is_null()));
    if text_of(&payload, "content").is_empty() && files == 0 && !rest {
        return Err(said(EMPTY));
    }
    Ok(payload)
}

/// What is not valid, as the tree of `errors`.
fn invalid(payload: &Value) -> Map<String, Value> {
    let mut errors = Map::new();
    let mut wrong = |key: &str, code: &str, words: String| {
        errors.insert(key.to_owned(), json!({ "_errors": [{ "code": code, "message": words }] }));
    };
    match payload.get("content") {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) if text.chars().count() > MAX_CONTENT => {
            wrong("content", "BASE_TYPE_MAX_LENGTH", format!("Must be {MAX_CONTENT} or fewer in length."));
        }
        Some(Value::String(_)) => {}
        Some(_) => wrong("content", "STRING_TYPE_CONVERT", "Could not interpret value as string.".to_owned()),
    }
    if let Some(name) = payload.get("username").and_then(Value::as_str) {
        let small = name.to_lowercase();
        if let Some(word) = FORBIDDEN_IN_NAMES.iter().find(|word| small.contains(**word)) {
            wrong("username", "USERNAME_INVALID_CONTAINS", format!("Username cannot contain \"{word}\""));
        } else if !(1..=MAX_NAME).contains(&name.chars().count()) {
            wrong("username", "BASE_TYPE_BAD_LENGTH", format!("Must be between 1 and {MAX_NAME} in length."));
        }
    }
    let is_address = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    if payload.get("avatar_url").and_then(Value::as_str).is_some_and(|url| !is_address(url)) {
        wrong("avatar_url", "URL_TYPE_INVALID_URL", "Not a well formed URL.".to_owned());
    }
    let embeds = list(payload, "embeds");
    if embeds.len() > MAX_EMBEDS {
        wrong("embeds", "BASE_TYPE_MAX_LENGTH", format!("Must be {MAX_EMBEDS} or fewer in length."));
    } else if let Some((code, words)) = embeds.iter().find_map(|embed| invalid_embed(embed, is_address)) {
        wrong("embeds", code, words);
    } else if embeds.iter().map(size_of).sum::<usize>() > MAX_EMBED_SIZE {
        wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", format!("Embed size exceeds maximum size of {MAX_EMBED_SIZE}"));
    }
    errors
}

fn invalid_embed(embed: &Value, is_address: impl Fn(&str) -> bool) -> Option<(&'static str, String)> {
    let too_long = |max: usize| ("BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
    let length = |text: Option<&Value>| text.and_then(Value::as_str).map_or(0, |text| text.chars().count());
    if let Some((_, max)) = EMBED_TEXTS.into_iter().find(|(place, max)| length(embed.pointer(place)) > *max) {
        return Some(too_long(max));
    }
    let fields = list(embed, "fields");
    if fields.len() > MAX_FIELDS {
        return Some(too_long(MAX_FIELDS));
    }
    if let Some(max) = [("name", 256), ("value", 1_024)]
        .into_iter()
        .find_map(|(key, max)| fields.iter().any(|field| length(field.get(key)) > max).then_some(max))
    {
        return Some(too_long(max));
    }
    let url = embed.get("url").and_then(Value::as_str);
    url.is_some_and(|url| !is_address(url)).then(|| ("URL_TYPE_INVALID_URL", "Not a well formed URL.".to_owned()))
}

/// The characters of an embed that count.
fn size_of(embed: &Value) -> usize {
    let texts = EMBED_TEXTS.iter().filter_map(|(place, _)| embed.pointer(place));
    let fields = list(embed, "fields").iter().flat_map(|field| [field.get("name"), field.get("value")]).flatten();
    texts.chain(fields).filter_map(Value::as_str).map(|text| text.chars().count()).sum()
}

/// The message as the channel shows it.
fn shown(hook: &Hook, payload: Value) -> Post {
    let links = list(&payload, "embeds").iter().map(|embed| (text_of(embed, "title"), text_of(embed, "url"))).collect();
    let (text, author) = (text_of(&payload, "content"), text_of(&payload, "username"));
    Post { hook: hook.name.to_owned(), text, author, links, payload }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, body, header, hook, post, told};
    use super::*;

    const HELLO: &str = r#"{"content":"hello"}"#;

    fn answered(response: &Response) -> Value {
        serde_json::from_slice(&response.body).unwrap_or_default()
    }

    #[test]
    fn bodies_are_read_by_their_content_type() {
        let parts = format!("--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{HELLO}\r\n--b--\r\n");
        for (content_type, sent, status, code) in [
            ("application/json", HELLO, 204, None),
            ("application/json; charset=utf-8", HELLO, 204, None),
            ("multipart/form-data; boundary=b", parts.as_str(), 204, None),
            ("text/plain;charset=UTF-8", HELLO, 400, Some(50_109)),
            ("application/x-www-form-urlencoded", "payload=%7B%7D", 400, Some(50_109)),
            ("", HELLO, 400, Some(50_109)),
            ("application/json", "hello", 400, Some(50_109)),
            ("application/json", "[]", 400, Some(50_109)),
            ("application/json", "{}", 400, Some(50_006)),
            ("application/json", r#"{"content":""}"#, 400, Some(50_006)),
            ("application/json", r#"{"embeds":[{"title":"t"}]}"#, 204, None),
        ] {
            let chat = Discord::default();
            let (response, posts) = told(&chat, &post(&hook(&chat, "works"), content_type, sent));
            let found = answered(&response).get("code").and_then(Value::as_u64);
            assert_eq!((response.status, found), (status, code), "{content_type}: {sent}");
            assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(status == 204), "{content_type}: {sent}");
            assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("*"));
        }
    }

    #[test]
    fn limits_are_the_documented_ones() {
        let of = |count: usize| "é".repeat(count);
        let embed = |key: &str, count| json!({ "embeds": [{ key: of(count) }] });
        let field = |name, value| json!({ "embeds": [{ "fields": [{ "name": of(name), "value": of(value) }] }] });
        for (good, bad, key, code) in [
            (json!({ "content": of(2_000) }), json!({ "content": of(2_001) }), "content", "BASE_TYPE_MAX_LENGTH"),
            (json!({ "content": "x", "username": null }), json!({ "content": 1 }), "content", "STRING_TYPE_CONVERT"),
            (
                json!({ "content": "x", "username": of(80) }),
                json!({ "content": "x", "username": of(81) }),
                "username",
                "BASE_TYPE_BAD_LENGTH",
            ),
            (
                json!({ "content": "x", "username": "x" }),
                json!({ "content": "x", "username": "" }),
                "username",
                "BASE_TYPE_BAD_LENGTH",
            ),
            (
                json!({ "content": "x", "username": "Disc ord" }),
                json!({ "content": "x", "username": "My DISCORD bot" }),
                "username",
                "USERNAME_INVALID_CONTAINS",
            ),
            (
                json!({ "content": "x" }),
                json!({ "content": "x", "username": "Clyde" }),
                "username",
                "USERNAME_INVALID_CONTAINS",
            ),
            (
                json!({ "content": "x", "avatar_url": "https://e.example/l.png" }),
                json!({ "content": "x", "avatar_url": "/assets/l.png" }),
                "avatar_url",
                "URL_TYPE_INVALID_URL",
            ),
            (
                json!({ "embeds": vec![json!({ "title": "t" }); 10] }),
                json!({ "embeds": vec![json!({ "title": "t" }); 11] }),
                "embeds",
                "BASE_TYPE_MAX_LENGTH",
            ),
            (embed("title", 256), embed("title", 257), "embeds", "BASE_TYPE_MAX_LENGTH"),
            (embed("description", 4_096), embed("description", 4_097), "embeds", "BASE_TYPE_MAX_LENGTH"),
            (field(256, 1_024), field(257, 1), "embeds", "BASE_TYPE_MAX_LENGTH"),
            (field(1, 1), field(1, 1_025), "embeds", "BASE_TYPE_MAX_LENGTH"),
            (
                json!({ "embeds": [{ "title": "t", "url": "https://e.example/1" }] }),
                json!({ "embeds": [{ "title": "t", "url": "/app/x" }] }),
                "embeds",
                "URL_TYPE_INVALID_URL",
            ),
            (
                json!({ "embeds": [{ "description": of(4_000) }, { "description": of(2_000) }] }),
                json!({ "embeds": [{ "description": of(4_000) }, { "description": of(2_001) }] }),
                "embeds",
                "MAX_EMBED_SIZE_EXCEEDED",
            ),
        ] {
            let chat = Discord::default();
            let works = hook(&chat, "works");
            let sent = |payload: &Value| told(&chat, &post(&works, "application/json", &payload.to_string())).0;
            assert_eq!(sent(&good).status, 204, "{good}");
            let refusal = sent(&bad);
            let answer = answered(&refusal);
            assert_eq!((refusal.status, answer.get("code")), (400, Some(&json!(50_035))), "{bad}");
            assert_eq!(answer.pointer(&format!("/errors/{key}/_errors/0/code")), Some(&json!(code)), "{bad}");
        }
    }

    #[test]
    fn hooks_that_are_gone_say_how() {
        let works = hook(&Discord::default(), "works");
        for (target, status, code) in [
            (hook(&Discord::default(), "deleted"), 404, 10_015),
            (hook(&Discord::default(), "revoked"), 401, 50_027),
            (hook(&Discord::default(), "channel-deleted"), 404, 10_003),
            (hook(&Discord::default(), "forum"), 400, 220_001),
            (hook(&Discord::default(), "thread-and-name"), 400, 220_002),
            (hook(&Discord::default(), "too-large"), 413, 40_005),
            (hook(&Discord::default(), "broken"), 500, 0),
            (works.replace("/FAKE", "/FAKF"), 401, 50_027),
            (works.replace("/0", "/9"), 404, 10_015),
            (works.replace("/webhooks/", "/hooks/"), 404, 0),
            (format!("{works}?thread_id=1"), 404, 10_003),
        ] {
            let (response, posts) = told(&Discord::default(), &post(&target, "application/json", HELLO));
            assert_eq!((response.status, answered(&response).get("code")), (status, Some(&json!(code))), "{target}");
            assert_eq!(posts, json!([]), "{target}");
        }
    }

    #[test]
    fn a_hook_can_be_asked_without_posting_and_the_message_can_be_waited_for() {
        let chat = Discord::default();
        let (response, posts) = told(&chat, &asked("GET", &hook(&chat, "works")));
        assert_eq!((response.status, posts), (200, json!([])));
        assert_eq!(answered(&response).get("type"), Some(&json!(1)));
        assert_eq!(told(&chat, &asked("GET", &hook(&chat, "deleted"))).0.status, 404);
        let versioned = hook(&chat, "works").replace("/api/", "/api/v10/");
        let (response, _) = told(&chat, &post(&format!("{versioned}?wait=true"), "application/json", HELLO));
        assert_eq!((response.status, answered(&response).get("content")), (200, Some(&json!("hello"))));
    }

    #[test]
    fn a_preflight_allows_json() {
        let (response, _) = told(&Discord::default(), &asked("OPTIONS", &hook(&Discord::default(), "works")));
        assert!(header(&response, "Access-Control-Allow-Headers").is_some_and(|names| names.contains("Content-Type")));
    }

    #[test]
    fn five_messages_in_two_seconds() {
        let chat = Discord::default();
        let hello = post(&hook(&chat, "works"), "application/json", HELLO);
        let answers: Vec<_> = (0..6).map(|_| told(&chat, &hello).0).collect();
        let left: Vec<_> = answers.iter().map(|answer| header(answer, "X-RateLimit-Remaining")).collect();
        assert_eq!(left, ["4", "3", "2", "1", "0", "0"].map(Some));
        let last = answers.last().expect("six");
        assert_eq!((last.status, header(last, "Retry-After")), (429, Some("2")));
        assert!(body(last).contains("\"global\":false"), "{}", body(last));
    }

    #[test]
    fn embeds_are_shown_as_links() {
        let sent = json!({ "content": "t", "username": "Dodock", "embeds": [{ "title": "Link", "url": "https://e.example/1" }] });
        let chat = Discord::default();
        let (_, posts) = told(&chat, &post(&hook(&chat, "works"), "application/json", &sent.to_string()));
        assert_eq!(posts.pointer("/0/links"), Some(&json!([{ "label": "Link", "url": "https://e.example/1" }])));
        assert_eq!(posts.pointer("/0/author"), Some(&json!("Dodock")));
    }

    #[test]
    fn ids_and_tokens_have_the_real_shape() {
        for (place, (name, _)) in HOOKS.iter().enumerate() {
            assert_eq!((id(place).len(), token(name).len()), (18, 68));
        }
    }
}
