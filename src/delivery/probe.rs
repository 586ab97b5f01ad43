//! Checking a webhook without posting: the request as data, and what the answer means.

use serde_json::Value as Json;

use crate::language::Language;
use crate::services::{self, Outcome, Probe, ServiceName};
use crate::webhook_url::parts::Parts;
use crate::webhook_url::{Secret, clean};

use super::outcome::{self, DeliveryReport, interpret};
use super::plan::{FORM, HttpRequest, Mode};

/// The sentences for a refusal that are about the webhook, its server or the person's rights, not about a message.
const SAID_OF_WEBHOOK: [&str; 16] = [
    "delivery/google-key",
    "delivery/google-token",
    "delivery/not-a-webhook",
    "delivery/not-allowed",
    "delivery/not-found",
    "delivery/redirected",
    "delivery/slack-no-team",
    "delivery/slack-prohibited",
    "delivery/slack-team-disabled",
    "delivery/teams-signature",
    "delivery/too-many",
    "delivery/too-many-wait",
    "delivery/webhook-disabled",
    "delivery/webhook-expired",
    "delivery/webhook-unknown",
    "delivery/webhooks-off",
];

/// A request that posts nothing, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbePlan {
    /// `None` when the service offers no way to check.
    pub request: Option<HttpRequest>,
    /// What will be asked, or why nothing can be.
    pub message: String,
}

/// Whether a webhook is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The service knows it.
    Alive,
    /// The service said that it does not take messages for it.
    Refused,
    /// Nobody said.
    Unconfirmed,
    /// Nobody answered.
    Failed,
}

/// What a check said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeReport {
    /// Whether the webhook is there.
    pub presence: Presence,
    /// The rest, as for a test.
    pub told: DeliveryReport,
}

/// Plans a check; `None` when the service is unknown.
pub fn plan(service: ServiceName, url: &str, language: Language) -> Option<ProbePlan> {
    let known = services::by_name(service)?;
    let url = clean::clean(url).text;
    let probe = Parts::split(&url).map_or(Probe::None("delivery/probe-bad-url"), |parts| known.probe(&parts));
    let say = |key: &str| language.say(key, &[("service", service.as_str())]);
    let request = |method, address: String, headers, body: &str| HttpRequest {
        method,
        masked: crate::webhook_url::mask::mask(&url),
        url: Secret::new(address),
        headers,
        body: body.to_owned(),
        mode: Mode::Cors,
        preflighted: false,
        notices: Vec::new(),
        fallback: None,
    };
    let request = match probe {
        Probe::None(why) => return Some(ProbePlan { request: None, message: say(why) }),
        Probe::Get(address) => request("GET", address, Vec::new(), ""),
        Probe::Form(body) => request("POST", url.clone(), vec![("Content-Type", FORM)], body),
    };
    Some(ProbePlan { request: Some(request), message: say("delivery/probe-asks") })
}

/// Tells what the answer to a check means. `url` is the webhook's, so that an answer that repeats it can be masked.
pub fn interpret_probe(
    service: ServiceName,
    status: u16,
    headers: &[(String, String)],
    body: &str,
    url: Option<&str>,
    language: Language,
) -> ProbeReport {
    let mut told = interpret(Some(service), status, headers, body, url, language);
    let there = services::by_name(service).is_some_and(|known| known.is_there(status, body));
    let presence = match told.outcome {
        _ if there => Presence::Alive,
        Outcome::Refused => Presence::Refused,
        Outcome::Failed => Presence::Failed,
        // "Posted" is no answer to a question.
        Outcome::Delivered | Outcome::Unconfirmed => Presence::Unconfirmed,
    };
    match presence {
        Presence::Alive => {
            told.code = "delivery/probe-alive";
            // Discord's answer repeats the token; its name is what a person knows.
            let json: Json = serde_json::from_str(body).unwrap_or_default();
            told.detail = json.get("name").and_then(Json::as_str).map(str::to_owned);
        }
        Presence::Unconfirmed => told.code = "delivery/probe-unsure",
        // What the test's sentence says of a message would be wrong: none was sent.
        Presence::Failed => told.code = "delivery/probe-failed",
        Presence::Refused if !SAID_OF_WEBHOOK.contains(&told.code) => told.code = "delivery/probe-refused",
        Presence::Refused => return ProbeReport { presence, told },
    }
    told.message = language.say(told.code, &[("service", service.as_str()), ("status", &status.to_string())]);
    ProbeReport { presence, told }
}

/// There was no answer that the page may read; `reachable` as for a test.
pub fn without_answer(reachable: bool, service: Option<ServiceName>, language: Language) -> ProbeReport {
    let (presence, outcome, code) = if reachable {
        (Presence::Unconfirmed, Outcome::Unconfirmed, "delivery/probe-unread")
    } else {
        (Presence::Failed, Outcome::Failed, "delivery/probe-unreachable")
    };
    ProbeReport { presence, told: outcome::without_answer(outcome, code, service, language) }
}
