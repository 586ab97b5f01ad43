//! Webhook URLs, plans and their delivery: the one file that talks to the network.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Date, Function, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    AbortController, AbortSignal, Headers, ReferrerPolicy, RequestCredentials, RequestInit, RequestMode, Response,
};

use super::convert::{answer, large_options, options, read, text, type_error};
use crate::api::{self, DeliveryReport, Failure, RequestPlan};

/// How long a chat may take, when the page does not say.
const TIMEOUT_MS: f64 = 10_000.0;

/// `services(lang?)`
#[wasm_bindgen(skip_typescript)]
pub fn services(lang: Option<String>) -> Result<JsValue, JsValue> {
    answer(&api::services(lang.as_deref()))
}

/// `checkWebhookUrl(service, url, options?)`
#[wasm_bindgen(js_name = checkWebhookUrl, skip_typescript)]
pub fn check_webhook_url(service: JsValue, url: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
    answer(&api::check_webhook_url(&text(&service)?, &text(&url)?, &options(given)?))
}

/// `detectService(url)`
#[wasm_bindgen(js_name = detectService, skip_typescript)]
pub fn detect_service(url: JsValue) -> Result<JsValue, JsValue> {
    answer(&api::detect_service(&text(&url)?))
}

/// `planTest(service, url, report, options?)`
#[wasm_bindgen(js_name = planTest, skip_typescript)]
pub fn plan_test(service: JsValue, url: JsValue, report: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
    let plan = api::plan_test(&text(&service)?, &text(&url)?, &large_options(report)?, &options(given)?)
        .map_err(|message| type_error(&message))?;
    answer(&plan)
}

/// `interpretResponse(service, status, headers, body, lang?)`
#[wasm_bindgen(js_name = interpretResponse, skip_typescript)]
pub fn interpret_response(
    service: JsValue,
    status: u16,
    headers: JsValue,
    body: JsValue,
    lang: Option<String>,
) -> Result<JsValue, JsValue> {
    let headers: std::collections::BTreeMap<String, String> = options(headers)?;
    let headers: Vec<_> = headers.into_iter().collect();
    let report = api::interpret_response(&text(&service)?, status, &headers, &text(&body)?, None, lang.as_deref());
    answer(&report.map_err(|message| type_error(&message))?)
}

/// What `sendTest` reads of its options besides the signal.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SendOptions {
    service: Option<String>,
    timeout_ms: Option<f64>,
    lang: Option<String>,
}

/// `sendTest(plan, options?)`: one request for one call. The plan's fallback is never followed from here, because the
/// browser does not tell a failed preflight from an answer that it keeps to itself: a person decides.
#[wasm_bindgen(js_name = sendTest, skip_typescript)]
pub fn send_test(plan: JsValue, given: JsValue) -> Promise {
    future_to_promise(async move {
        let plan: RequestPlan = read(plan)?;
        let signal =
            Reflect::get(&given, &"signal".into()).ok().and_then(|signal| signal.dyn_into::<AbortSignal>().ok());
        let options: SendOptions = options(given)?;
        let started = Date::now();
        let mut report = send(&plan, &options, signal).await?;
        report.elapsed_ms = Date::now() - started;
        answer(&report)
    })
}

async fn send(
    plan: &RequestPlan,
    options: &SendOptions,
    signal: Option<AbortSignal>,
) -> Result<DeliveryReport, JsValue> {
    let (service, lang) = (options.service.as_deref(), options.lang.as_deref());
    let failed = |failure| api::delivery_failure(failure, plan, service, lang);
    if signal.as_ref().is_some_and(AbortSignal::aborted) {
        return Ok(failed(Failure::NotSent));
    }
    let deadline = Deadline::start(options.timeout_ms.unwrap_or(TIMEOUT_MS), signal)?;
    let outcome = match post(plan, &deadline).await {
        Ok(Answered::Opaque) => failed(Failure::HandedOver),
        Ok(Answered::Readable { status, headers, body }) => {
            api::delivery_answer(plan, service, status, &headers, &body, lang)
        }
        Err(_) if deadline.timed_out() => failed(Failure::Timeout),
        Err(_) if deadline.stopped() => failed(Failure::Aborted),
        Err(_) => failed(Failure::Network { reachable: is_reachable(&plan.url).await }),
    };
    Ok(outcome)
}

/// What the browser let us see of an answer.
enum Answered {
    Opaque,
    Readable { status: u16, headers: Vec<(String, String)>, body: String },
}

async fn post(plan: &RequestPlan, deadline: &Deadline) -> Result<Answered, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &plan.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(&plan.method);
    init.set_mode(if plan.mode == "opaque" { RequestMode::NoCors } else { RequestMode::Cors });
    init.set_headers(&headers);
    if plan.method != "GET" {
        init.set_body(&JsValue::from_str(&plan.body));
    }
    init.set_signal(Some(&deadline.controller.signal()));
    let response = fetch(&plan.url, &init).await?;
    if response.type_() == web_sys::ResponseType::Opaque {
        return Ok(Answered::Opaque);
    }
    let mut headers = Vec::new();
    if let Ok(Some(value)) = response.headers().get("retry-after") {
        headers.push((String::from("retry-after"), value));
    }
    let body = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(Answered::Readable { status: response.status(), headers, body })
}

/// Whether anything answers at the address of the webhook's server. Asks for its front page, never for the webhook.
async fn is_reachable(url: &str) -> bool {
    let Ok(address) = web_sys::Url::new(url) else { return false };
    let init = RequestInit::new();
    init.set_method("GET");
    init.set_mode(RequestMode::NoCors);
    let Ok(deadline) = Deadline::start(TIMEOUT_MS, None) else { return true };
    init.set_signal(Some(&deadline.controller.signal()));
    // A server that says nothing in time is there all the same: something took the connection.
    fetch(&format!("{}/", address.origin()), &init).await.is_ok() || deadline.timed_out()
}

/// `fetch` of a page or of a Worker, without credentials, referrer or cache.
async fn fetch(url: &str, init: &RequestInit) -> Result<Response, JsValue> {
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(web_sys::RequestCache::NoStore);
    let fetch: Function = Reflect::get(&js_sys::global(), &"fetch".into())?.dyn_into()?;
    let promise: Promise = fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), init)?.dyn_into()?;
    JsFuture::from(promise).await?.dyn_into()
}

/// Stops a request when the time is up, or when the page's own signal says so; whichever comes first is remembered.
struct Deadline {
    controller: AbortController,
    why: Rc<Cell<Why>>,
    timer: JsValue,
    page: Option<AbortSignal>,
    on_stop: Closure<dyn FnMut()>,
    _on_time: Closure<dyn FnMut()>,
}

#[derive(Clone, Copy, PartialEq)]
enum Why {
    Running,
    TimedOut,
    Stopped,
}

impl Deadline {
    fn start(milliseconds: f64, page: Option<AbortSignal>) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let why = Rc::new(Cell::new(Why::Running));
        let stop = |reason: Why| {
            let (controller, why) = (controller.clone(), Rc::clone(&why));
            Closure::new(move || {
                if why.get() == Why::Running {
                    why.set(reason);
                    controller.abort();
                }
            })
        };
        let (on_time, on_stop) = (stop(Why::TimedOut), stop(Why::Stopped));
        let set_timeout: Function = Reflect::get(&js_sys::global(), &"setTimeout".into())?.dyn_into()?;
        let timer = set_timeout.call2(&JsValue::UNDEFINED, on_time.as_ref(), &milliseconds.into())?;
        if let Some(page) = &page {
            page.add_event_listener_with_callback("abort", on_stop.as_ref().unchecked_ref())?;
        }
        Ok(Self { controller, why, timer, page, on_stop, _on_time: on_time })
    }

    fn timed_out(&self) -> bool {
        self.why.get() == Why::TimedOut
    }

    fn stopped(&self) -> bool {
        self.why.get() == Why::Stopped
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        let clear = Reflect::get(&js_sys::global(), &"clearTimeout".into()).and_then(JsCast::dyn_into::<Function>);
        // A timer that cannot be cleared only aborts a request that has ended already.
        let _ = clear.and_then(|clear| clear.call1(&JsValue::UNDEFINED, &self.timer));
        if let Some(page) = &self.page {
            let _ = page.remove_event_listener_with_callback("abort", self.on_stop.as_ref().unchecked_ref());
        }
    }
}
