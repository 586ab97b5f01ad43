//! ntfy's topics, as ntfy.sh serves them.
//!
//! - URL shape: `https://ntfy.sh/{topic}` at the root, a topic 1 to 64 letters, digits, `-` and `_`; some names are taken.
//! - Request (binwiederhier/ntfy server/server.go): POST or PUT of the text itself, its options as headers or as query
//!   parameters; or JSON with a `topic` to `/`, whatever its content type. JSON sent to a topic is shown as it is.
//! - Between origins: `Access-Control-Allow-Origin: *` on every answer; a preflight allows all headers but `Authorization`.
//! - Limits: 4,096 bytes of text, longer ones become a file of at most 2 MB (where files are off they are refused), JSON
//!   twice as much; 60 requests, then one every 5 seconds: a window of 60 in 5 minutes stands in for that bucket.
//! - Answers: the message as JSON, or `{"code","http","error","link"}` (server/errors.go). The order in which a protected
//!   topic is refused is assumed: without an account 403, with a wrong one 401. So are the words of 41302, 42909 and 50701.
//!
//! Long because every option comes in three ways, and half of it is tests.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::channel::{Channel, Post};
use super::limiter::Limiter;
use super::{Chat, list, network_fault, text_of};
use crate::http::{Reply, Request, Response};

/// Bytes of a message.
const MAX_TEXT: usize = 4_096;
/// Bytes of a file on ntfy.sh.
const MAX_FILE: usize = 2 * 1024 * 1024;
/// Letters of a topic.
const MAX_TOPIC: usize = 64;
/// Names that are not topics.
const DISALLOWED: [&str; 10] =
    ["account", "app", "docs", "file", "login", "metrics", "settings", "signup", "static", "v1"];
/// What a message without a text says.
const EMPTY: &str = "triggered";

/// Status, code, words and where they are explained.
type Refusal = (u16, u32, &'static str, &'static str);

const LIMITATIONS: &str = "https://ntfy.sh/docs/publish/#limitations";
const AUTHENTICATION: &str = "https://ntfy.sh/docs/publish/#authentication";
const NOT_FOUND: Refusal = (404, 40_401, "page not found", "");
const NO_TOPIC: Refusal = (400, 40_009, "invalid request: topic invalid", "");
const TAKEN: Refusal = (400, 40_010, "invalid request: topic name is disallowed", "");
const NO_JSON: Refusal = (400, 40_024, "invalid request: request body must be valid JSON", "");
const JSON_TOO_LARGE: Refusal = (413, 41_303, "JSON body too large", "");
const BAD_PRIORITY: Refusal =
    (400, 40_007, "invalid priority parameter", "https://ntfy.sh/docs/publish/#message-priority");
const BAD_ATTACHMENT: Refusal =
    (400, 40_013, "invalid request: attachment URL is invalid", "https://ntfy.sh/docs/publish/#attachments");
const NO_FILES: Refusal =
    (400, 40_014, "invalid request: attachments not allowed", "https://ntfy.sh/docs/config/#attachments");
const BAD_ACTIONS: Refusal =
    (400, 40_018, "invalid request: actions invalid", "https://ntfy.sh/docs/publish/#action-buttons");
const BAD_ICON: Refusal = (400, 40_021, "invalid request: icon URL is invalid", "https://ntfy.sh/docs/publish/#icons");
const UNAUTHORIZED: Refusal = (401, 40_101, "unauthorized", AUTHENTICATION);
const FORBIDDEN: Refusal = (403, 40_301, "forbidden", AUTHENTICATION);
const FILE_TOO_LARGE: Refusal = (413, 41_301, "attachment too large, or bandwidth limit reached", LIMITATIONS);
const TOO_MANY: Refusal = (429, 42_901, "limit reached: too many requests, please be nice", LIMITATIONS);

/// Topics by name.
const TOPICS: [(&str, Option<Refusal>); 12] = [
    ("works", None),
    ("auth-failures", Some((429, 42_909, "limit reached: too many auth failures", LIMITATIONS))),
    ("bandwidth", Some((429, 42_905, "limit reached: daily bandwidth", LIMITATIONS))),
    ("broken", Some((500, 50_001, "internal server error", ""))),
    ("busy", Some(TOO_MANY)),
    ("hangs-up", None),
    ("mute", None),
    ("no-files", None),
    ("protected", Some(FORBIDDEN)),
    ("push-only", Some((507, 50_701, "cannot publish to UnifiedPush topic without previously active subscriber", ""))),
    ("quota", Some((429, 42_908, "limit reached: too many messages", LIMITATIONS))),
    ("unauthorized", Some(UNAUTHORIZED)),
];

/// The service with its rate counter.
pub struct Ntfy {
    limiter: Limiter,
}

impl Default for Ntfy {
    fn default() -> Self {
        Self { limiter: Limiter::new(60, Duration::from_secs(300)) }
    }
}

impl Chat for Ntfy {
    fn key(&self) -> &'static str {
        "Ntfy"
    }

    fn service(&self) -> &'static str {
        "Ntfy"
    }

    fn real_origin(&self) -> Option<&'static str> {
        Some("https://ntfy.sh")
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        TOPICS.iter().map(|(name, _)| (*name, format!("/{}", topic(name)))).collect()
    }

    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        match self.outcome(request, now, channel) {
            Ok(Reply::Whole(response)) => response.with("Access-Control-Allow-Origin", "*").into(),
            Ok(reply) => reply,
            Err(refusal) => refused(refusal).with("Access-Control-Allow-Origin", "*").into(),
        }
    }
}

impl Ntfy {
    /// The answer without its header for browsers.
    fn outcome(&self, request: &Request, now: Instant, channel: &Channel) -> Result<Reply, Refusal> {
        if request.method == "OPTIONS" {
            return Ok(Response::text(200, "")
                .with("Access-Control-Allow-Methods", "GET, PUT, POST, PATCH, DELETE")
                .with("Access-Control-Allow-Headers", "*")
                .into());
        }
        let given = request.path.trim_start_matches('/');
        if request.method == "GET" && !given.contains('/') {
            return Ok(Response::new(200, "text/html; charset=utf-8", "<!doctype html><title>ntfy web</title>").into());
        }
        if !matches!(request.method.as_str(), "POST" | "PUT") {
            return Err(NOT_FOUND);
        }
        let mut options = Options::of(request);
        let (given, body) =
            if given.is_empty() { options.read_json(&request.body)? } else { (given.to_owned(), request.body.clone()) };
        if given.contains('/') {
            return Err(NOT_FOUND);
        }
        if !is_topic(&given) {
            // What is no topic matches no route, unless JSON named it.
            return Err(if request.path == "/" { NO_TOPIC } else { NOT_FOUND });
        }
        if DISALLOWED.contains(&given.as_str()) {
            return Err(TAKEN);
        }
        let known = TOPICS.into_iter().find(|(name, _)| topic(name) == given);
        let (name, fault) = known.map_or(("", None), |known| known);
        if let Some(fault) = network_fault(name) {
            return Ok(fault);
        }
        // No account is known here.
        let has_account = request.header("authorization").is_some() || request.parameter("auth").is_some();
        match fault {
            _ if has_account => return Err(UNAUTHORIZED),
            Some(fault) => return Err(fault),
            None => {}
        }
        self.limiter.take(now).map_err(|_| TOO_MANY)?;
        let message = options.message(&given, &body, name != "no-files")?;
        let answer = Response::new(200, "application/json", message.to_string());
        channel.add(shown(name, message));
        Ok(answer.into())
    }
}

/// A topic that nobody else would take.
fn topic(name: &str) -> String {
    format!("FAKE-deskbell-{name}-FAKE")
}

fn is_topic(text: &str) -> bool {
    let letter = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
    (1..=MAX_TOPIC).contains(&text.len()) && text.bytes().all(letter)
}

fn is_address(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

fn refused((status, code, words, link): Refusal) -> Response {
    let mut body = json!({ "code": code, "http": status, "error": words });
    if let Some(members) = body.as_object_mut().filter(|_| !link.is_empty()) {
        members.insert("link".to_owned(), json!(link));
    }
    Response::json(status, &body)
}

/// Whether a `Priority` header is the one of RFC 9218, which Firefox puts on every request and the server passes over
/// (server/util.go): `u=4`, `u=4, i`.
fn is_of_the_browser(priority: &str) -> bool {
    let (urgency, rest) = priority.split_once(',').map_or((priority, "i"), |(urgency, rest)| (urgency, rest.trim()));
    let is_digit = |text: &str| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit());
    urgency.strip_prefix("u=").is_some_and(is_digit) && (rest == "i" || is_digit(rest))
}

/// The options of a message by their long names: from headers, else from the query, else from JSON.
struct Options(Map<String, Value>);

/// Options with their other names; a header may have `X-` before any of them.
const NAMES: [(&str, &[&str]); 11] = [
    ("actions", &["actions", "action"]),
    ("attach", &["attach", "a"]),
    ("click", &["click"]),
    ("delay", &["delay", "at", "in"]),
    ("filename", &["filename", "file", "f"]),
    ("icon", &["icon"]),
    ("markdown", &["markdown", "md"]),
    ("message", &["message", "m"]),
    ("priority", &["priority", "prio", "p"]),
    ("tags", &["tags", "tag", "ta"]),
    ("title", &["title", "t"]),
];

impl Options {
    fn of(request: &Request) -> Self {
        let header = |name: &&str| {
            let plain = request.header(name).filter(|value| !(*name == "priority" && is_of_the_browser(value)));
            request.header(&format!("x-{name}")).or(plain).map(str::to_owned)
        };
        let found = NAMES.iter().filter_map(|(name, names)| {
            let value =
                names.iter().find_map(header).or_else(|| names.iter().find_map(|name| request.parameter(name)))?;
            Some(((*name).to_owned(), json!(value)))
        });
        Self(found.collect())
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Takes the options of a message in JSON; answers its topic and its text.
    fn read_json(&mut self, body: &[u8]) -> Result<(String, Vec<u8>), Refusal> {
        if body.len() > 2 * MAX_TEXT {
            return Err(JSON_TOO_LARGE);
        }
        let json: Value = serde_json::from_slice(body).map_err(|_| NO_JSON)?;
        if !json.is_object() {
            return Err(NO_JSON);
        }
        for (name, _) in NAMES {
            let value = match json.get(name) {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Number(number)) => number.to_string(),
                Some(Value::Bool(flag)) => flag.to_string(),
                Some(Value::Array(items)) if name == "tags" => {
                    items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
                }
                Some(Value::Array(items)) => json!(items).to_string(),
                _ => continue,
            };
            if name != "message" {
                self.0.insert(name.to_owned(), json!(value));
            }
        }
        let text = text_of(&json, "message");
        Ok((text_of(&json, "topic"), if text.is_empty() { EMPTY.to_owned() } else { text }.into_bytes()))
    }

    /// The message as it is answered.
    fn message(&self, topic: &str, body: &[u8], files_allowed: bool) -> Result<Value, Refusal> {
        let mut message =
            json!({ "id": "FAKEfakeFAKE", "time": 1, "expires": 43_201, "event": "message", "topic": topic });
        let Some(members) = message.as_object_mut() else { return Err(NOT_FOUND) };
        for name in ["title", "click"] {
            if !self.text(name).is_empty() {
                members.insert(name.to_owned(), json!(self.text(name)));
            }
        }
        if !self.text("icon").is_empty() {
            if !is_address(self.text("icon")) {
                return Err(BAD_ICON);
            }
            members.insert("icon".to_owned(), json!(self.text("icon")));
        }
        if let Some(number) = priority(self.text("priority"))? {
            members.insert("priority".to_owned(), json!(number));
        }
        let tags: Vec<_> = self.text("tags").split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
        if !tags.is_empty() {
            members.insert("tags".to_owned(), json!(tags));
        }
        if matches!(self.text("markdown"), "1" | "yes" | "true") {
            members.insert("content_type".to_owned(), json!("text/markdown"));
        }
        if !self.text("actions").is_empty() {
            members.insert("actions".to_owned(), actions(self.text("actions"))?);
        }
        let (attach, filename) = (self.text("attach"), self.text("filename"));
        if !attach.is_empty() && !is_address(attach) {
            return Err(BAD_ATTACHMENT);
        }
        let text = std::str::from_utf8(body).ok().filter(|text| text.len() <= MAX_TEXT);
        let shown = match text {
            Some(text) if !attach.is_empty() || filename.is_empty() => {
                if !attach.is_empty() {
                    members.insert("attachment".to_owned(), json!({ "name": filename, "url": attach }));
                }
                // The text of the body is trimmed; a parameter stands in for a body that is empty.
                let text = text.trim();
                let text = if text.is_empty() { self.text("message") } else { text };
                if text.is_empty() && !attach.is_empty() {
                    format!("You received a file: {filename}")
                } else {
                    text.to_owned()
                }
            }
            _ if !files_allowed => return Err(NO_FILES),
            _ if body.len() > MAX_FILE => return Err(FILE_TOO_LARGE),
            _ => {
                let name = if filename.is_empty() { "attachment.txt" } else { filename };
                let file = json!({ "name": name, "type": "text/plain; charset=utf-8", "size": body.len(), "url": "https://ntfy.sh/file/FAKEfakeFAKE.txt" });
                members.insert("attachment".to_owned(), file);
                let said = self.text("message");
                if said.is_empty() { format!("You received a file: {name}") } else { said.to_owned() }
            }
        };
        members.insert("message".to_owned(), json!(if shown.is_empty() { EMPTY } else { &shown }));
        Ok(message)
    }
}

/// A priority as a number; `None` when there is none.
fn priority(text: &str) -> Result<Option<u8>, Refusal> {
    Ok(Some(match text.to_ascii_lowercase().as_str() {
        "" => return Ok(None),
        "1" | "min" => 1,
        "2" | "low" => 2,
        "3" | "default" => 3,
        "4" | "high" => 4,
        "5" | "max" | "urgent" => 5,
        _ => return Err(BAD_PRIORITY),
    }))
}

/// Buttons: JSON, or `action, label, url` between semicolons.
fn actions(text: &str) -> Result<Value, Refusal> {
    if text.starts_with('[') {
        return serde_json::from_str(text).map_err(|_| BAD_ACTIONS);
    }
    let button = |part: &str| {
        let mut parts = part.split(',').map(str::trim);
        let (action, label, url) = (parts.next()?, parts.next()?, parts.next()?);
        let known = matches!(action, "view" | "http" | "broadcast") && !label.is_empty();
        known.then(|| json!({ "action": action, "label": label, "url": url }))
    };
    text.split(';').map(|part| button(part).ok_or(BAD_ACTIONS)).collect()
}

/// The message as a phone shows it.
fn shown(topic: &str, message: Value) -> Post {
    let button = |action: &Value| (text_of(action, "label"), text_of(action, "url"));
    let mut links: Vec<_> = list(&message, "actions").iter().map(button).collect();
    let click = text_of(&message, "click");
    if !click.is_empty() {
        links.push((click.clone(), click));
    }
    let (title, text) = (text_of(&message, "title"), text_of(&message, "message"));
    Post { hook: topic.to_owned(), text, author: title, links, payload: message }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, header, hook, post, told};
    use super::*;

    fn answered(response: &Response) -> Value {
        serde_json::from_slice(&response.body).expect("JSON")
    }

    #[test]
    fn the_body_is_the_text_whatever_its_type() {
        for (content_type, sent, shown) in [
            ("text/plain;charset=UTF-8", "hello", "hello"),
            ("", " hello\n", "hello"),
            ("application/json", r#"{"message":"x"}"#, r#"{"message":"x"}"#),
            ("application/x-www-form-urlencoded", "payload=x", "payload=x"),
            ("", "", "triggered"),
        ] {
            let chat = Ntfy::default();
            let (response, posts) = told(&chat, &post(&hook(&chat, "works"), content_type, sent));
            assert_eq!(response.status, 200, "{content_type}: {sent}");
            assert_eq!(posts.pointer("/0/text"), Some(&json!(shown)), "{content_type}: {sent}");
            assert_eq!(answered(&response).get("event"), Some(&json!("message")));
            assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("*"));
        }
    }

    #[test]
    fn the_priority_that_a_browser_gives_its_request_is_not_the_message_s() {
        let chat = Ntfy::default();
        for (priority, status) in [("u=4", 200), ("u=0, i", 200), ("u=4,1", 200), ("u=", 400), ("u=4, x", 400)] {
            let mut request = post(&hook(&chat, "works"), "text/plain", "hello");
            request.headers.push(("priority".to_owned(), priority.to_owned()));
            assert_eq!(told(&chat, &request).0.status, status, "{priority}");
        }
    }

    #[test]
    fn options_come_by_header_by_query_and_in_json() {
        let expected = json!({
            "title": "T", "click": "https://e.example/1", "priority": 4, "tags": ["a", "b"], "content_type": "text/markdown",
            "actions": [{ "action": "view", "label": "Open", "url": "https://e.example/2" }], "message": "hello",
        });
        let chat = Ntfy::default();
        let works = hook(&chat, "works");
        let query =
            "?t=T&click=https%3A%2F%2Fe.example%2F1&prio=high&ta=a,b&md=1&action=view,+Open,+https://e.example/2";
        let mut by_header = post(&works, "text/plain", "hello");
        for (name, value) in [
            ("x-title", "T"),
            ("click", "https://e.example/1"),
            ("x-priority", "4"),
            ("tags", "a, b"),
            ("x-markdown", "yes"),
            ("actions", "view, Open, https://e.example/2"),
        ] {
            by_header.headers.push((name.to_owned(), value.to_owned()));
        }
        let json = json!({
            "topic": topic("works"), "message": "hello", "title": "T", "click": "https://e.example/1", "priority": 4,
            "tags": ["a", "b"], "markdown": true, "actions": [{ "action": "view", "label": "Open", "url": "https://e.example/2" }],
        });
        for request in
            [post(&format!("{works}{query}"), "text/plain", "hello"), by_header, post("/", "", &json.to_string())]
        {
            let message = answered(&told(&chat, &request).0);
            for (name, value) in expected.as_object().into_iter().flatten() {
                assert_eq!(message.get(name), Some(value), "{name} of {request:?}");
            }
        }
    }

    #[test]
    fn refusals_carry_their_code() {
        let chat = Ntfy::default();
        let works = hook(&chat, "works");
        for (target, sent, status, code) in [
            (hook(&chat, "protected"), "x", 403, 40_301),
            (hook(&chat, "unauthorized"), "x", 401, 40_101),
            (format!("{works}?auth=FAKE"), "x", 401, 40_101),
            (hook(&chat, "busy"), "x", 429, 42_901),
            (hook(&chat, "bandwidth"), "x", 429, 42_905),
            (hook(&chat, "quota"), "x", 429, 42_908),
            (hook(&chat, "auth-failures"), "x", 429, 42_909),
            (hook(&chat, "broken"), "x", 500, 50_001),
            (hook(&chat, "push-only"), "x", 507, 50_701),
            ("/docs".to_owned(), "x", 400, 40_010),
            (format!("/sub{works}"), "x", 404, 40_401),
            (format!("{works}/json"), "x", 404, 40_401),
            (format!("/{}", "x".repeat(65)), "x", 404, 40_401),
            ("/".to_owned(), "hello", 400, 40_024),
            ("/".to_owned(), "[]", 400, 40_024),
            ("/".to_owned(), r#"{"topic":"a b"}"#, 400, 40_009),
            ("/".to_owned(), r#"{"message":"x"}"#, 400, 40_009),
            (format!("{works}?p=6"), "x", 400, 40_007),
            (format!("{works}?attach=x"), "x", 400, 40_013),
            (format!("{works}?icon=x"), "x", 400, 40_021),
            (format!("{works}?actions=nothing"), "x", 400, 40_018),
        ] {
            let (response, posts) = told(&chat, &post(&target, "", sent));
            let answer = answered(&response);
            assert_eq!((response.status, answer.get("code")), (status, Some(&json!(code))), "{target}: {sent}");
            assert_eq!((posts, answer.get("http")), (json!([]), Some(&json!(status))), "{target}: {sent}");
            assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("*"));
        }
    }

    #[test]
    fn a_long_text_becomes_a_file_where_files_are_allowed() {
        let chat = Ntfy::default();
        let sent = |name, count| told(&chat, &post(&hook(&chat, name), "", &"é".repeat(count))).0;
        assert_eq!(answered(&sent("works", 2_048)).get("attachment"), None);
        let message = answered(&sent("works", 2_049));
        assert_eq!(message.pointer("/attachment/size"), Some(&json!(4_098)));
        assert_eq!(message.get("message"), Some(&json!("You received a file: attachment.txt")));
        assert_eq!(answered(&sent("no-files", 2_049)).get("code"), Some(&json!(40_014)));
        assert_eq!(answered(&sent("works", 1_048_577)).get("code"), Some(&json!(41_301)));
        let json = json!({ "topic": topic("works"), "message": "x".repeat(8_192) }).to_string();
        assert_eq!(answered(&told(&chat, &post("/", "", &json)).0).get("code"), Some(&json!(41_303)));
    }

    #[test]
    fn a_preflight_allows_all_headers() {
        let (response, _) = told(&Ntfy::default(), &asked("OPTIONS", &hook(&Ntfy::default(), "works")));
        assert_eq!(header(&response, "Access-Control-Allow-Headers"), Some("*"));
        assert_eq!(header(&response, "Access-Control-Allow-Origin"), Some("*"));
    }

    #[test]
    fn sixty_requests_in_five_minutes() {
        let chat = Ntfy::default();
        let hello = post(&hook(&chat, "works"), "", "x");
        let statuses: Vec<_> = (0..61).map(|_| told(&chat, &hello).0.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 60);
        assert_eq!(statuses.last(), Some(&429));
    }

    #[test]
    fn names_are_topics() {
        for (name, _) in TOPICS {
            assert!(is_topic(&topic(name)), "{name}");
        }
    }
}
