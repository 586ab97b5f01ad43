//! What RestrictedPython complains about in statements; what it says of expressions is in [`super::super::restricted`].
//!
//! The order of the complaints is that of its walk: a statement's own names first, then CPython's order of its parts.

use std::rc::Rc;

use super::super::ast::{Expr, Kind, Parameter, Takes};
use super::super::restricted::Complaints;
use super::{Definition, Does, Statement, layout};
use crate::python::operators::Binary;

/// Methods that a function inside another may be named after.
const MAGIC: [&str; 8] = ["__init__", "__contains__", "__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];

impl Complaints<'_> {
    /// Complains about statements, the first of which is on line `line`. `of_function`: the first may be a docstring.
    pub fn block(&mut self, block: &[Statement], line: usize, of_function: bool) {
        let mut line = line;
        for (place, statement) in block.iter().enumerate() {
            self.line = line + layout::lead(statement);
            self.statement(statement, line);
            line += layout::of_statement(statement, of_function && place == 0);
        }
    }

    fn complaint(&mut self, statement: &Statement, line: usize, what: &str) {
        self.list.push((format!("Line {line}: {what}"), statement.span.clone()));
    }

    fn own_name(&mut self, statement: &Statement, name: &str) {
        let node = Expr::new(statement.span.clone(), Kind::Name(name.into()));
        self.name(&node, name);
    }

    fn statement(&mut self, statement: &Statement, start: usize) {
        let line = self.line;
        let inner = line + 1;
        match &statement.does {
            Does::NotAllowed(what) => self.complaint(statement, line, &format!("{what} statements are not allowed.")),
            Does::Match(_) => self.complaint(statement, line, "Match statements are not allowed."),
            Does::Async(of) => {
                let what = match of.does {
                    Does::For { .. } => "AsyncFor",
                    Does::With(..) => "AsyncWith",
                    _ => "AsyncFunctionDef",
                };
                self.complaint(statement, line, &format!("{what} statements are not allowed."));
            }
            Does::Import(written, _) => {
                for name in written {
                    if &**name == "*" {
                        self.complaint(statement, line, "\"*\" imports are not allowed.");
                    }
                    self.own_name(statement, name);
                }
            }
            Does::Augment(target, operator, value) => {
                match &target.kind {
                    Kind::Name(name) => self.name(target, name),
                    _ => self.look(target),
                }
                if *operator == Binary::MatrixMultiply {
                    self.list
                        .push((String::from("Line None: MatMult statements are not allowed."), statement.span.clone()));
                }
                let stays = self.visit(value);
                if matches!(target.kind, Kind::Name(_)) {
                    if *operator == Binary::MatrixMultiply {
                        self.trip("AugAssign", "op");
                    } else if !stays {
                        self.trip("AugAssign", "value");
                    }
                }
                let what = match target.kind {
                    Kind::Attribute(..) => "attributes",
                    Kind::Subscript(..) => "object items and slices",
                    _ => return,
                };
                self.complaint(statement, line, &format!("Augmented assignment of {what} is not allowed."));
            }
            Does::Assign(targets, value) => {
                targets.iter().for_each(|target| self.target(target));
                if !self.visit(value) && targets.iter().any(|target| matches!(target.kind, Kind::Tuple(_))) {
                    self.trip("Assign", "value");
                }
            }
            Does::Delete(targets) => targets.iter().for_each(|target| self.target(target)),
            Does::Define(definition) => self.definition(statement, definition, start),
            Does::Class(class) => {
                self.own_name(statement, &class.name);
                let keyword = |argument: &&super::Argument| argument.is_keyword();
                for argument in class.arguments.iter().filter(|argument| !keyword(argument)) {
                    self.visit(argument.value());
                }
                for argument in class.arguments.iter().filter(keyword) {
                    self.visit(argument.value());
                }
                self.block(&class.body, inner, true);
                self.decorators(&class.decorators, start + 1);
                let named = |argument: &super::Argument| matches!(argument, super::Argument::Keyword(name, _) if &**name == "metaclass");
                if class.arguments.iter().any(named) {
                    self.complaint(statement, line, "The keyword argument \"metaclass\" is not allowed.");
                }
            }
            Does::Try(tried) => {
                let mut line = inner;
                self.block(&tried.body, line, false);
                line += layout::height(&tried.body, false);
                for handler in &tried.handlers {
                    self.line = line;
                    if let Some(class) = &handler.class {
                        self.visit(class);
                    }
                    self.block(&handler.body, line + 1, false);
                    if let Some(name) = &handler.name {
                        self.line = line;
                        let node = Expr::new(handler.span.clone(), Kind::Name(Rc::clone(name)));
                        self.name(&node, name);
                    }
                    line += 1 + layout::height(&handler.body, false);
                }
                for block in [&tried.otherwise, &tried.finally] {
                    if !block.is_empty() {
                        self.block(block, line + 1, false);
                        line += 1 + layout::height(block, false);
                    }
                }
            }
            Does::If(test, body, otherwise) => {
                self.visit(test);
                self.block(body, inner, false);
                let is_elif = matches!(&**otherwise, [Statement { does: Does::If(..), .. }]);
                let after = inner + layout::height(body, false) + usize::from(!is_elif);
                self.block(otherwise, after, false);
            }
            Does::For { body, otherwise, .. } | Does::While(_, body, otherwise) => {
                let loops = match &statement.does {
                    Does::For { target, source, .. } => {
                        self.target(target);
                        Some(source)
                    }
                    Does::While(test, ..) => {
                        self.visit(test);
                        None
                    }
                    _ => None,
                };
                let stays = loops.is_none_or(|source| self.visit(source));
                self.block(body, inner, false);
                self.block(otherwise, inner + layout::height(body, false) + 1, false);
                if !stays {
                    self.trip("For", "iter");
                }
            }
            Does::With(items, body) => {
                for (value, target) in items {
                    self.visit(value);
                    target.iter().for_each(|target| self.target(target));
                }
                self.block(body, inner, false);
            }
            _ => statement.expressions().into_iter().for_each(|expr| self.look(expr)),
        }
    }

    fn look(&mut self, expr: &Expr) {
        self.visit(expr);
    }

    /// A target: only what it is a part of is read.
    fn target(&mut self, target: &Expr) {
        match &target.kind {
            Kind::Subscript(value, key) => {
                let stays = self.visit(value);
                self.visit(key);
                if !stays {
                    self.trip("Subscript", "value");
                }
            }
            Kind::Name(name) => self.name(target, name),
            Kind::Tuple(items) | Kind::List(items) => items.iter().for_each(|item| self.target(item)),
            Kind::Starred(inner) => self.target(inner),
            _ => self.look(target),
        }
    }

    fn decorators(&mut self, decorators: &[Expr], line: usize) {
        for (place, decorator) in decorators.iter().enumerate() {
            self.line = line + place;
            self.visit(decorator);
        }
    }

    fn definition(&mut self, statement: &Statement, definition: &Definition, start: usize) {
        let line = self.line;
        if !MAGIC.contains(&&*definition.name) {
            self.own_name(statement, &definition.name);
        }
        let node = Expr::new(statement.span.clone(), Kind::Name(definition.name.clone()));
        self.parameters(&node, &definition.parameters);
        let of = |takes: Takes| definition.parameters.iter().filter(move |parameter| parameter.takes == takes);
        let positional: fn(&&Parameter) -> bool = |p| matches!(p.takes, Takes::PositionalOnly | Takes::Any);
        let annotated =
            definition.parameters.iter().filter(positional).chain(of(Takes::Star)).chain(of(Takes::KeywordOnly));
        annotated.filter_map(|parameter| parameter.annotation.as_ref()).for_each(|annotation| self.look(annotation));
        of(Takes::KeywordOnly).filter_map(|parameter| parameter.default.as_ref()).for_each(|value| self.look(value));
        of(Takes::DoubleStar).filter_map(|parameter| parameter.annotation.as_ref()).for_each(|value| self.look(value));
        let defaults = definition.parameters.iter().filter(positional);
        defaults.filter_map(|parameter| parameter.default.as_ref()).for_each(|value| self.look(value));
        self.block(&definition.body, line + 1, true);
        self.decorators(&definition.decorators, start + 1);
        self.line = line;
        definition.returns.iter().for_each(|returns| self.look(returns));
    }
}
