//! On which line of the host's own text a statement stands: the host parses a block, puts it into a function and writes it
//! anew (`ast.unparse`), one statement a line.

use super::super::ast::{Kind, Piece};
use super::{Block, Does, Statement};
use crate::python::Value;

/// The line of the function's first statement: its `def` is the first.
pub const FIRST: usize = 2;

/// How many lines a block takes. `first` of a function's block may be its docstring, which keeps its line breaks.
pub fn height(block: &[Statement], of_function: bool) -> usize {
    block.iter().enumerate().map(|(place, statement)| of_statement(statement, of_function && place == 0)).sum()
}

/// How many lines come before the line that CPython gives a statement.
pub fn lead(statement: &Statement) -> usize {
    match &statement.does {
        // A blank line, and a line for each decorator.
        Does::Define(definition) => 1 + definition.decorators.len(),
        Does::Class(class) => 1 + class.decorators.len(),
        Does::Async(inner) => lead(inner),
        _ => 0,
    }
}

/// How many lines a statement takes.
pub fn of_statement(statement: &Statement, first_of_function: bool) -> usize {
    let optional = |block: &Block| if block.is_empty() { 0 } else { 1 + height(block, false) };
    lead(statement)
        + match &statement.does {
            Does::Expression(expr) if first_of_function => match &expr.kind {
                Kind::Constant(Value::Str(text)) => 1 + text.matches('\n').count(),
                _ => 1,
            },
            Does::If(_, body, otherwise) => {
                // An `elif` has its own line; an `else` takes one before its body.
                let is_elif = matches!(&**otherwise, [Statement { does: Does::If(..), .. }]);
                1 + height(body, false) + if is_elif { height(otherwise, false) } else { optional(otherwise) }
            }
            Does::For { body, otherwise, .. } | Does::While(_, body, otherwise) => {
                1 + height(body, false) + optional(otherwise)
            }
            Does::Match(cases) => 1 + cases.iter().map(|case| 1 + height(case, false)).sum::<usize>(),
            Does::With(_, body) => 1 + height(body, false),
            Does::Define(definition) => 1 + height(&definition.body, true),
            Does::Class(class) => 1 + height(&class.body, true),
            Does::Try(tried) => {
                let handlers: usize = tried.handlers.iter().map(|handler| 1 + height(&handler.body, false)).sum();
                1 + height(&tried.body, false) + handlers + optional(&tried.otherwise) + optional(&tried.finally)
            }
            Does::Async(inner) => of_statement(inner, false) - lead(inner),
            _ => 1,
        }
}

/// Whether an f-string holds a line break, which the host may write as one: then the lines are not followed here.
pub fn breaks_lines(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.contains('\n'),
        Piece::Field { spec, .. } => spec.as_deref().is_some_and(breaks_lines),
    })
}
