//! Expressions: Jinja2 3.1's grammar by precedence climbing, with its error words.
//!
//! Source: `jinja2/parser.py` of 3.1.6 (`parse_condexpr` to `parse_call_args`). Precedences, loosest first: `or`, `and`,
//! `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, unary, with filters and tests binding tightest.

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
    /// A name that ends it.
    pub until: Option<&'static str>,
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

impl<'a> Parser<'a> {
    /// A parser at the start of a template.
    pub fn new(stream: Stream<'a>) -> Self {
        Self { stream, tags: Vec::new(), end_tags: Vec::new(), depth: 0 }
    }

    /// Runs something one level deeper.
    pub(super) fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Refusal>) -> Result<T, Refusal> {
        if self.depth >= limits::TEMPLATE_NESTING {
            return Err(Refusal::Limit("limit/depth"));
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
        if links >= limits::TEMPLATE_NESTING { Err(Refusal::Limit("limit/depth")) } else { Ok(links + 1) }
    }

    /// Operators of at least this precedence.
    fn binary(&mut self, least: u8) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let mut left = if least <= NOT && self.stream.is_name("not") {
            self.stream.advance()?;
            let inner = self.deeper(|parser| parser.binary(NOT))?;
            self.node(start, ExprKind::Unary(Unary::Not, Box::new(inner)))
        } else {
            self.unary(true)?
        };
        loop {
            if let Some(name @ ("or" | "and")) = self.stream.name() {
                let own = if name == "or" { OR } else { AND };
                if own < least {
                    return Ok(left);
                }
                let mut operands = vec![left];
                while self.stream.skip_name(name)? {
                    self.one_more(operands.len())?;
                    operands.push(self.binary(own + 1)?);
                }
                let kind = if own == OR { ExprKind::Or(operands) } else { ExprKind::And(operands) };
                left = self.node(start, kind);
                continue;
            }
            if least <= COMPARE {
                let links = self.comparisons()?;
                if !links.is_empty() {
                    left = self.node(start, ExprKind::Compare(Box::new(left), links));
                    continue;
                }
            }
            let Kind::Operator(operator) = self.stream.current().kind else { return Ok(left) };
            let Some((own, binary)) = level(operator).filter(|(own, _)| *own >= least) else { return Ok(left) };
            left = match binary {
                Some(binary) => {
                    let links = self.chain(own, binary)?;
                    self.node(start, ExprKind::Chain(Box::new(left), links))
                }
                None => {
                    let mut operands = vec![left];
                    while self.stream.skip("~")? {
                        operands.push(self.binary(CONCAT + 1)?);
                    }
                    self.node(start, ExprKind::Concat(operands))
                }
            };
        }
    }

    /// The links of a chain of one precedence, the current token being the first's operator.
    fn chain(&mut self, own: u8, first: Binary) -> Result<Vec<(Binary, Expr)>, Refusal> {
        let mut links = Vec::new();
        let mut next = Some(first);
        while let Some(binary) = next {
            self.one_more(links.len())?;
            self.stream.advance()?;
            let right = if own + 1 == UNARY { self.unary(true)? } else { self.binary(own + 1)? };
            links.push((binary, right));
            next = match self.stream.current().kind {
                Kind::Operator(operator) => {
                    level(operator).filter(|(level, _)| *level == own).and_then(|(_, binary)| binary)
                }
                _ => None,
            };
        }
        Ok(links)
    }

    /// The links of a chain of comparisons; none when there is no comparison here.
    fn comparisons(&mut self) -> Result<Vec<(Comparison, Expr)>, Refusal> {
        let mut links = Vec::new();
        loop {
            let comparison = match &self.stream.current().kind {
                Kind::Operator("==") => Comparison::Equal,
                Kind::Operator("!=") => Comparison::NotEqual,
                Kind::Operator("<") => Comparison::Less,
                Kind::Operator("<=") => Comparison::LessOrEqual,
                Kind::Operator(">") => Comparison::Greater,
                Kind::Operator(">=") => Comparison::GreaterOrEqual,
                Kind::Name if self.stream.is_name("in") => Comparison::In,
                Kind::Name if self.stream.is_name("not") => {
                    let ahead = self.stream.look()?.clone();
                    if self.stream.name_of(&ahead) != Some("in") {
                        return Ok(links);
                    }
                    self.stream.advance()?;
                    Comparison::NotIn
                }
                _ => return Ok(links),
            };
            self.stream.advance()?;
            links.push((comparison, self.binary(COMPARE + 1)?));
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
            Some(operator) => {
                self.stream.advance()?;
                let inner = self.deeper(|parser| parser.unary(false))?;
                self.node(start, ExprKind::Unary(operator, Box::new(inner)))
            }
            None => self.primary(false)?,
        };
        let mut links = 0;
        loop {
            let current = self.stream.current();
            if current.is(".") || current.is("[") {
                node = self.subscript(start, node)?;
            } else if current.is("(") {
                node = self.call(start, node)?;
            } else {
                break;
            }
            links = self.one_more(links)?;
        }
        while with_filter {
            if self.stream.is("|") {
                node = self.filters(start, Some(node), false)?;
            } else if self.stream.is_name("is") {
                node = self.test(start, node)?;
            } else if self.stream.is("(") {
                node = self.call(start, node)?;
            } else {
                break;
            }
            links = self.one_more(links)?;
        }
        Ok(node)
    }

    /// A name, a literal or what is in brackets.
    pub(super) fn primary(&mut self, namespaces: bool) -> Result<Expr, Refusal> {
        let start = self.stream.span().start;
        let kind = match self.stream.current().kind.clone() {
            Kind::Name => {
                let (name, _) = self.stream.expect_any_name()?;
                match name {
                    "true" | "True" => ExprKind::Const(Value::Bool(true)),
                    "false" | "False" => ExprKind::Const(Value::Bool(false)),
                    "none" | "None" => ExprKind::Const(Value::None),
                    name if namespaces && self.stream.is(".") => {
                        self.stream.advance()?;
                        let (attribute, _) = self.stream.expect_any_name()?;
                        ExprKind::Place(name.into(), attribute.into())
                    }
                    name => ExprKind::Name(name.into()),
                }
            }
            Kind::String(first) => {
                self.stream.advance()?;
                if let Kind::String(_) = self.stream.current().kind {
                    let mut joined = String::from(&*first);
                    while let Kind::String(next) = self.stream.current().kind.clone() {
                        joined.push_str(&next);
                        self.stream.advance()?;
                    }
                    ExprKind::Const(Value::from(joined))
                } else {
                    ExprKind::Const(Value::Str(first))
                }
            }
            Kind::Integer(value) | Kind::Float(value) => {
                self.stream.advance()?;
                ExprKind::Const(value)
            }
            Kind::Operator("(") => {
                self.stream.advance()?;
                let mut inner = self.tuple(TupleRules { parentheses: true, ..TupleRules::default() })?;
                self.stream.expect(")")?;
                if !matches!(inner.kind, ExprKind::Conditional(_)) {
                    // A conditional keeps its own start: Jinja2 names its line.
                    inner.span = Span::new(start, self.stream.previous_end());
                }
                return Ok(inner);
            }
            Kind::Operator("[") => ExprKind::List(self.list()?),
            Kind::Operator("{") => ExprKind::Dict(self.dict()?),
            _ => {
                let message = format!("unexpected {}", quoted(self.stream.describe()));
                return Err(Refusal::syntax(message, self.stream.span()));
            }
        };
        Ok(self.node(start, kind))
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
            let ends = matches!(current, Kind::VariableEnd | Kind::BlockEnd | Kind::Operator(")"));
            if ends || rules.until.is_some_and(|name| self.stream.is_name(name)) {
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

    fn list(&mut self) -> Result<Vec<Expr>, Refusal> {
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
        Ok(items)
    }

    fn dict(&mut self) -> Result<Vec<(Expr, Expr)>, Refusal> {
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
        Ok(items)
    }

    fn subscript(&mut self, start: usize, base: Expr) -> Result<Expr, Refusal> {
        if self.stream.skip(".")? {
            let token = self.stream.current().clone();
            let name = self.stream.name();
            self.stream.advance()?;
            let kind = match (name, token.kind) {
                (Some(name), _) => ExprKind::Attribute(Box::new(base), name.into()),
                (None, Kind::Integer(index)) => {
                    let index = Expr { span: Span::new(token.start, token.end), kind: ExprKind::Const(index) };
                    ExprKind::Item(Box::new(base), Box::new(index))
                }
                _ => return Err(Refusal::syntax("expected name or number", token.start..token.end)),
            };
            return Ok(self.node(start, kind));
        }
        self.stream.expect("[")?;
        let mut parts = Vec::new();
        while !self.stream.is("]") {
            if !parts.is_empty() {
                self.stream.expect(",")?;
            }
            parts.push(self.subscribed()?);
        }
        self.stream.expect("]")?;
        let span = Span::new(start, self.stream.previous_end());
        let mut parts = parts.into_iter();
        match (parts.next(), parts.len()) {
            (Some(Ok(index)), 0) => Ok(Expr { span, kind: ExprKind::Item(Box::new(base), Box::new(index)) }),
            (Some(Err(slice)), 0) => Ok(Expr { span, kind: ExprKind::Slice(Box::new(base), Box::new(slice)) }),
            (first, _) => {
                let items: Result<Vec<Expr>, Slice> = first.into_iter().chain(parts).collect();
                let items = items.map_err(|_| Refusal::unsupported("a slice in a tuple", span.range()))?;
                let index = Expr { span, kind: ExprKind::Tuple(items) };
                Ok(Expr { span, kind: ExprKind::Item(Box::new(base), Box::new(index)) })
            }
        }
    }

    /// One part of a subscript: an index, or a slice as the error.
    fn subscribed(&mut self) -> Result<Result<Expr, Slice>, Refusal> {
        let start = if self.stream.is(":") {
            None
        } else {
            let index = self.expression(true)?;
            if !self.stream.is(":") {
                return Ok(Ok(index));
            }
            Some(index)
        };
        self.stream.expect(":")?;
        let part = |parser: &mut Self| -> Result<Option<Expr>, Refusal> {
            let ends = parser.stream.is(":") || parser.stream.is("]") || parser.stream.is(",");
            if ends { Ok(None) } else { parser.expression(true).map(Some) }
        };
        let stop = part(self)?;
        // A third colon is left to the subscript, which then misses its comma.
        let step = if self.stream.skip(":")? && !self.stream.is("]") && !self.stream.is(",") {
            Some(self.expression(true)?)
        } else {
            None
        };
        Ok(Err(Slice { start, stop, step }))
    }

    fn call(&mut self, start: usize, callee: Expr) -> Result<Expr, Refusal> {
        let arguments = self.call_arguments()?;
        Ok(self.node(start, ExprKind::Call(Box::new(Call { callee, arguments }))))
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
                return value.ok_or(Refusal::Limit("limit/depth"));
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

    fn test(&mut self, start: usize, value: Expr) -> Result<Expr, Refusal> {
        self.stream.advance()?;
        let negated = self.stream.skip_name("not")?;
        let (name, name_span) = self.dotted_name()?;
        let argument = match &self.stream.current().kind {
            Kind::Operator("(") => false,
            Kind::String(_) | Kind::Integer(_) | Kind::Float(_) | Kind::Operator("[" | "{") => true,
            Kind::Name => !matches!(self.stream.name(), Some("else" | "or" | "and")),
            _ => false,
        };
        let mut arguments = Arguments::default();
        if self.stream.is("(") {
            arguments = self.call_arguments()?;
        } else if argument {
            if self.stream.is_name("is") {
                let message = "You cannot chain multiple tests with is";
                return Err(Refusal::syntax(message, self.stream.span()));
            }
            let argument_start = self.stream.span().start;
            let mut node = self.deeper(|parser| parser.primary(false))?;
            let mut links = 0;
            loop {
                let current = self.stream.current();
                if current.is(".") || current.is("[") {
                    node = self.subscript(argument_start, node)?;
                } else if current.is("(") {
                    node = self.call(argument_start, node)?;
                } else {
                    break;
                }
                links = self.one_more(links)?;
            }
            arguments.positional.push(node);
        }
        let applied = Box::new(Applied { value: Some(value), name, name_span, arguments });
        let test = self.node(start, ExprKind::Test(applied));
        if !negated {
            return Ok(test);
        }
        Ok(Expr { span: test.span, kind: ExprKind::Unary(Unary::Not, Box::new(test)) })
    }
}
