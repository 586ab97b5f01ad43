//! Conditions: Python as the host's `safe_eval` runs it, evaluated, explained and checked.

pub mod ast;
mod characters;
mod closure;
#[cfg(test)]
mod corpus;
mod evaluate;
mod explain;
mod fstring;
mod lexer;
mod literals;
mod names;
mod parser;
mod refusal;
mod restricted;

use std::ops::Range;
use std::rc::Rc;

use crate::answer::Gap;
use crate::finding::Finding;
use crate::host::{self, Context, Document, Metas, blank};
use crate::language::Language;
use crate::python::{Exception, Object, Stop, Value, operators};
use crate::text;
use characters::Normalised;
use evaluate::Evaluator;
use parser::Failure;

/// The host's two ways of running a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Server scripts off: `eval` of one expression.
    Expression,
    /// Server scripts on: the body of a function.
    Block,
}

/// What the host would do with a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It has this value.
    Exact {
        /// `bool(value)`: would the notification fire.
        truth: bool,
        /// `repr(value)`
        repr: String,
        /// `type(value).__name__`
        type_name: String,
    },
    /// Only the server knows these expressions.
    Server(Vec<Gap>),
    /// This engine does not know these constructs.
    Unsupported(Vec<Gap>),
    /// It raises this.
    Error(Exception),
}

/// A part of the condition with the value it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its place, in bytes.
    pub span: Range<usize>,
    /// `repr()` of its value; a short mark where it was not evaluated.
    pub value: String,
    /// How many parts it stands in.
    pub depth: usize,
    /// Whether it settled the outcome.
    pub decided: bool,
}

/// All that is said about a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the host would do.
    pub answer: Answer,
    /// What to know or to mend.
    pub findings: Vec<Finding>,
    /// The parts, outermost first.
    pub explanation: Vec<Part>,
}

impl Report {
    fn unsupported(span: Range<usize>, reason: String) -> Self {
        let answer = Answer::Unsupported(vec![Gap { span, reason }]);
        Self { answer, findings: Vec::new(), explanation: Vec::new() }
    }
}

/// Which notification the condition belongs to, as far as the person has said.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether the condition is the filter editor's JSON (newer Frappe) instead of Python.
    pub filters: bool,
    /// Whether the host runs blocks; `None` when nobody knows, then both answers are compared.
    pub server_scripts: Option<bool>,
}

/// Evaluates a condition against a document.
pub fn check(source: &str, document: &Rc<Document>, context: &Rc<Context>, options: &Options) -> Report {
    let doc = Value::Object(Rc::clone(document) as Rc<dyn Object>);
    report(source, &doc, context, options)
}

/// Tries a condition as the host does when the Notification is saved: on a blank document, a plain dict.
pub fn validate(source: &str, metas: &Rc<Metas>, context: &Rc<Context>, options: &Options) -> Report {
    let doc = blank::document(metas, context);
    report(source, &doc, context, options)
}

fn report(source: &str, doc: &Value, context: &Rc<Context>, options: &Options) -> Report {
    let language = context.language;
    if options.filters {
        return Report::unsupported(
            0..source.len(),
            language.say("condition/unsupported", &[("construct", "Filters")]),
        );
    }
    match options.server_scripts.or(context.server_scripts) {
        Some(false) => run(source, doc, context, Mode::Expression),
        Some(true) => run(source, doc, context, Mode::Block),
        None => {
            let off = run(source, doc, context, Mode::Expression);
            let on = run(source, doc, context, Mode::Block);
            if same_answer(&off.answer, &on.answer) {
                return off;
            }
            let reason = language.say("condition/depends-on-server-scripts", &[]);
            Report { answer: Answer::Server(vec![Gap { span: 0..source.len(), reason }]), ..off }
        }
    }
}

/// Whether a person would call it one answer: line numbers in the words of an error differ between the two ways.
fn same_answer(off: &Answer, on: &Answer) -> bool {
    match (off, on) {
        (Answer::Error(off), Answer::Error(on)) => off.kind == on.kind,
        (off, on) => off == on,
    }
}

fn run(source: &str, doc: &Value, context: &Rc<Context>, mode: Mode) -> Report {
    let language = context.language;
    if source.is_empty() {
        // Without a condition the host sends.
        let answer = Answer::Exact { truth: true, repr: String::from("True"), type_name: String::from("bool") };
        return Report { answer, findings: Vec::new(), explanation: Vec::new() };
    }
    let normalised = match mode {
        Mode::Expression => match Normalised::nfkc(source) {
            Ok(normalised) => normalised,
            Err(span) => {
                let character = text::slice(source, span.clone()).chars().next().map(text::visible).unwrap_or_default();
                return Report::unsupported(span, language.say("condition/character", &[("found", &character)]));
            }
        },
        Mode::Block => Normalised::unchanged(source),
    };
    let expr = match parser::parse(&normalised.text) {
        Ok(expr) => expr,
        Err(failure) => return refused(failure, &normalised, mode, language),
    };
    let names_context = Rc::clone(context);
    let doc = doc.clone();
    let scripts = mode == Mode::Block;
    let names = Box::new(move |name: &str| host::names::in_condition(&names_context, &doc, name, scripts));
    let evaluator = Evaluator::new(mode, names);
    let outcome = restricted::allow(&expr, &normalised.text, mode).and_then(|()| evaluator.run(&expr));
    let answer = outcome.and_then(|value| {
        let truth = operators::truth(&value)?;
        let (repr, type_name) = explain::value_and_type(&value, &evaluator)?;
        Ok(Answer::Exact { truth, repr, type_name })
    });
    let gap = evaluator.gap.borrow().clone().unwrap_or(0..normalised.text.len());
    let gap = |reason: String| vec![Gap { span: normalised.original(&gap), reason }];
    let answer = answer.unwrap_or_else(|stop| match stop {
        Stop::Raise(exception) => Answer::Error(Exception {
            span: exception.span.as_ref().map(|span| normalised.original(span)),
            ..*exception
        }),
        Stop::Server(key) => Answer::Server(gap(language.say(key, &[]))),
        Stop::Unsupported(construct) => {
            Answer::Unsupported(gap(language.say("condition/unsupported", &[("construct", &construct)])))
        }
        Stop::Limit(key) => Answer::Unsupported(gap(language.say(key, &[]))),
    });
    let mut explanation = explain::parts(&expr, &evaluator, language);
    for part in &mut explanation {
        part.span = normalised.original(&part.span);
    }
    if evaluator.happened.borrow().is_empty() {
        // It was refused before it ran.
        explanation.clear();
    }
    evaluator.happened.borrow_mut().clear();
    Report { answer, findings: Vec::new(), explanation }
}

/// The answer about a text without a tree.
fn refused(failure: Failure, normalised: &Normalised, mode: Mode, language: Language) -> Report {
    let unsupported = |span: Range<usize>, reason: String| Report::unsupported(normalised.original(&span), reason);
    match failure {
        Failure::Fault(fault) if mode == Mode::Expression || fault.is_final() => {
            let exception = Exception {
                kind: fault.kind,
                message: fault.message.unwrap_or_default(),
                span: Some(normalised.original(&fault.span)),
            };
            Report { answer: Answer::Error(exception), findings: Vec::new(), explanation: Vec::new() }
        }
        Failure::Fault(fault) => unsupported(fault.span, language.say("condition/block", &[])),
        Failure::Unknown(construct, span) => {
            unsupported(span, language.say("condition/unsupported", &[("construct", &construct)]))
        }
        Failure::Limit(key, span) => unsupported(span, language.say(key, &[])),
        Failure::Stuck => unsupported(0..normalised.text.len(), language.say("condition/block", &[])),
    }
}
