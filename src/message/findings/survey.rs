//! One walk over the tree that collects what the findings look at, so that a keystroke pays for it once.

use std::rc::Rc;

use crate::message::ast::{Applied, Body, Expr, ExprKind, For, Span, Statement, Target};
use crate::message::walk::{self, Met};

/// What a template consists of, each list in the order of the tree.
#[derive(Debug, Default)]
pub struct Survey<'a> {
    /// Attributes, items, slices and calls.
    pub reaches: Vec<&'a Expr>,
    /// Names that are read.
    pub names: Vec<(&'a Rc<str>, Span)>,
    /// Names that the template itself sets: targets, macros, parameters.
    pub stored: Vec<&'a str>,
    /// The expressions of `{{ }}`.
    pub printed: Vec<&'a Expr>,
    /// Comparisons.
    pub compared: Vec<&'a Expr>,
    /// Sums and other chains of operators.
    pub chains: Vec<&'a Expr>,
    /// Filters and tests.
    pub applied: Vec<(&'a Applied, Span)>,
    /// What a name is set to, in `{% set %}`.
    pub set: Vec<(&'a str, &'a Expr)>,
    /// Loops.
    pub loops: Vec<&'a Rc<For>>,
    /// Text between the tags.
    pub data: Vec<Span>,
}

impl<'a> Survey<'a> {
    /// Looks at a whole template.
    pub fn of(body: &'a Body) -> Self {
        let mut survey = Self::default();
        walk::body(body, &mut |met| match met {
            Met::Expr(node) => match &node.kind {
                ExprKind::Name(name) => survey.names.push((name, node.span)),
                ExprKind::Attribute(..) | ExprKind::Item(..) | ExprKind::Slice(..) | ExprKind::Call(_) => {
                    survey.reaches.push(node);
                }
                ExprKind::Compare(..) => survey.compared.push(node),
                ExprKind::Chain(..) => survey.chains.push(node),
                ExprKind::Filter(applied) | ExprKind::Test(applied) => survey.applied.push((applied, node.span)),
                _ => {}
            },
            Met::Store(name) => survey.stored.push(name),
            Met::Statement(Statement::Print(value, _)) => survey.printed.push(value),
            Met::Statement(Statement::For(node)) => survey.loops.push(node),
            Met::Statement(Statement::Set(Target::Name(name, _), value, _)) => survey.set.push((name, value)),
            Met::Statement(Statement::Data(span)) => survey.data.push(*span),
            Met::StoreAttribute(_) | Met::Statement(_) => {}
        });
        survey
    }

    /// Whether the template's author reckons with a value that is not there: `|default(...)`, `is defined`.
    pub fn expects_missing(&self, span: Span) -> bool {
        let inside = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        self.applied.iter().any(|(applied, _)| {
            matches!(&*applied.name, "default" | "d" | "defined" | "undefined")
                && applied.value.as_ref().is_some_and(|value| inside(value.span))
        })
    }

    /// What a name stands for everywhere: the template sets it once, and nothing else of that name.
    pub fn value_of(&self, name: &str) -> Option<&'a Expr> {
        let once = self.stored.iter().filter(|known| **known == name).count() == 1;
        self.set.iter().find(|(known, _)| once && *known == name).map(|(_, value)| *value)
    }

    /// Whether a name is the template's own.
    pub fn sets(&self, name: &str) -> bool {
        self.stored.contains(&name)
    }
}
