//! Why a condition has its outcome: every part with its live value, and which of them settled it.
//!
//! Long because what settles a part, what it found and why it failed are asked together on one walk.

use std::borrow::Cow;

use super::Part;
use super::ast::{Argument, Expr, Kind, Logic};
use super::evaluate::{Evaluator, Happened, address};
use super::findings::document_field;
use super::sentence::{self, Side};
use super::statements::{Does, Statement};
use crate::host::meta::default_field;
use crate::host::{Context, DocType};
use crate::language::Language;
use crate::python::operators::{self, Comparison, Unary};
use crate::python::{Budget, Stop, Value, show};

/// Longest value that is shown whole, in characters.
const LONGEST_VALUE: usize = 400;

/// What writing the values of all parts may take.
const STEPS: u64 = 30_000;
const BYTES: usize = 1_000_000;

/// Most parts that a sentence names.
const MOST_NAMED: usize = 3;

/// The parts of a condition that was evaluated, outermost first.
pub fn parts(expr: &Expr, ground: Ground<'_>, evaluator: &Evaluator) -> Vec<Part> {
    let mut explainer = Explainer::new(ground, evaluator);
    explainer.visit(expr, 0, true);
    explainer.parts
}

/// The parts of a block that was run, in the order of its lines.
pub fn parts_of_block(block: &[Statement], ground: Ground<'_>, evaluator: &Evaluator) -> Vec<Part> {
    let mut explainer = Explainer::new(ground, evaluator);
    let mut last = None;
    explainer.settling = explainer.test_before_return(block, &mut last);
    explainer.block(block);
    explainer.parts
}

/// What a condition was written in, and for whom it is explained.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The condition.
    pub text: &'a str,
    /// The site and the person.
    pub context: &'a Context,
    /// The doctype of the document, for the labels of its fields.
    pub doctype: Option<&'a DocType>,
}

struct Explainer<'a> {
    evaluator: &'a Evaluator,
    budget: Budget,
    ground: Ground<'a>,
    language: Language,
    parts: Vec<Part>,
    /// How many parts have their words: a sentence names a few.
    named: usize,
    /// Whether the part that failed has its words.
    has_failure: bool,
    /// The test of a block that led to a `return True`, by the address of its node.
    settling: Option<usize>,
}

impl<'a> Explainer<'a> {
    fn new(ground: Ground<'a>, evaluator: &'a Evaluator) -> Self {
        let (language, budget) = (ground.context.language, Budget::of(STEPS, BYTES));
        Self { evaluator, budget, ground, language, parts: Vec::new(), named: 0, has_failure: false, settling: None }
    }

    /// The last test that was asked before something written out was returned.
    fn test_before_return(&self, block: &[Statement], last: &mut Option<usize>) -> Option<usize> {
        for statement in block {
            match &statement.does {
                Does::If(test, ..) | Does::While(test, ..) if self.happened(test).is_some() => {
                    *last = Some(address(test))
                }
                Does::Return(Some(value)) if value.is_literal() && self.happened(value).is_some() => return *last,
                _ => {}
            }
            for inner in statement.inside() {
                if let Some(found) = self.test_before_return(std::slice::from_ref(inner), last) {
                    return Some(found);
                }
            }
        }
        None
    }

    fn happened(&self, node: &Expr) -> Option<Happened> {
        self.evaluator.happened.borrow().get(&address(node)).cloned()
    }

    fn block(&mut self, block: &[Statement]) {
        for statement in block {
            let returns = matches!(statement.does, Does::Return(_));
            for expr in statement.expressions() {
                if self.happened(expr).is_some() {
                    let settles = returns && !expr.is_literal() || self.settling == Some(address(expr));
                    self.visit(expr, 0, settles);
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
        // The smallest part that settled it is the one to look at.
        let decided = settles && deciding.is_empty();
        let happened = self.happened(node);
        let shown = (decided || !node.is_literal()) && is_worth_showing(node, happened.as_ref());
        if shown {
            let failed = matches!(happened, Some(Happened::Stopped(Stop::Raise(_))));
            let fails = failed && !self.has_failure && !self.fails_inside(node);
            let why = match (fails, decided && self.named < MOST_NAMED) {
                (true, _) => self.failure(node),
                (false, true) => self.why(node),
                (false, false) => None,
            };
            self.has_failure |= fails && why.is_some();
            self.named += usize::from(why.is_some());
            self.parts.push(Part {
                span: node.span.clone(),
                text: None,
                evaluated: happened.is_some(),
                value: self.value(happened),
                depth,
                decided,
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
        node.children(&mut |child| {
            let settles = deciding.contains(&address(child));
            self.visit(child, depth + usize::from(shown), settles);
        });
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
                    // `or 0` settles nothing beside what is asked.
                    None => match operands.iter().filter(|operand| !operand.is_literal()).map(address).collect() {
                        asked if Vec::is_empty(&asked) => operands.iter().map(address).collect(),
                        asked => asked,
                    },
                }
            }
            // `not doc.is_urgent` is one part, as `doc.is_urgent` is.
            Kind::Unary(Unary::Not, operand) if self.deciding(operand).is_empty() => Vec::new(),
            Kind::Unary(Unary::Not, operand) => vec![address(operand)],
            // `True if doc.status == "Open" else False`: the test is what is asked.
            Kind::Conditional { test, body, otherwise } => [body, otherwise]
                .into_iter()
                .filter(|branch| self.happened(branch).is_some())
                .map(|branch| if branch.is_literal() { address(test) } else { address(branch) })
                .collect(),
            Kind::Call(function, arguments) => match (&function.kind, arguments.as_slice()) {
                (Kind::Name(name), [Argument::Positional(value)])
                    if &**name == "bool" && self.happened(value).is_some() =>
                {
                    vec![address(value)]
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn live(&self, node: &Expr) -> Option<Value> {
        match self.happened(node) {
            Some(Happened::Value(value)) => Some(value),
            _ => None,
        }
    }

    fn source(&self, node: &Expr) -> &'a str {
        self.ground.text.get(node.span.clone()).unwrap_or_default()
    }

    /// A part of the condition as a sentence names it.
    fn side(&self, node: &Expr) -> Side<'a> {
        // `(doc.total or 0)` speaks of the field too.
        let read = match &node.kind {
            Kind::Logic(Logic::Or, operands) if operands.iter().skip(1).all(Expr::is_literal) => {
                operands.first().unwrap_or(node)
            }
            _ => node,
        };
        Side::new(self.ground, self.source(node), document_field(read), matches!(read.kind, Kind::Attribute(..)))
    }

    /// What a part found, as the words of a sentence.
    fn why(&self, node: &Expr) -> Option<String> {
        let value = self.live(node)?;
        if let Kind::Unary(Unary::Not, operand) = &node.kind {
            return self.why(operand);
        }
        if node.is_literal() {
            let key = if operators::truth(&value).ok()? { "condition/why-true" } else { "condition/why-false" };
            return Some(self.language.say(key, &[("part", self.source(node))]));
        }
        if let Kind::Compare(first, links) = &node.kind
            && let Some(words) = self.comparison(first, links, operators::truth(&value).ok()?)
        {
            return Some(words);
        }
        sentence::plain(self.ground.context, &self.side(node), &value)
    }

    fn comparison(&self, first: &Expr, links: &[(Comparison, Expr)], holds: bool) -> Option<String> {
        if let [(from, middle), (to, last)] = links
            && let (true, Some(value)) = (holds, self.live(middle))
        {
            let (low, high) = (self.live(first)?, self.live(last)?);
            return sentence::between(self.ground.context, &self.side(middle), (&low, *from, &value, *to, &high));
        }
        // Of a chain the link that does not hold; the later ones were not asked.
        let mut left = first;
        for (index, (operator, right)) in links.iter().enumerate() {
            let is_last = index + 1 == links.len();
            let asked_next = links.get(index + 1).is_some_and(|(_, next)| self.live(next).is_some());
            if !is_last && (holds || asked_next) {
                left = right;
                continue;
            }
            let (value, other) = (self.live(left)?, self.live(right)?);
            let context = self.ground.context;
            if matches!(operator, Comparison::In | Comparison::NotIn) && matches!(other, Value::Str(_)) {
                let found = holds == (*operator == Comparison::In);
                return sentence::within(
                    context,
                    (&self.side(left), &value),
                    (&self.side(right), &other),
                    (found, right.is_literal()),
                );
            }
            // `doc.owner == frappe.user`: nobody asked whether the owner is set.
            let equals = matches!(operator, Comparison::Equal | Comparison::NotEqual);
            if equals && matches!(other, Value::None) && !matches!(value, Value::None) && !right.is_literal() {
                return sentence::other_unset(context, &self.side(left), &value, self.source(right));
            }
            // The sentence speaks of what can change: `40000 < doc.total` reads as `doc.total > 40000`.
            return match sentence::turned(*operator) {
                Some(turned) if left.is_literal() && !right.is_literal() => {
                    sentence::comparison(context, &self.side(right), (&other, turned, &value), holds)
                }
                _ => sentence::comparison(context, &self.side(left), (&value, *operator, &other), holds),
            };
        }
        None
    }

    /// Whether something in a part raised, and the part only passed it on.
    fn fails_inside(&self, node: &Expr) -> bool {
        let mut inside = false;
        node.children(&mut |child| {
            inside |= matches!(self.happened(child), Some(Happened::Stopped(Stop::Raise(_))));
        });
        inside
    }

    /// Why a part raised, as the words of a sentence.
    fn failure(&self, node: &Expr) -> Option<String> {
        let Some(Happened::Stopped(Stop::Raise(exception))) = self.happened(node) else { return None };
        let context = self.ground.context;
        let mut children = Vec::new();
        node.children(&mut |child| children.push(child));
        let unset = children.iter().find(|child| matches!(self.live(child), Some(Value::None)) && !child.is_literal());
        let say = |key: &str, part: &str| Some(self.language.say(key, &[("part", part)]));
        match (&node.kind, exception.kind) {
            (Kind::Name(name), "NameError") => say("condition/why-no-name", name),
            (Kind::Attribute(owner, name), "AttributeError") if matches!(&owner.kind, Kind::Name(name) if &**name == "doc") => {
                say("condition/why-no-field", name)
            }
            (Kind::Call(function, _), "TypeError") if matches!(self.live(function), Some(Value::None)) => {
                // The blank document is a dict, which has no methods of a document.
                let is_method = root(function) == Some("doc");
                let key = if is_method { "condition/why-no-method" } else { "condition/why-no-name" };
                say(key, self.source(function))
            }
            (Kind::Compare(..), "TypeError") if unset.is_none() => {
                let values: Vec<Value> = children.iter().filter_map(|child| self.live(child)).collect();
                match values.as_slice() {
                    [left, .., right] => sentence::no_order(context, left, right),
                    _ => None,
                }
            }
            (_, "ZeroDivisionError") => Some(self.language.say("condition/why-zero", &[])),
            (Kind::Subscript(list, _), "IndexError") => {
                Some(self.language.say("condition/why-no-entry", &[("part", self.source(list))]))
            }
            (_, "TypeError" | "AttributeError") => unset.and_then(|unset| self.unset(unset)),
            _ => None,
        }
        .or_else(|| Some(format!("{}: {}", exception.kind, exception.message)))
    }

    /// That a part has no value, which something failed on.
    fn unset(&self, node: &Expr) -> Option<String> {
        let say = |key: &str, part: &str| Some(self.language.say(key, &[("part", part)]));
        match (document_field(node), root(node)) {
            (Some(name), _) => {
                let doctype = self.ground.doctype.filter(|doctype| !doctype.fields.is_empty());
                match doctype {
                    Some(doctype) if doctype.field(name).is_none() && default_field(name).is_empty() => {
                        say("condition/why-no-field", name)
                    }
                    _ => sentence::plain(self.ground.context, &self.side(node), &Value::None),
                }
            }
            // Conditions have a small part of frappe, and the rest reads as None.
            (None, Some("frappe")) if matches!(node.kind, Kind::Attribute(..)) => {
                say("condition/why-no-name", self.source(node))
            }
            _ => Some(self.language.say("condition/why-no-value", &[("part", self.source(node))])),
        }
    }

    fn value(&self, happened: Option<Happened>) -> String {
        let text = match happened {
            None => self.language.say("condition/part-not-evaluated", &[]),
            Some(Happened::Value(value)) => {
                show::repr(&beginning(&value), &self.budget).unwrap_or_else(|_| format!("<{}>", value.type_name()))
            }
            Some(Happened::Stopped(Stop::Raise(exception))) => format!("{}: {}", exception.kind, exception.message),
            Some(Happened::Stopped(Stop::Server(key) | Stop::Limit(key))) => self.language.say(key, &[]),
            Some(Happened::Stopped(Stop::Unsupported(construct))) => {
                self.language.say_unsupported("condition/unsupported", &construct)
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

/// Names and functions are only ways to a value.
fn is_worth_showing(node: &Expr, happened: Option<&Happened>) -> bool {
    match &node.kind {
        Kind::Name(_) => matches!(happened, Some(Happened::Stopped(_))),
        Kind::Starred(_) | Kind::Slice(..) => false,
        Kind::Attribute(..) => match happened {
            Some(Happened::Value(value)) => !is_tool(value),
            Some(Happened::Stopped(_)) => true,
            None => !matches!(root(node), Some("frappe")),
        },
        _ => true,
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
        "builtin_function_or_method"
            | "enumerate"
            | "frappe._dict"
            | "frappe.utils.safe_exec.NamespaceDict"
            | "function"
            | "generator"
            | "zip"
    );
    let repr = match show::repr(value, budget) {
        // The text of a function holds its address, which changes with every run of the server.
        Err(Stop::Unsupported(_)) if has_address => Some(format!("<{type_name} …>")),
        Err(Stop::Raise(_)) => None,
        other => Some(other?),
    };
    Ok((repr, type_name))
}
