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
//! About 28 kB for the whole body.
//!
//! # Answers
//! 202 without a body: the flow has it, which is no proof of a post. Old connectors answer 200 with `1`, and failures as 200
//! with a sentence.
//!
//! # Markup
//! A subset of Markdown; not drawn.
//!
//! # Source
//! services.md 6; apprise `workflows.py`, shoutrrr `teams_validation.go`.

use serde_json::{Value as Json, json};

use super::{
    Answer, ChatService, Entities, Everybody, Facts, Form, HostWords, Limit, Marks, Markup, Readable, ServiceName, Unit,
};
use crate::look::tree::Block;
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::Parts;

/// See the module.
#[derive(Debug)]
pub struct Teams;

static FACTS: Facts = Facts {
    name: ServiceName::Teams,
    example: "https://default00000000.00.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/00000000000000000000000000000000/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    setup: &["setup/teams-1", "setup/teams-2", "setup/teams-3"],
    limit: Limit { max: 28_000, unit: Unit::Bytes },
    in_dodock: false,
    markup: Markup {
        bold: Marks::Double,
        strike: Marks::None,
        markdown_links: true,
        angle_links: false,
        headings: 0,
        tables: false,
        entities: Entities::All,
        everybody: Everybody::Nobody,
        joins_lines: false,
        slack_mentions: false,
    },
    readable: Readable::Unknown,
};

fn is_workflow_host(url: &Parts<'_>) -> bool {
    url.host_under("environment.api.powerplatform.com") || is_old_workflow_host(url)
}

fn is_old_workflow_host(url: &Parts<'_>) -> bool {
    url.host.text.to_ascii_lowercase().contains(".logic.azure.")
}

fn is_connector_host(url: &Parts<'_>) -> bool {
    ["webhook.office.com", "outlook.office.com", "outlook.office365.com"].iter().any(|domain| url.host_under(domain))
}

impl ChatService for Teams {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognises(&self, url: &Parts<'_>) -> bool {
        let pages = url.host_is(&["teams.microsoft.com", "make.powerautomate.com", "teams.live.com"]);
        let workflow = is_workflow_host(url) && url.path.text.contains("/workflows/");
        workflow || is_connector_host(url) || pages
    }

    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str> {
        url.value("sig").map(|sig| sig.text).or_else(|| url.segments().last().map(|part| part.text))
    }

    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>) {
        let host = url.host.span();
        if is_workflow_host(url) {
            if !url.path.text.contains("/workflows/") || !url.path.text.trim_end_matches('/').ends_with("/paths/invoke")
            {
                judge.error("url/incomplete", url.path.span(), &[("expected", "/workflows/…/paths/invoke")]);
            }
            if url.value("sig").is_none_or(|sig| sig.text.is_empty()) {
                judge.error("url/teams-no-signature", url.query.map_or(url.path.span(), |query| query.span()), &[]);
            }
            if is_old_workflow_host(url) {
                judge.warning("url/teams-old-workflow", host, &[]);
            }
        } else if is_connector_host(url) {
            if url.path.text.contains("/IncomingWebhook/") {
                judge.warning("url/teams-connector", host, &[]);
            } else {
                judge.error("url/incomplete", url.path.span(), &[("expected", "/webhookb2/…/IncomingWebhook/…")]);
            }
        } else {
            let code = match url.host.text {
                "teams.microsoft.com" | "teams.live.com" => "url/channel-page",
                "make.powerautomate.com" => "url/settings-page",
                _ => "url/host",
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

    fn parse(&self, _posted_text: &str) -> Option<Vec<Block>> {
        None
    }
}
