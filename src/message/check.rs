//! What Jinja2's compiler refuses although the parser took it.
//!
//! Source: `jinja2/compiler.py` 3.1.6. An unknown filter or test is refused unless it stands directly in an `if` (the
//! tag or the expression): there it is raised only when it is reached.

use std::rc::Rc;

use super::ast::{Applied, Arguments, Body, Expr, ExprKind, Macro, Other, Span, Statement};
use super::filters;
use super::mentions;
use super::parameters;
use super::syntax_error::Refusal;
use super::tests;
use super::walk::{self, Met};
use crate::message::stream::quoted;

/// Python refuses more than 20 nested loops in one function.
const LOOPS: usize = 20;

/// Checks a template.
///
/// # Errors
/// What Jinja2's compiler raises.
pub fn check(body: &Body) -> Result<(), Refusal> {
    let mut checker = Checker { blocks: Vec::new(), loops: 0, depth: 0 };
    checker.blocks_once(body)?;
    checker.body(body, false)?;
    parameters::once(body)
}

struct Checker {
    blocks: Vec<Rc<str>>,
    loops: usize,
    depth: usize,
}

impl Checker {
    fn blocks_once(&mut self, body: &Body) -> Result<(), Refusal> {
        let mut twice: Option<(Rc<str>, Span)> = None;
        walk::body(body, &mut |met| {
            if let Met::Statement(Statement::Block(block)) = met {
                if self.blocks.contains(&block.name) {
                    twice.get_or_insert((Rc::clone(&block.name), block.span));
                }
                self.blocks.push(Rc::clone(&block.name));
            }
        });
        match twice {
            Some((name, span)) => {
                Err(Refusal::assertion(format!("block {} defined twice", quoted(&name)), span.range()))
            }
            None => Ok(()),
        }
    }

    /// `soft` says whether unknown filters are left to the rendering.
    fn body(&mut self, body: &Body, soft: bool) -> Result<(), Refusal> {
        self.depth += 1;
        let result = body.iter().try_for_each(|statement| self.statement(statement, soft));
        self.depth -= 1;
        result
    }

    fn statement(&mut self, statement: &Statement, soft: bool) -> Result<(), Refusal> {
        match statement {
            Statement::Data(_) => Ok(()),
            Statement::Print(value, _) => expression(value, soft),
            Statement::If(node) => {
                for (test, body) in &node.branches {
                    expression(test, true)?;
                    self.body(body, true)?;
                }
                self.body(&node.otherwise, true)
            }
            Statement::For(node) => {
                if let Some(test) = &node.test {
                    expression(test, false)?;
                }
                if let Some(span) = stores_loop(statement) {
                    let message = "Can't assign to special loop variable in for-loop target";
                    return Err(Refusal::assertion(message, span.range()));
                }
                if !node.recursive {
                    expression(&node.iterable, soft)?;
                }
                self.loops += 1;
                if self.loops > LOOPS {
                    return Err(Refusal::unsupported("more than 20 nested loops", node.span.range()));
                }
                self.body(&node.body, false)?;
                self.loops -= 1;
                self.body(&node.otherwise, false)?;
                if node.recursive { expression(&node.iterable, soft) } else { Ok(()) }
            }
            Statement::Set(_, value, _) => expression(value, soft),
            Statement::SetBlock(node) => {
                self.body(&node.body, false)?;
                node.filter.as_ref().map_or(Ok(()), |filter| expression(filter, false))
            }
            Statement::With(node) => {
                node.targets.iter().try_for_each(|(_, value)| expression(value, soft))?;
                self.body(&node.body, false)
            }
            Statement::Macro(node) => self.definition(node),
            Statement::CallBlock(node) => {
                self.definition(&node.body)?;
                expression(&node.call, soft)
            }
            Statement::FilterBlock(node) => {
                self.body(&node.body, false)?;
                expression(&node.filter, false)
            }
            Statement::Block(node) => self.body(&node.body, false),
            Statement::Autoescape(value, body, _) => {
                expression(value, soft)?;
                self.body(body, false)
            }
            Statement::Other(node) => self.other(node, soft),
        }
    }

    fn definition(&mut self, node: &Macro) -> Result<(), Refusal> {
        let own_caller = node.parameters.iter().find(|(name, _)| &**name == "caller");
        if node.explicit_caller && own_caller.is_some_and(|(_, default)| default.is_none()) {
            let message = "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a \
                           default.";
            return Err(Refusal::assertion(message, node.span.range()));
        }
        let loops = std::mem::take(&mut self.loops);
        node.parameters
            .iter()
            .filter_map(|(_, default)| default.as_ref())
            .try_for_each(|value| expression(value, false))?;
        let result = self.body(&node.body, false);
        self.loops = loops;
        result
    }

    fn other(&self, node: &Other, soft: bool) -> Result<(), Refusal> {
        // Directly in the template the body's depth is 1; an `if` there is no scope of its own but no top level either.
        if node.tag == "extends" && self.depth > 1 {
            if soft {
                return Err(Refusal::unsupported("extends in an if", node.span.range()));
            }
            return Err(Refusal::assertion("cannot use extend from a non top-level scope", node.span.range()));
        }
        expression(&node.template, soft)
    }
}

/// Where something inside a loop sets `loop`.
fn stores_loop(statement: &Statement) -> Option<Span> {
    let mut found = None;
    let mut place = Span::default();
    walk::statement(statement, &mut |met| match met {
        Met::Statement(Statement::Set(_, _, span)) => place = *span,
        Met::Statement(Statement::For(node)) => place = node.span,
        Met::Store("loop") => {
            found.get_or_insert(place);
        }
        _ => {}
    });
    found
}

fn expression(node: &Expr, soft: bool) -> Result<(), Refusal> {
    match &node.kind {
        ExprKind::Const(_) | ExprKind::Name(_) | ExprKind::Place(..) => Ok(()),
        ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Concat(items) => {
            items.iter().try_for_each(|item| expression(item, soft))
        }
        ExprKind::And(items) | ExprKind::Or(items) => junction(items, soft),
        ExprKind::Dict(items) => items.iter().try_for_each(|(key, value)| {
            expression(key, soft)?;
            expression(value, soft)
        }),
        ExprKind::Unary(_, inner) | ExprKind::Attribute(inner, _) => expression(inner, soft),
        ExprKind::Chain(first, links) => {
            expression(first, soft)?;
            links.iter().try_for_each(|(_, link)| expression(link, soft))
        }
        ExprKind::Compare(first, links) => {
            expression(first, soft)?;
            // Where the first comparison is one of literals and false, the optimizer does not look at the others.
            let constant = |part: &Expr| mentions::is_constant(part);
            let decided = constant(first) && links.first().is_some_and(|(_, link)| constant(link));
            for (place, (_, link)) in links.iter().enumerate() {
                match expression(link, soft) {
                    Err(_) if decided && place > 0 => {
                        return Err(Refusal::unsupported("a filter behind a literal", link.span.range()));
                    }
                    result => result?,
                }
            }
            Ok(())
        }
        ExprKind::Conditional(parts) => {
            expression(&parts.then, true)?;
            expression(&parts.test, true)?;
            parts.otherwise.as_ref().map_or(Ok(()), |part| expression(part, true))
        }
        ExprKind::Item(base, index) => {
            expression(base, soft)?;
            expression(index, soft)
        }
        ExprKind::Slice(base, slice) => {
            expression(base, soft)?;
            [&slice.start, &slice.stop, &slice.step].into_iter().flatten().try_for_each(|part| expression(part, soft))
        }
        ExprKind::Call(call) => {
            expression(&call.callee, soft)?;
            arguments(&call.arguments, soft)
        }
        ExprKind::Filter(applied) => named("filter", filters::find(&applied.name).is_some(), applied, soft),
        ExprKind::Test(applied) => named("test", tests::find(&applied.name).is_some(), applied, soft),
    }
}

/// The optimizer drops what a literal in front decides: an unknown filter there is never seen.
fn junction(items: &[Expr], soft: bool) -> Result<(), Refusal> {
    let mut decided = false;
    for item in items {
        match expression(item, soft) {
            Err(_) if decided => return Err(Refusal::unsupported("a filter behind a literal", item.span.range())),
            result => result?,
        }
        decided |= mentions::is_constant(item);
    }
    Ok(())
}

fn named(what: &str, known: bool, applied: &Applied, soft: bool) -> Result<(), Refusal> {
    if !known && !soft {
        let message = format!("No {what} named {}.", quoted(&applied.name));
        return Err(Refusal::assertion(message, applied.name_span.range()));
    }
    applied.value.as_ref().map_or(Ok(()), |value| expression(value, soft))?;
    arguments(&applied.arguments, soft)
}

fn arguments(node: &Arguments, soft: bool) -> Result<(), Refusal> {
    node.positional.iter().try_for_each(|value| expression(value, soft))?;
    node.keyword.iter().try_for_each(|(_, value)| expression(value, soft))?;
    [&node.star, &node.double_star].into_iter().flatten().try_for_each(|value| expression(value, soft))
}
