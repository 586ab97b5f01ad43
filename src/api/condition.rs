//! Reports about conditions.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::finding::{FindingReport, GapReport, HostError, error, findings, gaps};
use super::input::ConditionKind;
use crate::condition::{Answer, Prepared, Replayed, Report};
use crate::finding::{Finding, Severity};
use crate::python::Exception;
use crate::text::{Utf16Offsets, slice};

/// `ConditionReport` of the contract.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionReport {
    /// `exact`, `server`, `unsupported` or `error`
    pub status: &'static str,
    /// Truth of the value.
    pub outcome: Option<bool>,
    /// `repr()` of the value; of one that is longer than 4,000 characters these, and “…”.
    pub value: Option<String>,
    /// Name of its type.
    pub value_type: Option<String>,
    /// What the host raises.
    pub error: Option<HostError>,
    /// What is not known.
    pub gaps: Vec<GapReport>,
    /// What to know or to mend.
    pub findings: Vec<FindingReport>,
    /// The parts, outermost first.
    pub explanation: Vec<ConditionPart>,
    /// The Python condition that says what the filters say.
    pub as_python: Option<String>,
    /// Whether `as_python` says what was meant by an operator that the host does not evaluate, and not the same.
    pub as_python_is_meant: bool,
    /// Codes of the findings that say how it may raise on another document, and thereby block its save.
    pub may_raise: Vec<&'static str>,
}

/// One entry of `ConditionReport.explanation`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionPart {
    /// The part as written.
    pub expression: String,
    /// Its live value.
    pub value: String,
    /// First UTF-16 unit.
    pub start: usize,
    /// The unit after it.
    pub end: usize,
    /// How many parts it stands in.
    pub depth: usize,
    /// Whether it settled the outcome.
    pub decided: bool,
    /// Whether it was evaluated: what a short circuit leaves out is not.
    pub evaluated: bool,
}

/// `ReplayReport` of the contract.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplayReport {
    /// Indices of the documents for which the notification would have fired.
    pub fired: Vec<usize>,
    /// Those for which it would not.
    pub not_fired: Vec<usize>,
    /// Those whose save it would have blocked.
    pub errors: Vec<ReplayError>,
    /// Those that cannot be told.
    pub unknown: Vec<usize>,
    /// Why it would not have fired, the commonest reason first.
    pub reasons: Vec<ReplayReason>,
}

/// One entry of `ReplayReport.reasons`: a part of the condition that did not hold.
#[derive(Debug, Clone, Serialize)]
pub struct ReplayReason {
    /// The part as written.
    pub expression: String,
    /// First UTF-16 unit.
    pub start: usize,
    /// The unit after it.
    pub end: usize,
    /// For how many documents it decided.
    pub count: usize,
    /// Index of the first of them.
    pub example: usize,
}

/// Options of a replay: those of a condition, and which documents.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplayOptions {
    /// Python when it is not given.
    #[serde(rename = "type")]
    pub kind: Option<ConditionKind>,
    /// Whether blocks run.
    pub server_scripts: Option<bool>,
    /// Index of the first document.
    pub from: Option<usize>,
    /// How many documents.
    pub count: Option<usize>,
}

/// A condition on the documents of these indices.
pub(super) fn replay(source: &str, indices: Range<usize>, prepared: &Prepared<'_>) -> ReplayReport {
    let offsets = Utf16Offsets::new(source);
    let mut replay = ReplayReport::default();
    let mut reasons: Vec<(Range<usize>, ReplayReason)> = Vec::new();
    // Most documents that fail fail alike.
    let mut last: Option<(Exception, HostError)> = None;
    for index in indices {
        match prepared.ask(index) {
            Some(Replayed::Known(true, ..)) => replay.fired.push(index),
            Some(Replayed::Known(false, decided, text)) => {
                replay.not_fired.push(index);
                match reasons.iter_mut().find(|(span, _)| *span == decided) {
                    Some((_, reason)) => reason.count += 1,
                    None => {
                        let place = offsets.range(&decided);
                        let expression = text.unwrap_or_else(|| slice(source, decided.clone()).to_owned());
                        let (start, end) = (place.start, place.end);
                        reasons.push((decided, ReplayReason { expression, start, end, count: 1, example: index }));
                    }
                }
            }
            Some(Replayed::Error(exception)) => {
                let error = match &last {
                    Some((known, error)) if *known == exception => error.clone(),
                    _ => {
                        let error = error(exception.clone(), source);
                        last = Some((exception, error.clone()));
                        error
                    }
                };
                replay.errors.push(ReplayError { index, error });
            }
            Some(Replayed::Unknown) => replay.unknown.push(index),
            None => {}
        }
    }
    replay.reasons = reasons.into_iter().map(|(_, reason)| reason).collect();
    replay.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    replay
}

/// One entry of `ReplayReport.errors`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplayError {
    /// Index of the document.
    pub index: usize,
    /// What the host raises.
    pub error: HostError,
}

/// The code of a finding that tells of an error at run time.
fn raises(finding: &Finding) -> Option<&'static str> {
    match (finding.code, finding.severity) {
        ("condition/unset-field" | "condition/unset-rows" | "condition/unset-text" | "condition/zero-divisor", _) => {
            Some(finding.code)
        }
        // Of a field that reads as None nothing is raised.
        ("condition/unknown-field", severity) if severity != Severity::Error => None,
        (
            "condition/augmented-assignment"
            | "condition/bare-field"
            | "condition/bitwise-operator"
            | "condition/builtin-missing"
            | "condition/date-compared-with-moment"
            | "condition/date-compared-with-text"
            | "condition/date-difference"
            | "condition/date-without-quotes"
            | "condition/filter-like-cast"
            | "condition/filter-list-cast"
            | "condition/filter-never-cast"
            | "condition/filter-operator"
            | "condition/filter-shape"
            | "condition/hidden-in-loop"
            | "condition/item-of-document"
            | "condition/number-ordered-with-text"
            | "condition/text-compared-with-date"
            | "condition/unknown-field"
            | "condition/unknown-name"
            | "condition/unknown-tool"
            | "condition/wrong-kind",
            Severity::Error,
        ) => Some(finding.code),
        _ => None,
    }
}

/// A value's repr up to the characters that the host's corpus keeps: nobody reads on, and a page holds every report.
fn cut(mut repr: String) -> String {
    const LONGEST: usize = 4000;
    if let Some((end, _)) = repr.char_indices().nth(LONGEST) {
        repr.truncate(end);
        repr.push('…');
    }
    repr
}

/// The report of the core, about `source`.
pub(super) fn report(report: Report, source: &str) -> ConditionReport {
    let offsets = Utf16Offsets::new(source);
    let mut may_raise: Vec<&'static str> = report.findings.iter().filter_map(raises).collect();
    let mut known = std::collections::HashSet::new();
    may_raise.retain(|code| known.insert(*code));
    let mut answer = ConditionReport {
        status: "exact",
        outcome: None,
        value: None,
        value_type: None,
        error: None,
        gaps: Vec::new(),
        findings: findings(report.findings, source),
        explanation: report
            .explanation
            .into_iter()
            .map(|part| {
                let place = offsets.range(&part.span);
                ConditionPart {
                    expression: part.text.unwrap_or_else(|| slice(source, part.span).to_owned()),
                    value: part.value,
                    start: place.start,
                    end: place.end,
                    depth: part.depth,
                    decided: part.decided,
                    evaluated: part.evaluated,
                }
            })
            .collect(),
        as_python_is_meant: report.python.as_ref().is_some_and(|offer| !offer.same),
        as_python: report.python.map(|offer| offer.text),
        may_raise,
    };
    match report.answer {
        Answer::Exact { truth, repr, type_name } => {
            answer.outcome = Some(truth);
            answer.value = repr.map(cut);
            answer.value_type = Some(type_name);
        }
        Answer::Server(unknown) => {
            answer.status = "server";
            answer.gaps = gaps(unknown, source);
        }
        Answer::Unsupported(unknown) => {
            answer.status = "unsupported";
            answer.gaps = gaps(unknown, source);
        }
        Answer::Error(exception) => {
            answer.status = "error";
            answer.error = Some(error(exception, source));
        }
    }
    answer
}
