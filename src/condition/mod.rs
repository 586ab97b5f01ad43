//! Conditions: Python as the host's `safe_eval` runs it, evaluated, explained and checked.
//!
//! Long because the report, the trial that fills it and the choice between the host's two ways are read together.

pub mod ast;
mod changes;
mod characters;
mod compiler;
#[cfg(test)]
mod corpus;
mod evaluate;
mod explain;
mod filters;
mod findings;
mod fstring;
mod function;
mod generator;
mod grammar;
pub(crate) mod lexer;
#[cfg(test)]
mod limit_tests;
mod literals;
mod names;
mod parser;
mod quick;
mod raising;
mod refusal;
mod replay;
mod restricted;
mod scope;
mod sentence;
mod shown;
mod statements;
mod targets;

use std::ops::Range;
use std::rc::Rc;

use crate::answer::Gap;
use crate::finding::{Finding, Severity};
use crate::host::{self, Context, DocType, Document, Metas, blank};
use crate::language::Language;
use crate::python::{Exception, Object, Stop, Value, operators};
use crate::{limits, text};
use ast::Expr;
use characters::Normalised;
use evaluate::Evaluator;
use lexer::{Fault, Tokens};
use parser::Failure;
pub use quick::Table;
use refusal::Verdict;
pub use replay::{Prepared, Replayed};
use statements::{Block, Does, Statement};

/// Whether a dict has a method of this name, which hides a field of it.
pub fn is_dict_method(name: &str) -> bool {
    findings::dict_method::METHODS.contains(&name)
}

/// Whether Python reads this word as no name.
pub fn is_keyword(word: &str) -> bool {
    parser::KEYWORDS.contains(&word)
}

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
        /// `repr(value)`; `None` where Python has none: an integer of more than 4,300 digits. The host never asks for it.
        repr: Option<String>,
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

impl Answer {
    /// The answer in a few words, for a sentence.
    fn in_short(&self) -> String {
        match self {
            Self::Exact { repr, type_name, .. } => repr.clone().unwrap_or_else(|| type_name.clone()),
            Self::Server(gaps) | Self::Unsupported(gaps) => {
                gaps.first().map(|gap| gap.reason.clone()).unwrap_or_default()
            }
            Self::Error(exception) => format!("{}: {}", exception.kind, exception.message),
        }
    }
}

/// A part of the condition with the value it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its place, in bytes.
    pub span: Range<usize>,
    /// How to read it, where the text itself is not made to be read.
    pub text: Option<String>,
    /// `repr()` of its value; a short mark where it was not evaluated.
    pub value: String,
    /// How many parts it stands in.
    pub depth: usize,
    /// Whether it settled the outcome.
    pub decided: bool,
    /// Whether it was evaluated at all.
    pub evaluated: bool,
    /// What it found, as the words of a sentence; only for what settled the outcome.
    pub why: Option<String>,
}

/// A Python condition in the place of filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The condition.
    pub text: String,
    /// Whether it has the verdict of the filters on every document; otherwise it says what they were meant to say.
    pub same: bool,
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
    /// The Python condition that says what the filters say, or should.
    pub python: Option<Offer>,
}

impl Report {
    fn new(answer: Answer) -> Self {
        Self { answer, findings: Vec::new(), explanation: Vec::new(), python: None }
    }

    fn unsupported(span: Range<usize>, reason: String) -> Self {
        Self::new(Answer::Unsupported(vec![Gap::new(span, reason)]))
    }

    /// The same report, with the places of the text that the person wrote.
    fn placed(mut self, normalised: &Normalised) -> Self {
        match &mut self.answer {
            Answer::Exact { .. } => {}
            Answer::Server(gaps) | Answer::Unsupported(gaps) => {
                gaps.iter_mut().for_each(|gap| gap.span = normalised.original(&gap.span));
            }
            Answer::Error(exception) => {
                exception.span = exception.span.as_ref().map(|span| normalised.original(span));
            }
        }
        for finding in &mut self.findings {
            finding.span = finding.span.as_ref().map(|span| normalised.original(span));
            if let Some(fix) = &mut finding.fix {
                fix.span = normalised.original(&fix.span);
            }
        }
        self.explanation.iter_mut().for_each(|part| part.span = normalised.original(&part.span));
        self
    }
}

/// How the host takes the text: as filters or as Python, and in which of its two ways.
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
    let doctype = Some(&document.doctype);
    Trial { doc, doctype, metas: &document.metas, document: Some(document), context }.report(source, options)
}

/// Tries a condition as the host does when the Notification is saved: on a blank document, a plain dict.
pub fn validate(source: &str, metas: &Rc<Metas>, context: &Rc<Context>, options: &Options) -> Report {
    let doc = blank::document(metas, context);
    Trial { doc, doctype: metas.main(), metas, document: None, context }.report(source, options)
}

/// What a condition is tried on.
struct Trial<'a> {
    doc: Value,
    doctype: Option<&'a Rc<DocType>>,
    metas: &'a Rc<Metas>,
    document: Option<&'a Rc<Document>>,
    context: &'a Rc<Context>,
}

impl Trial<'_> {
    fn report(&self, source: &str, options: &Options) -> Report {
        let language = self.context.language;
        if options.filters {
            let (doc, metas, context) = (&self.doc, self.metas, self.context);
            return filters::report(
                source,
                &filters::Trial { doc, metas, context, is_document: self.document.is_some() },
            );
        }
        // Not even normalised.
        if source.len() > limits::CONDITION_BYTES {
            let code = "limit/length";
            let mut report = Report::unsupported(parser::too_long(source), language.say(code, &[]));
            report.findings.push(passed(code, language));
            return report;
        }
        match options.server_scripts.or(self.context.server_scripts) {
            Some(false) => self.run(source, Mode::Expression),
            Some(true) => self.run(source, Mode::Block),
            None => {
                let off = self.run(source, Mode::Expression);
                let on = self.run(source, Mode::Block);
                if same_answer(&off.answer, &on.answer) {
                    return off;
                }
                // Which error it is depends on the site, that it is one does not.
                let fails = matches!((&off.answer, &on.answer), (Answer::Error(_), Answer::Error(_)));
                let (code, both_code, severity) = if fails {
                    ("condition/fails-either-way", "condition/fails-either-way-both", Severity::Error)
                } else {
                    let code = "condition/depends-on-server-scripts";
                    (code, "condition/depends-on-server-scripts-both", Severity::Warning)
                };
                let reason = language.say(code, &[]);
                let both = [("off", off.answer.in_short()), ("on", on.answer.in_short())];
                let both: Vec<(&str, &str)> = both.iter().map(|(name, answer)| (*name, answer.as_str())).collect();
                let message = language.say(both_code, &both);
                let mut findings = off.findings;
                // What only server scripts stumble over is said too, once.
                let known = |finding: &Finding, list: &[Finding]| {
                    list.iter().any(|other| other.code == finding.code && other.span == finding.span)
                };
                let more: Vec<Finding> = on.findings.into_iter().filter(|new| !known(new, &findings)).collect();
                findings.extend(more.into_iter().filter(|finding| finding.code != "condition/outcome"));
                findings.retain(|finding| finding.code != "condition/outcome");
                findings.insert(0, Finding::new(severity, code, message));
                // The values of one way say nothing about the other.
                let explanation = if off.explanation == on.explanation { off.explanation } else { Vec::new() };
                let answer = Answer::Server(vec![Gap::new(0..source.len(), reason)]);
                Report { findings, explanation, ..Report::new(answer) }
            }
        }
    }

    fn run(&self, source: &str, mode: Mode) -> Report {
        let language = self.context.language;
        if source.is_empty() {
            // Without a condition the host sends.
            let answer =
                Answer::Exact { truth: true, repr: Some(String::from("True")), type_name: String::from("bool") };
            return Report::new(answer);
        }
        let normalised = match mode {
            Mode::Expression => match Normalised::nfkc(source) {
                Ok(normalised) => normalised,
                Err(span) => {
                    let character = text::slice(source, span.clone()).chars().next().map(text::visible);
                    let character = character.unwrap_or_default();
                    return Report::unsupported(span, language.say("condition/character", &[("found", &character)]));
                }
            },
            Mode::Block => Normalised::unchanged(source),
        };
        let text = normalised.text.as_str();
        let tokens = parser::cut(text);
        let tree = Tree::parse(text, mode, &tokens);
        let (answer, explanation, limit) = match &tree {
            Ok(tree) => self.evaluate(tree, text, mode, |_| true),
            Err(failure) => {
                let limit = if let Failure::Limit(code, _) = failure { Some(*code) } else { None };
                (refused(failure, text, mode, language), Vec::new(), limit)
            }
        };
        let roots = tree.as_ref().map(Tree::roots).unwrap_or_default();
        let mut nodes = Vec::with_capacity(tokens.list.len());
        roots.iter().for_each(|root| root.walk(&mut |node| nodes.push(node)));
        let mut walked = Vec::new();
        if let Ok(Tree::Block(block)) = &tree {
            statements::walk_loops(block, &mut |target, source| walked.push((target, source)));
        }
        let mut findings = findings::find(&findings::Subject {
            text,
            tokens: &tokens.list,
            roots: &roots,
            nodes: &nodes,
            // One assignment alone is a comparison with a letter missing.
            parsed: tree.as_ref().is_ok_and(|tree| !tree.is_lone_assignment()),
            mode,
            doctype: self.doctype,
            metas: self.metas,
            document: self.document.map(|document| &**document),
            answer: &answer,
            parts: &explanation,
            walked: &walked,
            context: self.context,
            language,
        });
        if let Some(code) = limit {
            findings.insert(0, passed(code, language));
        }
        Report { findings, explanation, ..Report::new(answer) }.placed(&normalised)
    }

    /// The answer, its parts where they are asked for, and the limit that stopped it, if one did.
    fn evaluate(
        &self,
        tree: &Tree,
        text: &str,
        mode: Mode,
        is_explained: impl Fn(&Answer) -> bool,
    ) -> (Answer, Vec<Part>, Option<&'static str>) {
        let language = self.context.language;
        let doc = match self.document {
            Some(document) if tree.may_change() => changes::Live::copy(document),
            Some(_) => self.doc.clone(),
            // Its dict and its lists can be changed: no evaluation sees what another has done.
            None => blank::document(self.metas, self.context),
        };
        let (context, scripts) = (Rc::clone(self.context), mode == Mode::Block);
        let names = Box::new(move |name: &str| host::names::in_condition(&context, &doc, name, scripts));
        let evaluator = Evaluator::new(mode, names);
        let allowed = match tree {
            Tree::Expression(expr) => restricted::allow(expr, text, mode),
            Tree::Block(block) => restricted::allow_block(block, text),
        };
        if let Err(stop) = allowed {
            return (stopped(stop, 0..text.len(), language), Vec::new(), None);
        }
        let value = match tree {
            Tree::Expression(expr) => evaluator.run(expr),
            Tree::Block(block) => evaluator.run_block(block),
        };
        let answer = value.and_then(|value| {
            let truth = operators::truth(&value)?;
            let (repr, type_name) = explain::value_and_type(&value, &evaluator.budget)?;
            Ok(Answer::Exact { truth, repr, type_name })
        });
        let gap = evaluator.gap.borrow().clone().unwrap_or(0..text.len());
        let limit = if let Err(Stop::Limit(code)) = &answer { Some(*code) } else { None };
        let answer = answer.unwrap_or_else(|stop| stopped(stop, gap, language));
        let ground = explain::Ground { text, context: self.context, doctype: self.doctype.map(|doctype| &**doctype) };
        let explanation = match tree {
            _ if !is_explained(&answer) => Vec::new(),
            Tree::Expression(expr) => explain::parts(expr, ground, &evaluator),
            Tree::Block(block) => explain::parts_of_block(block, ground, &evaluator),
        };
        evaluator.clear();
        if evaluator.left_guarded.get() && !matches!(answer, Answer::Server(_) | Answer::Unsupported(_)) {
            let stop = Stop::unsupported("a generator that is left inside a try");
            return (stopped(stop, 0..text.len(), language), Vec::new(), None);
        }
        (answer, explanation, limit)
    }
}

/// The finding about a limit that was passed.
fn passed(code: &'static str, language: Language) -> Finding {
    let why = language.say(code, &[]);
    Finding::new(Severity::Error, code, language.say("condition/limit", &[("why", &why)]))
}

/// What a condition is made of.
enum Tree {
    Expression(Expr),
    Block(Block),
}

impl Tree {
    fn parse(text: &str, mode: Mode, tokens: &Tokens) -> Result<Self, Failure> {
        if mode == Mode::Expression {
            return parser::parse_cut(text, tokens).map(Self::Expression);
        }
        let mut block = statements::grammar::parse(text)?;
        // The host returns the value of an expression that stands alone.
        match block.pop() {
            Some(Statement { does: Does::Expression(expr), .. })
                if block.is_empty() && !statements::bindings::is_of_function(&expr) =>
            {
                Ok(Self::Expression(expr))
            }
            Some(Statement { does: Does::Expression(expr), span }) if block.is_empty() => {
                Ok(Self::Block(Rc::from([Statement { span, does: Does::Return(Some(expr)) }])))
            }
            last => {
                block.extend(last);
                Ok(Self::Block(block.into()))
            }
        }
    }

    fn roots(&self) -> Vec<&Expr> {
        match self {
            Self::Expression(expr) => vec![expr],
            Self::Block(block) => {
                let mut roots = Vec::new();
                statements::walk_block(block, &mut |expr| roots.push(expr));
                roots
            }
        }
    }

    fn may_change(&self) -> bool {
        match self {
            Self::Expression(expr) => changes::in_expression(expr),
            Self::Block(block) => changes::in_block(block),
        }
    }

    fn is_lone_assignment(&self) -> bool {
        matches!(self, Self::Block(block) if matches!(&**block, [Statement { does: Does::Assign(..), .. }]))
    }
}

/// Whether a person would call it one answer: line numbers in the words of an error differ between the two ways.
fn same_answer(off: &Answer, on: &Answer) -> bool {
    match (off, on) {
        (Answer::Error(off), Answer::Error(on)) => off.kind == on.kind,
        (off, on) => off == on,
    }
}

/// The answer of an evaluation that stopped; `gap` is the place of what is not known.
fn stopped(stop: Stop, gap: Range<usize>, language: Language) -> Answer {
    let gap = |reason: String| vec![Gap::new(gap, reason)];
    match stop {
        Stop::Raise(exception) => Answer::Error(*exception),
        Stop::Server(key) => Answer::Server(gap(language.say(key, &[]))),
        Stop::Unsupported(construct) => {
            Answer::Unsupported(gap(language.say_unsupported("condition/unsupported", &construct)))
        }
        Stop::Limit(key) => Answer::Unsupported(gap(language.say(key, &[]))),
    }
}

/// The answer about a text without a tree.
fn refused(failure: &Failure, text: &str, mode: Mode, language: Language) -> Answer {
    let error = |fault: &Fault| {
        Answer::Error(Exception {
            kind: fault.kind,
            message: fault.message.clone().unwrap_or_default(),
            span: Some(fault.span.clone()),
        })
    };
    let (span, reason) = match failure {
        Failure::Fault(fault) if mode == Mode::Expression => return error(fault),
        Failure::Fault(_) | Failure::Stuck => match refusal::judge_block(text) {
            Verdict::Refused(fault) => return error(&fault),
            Verdict::Accepted => (0..text.len(), language.say("condition/block", &[])),
            Verdict::Unknown => (0..text.len(), language.say_unsupported("condition/unsupported", "syntax")),
        },
        Failure::Unknown(construct, span) => {
            (span.clone(), language.say_unsupported("condition/unsupported", construct))
        }
        Failure::Limit(key, span) => (span.clone(), language.say(key, &[])),
    };
    Answer::Unsupported(vec![Gap::new(span, reason)])
}
