//! Reports about messages.

use serde::Serialize;

use super::finding::{FindingReport, GapReport, HostError, error, findings, gaps};
use crate::host::Context;
use crate::look;
use crate::message::{Answer, Report};
use crate::services::{self, ServiceName};

/// `MessageReport` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageReport {
    /// `exact`, `server`, `unsupported` or `error`
    pub status: &'static str,
    /// What is sent, or the rest with a mark for each gap.
    pub text: Option<String>,
    /// What is not known.
    pub gaps: Vec<GapReport>,
    /// What the host raises.
    pub error: Option<HostError>,
    /// What to know or to mend.
    pub findings: Vec<FindingReport>,
    /// Fields that the template reads.
    pub reads: Vec<FieldRead>,
    /// The message as the chat draws it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look: Option<String>,
    /// The HTTP body that the host posts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Its size against the chat's limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<MessageSize>,
}

/// One entry of `MessageReport.reads`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldRead {
    /// Its fieldname.
    pub field: String,
    /// Whether it is empty on this document.
    pub empty: bool,
}

/// `MessageReport.size` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageSize {
    /// Length of the text.
    pub length: usize,
    /// The longest that the chat takes.
    pub max: usize,
    /// `characters` or `bytes`
    pub unit: &'static str,
}

/// The report of the core, about `template`.
pub(super) fn report(report: Report, template: &str) -> MessageReport {
    let mut answer = MessageReport {
        status: "exact",
        text: None,
        gaps: Vec::new(),
        error: None,
        findings: findings(report.findings, template),
        reads: report.reads.into_iter().map(|read| FieldRead { field: read.field, empty: read.empty }).collect(),
        look: None,
        payload: None,
        size: None,
    };
    match report.answer {
        Answer::Exact(text) => answer.text = Some(text),
        Answer::Server { text, gaps: unknown } => {
            answer.status = "server";
            answer.text = Some(text);
            answer.gaps = gaps(unknown, template);
        }
        Answer::Unsupported { text, gaps: unknown } => {
            answer.status = "unsupported";
            answer.text = text;
            answer.gaps = gaps(unknown, template);
        }
        Answer::Error(exception) => {
            answer.status = "error";
            answer.error = Some(error(exception, template));
        }
    }
    answer
}

/// The report with what the chat makes of the message. `link` is the document's address when the host adds one: the inner
/// `None` says that only the server knows it yet, and then there is no exact body.
pub(super) fn report_for(
    service: ServiceName,
    mut report: Report,
    template: &str,
    link: &Option<Option<String>>,
    context: &Context,
) -> MessageReport {
    let rendered = match &report.answer {
        Answer::Exact(text) => Some(text.as_str()),
        _ => None,
    };
    report.findings.extend(look::lints(service, template, rendered, context.language));
    let mut answer = self::report(report, template);
    let Some(text) = &answer.text else { return answer };
    let url = link.as_ref().and_then(Option::as_deref);
    answer.look = look::draw(service, text, url, context);
    answer.size = services::size(service, text, url, context).map(|(length, limit)| MessageSize {
        length,
        max: limit.max,
        unit: super::chat::unit(limit),
    });
    let address_is_known = link.as_ref().is_none_or(Option::is_some);
    if answer.status == "exact" && address_is_known && context.translations_known {
        answer.payload = services::payload(service, text, url, context);
    }
    answer
}
