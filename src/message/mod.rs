//! Messages: Jinja templates as the host's sandbox renders them.
//!
//! Jinja2 compiles a template to Python, so its values, operators and errors are Python's: `7 // -2`, `None < 1`, `1/3`,
//! the text of an undefined name. MiniJinja's expressions are its own. So MiniJinja is used for what it does as Jinja2
//! does, splitting the text into tokens ([`tokens`]); Jinja2's grammar with its error words ([`parser`], [`statements`],
//! [`check`]) makes a tree ([`ast`]) of them, and [`render()`] walks the tree over [`crate::python`]'s values.
//!
//! What is not known leaves a gap, and the rest is rendered around it ([`render`](mod@render)).

pub mod answers;
pub mod ast;
pub mod blocks;
pub mod callables;
pub mod check;
pub mod consequence;
pub mod environment;
pub mod expression;
pub mod filters;
pub mod findings;
pub mod formatter;
pub mod guards;
pub mod iteration;
pub mod literals;
pub mod loop_object;
pub mod macros;
mod marked_parts;
pub mod mentions;
mod nested;
pub mod normalised;
pub mod odd;
mod parameters;
pub mod parser;
pub mod reads;
pub mod render;
pub mod sandbox;
pub mod scope;
pub mod statements;
pub mod stream;
pub mod syntax_error;
pub mod tests;
pub mod tokens;
pub mod undefined;
pub mod walk;

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod limit_tests;

use std::ops::Range;
use std::rc::Rc;

use crate::answer::Gap;
use crate::finding::{Finding, Severity};
use crate::host::document::Slot;
use crate::host::functions::format::date::{Style, datetime};
use crate::host::{Context, Document, look_up};
use crate::limits;
use crate::python::{Budget, Exception, Outcome, Stop, Value};
use crate::text;

use normalised::Normalised;
use odd::{OddPrint, SignedValue};
use render::Renderer;
use syntax_error::Refusal;

/// What the host would do with a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It sends this text.
    Exact(String),
    /// It sends a text of which only the server knows these parts; `text` has a visible mark in their places.
    Server {
        /// The rest.
        text: String,
        /// What only the server knows.
        gaps: Vec<Gap>,
    },
    /// It sends a text of which this engine does not know these parts.
    Unsupported {
        /// The rest.
        text: Option<String>,
        /// What the engine does not know.
        gaps: Vec<Gap>,
    },
    /// It raises this.
    Error(Exception),
}

/// A field that the template reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its fieldname.
    pub field: String,
    /// Whether it is empty on this document.
    pub empty: bool,
}

/// All that is said about a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the host would do.
    pub answer: Answer,
    /// What to know or to mend.
    pub findings: Vec<Finding>,
    /// What it reads.
    pub reads: Vec<Read>,
    /// The bytes of the text that answers of the server made.
    pub from_server: Vec<Range<usize>>,
    /// The values with signs that it writes.
    pub signed: Vec<SignedValue>,
}

impl Default for Inputs {
    fn default() -> Self {
        Self { comments: Value::None, alert: Value::None, answers: Rc::default() }
    }
}

impl Report {
    /// An answer with nothing else to say.
    fn of(answer: Answer) -> Self {
        Self { answer, findings: Vec::new(), reads: Vec::new(), from_server: Vec::new(), signed: Vec::new() }
    }
}

/// What the template sees besides the document.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The template's `comments`: `None` or a list of dicts.
    pub comments: Value,
    /// The template's `alert`: the Notification itself.
    pub alert: Value,
    /// What the page has asked the server.
    pub answers: Rc<Vec<look_up::Answer>>,
}

/// Renders a template for a document.
pub fn render(template: &str, document: &Rc<Document>, inputs: &Inputs, context: &Rc<Context>) -> Report {
    if template.len() > limits::TEMPLATE_BYTES {
        return stopped(Stop::Limit("limit/length"), 0..template.len(), context);
    }
    let normalised = Normalised::new(template);
    let place = |span: Range<usize>| normalised.original_range(span);
    let parsed = parse(&normalised.text);
    let raw = findings::Raw { source: template, context };
    let mut odd = Vec::new();
    // What a person reads is listed even when the host refuses the template for another reason.
    let mut report = match guards::check(template, context) {
        Err(stop) => stopped(stop, 0..template.len(), context),
        Ok(()) => match &parsed {
            Err(refusal) => {
                let (stop, span) = refusal.clone().into_stop(place);
                stopped(stop, span.unwrap_or(0..template.len()), context)
            }
            Ok(body) => run(body, &normalised, document, inputs, context, &mut odd),
        },
    };
    match &parsed {
        Ok(body) => {
            let survey = findings::Survey::of(body);
            let fields = findings::Template::fields(&survey, document, &normalised.text);
            report.reads = findings::reads(&fields, document);
            let template = findings::Template {
                source: template,
                normalised: &normalised,
                body,
                survey: &survey,
                fields,
                odd: &odd,
                document,
                context,
                answer: &report.answer,
            };
            let found = template.findings();
            report.findings.extend(found);
        }
        Err(_) => report.findings.extend(refused(&report.answer, raw)),
    }
    report.findings.extend(findings::of_text(raw));
    report
}

/// What was probably meant in a text that Jinja refuses.
fn refused(answer: &Answer, raw: findings::Raw<'_>) -> Option<Finding> {
    match answer {
        Answer::Error(Exception { message, span: Some(span), .. }) => findings::of_refusal(raw, message, span.clone()),
        _ => None,
    }
}

/// Checks a template as the host does when the Notification is saved: its syntax alone.
///
/// An exact answer has an empty text: the host renders nothing.
pub fn validate(template: &str, context: &Rc<Context>) -> Report {
    if template.len() > limits::TEMPLATE_BYTES {
        return stopped(Stop::Limit("limit/length"), 0..template.len(), context);
    }
    let normalised = Normalised::new(template);
    match parse(&normalised.text) {
        Err(refusal) => {
            let (stop, span) = refusal.into_stop(|span| normalised.original_range(span));
            let mut report = stopped(stop, span.unwrap_or(0..template.len()), context);
            report.findings.extend(refused(&report.answer, findings::Raw { source: template, context }));
            report
        }
        Ok(_) => Report::of(Answer::Exact(String::new())),
    }
}

fn parse(text: &str) -> Result<ast::Body, Refusal> {
    let body = statements::parse(text)?;
    check::check(&body)?;
    Ok(body)
}

fn run(
    body: &ast::Body,
    normalised: &Normalised<'_>,
    document: &Rc<Document>,
    inputs: &Inputs,
    context: &Rc<Context>,
    odd: &mut Vec<OddPrint>,
) -> Report {
    // The document stays open for the next keystroke: what this template changes is changed in a copy.
    let own = if mentions::changes_values(body) { Rc::new(copy(document)) } else { Rc::clone(document) };
    let doc = Value::Object(own as Rc<dyn crate::python::Object>);
    let renderer = Renderer::new(&normalised.text, context, doc, inputs);
    let mut out = String::with_capacity(normalised.text.len());
    let (outcome, gaps) = renderer.template(body, &mut out);
    *odd = renderer.odd.take();
    let mut found = Vec::new();
    for (stop, span, question) in gaps {
        let unsupported = !matches!(stop, Stop::Server(_));
        let span = normalised.original_range(span);
        found.push((unsupported, Gap { question, ..Gap::new(span, reason(&stop, context)) }));
    }
    for (question, asked_at, span) in renderer.answers.read.take() {
        let reason = context.language.say("server/answered", &[("when", &moment(&asked_at, context))]);
        let gap = Gap::new(normalised.original_range(span.range()), reason);
        found.push((false, Gap { question: Some(question), asked_at: Some(asked_at), ..gap }));
    }
    let from_server = renderer.answers.made.take();
    let mut signed = renderer.signed.take();
    for value in &mut signed {
        value.span = normalised.original_range(value.span.clone());
    }
    Report { from_server, signed, ..settle(outcome, found, out, normalised, context) }
}

/// A moment as the person is used to read it: as the host's own `format_datetime` writes it.
fn moment(asked_at: &str, context: &Context) -> String {
    match datetime(context, &Value::from(asked_at.to_owned()), Style::OWN, &Budget::default()) {
        Ok(Value::Str(text)) => text.to_string(),
        _ => asked_at.replace('T', " "),
    }
}

/// A document whose lists can change without changing the original's.
fn copy(document: &Document) -> Document {
    let fresh = |slot: &Slot| match slot {
        Slot::Known(Value::List(rows)) => Slot::Known(Value::list(rows.borrow().clone())),
        slot => slot.clone(),
    };
    Document {
        doctype: Rc::clone(&document.doctype),
        metas: Rc::clone(&document.metas),
        context: Rc::clone(&document.context),
        state: document.state,
        values: Rc::new(document.values.iter().map(|(name, slot)| (Rc::clone(name), fresh(slot))).collect()),
        before: document.before.clone(),
    }
}

/// The report of a rendering that came to its end or was stopped.
fn settle(
    outcome: Outcome<()>,
    gaps: Vec<(bool, Gap)>,
    out: String,
    normalised: &Normalised<'_>,
    context: &Rc<Context>,
) -> Report {
    let whole = 0..normalised.original(normalised.text.len());
    match outcome {
        Ok(()) if out.contains(text::HALF_PAIR) => stopped(Stop::unsupported("half a surrogate pair"), whole, context),
        Ok(()) if gaps.is_empty() => Report::of(Answer::Exact(out)),
        Err(Stop::Raise(mut exception)) if gaps.is_empty() => {
            exception.span = exception.span.map(|span| normalised.original_range(span));
            Report::of(Answer::Error(*exception))
        }
        // An error behind a gap may not happen at all: the gap might have led elsewhere.
        Err(Stop::Raise(exception)) if gaps.iter().all(|(_, gap)| gap.asked_at.is_some()) => {
            let error = format!("{}: {}", exception.kind, exception.message);
            let span = exception.span.map_or(whole, |span| normalised.original_range(span));
            let reason = context.language.say("server/answer-raises", &[("error", &error)]);
            with_gaps([gaps, vec![(false, Gap::new(span, reason))]].concat(), out)
        }
        Ok(()) | Err(Stop::Raise(_)) => with_gaps(gaps, out),
        Err(stop) => stopped(stop, whole, context),
    }
}

/// The flag of a gap says whether the engine, and not only the server, would have to know more.
fn with_gaps(gaps: Vec<(bool, Gap)>, text: String) -> Report {
    let unsupported = gaps.iter().any(|(unsupported, _)| *unsupported);
    let gaps = gaps.into_iter().map(|(_, gap)| gap).collect();
    Report::of(if unsupported { Answer::Unsupported { text: Some(text), gaps } } else { Answer::Server { text, gaps } })
}

/// The report of a template of which nothing is rendered.
fn stopped(stop: Stop, span: Range<usize>, context: &Rc<Context>) -> Report {
    let mut findings = Vec::new();
    let gap = |stop: &Stop| vec![Gap::new(span.clone(), reason(stop, context))];
    let answer = match stop {
        Stop::Raise(exception) => Answer::Error(*exception),
        Stop::Server(_) => Answer::Server { text: String::new(), gaps: gap(&stop) },
        Stop::Unsupported(_) => Answer::Unsupported { text: None, gaps: gap(&stop) },
        Stop::Limit(code) => {
            let why = context.language.say(code, &[]);
            findings.push(Finding::new(Severity::Error, code, context.language.say("message/limit", &[("why", &why)])));
            Answer::Unsupported { text: None, gaps: gap(&stop) }
        }
    };
    Report { findings, ..Report::of(answer) }
}

/// Why something is not known, in the person's language.
fn reason(stop: &Stop, context: &Context) -> String {
    match stop {
        Stop::Server(key) | Stop::Limit(key) => context.language.say(key, &[]),
        Stop::Unsupported(construct) => context.language.say_unsupported("message/unsupported", construct),
        Stop::Raise(exception) => exception.message.clone(),
    }
}
