//! Walks the tree of a template, in the order in which Jinja2's own visitors do.
//!
//! Source: `iter_child_nodes` of Jinja2 3.1 goes through the fields in their order: an assignment's target comes before
//! its value, a loop's filter behind its body.

use super::ast::{Applied, Arguments, Body, Expr, ExprKind, Macro, Statement, Target};

/// What a walk meets.
#[derive(Debug, Clone, Copy)]
pub enum Met<'a> {
    /// An expression, before its parts.
    Expr(&'a Expr),
    /// A name that is assigned to.
    Store(&'a str),
    /// A name whose attribute is assigned to.
    StoreAttribute(&'a str),
    /// A statement, before its parts.
    Statement(&'a Statement),
}

/// Visits an expression and its parts.
pub fn expression<'a>(node: &'a Expr, visit: &mut dyn FnMut(Met<'a>)) {
    visit(Met::Expr(node));
    match &node.kind {
        ExprKind::Const(_) | ExprKind::Name(_) | ExprKind::Place(..) => {}
        ExprKind::List(items)
        | ExprKind::Tuple(items)
        | ExprKind::Concat(items)
        | ExprKind::And(items)
        | ExprKind::Or(items) => items.iter().for_each(|item| expression(item, visit)),
        ExprKind::Dict(items) => {
            for (key, value) in items {
                expression(key, visit);
                expression(value, visit);
            }
        }
        ExprKind::Unary(_, inner) | ExprKind::Attribute(inner, _) => expression(inner, visit),
        ExprKind::Chain(first, links) => {
            expression(first, visit);
            links.iter().for_each(|(_, link)| expression(link, visit));
        }
        ExprKind::Compare(first, links) => {
            expression(first, visit);
            links.iter().for_each(|(_, link)| expression(link, visit));
        }
        ExprKind::Conditional(parts) => {
            expression(&parts.test, visit);
            expression(&parts.then, visit);
            parts.otherwise.iter().for_each(|part| expression(part, visit));
        }
        ExprKind::Item(base, index) => {
            expression(base, visit);
            expression(index, visit);
        }
        ExprKind::Slice(base, slice) => {
            expression(base, visit);
            [&slice.start, &slice.stop, &slice.step].into_iter().flatten().for_each(|part| expression(part, visit));
        }
        ExprKind::Call(call) => {
            expression(&call.callee, visit);
            arguments(&call.arguments, visit);
        }
        ExprKind::Filter(part) | ExprKind::Test(part) => applied(part, visit),
    }
}

fn applied<'a>(node: &'a Applied, visit: &mut dyn FnMut(Met<'a>)) {
    node.value.iter().for_each(|value| expression(value, visit));
    arguments(&node.arguments, visit);
}

fn arguments<'a>(node: &'a Arguments, visit: &mut dyn FnMut(Met<'a>)) {
    node.positional.iter().for_each(|value| expression(value, visit));
    node.keyword.iter().for_each(|(_, value)| expression(value, visit));
    [&node.star, &node.double_star].into_iter().flatten().for_each(|value| expression(value, visit));
}

fn target<'a>(node: &'a Target, visit: &mut dyn FnMut(Met<'a>)) {
    match node {
        Target::Name(name, _) => visit(Met::Store(name)),
        Target::Attribute(name, _, _) => visit(Met::StoreAttribute(name)),
        Target::Tuple(items) => items.iter().for_each(|item| target(item, visit)),
    }
}

fn definition<'a>(node: &'a Macro, visit: &mut dyn FnMut(Met<'a>)) {
    node.parameters.iter().for_each(|(name, _)| visit(Met::Store(name)));
    node.parameters.iter().filter_map(|(_, default)| default.as_ref()).for_each(|default| expression(default, visit));
    body(&node.body, visit);
}

/// Visits statements and their parts.
pub fn body<'a>(statements: &'a Body, visit: &mut dyn FnMut(Met<'a>)) {
    statements.iter().for_each(|node| statement(node, visit));
}

/// Visits a statement and its parts.
pub fn statement<'a>(node: &'a Statement, visit: &mut dyn FnMut(Met<'a>)) {
    visit(Met::Statement(node));
    match node {
        Statement::Data(_) => {}
        Statement::Print(value, _) => expression(value, visit),
        Statement::If(node) => {
            for (test, inner) in &node.branches {
                expression(test, visit);
                body(inner, visit);
            }
            body(&node.otherwise, visit);
        }
        Statement::For(node) => {
            target(&node.target, visit);
            expression(&node.iterable, visit);
            body(&node.body, visit);
            body(&node.otherwise, visit);
            node.test.iter().for_each(|test| expression(test, visit));
        }
        Statement::Set(place, value, _) => {
            target(place, visit);
            expression(value, visit);
        }
        Statement::SetBlock(node) => {
            target(&node.target, visit);
            node.filter.iter().for_each(|filter| expression(filter, visit));
            body(&node.body, visit);
        }
        Statement::With(node) => {
            node.targets.iter().for_each(|(place, _)| target(place, visit));
            node.targets.iter().for_each(|(_, value)| expression(value, visit));
            body(&node.body, visit);
        }
        Statement::Macro(node) => {
            node.name.iter().for_each(|name| visit(Met::Store(name)));
            definition(node, visit);
        }
        Statement::CallBlock(node) => {
            expression(&node.call, visit);
            definition(&node.body, visit);
        }
        Statement::FilterBlock(node) => {
            body(&node.body, visit);
            expression(&node.filter, visit);
        }
        Statement::Block(node) => body(&node.body, visit),
        Statement::Autoescape(value, inner, _) => {
            expression(value, visit);
            body(inner, visit);
        }
        Statement::Other(node) => {
            expression(&node.template, visit);
            node.names.iter().for_each(|name| visit(Met::Store(name)));
        }
    }
}
