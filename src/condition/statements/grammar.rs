//! The grammar of a block, which the host runs when server scripts are on.
//!
//! This pass only accepts or refuses; CPython's words for a refusal are found by [`super::super::refusal`]. Long because a grammar is one thing; each function is one rule of it.

use std::rc::Rc;

use super::super::ast::{Expr, Kind};
use super::super::lexer::{self, TokenKind};
use super::super::parser::{Failure, Parser, is_target, too_long};
use super::bindings::Bindings;
use super::{Block, Class, Definition, Does, Handler, Statement, Try};
use crate::limits;
use crate::python::operators::Binary;

type Parsed<T> = Result<T, Failure>;

const AUGMENTED: [(&str, Binary); 13] = [
    ("+=", Binary::Add),
    ("-=", Binary::Subtract),
    ("*=", Binary::Multiply),
    ("/=", Binary::Divide),
    ("//=", Binary::FloorDivide),
    ("%=", Binary::Modulo),
    ("@=", Binary::MatrixMultiply),
    ("&=", Binary::BitAnd),
    ("|=", Binary::BitOr),
    ("^=", Binary::BitXor),
    (">>=", Binary::ShiftRight),
    ("<<=", Binary::ShiftLeft),
    ("**=", Binary::Power),
];

/// The statements of a text.
///
/// # Errors
/// `Stuck` when it is no block that this engine follows, which does not mean that CPython refuses it.
pub fn parse(text: &str) -> Parsed<Vec<Statement>> {
    if text.len() > limits::CONDITION_BYTES {
        return Err(Failure::Limit("limit/length", too_long(text)));
    }
    if text.contains('\0') {
        return Err(Failure::Stuck);
    }
    // CPython gives a block a final line break.
    let closed = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    let tokens = lexer::tokens(&closed, 0..closed.len(), false);
    if let Some((what, span)) = tokens.unknown {
        return Err(Failure::Unknown(what, span));
    }
    if tokens.fault.is_some() {
        return Err(Failure::Stuck);
    }
    let mut parser = Parser::new(&closed, &tokens.list);
    let mut statements = Vec::new();
    while parser.kind() != Some(TokenKind::End) {
        parser.statement(&mut statements)?;
    }
    Ok(statements)
}

impl Parser<'_> {
    pub(super) fn expect(&mut self, kind: TokenKind) -> Parsed<()> {
        if self.kind() != Some(kind) {
            return Err(Failure::Stuck);
        }
        self.at += 1;
        Ok(())
    }

    fn statement(&mut self, statements: &mut Vec<Statement>) -> Parsed<()> {
        let start = self.start();
        if self.is_op("@") {
            let does = self.deeper(Self::decorated)?;
            statements.push(Statement { span: start..self.end(), does });
            return Ok(());
        }
        let does = match self.word() {
            Some("async") => {
                self.at += 1;
                let inner = self.start();
                let does = match self.word() {
                    Some("def") => self.deeper(|parser| parser.definition(Vec::new()))?,
                    Some("for") => self.deeper(Self::for_statement)?,
                    Some("with") => self.deeper(Self::with_statement)?,
                    _ => return Err(Failure::Stuck),
                };
                Does::Async(Box::new(Statement { span: inner..self.end(), does }))
            }
            Some("class") => self.deeper(|parser| parser.class(Vec::new()))?,
            Some("def") => self.deeper(|parser| parser.definition(Vec::new()))?,
            Some("for") => self.deeper(Self::for_statement)?,
            Some("if") => self.deeper(Self::if_statement)?,
            Some("try") => self.deeper(Self::try_statement)?,
            Some("match") => {
                let here = self.at;
                match self.deeper(Self::match_statement) {
                    // A name like any other.
                    Err(Failure::Stuck) => {
                        self.at = here;
                        return self.simple_statements(statements);
                    }
                    does => does?,
                }
            }
            Some("while") => self.deeper(Self::while_statement)?,
            Some("with") => self.deeper(Self::with_statement)?,
            _ => return self.simple_statements(statements),
        };
        statements.push(Statement { span: start..self.end(), does });
        Ok(())
    }

    fn simple_statements(&mut self, statements: &mut Vec<Statement>) -> Parsed<()> {
        loop {
            let start = self.start();
            let does = self.simple_statement()?;
            statements.push(Statement { span: start..self.end(), does });
            if !self.accept_op(";") || self.kind() == Some(TokenKind::Newline) {
                return self.expect(TokenKind::Newline);
            }
        }
    }

    /// Whether a simple statement ends here.
    fn ends(&mut self) -> bool {
        matches!(self.kind(), Some(TokenKind::Newline | TokenKind::Op(";")))
    }

    fn simple_statement(&mut self) -> Parsed<Does> {
        let word = self.word();
        if matches!(
            word,
            Some(
                "return"
                    | "pass"
                    | "break"
                    | "continue"
                    | "assert"
                    | "raise"
                    | "import"
                    | "from"
                    | "del"
                    | "global"
                    | "nonlocal"
            )
        ) {
            self.at += 1;
        }
        Ok(match word {
            Some("pass") => Does::Pass,
            Some("break") => Does::Break,
            Some("continue") => Does::Continue,
            Some("return") if self.ends() => Does::Return(None),
            Some("return") => Does::Return(Some(self.star_expressions()?)),
            Some("assert") => {
                let test = self.expression()?;
                let message = if self.accept_op(",") { Some(self.expression()?) } else { None };
                Does::Assert(test, message)
            }
            Some("raise") if self.ends() => Does::Raise(None, None),
            Some("raise") => {
                let value = self.expression()?;
                let cause = if self.accept_word("from") { Some(self.expression()?) } else { None };
                Does::Raise(Some(value), cause)
            }
            Some("del") => {
                let mut targets = vec![self.deleted()?];
                while self.accept_op(",") && !self.ends() {
                    targets.push(self.deleted()?);
                }
                Does::Delete(targets)
            }
            Some("global") => Does::Global(self.names()?),
            Some("nonlocal") => {
                self.names()?;
                Does::NotAllowed("Nonlocal")
            }
            Some("import") => self.import()?,
            Some("from") => self.import_from()?,
            _ => self.assignment()?,
        })
    }

    fn names(&mut self) -> Parsed<Vec<Rc<str>>> {
        let mut names = vec![self.name()?];
        while self.accept_op(",") {
            names.push(self.name()?);
        }
        Ok(names)
    }

    fn deleted(&mut self) -> Parsed<Expr> {
        let target = self.primary()?;
        let mut starred = false;
        target.walk(&mut |node| starred |= matches!(node.kind, Kind::Starred(_)));
        if is_target(&target) && !starred { Ok(target) } else { Err(Failure::Stuck) }
    }

    /// `a.b.c`: the whole, and its first part.
    fn dotted(&mut self) -> Parsed<(Rc<str>, Rc<str>)> {
        let first = self.name()?;
        let mut whole = first.to_string();
        while self.accept_op(".") {
            whole.push('.');
            whole.push_str(&self.name()?);
        }
        Ok((whole.into(), first))
    }

    fn import(&mut self) -> Parsed<Does> {
        let (mut written, mut bound) = (Vec::new(), Vec::new());
        loop {
            let (whole, first) = self.dotted()?;
            written.push(whole);
            bound.push(if self.accept_word("as") {
                let name = self.name()?;
                written.push(Rc::clone(&name));
                name
            } else {
                first
            });
            if !self.accept_op(",") {
                return Ok(Does::Import(written, bound));
            }
        }
    }

    fn import_from(&mut self) -> Parsed<Does> {
        let mut dots = false;
        while self.accept_op(".") || self.accept_op("...") {
            dots = true;
        }
        if !dots || !self.is_word("import") {
            self.dotted()?;
        }
        self.expect_word("import")?;
        if self.accept_op("*") {
            return Ok(Does::Import(vec![Rc::from("*")], Vec::new()));
        }
        let brackets = self.accept_op("(");
        let (mut written, mut bound) = (Vec::new(), Vec::new());
        loop {
            let mut name = self.name()?;
            written.push(Rc::clone(&name));
            if self.accept_word("as") {
                name = self.name()?;
                written.push(Rc::clone(&name));
            }
            bound.push(name);
            if !self.accept_op(",") || (brackets && self.is_op(")")) {
                break;
            }
        }
        if brackets {
            self.expect_op(")")?;
        }
        Ok(Does::Import(written, bound))
    }

    /// Where a target in parentheses ends that begins at a token, if there is one: CPython then looks for no other.
    fn grouped_target(&mut self, begin: usize) -> Option<usize> {
        let here = std::mem::replace(&mut self.at, begin);
        let target = if self.accept_op("(") { self.primary().ok() } else { None };
        let single =
            matches!(target.map(|target| target.kind), Some(Kind::Name(_) | Kind::Attribute(..) | Kind::Subscript(..)));
        let end = (single && self.accept_op(")")).then_some(self.at);
        self.at = here;
        end
    }

    /// What may stand behind `=`.
    fn assigned(&mut self) -> Parsed<Expr> {
        if self.is_word("yield") { self.yielded() } else { self.star_expressions() }
    }

    fn assignment(&mut self) -> Parsed<Does> {
        let single = |target: &Expr| matches!(target.kind, Kind::Name(_) | Kind::Attribute(..) | Kind::Subscript(..));
        let begin = self.at;
        let first = self.assigned()?;
        let colon = self.at;
        if self.accept_op(":") {
            if !single(&first) || self.grouped_target(begin).is_some_and(|end| end != colon) {
                return Err(Failure::Stuck);
            }
            self.expression()?;
            if self.accept_op("=") {
                self.assigned()?;
            }
            return Ok(Does::NotAllowed("AnnAssign"));
        }
        if let Some(TokenKind::Op(op)) = self.kind()
            && let Some((_, operator)) = AUGMENTED.iter().find(|(sign, _)| *sign == op)
        {
            self.at += 1;
            if !single(&first) {
                return Err(Failure::Stuck);
            }
            return Ok(Does::Augment(first, *operator, self.assigned()?));
        }
        let mut chain = vec![first];
        while self.accept_op("=") {
            chain.push(self.assigned()?);
        }
        let Some(value) = chain.pop() else { return Err(Failure::Stuck) };
        if chain.is_empty() {
            return Ok(Does::Expression(value));
        }
        let fits = |target: &Expr| match &target.kind {
            Kind::Starred(inner) => is_target(inner),
            _ => is_target(target),
        };
        if !chain.iter().all(fits) {
            return Err(Failure::Stuck);
        }
        Ok(Does::Assign(chain, value))
    }

    /// What follows a colon: an indented block, or statements on the same line.
    pub(super) fn body(&mut self) -> Parsed<Block> {
        self.expect_op(":")?;
        let mut statements = Vec::new();
        if self.kind() != Some(TokenKind::Newline) {
            self.simple_statements(&mut statements)?;
            return Ok(statements.into());
        }
        self.at += 1;
        self.expect(TokenKind::Indent)?;
        while self.kind() != Some(TokenKind::Dedent) {
            self.statement(&mut statements)?;
        }
        self.at += 1;
        Ok(statements.into())
    }

    fn body_after(&mut self, word: &str) -> Parsed<Block> {
        if self.accept_word(word) { self.body() } else { Ok(Rc::from([])) }
    }

    fn if_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let test = self.named_expression()?;
        let body = self.body()?;
        let start = self.start();
        if self.is_word("elif") {
            let does = self.deeper(Self::if_statement)?;
            return Ok(Does::If(test, body, Rc::from([Statement { span: start..self.end(), does }])));
        }
        Ok(Does::If(test, body, self.body_after("else")?))
    }

    fn for_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let target = self.targets()?;
        self.expect_word("in")?;
        let source = self.star_expressions()?;
        Ok(Does::For { target, source, body: self.body()?, otherwise: self.body_after("else")? })
    }

    fn while_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let test = self.named_expression()?;
        Ok(Does::While(test, self.body()?, self.body_after("else")?))
    }

    fn try_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let body = self.body()?;
        let (mut handlers, mut star) = (Vec::new(), None);
        loop {
            let start = self.start();
            if !self.accept_word("except") {
                break;
            }
            let is_star = self.accept_op("*");
            if *star.get_or_insert(is_star) != is_star {
                return Err(Failure::Stuck);
            }
            let class = if self.is_op(":") && !is_star { None } else { Some(self.expression()?) };
            let name = if class.is_some() && self.accept_word("as") { Some(self.name()?) } else { None };
            let span = start..self.end();
            handlers.push(Handler { span, class, name, body: self.body()? });
        }
        let otherwise = if handlers.is_empty() { Rc::from([]) } else { self.body_after("else")? };
        let finally = self.body_after("finally")?;
        if handlers.is_empty() && finally.is_empty() {
            return Err(Failure::Stuck);
        }
        Ok(Does::Try(Rc::new(Try { body, handlers, otherwise, finally, star: star.unwrap_or(false) })))
    }

    fn with_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let start = self.at;
        if self.accept_op("(") {
            let items = self.with_items(Some(")"));
            let closed = items.and_then(|items| self.expect_op(")").map(|()| items));
            if let Ok(items) = closed
                && self.is_op(":")
            {
                return Ok(Does::With(items, self.body()?));
            }
            // The parentheses belong to an expression.
            self.at = start;
        }
        let items = self.with_items(None)?;
        Ok(Does::With(items, self.body()?))
    }

    fn with_items(&mut self, end: Option<&str>) -> Parsed<Vec<(Expr, Option<Expr>)>> {
        let mut items = Vec::new();
        loop {
            let value = self.expression()?;
            let target = if self.accept_word("as") { Some(self.target()?) } else { None };
            items.push((value, target));
            if !self.accept_op(",") || end.is_some_and(|end| self.is_op(end)) {
                return Ok(items);
            }
        }
    }

    fn decorated(&mut self) -> Parsed<Does> {
        let mut decorators = Vec::new();
        while self.accept_op("@") {
            decorators.push(self.named_expression()?);
            self.expect(TokenKind::Newline)?;
        }
        let start = self.start();
        match self.word() {
            Some("def") => self.definition(decorators),
            Some("class") => self.class(decorators),
            Some("async") => {
                self.at += 1;
                if !self.is_word("def") {
                    return Err(Failure::Stuck);
                }
                let does = self.definition(decorators)?;
                Ok(Does::Async(Box::new(Statement { span: start..self.end(), does })))
            }
            _ => Err(Failure::Stuck),
        }
    }

    fn definition(&mut self, decorators: Vec<Expr>) -> Parsed<Does> {
        self.at += 1;
        let name = self.name()?;
        self.expect_op("(")?;
        let parameters = self.parameters(")", true)?;
        self.expect_op(")")?;
        let returns = if self.accept_op("->") { Some(self.expression()?) } else { None };
        let body = self.body()?;
        let names: Vec<Rc<str>> = parameters.iter().map(|parameter| Rc::clone(&parameter.name)).collect();
        let bindings = Rc::new(Bindings::of(&names, &body));
        Ok(Does::Define(Rc::new(Definition { name, parameters, returns, decorators, body, bindings })))
    }

    fn class(&mut self, decorators: Vec<Expr>) -> Parsed<Does> {
        self.at += 1;
        let name = self.name()?;
        let arguments = if self.accept_op("(") { self.arguments()? } else { Vec::new() };
        Ok(Does::Class(Rc::new(Class { name, arguments, decorators, body: self.body()? })))
    }
}
