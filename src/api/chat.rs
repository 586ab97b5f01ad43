//! Chats as the contract names them: services, webhook URLs, request plans and what became of them.
//!
//! Long because it is a list of the contract's shapes, each a few lines beside what fills it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FindingReport;
use super::finding::findings;
use crate::delivery::{self, HttpRequest, Mode, Presence, TestMessage};
use crate::language::Language;
use crate::services::{self, Allowed, Limit, Outcome, ServiceName, Unit};
use crate::webhook_url::{self, Secret, Verdict};

/// `ServiceInfo` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceInfo {
    /// As the host stores it.
    pub name: &'static str,
    /// A made-up URL of the right shape.
    pub example: &'static str,
    /// Where to get the URL.
    pub setup_steps: Vec<String>,
    /// What one has to be allowed to do there.
    pub setup_needs: String,
    /// The longest message.
    pub limit: LimitInfo,
    /// What a page on another origin can do.
    pub browser: BrowserAccess,
    /// Whether a webhook can be checked without posting.
    pub can_probe: bool,
}

/// `ServiceInfo.limit` of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct LimitInfo {
    /// How long.
    pub max: usize,
    /// `characters` or `bytes`
    pub unit: &'static str,
}

/// `ServiceInfo.browser` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowserAccess {
    /// Whether it can post.
    pub can_post: Can,
    /// Whether it can read the answer.
    pub can_read: Can,
}

/// `true`, `false` or `"unknown"`.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Can {
    /// Always or never.
    Known(bool),
    /// It depends on the server.
    Unknown(&'static str),
}

/// `UrlReport` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UrlReport {
    /// `valid`, `suspicious` or `invalid`
    pub verdict: &'static str,
    /// The service asked about; empty when none was and none is recognised.
    pub service: &'static str,
    /// The cleaned URL to store.
    pub url: Option<String>,
    /// Safe to show.
    pub masked: String,
    /// The service that the URL belongs to.
    pub looks_like: Option<&'static str>,
    /// About the pasted text.
    pub findings: Vec<FindingReport>,
}

/// Options of `checkWebhookUrl` and `planTest`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChatOptions {
    /// The origin of the page that sends tests.
    pub page_origin: Option<String>,
    /// The document's address.
    pub document_url: Option<String>,
    /// The person's language.
    pub lang: Option<String>,
}

/// What `planTest` reads of a `MessageReport`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PlannedMessage {
    /// The rendered text.
    pub text: Option<String>,
    /// The host's body.
    pub payload: Option<String>,
}

/// `RequestPlan` of the contract.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestPlan {
    /// `POST`
    pub method: String,
    /// Secret.
    pub url: String,
    /// Safe to show.
    pub masked: String,
    /// Names and values.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
    /// `cors` or `opaque`
    pub mode: String,
    /// Whether the browser asks the server first.
    #[serde(default)]
    pub preflighted: bool,
    /// How the test differs from the real message.
    #[serde(default)]
    pub notices: Vec<String>,
    /// Another envelope for the same message.
    #[serde(default)]
    pub fallback: Option<Box<RequestPlan>>,
}

impl std::fmt::Debug for RequestPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.masked)
    }
}

/// `DeliveryReport` and `ProbeReport` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryReport {
    /// `delivered` (of a check: `alive`), `refused`, `unconfirmed` or `failed`
    pub outcome: &'static str,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Stable: which sentence it is.
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
    /// The service's own words.
    pub detail: Option<String>,
    /// How long to wait.
    pub retry_after_seconds: Option<u64>,
    /// How long it took.
    pub elapsed_ms: f64,
}

/// The language of an option.
pub(super) fn language(lang: Option<&str>) -> Language {
    lang.map_or_else(Language::default, Language::from_code)
}

/// `services(lang?)`
pub fn services(lang: Option<&str>) -> Vec<ServiceInfo> {
    services::all(language(lang))
        .into_iter()
        .map(|info| ServiceInfo {
            name: info.name.as_str(),
            example: info.example,
            setup_needs: info.setup_needs,
            setup_steps: info.setup_steps,
            can_probe: info.can_probe,
            limit: LimitInfo { max: info.limit.max, unit: unit(info.limit) },
            browser: BrowserAccess { can_post: can(info.can_post), can_read: can(info.can_read) },
        })
        .collect()
}

fn can(allowed: Allowed) -> Can {
    match allowed {
        Allowed::Yes => Can::Known(true),
        Allowed::No => Can::Known(false),
        Allowed::Unknown => Can::Unknown("unknown"),
    }
}

/// The name of a limit's unit.
pub(super) fn unit(limit: Limit) -> &'static str {
    match limit.unit {
        Unit::Characters => "characters",
        Unit::Bytes => "bytes",
    }
}

/// `checkWebhookUrl(service, url, options?)`
pub fn check_webhook_url(service: &str, pasted: &str, options: &ChatOptions) -> UrlReport {
    let service = ServiceName::from_name(service);
    let language = language(options.lang.as_deref());
    let report = webhook_url::check(service, pasted, options.page_origin.as_deref(), language);
    UrlReport {
        verdict: match report.verdict {
            Verdict::Valid => "valid",
            Verdict::Suspicious => "suspicious",
            Verdict::Invalid => "invalid",
        },
        service: report.service.map_or("", ServiceName::as_str),
        url: report.url.map(Secret::reveal),
        masked: report.masked,
        looks_like: report.looks_like.map(ServiceName::as_str),
        findings: findings(report.findings, pasted),
    }
}

/// `detectService(url)`
pub fn detect_service(url: &str) -> Option<&'static str> {
    webhook_url::detect(url).map(ServiceName::as_str)
}

/// `planTest(service, url, report, options?)`
///
/// # Errors
/// A sentence for the page's author when the service is none that [`services()`] lists.
pub fn plan_test(
    service: &str,
    url: &str,
    report: &PlannedMessage,
    options: &ChatOptions,
) -> Result<RequestPlan, String> {
    let message = TestMessage {
        payload: report.payload.as_deref(),
        text: report.text.as_deref(),
        document_url: options.document_url.as_deref(),
    };
    ServiceName::from_name(service)
        .and_then(|service| {
            delivery::plan(service, url, &message, options.page_origin.as_deref(), language(options.lang.as_deref()))
        })
        .map(RequestPlan::from)
        .ok_or_else(|| format!("planTest: expected a service that services() lists, but found {service}"))
}

/// `interpretResponse(service, status, headers, body, lang?)`; `url` is the webhook's, to mask it where the answer
/// repeats it.
pub fn interpret_response(
    service: &str,
    status: u16,
    headers: &[(String, String)],
    body: &str,
    url: Option<&str>,
    lang: Option<&str>,
) -> Result<DeliveryReport, String> {
    let service = ServiceName::from_name(service)
        .ok_or_else(|| format!("interpretResponse: expected a service of the contract, but found {service}"))?;
    Ok(delivery::interpret(Some(service), status, headers, body, url, language(lang)).into())
}

impl From<HttpRequest> for RequestPlan {
    fn from(request: HttpRequest) -> Self {
        Self {
            method: request.method.to_owned(),
            url: request.url.reveal(),
            masked: request.masked,
            headers: request.headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: request.body,
            mode: String::from(match request.mode {
                Mode::Cors => "cors",
                Mode::Opaque => "opaque",
            }),
            preflighted: request.preflighted,
            notices: request.notices,
            fallback: request.fallback.map(|fallback| Box::new(Self::from(*fallback))),
        }
    }
}

impl From<delivery::DeliveryReport> for DeliveryReport {
    fn from(report: delivery::DeliveryReport) -> Self {
        Self {
            outcome: match report.outcome {
                Outcome::Delivered => "delivered",
                Outcome::Refused => "refused",
                Outcome::Unconfirmed => "unconfirmed",
                Outcome::Failed => "failed",
            },
            status: report.status,
            code: report.code,
            message: report.message,
            detail: report.detail,
            retry_after_seconds: report.retry_after_seconds,
            elapsed_ms: 0.0,
        }
    }
}

/// How a request ended without an answer that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The URL has a login in it, and `fetch` refuses such a URL.
    LoginInUrl,
    /// It was stopped before it left.
    NotSent,
    /// The browser took it and shows no answer.
    HandedOver,
    /// No answer in time.
    Timeout,
    /// The person stopped it on its way.
    Aborted,
    /// The answer was a redirect, which was not followed.
    Redirected,
    /// `fetch` failed; `reachable` tells whether anything answers at the server's address.
    Network {
        /// See above.
        reachable: bool,
    },
}

/// What to tell about a request that ended without a readable answer.
pub fn delivery_failure(
    failure: Failure,
    plan: &RequestPlan,
    service: Option<&str>,
    lang: Option<&str>,
) -> DeliveryReport {
    let (service, language) = (service.and_then(ServiceName::from_name), language(lang));
    let report = match failure {
        Failure::LoginInUrl => delivery::login_in_url(service, language),
        Failure::NotSent => delivery::not_sent(service, language),
        Failure::HandedOver => delivery::handed_over(service, language),
        Failure::Timeout => delivery::timeout(service, language),
        Failure::Aborted => delivery::aborted(service, language),
        Failure::Redirected => delivery::redirected(service, language),
        Failure::Network { reachable } => {
            let mode = if plan.mode == "opaque" { Mode::Opaque } else { Mode::Cors };
            delivery::network_failure(mode, plan.preflighted, reachable, service, language)
        }
    };
    report.into()
}

/// Whether the plan's URL has a login in it: `fetch` refuses such a URL before anything leaves (Fetch standard, "new
/// Request", step on credentials).
pub fn has_login(plan: &RequestPlan) -> bool {
    webhook_url::parts::Parts::split(&plan.url).is_some_and(|parts| parts.user_info.is_some())
}

/// What to tell about an answer; without a service only its status speaks. A body that broke off is `None`.
pub fn delivery_answer(
    plan: &RequestPlan,
    service: Option<&str>,
    status: u16,
    headers: &[(String, String)],
    body: Option<&str>,
    lang: Option<&str>,
) -> DeliveryReport {
    let service = service.and_then(ServiceName::from_name).or_else(|| webhook_url::detect(&plan.url));
    let language = language(lang);
    match body {
        Some(body) => delivery::interpret(service, status, headers, body, Some(&plan.url), language).into(),
        None => delivery::cut_off(service, status, headers, language).into(),
    }
}

/// `ProbePlan` of the contract.
#[derive(Debug, Serialize)]
pub struct ProbePlan {
    /// Nothing when there is no way to check.
    pub request: Option<RequestPlan>,
    /// What will be asked, or why nothing can be.
    pub message: String,
}

/// `planProbe(service, url, options?)`
///
/// # Errors
/// A sentence for the page's author when the service is none that [`services()`] lists.
pub fn plan_probe(service: &str, url: &str, options: &ChatOptions) -> Result<ProbePlan, String> {
    ServiceName::from_name(service)
        .and_then(|service| delivery::probe::plan(service, url, language(options.lang.as_deref())))
        .map(|plan| ProbePlan { request: plan.request.map(RequestPlan::from), message: plan.message })
        .ok_or_else(|| format!("planProbe: expected a service that services() lists, but found {service}"))
}

/// `interpretProbe(service, status, headers, body, lang?)`; `url` is the webhook's, to mask it where the answer repeats it.
///
/// # Errors
/// A sentence for the page's author when the service is none that [`services()`] lists.
pub fn interpret_probe(
    service: &str,
    status: u16,
    headers: &[(String, String)],
    body: &str,
    url: Option<&str>,
    lang: Option<&str>,
) -> Result<DeliveryReport, String> {
    let service = ServiceName::from_name(service)
        .ok_or_else(|| format!("interpretProbe: expected a service of the contract, but found {service}"))?;
    Ok(delivery::probe::interpret_probe(service, status, headers, body, url, language(lang)).into())
}

/// What to tell about a check that ended without an answer that the page may read.
pub fn probe_failure(reachable: bool, service: Option<&str>, lang: Option<&str>) -> DeliveryReport {
    let service = service.and_then(ServiceName::from_name);
    delivery::probe::without_answer(reachable, service, language(lang)).into()
}

impl From<delivery::ProbeReport> for DeliveryReport {
    fn from(report: delivery::ProbeReport) -> Self {
        Self {
            outcome: match report.presence {
                Presence::Alive => "alive",
                Presence::Refused => "refused",
                Presence::Unconfirmed => "unconfirmed",
                Presence::Failed => "failed",
            },
            ..report.told.into()
        }
    }
}
