//! The grammar of Python 3.11's expressions (`ast.parse(text, mode="eval")`), by descent.
//!
//! This pass only accepts or refuses. When it refuses, [`super::refusal`] finds CPython's words for it, as CPython
//! itself does in a second pass. Long because a grammar is one thing; each function is one rule of it.

use std::ops::Range;
use std::rc::Rc;

use super::ast::{Argument, Comprehension, Expr, Kind, Lambda, Logic, Loop, Makes, Parameter, Takes};
use super::characters::Normalised;
use super::lexer::{self, Fault, Token, TokenKind, Tokens};
use super::{literals, refusal};
use crate::limits;
use crate::python::Value;
use crate::python::operators::{Binary, Comparison, Unary};
use crate::text::slice;

/// Why a text has no tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// CPython refuses it.
    Fault(Fault),
    /// This engine cannot judge it.
    Unknown(String, Range<usize>),
    /// It passes a limit of this engine; the text is a key of [`crate::language`].
    Limit(&'static str, Range<usize>),
    /// The grammar does not go on at the furthest token; turned into a `Fault` before it leaves this module.
    Stuck,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

type Parsed<T> = Result<T, Failure>;

/// The words that are no names.
pub const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The part of a text that is too long which would be read; to hand the whole text back takes long itself.
pub fn too_long(text: &str) -> Range<usize> {
    let end = (0..=limits::CONDITION_BYTES).rev().find(|end| text.is_char_boundary(*end));
    0..end.unwrap_or(text.len())
}

/// The tree of a whole text.
///
/// # Errors
/// CPython's refusal, or why this engine cannot judge.
pub fn parse(text: &str) -> Parsed<Expr> {
    parse_cut(text, &cut(text))
}

/// The tokens of a text; none of one that is too long: what is normalised may be longer than what was written.
pub fn cut(text: &str) -> Tokens {
    if text.len() > limits::CONDITION_BYTES { Tokens::default() } else { lexer::tokens(text, 0..text.len(), false) }
}

/// As [`parse`], of a text that was cut already.
///
/// # Errors
/// As [`parse`].
pub fn parse_cut(text: &str, tokens: &Tokens) -> Parsed<Expr> {
    if text.len() > limits::CONDITION_BYTES {
        return Err(Failure::Limit("limit/length", too_long(text)));
    }
    if let Some(at) = text.find('\0') {
        return Err(Fault::syntax("source code string cannot contain null bytes", at..at + 1).into());
    }
    run(text, tokens, 0, false)
}

/// The tree of a field of an f-string, which CPython parses as if it stood in parentheses.
///
/// # Errors
/// CPython's refusal, or why this engine cannot judge.
pub fn parse_field(text: &str, range: Range<usize>, depth: usize) -> Parsed<Expr> {
    let mut tokens = lexer::tokens(text, range.clone(), true);
    if tokens.fault.is_none() && tokens.unknown.is_none() {
        tokens.list.pop();
        let mark = |text, at: Range<usize>, level| Token { kind: TokenKind::Op(text), span: at, level };
        tokens.list.insert(0, mark("(", range.start.saturating_sub(1)..range.start, 1));
        tokens.list.push(mark(")", range.end..range.end + 1, 0));
        tokens.list.push(Token { kind: TokenKind::End, span: range.end + 1..range.end + 1, level: 0 });
    }
    run(text, &tokens, depth + 1, true).map_err(|failure| match failure {
        Failure::Fault(fault) if literals::is_too_many_digits(&fault) => {
            Failure::Unknown(String::from("number"), fault.span)
        }
        other => other,
    })
}

fn run(text: &str, tokens: &Tokens, depth: usize, field: bool) -> Parsed<Expr> {
    if let Some((what, span)) = tokens.unknown.clone() {
        return Err(Failure::Unknown(what, span));
    }
    if let Some(fault) = tokens.fault.as_ref().filter(|fault| !fault.soft) {
        // CPython says it even when the grammar fails before it, except where the indentation is wrong.
        if !tokens.list.iter().any(|token| matches!(token.kind, TokenKind::Indent | TokenKind::Dedent)) {
            return Err(fault.clone().into());
        }
    }
    let mut parser = Parser { depth, ..Parser::new(text, &tokens.list) };
    match parser.whole(field) {
        Err(Failure::Stuck) => Err(refusal::words(text, tokens, parser.furthest, field)),
        parsed => parsed,
    }
}

/// Reads tokens one after the other.
pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    pub(super) at: usize,
    /// The last token that was looked at: where CPython says that a text goes wrong.
    furthest: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, at: 0, furthest: 0, depth: 0 }
    }

    pub(super) fn token(&mut self) -> Option<&'a Token> {
        self.look(0)
    }

    #[inline(never)]
    pub(super) fn look(&mut self, ahead: usize) -> Option<&'a Token> {
        self.furthest = self.furthest.max(self.at + ahead);
        self.tokens.get(self.at + ahead)
    }

    pub(super) fn kind(&mut self) -> Option<TokenKind> {
        self.token().map(|token| token.kind)
    }

    #[inline(never)]
    pub(super) fn is_op(&mut self, op: &str) -> bool {
        matches!(self.kind(), Some(TokenKind::Op(found)) if found == op)
    }

    pub(super) fn is_word(&mut self, word: &str) -> bool {
        self.word() == Some(word)
    }

    /// The word at this place, keywords included.
    #[inline(never)]
    pub(super) fn word(&mut self) -> Option<&'a str> {
        let text = self.text;
        self.token().filter(|token| token.kind == TokenKind::Name).map(|token| slice(text, token.span.clone()))
    }

    #[inline(never)]
    pub(super) fn accept_op(&mut self, op: &str) -> bool {
        let found = self.is_op(op);
        self.at += usize::from(found);
        found
    }

    #[inline(never)]
    pub(super) fn accept_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect_op(&mut self, op: &str) -> Parsed<()> {
        if self.accept_op(op) { Ok(()) } else { Err(Failure::Stuck) }
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.accept_word(word) { Ok(()) } else { Err(Failure::Stuck) }
    }

    /// Where the next token starts.
    pub(super) fn start(&mut self) -> usize {
        self.token().map_or(self.text.len(), |token| token.span.start)
    }

    /// The kind of the last token.
    pub(super) fn before(&self) -> Option<TokenKind> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.kind)
    }

    /// The text of the next token.
    pub(super) fn text_here(&mut self) -> &'a str {
        let text = self.text;
        self.token().map(|token| slice(text, token.span.clone())).unwrap_or_default()
    }

    fn start_of_last(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.start)
    }

    /// Where the last token ended.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.end)
    }

    #[inline(never)]
    pub(super) fn node(&self, start: usize, kind: Kind) -> Parsed<Expr> {
        let node = Expr::new(start..self.end(), kind);
        if node.height > limits::NESTING {
            return Err(Failure::Limit("limit/depth", node.span));
        }
        Ok(node)
    }

    pub(super) fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= limits::NESTING {
            let start = self.start();
            return Err(Failure::Limit("limit/depth", start..start));
        }
        self.depth += 1;
        let parsed = run(self);
        self.depth -= 1;
        parsed
    }

    #[inline(never)]
    pub(super) fn name(&mut self) -> Parsed<Rc<str>> {
        match self.word() {
            Some(word) if !KEYWORDS.contains(&word) => {
                self.at += 1;
                if word.is_ascii() {
                    return Ok(Rc::from(word));
                }
                // CPython normalises names.
                let unknown = || Failure::Unknown(word.to_owned(), self.start_of_last()..self.end());
                Normalised::nfkc(word).map(|name| Rc::from(name.text)).map_err(|_| unknown())
            }
            _ => Err(Failure::Stuck),
        }
    }

    fn whole(&mut self, field: bool) -> Parsed<Expr> {
        let parsed = if field { self.atom()? } else { self.expressions()? };
        while !field && self.kind() == Some(TokenKind::Newline) {
            self.at += 1;
        }
        if self.kind() == Some(TokenKind::End) { Ok(parsed) } else { Err(Failure::Stuck) }
    }

    /// Whether an expression may start at the next token: what ends a trailing comma.
    pub(super) fn may_start(&mut self) -> bool {
        match self.token().map(|token| token.kind) {
            Some(TokenKind::Number | TokenKind::String) => true,
            Some(TokenKind::Op(op)) => matches!(op, "(" | "[" | "{" | "-" | "+" | "~" | "..."),
            Some(TokenKind::Name) => self.word().is_some_and(|word| {
                !KEYWORDS.contains(&word) || matches!(word, "not" | "lambda" | "await" | "True" | "False" | "None")
            }),
            _ => false,
        }
    }

    fn expressions(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.expression()?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.accept_op(",") && self.may_start() {
            items.push(self.expression()?);
        }
        self.node(start, Kind::Tuple(items))
    }

    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            if parser.is_word("lambda") {
                return parser.lambda();
            }
            let start = parser.start();
            let body = parser.logic(Logic::Or)?;
            if !parser.accept_word("if") {
                return Ok(body);
            }
            let test = Box::new(parser.logic(Logic::Or)?);
            parser.expect_word("else")?;
            let otherwise = Box::new(parser.expression()?);
            parser.node(start, Kind::Conditional { test, body: Box::new(body), otherwise })
        })
    }

    fn logic(&mut self, logic: Logic) -> Parsed<Expr> {
        let operand = |parser: &mut Self| match logic {
            Logic::Or => parser.logic(Logic::And),
            Logic::And => parser.inversion(),
        };
        let word = if logic == Logic::Or { "or" } else { "and" };
        let start = self.start();
        let first = operand(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.accept_word(word) {
            operands.push(operand(self)?);
        }
        self.node(start, Kind::Logic(logic, operands))
    }

    fn inversion(&mut self) -> Parsed<Expr> {
        if !self.is_word("not") {
            return self.comparison();
        }
        let start = self.start();
        self.at += 1;
        let operand = self.deeper(Self::inversion)?;
        self.node(start, Kind::Unary(Unary::Not, Box::new(operand)))
    }

    fn comparison_operator(&mut self) -> Parsed<Option<Comparison>> {
        let operator = match self.kind() {
            Some(TokenKind::Op("==")) => Comparison::Equal,
            Some(TokenKind::Op("!=")) => Comparison::NotEqual,
            Some(TokenKind::Op("<")) => Comparison::Less,
            Some(TokenKind::Op("<=")) => Comparison::LessOrEqual,
            Some(TokenKind::Op(">")) => Comparison::Greater,
            Some(TokenKind::Op(">=")) => Comparison::GreaterOrEqual,
            Some(TokenKind::Name) => match self.word() {
                Some("in") => Comparison::In,
                Some("is") => {
                    self.at += 1;
                    return Ok(Some(if self.accept_word("not") { Comparison::IsNot } else { Comparison::Is }));
                }
                Some("not") => {
                    self.at += 1;
                    self.expect_word("in")?;
                    return Ok(Some(Comparison::NotIn));
                }
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(operator))
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.binary(0)?;
        let mut links = Vec::new();
        while let Some(operator) = self.comparison_operator()? {
            links.push((operator, self.binary(0)?));
        }
        if links.is_empty() {
            return Ok(first);
        }
        self.node(start, Kind::Compare(Box::new(first), links))
    }

    /// The operator at this place and how tightly it binds.
    fn binary_operator(&mut self) -> Option<(Binary, usize)> {
        let Some(TokenKind::Op(op)) = self.kind() else { return None };
        Some(match op {
            "|" => (Binary::BitOr, 0),
            "^" => (Binary::BitXor, 1),
            "&" => (Binary::BitAnd, 2),
            "<<" => (Binary::ShiftLeft, 3),
            ">>" => (Binary::ShiftRight, 3),
            "+" => (Binary::Add, 4),
            "-" => (Binary::Subtract, 4),
            "*" => (Binary::Multiply, 5),
            "/" => (Binary::Divide, 5),
            "//" => (Binary::FloorDivide, 5),
            "%" => (Binary::Modulo, 5),
            "@" => (Binary::MatrixMultiply, 5),
            _ => return None,
        })
    }

    /// Operators that bind at least as tightly as `least`; equal ones group to the left.
    fn binary(&mut self, least: usize) -> Parsed<Expr> {
        let start = self.start();
        let mut left = self.factor()?;
        while let Some((operator, binds)) = self.binary_operator().filter(|(_, binds)| *binds >= least) {
            self.at += 1;
            let right = self.deeper(|parser| parser.binary(binds + 1))?;
            left = self.node(start, Kind::Binary(operator, Box::new(left), Box::new(right)))?;
        }
        Ok(left)
    }

    fn factor(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let operator = match self.kind() {
            Some(TokenKind::Op("-")) => Unary::Negative,
            Some(TokenKind::Op("+")) => Unary::Positive,
            Some(TokenKind::Op("~")) => Unary::Invert,
            _ => return self.power(),
        };
        self.at += 1;
        let operand = self.deeper(Self::factor)?;
        self.node(start, Kind::Unary(operator, Box::new(operand)))
    }

    fn power(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let awaits = self.accept_word("await");
        let mut base = self.primary()?;
        if awaits {
            base = self.node(start, Kind::Await(Box::new(base)))?;
        }
        if !self.accept_op("**") {
            return Ok(base);
        }
        let exponent = self.deeper(Self::factor)?;
        self.node(start, Kind::Binary(Binary::Power, Box::new(base), Box::new(exponent)))
    }

    pub(super) fn primary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut value = self.atom()?;
        loop {
            let kind = match self.kind() {
                Some(TokenKind::Op(".")) => {
                    self.at += 1;
                    let name = self.name()?;
                    Kind::Attribute(Box::new(value), name)
                }
                Some(TokenKind::Op("(")) => {
                    self.at += 1;
                    let arguments = self.deeper(Self::arguments)?;
                    Kind::Call(Box::new(value), arguments)
                }
                Some(TokenKind::Op("[")) => {
                    self.at += 1;
                    let key = self.deeper(Self::slices)?;
                    self.expect_op("]")?;
                    Kind::Subscript(Box::new(value), Box::new(key))
                }
                _ => return Ok(value),
            };
            value = self.node(start, kind)?;
        }
    }

    fn slices(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.slice_or_starred()?;
        if !self.is_op(",") && !matches!(first.kind, Kind::Starred(_)) {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.accept_op(",") && !self.is_op("]") {
            items.push(self.slice_or_starred()?);
        }
        self.node(start, Kind::Tuple(items))
    }

    fn slice_or_starred(&mut self) -> Parsed<Expr> {
        if self.is_op("*") {
            return self.starred();
        }
        let start = self.start();
        let first = if self.is_op(":") {
            None
        } else {
            let value = self.named_expression()?;
            if !self.is_op(":") || is_bare_walrus(&value, start) {
                return Ok(value);
            }
            Some(Box::new(value))
        };
        let bound = |parser: &mut Self| {
            let bound = parser.may_start().then(|| parser.expression().map(Box::new));
            bound.transpose()
        };
        self.expect_op(":")?;
        let stop = bound(self)?;
        let step = if self.accept_op(":") { bound(self)? } else { None };
        self.node(start, Kind::Slice(first, stop, step))
    }

    fn starred(&mut self) -> Parsed<Expr> {
        let start = self.start();
        self.expect_op("*")?;
        let value = self.deeper(|parser| parser.binary(0))?;
        self.node(start, Kind::Starred(Box::new(value)))
    }

    pub(super) fn named_expression(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let value = self.expression()?;
        if !self.is_op(":=") {
            return Ok(value);
        }
        if !matches!(value.kind, Kind::Name(_)) || value.span != (start..self.end()) {
            return Err(Failure::Stuck);
        }
        self.at += 1;
        let bound = self.expression()?;
        self.node(start, Kind::Walrus(Box::new(value), Box::new(bound)))
    }

    pub(super) fn star_named_expression(&mut self) -> Parsed<Expr> {
        if self.is_op("*") { self.starred() } else { self.named_expression() }
    }

    pub(super) fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let mut arguments: Vec<Argument> = Vec::new();
        let (mut keyword, mut double) = (false, false);
        while !self.is_op(")") {
            let argument = if self.accept_op("*") {
                // CPython reads a whole expression behind the star of an argument.
                let value = self.expression()?;
                if double {
                    return Err(Failure::Stuck);
                }
                Argument::Star(value)
            } else if self.accept_op("**") {
                double = true;
                Argument::DoubleStar(self.expression()?)
            } else if self.token().is_some_and(|token| token.kind == TokenKind::Name)
                && matches!(self.look(1).map(|token| token.kind), Some(TokenKind::Op("=")))
            {
                let name = self.name()?;
                self.at += 1;
                keyword = true;
                Argument::Keyword(name, self.expression()?)
            } else {
                let start = self.start();
                let value = self.named_expression()?;
                if self.is_word("for") || self.is_word("async") {
                    if !arguments.is_empty() {
                        return Err(Failure::Stuck);
                    }
                    let loops = self.loops()?;
                    if !self.is_op(")") {
                        return Err(Failure::Stuck);
                    }
                    self.at += 1;
                    // The place of such a generator includes the parentheses of the call.
                    let made = Comprehension { makes: Makes::Generator, element: value, value: None, loops };
                    let node = self.node(start.saturating_sub(1), Kind::Comprehension(Rc::new(made)))?;
                    return Ok(vec![Argument::Positional(node)]);
                }
                if keyword || double || self.is_op("=") {
                    return Err(Failure::Stuck);
                }
                Argument::Positional(value)
            };
            arguments.push(argument);
            if !self.accept_op(",") {
                break;
            }
        }
        self.expect_op(")")?;
        Ok(arguments)
    }

    fn loops(&mut self) -> Parsed<Vec<Loop>> {
        let mut loops = Vec::new();
        loop {
            let asynchronous = self.accept_word("async");
            if !asynchronous && !self.is_word("for") {
                return Ok(loops);
            }
            self.expect_word("for")?;
            let target = self.targets()?;
            self.expect_word("in")?;
            let source = self.deeper(|parser| parser.logic(Logic::Or))?;
            let mut conditions = Vec::new();
            while self.accept_word("if") {
                conditions.push(self.deeper(|parser| parser.logic(Logic::Or))?);
            }
            loops.push(Loop { target, source, conditions, asynchronous });
        }
    }

    pub(super) fn targets(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.target()?;
        // A starred target alone is the compiler's to refuse.
        if !self.is_op(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.accept_op(",") && !self.is_word("in") {
            items.push(self.target()?);
        }
        self.node(start, Kind::Tuple(items))
    }

    pub(super) fn target(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.accept_op("*") {
            let value = self.deeper(Self::target)?;
            if matches!(value.kind, Kind::Starred(_)) {
                return Err(Failure::Stuck);
            }
            return self.node(start, Kind::Starred(Box::new(value)));
        }
        let value = self.primary()?;
        if is_target(&value) { Ok(value) } else { Err(Failure::Stuck) }
    }

    fn lambda(&mut self) -> Parsed<Expr> {
        let start = self.start();
        self.at += 1;
        let parameters = self.parameters(":", false)?;
        self.expect_op(":")?;
        let body = self.expression()?;
        self.node(start, Kind::Lambda(Rc::new(Lambda { parameters, body })))
    }

    /// Parameters up to the operator `end`, which is left; those of a `def` may be annotated.
    pub(super) fn parameters(&mut self, end: &str, annotated: bool) -> Parsed<Vec<Parameter>> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let (mut star, mut bare, mut double) = (false, false, false);
        let one = |parser: &mut Self, takes: Takes| {
            let name = parser.name()?;
            let annotation = if annotated && parser.accept_op(":") { Some(parser.expression()?) } else { None };
            Ok::<Parameter, Failure>(Parameter { name, takes, default: None, annotation })
        };
        while !self.is_op(end) {
            if double {
                return Err(Failure::Stuck);
            }
            if self.accept_op("/") {
                if star || parameters.is_empty() || parameters.iter().any(|p| p.takes == Takes::PositionalOnly) {
                    return Err(Failure::Stuck);
                }
                parameters.iter_mut().for_each(|parameter| parameter.takes = Takes::PositionalOnly);
            } else if self.accept_op("**") {
                double = true;
                if bare {
                    return Err(Failure::Stuck);
                }
                parameters.push(one(self, Takes::DoubleStar)?);
            } else if self.is_op("*") {
                if star {
                    return Err(Failure::Stuck);
                }
                self.at += 1;
                star = true;
                if self.is_op(",") {
                    bare = true;
                } else {
                    parameters.push(one(self, Takes::Star)?);
                }
            } else {
                let mut parameter = one(self, if star { Takes::KeywordOnly } else { Takes::Any })?;
                bare = false;
                parameter.default = if self.accept_op("=") { Some(self.expression()?) } else { None };
                if !star && parameter.default.is_none() && parameters.iter().any(|other| other.default.is_some()) {
                    return Err(Failure::Stuck);
                }
                parameters.push(parameter);
            }
            if !self.accept_op(",") {
                break;
            }
        }
        if bare || !self.is_op(end) { Err(Failure::Stuck) } else { Ok(parameters) }
    }

    pub(super) fn atom(&mut self) -> Parsed<Expr> {
        let Some(token) = self.token() else { return Err(Failure::Stuck) };
        let start = token.span.start;
        let kind = match token.kind {
            TokenKind::Name => match self.word() {
                Some("True") => Kind::Constant(Value::Bool(true)),
                Some("False") => Kind::Constant(Value::Bool(false)),
                Some("None") => Kind::Constant(Value::None),
                _ => {
                    let name = self.name()?;
                    return self.node(start, Kind::Name(name));
                }
            },
            TokenKind::Number => literals::number(self.text, &token.span)?,
            TokenKind::String => {
                let mut spans = Vec::new();
                while let Some(token) = self.token().filter(|token| token.kind == TokenKind::String) {
                    spans.push(token.span.clone());
                    self.at += 1;
                }
                if self.token().is_none() {
                    // The tokenizer stops CPython before it reads the literals.
                    return Err(Failure::Stuck);
                }
                let kind = literals::strings(self.text, &spans, self.depth)?;
                return self.node(start, kind);
            }
            TokenKind::Op("...") => Kind::Ellipsis,
            TokenKind::Op("(") => return self.deeper(|parser| parser.parenthesis(start)),
            TokenKind::Op("[") => return self.deeper(|parser| parser.list(start)),
            TokenKind::Op("{") => return self.deeper(|parser| parser.braces(start)),
            _ => return Err(Failure::Stuck),
        };
        self.at += 1;
        self.node(start, kind)
    }

    fn parenthesis(&mut self, start: usize) -> Parsed<Expr> {
        self.at += 1;
        if self.accept_op(")") {
            return self.node(start, Kind::Tuple(Vec::new()));
        }
        if self.is_word("yield") {
            let value = self.yielded()?;
            self.expect_op(")")?;
            return Ok(value);
        }
        let first = self.star_named_expression()?;
        let starred = matches!(first.kind, Kind::Starred(_));
        if !starred && (self.is_word("for") || self.is_word("async")) {
            let loops = self.loops()?;
            self.expect_op(")")?;
            let made = Comprehension { makes: Makes::Generator, element: first, value: None, loops };
            return self.node(start, Kind::Comprehension(Rc::new(made)));
        }
        if !self.is_op(",") {
            if starred {
                return Err(Failure::Stuck);
            }
            self.expect_op(")")?;
            return Ok(first);
        }
        let mut items = vec![first];
        while self.accept_op(",") && !self.is_op(")") {
            items.push(self.star_named_expression()?);
        }
        self.expect_op(")")?;
        self.node(start, Kind::Tuple(items))
    }

    /// `yield` and what it yields.
    pub(super) fn yielded(&mut self) -> Parsed<Expr> {
        let start = self.start();
        self.expect_word("yield")?;
        if self.accept_word("from") {
            let value = self.expression()?;
            return self.node(start, Kind::YieldFrom(Box::new(value)));
        }
        if !self.is_op("*") && !self.may_start() {
            return self.node(start, Kind::Yield(None));
        }
        let value = self.star_expressions()?;
        self.node(start, Kind::Yield(Some(Box::new(value))))
    }

    /// Expressions, some of them starred, parted by commas.
    pub(super) fn star_expressions(&mut self) -> Parsed<Expr> {
        let one = |parser: &mut Self| if parser.is_op("*") { parser.starred() } else { parser.expression() };
        let start = self.start();
        let first = one(self)?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.accept_op(",") && (self.is_op("*") || self.may_start()) {
            items.push(one(self)?);
        }
        self.node(start, Kind::Tuple(items))
    }

    fn list(&mut self, start: usize) -> Parsed<Expr> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.is_op("]") {
            items.push(self.star_named_expression()?);
            let starred = matches!(items.last(), Some(Expr { kind: Kind::Starred(_), .. }));
            if items.len() == 1 && !starred && (self.is_word("for") || self.is_word("async")) {
                let loops = self.loops()?;
                self.expect_op("]")?;
                let Some(element) = items.pop() else { return Err(Failure::Stuck) };
                let made = Comprehension { makes: Makes::List, element, value: None, loops };
                return self.node(start, Kind::Comprehension(Rc::new(made)));
            }
            if !self.accept_op(",") {
                break;
            }
        }
        self.expect_op("]")?;
        self.node(start, Kind::List(items))
    }

    fn braces(&mut self, start: usize) -> Parsed<Expr> {
        self.at += 1;
        if self.accept_op("}") {
            return self.node(start, Kind::Dict(Vec::new()));
        }
        if self.is_op("**") {
            return self.dict(start, Vec::new());
        }
        let first_start = self.start();
        let first = self.star_named_expression()?;
        let is_key = !matches!(first.kind, Kind::Starred(_)) && !is_bare_walrus(&first, first_start);
        if is_key && self.accept_op(":") {
            let value = self.expression()?;
            if self.is_word("for") || self.is_word("async") {
                let loops = self.loops()?;
                self.expect_op("}")?;
                let made = Comprehension { makes: Makes::Dict, element: first, value: Some(value), loops };
                return self.node(start, Kind::Comprehension(Rc::new(made)));
            }
            let entries = vec![(Some(first), value)];
            if self.accept_op(",") {
                return self.dict(start, entries);
            }
            self.expect_op("}")?;
            return self.node(start, Kind::Dict(entries));
        }
        if !matches!(first.kind, Kind::Starred(_)) && (self.is_word("for") || self.is_word("async")) {
            let loops = self.loops()?;
            self.expect_op("}")?;
            let made = Comprehension { makes: Makes::Set, element: first, value: None, loops };
            return self.node(start, Kind::Comprehension(Rc::new(made)));
        }
        let mut items = vec![first];
        while self.accept_op(",") && !self.is_op("}") {
            items.push(self.star_named_expression()?);
        }
        self.expect_op("}")?;
        self.node(start, Kind::Set(items))
    }

    fn dict(&mut self, start: usize, mut entries: Vec<(Option<Expr>, Expr)>) -> Parsed<Expr> {
        while !self.is_op("}") {
            if self.accept_op("**") {
                let value = self.deeper(|parser| parser.binary(0))?;
                entries.push((None, value));
            } else {
                let key = self.expression()?;
                self.expect_op(":")?;
                entries.push((Some(key), self.expression()?));
            }
            if !self.accept_op(",") {
                break;
            }
        }
        self.expect_op("}")?;
        self.node(start, Kind::Dict(entries))
    }
}

/// Whether it is an assignment expression without parentheses around it, which begins at `start`.
fn is_bare_walrus(value: &Expr, start: usize) -> bool {
    matches!(value.kind, Kind::Walrus(..)) && value.span.start == start
}

/// Whether a loop may bind to it.
pub(super) fn is_target(value: &Expr) -> bool {
    match &value.kind {
        Kind::Name(_) | Kind::Attribute(..) | Kind::Subscript(..) => true,
        Kind::Tuple(items) | Kind::List(items) => items.iter().all(|item| match &item.kind {
            Kind::Starred(inner) => is_target(inner),
            _ => is_target(item),
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        match parse(text) {
            Err(Failure::Fault(fault)) => fault.message.unwrap_or_default(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("{text} has a tree"),
        }
    }

    #[test]
    fn a_text_beyond_a_limit_is_answered_at_once() {
        // CPython 3.11: `eval("(" * 10000 + "1" + ")" * 10000)`
        assert_eq!(refusal(&format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000))), "too many nested parentheses");
        for text in [
            format!("1{}", "+1".repeat(20_000)),
            format!("{}1", "not ".repeat(10_000)),
            format!("{}1", "-".repeat(10_000)),
            format!("a{}", ".b".repeat(10_000)),
            format!("{}1", "lambda: ".repeat(5_000)),
            format!("{}1{}", "[".repeat(150), "]".repeat(150)),
            format!("1{}", " if 1 else 1".repeat(3_000)),
            "x".repeat(1_000_000),
        ] {
            assert!(matches!(parse(&text), Err(Failure::Limit(..))), "{}", text.chars().take(40).collect::<String>());
        }
        assert!(parse(&format!("1{}", " and 1".repeat(3_000))).is_ok(), "a flat chain is not deep");
    }
}
