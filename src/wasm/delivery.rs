//! Webhook URLs, plans and their delivery: the one file that talks to the network.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Date, Function, Object, Promise, Reflect, WeakMap};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    AbortController, AbortSignal, Headers, ReferrerPolicy, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response, ResponseType,
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

/// `planProbe(service, url, options?)`
#[wasm_bindgen(js_name = planProbe, skip_typescript)]
pub fn plan_probe(service: JsValue, url: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
    answer(&api::plan_probe(&text(&service)?, &text(&url)?, &options(given)?).map_err(|message| type_error(&message))?)
}

/// `interpretProbe(service, status, headers, body, lang?)`
#[wasm_bindgen(js_name = interpretProbe, skip_typescript)]
pub fn interpret_probe(
    service: JsValue,
    status: u16,
    headers: JsValue,
    body: JsValue,
    lang: Option<String>,
) -> Result<JsValue, JsValue> {
    let headers: std::collections::BTreeMap<String, String> = options(headers)?;
    let headers: Vec<_> = headers.into_iter().collect();
    let report = api::interpret_probe(&text(&service)?, status, &headers, &text(&body)?, None, lang.as_deref());
    answer(&report.map_err(|message| type_error(&message))?)
}

/// What `sendTest` and `sendProbe` read of their options besides the signal.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SendOptions {
    service: Option<String>,
    timeout_ms: Option<f64>,
    lang: Option<String>,
}

thread_local! {
    /// The plans that are under way, with their promises: a double click is one wish.
    static UNDER_WAY: WeakMap = WeakMap::new();
}

/// `sendTest(plan, options?)`: one request for one call. The plan's fallback is never followed from here, because the
/// browser does not tell a failed preflight from an answer that it keeps to itself: a person decides.
#[wasm_bindgen(js_name = sendTest, skip_typescript)]
pub fn send_test(plan: JsValue, given: JsValue) -> Promise {
    let Some(key) = plan.dyn_ref::<Object>().cloned() else { return ended(plan, given) };
    if let Ok(promise) = UNDER_WAY.with(|plans| plans.get(&key)).dyn_into::<Promise>() {
        return promise;
    }
    let promise = ended(plan, given);
    UNDER_WAY.with(|plans| plans.set(&key, &promise));
    promise
}

/// The report of a send, and the plan no longer under way.
fn ended(plan: JsValue, given: JsValue) -> Promise {
    future_to_promise(async move {
        let report = timed(&plan, given, deliver).await;
        if let Some(key) = plan.dyn_ref::<Object>() {
            UNDER_WAY.with(|plans| plans.delete(key));
        }
        answer(&report?)
    })
}

/// `sendProbe(request, options)`: asks once, posts nothing.
#[wasm_bindgen(js_name = sendProbe, skip_typescript)]
pub fn send_probe(request: JsValue, given: JsValue) -> Promise {
    future_to_promise(async move { answer(&timed(&request, given, ask).await?) })
}

/// A request with its deadline and the page's signal, and how long it took.
async fn timed(
    plan: &JsValue,
    given: JsValue,
    run: impl AsyncFn(&RequestPlan, &SendOptions, Option<AbortSignal>) -> Result<DeliveryReport, JsValue>,
) -> Result<DeliveryReport, JsValue> {
    let plan: RequestPlan = read(plan.clone())?;
    let signal = Reflect::get(&given, &"signal".into()).ok().and_then(|signal| signal.dyn_into::<AbortSignal>().ok());
    let options: SendOptions = options(given)?;
    let started = Date::now();
    let mut report = run(&plan, &options, signal).await?;
    report.elapsed_ms = Date::now() - started;
    Ok(report)
}

async fn deliver(
    plan: &RequestPlan,
    options: &SendOptions,
    signal: Option<AbortSignal>,
) -> Result<DeliveryReport, JsValue> {
    let (service, lang) = (options.service.as_deref(), options.lang.as_deref());
    let failed = |failure| api::delivery_failure(failure, plan, service, lang);
    if signal.as_ref().is_some_and(AbortSignal::aborted) {
        return Ok(failed(Failure::NotSent));
    }
    if api::has_login(plan) {
        return Ok(failed(Failure::LoginInUrl));
    }
    let deadline = Deadline::start(options.timeout_ms.unwrap_or(TIMEOUT_MS), signal)?;
    Ok(match send(plan, &deadline).await {
        Ok(Answered::Opaque) => failed(Failure::HandedOver),
        Ok(Answered::Redirected) => failed(Failure::Redirected),
        Ok(Answered::Readable { status, headers, body }) => {
            api::delivery_answer(plan, service, status, &headers, body.as_deref(), lang)
        }
        Err(_) if deadline.timed_out() => failed(Failure::Timeout),
        Err(_) if deadline.stopped() => failed(Failure::Aborted),
        Err(_) => failed(Failure::Network { reachable: is_reachable(&plan.url).await }),
    })
}

async fn ask(
    plan: &RequestPlan,
    options: &SendOptions,
    signal: Option<AbortSignal>,
) -> Result<DeliveryReport, JsValue> {
    let (service, lang) = (options.service.as_deref(), options.lang.as_deref());
    let deadline = Deadline::start(options.timeout_ms.unwrap_or(TIMEOUT_MS), signal)?;
    Ok(match send(plan, &deadline).await {
        Ok(Answered::Readable { status, headers, body: Some(body) }) => {
            let service = service.unwrap_or_default();
            let report = api::interpret_probe(service, status, &headers, &body, Some(&plan.url), lang);
            report.map_err(|message| type_error(&message))?
        }
        Ok(_) => api::probe_failure(true, service, lang),
        Err(_) if deadline.timed_out() || deadline.stopped() => api::probe_failure(true, service, lang),
        Err(_) => api::probe_failure(is_reachable(&plan.url).await, service, lang),
    })
}

/// What the browser let us see of an answer.
enum Answered {
    Opaque,
    Redirected,
    /// A body that broke off is `None`.
    Readable {
        status: u16,
        headers: Vec<(String, String)>,
        body: Option<String>,
    },
}

async fn send(plan: &RequestPlan, deadline: &Deadline) -> Result<Answered, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &plan.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(&plan.method);
    init.set_headers(&headers);
    if plan.mode == "opaque" {
        // The standard follows redirects then, or fails.
        init.set_mode(RequestMode::NoCors);
    } else {
        init.set_mode(RequestMode::Cors);
        // A second server would get the message too, and its answer would be taken for the chat's.
        init.set_redirect(RequestRedirect::Manual);
    }
    if plan.method != "GET" {
        init.set_body(&JsValue::from_str(&plan.body));
    }
    init.set_signal(Some(&deadline.controller.signal()));
    let response = fetch(&plan.url, &init).await?;
    match response.type_() {
        ResponseType::Opaque => return Ok(Answered::Opaque),
        ResponseType::Opaqueredirect => return Ok(Answered::Redirected),
        _ => {}
    }
    let mut headers = Vec::new();
    for name in ["retry-after", "date"] {
        if let Ok(Some(value)) = response.headers().get(name) {
            headers.push((String::from(name), value));
        }
    }
    if !headers.iter().any(|(name, _)| name == "date") {
        headers.push((String::from("date"), String::from(Date::new_0().to_utc_string())));
    }
    let text = async { JsFuture::from(response.text()?).await };
    let body = text.await.ok().and_then(|body| body.as_string());
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
