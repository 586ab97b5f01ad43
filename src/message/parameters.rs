//! Macros whose parameters repeat a name: Jinja2 writes them into Python code, which Python then refuses.
//!
//! Source: `CodeGenerator` of `jinja2/compiler.py` 3.1.6: a parameter `x` becomes `l_1_x`, the number being how many scopes
//! stand around it; blocks are functions of their own and come last.

use super::ast::{Body, If, Macro, Statement};
use super::syntax_error::Refusal;

/// Looks for a parameter given twice.
///
/// # Errors
/// Python's `SyntaxError`.
pub fn once(body: &Body) -> Result<(), Refusal> {
    let mut blocks = Vec::new();
    scope(body, 0, &mut blocks)?;
    let mut at = 0;
    while let Some(block) = blocks.get(at).copied() {
        scope(block, 0, &mut blocks)?;
        at += 1;
    }
    Ok(())
}

fn scope<'t>(body: &'t Body, level: usize, blocks: &mut Vec<&'t Body>) -> Result<(), Refusal> {
    body.iter().try_for_each(|node| statement(node, level, blocks))
}

fn statement<'t>(node: &'t Statement, level: usize, blocks: &mut Vec<&'t Body>) -> Result<(), Refusal> {
    match node {
        Statement::Data(_) | Statement::Print(..) | Statement::Set(..) | Statement::Other(_) => Ok(()),
        Statement::If(If { branches, otherwise, .. }) => {
            branches.iter().try_for_each(|(_, body)| scope(body, level, blocks))?;
            scope(otherwise, level, blocks)
        }
        Statement::For(node) => {
            scope(&node.body, level + 1, blocks)?;
            scope(&node.otherwise, level + 1, blocks)
        }
        Statement::SetBlock(node) => scope(&node.body, level + 1, blocks),
        Statement::With(node) => scope(&node.body, level + 1, blocks),
        Statement::FilterBlock(node) => scope(&node.body, level + 1, blocks),
        Statement::Autoescape(_, body, _) => scope(body, level + 1, blocks),
        Statement::Macro(node) => definition(node, level, blocks),
        Statement::CallBlock(node) => definition(&node.body, level, blocks),
        Statement::Block(node) => {
            blocks.push(&node.body);
            Ok(())
        }
    }
}

fn definition<'t>(node: &'t Macro, level: usize, blocks: &mut Vec<&'t Body>) -> Result<(), Refusal> {
    let names = || node.parameters.iter().map(|(name, _)| name);
    if let Some((_, twice)) = names().enumerate().find(|(place, name)| names().take(*place).any(|own| own == *name)) {
        let message = format!("duplicate argument 'l_{}_{twice}' in function definition", level + 1);
        return Err(Refusal::python(message, node.span.range()));
    }
    scope(&node.body, level + 1, blocks)
}
