//! Rocket.Chat's incoming integrations, in two editions: before 7.6 a browser may read the answers, since 7.6 it may not.
//!
//! - URL shape: `…/hooks/{integration}/{token}`, token of 48 letters and digits of Meteor's alphabet.
//! - Request (apps/meteor/app/integrations/server/api/api.ts): JSON; or a form whose Content-Type is exactly
//!   `application/x-www-form-urlencoded`, with exactly one parameter, `payload`.
//! - Between origins: before 7.6 `Access-Control-Allow-Origin: *` and an answered preflight; since then nothing.
//! - Limits: no limit on the text of a hook; ten calls per minute, address and route.
//! - Answers: `{"success":true}` even when there was nothing to post.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::channel::{Channel, Post};
use super::limiter::Limiter;
use super::{Chat, form_payload, list, network_fault, seconds, text_of};
use crate::http::{Reply, Request, Response};

/// The integration of every hook here: 17 letters and digits.
const INTEGRATION: &str = "FAKEhookFAKEhookF";

/// Status and words of an error.
type Refusal = (u16, &'static str);

/// Hooks by name.
const HOOKS: [(&str, Option<Refusal>); 8] = [
    ("works", None),
    ("broken", Some((500, "Internal server error"))),
    ("busy", Some((429, ""))),
    ("deleted", Some((400, "invalid-channel"))),
    ("disabled", Some((503, "Service Unavailable"))),
    ("forbidden", Some((400, "error-not-allowed"))),
    ("hangs-up", None),
    ("mute", None),
];

/// Which servers a stand-in speaks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// Up to 7.5, with the Restivus router.
    Before76,
    /// 7.6 and later.
    Current,
}

/// One server with its rate counter.
pub struct RocketChat {
    edition: Edition,
    limiter: Limiter,
}

impl RocketChat {
    /// A server of an edition.
    pub fn new(edition: Edition) -> Self {
        Self { edition, limiter: Limiter::new(10, Duration::from_secs(60)) }
    }
}

impl Chat for RocketChat {
    fn key(&self) -> &'static str {
        match self.edition {
            Edition::Before76 => "Rocket.Chat 7.5",
            Edition::Current => "Rocket.Chat",
        }
    }

    fn service(&self) -> &'static str {
        "Rocket.Chat"
    }

    fn real_origin(&self) -> Option<&'static str> {
        None
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        HOOKS.iter().map(|(name, _)| (*name, format!("/hooks/{INTEGRATION}/{}", token(name)))).collect()
    }

    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        let reply = self.outcome(request, now, channel);
        match (self.edition, reply) {
            (Edition::Before76, Reply::Whole(response)) => response
                .with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept")
                .into(),
            (_, reply) => reply,
        }
    }
}

impl RocketChat {
    /// The answer without its headers for browsers.
    fn outcome(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        if request.method == "OPTIONS" {
            return Response::text(200, "").into();
        }
        let probe = request.path.strip_prefix("/hooks/info/").filter(|_| request.method == "GET");
        let given = match (probe, request.path.strip_prefix("/hooks/")) {
            (Some(given), _) => given,
            (None, Some(given)) if request.method == "POST" => given,
            _ => return refused(404, "API endpoint does not exist"),
        };
        let Some((name, fault)) = self.known_hook(given) else {
            let status = if self.edition == Edition::Before76 { 404 } else { 400 };
            return refused(status, "Invalid integration id or token provided.");
        };
        if let Some(fault) = network_fault(name) {
            return fault;
        }
        let limited = if fault.is_some_and(|(status, _)| status == 429) {
            Err(Duration::from_secs(30))
        } else {
            self.limiter.take(now)
        };
        if let Err(wait) = limited {
            return refused(
                429,
                &format!(
                    "Error, too many requests. Please slow down. You must wait {} seconds before trying this endpoint again.",
                    seconds(wait)
                ),
            );
        }
        match fault {
            Some((503, words)) => return Response::text(503, words).into(),
            Some((status, words)) => return refused(status, words),
            None => {}
        }
        if probe.is_some() {
            return accepted();
        }
        match read(request) {
            Ok(payload) => receive(name, payload, channel),
            Err(words) => refused(400, &words),
        }
    }

    /// A hook by what follows `/hooks/`; a token's reserved characters may be percent-encoded.
    fn known_hook(&self, given: &str) -> Option<(&'static str, Option<Refusal>)> {
        let given = given.trim_end_matches('/').strip_prefix(INTEGRATION)?.strip_prefix('/')?;
        HOOKS.into_iter().find(|(name, _)| token(name) == given)
    }
}

/// A visibly fake token of 48 characters that carries the hook's name.
fn token(name: &str) -> String {
    format!("FAKE{:x<44}", name.replace(['-', 'l'], ""))
}

fn accepted() -> Reply {
    Response::new(200, "application/json", json!({ "success": true }).to_string()).into()
}

fn refused(status: u16, words: &str) -> Reply {
    Response::new(status, "application/json", json!({ "success": false, "error": words }).to_string()).into()
}

/// The decoded body; what is neither JSON nor the exact form stays an object without a text, as the server sees it.
fn read(request: &Request) -> Result<Value, String> {
    let parsed = |text: &[u8]| {
        serde_json::from_slice::<Value>(text).map_err(|error| format!("Unexpected token in JSON: {error}"))
    };
    if request.header("content-type") == Some("application/x-www-form-urlencoded") {
        let parameters = form_urlencoded::parse(&request.body).count();
        return match form_payload(&request.body) {
            Some(payload) if parameters == 1 => parsed(payload.as_bytes()),
            _ => Ok(json!({})),
        };
    }
    if request.media_type() == "application/json" { parsed(&request.body) } else { Ok(json!({})) }
}

/// Posts what there is to post.
fn receive(hook: &str, payload: Value, channel: &Channel) -> Reply {
    if ["channel", "roomId"].iter().any(|key| !text_of(&payload, key).is_empty()) {
        return refused(400, "overriding destination channel is disabled for this integration");
    }
    let attachments = list(&payload, "attachments");
    let links: Vec<_> =
        attachments.iter().map(|title| (text_of(title, "title"), text_of(title, "title_link"))).collect();
    if links.iter().any(|(_, url)| !url.is_empty() && !url.contains("://")) {
        return refused(400, "Invalid href value provided");
    }
    let text =
        Some(text_of(&payload, "text")).filter(|text| !text.is_empty()).unwrap_or_else(|| text_of(&payload, "msg"));
    if !text.is_empty() || !links.is_empty() {
        let author = Some(text_of(&payload, "alias")).filter(|name| !name.is_empty());
        let author = author.unwrap_or_else(|| text_of(&payload, "username"));
        channel.add(Post { hook: hook.to_owned(), text, author, links, payload });
    }
    accepted()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, body, form, header, hook, post, told};
    use super::*;

    const HELLO: &str = r#"{"text":"hello"}"#;

    fn editions() -> [RocketChat; 2] {
        [RocketChat::new(Edition::Before76), RocketChat::new(Edition::Current)]
    }

    #[test]
    fn only_json_and_the_exact_form_are_posted_though_everything_succeeds() {
        for (content_type, sent, posted) in [
            ("application/json", HELLO.to_owned(), true),
            ("application/json; charset=utf-8", HELLO.to_owned(), true),
            ("application/x-www-form-urlencoded", form(HELLO), true),
            ("application/x-www-form-urlencoded;charset=UTF-8", form(HELLO), false),
            ("application/x-www-form-urlencoded", form(HELLO) + "&more=1", false),
            ("text/plain;charset=UTF-8", HELLO.to_owned(), false),
            ("application/json", r#"{"text":""}"#.to_owned(), false),
            ("application/json", "{}".to_owned(), false),
        ] {
            for chat in editions() {
                let (response, posts) = told(&chat, &post(&hook(&chat, "works"), content_type, &sent));
                assert_eq!((response.status, body(&response).as_str()), (200, r#"{"success":true}"#), "{content_type}");
                assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(posted), "{content_type}: {sent}");
            }
        }
    }

    #[test]
    fn refusals_carry_a_reason() {
        for (name, sent, status, reason) in [
            (
                "works",
                r#"{"text":"x","channel":"other"}"#,
                400,
                "overriding destination channel is disabled for this integration",
            ),
            ("works", r#"{"attachments":[{"title":"x","title_link":"/app/x"}]}"#, 400, "Invalid href value provided"),
            ("deleted", HELLO, 400, "invalid-channel"),
            ("forbidden", HELLO, 400, "error-not-allowed"),
            (
                "busy",
                HELLO,
                429,
                "Error, too many requests. Please slow down. You must wait 30 seconds before trying this endpoint again.",
            ),
        ] {
            for chat in editions() {
                let (response, posts) = told(&chat, &post(&hook(&chat, name), "application/json", sent));
                let answer: Value = serde_json::from_slice(&response.body).expect("JSON");
                assert_eq!((response.status, answer.get("error")), (status, Some(&json!(reason))));
                assert_eq!(posts, json!([]));
            }
        }
        let disabled = told(&editions()[0], &post(&hook(&editions()[0], "disabled"), "application/json", HELLO)).0;
        assert_eq!((disabled.status, body(&disabled).as_str()), (503, "Service Unavailable"));
        let broken = told(&editions()[0], &post(&hook(&editions()[0], "works"), "application/json", "{")).0;
        assert_eq!(broken.status, 400);
    }

    #[test]
    fn an_unknown_token_is_404_before_and_400_since() {
        let statuses = editions()
            .map(|chat| told(&chat, &post("/hooks/FAKEhookFAKEhookF/FAKE", "application/json", HELLO)).0.status);
        assert_eq!(statuses, [404, 400]);
    }

    #[test]
    fn only_the_old_edition_lets_a_browser_read() {
        for (chat, allowed) in editions().into_iter().zip([Some("*"), None]) {
            let works = hook(&chat, "works");
            for request in [
                asked("OPTIONS", &works),
                post(&works, "application/json", HELLO),
                post(&works, "application/json", "{"),
            ] {
                assert_eq!(header(&told(&chat, &request).0, "Access-Control-Allow-Origin"), allowed);
            }
            let allows = header(&told(&chat, &asked("OPTIONS", &works)).0, "Access-Control-Allow-Headers").is_some();
            assert_eq!(allows, allowed.is_some());
        }
    }

    #[test]
    fn a_hook_can_be_asked_whether_it_lives() {
        let [chat, _] = editions();
        let (response, posts) = told(&chat, &asked("GET", &hook(&chat, "works").replace("/hooks/", "/hooks/info/")));
        assert_eq!((response.status, posts), (200, json!([])));
        assert_eq!(told(&chat, &asked("GET", &hook(&chat, "works"))).0.status, 404);
    }

    #[test]
    fn ten_calls_a_minute() {
        let [chat, _] = editions();
        let hello = post(&hook(&chat, "works"), "application/json", HELLO);
        let statuses: Vec<_> = (0..11).map(|_| told(&chat, &hello).0.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 10);
        assert_eq!(statuses.last(), Some(&429));
    }

    #[test]
    fn tokens_could_come_from_a_real_server() {
        let alphabet = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";
        for (name, _) in HOOKS {
            let token = token(name);
            assert_eq!(token.len(), 48);
            assert!(token.chars().all(|letter| alphabet.contains(letter)), "{token}");
        }
        assert!(INTEGRATION.chars().all(|letter| alphabet.contains(letter)));
    }
}
