//! What became of a test: an HTTP answer, or the way in which there was none, told in a sentence.

use crate::language::Language;
use crate::services::{self, Answer, Outcome, ServiceName};
use crate::webhook_url::mask;

use super::plan::Mode;
use super::retry_after::retry_after;

/// Longest quotation of a service's own words, in characters.
const DETAIL_CHARACTERS: usize = 300;

/// What became of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status, when the answer could be read.
    pub status: Option<u16>,
    /// The key of the sentence.
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
    /// The service's own words, without secrets.
    pub detail: Option<String>,
    /// How long the service asks to wait, in seconds.
    pub retry_after_seconds: Option<u64>,
}

/// Tells what an HTTP answer means; without a service, by its status alone. `url` is the webhook's, so that an answer that
/// repeats it can be masked.
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
    // A login page, a proxy's page, the front page of another program.
    let answer =
        if matches!(status, 200..=299) && is_page(body) { Answer::unconfirmed("delivery/web-page") } else { answer };
    told(answer, service, status, headers, detail(body, url), language, body)
}

/// Tells an answer whose body broke off: what its status says, and never that the message was posted.
pub fn cut_off(
    service: Option<ServiceName>,
    status: u16,
    headers: &[(String, String)],
    language: Language,
) -> DeliveryReport {
    let answer = match status {
        200..=299 => Answer::unconfirmed("delivery/no-answer-readable"),
        _ => service.and_then(services::by_name).map_or(Answer::from_status(status), |known| known.answer(status, "")),
    };
    told(answer, service, status, headers, None, language, "")
}

/// An answer in words: the sentence, and how long to wait.
pub(super) fn told(
    answer: Answer,
    service: Option<ServiceName>,
    status: u16,
    headers: &[(String, String)],
    detail: Option<String>,
    language: Language,
    body: &str,
) -> DeliveryReport {
    let retry_after_seconds = retry_after(headers, body);
    let wait = retry_after_seconds.map(|seconds| seconds.to_string());
    let code = match (&wait, answer.sentence) {
        (Some(_), "delivery/too-many") => "delivery/too-many-wait",
        (_, sentence) => sentence,
    };
    let chat = language.say("delivery/the-chat", &[]);
    let name = service.map_or(chat.as_str(), |service| service.as_str());
    let values = [("service", name), ("status", &status.to_string()), ("seconds", wait.as_deref().unwrap_or(""))];
    DeliveryReport {
        outcome: answer.outcome,
        status: Some(status),
        code,
        message: language.say(code, &values),
        detail,
        retry_after_seconds,
    }
}

/// The browser took an opaque request: it was handed over, and nobody can read what became of it.
pub fn handed_over(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Unconfirmed, "delivery/handed-over", service, language)
}

/// The address answered with a redirect, which is not followed: a webhook's answer is its own.
pub fn redirected(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Refused, "delivery/redirected", service, language)
}

/// `fetch` failed without saying why. `reachable` is what a look at the server's address said, without posting: a server
/// that cannot be reached has most likely taken nothing. One that can may have: the browser tells a refused permission, a
/// connection that broke and an answer that it keeps from the page by nothing at all.
pub fn network_failure(
    mode: Mode,
    preflighted: bool,
    reachable: bool,
    service: Option<ServiceName>,
    language: Language,
) -> DeliveryReport {
    // Such a service hides even whether it can be reached.
    let hides = mode == Mode::Opaque
        && service.and_then(services::by_name).is_some_and(services::ChatService::breaks_opaque_answers);
    match (reachable || hides, preflighted) {
        (false, _) => without_answer(Outcome::Failed, "delivery/unreachable", service, language),
        (true, true) => without_answer(Outcome::Unconfirmed, "delivery/preflight-failed", service, language),
        (true, false) => without_answer(Outcome::Unconfirmed, "delivery/no-answer-readable", service, language),
    }
}

/// The time was up before an answer came: the message may have arrived.
pub fn timeout(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Unconfirmed, "delivery/timeout", service, language)
}

/// The URL has a login in it, and browsers send nothing there.
pub fn login_in_url(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Failed, "delivery/login-in-url", service, language)
}

/// The person stopped the test before it left.
pub fn not_sent(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Failed, "delivery/not-sent", service, language)
}

/// The person stopped the test: the message may have left already.
pub fn aborted(service: Option<ServiceName>, language: Language) -> DeliveryReport {
    without_answer(Outcome::Unconfirmed, "delivery/aborted", service, language)
}

pub(super) fn without_answer(
    outcome: Outcome,
    code: &'static str,
    service: Option<ServiceName>,
    language: Language,
) -> DeliveryReport {
    let chat = language.say("delivery/the-chat", &[]);
    let name = service.map_or(chat.as_str(), |service| service.as_str());
    DeliveryReport {
        outcome,
        status: None,
        code,
        message: language.say(code, &[("service", name)]),
        detail: None,
        retry_after_seconds: None,
    }
}

fn is_page(body: &str) -> bool {
    let text = body.trim_start();
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    text.starts_with("<!") || begins("<html") || begins("<head")
}

fn detail(body: &str, url: Option<&str>) -> Option<String> {
    let text = body.trim();
    if text.is_empty() || is_page(text) {
        return None;
    }
    let masked = mask::without_secrets(text, url.unwrap_or_default());
    let short: String = masked.chars().take(DETAIL_CHARACTERS).collect();
    Some(if short.len() < masked.len() { format!("{short}…") } else { short })
}
