//! The grammar of a block, which the host runs when server scripts are on: assignments, `if`, `for`, `while`, `return`.
//!
//! What is not followed here (`def`, `class`, `try`, `with`...) is left to [`super::refusal`] to accept or refuse.

use super::ast::{Does, Expr, Kind, Statement};
use super::lexer::{self, TokenKind};
use super::parser::{Failure, Parser, is_target};
use crate::limits;

type Parsed<T> = Result<T, Failure>;

/// The statements of a text.
///
/// # Errors
/// `Stuck` when it is no block that this engine follows, which does not mean that CPython refuses it.
pub fn parse(text: &str) -> Parsed<Vec<Statement>> {
    if text.len() > limits::CONDITION_BYTES {
        return Err(Failure::Limit("limit/length", 0..text.len()));
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
    fn expect(&mut self, kind: TokenKind) -> Parsed<()> {
        if self.kind() != Some(kind) {
            return Err(Failure::Stuck);
        }
        self.at += 1;
        Ok(())
    }

    fn statement(&mut self, statements: &mut Vec<Statement>) -> Parsed<()> {
        let start = self.start();
        let does = match self.word() {
            Some("if") => self.deeper(Self::if_statement)?,
            Some("for") => self.deeper(Self::for_statement)?,
            Some("while") => self.deeper(Self::while_statement)?,
            Some("def" | "class" | "try" | "with" | "async" | "match" | "global" | "nonlocal" | "del") => {
                return Err(Failure::Stuck);
            }
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

    fn simple_statement(&mut self) -> Parsed<Does> {
        let word = self.word();
        if matches!(word, Some("return" | "pass" | "break" | "continue" | "assert" | "raise" | "import" | "from")) {
            self.at += 1;
        }
        let ends =
            |parser: &mut Self| parser.kind() == Some(TokenKind::Newline) || parser.kind() == Some(TokenKind::Op(";"));
        Ok(match word {
            Some("pass") => Does::Pass,
            Some("break") => Does::Break,
            Some("continue") => Does::Continue,
            Some("return") if ends(self) => Does::Return(None),
            Some("return") => Does::Return(Some(self.star_expressions()?)),
            Some("assert") => {
                let test = self.expression()?;
                let message = if self.accept_op(",") { Some(self.expression()?) } else { None };
                Does::Assert(test, message)
            }
            Some("raise") if ends(self) => Does::Raise(None),
            Some("raise") => Does::Raise(Some(self.expression()?)),
            Some("import") => {
                let mut names = Vec::new();
                loop {
                    names.push(self.name()?);
                    while self.accept_op(".") {
                        self.name()?;
                    }
                    if self.accept_word("as") {
                        names.push(self.name()?);
                    }
                    if !self.accept_op(",") {
                        break;
                    }
                }
                Does::Import(names)
            }
            Some("from") => {
                self.name()?;
                while self.accept_op(".") {
                    self.name()?;
                }
                self.expect_word("import")?;
                let mut names = vec![self.name()?];
                while self.accept_op(",") {
                    names.push(self.name()?);
                }
                Does::Import(names)
            }
            Some("yield") => return Err(Failure::Stuck),
            _ => self.assignment()?,
        })
    }

    fn assignment(&mut self) -> Parsed<Does> {
        let first = self.star_expressions()?;
        if self.accept_op(":") {
            if !matches!(first.kind, Kind::Name(_) | Kind::Attribute(..) | Kind::Subscript(..)) {
                return Err(Failure::Stuck);
            }
            self.expression()?;
            if self.accept_op("=") {
                self.star_expressions()?;
            }
            return Ok(Does::NotAllowed("AnnAssign"));
        }
        if let Some(TokenKind::Op(op)) = self.kind()
            && matches!(
                op,
                "+=" | "-=" | "*=" | "/=" | "//=" | "%=" | "@=" | "&=" | "|=" | "^=" | ">>=" | "<<=" | "**="
            )
        {
            self.at += 1;
            if !matches!(first.kind, Kind::Name(_) | Kind::Attribute(..) | Kind::Subscript(..)) {
                return Err(Failure::Stuck);
            }
            return Ok(Does::Augment(first, self.star_expressions()?));
        }
        let mut chain = vec![first];
        while self.accept_op("=") {
            chain.push(self.star_expressions()?);
        }
        let Some(value) = chain.pop() else { return Err(Failure::Stuck) };
        if chain.is_empty() {
            return Ok(Does::Expression(value));
        }
        if !chain.iter().all(is_target) {
            return Err(Failure::Stuck);
        }
        Ok(Does::Assign(chain, value))
    }

    /// Expressions, some of them starred, parted by commas.
    fn star_expressions(&mut self) -> Parsed<Expr> {
        if self.is_word("yield") {
            return Err(Failure::Stuck);
        }
        let start = self.start();
        let one = |parser: &mut Self| {
            if parser.is_op("*") { Err(Failure::Stuck) } else { parser.expression() }
        };
        let first = one(self)?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.accept_op(",") && self.may_start() {
            items.push(one(self)?);
        }
        self.node(start, Kind::Tuple(items))
    }

    /// What follows a colon: an indented block, or statements on the same line.
    fn body(&mut self) -> Parsed<Vec<Statement>> {
        self.expect_op(":")?;
        let mut statements = Vec::new();
        if self.kind() != Some(TokenKind::Newline) {
            self.simple_statements(&mut statements)?;
            return Ok(statements);
        }
        self.at += 1;
        self.expect(TokenKind::Indent)?;
        while self.kind() != Some(TokenKind::Dedent) {
            self.statement(&mut statements)?;
        }
        self.at += 1;
        Ok(statements)
    }

    fn otherwise(&mut self) -> Parsed<Vec<Statement>> {
        if self.accept_word("else") { self.body() } else { Ok(Vec::new()) }
    }

    fn if_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let test = self.named_expression()?;
        let body = self.body()?;
        let start = self.start();
        if self.is_word("elif") {
            let does = self.deeper(Self::if_statement)?;
            return Ok(Does::If(test, body, vec![Statement { span: start..self.end(), does }]));
        }
        Ok(Does::If(test, body, self.otherwise()?))
    }

    fn for_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let target = self.targets()?;
        self.expect_word("in")?;
        let source = self.star_expressions()?;
        Ok(Does::For { target, source, body: self.body()?, otherwise: self.otherwise()? })
    }

    fn while_statement(&mut self) -> Parsed<Does> {
        self.at += 1;
        let test = self.named_expression()?;
        Ok(Does::While(test, self.body()?, self.otherwise()?))
    }
}
