//! What the host refuses before a condition runs: RestrictedPython 6.2, and the host's own ban of `:=`.
//!
//! The words and the order of the complaints were observed on RestrictedPython 6.2 (`RestrictingNodeTransformer`), which
//! walks a parent before its children and reports everything it finds as one tuple.

use std::collections::VecDeque;

use super::Mode;
use super::ast::{Argument, Expr, Kind, Parameter, Takes};
use super::compiler;
use super::statements::{Statement, layout, walk_block};
use crate::python::operators::Binary;
use crate::python::{Budget, Outcome, Stop, Value, show};
use crate::text::line_of;

/// Attributes that reach into frames, which RestrictedPython forbids.
const INSPECT_ATTRIBUTES: [&str; 16] = [
    "tb_frame",
    "tb_next",
    "co_code",
    "f_back",
    "f_builtins",
    "f_code",
    "f_globals",
    "f_locals",
    "f_trace",
    "gi_frame",
    "gi_code",
    "gi_yieldfrom",
    "cr_await",
    "cr_frame",
    "cr_code",
    "cr_origin",
];

/// Passes the expression, or raises what the host raises instead of running it.
///
/// # Errors
/// The host's `SyntaxError`; `Unsupported` for what only a compiler could judge.
pub fn allow(expr: &Expr, text: &str, mode: Mode) -> Outcome<()> {
    if mode == Mode::Expression {
        no_walrus(expr, text)?;
    }
    if mode == Mode::Block {
        writable(expr)?;
    }
    let mut complaints =
        Complaints { text, mode, line: layout::FIRST, list: Vec::new(), tripped: None, bound: Vec::new() };
    complaints.visit(expr);
    complaints.raise()?;
    compiler::expression(expr, mode)
}

/// Passes the block, or raises what the host raises instead of running it.
///
/// # Errors
/// The host's `SyntaxError`; `Unsupported` for what only a compiler could judge.
pub fn allow_block(block: &[Statement], text: &str) -> Outcome<()> {
    let mut writes = Ok(());
    walk_block(block, &mut |expr| {
        if writes.is_ok() {
            writes = writable(expr);
        }
    });
    writes?;
    let mut complaints =
        Complaints { text, mode: Mode::Block, line: layout::FIRST, list: Vec::new(), tripped: None, bound: Vec::new() };
    complaints.block(block, layout::FIRST, true);
    if !complaints.list.is_empty() {
        let mut breaks = false;
        walk_block(block, &mut |expr| {
            expr.walk(&mut |node| {
                breaks |= matches!(&node.kind, Kind::FString(pieces) if layout::breaks_lines(pieces))
            });
        });
        if breaks {
            return Err(Stop::unsupported("the line of a complaint behind an f-string with line breaks"));
        }
    }
    complaints.raise()?;
    compiler::block(block)
}

/// The host writes what becomes a function as text again, and a long hexadecimal number has no decimal text.
fn writable(expr: &Expr) -> Outcome<()> {
    let mut found = Ok(());
    expr.walk(&mut |node| {
        if let (Kind::Constant(Value::Int(number)), true) = (&node.kind, found.is_ok()) {
            found = number.to_decimal().map(|_| ());
        }
    });
    found
}

/// The host looks for `:=` level by level (`ast.walk`) and names the first.
fn no_walrus(expr: &Expr, text: &str) -> Outcome<()> {
    let mut queue = VecDeque::from([expr]);
    while let Some(node) = queue.pop_front() {
        if matches!(node.kind, Kind::Walrus(..)) {
            let before = text.get(..node.span.start).unwrap_or_default();
            let column = before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let line = line_of(text, node.span.start);
            let message = format!("Operation not allowed: line {line} column {column}");
            return Err(Stop::raise("SyntaxError", message).at(node.span.clone()));
        }
        node.children(&mut |child| queue.push_back(child));
    }
    Ok(())
}

/// What RestrictedPython says against a text, in its order.
pub struct Complaints<'a> {
    text: &'a str,
    mode: Mode,
    /// The line of the function that a block has become, where each statement has a line of its own.
    pub line: usize,
    /// The complaints and their places.
    pub list: Vec<(String, std::ops::Range<usize>)>,
    /// The error of its own that stops it, whatever it has complained about.
    tripped: Option<String>,
    /// Where the names of printing are bound inside an expression.
    bound: Vec<std::ops::Range<usize>>,
}

impl Complaints<'_> {
    fn raise(&mut self) -> Outcome<()> {
        if let Some(message) = self.tripped.take() {
            return Err(Stop::raise("AttributeError", message));
        }
        let Some((_, span)) = self.list.first() else { return Ok(()) };
        let span = span.clone();
        let list = self.list.drain(..).map(|(complaint, _)| Value::from(complaint)).collect();
        let message = show::repr(&Value::tuple(list), &Budget::default())?;
        Err(Stop::raise("SyntaxError", message).at(span))
    }

    fn complain(&mut self, node: &Expr, what: &str) {
        let line = match self.mode {
            Mode::Expression => line_of(self.text, node.span.start),
            Mode::Block => self.line,
        };
        self.list.push((format!("Line {line}: {what}"), node.span.clone()));
    }

    /// Complains about a name.
    pub fn name(&mut self, node: &Expr, name: &str) {
        if name.starts_with('_') && name != "_" && name != "_dict" {
            self.complain(node, &format!("\"{name}\" is an invalid variable name because it starts with \"_\""));
        } else if name.ends_with("__roles__") {
            self.complain(node, &format!("\"{name}\" is an invalid variable name because it ends with \"__roles__\"."));
        } else if matches!(name, "print" | "printed" | "builtins" | "breakpoint") {
            self.complain(node, &format!("\"{name}\" is a reserved name."));
        }
    }

    /// Complains about the names of parameters; those in front of `/` are not looked at.
    pub fn parameters(&mut self, node: &Expr, parameters: &[Parameter]) {
        for takes in [Takes::Any, Takes::Star, Takes::DoubleStar, Takes::KeywordOnly] {
            for parameter in parameters.iter().filter(|parameter| parameter.takes == takes) {
                self.name(node, &parameter.name);
            }
        }
    }

    /// Complains about an expression. `false` when RestrictedPython takes it out of the tree.
    pub fn visit(&mut self, node: &Expr) -> bool {
        match &node.kind {
            Kind::Ellipsis => {
                self.complain(node, "Ellipsis statements are not allowed.");
                return false;
            }
            Kind::Await(_) => {
                self.complain(node, "Await statements are not allowed.");
                return false;
            }
            // The two names of printing become calls of a collector where they are read.
            Kind::Name(name) if !is_printing(name) || self.bound.contains(&node.span) => self.name(node, name),
            Kind::Attribute(_, name) => {
                if name.starts_with('_') && &**name != "_" {
                    self.complain(
                        node,
                        &format!("\"{name}\" is an invalid attribute name because it starts with \"_\"."),
                    );
                }
                if name.ends_with("__roles__") {
                    self.complain(
                        node,
                        &format!("\"{name}\" is an invalid attribute name because it ends with \"__roles__\"."),
                    );
                }
                if INSPECT_ATTRIBUTES.contains(&&**name) {
                    let what =
                        format!("\"{name}\" is a restricted name, that is forbidden to access in RestrictedPython.");
                    self.complain(node, &what);
                }
            }
            Kind::Call(function, _) => match &function.kind {
                Kind::Name(name) if &**name == "exec" => self.complain(node, "Exec calls are not allowed."),
                Kind::Name(name) if &**name == "eval" => self.complain(node, "Eval calls are not allowed."),
                _ => {}
            },
            Kind::Lambda(lambda) => self.parameters(node, &lambda.parameters),
            Kind::Walrus(target, _) => self.binds(target),
            Kind::Comprehension(made) => made.loops.iter().for_each(|one| self.binds(&one.target)),
            Kind::Binary(Binary::MatrixMultiply, left, right) => {
                self.visit(left);
                // An operator has no line of its own.
                let complaint = String::from("Line None: MatMult statements are not allowed.");
                self.list.push((complaint, node.span.clone()));
                self.visit(right);
                return true;
            }
            _ => {}
        }
        let mut missing = Vec::new();
        node.children(&mut |child| {
            if !self.visit(child) {
                missing.push(child.span.clone());
            }
        });
        if !missing.is_empty() {
            let gone = |part: &Expr| missing.contains(&part.span);
            match &node.kind {
                Kind::Attribute(..) => self.trip("Attribute", "value"),
                Kind::Subscript(value, _) => self.trip("Subscript", if gone(value) { "value" } else { "slice" }),
                Kind::Comprehension(made) if made.loops.iter().any(|one| gone(&one.source)) => {
                    self.trip("comprehension", "iter");
                }
                Kind::Call(function, arguments) if gone(function) => {
                    let is_star = |argument: &Argument| matches!(argument, Argument::Star(_) | Argument::DoubleStar(_));
                    if arguments.iter().any(is_star) {
                        self.trip("Call", "func");
                    }
                }
                _ => {}
            }
        }
        true
    }

    fn binds(&mut self, target: &Expr) {
        match &target.kind {
            Kind::Name(name) if is_printing(name) => self.bound.push(target.span.clone()),
            Kind::Tuple(items) | Kind::List(items) => items.iter().for_each(|item| self.binds(item)),
            Kind::Starred(inner) => self.binds(inner),
            _ => {}
        }
    }

    /// RestrictedPython fails over a part of a node that it has taken out itself.
    pub fn trip(&mut self, node: &str, part: &str) {
        self.tripped.get_or_insert_with(|| format!("'{node}' object has no attribute '{part}'"));
    }
}

/// The names that RestrictedPython keeps for printing.
fn is_printing(name: &str) -> bool {
    matches!(name, "print" | "printed")
}
