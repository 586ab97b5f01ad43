//! The tree of a template: what Jinja2's parser makes, with the bytes that every part takes.
//!
//! Chains of operators are kept flat (`a + b + c` is one node), so that walking the tree never goes deeper than what a
//! person nested.

use std::ops::Range;
use std::rc::Rc;

use crate::python::Value;
use crate::python::operators::{Binary, Comparison, Unary};

/// A range of bytes of the normalised template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From the first byte to one past the last. A template is far shorter than 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// As a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug)]
pub enum ExprKind {
    /// A literal.
    Const(Value),
    /// A name.
    Name(Rc<str>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `{a: b}`
    Dict(Vec<(Expr, Expr)>),
    /// `-a`, `+a`, `not a`
    Unary(Unary, Box<Expr>),
    /// `a + b - c`: operators of one precedence, from left to right.
    Chain(Box<Expr>, Vec<(Binary, Expr)>),
    /// `a ~ b ~ c`
    Concat(Vec<Expr>),
    /// `a and b and c`
    And(Vec<Expr>),
    /// `a or b or c`
    Or(Vec<Expr>),
    /// `a < b < c`
    Compare(Box<Expr>, Vec<(Comparison, Expr)>),
    /// `a if test else b`
    Conditional(Box<Conditional>),
    /// `a.b`
    Attribute(Box<Expr>, Rc<str>),
    /// `a.b` on the left side of an assignment: a place in a namespace.
    Place(Rc<str>, Rc<str>),
    /// `a[b]`
    Item(Box<Expr>, Box<Expr>),
    /// `a[b:c:d]`
    Slice(Box<Expr>, Box<Slice>),
    /// `a(b)`
    Call(Box<Call>),
    /// `a|name(b)`
    Filter(Box<Applied>),
    /// `a is name(b)`
    Test(Box<Applied>),
}

/// `then if test else otherwise`
#[derive(Debug)]
pub struct Conditional {
    /// The condition.
    pub test: Expr,
    /// The value when it holds.
    pub then: Expr,
    /// The value when it does not; without one the value is undefined.
    pub otherwise: Option<Expr>,
}

/// `start:stop:step`, as the whole or a part of a subscript.
#[derive(Debug)]
pub struct Slice {
    /// Before the first colon.
    pub start: Option<Expr>,
    /// Behind it.
    pub stop: Option<Expr>,
    /// Behind the second.
    pub step: Option<Expr>,
}

/// A call.
#[derive(Debug)]
pub struct Call {
    /// What is called.
    pub callee: Expr,
    /// With what.
    pub arguments: Arguments,
}

/// The arguments of a call, filter or test.
#[derive(Debug, Default)]
pub struct Arguments {
    /// Positional ones.
    pub positional: Vec<Expr>,
    /// Keyword ones.
    pub keyword: Vec<(Rc<str>, Expr)>,
    /// `*args`
    pub star: Option<Expr>,
    /// `**kwargs`
    pub double_star: Option<Expr>,
}

/// A filter or test applied to a value.
#[derive(Debug)]
pub struct Applied {
    /// The value; `None` in a filter block, whose value is the block's text.
    pub value: Option<Expr>,
    /// The filter's or test's name.
    pub name: Rc<str>,
    /// The place of the name.
    pub name_span: Span,
    /// Further arguments.
    pub arguments: Arguments,
}

/// What is assigned to.
#[derive(Debug)]
pub enum Target {
    /// `a`
    Name(Rc<str>, Span),
    /// `a.b`: an attribute of a namespace.
    Attribute(Rc<str>, Rc<str>, Span),
    /// `a, b`
    Tuple(Vec<Target>),
}

/// Statements one after the other.
pub type Body = Vec<Statement>;

/// A statement.
#[derive(Debug)]
pub enum Statement {
    /// Text between the tags.
    Data(Span),
    /// `{{ a }}`, with the place of the whole tag.
    Print(Expr, Span),
    /// `{% if %}`
    If(If),
    /// `{% for %}`
    For(Rc<For>),
    /// `{% set a = b %}`
    Set(Target, Expr, Span),
    /// `{% set a %}...{% endset %}`
    SetBlock(Rc<SetBlock>),
    /// `{% with %}`
    With(With),
    /// `{% macro %}`
    Macro(Rc<Macro>),
    /// `{% call %}`
    CallBlock(CallBlock),
    /// `{% filter %}`
    FilterBlock(FilterBlock),
    /// `{% block %}`
    Block(Rc<Block>),
    /// `{% autoescape %}`
    Autoescape(Expr, Body, Span),
    /// `{% include %}`, `{% import %}`, `{% from %}`: another template, and the names it brings.
    Other(Other),
}

/// `{% if %}` and its branches.
#[derive(Debug)]
pub struct If {
    /// Conditions and what they guard.
    pub branches: Vec<(Expr, Body)>,
    /// `{% else %}`
    pub otherwise: Body,
    /// The whole statement.
    pub span: Span,
}

/// `{% for %}`
#[derive(Debug)]
pub struct For {
    /// What takes the items.
    pub target: Target,
    /// What is walked.
    pub iterable: Expr,
    /// `if` behind it.
    pub test: Option<Expr>,
    /// Whether it is `recursive`.
    pub recursive: bool,
    /// What runs for each item.
    pub body: Body,
    /// What runs when there was none.
    pub otherwise: Body,
    /// The whole statement.
    pub span: Span,
}

/// `{% set a %}...{% endset %}`
#[derive(Debug)]
pub struct SetBlock {
    /// What takes the text.
    pub target: Target,
    /// Filters on it, innermost value missing.
    pub filter: Option<Expr>,
    /// What makes the text.
    pub body: Body,
    /// The whole statement.
    pub span: Span,
}

/// `{% with %}`
#[derive(Debug)]
pub struct With {
    /// What is set.
    pub targets: Vec<(Target, Expr)>,
    /// Where it is seen.
    pub body: Body,
    /// The whole statement.
    pub span: Span,
}

/// `{% macro %}`, or the body of a `{% call %}`.
#[derive(Debug)]
pub struct Macro {
    /// Its name; a call's body has none.
    pub name: Option<Rc<str>>,
    /// Its parameters and their defaults.
    pub parameters: Vec<(Rc<str>, Option<Expr>)>,
    /// What it writes.
    pub body: Body,
    /// Whether the body reads `caller`, and no parameter has that name.
    pub takes_caller: bool,
    /// Whether the body reads `caller`.
    pub asks_caller: bool,
    /// Whether the body reads `caller`, which is a parameter of its own.
    pub explicit_caller: bool,
    /// Whether the body reads `kwargs`.
    pub takes_kwargs: bool,
    /// Whether the body reads `varargs`.
    pub takes_varargs: bool,
    /// The whole statement.
    pub span: Span,
}

/// `{% call(a) b() %}`
#[derive(Debug)]
pub struct CallBlock {
    /// The call; always [`ExprKind::Call`].
    pub call: Expr,
    /// What `caller()` runs.
    pub body: Rc<Macro>,
    /// The whole statement.
    pub span: Span,
}

/// `{% filter %}`
#[derive(Debug)]
pub struct FilterBlock {
    /// The filters, innermost value missing.
    pub filter: Expr,
    /// What makes the text.
    pub body: Body,
    /// The whole statement.
    pub span: Span,
}

/// `{% block %}`
#[derive(Debug)]
pub struct Block {
    /// Its name.
    pub name: Rc<str>,
    /// What it writes.
    pub body: Body,
    /// Whether it sees the loop around it.
    pub scoped: bool,
    /// Whether another template has to fill it.
    pub required: bool,
    /// The whole statement.
    pub span: Span,
}

/// A statement about another template: only the server has it.
#[derive(Debug)]
pub struct Other {
    /// `include`, `import`, `from` or `extends`.
    pub tag: &'static str,
    /// The template's name.
    pub template: Expr,
    /// The names that it sets.
    pub names: Vec<Rc<str>>,
    /// The whole statement.
    pub span: Span,
}
