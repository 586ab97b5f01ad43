//! Which names a part of a template mentions, sets or may change without saying so.

use std::rc::Rc;

use super::ast::{Body, Expr, ExprKind, Statement};
use super::walk::{self, Met};

/// Which of `names` are read before they are set (`find_undeclared` of Jinja2's compiler). Blocks are not looked into.
pub fn undeclared(statements: &Body, names: &[&'static str]) -> Vec<&'static str> {
    let mut open = names.to_vec();
    let mut found: Vec<&'static str> = Vec::new();
    let mut visit = |met: Met<'_>| match met {
        Met::Expr(Expr { kind: ExprKind::Name(name), .. }) => {
            if let Some(known) = open.iter().find(|known| **known == &**name).filter(|known| !found.contains(known)) {
                found.push(known);
            }
        }
        Met::Store(name) => open.retain(|known| *known != name),
        _ => {}
    };
    for node in statements {
        if !matches!(node, Statement::Block(_)) {
            walk::statement(node, &mut visit);
        }
    }
    found
}

/// What a statement that could not be run may have done to the names and values that come behind it.
#[derive(Debug, Default)]
pub struct Effects {
    /// Names that it may have set, where it stands.
    pub names: Vec<Rc<str>>,
    /// Whether it may have changed a list, dict or namespace.
    pub mutates: bool,
}

/// Methods that change what they belong to, and `set` through any of them.
const CHANGING: &[&str] = &[
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "set",
    "setdefault",
    "sort",
    "update",
    "next",
];

/// The effects of a statement.
pub fn effects(node: &Statement) -> Effects {
    let mut effects = Effects::default();
    walk::statement(node, &mut |met| match met {
        Met::Store(name) => effects.names.push(name.into()),
        Met::StoreAttribute(_) => effects.mutates = true,
        Met::Expr(expression) => effects.mutates |= changes(expression),
        Met::Statement(_) => {}
    });
    effects
}

/// Whether a template calls a method that may change what it belongs to.
pub fn changes_values(statements: &Body) -> bool {
    let mut found = false;
    walk::body(statements, &mut |met| {
        if let Met::Expr(Expr { kind: ExprKind::Call(call), .. }) = met {
            found |= matches!(&call.callee.kind, ExprKind::Attribute(_, name) if CHANGING.contains(&&**name))
                || matches!(&call.callee.kind, ExprKind::Item(..) | ExprKind::Filter(_) | ExprKind::Call(_));
        }
    });
    found
}

/// Whether Jinja2's optimizer may work an expression out while it compiles: nothing in it is named or called.
pub fn is_constant(node: &Expr) -> bool {
    let mut constant = true;
    walk::expression(node, &mut |met| {
        if let Met::Expr(part) = met {
            constant &= !matches!(part.kind, ExprKind::Name(_) | ExprKind::Call(_));
        }
    });
    constant
}

/// Whether evaluating a part of an expression only may have changed a list, dict or other object.
pub fn mutates(node: &Expr) -> bool {
    let mut found = false;
    walk::expression(node, &mut |met| {
        if let Met::Expr(expression) = met {
            found |= changes(expression);
        }
    });
    found
}

/// Whether this call may change a value. A call of a plain name may be a macro or a `loop`, which run statements.
fn changes(node: &Expr) -> bool {
    match &node.kind {
        ExprKind::Call(call) => match &call.callee.kind {
            ExprKind::Attribute(base, name) => {
                CHANGING.contains(&&**name) || matches!(&base.kind, ExprKind::Name(owner) if &**owner == "loop")
            }
            ExprKind::Name(_) => true,
            _ => true,
        },
        _ => false,
    }
}
