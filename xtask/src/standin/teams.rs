//! Microsoft Teams: a Power Automate workflow that posts to a channel, in two editions, and the connector of the old kind.
//!
//! - URL shape: `https://….environment.api.powerplatform.com/powerautomate/automations/direct/workflows/{32 hex}/triggers/`
//!   `manual/paths/invoke?…&sig={43}`; the connector `https://….webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/`
//!   `{32}/{uuid}`.
//! - Request: POST of JSON, `{"type":"message","attachments":[card, …]}`; the connector also takes a MessageCard, and JSON
//!   under any content type. Assumed of workflows: a body that is not declared as JSON reaches the flow as a text, and like
//!   every body without attachments it ends there, after the 202.
//! - Between origins: nothing at the connector (MicrosoftDocs/msteams-docs issues 1305 and 1276). Whether workflows answer a
//!   preflight is told both ways and documented nowhere; one edition does, one does not.
//! - Limits: about 28 kB for a message. Assumed of workflows: a longer one is accepted, and fails inside the flow.
//!   The connector takes 4 requests a second.
//! - Answers: a workflow's 202 says that the flow has it, not that it was posted; its errors are `{"error":{code,message}}`.
//!   Assumed: their sentences, but for `DirectApiAuthorizationRequired`; the code for a wrong signature; the body of a 429.
//!   The connector answers 200 with `1`, and 200 with a sentence for most failures, whose parts after "ContextId" are assumed.
//!
//! Long because it plays two services, and half of it is tests.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::channel::{Channel, Post};
use super::limiter::Limiter;
use super::{Chat, list, network_fault, text_of};
use crate::http::{Reply, Request, Response};

/// Bytes of a message.
const MAX_MESSAGE: usize = 28 * 1024;
/// The content type of the cards that both take.
const ADAPTIVE_CARD: &str = "application/vnd.microsoft.card.adaptive";

/// Status, code and words of an error.
type Refusal = (u16, &'static str, &'static str);

const NO_SIGNATURE: Refusal =
    (401, "DirectApiAuthorizationRequired", "The request must be authenticated only by Shared Access scheme.");
const WRONG_SIGNATURE: Refusal =
    (401, "DirectApiInvalidAuthorizationScheme", "The signature of the request does not match.");
const TWO_SCHEMES: Refusal = (
    400,
    "DirectApiRequestHasMoreThanOneAuthorization",
    "The request has both SAS authentication scheme and another one.",
);
const NO_WORKFLOW: Refusal = (404, "WorkflowNotFound", "The workflow could not be found.");
const MISMATCH: Refusal = (
    400,
    "TriggerInputSchemaMismatch",
    "The input body for trigger 'manual' of type 'Request' did not match its schema definition.",
);

/// Workflows by name.
const FLOWS: [(&str, Option<Refusal>); 11] = [
    ("works", None),
    ("broken", Some((500, "InternalServerError", "Encountered internal server error."))),
    ("busy", Some((429, "WorkflowRunActionsThrottled", "The request was throttled."))),
    ("deleted", Some(NO_WORKFLOW)),
    (
        "disabled",
        Some((
            400,
            "WorkflowTriggerIsNotEnabled",
            "The trigger 'manual' is not enabled: the workflow's state is 'Disabled'.",
        )),
    ),
    ("hangs-up", None),
    ("mute", None),
    // Its trigger checks the body against a schema.
    ("strict", None),
    // The flow's owner gave it a new signature.
    ("revoked", Some(WRONG_SIGNATURE)),
    (
        "suspended",
        Some((
            400,
            "WorkflowTriggerIsNotEnabled",
            "The trigger 'manual' is not enabled: the workflow's state is 'Suspended'.",
        )),
    ),
    // Only people of the tenant may start it: its URL has no signature.
    ("tenant-only", Some(NO_SIGNATURE)),
];

/// Connectors by name: status and body.
const CONNECTORS: [(&str, Option<(u16, &str)>); 8] = [
    ("works", None),
    ("broken", Some((200, "500"))),
    ("busy", Some((200, "429"))),
    ("deleted", Some((404, ""))),
    ("forbidden", Some((200, "403"))),
    ("hangs-up", None),
    ("mute", None),
    ("removed", Some((200, "404"))),
];

/// Which of them a stand-in is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// The connector.
    Connector,
    /// A workflow whose service answers preflights.
    Workflow,
    /// A workflow whose service does not.
    WorkflowWithoutCors,
}

/// The service with its rate counter.
pub struct Teams {
    edition: Edition,
    limiter: Limiter,
}

impl Teams {
    /// A stand-in of an edition.
    pub fn new(edition: Edition) -> Self {
        Self { edition, limiter: Limiter::new(4, Duration::from_secs(1)) }
    }
}

impl Chat for Teams {
    fn key(&self) -> &'static str {
        match self.edition {
            Edition::Connector => "Teams (connector)",
            Edition::Workflow => "Teams",
            Edition::WorkflowWithoutCors => "Teams (no CORS)",
        }
    }

    fn service(&self) -> &'static str {
        "Teams"
    }

    fn real_origin(&self) -> Option<&'static str> {
        Some(match self.edition {
            Edition::Connector => "https://fake.webhook.office.com",
            Edition::Workflow => "https://defaultfa4efa4efa4e.00.environment.api.powerplatform.com",
            Edition::WorkflowWithoutCors => "https://defaultfa4efa4efa4e.01.environment.api.powerplatform.com",
        })
    }

    fn hooks(&self) -> Vec<(&'static str, String)> {
        if self.edition == Edition::Connector {
            return CONNECTORS.iter().map(|(name, _)| (*name, connector(name))).collect();
        }
        FLOWS.iter().enumerate().map(|(place, (name, fault))| (*name, flow(place, name, *fault))).collect()
    }

    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        if self.edition == Edition::Connector {
            return self.connected(request, now, channel);
        }
        match (start_flow(request, channel), request.header("origin")) {
            (Reply::Whole(response), Some(origin)) if self.edition == Edition::Workflow => {
                response.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin").into()
            }
            // No preflight is known to the other edition.
            (Reply::Whole(response), _) if request.method == "OPTIONS" => {
                Response { status: 404, headers: Vec::new(), ..response }.into()
            }
            (reply, _) => reply,
        }
    }
}

impl Teams {
    /// The connector's answer.
    fn connected(&self, request: &Request, now: Instant, channel: &Channel) -> Reply {
        let known = CONNECTORS.into_iter().find(|(name, _)| connector(name) == request.path.trim_end_matches('/'));
        let (name, fault) = match known {
            Some(known) if request.method == "POST" => known,
            _ => return Response::text(404, "").into(),
        };
        if let Some(fault) = network_fault(name) {
            return fault;
        }
        match fault {
            Some((200, status)) => return failed(status),
            Some((status, body)) => return Response::text(status, body).into(),
            None => {}
        }
        if self.limiter.take(now).is_err() {
            return failed("429");
        }
        if request.body.len() > MAX_MESSAGE {
            return failed("413");
        }
        let Ok(payload) = serde_json::from_slice::<Value>(&request.body) else {
            return Response::text(400, "Bad payload received by generic incoming webhook.").into();
        };
        let is_empty = |key| text_of(&payload, key).is_empty();
        if list(&payload, "attachments").is_empty() && is_empty("text") && is_empty("summary") {
            return Response::text(400, "Summary or Text is required.").into();
        }
        channel.add(shown(name, payload));
        Response::text(200, "1").into()
    }
}

/// A workflow's answer without its headers for browsers.
fn start_flow(request: &Request, channel: &Channel) -> Reply {
    if request.method == "OPTIONS" {
        return Response::text(200, "")
            .with("Access-Control-Allow-Methods", "POST")
            .with("Access-Control-Allow-Headers", "content-type")
            .into();
    }
    let mut flows = FLOWS.into_iter().enumerate();
    let Some((_, (name, fault))) = flows.find(|(place, _)| flow_path(*place) == request.path) else {
        return refused(NO_WORKFLOW);
    };
    if request.method != "POST" {
        return refused((404, "TriggerNotFound", "The trigger has no such method."));
    }
    if let Some(fault) = network_fault(name) {
        return fault;
    }
    match request.parameter("sig") {
        Some(_) if request.header("authorization").is_some() => return refused(TWO_SCHEMES),
        None => return refused(NO_SIGNATURE),
        Some(given) if given != signature(name) => return refused(WRONG_SIGNATURE),
        Some(_) => {}
    }
    match fault {
        Some(fault @ (429, ..)) => return limited(fault),
        Some(fault) => return refused(fault),
        None => {}
    }
    let json = if request.media_type() == "application/json" {
        serde_json::from_slice(&request.body)
    } else {
        Ok(Value::Null)
    };
    let Ok(payload) = json else {
        return refused((400, "InvalidRequestContent", "The request content is not valid JSON."));
    };
    let has_cards = text_of(&payload, "type") == "message" && !list(&payload, "attachments").is_empty();
    if name == "strict" && !has_cards {
        return refused(MISMATCH);
    }
    if has_cards && request.body.len() <= MAX_MESSAGE {
        channel.add(shown(name, payload));
    }
    Response { status: 202, ..Response::default() }.into()
}

/// The path of a workflow: a visibly fake id by its place.
fn flow_path(place: usize) -> String {
    format!(
        "/powerautomate/automations/direct/workflows/fa4efa4efa4efa4efa4efa4efa4e{place:04}/triggers/manual/paths/invoke"
    )
}

/// A visibly fake signature of 43 characters that carries the workflow's name.
fn signature(name: &str) -> String {
    format!("FAKE{name:x<39}")
}

/// Path and query of a workflow as people copy them.
fn flow(place: usize, name: &str, fault: Option<Refusal>) -> String {
    let path = format!("{}?api-version=1", flow_path(place));
    if fault == Some(NO_SIGNATURE) {
        return path;
    }
    let signature = signature(if fault == Some(WRONG_SIGNATURE) { "old-one" } else { name });
    format!("{path}&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={signature}")
}

/// The path of a connector, its name in the part of 32 characters.
fn connector(name: &str) -> String {
    let uuid = "fa4efa4e-fa4e-4a4e-8a4e-fa4efa4efa4e";
    format!("/webhookb2/{uuid}@{uuid}/IncomingWebhook/{:f<32}/{uuid}", name.replace('-', ""))
}

fn refused((status, code, words): Refusal) -> Reply {
    Response::json(status, &json!({ "error": { "code": code, "message": words } })).into()
}

fn limited(fault: Refusal) -> Reply {
    match refused(fault) {
        Reply::Whole(response) => response.with("Retry-After", "30").into(),
        other => other,
    }
}

/// A connector's failure, which looks like a success to who reads only the status.
fn failed(status: &str) -> Reply {
    let words = format!(
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error {status} with ContextId tcid=0,server=FAKE,cv=FAKE."
    );
    Response::text(200, &words).into()
}

/// The message as the channel shows it: the texts of the cards, or the MessageCard's.
fn shown(hook: &str, payload: Value) -> Post {
    let cards = list(&payload, "attachments").iter().filter(|card| text_of(card, "contentType") == ADAPTIVE_CARD);
    let cards: Vec<_> = cards.filter_map(|card| card.get("content")).collect();
    let blocks = cards.iter().flat_map(|card| list(card, "body"));
    let texts: Vec<_> =
        blocks.filter(|block| text_of(block, "type") == "TextBlock").map(|block| text_of(block, "text")).collect();
    let buttons = cards.iter().flat_map(|card| list(card, "actions"));
    let links = buttons.map(|button| (text_of(button, "title"), text_of(button, "url"))).collect();
    let text = if texts.is_empty() { text_of(&payload, "text") } else { texts.join("\n\n") };
    Post { hook: hook.to_owned(), text, links, payload, ..Post::default() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{asked, body, header, hook, post, told};
    use super::*;

    fn card(text: &str) -> String {
        let button = json!({ "type": "Action.OpenUrl", "title": "Open", "url": "https://e.example/1" });
        let content = json!({ "type": "AdaptiveCard", "version": "1.2", "body": [{ "type": "TextBlock", "text": text }], "actions": [button] });
        json!({ "type": "message", "attachments": [{ "contentType": ADAPTIVE_CARD, "content": content }] }).to_string()
    }

    fn workflow() -> Teams {
        Teams::new(Edition::Workflow)
    }

    fn error_code(response: &Response) -> String {
        let answer: Value = serde_json::from_slice(&response.body).expect("JSON");
        answer.pointer("/error/code").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    #[test]
    fn a_workflow_accepts_more_than_it_posts() {
        let long = card(&"x".repeat(MAX_MESSAGE));
        for (content_type, sent, posted) in [
            ("application/json", card("hello"), true),
            ("application/json; charset=utf-8", card("hello"), true),
            ("text/plain;charset=UTF-8", card("hello"), false),
            ("application/json", r#"{"text":"hello"}"#.to_owned(), false),
            ("application/json", r#"{"@type":"MessageCard","text":"hello"}"#.to_owned(), false),
            ("application/json", long, false),
        ] {
            let (response, posts) = told(&workflow(), &post(&hook(&workflow(), "works"), content_type, &sent));
            assert_eq!((response.status, response.body.len()), (202, 0), "{content_type}");
            assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(posted), "{content_type}");
        }
        let (_, posts) = told(&workflow(), &post(&hook(&workflow(), "works"), "application/json", &card("hello")));
        assert_eq!(posts.pointer("/0/text"), Some(&json!("hello")));
        assert_eq!(posts.pointer("/0/links/0/label"), Some(&json!("Open")));
    }

    #[test]
    fn a_workflow_s_errors_carry_their_code() {
        let works = hook(&workflow(), "works");
        let without = works.split("&sig=").next().unwrap_or_default().to_owned();
        for (target, status, code) in [
            (hook(&workflow(), "tenant-only"), 401, "DirectApiAuthorizationRequired"),
            (without, 401, "DirectApiAuthorizationRequired"),
            (works.replace("&sig", "&amp;sig"), 401, "DirectApiAuthorizationRequired"),
            (hook(&workflow(), "revoked"), 401, "DirectApiInvalidAuthorizationScheme"),
            (works.replace("sig=FAKE", "sig=FAKF"), 401, "DirectApiInvalidAuthorizationScheme"),
            (works.replace("fa4e0000", "fa4e9999"), 404, "WorkflowNotFound"),
            (hook(&workflow(), "deleted"), 404, "WorkflowNotFound"),
            (hook(&workflow(), "disabled"), 400, "WorkflowTriggerIsNotEnabled"),
            (hook(&workflow(), "suspended"), 400, "WorkflowTriggerIsNotEnabled"),
            (hook(&workflow(), "broken"), 500, "InternalServerError"),
            (hook(&workflow(), "busy"), 429, "WorkflowRunActionsThrottled"),
        ] {
            let (response, posts) = told(&workflow(), &post(&target, "application/json", &card("x")));
            assert_eq!((response.status, error_code(&response).as_str()), (status, code), "{target}");
            assert_eq!(posts, json!([]), "{target}");
        }
        let strict = told(&workflow(), &post(&hook(&workflow(), "strict"), "application/json", "{}")).0;
        assert_eq!((strict.status, error_code(&strict).as_str()), (400, "TriggerInputSchemaMismatch"));
        let mut both = post(&works, "application/json", &card("x"));
        both.headers.push(("authorization".to_owned(), "Bearer FAKE".to_owned()));
        assert_eq!(error_code(&told(&workflow(), &both).0), "DirectApiRequestHasMoreThanOneAuthorization");
    }

    #[test]
    fn a_connector_fails_with_200() {
        let chat = Teams::new(Edition::Connector);
        let works = hook(&chat, "works");
        let delivery = "Microsoft Teams endpoint returned HTTP error";
        for (target, content_type, sent, status, words) in [
            (&works, "application/json", card("hello"), 200, "1".to_owned()),
            (&works, "text/plain;charset=UTF-8", r#"{"text":"hello"}"#.to_owned(), 200, "1".to_owned()),
            (&works, "application/json", "{}".to_owned(), 400, "Summary or Text is required.".to_owned()),
            (&works, "application/json", "hello".to_owned(), 400, "Bad payload".to_owned()),
            (&works, "application/json", card(&"x".repeat(MAX_MESSAGE)), 200, format!("{delivery} 413 ")),
            (&hook(&chat, "busy"), "application/json", card("x"), 200, format!("{delivery} 429 ")),
            (&hook(&chat, "forbidden"), "application/json", card("x"), 200, format!("{delivery} 403 ")),
            (&hook(&chat, "removed"), "application/json", card("x"), 200, format!("{delivery} 404 ")),
            (&hook(&chat, "deleted"), "application/json", card("x"), 404, String::new()),
        ] {
            let chat = Teams::new(Edition::Connector);
            let (response, posts) = told(&chat, &post(target, content_type, &sent));
            assert_eq!(response.status, status, "{target}");
            assert!(body(&response).contains(&words), "{}", body(&response));
            assert_eq!(posts.as_array().map_or(0, Vec::len), usize::from(words == "1"), "{target}");
        }
    }

    #[test]
    fn a_connector_takes_four_a_second() {
        let chat = Teams::new(Edition::Connector);
        let hello = post(&hook(&chat, "works"), "application/json", r#"{"text":"x"}"#);
        let bodies: Vec<_> = (0..5).map(|_| body(&told(&chat, &hello).0)).collect();
        assert_eq!(bodies.iter().filter(|body| *body == "1").count(), 4);
        assert!(bodies.last().is_some_and(|body| body.contains("HTTP error 429")));
    }

    #[test]
    fn only_one_edition_lets_a_browser_post_json_and_read() {
        for (edition, allows) in
            [(Edition::Workflow, true), (Edition::WorkflowWithoutCors, false), (Edition::Connector, false)]
        {
            let chat = Teams::new(edition);
            let works = hook(&chat, "works");
            for request in
                [asked("OPTIONS", &works), post(&works, "application/json", &card("x")), post(&works, "", "")]
            {
                let (response, _) = told(&chat, &request);
                let any = response.headers.iter().any(|(name, _)| name.starts_with("Access-Control"));
                assert_eq!(any, allows, "{}: {response:?}", chat.key());
                let origin = header(&response, "Access-Control-Allow-Origin");
                assert_eq!(origin, allows.then_some("http://127.0.0.1:1"), "{}", chat.key());
            }
        }
    }

    #[test]
    fn signatures_and_ids_have_the_real_shape() {
        for (name, target) in workflow().hooks() {
            let id = target.split('/').nth(5).unwrap_or_default();
            assert!(id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()), "{id}");
            let signature = target.split("&sig=").nth(1).unwrap_or_default();
            assert_eq!(signature.len(), if name == "tenant-only" { 0 } else { 43 }, "{name}");
        }
    }
}
