//! What the host refuses before a condition runs: RestrictedPython 6.2, the host's own ban of `:=`, and CPython's compiler.
//!
//! The words and the order of the complaints were observed on RestrictedPython 6.2 (`RestrictingNodeTransformer`), which
//! walks a parent before its children and reports everything it finds as one tuple.

use std::collections::VecDeque;

use super::Mode;
use super::ast::{Argument, Does, Expr, Kind, Lambda, Piece, Statement, Takes, walk_block};
use crate::python::operators::Binary;
use crate::python::{Budget, Exception, Outcome, Stop, Value, show};
use crate::text::line_of;

/// Attributes that reach into frames, which RestrictedPython forbids.
const INSPECT_ATTRIBUTES: [&str; 17] = [
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
    "",
];

/// Passes the expression, or raises what the host raises instead of running it.
///
/// # Errors
/// The host's `SyntaxError`; `Unsupported` for what only a compiler could judge.
pub fn allow(expr: &Expr, text: &str, mode: Mode) -> Outcome<()> {
    if mode == Mode::Expression {
        no_walrus(expr, text)?;
    }
    let mut complaints = Complaints { text, mode, line: 2, list: Vec::new() };
    complaints.visit(expr);
    complaints.raise()?;
    compiles(expr, mode)
}

/// Passes the block, or raises what the host raises instead of running it.
///
/// # Errors
/// The host's `SyntaxError`; `Unsupported` for what only a compiler could judge.
pub fn allow_block(block: &[Statement], text: &str) -> Outcome<()> {
    if let Some(Does::Expression(Expr { kind: Kind::Constant(Value::Str(first)), .. })) = block.first().map(|s| &s.does)
        && first.contains('\n')
    {
        // The host writes the block anew, and such a first line over several lines.
        return Err(Stop::unsupported("a text over several lines as the first statement"));
    }
    let mut complaints = Complaints { text, mode: Mode::Block, line: 2, list: Vec::new() };
    complaints.block(block);
    complaints.raise()?;
    jumps(block, false)?;
    let mut judged = Ok(());
    walk_block(block, &mut |expr| {
        if judged.is_ok() {
            judged = compiles(expr, Mode::Block);
        }
    });
    judged
}

/// `break` and `continue` outside of a loop.
fn jumps(block: &[Statement], in_loop: bool) -> Outcome<()> {
    for statement in block {
        let message = match &statement.does {
            Does::Break if !in_loop => "'break' outside loop",
            Does::Continue if !in_loop => "'continue' not properly in loop",
            Does::For { body, otherwise, .. } | Does::While(_, body, otherwise) => {
                jumps(body, true)?;
                jumps(otherwise, in_loop)?;
                continue;
            }
            _ => {
                for inner in statement.inside() {
                    jumps(std::slice::from_ref(inner), in_loop)?;
                }
                continue;
            }
        };
        return Err(Stop::raise("SyntaxError", message).at(statement.span.clone()));
    }
    Ok(())
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

struct Complaints<'a> {
    text: &'a str,
    mode: Mode,
    /// The line of the function that a block has become, where each statement has a line of its own.
    line: usize,
    list: Vec<(String, std::ops::Range<usize>)>,
}

impl Complaints<'_> {
    fn raise(&mut self) -> Outcome<()> {
        let Some((_, span)) = self.list.first() else { return Ok(()) };
        let span = span.clone();
        let list = self.list.drain(..).map(|(complaint, _)| Value::from(complaint)).collect();
        let message = show::repr(&Value::tuple(list), &Budget::default())?;
        Err(Stop::raise("SyntaxError", message).at(span))
    }

    /// Complains about statements; behind them `line` is that of the next statement.
    fn block(&mut self, block: &[Statement]) {
        for statement in block {
            let line = self.line;
            match &statement.does {
                Does::NotAllowed(what) => {
                    let complaint = format!("Line {line}: {what} statements are not allowed.");
                    self.list.push((complaint, statement.span.clone()));
                }
                Does::Import(names) => {
                    for name in names {
                        let node = Expr::new(statement.span.clone(), Kind::Name(name.clone()));
                        self.name(&node, name);
                    }
                }
                _ => statement.expressions().into_iter().for_each(|expr| self.visit(expr)),
            }
            if let Does::Augment(target, _) = &statement.does {
                let what = match target.kind {
                    Kind::Attribute(..) => Some("attributes"),
                    Kind::Subscript(..) => Some("object items and slices"),
                    _ => None,
                };
                if let Some(what) = what {
                    let complaint = format!("Line {line}: Augmented assignment of {what} is not allowed.");
                    self.list.push((complaint, statement.span.clone()));
                }
            }
            self.line += 1;
            match &statement.does {
                Does::If(_, body, otherwise) => {
                    self.block(body);
                    // An `elif` has its own line; an `else` takes one before its body.
                    let is_elif = matches!(otherwise.as_slice(), [Statement { does: Does::If(..), .. }]);
                    if !otherwise.is_empty() && !is_elif {
                        self.line += 1;
                    }
                    self.block(otherwise);
                }
                Does::For { body, otherwise, .. } | Does::While(_, body, otherwise) => {
                    self.block(body);
                    if !otherwise.is_empty() {
                        self.line += 1;
                    }
                    self.block(otherwise);
                }
                _ => {}
            }
        }
    }

    fn complain(&mut self, node: &Expr, what: &str) {
        let line = match self.mode {
            Mode::Expression => line_of(self.text, node.span.start),
            Mode::Block => self.line,
        };
        self.list.push((format!("Line {line}: {what}"), node.span.clone()));
    }

    fn name(&mut self, node: &Expr, name: &str) {
        if name.starts_with('_') && name != "_" && name != "_dict" {
            self.complain(node, &format!("\"{name}\" is an invalid variable name because it starts with \"_\""));
        } else if name.ends_with("__roles__") {
            self.complain(node, &format!("\"{name}\" is an invalid variable name because it ends with \"__roles__\"."));
        } else if matches!(name, "print" | "printed" | "builtins" | "breakpoint") {
            self.complain(node, &format!("\"{name}\" is a reserved name."));
        }
    }

    fn lambda(&mut self, node: &Expr, lambda: &Lambda) {
        for takes in [Takes::Any, Takes::Star, Takes::DoubleStar, Takes::KeywordOnly] {
            for parameter in lambda.parameters.iter().filter(|parameter| parameter.takes == takes) {
                self.name(node, &parameter.name);
            }
        }
    }

    fn visit(&mut self, node: &Expr) {
        match &node.kind {
            Kind::Ellipsis => self.complain(node, "Ellipsis statements are not allowed."),
            Kind::Await(_) => return self.complain(node, "Await statements are not allowed."),
            // The two names of printing become calls of a collector instead.
            Kind::Name(name) if !matches!(&**name, "print" | "printed") => self.name(node, name),
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
            Kind::Lambda(lambda) => self.lambda(node, lambda),
            Kind::Binary(Binary::MatrixMultiply, left, right) => {
                self.visit(left);
                // An operator has no line of its own.
                let complaint = String::from("Line None: MatMult statements are not allowed.");
                self.list.push((complaint, node.span.clone()));
                return self.visit(right);
            }
            _ => {}
        }
        let mut children = Vec::new();
        node.children(&mut |child| children.push(child));
        children.into_iter().for_each(|child| self.visit(child));
    }
}

/// What CPython's compiler refuses in a tree that its parser accepts.
fn compiles(expr: &Expr, mode: Mode) -> Outcome<()> {
    let mut found: Vec<Exception> = Vec::new();
    let mut unknown = None;
    expr.walk(&mut |node| {
        let mut refuse = |message: String| {
            found.push(Exception { kind: "SyntaxError", message, span: Some(node.span.clone()) });
        };
        match &node.kind {
            Kind::Lambda(lambda) => {
                for (index, parameter) in lambda.parameters.iter().enumerate() {
                    if lambda.parameters.iter().take(index).any(|earlier| earlier.name == parameter.name) {
                        refuse(format!("duplicate argument '{}' in function definition", parameter.name));
                    }
                }
            }
            Kind::Call(_, arguments) => {
                let names = |argument: &Argument| match argument {
                    Argument::Keyword(name, _) => Some(name.clone()),
                    _ => None,
                };
                for (index, name) in arguments.iter().enumerate().filter_map(|(at, one)| Some((at, names(one)?))) {
                    if arguments.iter().take(index).filter_map(names).any(|earlier| earlier == name) {
                        refuse(format!("keyword argument repeated: {name}"));
                    }
                }
            }
            Kind::Comprehension(comprehension) if comprehension.loops.iter().any(|one| one.asynchronous) => {
                refuse(String::from("asynchronous comprehension outside of an asynchronous function"));
            }
            Kind::Yield(_) if mode == Mode::Expression => refuse(String::from("'yield' outside function")),
            // The host writes a block anew, and CPython cannot write every f-string.
            Kind::FString(pieces) if mode == Mode::Block && is_hard_to_write(pieces) => {
                unknown = Some(Stop::unsupported("a text with quotes inside an f-string"));
            }
            Kind::Yield(_) => unknown = Some(Stop::unsupported("yield")),
            Kind::Walrus(..) => unknown = Some(Stop::unsupported(":=")),
            _ => {}
        }
    });
    match (found.len(), unknown) {
        (0, None) => Ok(()),
        (0, Some(unknown)) => Err(unknown),
        // Two refusals come from two passes of the compiler; which is first is not followed here.
        (1, None) => found.pop().map_or(Ok(()), |exception| Err(Stop::Raise(Box::new(exception)))),
        _ => Err(Stop::unsupported("several errors of the compiler")),
    }
}

/// Whether a field of an f-string holds a text that needs quotes or escapes of its own.
fn is_hard_to_write(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| {
        let Piece::Field { value, spec, .. } = piece else { return false };
        let mut hard = spec.as_deref().is_some_and(is_hard_to_write);
        value.walk(&mut |node| {
            hard |= match &node.kind {
                Kind::Constant(Value::Str(text)) => {
                    text.contains(['\'', '"', '\\']) || text.chars().any(|c| c.is_control())
                }
                Kind::Constant(Value::Bytes(_)) | Kind::FString(_) => true,
                _ => false,
            };
        });
        hard
    })
}
