//! The tree of a Python expression. Every node knows its bytes in the text and how deep it is.

use std::ops::Range;
use std::rc::Rc;

use crate::python::Value;
use crate::python::operators::{Binary, Comparison, Unary};

/// An expression and its place. Parentheses around it are not part of its place, as in CPython's own tree.
#[derive(Clone)]
pub struct Expr {
    /// The bytes it takes.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// How many nodes are on its longest branch, itself included.
    pub height: usize,
}

/// `and` or `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logic {
    /// `and`
    And,
    /// `or`
    Or,
}

/// What a comprehension makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Makes {
    /// `[x for ...]`
    List,
    /// `{x for ...}`
    Set,
    /// `{k: v for ...}`
    Dict,
    /// `(x for ...)`
    Generator,
}

/// The kinds of expression.
#[derive(Clone)]
pub enum Kind {
    /// A number, a text, `True`, `None`...
    Constant(Value),
    /// `...`
    Ellipsis,
    /// `f"..."`
    FString(Vec<Piece>),
    /// A name.
    Name(Rc<str>),
    /// `value.name`
    Attribute(Box<Expr>, Rc<str>),
    /// `value[key]`
    Subscript(Box<Expr>, Box<Expr>),
    /// `start:stop:step` inside brackets.
    Slice(Option<Box<Expr>>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `function(arguments)`
    Call(Box<Expr>, Vec<Argument>),
    /// `-value`, `not value`
    Unary(Unary, Box<Expr>),
    /// `left + right`
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `first < second <= third`
    Compare(Box<Expr>, Vec<(Comparison, Expr)>),
    /// `a and b and c`
    Logic(Logic, Vec<Expr>),
    /// `body if test else otherwise`
    Conditional {
        /// What decides.
        test: Box<Expr>,
        /// The value when the test holds.
        body: Box<Expr>,
        /// The value when it does not.
        otherwise: Box<Expr>,
    },
    /// `lambda parameters: body`
    Lambda(Rc<Lambda>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `{a, b}`
    Set(Vec<Expr>),
    /// `{a: b, **c}`; a `None` key is `**`.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// Any comprehension.
    Comprehension(Rc<Comprehension>),
    /// `*value`
    Starred(Box<Expr>),
    /// `name := value`
    Walrus(Box<Expr>, Box<Expr>),
    /// `await value`
    Await(Box<Expr>),
    /// `yield`, `yield value`
    Yield(Option<Box<Expr>>),
    /// `yield from value`
    YieldFrom(Box<Expr>),
}

/// A part of an f-string.
#[derive(Clone)]
pub enum Piece {
    /// Text as it stands.
    Text(Rc<str>),
    /// `{value!r:spec}`
    Field {
        /// What is shown.
        value: Box<Expr>,
        /// `!r`, `!s` or `!a`
        conversion: Option<char>,
        /// What follows `:`.
        spec: Option<Vec<Piece>>,
    },
}

/// An argument of a call.
#[derive(Clone)]
pub enum Argument {
    /// `value`
    Positional(Expr),
    /// `name=value`
    Keyword(Rc<str>, Expr),
    /// `*values`
    Star(Expr),
    /// `**values`
    DoubleStar(Expr),
}

impl Argument {
    /// Whether it is `name=value` or `**values`.
    pub fn is_keyword(&self) -> bool {
        matches!(self, Self::Keyword(..) | Self::DoubleStar(_))
    }

    /// The expression of the argument.
    pub fn value(&self) -> &Expr {
        match self {
            Self::Positional(value) | Self::Keyword(_, value) | Self::Star(value) | Self::DoubleStar(value) => value,
        }
    }
}

/// A function without a name.
#[derive(Clone)]
pub struct Lambda {
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it answers.
    pub body: Expr,
}

/// How a parameter takes its argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// `x, /`
    PositionalOnly,
    /// `x`
    Any,
    /// `*x`
    Star,
    /// `*, x`
    KeywordOnly,
    /// `**x`
    DoubleStar,
}

/// A parameter of a function.
#[derive(Clone)]
pub struct Parameter {
    /// Its name.
    pub name: Rc<str>,
    /// How it takes its argument.
    pub takes: Takes,
    /// Its value when none is given.
    pub default: Option<Expr>,
    /// What stands behind its colon in a `def`.
    pub annotation: Option<Expr>,
}

/// `element for target in source if condition ...`
#[derive(Clone)]
pub struct Comprehension {
    /// What it makes.
    pub makes: Makes,
    /// The element, or the key of a dict.
    pub element: Expr,
    /// The value of a dict.
    pub value: Option<Expr>,
    /// Its loops, outermost first.
    pub loops: Vec<Loop>,
}

/// `for target in source if condition`
#[derive(Clone)]
pub struct Loop {
    /// What each item is bound to.
    pub target: Expr,
    /// What is walked.
    pub source: Expr,
    /// What an item must pass.
    pub conditions: Vec<Expr>,
    /// `async for`
    pub asynchronous: bool,
}

impl Expr {
    /// A node; its height is one more than the highest of its children.
    pub fn new(span: Range<usize>, kind: Kind) -> Self {
        let mut height = 0;
        let mut node = Self { span, kind, height: 1 };
        node.children(&mut |child| height = height.max(child.height));
        node.height = height + 1;
        node
    }

    /// Calls `visit` for each direct child, in the order in which CPython's tree holds them.
    pub fn children<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match &self.kind {
            Kind::Constant(_) | Kind::Ellipsis | Kind::Name(_) => {}
            Kind::FString(pieces) => pieces_children(pieces, visit),
            Kind::Attribute(value, _)
            | Kind::Unary(_, value)
            | Kind::Starred(value)
            | Kind::Await(value)
            | Kind::YieldFrom(value) => visit(value),
            Kind::Subscript(left, right) | Kind::Binary(_, left, right) | Kind::Walrus(left, right) => {
                visit(left);
                visit(right);
            }
            Kind::Slice(start, stop, step) => [start, stop, step].into_iter().flatten().for_each(|part| visit(part)),
            Kind::Call(function, arguments) => {
                visit(function);
                let keyword = |argument: &&Argument| argument.is_keyword();
                arguments.iter().filter(|argument| !keyword(argument)).for_each(|argument| visit(argument.value()));
                arguments.iter().filter(keyword).for_each(|argument| visit(argument.value()));
            }
            Kind::Compare(first, links) => {
                visit(first);
                links.iter().for_each(|(_, operand)| visit(operand));
            }
            Kind::Logic(_, items) | Kind::List(items) | Kind::Tuple(items) | Kind::Set(items) => {
                items.iter().for_each(visit);
            }
            Kind::Conditional { test, body, otherwise } => {
                visit(test);
                visit(body);
                visit(otherwise);
            }
            Kind::Lambda(lambda) => {
                lambda.parameters.iter().filter_map(|parameter| parameter.default.as_ref()).for_each(&mut *visit);
                visit(&lambda.body);
            }
            Kind::Dict(entries) => {
                entries.iter().filter_map(|(key, _)| key.as_ref()).for_each(&mut *visit);
                entries.iter().for_each(|(_, value)| visit(value));
            }
            Kind::Comprehension(comprehension) => {
                visit(&comprehension.element);
                comprehension.value.iter().for_each(&mut *visit);
                for one in &comprehension.loops {
                    visit(&one.target);
                    visit(&one.source);
                    one.conditions.iter().for_each(&mut *visit);
                }
            }
            Kind::Yield(value) => value.iter().for_each(|value| visit(value)),
        }
    }

    /// Calls `visit` for this node and every node below it, a parent before its children.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        self.children(&mut |child| child.walk(visit));
    }

    /// Whether it is written out: its value is what it says.
    pub fn is_literal(&self) -> bool {
        match &self.kind {
            Kind::Constant(_) | Kind::Ellipsis => true,
            Kind::Unary(_, value) => value.is_literal(),
            Kind::List(items) | Kind::Tuple(items) | Kind::Set(items) => items.iter().all(Self::is_literal),
            Kind::Dict(entries) => {
                entries.iter().all(|(key, value)| key.as_ref().is_some_and(Self::is_literal) && value.is_literal())
            }
            Kind::FString(pieces) => pieces.iter().all(|piece| matches!(piece, Piece::Text(_))),
            _ => false,
        }
    }
}

fn pieces_children<'a>(pieces: &'a [Piece], visit: &mut dyn FnMut(&'a Expr)) {
    for piece in pieces {
        if let Piece::Field { value, spec, .. } = piece {
            visit(value);
            pieces_children(spec.as_deref().unwrap_or_default(), visit);
        }
    }
}
