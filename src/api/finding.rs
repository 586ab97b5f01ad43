//! Findings, gaps and errors as the page reads them: with UTF-16 offsets.

use serde::Serialize;

use crate::answer::{Gap, Question};
use crate::finding::{Finding, Severity};
use crate::python::Exception;
use crate::text::{Utf16Offsets, line_of, slice};

/// `Finding` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingReport {
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// Stable name.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// First UTF-16 unit of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The unit after the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// A replacement that a click applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FindingFix>,
}

/// `Finding.fix` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingFix {
    /// What the button says.
    pub label: String,
    /// First UTF-16 unit that goes away.
    pub start: usize,
    /// The unit after the last that goes away.
    pub end: usize,
    /// What takes their place.
    pub text: String,
}

/// `Gap` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GapReport {
    /// The expression, as written.
    pub expression: String,
    /// Why it is not known.
    pub reason: String,
    /// First UTF-16 unit of the expression.
    pub start: usize,
    /// The unit after it.
    pub end: usize,
    /// What the page may ask the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// When the server answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<GapAnswer>,
}

/// `Gap.answer` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GapAnswer {
    /// Wall clock.
    pub asked_at: String,
}

/// `HostError` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostError {
    /// Python's name of the exception.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `str(exception)`
    pub message: String,
    /// 1-based line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// First UTF-16 unit of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The unit after the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// What the host does with it; told for messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consequence: Option<ErrorConsequence>,
}

/// `HostError.consequence` of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorConsequence {
    /// `dialog`, `refused-at-save` or `silent`
    pub code: &'static str,
    /// One sentence.
    pub message: String,
}

/// Findings about `text`.
pub(super) fn findings(findings: Vec<Finding>, text: &str) -> Vec<FindingReport> {
    let offsets = Utf16Offsets::new(text);
    findings
        .into_iter()
        .map(|finding| {
            let span = finding.span.map(|span| offsets.range(&span));
            FindingReport {
                severity: match finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Info => "info",
                },
                code: finding.code,
                message: finding.message,
                start: span.as_ref().map(|span| span.start),
                end: span.map(|span| span.end),
                fix: finding.fix.map(|fix| {
                    let span = offsets.range(&fix.span);
                    FindingFix { label: fix.label, start: span.start, end: span.end, text: fix.text }
                }),
            }
        })
        .collect()
}

/// Gaps in `text`.
pub(super) fn gaps(gaps: Vec<Gap>, text: &str) -> Vec<GapReport> {
    let offsets = Utf16Offsets::new(text);
    gaps.into_iter()
        .map(|Gap { span, reason, question, asked_at }| {
            let place = offsets.range(&span);
            GapReport {
                expression: slice(text, span).to_owned(),
                reason,
                start: place.start,
                end: place.end,
                question,
                answer: asked_at.map(|asked_at| GapAnswer { asked_at }),
            }
        })
        .collect()
}

/// An exception raised by `text`.
pub(super) fn error(exception: Exception, text: &str) -> HostError {
    let offsets = Utf16Offsets::new(text);
    let place = exception.span.as_ref().map(|span| offsets.range(span));
    HostError {
        kind: exception.kind,
        message: exception.message,
        line: exception.span.map(|span| line_of(text, span.start)),
        start: place.as_ref().map(|place| place.start),
        end: place.map(|place| place.end),
        consequence: None,
    }
}
