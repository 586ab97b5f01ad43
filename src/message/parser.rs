//! Expressions: Jinja2 3.1's grammar by precedence climbing, with its error words.
//!
//! Source: `jinja2/parser.py` of 3.1.6 (`parse_condexpr` to `parse_call_args`). Precedences, loosest first: `or`, `and`,
//! `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, unary, with filters and tests binding tightest. Long because the
//! precedence levels share one depth guard and one set of error words.

use std::ops::Range;
use std::rc::Rc;

use super::ast::{Applied, Arguments, Call, Conditional, Expr, ExprKind, Slice, Span};
use super::stream::{Stream, quoted};
use super::syntax_error::Refusal;
use super::tokens::Kind;
use crate::limits;
use crate::python::Value;
use crate::python::operators::{Binary, Comparison, Unary};

/// The parser of one template.
#[derive(Debug)]
pub struct Parser<'a> {
    /// Its tokens.
    pub stream: Stream<'a>,
    /// The tags that are open, outermost first.
    pub(super) tags: Vec<&'a str>,
    /// The tags that may close each of them.
    pub(super) end_tags: Vec<&'static [&'static str]>,
    /// How deep expressions and blocks are nested here.
    depth: usize,
}

/// How a comma list is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TupleRules {
    /// Only names, literals and what is in brackets (an assignment's left side).
    pub simplified: bool,
    /// `a if b else c` is not part of it.
    pub no_conditional: bool,
    /// It is in parentheses, so that it may be empty.
    pub parentheses: bool,
    /// `a.b` is a place of a namespace.
    pub namespaces: bool,
}

const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const CONCAT: u8 = 6;
const UNARY: u8 = 9;

/// The precedence of an operator between two values.
fn level(operator: &str) -> Option<(u8, Option<Binary>)> {
    Some(match operator {
        "+" => (5, Some(Binary::Add)),
        "-" => (5, Some(Binary::Subtract)),
        "~" => (CONCAT, None),
        "*" => (7, Some(Binary::Multiply)),
        "/" => (7, Some(Binary::Divide)),
        "//" => (7, Some(Binary::FloorDivide)),
        "%" => (7, Some(Binary::Modulo)),
        "**" => (8, Some(Binary::Power)),
        _ => return None,
    })
}

fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "==" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

/// What comes behind an operand.
#[derive(Debug, Clone, Copy)]
enum Operator {
    /// `or`, `and`
    Junction(&'static str),
    /// A comparison, `in` or `not in`.
    Compare,
    /// `~`
    Concat,
    /// Arithmetic of a precedence.
    Chain(u8, Binary),
}

impl<'a> Parser<'a> {
    /// A parser at the start of a template.
    pub fn new(stream: Stream<'a>) -> Self {
        Self { stream, tags: Vec::new(), end_tags: Vec::new(), depth: 0 }
    }

    /// Runs something one level deeper.
    pub(super) fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Refusal>) -> Result<T, Refusal> {
        if self.depth >= limits::TEMPLATE_NESTING {
            return Err(Refusal::limit("limit/depth"));
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }

    /// An expression.
    pub(super) fn expression(&mut self, conditional: bool) -> Result<Expr, Refusal> {
        self.deeper(|parser| if conditional { parser.conditional() } else { parser.binary(OR) })
    }

    fn node(&self, start: usize, kind: ExprKind) -> Expr {
        Expr { span: Span::new(start, self.stream.previous_end()), kind }
    }

    fn conditional(&mut self) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let mut expression = self.binary(OR)?;
        let mut links = 0;
        while self.stream.skip_name("if")? {
            links = self.one_more(links)?;
            let test = self.binary(OR)?;
            let otherwise = if self.stream.skip_name("else")? { Some(self.expression(true)?) } else { None };
            let conditional = Box::new(Conditional { test, then: expression, otherwise });
            expression = self.node(start, ExprKind::Conditional(conditional));
        }
        Ok(expression)
    }

    /// Counts the links of a chain that Python nests.
    fn one_more(&self, links: usize) -> Result<usize, Refusal> {
        if links >= limits::TEMPLATE_NESTING { Err(Refusal::limit("limit/depth")) } else { Ok(links + 1) }
    }

    /// Operators of at least this precedence.
    fn binary(&mut self, least: u8) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let mut left = if least <= NOT && self.stream.is_name("not") { self.not()? } else { self.unary(true)? };
        while let Some(operator) = self.operator(least)? {
            let kind = match operator {
                Operator::Junction(name) => self.junction(left, name)?,
                Operator::Compare => self.comparisons(left)?,
                Operator::Concat => self.concat(left)?,
                Operator::Chain(own, first) => self.chain(left, own, first)?,
            };
            left = self.node(start, kind);
        }
        Ok(left)
    }

    /// What stands between the operand just read and the next, when it binds at least as tightly as `least`.
    fn operator(&mut self, least: u8) -> Result<Option<Operator>, Refusal> {
        if let Some(name) = self.stream.name() {
            return Ok(match name {
                "or" if OR >= least => Some(Operator::Junction("or")),
                "and" if AND >= least => Some(Operator::Junction("and")),
                "in" if COMPARE >= least => Some(Operator::Compare),
                "not" if COMPARE >= least && self.look_is_in()? => Some(Operator::Compare),
                _ => None,
            });
        }
        let Kind::Operator(operator) = self.stream.current().kind else { return Ok(None) };
        Ok(match level(operator) {
            Some((own, Some(binary))) if own >= least => Some(Operator::Chain(own, binary)),
            Some((own, None)) if own >= least => Some(Operator::Concat),
            None if COMPARE >= least && comparison(operator).is_some() => Some(Operator::Compare),
            _ => None,
        })
    }

    fn look_is_in(&mut self) -> Result<bool, Refusal> {
        let ahead = self.stream.look()?;
        let (start, end, is_name) = (ahead.start, ahead.end, matches!(ahead.kind, Kind::Name));
        Ok(is_name && self.stream.text.get(start..end) == Some("in"))
    }

    fn not(&mut self) -> Result<Expr, Refusal> {
        let start = self.stream.advance()?.start;
        let inner = Box::new(self.deeper(|parser| parser.binary(NOT))?);
        Ok(self.node(start, ExprKind::Unary(Unary::Not, inner)))
    }

    fn junction(&mut self, left: Expr, name: &'static str) -> Result<ExprKind, Refusal> {
        let own = if name == "or" { OR } else { AND };
        let mut operands = vec![left];
        while self.stream.skip_name(name)? {
            self.one_more(operands.len())?;
            operands.push(self.binary(own + 1)?);
        }
        Ok(if own == OR { ExprKind::Or(operands) } else { ExprKind::And(operands) })
    }

    fn concat(&mut self, left: Expr) -> Result<ExprKind, Refusal> {
        let mut operands = vec![left];
        while self.stream.skip("~")? {
            operands.push(self.binary(CONCAT + 1)?);
        }
        Ok(ExprKind::Concat(operands))
    }

    /// A chain of one precedence, the current token being the first link's operator.
    fn chain(&mut self, left: Expr, own: u8, first: Binary) -> Result<ExprKind, Refusal> {
        let mut links = Vec::new();
        let mut next = Some(first);
        while let Some(binary) = next {
            self.one_more(links.len())?;
            self.stream.advance()?;
            links.push((binary, if own + 1 == UNARY { self.unary(true)? } else { self.binary(own + 1)? }));
            next = match self.stream.current().kind {
                Kind::Operator(operator) => {
                    level(operator).filter(|(level, _)| *level == own).and_then(|(_, binary)| binary)
                }
                _ => None,
            };
        }
        Ok(ExprKind::Chain(Box::new(left), links))
    }

    /// A chain of comparisons, the current token being the first link's operator.
    fn comparisons(&mut self, left: Expr) -> Result<ExprKind, Refusal> {
        let mut links = Vec::new();
        loop {
            let found = match self.stream.name() {
                Some("in") => Some(Comparison::In),
                Some("not") if self.look_is_in()? => {
                    self.stream.advance()?;
                    Some(Comparison::NotIn)
                }
                Some(_) => None,
                None => match self.stream.current().kind {
                    Kind::Operator(operator) => comparison(operator),
                    _ => None,
                },
            };
            let Some(found) = found else { return Ok(ExprKind::Compare(Box::new(left), links)) };
            self.stream.advance()?;
            links.push((found, self.binary(COMPARE + 1)?));
        }
    }

    fn unary(&mut self, with_filter: bool) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let operator = match self.stream.current().kind {
            Kind::Operator("-") => Some(Unary::Negative),
            Kind::Operator("+") => Some(Unary::Positive),
            _ => None,
        };
        let mut node = match operator {
            Some(operator) => self.signed(operator)?,
            None => self.primary(false)?,
        };
        let mut links = self.postfix(start, &mut node)?;
        while with_filter && self.filter_or_test(start, &mut node)? {
            links = self.one_more(links)?;
        }
        Ok(node)
    }

    fn signed(&mut self, operator: Unary) -> Result<Expr, Refusal> {
        let start = self.stream.advance()?.start;
        let inner = Box::new(self.deeper(|parser| parser.unary(false))?);
        Ok(self.node(start, ExprKind::Unary(operator, inner)))
    }

    /// Attributes, items and calls behind a node; answers how many.
    fn postfix(&mut self, start: usize, node: &mut Expr) -> Result<usize, Refusal> {
        let mut links = 0;
        loop {
            match self.stream.current().kind {
                Kind::Operator(".") => self.attribute(start, node)?,
                Kind::Operator("[") => self.subscript(start, node)?,
                Kind::Operator("(") => self.call(start, node)?,
                _ => return Ok(links),
            }
            links = self.one_more(links)?;
        }
    }

    fn filter_or_test(&mut self, start: usize, node: &mut Expr) -> Result<bool, Refusal> {
        match self.stream.current().kind {
            Kind::Operator("|") => {
                let value = Some(take(node));
                *node = self.filters(start, value, false)?;
            }
            Kind::Operator("(") => self.call(start, node)?,
            Kind::Name if self.stream.is_name("is") => self.test(start, node)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A name, a literal or what is in brackets.
    pub(super) fn primary(&mut self, namespaces: bool) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let kind = match &self.stream.current().kind {
            Kind::Name => self.name(namespaces)?,
            Kind::String(_) => self.string()?,
            Kind::Integer(value) | Kind::Float(value) => {
                let value = value.clone();
                self.stream.advance()?;
                ExprKind::Const(value)
            }
            Kind::Operator("(") => return self.parenthesised(start),
            Kind::Operator("[") => self.list()?,
            Kind::Operator("{") => self.dict()?,
            _ => return Err(self.unexpected()),
        };
        Ok(self.node(start, kind))
    }

    fn unexpected(&self) -> Refusal {
        Refusal::syntax(format!("unexpected {}", quoted(self.stream.describe())), self.stream.span())
    }

    fn name(&mut self, namespaces: bool) -> Result<ExprKind, Refusal> {
        let (name, _) = self.stream.expect_any_name()?;
        Ok(match name {
            "true" | "True" => ExprKind::Const(Value::Bool(true)),
            "false" | "False" => ExprKind::Const(Value::Bool(false)),
            "none" | "None" => ExprKind::Const(Value::None),
            name if namespaces && self.stream.is(".") => {
                self.stream.advance()?;
                let (attribute, _) = self.stream.expect_any_name()?;
                ExprKind::Place(name.into(), attribute.into())
            }
            name => ExprKind::Name(name.into()),
        })
    }

    /// Strings in a row are one.
    fn string(&mut self) -> Result<ExprKind, Refusal> {
        let mut joined: Option<Rc<str>> = None;
        while let Kind::String(text) = &self.stream.current().kind {
            joined = Some(match joined {
                None => Rc::clone(text),
                Some(before) => Rc::from(format!("{before}{text}")),
            });
            self.stream.advance()?;
        }
        Ok(ExprKind::Const(Value::Str(joined.unwrap_or_else(|| Rc::from("")))))
    }

    fn parenthesised(&mut self, start: usize) -> Result<Expr, Refusal> {
        self.stream.advance()?;
        let mut inner = self.tuple(TupleRules { parentheses: true, ..TupleRules::default() })?;
        self.stream.expect(")")?;
        if !matches!(inner.kind, ExprKind::Conditional(_)) {
            // A conditional keeps its own start: Jinja2 names its line.
            inner.span = Span::new(start, self.stream.previous_end());
        }
        Ok(inner)
    }

    /// Expressions between commas; one alone stays itself.
    pub(super) fn tuple(&mut self, rules: TupleRules) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let mut items: Vec<Expr> = Vec::new();
        let mut is_tuple = false;
        loop {
            if !items.is_empty() {
                self.stream.expect(",")?;
            }
            let current = &self.stream.current().kind;
            // Jinja2 means `in` and `recursive` to end it too, but its test for them never holds.
            if matches!(current, Kind::VariableEnd | Kind::BlockEnd | Kind::Operator(")")) {
                break;
            }
            let item = if rules.simplified {
                self.deeper(|parser| parser.primary(rules.namespaces))?
            } else {
                self.expression(!rules.no_conditional)?
            };
            items.push(item);
            if !self.stream.is(",") {
                break;
            }
            is_tuple = true;
        }
        if !is_tuple {
            if let Some(only) = items.pop() {
                return Ok(only);
            }
            if !rules.parentheses {
                let message = format!("Expected an expression, got {}", quoted(self.stream.describe()));
                return Err(Refusal::syntax(message, self.stream.span()));
            }
        }
        Ok(self.node(start, ExprKind::Tuple(items)))
    }

    fn list(&mut self) -> Result<ExprKind, Refusal> {
        self.stream.expect("[")?;
        let mut items = Vec::new();
        while !self.stream.is("]") {
            if !items.is_empty() {
                self.stream.expect(",")?;
            }
            if self.stream.is("]") {
                break;
            }
            items.push(self.expression(true)?);
        }
        self.stream.expect("]")?;
        Ok(ExprKind::List(items))
    }

    fn dict(&mut self) -> Result<ExprKind, Refusal> {
        self.stream.expect("{")?;
        let mut items = Vec::new();
        while !self.stream.is("}") {
            if !items.is_empty() {
                self.stream.expect(",")?;
            }
            if self.stream.is("}") {
                break;
            }
            let key = self.expression(true)?;
            self.stream.expect(":")?;
            items.push((key, self.expression(true)?));
        }
        self.stream.expect("}")?;
        Ok(ExprKind::Dict(items))
    }

    fn attribute(&mut self, start: usize, node: &mut Expr) -> Result<(), Refusal> {
        self.stream.advance()?;
        let (span, name) = (self.stream.span(), self.stream.name());
        let index = match &self.stream.current().kind {
            Kind::Integer(index) => Some(index.clone()),
            _ => None,
        };
        self.stream.advance()?;
        let base = Box::new(take(node));
        let kind = match (name, index) {
            (Some(name), _) => ExprKind::Attribute(base, name.into()),
            (None, Some(index)) => {
                let index = Expr { span: Span::new(span.start, span.end), kind: ExprKind::Const(index) };
                ExprKind::Item(base, Box::new(index))
            }
            _ => return Err(Refusal::syntax("expected name or number", span)),
        };
        *node = self.node(start, kind);
        Ok(())
    }

    fn subscript(&mut self, start: usize, node: &mut Expr) -> Result<(), Refusal> {
        self.stream.advance()?;
        let mut parts: Vec<Subscript> = Vec::new();
        while !self.stream.is("]") {
            if !parts.is_empty() {
                self.stream.expect(",")?;
            }
            self.subscribed(&mut parts)?;
        }
        self.stream.expect("]")?;
        let base = Box::new(take(node));
        let kind = self.subscripted(start, base, parts)?;
        *node = self.node(start, kind);
        Ok(())
    }

    fn subscripted(&self, start: usize, base: Box<Expr>, mut parts: Vec<Subscript>) -> Result<ExprKind, Refusal> {
        if parts.len() == 1 {
            match parts.pop() {
                Some(Subscript::Index(index)) => return Ok(ExprKind::Item(base, index)),
                Some(Subscript::Slice(slice)) => return Ok(ExprKind::Slice(base, slice)),
                None => {}
            }
        }
        let mut items = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Subscript::Index(index) => items.push(*index),
                Subscript::Slice(_) => {
                    return Err(Refusal::unsupported("a slice in a tuple", start..self.stream.previous_end()));
                }
            }
        }
        Ok(ExprKind::Item(base, Box::new(self.node(start, ExprKind::Tuple(items)))))
    }

    fn subscribed(&mut self, parts: &mut Vec<Subscript>) -> Result<(), Refusal> {
        let mut start = None;
        if !self.stream.is(":") {
            let index = Box::new(self.expression(true)?);
            if !self.stream.is(":") {
                parts.push(Subscript::Index(index));
                return Ok(());
            }
            start = Some(*index);
        }
        self.stream.expect(":")?;
        let stop = self.slice_part()?;
        // A third colon is left to the subscript, which then misses its comma.
        let step = if self.stream.skip(":")? && !self.stream.is(":") { self.slice_part()? } else { None };
        parts.push(Subscript::Slice(Box::new(Slice { start, stop, step })));
        Ok(())
    }

    /// What stands before the next colon, comma or bracket, if anything does.
    fn slice_part(&mut self) -> Result<Option<Expr>, Refusal> {
        let ends = self.stream.is(":") || self.stream.is("]") || self.stream.is(",");
        if ends { Ok(None) } else { self.expression(true).map(Some) }
    }

    fn call(&mut self, start: usize, node: &mut Expr) -> Result<(), Refusal> {
        let arguments = self.call_arguments()?;
        let call = Box::new(Call { callee: take(node), arguments });
        *node = self.node(start, ExprKind::Call(call));
        Ok(())
    }

    fn call_arguments(&mut self) -> Result<Arguments, Refusal> {
        let open = self.stream.expect("(")?;
        let mut arguments = Arguments::default();
        let mut comma = false;
        let ensure = |holds: bool, open: &Range<usize>| {
            let refusal = || Refusal::syntax("invalid syntax for function call expression", open.clone());
            if holds { Ok(()) } else { Err(refusal()) }
        };
        while !self.stream.is(")") {
            if comma {
                self.stream.expect(",")?;
                if self.stream.is(")") {
                    break;
                }
            }
            comma = true;
            if self.stream.is("*") {
                ensure(arguments.star.is_none() && arguments.double_star.is_none(), &open)?;
                self.stream.advance()?;
                arguments.star = Some(self.expression(true)?);
            } else if self.stream.is("**") {
                ensure(arguments.double_star.is_none(), &open)?;
                self.stream.advance()?;
                arguments.double_star = Some(self.expression(true)?);
            } else if let Some(name) = self.keyword()? {
                ensure(arguments.double_star.is_none(), &open)?;
                let span = self.stream.advance()?;
                self.stream.advance()?;
                if arguments.keyword.iter().any(|(own, _)| **own == *name) {
                    return Err(Refusal::unsupported("a keyword argument given twice", span));
                }
                arguments.keyword.push((name.into(), self.expression(true)?));
            } else {
                let plain = arguments.star.is_none() && arguments.double_star.is_none();
                ensure(plain && arguments.keyword.is_empty(), &open)?;
                arguments.positional.push(self.expression(true)?);
            }
        }
        self.stream.expect(")")?;
        Ok(arguments)
    }

    /// The current name, when `=` follows it.
    fn keyword(&mut self) -> Result<Option<&'a str>, Refusal> {
        match self.stream.name() {
            Some(name) => Ok(self.stream.look()?.is("=").then_some(name)),
            None => Ok(None),
        }
    }

    /// Filters; `inline` when the current token is the first one's name, without `|`.
    pub(super) fn filters(&mut self, start: usize, value: Option<Expr>, inline: bool) -> Result<Expr, Refusal> {
        let mut value = value;
        let mut inline = inline;
        let mut links = 0;
        loop {
            if !inline && !self.stream.is("|") {
                // Reached only behind at least one filter.
                return value.ok_or(Refusal::limit("limit/depth"));
            }
            links = self.one_more(links)?;
            if !inline {
                self.stream.advance()?;
            }
            inline = false;
            let (name, name_span) = self.dotted_name()?;
            let arguments = if self.stream.is("(") { self.call_arguments()? } else { Arguments::default() };
            let applied = Box::new(Applied { value, name, name_span, arguments });
            value = Some(self.node(start, ExprKind::Filter(applied)));
        }
    }

    fn dotted_name(&mut self) -> Result<(Rc<str>, Span), Refusal> {
        let (first, span) = self.stream.expect_any_name()?;
        if !self.stream.is(".") {
            return Ok((first.into(), Span::new(span.start, span.end)));
        }
        let mut name = String::from(first);
        while self.stream.skip(".")? {
            name.push('.');
            name.push_str(self.stream.expect_any_name()?.0);
        }
        Ok((name.into(), Span::new(span.start, self.stream.previous_end())))
    }

    fn test(&mut self, start: usize, node: &mut Expr) -> Result<(), Refusal> {
        self.stream.advance()?;
        let negated = self.stream.skip_name("not")?;
        let (name, name_span) = self.dotted_name()?;
        let arguments = if self.stream.is("(") { self.call_arguments()? } else { self.test_argument()? };
        let applied = Box::new(Applied { value: Some(take(node)), name, name_span, arguments });
        *node = self.node(start, ExprKind::Test(applied));
        if negated {
            let test = Box::new(take(node));
            *node = self.node(start, ExprKind::Unary(Unary::Not, test));
        }
        Ok(())
    }

    /// The argument of a test without parentheses: `x is divisibleby 3`.
    fn test_argument(&mut self) -> Result<Arguments, Refusal> {
        let mut arguments = Arguments::default();
        let follows = match &self.stream.current().kind {
            Kind::String(_) | Kind::Integer(_) | Kind::Float(_) | Kind::Operator("[" | "{") => true,
            Kind::Name => !matches!(self.stream.name(), Some("else" | "or" | "and")),
            _ => false,
        };
        if !follows {
            return Ok(arguments);
        }
        if self.stream.is_name("is") {
            return Err(Refusal::syntax("You cannot chain multiple tests with is", self.stream.span()));
        }
        let start = self.stream.span().start;
        let mut node = self.deeper(|parser| parser.primary(false))?;
        self.postfix(start, &mut node)?;
        arguments.positional.push(node);
        Ok(arguments)
    }
}

/// One part of a subscript.
enum Subscript {
    Index(Box<Expr>),
    Slice(Box<Slice>),
}

/// Takes a node out of its place, to put it into another.
fn take(node: &mut Expr) -> Expr {
    std::mem::replace(node, Expr { span: node.span, kind: ExprKind::Const(Value::None) })
}
