//! Which names a function has of its own, as CPython's symbol table finds them before anything runs.

use std::collections::HashSet;
use std::rc::Rc;

use super::super::ast::{Expr, Kind};
use super::{Does, Statement};

/// The names of a function.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// Parameters, and what is bound anywhere in it: its own from its first line.
    pub locals: HashSet<Rc<str>>,
    /// What it says to be global.
    pub globals: HashSet<Rc<str>>,
    /// Whether it is a generator.
    pub yields: bool,
    /// Whether it reads `print` or `printed`, for which RestrictedPython makes a collector before its first line.
    pub prints: bool,
}

impl Bindings {
    /// The names of a function with these parameters.
    pub fn of(parameters: &[Rc<str>], body: &[Statement]) -> Self {
        let mut bindings = Self { locals: parameters.iter().cloned().collect(), ..Self::default() };
        bindings.block(body);
        let globals = &bindings.globals;
        bindings.locals.retain(|name| !globals.contains(name));
        bindings
    }

    fn bind(&mut self, name: &Rc<str>) {
        self.locals.insert(Rc::clone(name));
    }

    fn block(&mut self, block: &[Statement]) {
        for statement in block {
            match &statement.does {
                Does::Assign(targets, _) | Does::Delete(targets) => {
                    targets.iter().for_each(|target| self.bind_target(target));
                }
                Does::Augment(target, ..) | Does::For { target, .. } => self.bind_target(target),
                Does::With(items, _) => items.iter().filter_map(|(_, target)| target.as_ref()).for_each(|target| {
                    self.bind_target(target);
                }),
                Does::Import(_, bound) => bound.iter().for_each(|name| self.bind(name)),
                Does::Global(names) => self.globals.extend(names.iter().cloned()),
                Does::Define(definition) => self.bind(&definition.name),
                Does::Class(class) => self.bind(&class.name),
                Does::Try(tried) => {
                    tried.handlers.iter().filter_map(|handler| handler.name.as_ref()).for_each(|name| self.bind(name));
                }
                _ => {}
            }
            statement.expressions().into_iter().for_each(|expr| self.expression(expr));
            if !matches!(statement.does, Does::Define(_) | Does::Class(_)) {
                statement.blocks().into_iter().for_each(|block| self.block(block));
            }
        }
    }

    /// Adds the names that a target binds.
    pub fn bind_target(&mut self, target: &Expr) {
        match &target.kind {
            Kind::Name(name) => self.bind(name),
            Kind::Tuple(items) | Kind::List(items) => items.iter().for_each(|item| self.bind_target(item)),
            Kind::Starred(inner) => self.bind_target(inner),
            _ => {}
        }
    }

    /// `:=`, `yield` and `print`, wherever they stand in an expression that is evaluated in the function itself.
    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Walrus(target, _) => self.bind_target(target),
            Kind::Yield(_) | Kind::YieldFrom(_) => self.yields = true,
            Kind::Name(name) if matches!(&**name, "print" | "printed") => self.prints = true,
            Kind::Lambda(lambda) => {
                lambda.parameters.iter().filter_map(|parameter| parameter.default.as_ref()).for_each(|default| {
                    self.expression(default);
                });
                // The body is another function's, but shares the collector of prints.
                lambda.body.walk(&mut |node| {
                    self.prints |= matches!(&node.kind, Kind::Name(name) if matches!(&**name, "print" | "printed"));
                });
                return;
            }
            _ => {}
        }
        expr.children(&mut |child| self.expression(child));
    }
}

/// Whether an expression yields, lambdas in it apart.
pub fn yields(expr: &Expr) -> bool {
    let mut bindings = Bindings::default();
    bindings.expression(expr);
    bindings.yields
}

/// Whether an expression that is all of a condition makes it more than an expression: it binds, yields or prints.
pub fn is_of_function(expr: &Expr) -> bool {
    let mut bindings = Bindings::default();
    bindings.expression(expr);
    bindings.yields || bindings.prints || !bindings.locals.is_empty()
}
