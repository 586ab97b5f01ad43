//! Reports about messages.

use std::ops::Range;

use serde::Serialize;

use super::finding::{ErrorConsequence, FindingReport, GapReport, HostError, error, findings, gaps};
use crate::finding::{Finding, without_overlaps};
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
    /// What nobody has confirmed about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_unsure: Option<String>,
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

/// `LookComparison` of the contract.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LookComparison {
    /// As in [`MessageReport`].
    pub status: &'static str,
    /// The text that is compared.
    pub text: Option<String>,
    /// Every chat, with the message as it draws it.
    pub chats: Vec<ChatLook>,
    /// What they draw differently.
    pub differences: Vec<LookDifference>,
    /// Whether nothing was left out.
    pub complete: bool,
}

/// One entry of `LookComparison.chats`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChatLook {
    /// The chat.
    pub service: &'static str,
    /// The message as it draws it; `null` when that is not known.
    pub look: Option<String>,
    /// What nobody has confirmed about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_unsure: Option<String>,
    /// Its size against the chat's limit.
    pub size: Option<MessageSize>,
}

/// One entry of `LookComparison.differences`.
#[derive(Debug, Clone, Serialize)]
pub struct LookDifference {
    /// First UTF-16 unit of the text.
    pub start: usize,
    /// The unit after the last.
    pub end: usize,
    /// How it is drawn, the commonest way first.
    pub ways: Vec<LookWay>,
}

/// One entry of `LookDifference.ways`.
#[derive(Debug, Clone, Serialize)]
pub struct LookWay {
    /// The styles; none when it is shown as it is written.
    pub styles: Vec<&'static str>,
    /// The same in words.
    pub label: String,
    /// The chats that draw it so.
    pub services: Vec<&'static str>,
}

/// How the chats draw the message of a report. `link` is the document's address.
pub(super) fn compared(report: Report, template: &str, link: Option<&str>, context: &Context) -> LookComparison {
    let from_server = report.from_server.clone();
    let MessageReport { status, text, .. } = self::report(report, template, context.language);
    let shown = text.as_deref().unwrap_or_default();
    let chats = services::SUPPORTED.map(|service| {
        let service = service.facts().name;
        let look = text.as_ref().and_then(|text| look::draw(service, text, &from_server, link, context));
        let look_unsure = look.as_ref().and_then(|_| look::unsure(service, shown, link, context));
        ChatLook { service: service.as_str(), look, look_unsure, size: size(service, shown, link, context) }
    });
    let comparison = look::compare::compare(shown);
    let offsets = Utf16Offsets::new(shown);
    let differences = comparison.differences.into_iter().map(|difference| {
        let Range { start, end } = offsets.range(&difference.span);
        let way = |way: look::compare::Way| LookWay {
            label: label(&way.styles, context.language),
            styles: way.styles.into_iter().map(look::compare::Style::as_str).collect(),
            services: way.services.into_iter().map(ServiceName::as_str).collect(),
        };
        LookDifference { start, end, ways: difference.ways.into_iter().map(way).collect() }
    });
    let differences = differences.collect();
    LookComparison { status, text, chats: chats.into(), differences, complete: comparison.complete }
}

/// The styles in words.
fn label(styles: &[look::compare::Style], language: Language) -> String {
    let words: Vec<String> =
        styles.iter().map(|style| language.say(&format!("style/{}", style.as_str()), &[])).collect();
    if words.is_empty() { language.say("style/plain", &[]) } else { words.join(", ") }
}

fn size(service: ServiceName, text: &str, link: Option<&str>, context: &Context) -> Option<MessageSize> {
    let (length, limit) = services::size(service, text, link, context)?;
    Some(MessageSize { length, max: limit.max, unit: super::chat::unit(limit) })
}

/// The report of the core, about `template`.
pub(super) fn report(report: Report, template: &str, language: Language) -> MessageReport {
    let mut remarks = report.findings;
    without_overlaps(&mut remarks);
    let mut answer = MessageReport {
        status: "exact",
        text: None,
        gaps: Vec::new(),
        error: None,
        findings: findings(remarks, template),
        reads: report.reads.into_iter().map(|read| FieldRead { field: read.field, empty: read.empty }).collect(),
        look: None,
        look_unsure: None,
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
fn said_once(service: ServiceName, findings: &mut Vec<Finding>, mut lints: Vec<Finding>) {
    let has = |findings: &[Finding], code: &str| findings.iter().any(|finding| finding.code == code);
    let takes_html = services::by_name(service).is_some_and(|service| service.facts().markup.html);
    if has(findings, "message/raw-html") {
        lints.retain(|lint| lint.code != "markup/value-has-html");
    }
    findings.retain(|finding| match finding.code {
        "message/empty" => !has(&lints, "markup/empty"),
        // Where HTML is read, nobody sees its comments.
        "message/html-comment" => !takes_html && !has(&lints, "markup/comment-stays"),
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
        Answer::Exact(text) => services::size(service, text, url, context).map(|(posted, _)| look::Rendered {
            text,
            posted,
            with_link: link.is_some(),
            signed: &report.signed,
        }),
        _ => None,
    };
    let lints = look::lints(service, template, rendered, context.language);
    said_once(service, &mut report.findings, lints);
    let from_server = report.from_server.clone();
    let mut answer = self::report(report, template, context.language);
    let Some(text) = &answer.text else { return answer };
    answer.look = look::draw(service, text, &from_server, url, context);
    answer.look_unsure = answer.look.as_ref().and_then(|_| look::unsure(service, text, url, context));
    answer.size = size(service, text, url, context);
    let address_is_known = link.as_ref().is_none_or(Option::is_some);
    if answer.status == "exact" && address_is_known && context.translations_known {
        answer.payload = services::payload(service, text, url, context);
    }
    answer
}
