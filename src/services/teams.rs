//! Microsoft Teams: a workflow that posts to a channel, or an incoming webhook of the old kind.
//!
//! # URL shape
//! `https://….environment.api.powerplatform.com/powerautomate/automations/direct/workflows/ID/triggers/manual/paths/invoke?…&sig=…`;
//! the signature is the secret. Workflows on `logic.azure.com` and connectors on `webhook.office.com` are being retired.
//!
//! # Payload
//! An Adaptive Card 1.2 with the text and, as a button, the link (frappe/frappe, `notification_webhook_url.py`).
//!
//! # Limits
//! About 28 kB for the whole body, with the card and with the escapes of its JSON.
//!
//! # Answers
//! 202 without a body: the flow has it, which is no proof of a post. Old connectors answer 200 with `1`, and failures as 200
//! with a sentence.
//!
//! # Markup
//! Bold, italic, lists and links of Markdown; lines join; `{{DATE(…)}}` and `{{TIME(…)}}`. That `<https://…>` stays text is
//! unconfirmed.
//!
//! # Source
//! services.md 6; apprise `workflows.py`, shoutrrr `teams_validation.go`.

use serde_json::{Value as Json, json};

use super::{
    Allowed, Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, LinkLook, Marks, Markup,
    ServiceName, Unit, python_json,
};
use crate::look::{text_block, tree::Block};
use crate::webhook_url::hosts::tenant_domain;
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::{Part, Parts};

/// See the module.
#[derive(Debug)]
pub struct Teams;

/// The domains under which Microsoft gives every tenant a host, in its clouds for everybody, for governments and in China
/// (apprise 2.3.0, the hosts of its Workflows tests; services.md 6A).
const TENANTS: [&str; 9] = [
    "environment.api.appsplatform.us",
    "environment.api.gov.powerplatform.microsoft.us",
    "environment.api.high.powerplatform.microsoft.us",
    "environment.api.powerplatform.com",
    "environment.api.powerplatform.partner.microsoftonline.cn",
    "logic.azure.cn",
    "logic.azure.com",
    "logic.azure.us",
    "webhook.office.com",
];

static FACTS: Facts = Facts {
    name: ServiceName::Teams,
    example: "https://default00000000.00.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/00000000000000000000000000000000/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    domains: &[
        "outlook.office.com",
        "outlook.office365.com",
        "teams.cloud.microsoft",
        "teams.live.com",
        "teams.microsoft.com",
        "webhook.office.com",
    ],
    hosts: &[],
    tenants: &TENANTS,
    self_hosted: false,
    any_path: false,
    setup: &["setup/teams-1", "setup/teams-2", "setup/teams-3"],
    limit: Limit { max: 28_000, unit: Unit::Bytes },
    older_limit: None,
    too_long: "markup/too-large",
    empty: "markup/empty",
    empty_with_link: "markup/empty",
    body_of_any_host: false,
    in_old_frappe: false,
    markup: Markup {
        bold: Marks::Double,
        strike: Marks::None,
        markdown_links: true,
        angle_links: false,
        headings: 0,
        glued_headings: false,
        html: false,
        tables: false,
        entities: Entities::All,
        everybody: Everybody::Nobody,
        joins_lines: true,
        slack_mentions: false,
    },
    can_post: Allowed::Unknown,
    readable: Allowed::Unknown,
};

fn is_workflow_host(url: &Parts<'_>) -> bool {
    tenant_domain(url.host.text, &TENANTS).is_some_and(|domain| domain != "webhook.office.com")
}

fn is_old_workflow_host(url: &Parts<'_>) -> bool {
    tenant_domain(url.host.text, &TENANTS).is_some_and(|domain| domain.starts_with("logic.azure."))
}

/// The clouds of governments and of China: their hosts are known from other tools' tests alone (services.md 6A, `[?]`).
fn is_of_another_cloud(url: &Parts<'_>) -> bool {
    tenant_domain(url.host.text, &TENANTS).is_some_and(|domain| domain.ends_with(".us") || domain.ends_with(".cn"))
}

fn is_connector_host(url: &Parts<'_>) -> bool {
    ["webhook.office.com", "outlook.office.com", "outlook.office365.com"].iter().any(|domain| url.host_under(domain))
}

fn is_page(url: &Parts<'_>) -> bool {
    is_chat_page(url) || is_settings_page(url)
}

fn is_chat_page(url: &Parts<'_>) -> bool {
    url.host_is(&["teams.cloud.microsoft", "teams.live.com", "teams.microsoft.com"])
}

fn is_settings_page(url: &Parts<'_>) -> bool {
    let hosts = ["flow.microsoft.com", "make.powerautomate.com", "make.powerapps.com", "portal.azure.com"];
    hosts.iter().any(|domain| url.host_under(domain))
}

impl ChatService for Teams {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        is_workflow_host(url) || is_connector_host(url) || is_page(url)
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.value("sig").map(|sig| sig.text).or_else(|| url.segments().last().map(|part| part.text))
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        let host = url.host.span();
        if judge.has("url/look-alike-host") {
            return;
        }
        if is_workflow_host(url) {
            judge_workflow(url, judge);
            if is_of_another_cloud(url) {
                judge.info("url/teams-unconfirmed", host.clone(), &[("host", url.host.text)]);
            }
            if is_old_workflow_host(url) {
                judge.warning("url/teams-old-workflow", host, &[]);
            }
        } else if is_connector_host(url) {
            if is_connector_path(&url.path_texts()) {
                judge.warning("url/teams-connector", host, &[]);
            } else {
                judge.error("url/incomplete", url.path.span(), &[("expected", "/webhookb2/…/IncomingWebhook/…")]);
            }
        } else {
            let code = if is_chat_page(url) {
                "url/channel-page"
            } else if is_settings_page(url) {
                "url/settings-page"
            } else if url.host_is(&["learn.microsoft.com", "support.microsoft.com"]) {
                "url/documentation-page"
            } else {
                "url/host"
            };
            let values =
                [("service", "Teams"), ("expected", "….environment.api.powerplatform.com"), ("host", url.host.text)];
            judge.error(code, host, &values);
        }
    }

    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json> {
        let mut card = json!({
            "$schema": "https://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.2",
            "body": [{"type": "TextBlock", "text": text, "wrap": true}],
        });
        if let (Some(card), Some(link)) = (card.as_object_mut(), document_url) {
            let button = json!({"type": "Action.OpenUrl", "title": words.document_link, "url": link});
            card.insert("actions".to_owned(), Json::Array(vec![button]));
        }
        let kind = "application/vnd.microsoft.card.adaptive";
        Some(json!({"type": "message", "attachments": [{"contentType": kind, "content": card}]}))
    }

    fn measured_text(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> String {
        self.body(text, document_url, words).unwrap_or_default()
    }

    /// Its bytes in the body, without the quotation marks around it.
    fn counted(&self, c: char) -> usize {
        python_json(&Json::from(c.to_string())).len().saturating_sub(2)
    }

    fn text_place(&self) -> &'static str {
        "/attachments/0/content/body/0/text"
    }

    fn form(&self) -> Form {
        Form::Json(false)
    }

    fn answer(&self, status: u16, body: &str) -> Answer {
        let text = body.trim();
        let json: Json = serde_json::from_str(text).unwrap_or_default();
        let code = json.get("error").and_then(|error| error.get("code")).and_then(Json::as_str).unwrap_or_default();
        if let Some((_, reason)) = text.split_once("endpoint returned HTTP error ") {
            return match reason.get(..3) {
                Some("429") => Answer::refused("delivery/too-many"),
                Some("413") => Answer::refused("delivery/too-large"),
                Some("403" | "404") => Answer::refused("delivery/webhook-unknown"),
                _ => Answer::refused("delivery/bad-request"),
            };
        }
        match (code, status) {
            ("", 200) if text == "1" => Answer::DELIVERED,
            ("", 202) => Answer::unconfirmed("delivery/teams-accepted"),
            (code, _) if code.starts_with("DirectApi") => Answer::refused("delivery/teams-signature"),
            ("WorkflowTriggerIsNotEnabled", _) => Answer::refused("delivery/webhook-disabled"),
            ("WorkflowNotFound", _) => Answer::refused("delivery/webhook-unknown"),
            ("TriggerInputSchemaMismatch", _) => Answer::refused("delivery/payload-refused"),
            _ if text.contains("Summary or Text is required") => Answer::refused("delivery/empty"),
            _ => Answer::from_status(status),
        }
    }

    fn link_look(&self, words: &HostWords) -> LinkLook {
        LinkLook::Button(words.document_link.clone())
    }

    fn unsure(&self, posted_text: &str) -> Option<&'static str> {
        // services.md 10, the cells of Teams that are `[?]`.
        let lines: Vec<&str> = posted_text.trim().lines().collect();
        let breaks = lines.windows(2).any(|pair| pair.iter().all(|line| !line.trim().is_empty()));
        let bullets = lines.iter().any(|line| line.trim_start().starts_with("* "));
        let unsure = breaks || bullets || posted_text.contains("http") || posted_text.contains('&');
        unsure.then_some("look/unsure-teams")
    }

    fn parse(&self, posted_text: &str) -> Option<Vec<Block>> {
        text_block::parse(posted_text)
    }
}

/// The names of a workflow's query; all of them stand there once.
const NAMES: [&str; 4] = ["api-version", "sig", "sp", "sv"];

fn judge_workflow(url: &Parts<'_>, judge: &mut Judge<'_>) {
    let segments: Vec<_> = url.segments().collect();
    let before = segments.iter().position(|part| part.text == "workflows").unwrap_or(segments.len());
    let prefix: Vec<&str> = segments.iter().take(before).map(|part| part.text).collect();
    let known_prefix = match prefix.as_slice() {
        [] => true,
        ["powerautomate", "automations", "direct", rest @ ..] => matches!(rest, [] | ["cu", _]),
        _ => false,
    };
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match segments.get(before..).unwrap_or_default() {
        [_, id, triggers, trigger, paths, invoke]
            if triggers.text == "triggers" && paths.text == "paths" && invoke.text == "invoke" && known_prefix =>
        {
            if !id.is_all(name) {
                judge.error("url/token-characters", id.span(), &[("service", "Teams")]);
            } else if id.text.len() != 32 || !id.is_all(|c| c.is_ascii_hexdigit()) {
                judge.warning("url/teams-workflow-id", id.span(), &[]);
            }
            if trigger.text != "manual" {
                judge.warning("url/teams-trigger", trigger.span(), &[]);
            }
        }
        _ => {
            let expected = [("expected", "/workflows/…/triggers/manual/paths/invoke")];
            judge.error("url/incomplete", url.path.span(), &expected);
        }
    }
    let query = url.query.map_or(url.path.span(), |query| query.span());
    match url.value("sig").filter(|sig| !sig.text.is_empty()) {
        None => judge.error("url/teams-no-signature", query.clone(), &[]),
        Some(sig) => {
            let bare = sig.text.trim_end_matches("%3D").trim_end_matches("%3d").trim_end_matches('=');
            if !bare.chars().all(name) {
                judge.error("url/token-characters", sig.span(), &[("service", "Teams")]);
            } else if bare.len() != 43 {
                let length = bare.len().to_string();
                judge.warning("url/token-length", sig.span(), &[("expected", "43"), ("found", &length)]);
            }
        }
    }
    if let Some(again) = url.doubled_name() {
        let name = NAMES.into_iter().find(|name| *name == again.text).unwrap_or("…");
        judge.error("url/doubled-name", again.span(), &[("name", name)]);
    }
    // The signature covers what stands in `sp`; a name that is missing or new tells that the URL was cut or typed.
    let odd = |(name, value): (Part<'_>, Part<'_>)| match name.text {
        "sp" => !value.text.eq_ignore_ascii_case("%2Ftriggers%2Fmanual%2Frun") && value.text != "/triggers/manual/run",
        "sv" => value.text != "1.0",
        "api-version" => !value.is_all(|c| c.is_ascii_alphanumeric() || c == '-'),
        name => !NAMES.contains(&name),
    };
    if url.pairs().any(odd) || NAMES.iter().any(|name| *name != "sig" && url.value(name).is_none()) {
        judge.warning("url/teams-query", query, &[]);
    }
}

/// `/webhookb2/UUID@UUID/IncomingWebhook/32 CHARACTERS/UUID`, and what newer ones have behind it.
fn is_connector_path(path: &[&str]) -> bool {
    match path {
        ["webhookb2" | "webhook", tenant, "IncomingWebhook", id, owner, ..] => {
            tenant.contains('@') && id.len() == 32 && owner.len() == 36
        }
        _ => false,
    }
}
