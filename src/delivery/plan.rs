//! The request of a test, as data. The page hands it to `fetch`; nothing is sent here.
//!
//! # How a test differs from the real message
//! Its first line says that it is a test, in the person's language, it calls nobody, and it goes from the browser. A browser asks the chat
//! for permission (a *preflight*) before it posts JSON to another origin, and most chats do not answer that; a form or a
//! plain text goes without asking. Hence the same JSON, in another envelope (services.md 0.1, 0.2).
//!
//! # Never twice
//! A request that needs no preflight may have been delivered even though `fetch` fails: the browser only refuses to show
//! the answer. It is never repeated. A request whose preflight failed was not delivered, but the browser does not say that
//! this is why `fetch` failed: a fallback is another envelope for a person to choose, never followed by itself.

use serde_json::Value as Json;

use crate::language::Language;
use crate::services::{self, Everybody, Form, HostWords, ServiceName, python_json};
use crate::webhook_url::Secret;
use crate::webhook_url::clean;
use crate::webhook_url::mask::mask;
use crate::webhook_url::parts::Parts;

use super::quiet;

/// Whether the page can read the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It can, when the server allows it.
    Cors,
    /// It cannot; the browser hands the request over and says nothing more.
    Opaque,
}

/// One request, to be sent as it is, without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST`
    pub method: &'static str,
    /// For `fetch`, never to be shown.
    pub url: Secret<String>,
    /// What may be shown instead.
    pub masked: String,
    /// Names and values.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body.
    pub body: String,
    /// Whether the answer can be read.
    pub mode: Mode,
    /// Whether the browser asks the server before it sends this (a preflight): then a failure of `fetch` means that
    /// nothing was delivered.
    pub preflighted: bool,
    /// How the test differs from the real message besides its mark, in sentences.
    pub notices: Vec<String>,
    /// What to try when the preflight fails; `None` when another try could post twice.
    pub fallback: Option<Box<HttpRequest>>,
}

/// The message to test.
#[derive(Debug, Clone, Copy, Default)]
pub struct TestMessage<'a> {
    /// The body that the host would post, when it is known: [`services::payload`].
    pub payload: Option<&'a str>,
    /// The rendered text, for when there is no payload.
    pub text: Option<&'a str>,
    /// The document's address, for when there is no payload.
    pub document_url: Option<&'a str>,
}

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Plans the test of a message. The body is never empty: its first line says that it is a test.
///
/// `None` when the service is unknown.
pub fn plan(
    service: ServiceName,
    url: &str,
    message: &TestMessage<'_>,
    page_origin: Option<&str>,
    language: Language,
) -> Option<HttpRequest> {
    let service = services::by_name(service)?;
    let url = clean::clean(url).text;
    let same_origin = Parts::split(&url).is_some_and(|parts| Some(parts.origin().as_str()) == page_origin);
    let unreadable = service.facts().readable == services::Allowed::No && !same_origin;
    let mode = if unreadable { Mode::Opaque } else { Mode::Cors };
    let mut notices = Vec::new();
    let mut mark = |text: &str| {
        let quiet = quiet::quiet(text, &service.facts().markup);
        let told = service.facts().markup.everybody == Everybody::Everyone && quiet::calls_on_discord(text);
        if quiet.is_some() || told {
            notices.push(language.say("delivery/test-calls-nobody", &[]));
        }
        let quiet = quiet.as_deref().unwrap_or(text);
        let marked = if quiet.is_empty() { test_mark(language) } else { format!("{}\n{quiet}", test_mark(language)) };
        let max = service.facts().limit.max;
        let length = |text: &str| text.chars().map(|c| service.counted(c)).sum::<usize>();
        if length(text) <= max && length(&marked) > max {
            let name = service.facts().name.as_str();
            notices.push(language.say("delivery/test-too-long", &[("service", name)]));
        }
        marked
    };
    let request = |kind: &'static str, body: String, mode: Mode, preflighted: bool| HttpRequest {
        method: "POST",
        masked: mask(&url),
        url: Secret::new(url.clone()),
        headers: vec![("Content-Type", kind)],
        body,
        mode,
        preflighted,
        notices: Vec::new(),
        fallback: None,
    };
    let mut planned = match service.form() {
        // Rocket.Chat compares the header with this very text: no charset (services.md 3B).
        Form::Payload => {
            let json = python_json(&marked_payload(service, message, &mut mark, language));
            request(FORM, format!("payload={}", form_encoded(&json)), mode, false)
        }
        Form::Fields => {
            let payload = marked_payload(service, message, &mut mark, language);
            let text = payload.pointer(service.text_place()).and_then(Json::as_str).unwrap_or_default();
            request(FORM, format!("text={}", form_encoded(text)), mode, false)
        }
        Form::Text => {
            let text = mark(message.payload.or(message.text).unwrap_or_default());
            let mut request = request("text/plain", text, mode, false);
            if let Some(link) = message.document_url {
                let sign = if url.contains('?') { '&' } else { '?' };
                request.url = Secret::new(format!("{url}{sign}click={}", form_encoded(link)));
            }
            request
        }
        Form::Json(plain_text_too) => {
            let json = python_json(&marked_payload(service, message, &mut mark, language));
            let mut first = request("application/json", json.clone(), Mode::Cors, !same_origin);
            if plain_text_too && !same_origin {
                first.fallback = Some(Box::new(request("text/plain", json, Mode::Cors, false)));
            }
            first
        }
    };
    let payload = message.payload.and_then(|payload| serde_json::from_str::<Json>(payload).ok());
    if let Some(remark) = payload.and_then(|payload| service.remark(&payload)) {
        notices.push(language.say(remark, &[]));
    }
    if let Some(fallback) = &mut planned.fallback {
        fallback.notices.clone_from(&notices);
    }
    planned.notices = notices;
    Some(planned)
}

/// The host's payload with the line that says "this is a test" in front of its text.
fn marked_payload(
    service: &dyn services::ChatService,
    message: &TestMessage<'_>,
    mark: &mut dyn FnMut(&str) -> String,
    language: Language,
) -> Json {
    let mut given = message.payload.and_then(|payload| serde_json::from_str::<Json>(payload).ok());
    let place = given.as_mut().and_then(|payload| payload.pointer_mut(service.text_place()));
    if let Some(Json::String(text)) = place {
        *text = mark(text);
    } else {
        let text = mark(message.text.unwrap_or_default());
        given = Some(service.test_payload(&text, message.document_url, &HostWords::in_language(language)));
    }
    let mut payload = given.unwrap_or_default();
    if let Json::Object(body) = &mut payload {
        service.prepare_test(body);
    }
    payload
}

/// The first line of every test.
pub fn test_mark(language: Language) -> String {
    language.say("delivery/test-mark", &[])
}

/// `application/x-www-form-urlencoded`, as the URL standard writes it.
fn form_encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ntfy takes 4,096 bytes (services.md 8D).
    #[test]
    fn a_test_that_its_mark_makes_too_long_says_so() {
        let notices = |length: usize| {
            let text = "a".repeat(length);
            let message = TestMessage { text: Some(&text), ..TestMessage::default() };
            plan(ServiceName::Ntfy, "https://ntfy.sh/fake-topic", &message, None, Language::English).unwrap().notices
        };
        let mark = test_mark(Language::English).len() + 1;
        assert!(notices(4_096 - mark).is_empty());
        let notice = "With its first line, the test is longer than Ntfy takes; the real message is not.";
        assert_eq!(notices(4_097 - mark), [notice]);
        assert_eq!(notices(4_096), [notice]);
        // The real message is too long as well, which a finding tells.
        assert!(notices(4_097).is_empty());
    }
}
