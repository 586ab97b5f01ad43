//! The grammar of `match`, which RestrictedPython refuses: only that it is one, and what its cases hold, is of use.

use super::super::ast::Kind;
use super::super::lexer::TokenKind;
use super::super::parser::{Failure, Parser};
use super::{Block, Does};

type Parsed<T> = Result<T, Failure>;

impl Parser<'_> {
    /// `match subject: case ...`
    pub(super) fn match_statement(&mut self) -> Parsed<Does> {
        self.expect_word("match")?;
        self.subject()?;
        self.expect_op(":")?;
        self.expect(TokenKind::Newline)?;
        self.expect(TokenKind::Indent)?;
        let mut cases: Vec<Block> = Vec::new();
        while self.kind() != Some(TokenKind::Dedent) {
            self.expect_word("case")?;
            self.patterns(None)?;
            if self.accept_word("if") {
                self.named_expression()?;
            }
            cases.push(self.body()?);
        }
        self.at += 1;
        Ok(Does::Match(cases))
    }

    /// Patterns parted by commas, up to the operator `end`, which is left; without one, at least one pattern.
    fn patterns(&mut self, end: Option<&str>) -> Parsed<()> {
        let mut count = 0;
        let mut starred = false;
        while end.is_none_or(|end| !self.is_op(end)) {
            if count > 0 && (!self.accept_op(",") || self.ends_patterns(end)) {
                // One starred pattern alone is no sequence.
                break;
            }
            starred = self.accept_op("*");
            if starred {
                self.name()?;
            } else {
                self.deeper(Self::pattern)?;
            }
            count += 1;
        }
        let comma = matches!(self.before(), Some(TokenKind::Op(",")));
        if count == 1 && starred && !comma && end != Some("]") { Err(Failure::Stuck) } else { Ok(()) }
    }

    fn ends_patterns(&mut self, end: Option<&str>) -> bool {
        match end {
            Some(end) => self.is_op(end),
            None => self.is_op(":") || self.is_word("if"),
        }
    }

    fn pattern(&mut self) -> Parsed<()> {
        self.closed_pattern()?;
        while self.accept_op("|") {
            self.closed_pattern()?;
        }
        if self.accept_word("as") {
            if self.is_word("_") {
                return Err(Failure::Stuck);
            }
            self.name()?;
            if self.is_op(".") || self.is_op("(") || self.is_op("=") {
                return Err(Failure::Stuck);
            }
        }
        Ok(())
    }

    fn closed_pattern(&mut self) -> Parsed<()> {
        match self.kind() {
            Some(TokenKind::Number | TokenKind::Op("-")) => self.number_pattern(),
            Some(TokenKind::String) => self.atom().map(drop),
            Some(TokenKind::Name) if matches!(self.word(), Some("None" | "True" | "False")) => {
                self.at += 1;
                Ok(())
            }
            Some(TokenKind::Name) => self.named_pattern(),
            Some(TokenKind::Op(open @ ("(" | "["))) => {
                self.at += 1;
                let close = if open == "(" { ")" } else { "]" };
                self.patterns(Some(close))?;
                self.expect_op(close)
            }
            Some(TokenKind::Op("{")) => self.mapping_pattern(),
            _ => Err(Failure::Stuck),
        }
    }

    /// `-1`, `1 + 2j`
    fn number_pattern(&mut self) -> Parsed<()> {
        self.accept_op("-");
        let imaginary = self.number_of_pattern()?;
        if self.accept_op("+") || self.accept_op("-") {
            let second = self.number_of_pattern()?;
            return if !imaginary && second { Ok(()) } else { Err(Failure::Stuck) };
        }
        Ok(())
    }

    /// Whether the number here is an imaginary one.
    fn number_of_pattern(&mut self) -> Parsed<bool> {
        let imaginary = self.text_here().ends_with(['j', 'J']);
        self.expect(TokenKind::Number)?;
        Ok(imaginary)
    }

    /// `name`, `name.attribute`, `Class(pattern, name=pattern)`
    fn named_pattern(&mut self) -> Parsed<()> {
        // `_` alone is a pattern, and has neither attributes nor arguments.
        let is_wildcard = self.is_word("_");
        self.name()?;
        if is_wildcard {
            return Ok(());
        }
        while self.accept_op(".") {
            self.name()?;
        }
        if !self.accept_op("(") {
            return if self.is_op("=") { Err(Failure::Stuck) } else { Ok(()) };
        }
        let mut keywords = false;
        while !self.is_op(")") {
            if matches!(self.look(1).map(|token| token.kind), Some(TokenKind::Op("="))) {
                self.name()?;
                self.at += 1;
                keywords = true;
            } else if keywords {
                return Err(Failure::Stuck);
            }
            self.deeper(Self::pattern)?;
            if !self.accept_op(",") {
                break;
            }
        }
        self.expect_op(")")
    }

    fn mapping_pattern(&mut self) -> Parsed<()> {
        self.at += 1;
        while !self.is_op("}") {
            if self.accept_op("**") {
                if self.is_word("_") {
                    return Err(Failure::Stuck);
                }
                self.name()?;
                self.accept_op(",");
                break;
            }
            let dotted = matches!(self.look(1).map(|token| token.kind), Some(TokenKind::Op(".")));
            let constant = matches!(self.word(), None | Some("None" | "True" | "False"));
            if (!constant && !dotted) || self.is_op("(") || self.is_op("[") || self.is_op("{") {
                return Err(Failure::Stuck);
            }
            self.closed_pattern()?;
            self.expect_op(":")?;
            self.deeper(Self::pattern)?;
            if !self.accept_op(",") {
                break;
            }
        }
        self.expect_op("}")
    }

    /// What `match` looks at.
    fn subject(&mut self) -> Parsed<()> {
        let first = self.star_named_expression()?;
        if matches!(first.kind, Kind::Starred(_)) && !self.is_op(",") {
            return Err(Failure::Stuck);
        }
        while self.accept_op(",") && !self.is_op(":") {
            self.star_named_expression()?;
        }
        Ok(())
    }
}
