//! Raven's incoming webhooks, which are methods of a Frappe site: the ERP's own, or another one.
//!
//! - URL shape: `https://{site}/api/method/raven.webhook/{id}`, the id 64 letters, digits, `-` and `_`.
//! - Request (The-Commit-Company/raven raven_incoming_webhook.py): POST of JSON declared as JSON; only `content` is read,
//!   as Markdown, and without it an empty message is posted. Checked in this order: method, path, hook, content type, object.
//! - Between origins: nothing, since `allow_cors` is not set; a preflight is answered without its headers. On the ERP's own
//!   site a page may post and read; a request that carries a session needs its `X-Frappe-CSRF-Token`.
//! - Limits: none of its own; `busy` is Frappe's rate limit where a site sets one, whose words are assumed.
//! - Answers: 201 `ok`, or Frappe's `{"message": …}`; 400 `CSRFTokenError` (frappe/exceptions.py). Assumed: 400 for JSON
//!   that cannot be read, the members beside `exc_type`, and that Frappe hands a list on to Raven.

use std::time::Instant;

use serde_json::{Value, json};

use super::channel::{Channel, Post};
use super::{Chat, network_fault};
use crate::http::{Reply, Request, Response};

const METHOD: &str = "/api/method/raven.webhook/";

/// What is wrong with a hook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Its page is an error of the web server before the site.
    Broken,
    /// The site counts calls.
    Busy,
    /// Deleted.
    Gone,
    /// Frappe takes the call for a forged one.
    Forged,
}

/// Hooks by name.
const HOOKS: [(&str, Option<Fault>); 7] = [
    ("works", None),
    ("broken", Some(Fault::Broken)),
    ("busy", Some(Fault::Busy)),
    ("csrf", Some(Fault::Forged)),
    ("deleted", Some(Fault::Gone)),
    ("hangs-up", None),
    ("mute", None),
];

/// Where Raven is installed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// On another site than the ERP.
    Elsewhere,
    /// On the ERP's site.
    SameSite,
}

/// A site; it keeps nothing.
pub struct Raven(pub Edition);

impl Chat for Raven {
    fn key(&self) -> &'static str {
        match self.0 {
            Edition::Elsewhere => "Raven (other site)",
            Edition::SameSite => "Raven",
        }
    }

    fn service(&self) -> &'static str {
        "Raven"
    }

    fn real_origin(&self) -> Option<&'static str> {
        None
    }

    fn is_on_the_desk(&self) -> bool {
        self.0 == Edition::SameSite
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        HOOKS.iter().map(|(name, _)| (*name, format!("{METHOD}{}", id(name)))).collect()
    }

    fn answer(&self, request: &Request, _: Instant, channel: &Channel) -> Reply {
        if request.method == "OPTIONS" {
            return Response::text(200, "").into();
        }
        if request.header("cookie").is_some_and(has_session) && request.header("x-frappe-csrf-token").is_none() {
            return forged();
        }
        if request.method == "GET" {
            return said(400, "POST request expected");
        }
        let Some(given) = request.path.strip_prefix("/api/method/") else { return said(400, "invalid webhook url") };
        let given = given.strip_prefix("raven.webhook/").map(|id| id.trim_end_matches('/'));
        let known = HOOKS.into_iter().find(|(name, _)| given == Some(&id(name)));
        let Some((name, fault)) = known else { return said(404, "webhook not found") };
        if let Some(fault) = network_fault(name) {
            return fault;
        }
        match fault {
            Some(Fault::Broken) => {
                return Response::new(502, "text/html", "<html><title>502 Bad Gateway</title></html>").into();
            }
            Some(Fault::Busy) => {
                let body = json!({ "exc_type": "TooManyRequestsError", "message": "Too Many Requests" });
                return Response::json(429, &body).with("Retry-After", "30").into();
            }
            Some(Fault::Forged) => return forged(),
            Some(Fault::Gone) => return said(404, "webhook not found"),
            None => {}
        }
        let kind = request.media_type();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return said(400, "json expected");
        }
        match serde_json::from_slice::<Value>(&request.body) {
            Err(_) => said(400, "Bad Request"),
            Ok(payload) if !payload.is_object() => said(400, "dict expected"),
            Ok(payload) => {
                channel.add(shown(name, payload));
                Response::text(201, "ok").into()
            }
        }
    }
}

/// A visibly fake id of 64 characters that carries the hook's name.
fn id(name: &str) -> String {
    format!("FAKE{name:x<60}")
}

/// Whether a cookie is that of somebody who is logged in.
fn has_session(cookies: &str) -> bool {
    let sid = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix("sid="));
    sid.is_some_and(|sid| !sid.is_empty() && sid != "Guest")
}

/// What a method returns, as Frappe wraps it.
fn said(status: u16, words: &str) -> Reply {
    Response::json(status, &json!({ "message": words })).into()
}

fn forged() -> Reply {
    let body =
        json!({ "exc_type": "CSRFTokenError", "exception": "frappe.exceptions.CSRFTokenError: Invalid Request" });
    Response::json(400, &body).into()
}

/// The message as Raven's channel shows it; what is not a text is written as Python would.
fn shown(hook: &str, payload: Value) -> Post {
    let text = match payload.get("content") {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null | Value::Bool(false)) => String::new(),
        Some(other) => other.to_string(),
    };
    Post { hook: hook.to_owned(), text, payload, ..Post::default() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, body, hook, post, told};
    use super::*;

    const HELLO: &str = r#"{"content":"hello"}"#;

    fn chat() -> Raven {
        Raven(Edition::Elsewhere)
    }

    #[test]
    fn only_json_is_taken() {
        for (content_type, sent, status, words) in [
            ("application/json", HELLO, 201, "ok"),
            ("application/json; charset=utf-8", HELLO, 201, "ok"),
            ("application/json", "{}", 201, "ok"),
            ("text/plain;charset=UTF-8", HELLO, 400, "json expected"),
            ("application/x-www-form-urlencoded", "content=hello", 400, "json expected"),
            ("", HELLO, 400, "json expected"),
            ("application/json", "[]", 400, "dict expected"),
            ("application/json", "hello", 400, "Bad Request"),
        ] {
            let (response, posts) = told(&chat(), &post(&hook(&chat(), "works"), content_type, sent));
            let answer = body(&response);
            let said = if status == 201 { answer.clone() } else { json!({ "message": words }).to_string() };
            assert_eq!((response.status, &answer), (status, &said), "{content_type}: {sent}");
            assert!(answer.contains(words), "{answer}");
            assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(status == 201), "{content_type}: {sent}");
        }
    }

    #[test]
    fn an_empty_message_is_posted() {
        let (_, posts) = told(&chat(), &post(&hook(&chat(), "works"), "application/json", r#"{"text":"lost"}"#));
        assert_eq!(posts.pointer("/0/text"), Some(&json!("")));
    }

    #[test]
    fn refusals_carry_their_words() {
        let works = hook(&chat(), "works");
        for (request, status, words) in [
            (asked("GET", &works), 400, "POST request expected"),
            (post(&works.replace("/api/", "/api/v2/"), "application/json", HELLO), 400, "invalid webhook url"),
            (post(&works.replace("FAKE", "FAKF"), "application/json", HELLO), 404, "webhook not found"),
            (post("/api/method/raven.webhook", "application/json", HELLO), 404, "webhook not found"),
            (post(&hook(&chat(), "deleted"), "application/json", HELLO), 404, "webhook not found"),
            (post(&hook(&chat(), "csrf"), "application/json", HELLO), 400, "CSRFTokenError"),
            (post(&hook(&chat(), "broken"), "application/json", HELLO), 502, "<html>"),
        ] {
            let (response, posts) = told(&chat(), &request);
            assert_eq!((response.status, posts), (status, json!([])), "{words}");
            assert!(body(&response).contains(words), "{}", body(&response));
        }
    }

    #[test]
    fn a_session_needs_its_token() {
        let with = |headers: &[(&str, &str)]| {
            let mut request = post(&hook(&chat(), "works"), "application/json", HELLO);
            request.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            told(&chat(), &request).0.status
        };
        assert_eq!(with(&[("cookie", "system_user=yes; sid=FAKE")]), 400);
        assert_eq!(with(&[("cookie", "sid=Guest")]), 201);
        assert_eq!(with(&[("cookie", "sid=FAKE"), ("x-frappe-csrf-token", "FAKE")]), 201);
    }

    #[test]
    fn no_answer_says_anything_about_other_origins() {
        let works = hook(&chat(), "works");
        for request in [post(&works, "application/json", HELLO), post(&works, "", ""), asked("OPTIONS", &works)] {
            let (response, _) = told(&chat(), &request);
            assert!(!response.headers.iter().any(|(name, _)| name.starts_with("Access-Control")), "{response:?}");
        }
    }

    #[test]
    fn ids_could_come_from_a_real_site() {
        for (name, _) in HOOKS {
            assert_eq!(id(name).len(), 64);
            assert!(id(name).chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')));
        }
    }
}
