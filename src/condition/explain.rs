//! Why a condition has its outcome: every part with its live value, and which of them settled it.

use std::borrow::Cow;

use super::Part;
use super::ast::{Expr, Kind, Logic};
use super::evaluate::{Evaluator, Happened, address};
use super::sentence;
use super::statements::{Does, Statement};
use crate::host::Context;
use crate::language::Language;
use crate::python::operators::{self, Unary};
use crate::python::{Budget, Stop, Value, show};

/// Longest value that is shown whole, in characters.
const LONGEST_VALUE: usize = 400;

/// What writing the values of all parts may take.
const STEPS: u64 = 30_000;
const BYTES: usize = 1_000_000;

/// The parts of a condition that was evaluated, outermost first.
pub fn parts(expr: &Expr, text: &str, evaluator: &Evaluator, context: &Context) -> Vec<Part> {
    let mut explainer = Explainer::new(text, evaluator, context);
    explainer.visit(expr, 0, true);
    explainer.parts
}

/// The parts of a block that was run, in the order of its lines.
pub fn parts_of_block(block: &[Statement], text: &str, evaluator: &Evaluator, context: &Context) -> Vec<Part> {
    let mut explainer = Explainer::new(text, evaluator, context);
    explainer.block(block);
    explainer.parts
}

struct Explainer<'a> {
    evaluator: &'a Evaluator,
    budget: Budget,
    text: &'a str,
    context: &'a Context,
    language: Language,
    parts: Vec<Part>,
    /// Whether a deciding part has its words: one sentence is said, about the first.
    has_why: bool,
}

impl<'a> Explainer<'a> {
    fn new(text: &'a str, evaluator: &'a Evaluator, context: &'a Context) -> Self {
        let (language, budget) = (context.language, Budget::of(STEPS, BYTES));
        Self { evaluator, budget, text, context, language, parts: Vec::new(), has_why: false }
    }

    fn happened(&self, node: &Expr) -> Option<Happened> {
        self.evaluator.happened.borrow().get(&address(node)).cloned()
    }

    fn block(&mut self, block: &[Statement]) {
        for statement in block {
            let returns = matches!(statement.does, Does::Return(_));
            for expr in statement.expressions() {
                if self.happened(expr).is_some() {
                    self.visit(expr, 0, returns);
                }
            }
            for inner in statement.inside() {
                self.block(std::slice::from_ref(inner));
            }
        }
    }

    /// `settles`: whether the outcome of everything around this node was settled by it.
    fn visit(&mut self, node: &Expr, depth: usize, settles: bool) {
        let deciding = if settles { self.deciding(node) } else { Vec::new() };
        let shown = !node.is_literal() && self.is_worth_showing(node);
        if shown {
            // The smallest part that settled it is the one to look at.
            let decided = settles && deciding.is_empty();
            let why = if decided && !std::mem::replace(&mut self.has_why, true) { self.why(node) } else { None };
            self.parts.push(Part {
                span: node.span.clone(),
                text: None,
                value: self.value(node),
                depth,
                decided,
                evaluated: self.happened(node).is_some(),
                why,
            });
        }
        // What happens inside a loop or a function happens many times or never.
        if matches!(node.kind, Kind::Comprehension(_) | Kind::Lambda(_)) {
            if let Kind::Comprehension(made) = &node.kind
                && let Some(first) = made.loops.first()
            {
                self.visit(&first.source, depth + usize::from(shown), false);
            }
            return;
        }
        let mut children = Vec::new();
        node.children(&mut |child| children.push(child));
        for child in children {
            let settles = deciding.contains(&address(child));
            self.visit(child, depth + usize::from(shown), settles);
        }
    }

    /// The operands that settled the outcome of a node; none when the node itself did.
    fn deciding(&self, node: &Expr) -> Vec<usize> {
        match &node.kind {
            Kind::Logic(logic, operands) => {
                // The operand that stopped the chain, or all of them when none did.
                let stopped = operands.iter().find(|operand| match self.happened(operand) {
                    Some(Happened::Value(value)) => {
                        operators::truth(&value).is_ok_and(|truth| truth == (*logic == Logic::Or))
                    }
                    _ => true,
                });
                match stopped {
                    Some(operand) => vec![address(operand)],
                    None => operands.iter().map(address).collect(),
                }
            }
            Kind::Unary(Unary::Not, operand) => vec![address(operand)],
            Kind::Conditional { body, otherwise, .. } => [body, otherwise]
                .into_iter()
                .filter(|branch| self.happened(branch).is_some())
                .map(|b| address(b))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Names and functions are only ways to a value.
    fn is_worth_showing(&self, node: &Expr) -> bool {
        let failed = matches!(self.happened(node), Some(Happened::Stopped(_)));
        match &node.kind {
            Kind::Name(_) => failed,
            Kind::Starred(_) | Kind::Slice(..) => false,
            Kind::Attribute(..) => match self.happened(node) {
                Some(Happened::Value(value)) => !is_tool(&value),
                Some(Happened::Stopped(_)) => true,
                None => !matches!(root(node), Some("frappe")),
            },
            _ => true,
        }
    }

    /// What a part found, as the words of a sentence.
    fn why(&self, node: &Expr) -> Option<String> {
        let source = |node: &Expr| self.text.get(node.span.clone()).unwrap_or_default();
        let value = |node: &Expr| match self.happened(node) {
            Some(Happened::Value(value)) => Some(value),
            _ => None,
        };
        if let Kind::Compare(first, links) = &node.kind
            && let [(operator, second)] = links.as_slice()
        {
            let holds = operators::truth(&value(node)?).ok()?;
            let (left, right) = (value(first)?, value(second)?);
            // The sentence speaks of what can change: `40000 < doc.total` reads as `doc.total > 40000`.
            let (side, sides) = match sentence::turned(*operator) {
                Some(turned) if first.is_literal() && !second.is_literal() => (second, (&right, turned, &left)),
                _ => (first.as_ref(), (&left, *operator, &right)),
            };
            if let Some(words) = sentence::comparison(self.context, source(side), sides, holds) {
                return Some(words);
            }
        }
        sentence::plain(self.context, source(node), &value(node)?)
    }

    fn value(&self, node: &Expr) -> String {
        let text = match self.happened(node) {
            None => self.language.say("condition/part-not-evaluated", &[]),
            Some(Happened::Value(value)) => {
                show::repr(&beginning(&value), &self.budget).unwrap_or_else(|_| format!("<{}>", value.type_name()))
            }
            Some(Happened::Stopped(Stop::Raise(exception))) => format!("{}: {}", exception.kind, exception.message),
            Some(Happened::Stopped(Stop::Server(key) | Stop::Limit(key))) => self.language.say(key, &[]),
            Some(Happened::Stopped(Stop::Unsupported(construct))) => {
                self.language.say("condition/unsupported", &[("construct", &construct)])
            }
        };
        match text.char_indices().nth(LONGEST_VALUE) {
            Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
            None => text,
        }
    }
}

/// A value whose repr begins as that of a long text does: what is cut off again is not written first.
fn beginning(value: &Value) -> Cow<'_, Value> {
    match value {
        Value::Str(text) if text.len() > 8 * LONGEST_VALUE => {
            let end = text.char_indices().nth(LONGEST_VALUE).map_or(text.len(), |(end, _)| end);
            let mut short = text.get(..end).unwrap_or_default().to_owned();
            // Which quotes stand around a text depends on those in it.
            short.extend(['\'', '"'].into_iter().filter(|quote| text.contains(*quote)));
            Cow::Owned(Value::from(short))
        }
        _ => Cow::Borrowed(value),
    }
}

/// Functions, and the modules that hold them.
fn is_tool(value: &Value) -> bool {
    matches!(value, Value::Object(_))
        && matches!(
            &*value.type_name(),
            "function" | "method" | "builtin_function_or_method" | "type" | "_dict" | "NamespaceDict"
        )
}

/// The name that a chain of attributes starts with.
fn root(node: &Expr) -> Option<&str> {
    match &node.kind {
        Kind::Name(name) => Some(name),
        Kind::Attribute(value, _) => root(value),
        _ => None,
    }
}

/// How the value of a whole condition is written, and the name of its type with its module.
///
/// # Errors
/// `Server` or `Unsupported` when the host's own words are not known.
pub fn value_and_type(value: &Value, budget: &Budget) -> Result<(Option<String>, String), Stop> {
    let type_name = match value {
        Value::Object(object) => object.class_path()?.into_owned(),
        _ => value.error_name().into_owned(),
    };
    let has_address = matches!(
        &*type_name,
        "builtin_function_or_method" | "enumerate" | "frappe._dict" | "function" | "generator" | "zip"
    );
    let repr = match show::repr(value, budget) {
        // The text of a function holds its address, which changes with every run of the server.
        Err(Stop::Unsupported(_)) if has_address => Some(format!("<{type_name} …>")),
        Err(Stop::Raise(_)) => None,
        other => Some(other?),
    };
    Ok((repr, type_name))
}
