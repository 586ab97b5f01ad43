//! Reports about messages.

use std::ops::Range;

use serde::Serialize;

use super::finding::{ErrorConsequence, FindingReport, GapReport, HostError, error, findings, gaps};
use crate::finding::Finding;
use crate::host::Context;
use crate::language::Language;
use crate::look;
use crate::message::consequence::{self, Consequence};
use crate::message::{Answer, Report};
use crate::python::Exception;
use crate::services::{self, ServiceName};
use crate::text::Utf16Offsets;

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
    /// The parts of the text that answers of the server made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from_server: Vec<TextPart>,
    /// Its size against the chat's limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<MessageSize>,
}

/// One entry of `MessageReport.fromServer`.
#[derive(Debug, Clone, Serialize)]
pub struct TextPart {
    /// First UTF-16 unit of the text.
    pub start: usize,
    /// The unit after the last.
    pub end: usize,
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
pub(super) fn report(report: Report, template: &str, language: Language) -> MessageReport {
    let mut answer = MessageReport {
        status: "exact",
        text: None,
        gaps: Vec::new(),
        error: None,
        findings: findings(report.findings, template),
        reads: report.reads.into_iter().map(|read| FieldRead { field: read.field, empty: read.empty }).collect(),
        look: None,
        payload: None,
        from_server: Vec::new(),
        size: None,
    };
    match report.answer {
        Answer::Exact(text) => answer.text = Some(text),
        Answer::Server { text, gaps: unknown } => {
            answer.status = "server";
            answer.from_server = parts(&text, &report.from_server);
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
            let consequence = Some(consequence(&exception, template, language));
            answer.error = Some(HostError { consequence, ..error(exception, template) });
        }
    }
    answer
}

/// Adds what a chat's dialect has to say. Where both speak of the same, the one that knows more is kept.
fn said_once(findings: &mut Vec<Finding>, mut lints: Vec<Finding>) {
    let has = |findings: &[Finding], code: &str| findings.iter().any(|finding| finding.code == code);
    if has(findings, "message/raw-html") {
        lints.retain(|lint| lint.code != "markup/value-has-html");
    }
    findings.retain(|finding| match finding.code {
        "message/empty" => !has(&lints, "markup/empty"),
        "message/html-comment" => !has(&lints, "markup/comment-stays"),
        _ => true,
    });
    findings.append(&mut lints);
}

fn parts(text: &str, ranges: &[Range<usize>]) -> Vec<TextPart> {
    let offsets = Utf16Offsets::new(text);
    let part = |range| {
        let Range { start, end } = offsets.range(range);
        TextPart { start, end }
    };
    ranges.iter().map(part).collect()
}

fn consequence(exception: &Exception, template: &str, language: Language) -> ErrorConsequence {
    let code = match consequence::of(exception) {
        Consequence::Dialog => "dialog",
        Consequence::RefusedAtSave => "refused-at-save",
        Consequence::Silent => "silent",
    };
    ErrorConsequence { code, message: consequence::sentence(exception, template, language) }
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
    let url = link.as_ref().and_then(Option::as_deref);
    let rendered = match &report.answer {
        Answer::Exact(text) => services::size(service, text, url, context).map(|(length, _)| (text.as_str(), length)),
        _ => None,
    };
    let lints = look::lints(service, template, rendered, context.language);
    said_once(&mut report.findings, lints);
    let from_server = report.from_server.clone();
    let mut answer = self::report(report, template, context.language);
    let Some(text) = &answer.text else { return answer };
    answer.look = look::draw(service, text, &from_server, url, context);
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
