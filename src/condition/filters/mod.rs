//! "Filters" conditions: the JSON list of the filter editor (newer Frappe), evaluated as the host's `evaluate_filters`
//! does it.
//!
//! The filters are a conjunction: the host reads them one by one and stops at the first that does not hold, so a later
//! one cannot raise. Each comparison is an evalexpr expression over both sides, cast by fieldtype first.

mod compare;
mod contradictions;
mod explain;
mod findings;
mod formula;
mod pitfalls;
mod readable;
mod rows;
mod since_16;

use std::ops::Range;

use super::{Answer, Offer, Report};
use crate::answer::Gap;
use crate::finding::{Finding, Severity};
use crate::host::{Flavour, Metas};
use crate::language::Language;
use crate::limits;
use crate::python::json::read::{self, Fault, Node};
use crate::python::{Budget, Exception, Outcome, Stop, Value};
use compare::{Compared, Ground};
use rows::Entry;

/// A filter with what happened to it.
struct Tried {
    entry: Entry,
    /// `None` when a filter before it has decided.
    compared: Option<Outcome<Compared>>,
}

/// What the filters are tried on.
pub struct Trial<'a> {
    /// The document, or the blank one.
    pub doc: &'a Value,
    /// Its doctypes.
    pub metas: &'a Metas,
    /// The site and the person.
    pub context: &'a std::rc::Rc<crate::host::Context>,
    /// Whether it is the document and not the blank one of a save.
    pub is_document: bool,
}

/// All that is said about the filters of a text.
pub fn report(text: &str, trial: &Trial<'_>) -> Report {
    let language = trial.context.language;
    let doctype = trial.metas.main().map_or("", |main| main.name.as_str());
    if text.is_empty() {
        // Without filters the host sends.
        return Report::new(exact(true));
    }
    if text.len() > limits::CONDITION_BYTES {
        return unreadable(&Fault::Unknown("limit/length", 0), text, (language, doctype));
    }
    let node = match read::read(text) {
        Ok(node) => node,
        Err(fault) => return unreadable(&fault, text, (language, doctype)),
    };
    let ground = Ground { doc: trial.doc, metas: trial.metas, context: trial.context, budget: Budget::default() };
    let (tried, outcome) = evaluate(&node, &ground);
    let newer = (trial.context.flavour == Flavour::Frappe).then(|| newer(&node, &tried, &ground));
    let (answer, both) = settle(outcome, newer, 0..text.len(), language);
    let subject = findings::Subject { text, tried: &tried, ground: &ground, answer: &answer, language };
    let mut findings = findings::find(&subject, trial.is_document);
    if let Some(message) = both {
        findings.insert(0, Finding::new(Severity::Warning, "condition/filter-version", message));
    }
    let explanation = explain::parts(text, &tried, &answer, language);
    let python = python(&tried, &ground);
    Report { answer, findings, explanation, python }
}

fn exact(truth: bool) -> Answer {
    let repr = String::from(if truth { "True" } else { "False" });
    Answer::Exact { truth, repr: Some(repr), type_name: String::from("bool") }
}

/// Reads and compares one filter after the other, up to the first that does not hold.
fn evaluate(node: &Node, ground: &Ground<'_>) -> (Vec<Tried>, Outcome<bool>) {
    let mut outcome = Ok(true);
    let mut tried = Vec::new();
    for entry in rows::rows(node, ground.context) {
        if outcome != Ok(true) {
            tried.push(Tried { entry, compared: None });
            continue;
        }
        let compared = entry.row.clone().and_then(|row| ground.filter(&row));
        outcome = match &compared {
            Ok(compared) => compared.holds.clone(),
            Err(stop) => Err(stop.clone()),
        };
        outcome = outcome.map_err(|stop| stop.at(entry.span.clone()));
        tried.push(Tried { entry, compared: Some(compared) });
    }
    (tried, outcome)
}

/// What Frappe 16 answers.
fn newer(node: &Node, tried: &[Tried], ground: &Ground<'_>) -> Outcome<bool> {
    let rows = tried.iter().map(|tried| match (&tried.entry.row, tried.entry.ignored.is_empty()) {
        (Ok(row), true) => Ok(row.clone()),
        _ => Err(Stop::Server("server/version")),
    });
    since_16::evaluate(node, &rows.collect::<Outcome<Vec<_>>>()?, ground)
}

/// One answer of two hosts, and what to say when they do not agree.
fn settle(
    outcome: Outcome<bool>,
    newer: Option<Outcome<bool>>,
    span: Range<usize>,
    language: Language,
) -> (Answer, Option<String>) {
    let older = answer(outcome, span.clone(), language);
    let Some(newer) = newer.map(|newer| answer(newer, span.clone(), language)) else { return (older, None) };
    if older == newer || matches!(older, Answer::Server(_) | Answer::Unsupported(_)) {
        return (older, None);
    }
    let both = [("older", older.in_short()), ("newer", newer.in_short())];
    let both: Vec<(&str, &str)> = both.iter().map(|(name, answer)| (*name, answer.as_str())).collect();
    let message = language.say("condition/filter-version", &both);
    (Answer::Server(vec![Gap::new(span, language.say("server/version", &[]))]), Some(message))
}

fn answer(outcome: Outcome<bool>, span: Range<usize>, language: Language) -> Answer {
    match outcome {
        Ok(truth) => exact(truth),
        Err(stop) => super::stopped(stop, span, language),
    }
}

/// The answer about a text that is no JSON.
fn unreadable(fault: &Fault, text: &str, (language, doctype): (Language, &str)) -> Report {
    match *fault {
        Fault::Unknown(key, at) => {
            let span = at..text.len();
            let mut report = Report::unsupported(span, language.say(key, &[]));
            let why = language.say("condition/limit", &[("why", &language.say(key, &[]))]);
            report.findings.push(Finding::new(Severity::Error, key, why));
            report
        }
        Fault::Refused(words, at) => {
            let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
            let error = Exception {
                kind: "json.decoder.JSONDecodeError",
                message: read::message(words, text, at),
                span: Some(at..end),
            };
            let mut report = Report::new(Answer::Error(error));
            report.findings.push(findings::malformed(words, text, at..end, (language, doctype)));
            report
        }
    }
}

/// The Python condition that says the same as all filters together, or what they were meant to say.
fn python(tried: &[Tried], ground: &Ground<'_>) -> Option<Offer> {
    let mut terms = Vec::new();
    let mut same = true;
    let main = ground.metas.main().map(|main| main.name.as_str());
    for tried in tried {
        let row = tried.entry.row.as_ref().ok()?;
        // The rows of a table are meant, and the host does not look into them.
        if row.names_doctype() && row.doctype.as_ref().and_then(|doctype| doctype.text()) != main {
            return None;
        }
        if let Some(text) = readable::set_or_not(row) {
            same = false;
            terms.push(text);
            continue;
        }
        // A filter that was not compared yet is compared for its types.
        let compared = match &tried.compared {
            Some(Ok(compared)) => compared.clone(),
            _ => ground.filter(row).ok()?,
        };
        let (text, is_same) = readable::python(row, &compared, &ground.get(compare::fieldname(row).ok()?).ok()?)?;
        same &= is_same;
        terms.push(text);
    }
    if terms.is_empty() { None } else { Some(Offer { text: terms.join(" and "), same }) }
}
