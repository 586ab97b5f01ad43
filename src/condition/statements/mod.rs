//! The tree of a block: the body of the function that a condition becomes when server scripts are on.

pub mod bindings;
pub mod grammar;
pub mod layout;
pub mod machine;
pub mod patterns;
pub mod refused;

use std::ops::Range;
use std::rc::Rc;

use super::ast::{Argument, Expr, Parameter};
use crate::python::operators::Binary;
use bindings::Bindings;

/// Statements that run one after the other. Shared, because a generator waits in the middle of them.
pub type Block = Rc<[Statement]>;

/// A statement and its place.
#[derive(Clone)]
pub struct Statement {
    /// The bytes of its first line.
    pub span: Range<usize>,
    /// What it does.
    pub does: Does,
}

/// What a statement does.
#[derive(Clone)]
pub enum Does {
    /// An expression whose value is dropped.
    Expression(Expr),
    /// `return value`
    Return(Option<Expr>),
    /// `a = b = value`
    Assign(Vec<Expr>, Expr),
    /// `target += value`, and its operator.
    Augment(Expr, Binary, Expr),
    /// `del a, b`
    Delete(Vec<Expr>),
    /// `if test: body else: otherwise`; an `elif` is an `If` alone in `otherwise`.
    If(Expr, Block, Block),
    /// `for target in source: body else: otherwise`
    For {
        /// What each item is bound to.
        target: Expr,
        /// What is walked.
        source: Expr,
        /// What runs for each item.
        body: Block,
        /// What runs when no `break` did.
        otherwise: Block,
    },
    /// `while test: body else: otherwise`
    While(Expr, Block, Block),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `pass`
    Pass,
    /// `assert test, message`
    Assert(Expr, Option<Expr>),
    /// `raise`, `raise value`, `raise value from cause`
    Raise(Option<Expr>, Option<Expr>),
    /// `import name`, `from name import ...`: the names as they are written, and those that it binds.
    Import(Vec<Rc<str>>, Vec<Rc<str>>),
    /// `global name`
    Global(Vec<Rc<str>>),
    /// `def name(parameters): body`
    Define(Rc<Definition>),
    /// `class name(arguments): body`
    Class(Rc<Class>),
    /// `try: body except ...`
    Try(Rc<Try>),
    /// `with value as target: body`
    With(Vec<(Expr, Option<Expr>)>, Block),
    /// `async def`, `async for`, `async with`: the same without `async`.
    Async(Box<Statement>),
    /// `match value: case pattern: body`, of which only the bodies are kept: RestrictedPython does not allow it.
    Match(Vec<Block>),
    /// A statement that RestrictedPython does not allow, by its name in CPython's tree.
    NotAllowed(&'static str),
}

/// A function with a name.
#[derive(Clone)]
pub struct Definition {
    /// Its name.
    pub name: Rc<str>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What stands behind `->`.
    pub returns: Option<Expr>,
    /// What stands behind each `@`.
    pub decorators: Vec<Expr>,
    /// What it does.
    pub body: Block,
    /// The names of its own.
    pub bindings: Rc<Bindings>,
}

/// A class. The host refuses to make any, but only when its statement runs.
#[derive(Clone)]
pub struct Class {
    /// Its name.
    pub name: Rc<str>,
    /// What stands in its parentheses.
    pub arguments: Vec<Argument>,
    /// What stands behind each `@`.
    pub decorators: Vec<Expr>,
    /// What is in it.
    pub body: Block,
}

/// A `try` statement.
#[derive(Clone)]
pub struct Try {
    /// What is tried.
    pub body: Block,
    /// What catches.
    pub handlers: Vec<Handler>,
    /// What runs when nothing was raised.
    pub otherwise: Block,
    /// What runs in any case.
    pub finally: Block,
    /// Whether its handlers are `except*`.
    pub star: bool,
}

/// `except class as name: body`
#[derive(Clone)]
pub struct Handler {
    /// The bytes of its first line.
    pub span: Range<usize>,
    /// What it catches; everything when there is none.
    pub class: Option<Expr>,
    /// What the exception is called.
    pub name: Option<Rc<str>>,
    /// What it does.
    pub body: Block,
}

impl Statement {
    /// Its own expressions, without those of the statements inside it, in the order of CPython's tree.
    pub fn expressions(&self) -> Vec<&Expr> {
        match &self.does {
            Does::Expression(value) | Does::Return(Some(value)) => vec![value],
            Does::Assign(targets, value) => targets.iter().chain([value]).collect(),
            Does::Augment(target, _, value) => vec![target, value],
            Does::Delete(targets) => targets.iter().collect(),
            Does::If(test, ..) | Does::While(test, ..) => vec![test],
            Does::For { target, source, .. } => vec![target, source],
            Does::Assert(test, message) => [Some(test), message.as_ref()].into_iter().flatten().collect(),
            Does::Raise(value, cause) => [value, cause].into_iter().flatten().collect(),
            Does::With(items, _) => {
                items.iter().flat_map(|(value, target)| [Some(value), target.as_ref()]).flatten().collect()
            }
            Does::Define(definition) => definition.outer_expressions(),
            Does::Class(class) => class.arguments.iter().map(Argument::value).chain(&class.decorators).collect(),
            Does::Try(tried) => tried.handlers.iter().filter_map(|handler| handler.class.as_ref()).collect(),
            _ => Vec::new(),
        }
    }

    /// The blocks inside it, in the order of their lines.
    pub fn blocks(&self) -> Vec<&Block> {
        match &self.does {
            Does::If(_, body, otherwise) | Does::While(_, body, otherwise) | Does::For { body, otherwise, .. } => {
                vec![body, otherwise]
            }
            Does::Define(definition) => vec![&definition.body],
            Does::Class(class) => vec![&class.body],
            Does::Try(tried) => [&tried.body]
                .into_iter()
                .chain(tried.handlers.iter().map(|handler| &handler.body))
                .chain([&tried.otherwise, &tried.finally])
                .collect(),
            Does::With(_, body) => vec![body],
            Does::Match(cases) => cases.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The statements inside it.
    pub fn inside(&self) -> impl Iterator<Item = &Self> {
        self.blocks().into_iter().flat_map(|block| block.iter())
    }
}

impl Definition {
    /// The expressions that are evaluated where the function is defined.
    pub fn outer_expressions(&self) -> Vec<&Expr> {
        let defaults = self.parameters.iter().filter_map(|parameter| parameter.default.as_ref());
        let annotations = self.parameters.iter().filter_map(|parameter| parameter.annotation.as_ref());
        self.decorators.iter().chain(defaults).chain(annotations).chain(&self.returns).collect()
    }
}

/// Calls `visit` for every expression of a block, in the order of its lines.
pub fn walk_block<'a>(block: &'a [Statement], visit: &mut dyn FnMut(&'a Expr)) {
    for statement in block {
        statement.expressions().into_iter().for_each(&mut *visit);
        for inner in statement.inside() {
            walk_block(std::slice::from_ref(inner), visit);
        }
    }
}

/// Calls `visit` with the target and the source of every `for` line of a block.
pub fn walk_loops<'a>(block: &'a [Statement], visit: &mut dyn FnMut(&'a Expr, &'a Expr)) {
    for statement in block {
        if let Does::For { target, source, .. } = &statement.does {
            visit(target, source);
        }
        for inner in statement.inside() {
            walk_loops(std::slice::from_ref(inner), visit);
        }
    }
}
