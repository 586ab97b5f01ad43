//! What became of a test: an HTTP answer, or the way in which there was none, told in a sentence.

use crate::language::Language;
use crate::services::{self, Answer, Outcome, ServiceName};
use crate::webhook_url::mask;

use super::plan::Mode;

/// Longest quotation of a service's own words, in characters.
const DETAIL_CHARACTERS: usize = 300;

/// What became of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status, when the answer could be read.
    pub status: Option<u16>,
    /// What happened and what to do.
    pub message: String,
    /// The service's own words, without secrets.
    pub detail: Option<String>,
    /// How long the service asks to wait, in seconds.
    pub retry_after_seconds: Option<u64>,
}

/// Tells what an HTTP answer means; without a service, by its status alone. `url` is the webhook's, so that an answer that repeats it can be masked.
pub fn interpret(
    service: Option<ServiceName>,
    status: u16,
    headers: &[(String, String)],
    body: &str,
    url: Option<&str>,
    language: Language,
) -> DeliveryReport {
    let answer =
        service.and_then(services::by_name).map_or(Answer::from_status(status), |known| known.answer(status, body));
    let retry_after_seconds = retry_after(headers, body);
    let wait = retry_after_seconds.map(|seconds| seconds.to_string());
    let sentence = match (&wait, answer.sentence) {
        (Some(_), "delivery/too-many") => "delivery/too-many-wait",
        (_, sentence) => sentence,
    };
    let chat = language.say("delivery/the-chat", &[]);
    let name = service.map_or(chat.as_str(), |service| service.as_str());
    let values = [("service", name), ("status", &status.to_string()), ("seconds", wait.as_deref().unwrap_or(""))];
    DeliveryReport {
        outcome: answer.outcome,
        status: Some(status),
        message: language.say(sentence, &values),
        detail: detail(body, url),
        retry_after_seconds,
    }
}

/// The browser took an opaque request: it was handed over, and nobody can read what became of it.
pub fn handed_over(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Unconfirmed, "delivery/handed-over", service, language)
}

/// `fetch` failed without saying why. `reachable` is what a look at the server's address said, without posting: a server
/// that cannot be reached has taken nothing. One that can may have: the browser tells a refused permission from an answer
/// that it keeps from the page by nothing at all.
pub fn network_failure(
    mode: Mode,
    preflighted: bool,
    reachable: bool,
    service: Option<ServiceName>,
    language: Language,
) -> DeliveryReport {
    match (reachable, preflighted, mode) {
        (false, ..) | (_, false, Mode::Opaque) => {
            without_answer(Outcome::Failed, "delivery/unreachable", service, language)
        }
        (true, true, _) => without_answer(Outcome::Unconfirmed, "delivery/preflight-failed", service, language),
        (true, false, Mode::Cors) => {
            without_answer(Outcome::Unconfirmed, "delivery/no-answer-readable", service, language)
        }
    }
}

/// The time was up before an answer came. Nobody took the message as far as the page can tell; the sentence says that it
/// may still arrive.
pub fn timeout(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Failed, "delivery/timeout", service, language)
}

/// The person stopped the test before it left.
pub fn not_sent(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Failed, "delivery/not-sent", service, language)
}

/// The person stopped the test: the message may have left already.
pub fn aborted(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Unconfirmed, "delivery/aborted", service, language)
}

fn without_answer(
    outcome: Outcome,
    sentence: &str,
    service: Option<ServiceName>,
    language: Language,
) -> DeliveryReport {
    let chat = language.say("delivery/the-chat", &[]);
    let name = service.map_or(chat.as_str(), |service| service.as_str());
    DeliveryReport {
        outcome,
        status: None,
        message: language.say(sentence, &[("service", name)]),
        detail: None,
        retry_after_seconds: None,
    }
}

/// Seconds to wait: the `Retry-After` header, Discord's `retry_after`, Rocket.Chat's "You must wait N seconds".
fn retry_after(headers: &[(String, String)], body: &str) -> Option<u64> {
    let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
    let said = body.split_once("wait ").and_then(|(_, rest)| rest.split_once(" second")).map(|(number, _)| number);
    let json: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let field = json.get("retry_after").and_then(serde_json::Value::as_f64);
    header
        .and_then(|(_, value)| seconds(value))
        .or_else(|| field.and_then(rounded_up))
        .or_else(|| said.and_then(seconds))
}

fn seconds(text: &str) -> Option<u64> {
    text.trim().parse::<f64>().ok().and_then(rounded_up)
}

/// Half a second is told as one.
fn rounded_up(seconds: f64) -> Option<u64> {
    // Above a day nobody waits, and below it the cast is exact.
    (0.0..=86_400.0).contains(&seconds).then_some(seconds.ceil() as u64)
}

fn detail(body: &str, url: Option<&str>) -> Option<String> {
    let text = body.trim();
    let is_page = text.starts_with("<!") || text.to_ascii_lowercase().starts_with("<html");
    if text.is_empty() || is_page {
        return None;
    }
    let masked = mask::without_secrets(text, url.unwrap_or_default());
    let short: String = masked.chars().take(DETAIL_CHARACTERS).collect();
    Some(if short.len() < masked.len() { format!("{short}…") } else { short })
}
