//! The parser's view of the tokens: one current token, one ahead, and Jinja2's words for what is missing.
//!
//! Source: `TokenStream`, `describe_token` and `describe_token_expr` of Jinja2 3.1's lexer.

use std::ops::Range;

use super::syntax_error::Refusal;
use super::tokens::{Kind, Token, Tokens};
use crate::python::{Budget, Value, show};

/// The tokens and where the parser is.
#[derive(Debug)]
pub struct Stream<'a> {
    /// The normalised template.
    pub text: &'a str,
    tokens: Vec<Token>,
    failure: Option<Refusal>,
    at: usize,
    end: Token,
}

impl<'a> Stream<'a> {
    /// Starts before the first token.
    ///
    /// # Errors
    /// The lexer's refusal, when it comes before any token.
    pub fn new(text: &'a str, tokens: Tokens) -> Result<Self, Refusal> {
        // Jinja2's end token stands on the line of the last token.
        let last = tokens.tokens.last().map_or(0..0, |token| token.start..token.end);
        let end = Token { kind: Kind::End, start: last.start, end: last.end };
        let mut stream = Self { text, tokens: tokens.tokens, failure: tokens.failure, at: 0, end };
        stream.raise_if_reached(0)?;
        Ok(stream)
    }

    fn raise_if_reached(&mut self, at: usize) -> Result<(), Refusal> {
        match self.failure.take_if(|_| at >= self.tokens.len()) {
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    }

    /// The current token.
    pub fn current(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&self.end)
    }

    /// The token behind the current one.
    ///
    /// # Errors
    /// The lexer's refusal, when it comes there.
    pub fn look(&mut self) -> Result<&Token, Refusal> {
        self.raise_if_reached(self.at + 1)?;
        Ok(self.tokens.get(self.at + 1).unwrap_or(&self.end))
    }

    /// Goes on to the next token; answers the bytes of the one that was current.
    ///
    /// # Errors
    /// The lexer's refusal, when it comes there.
    pub fn advance(&mut self) -> Result<Range<usize>, Refusal> {
        let span = self.span();
        if self.at < self.tokens.len() {
            self.at += 1;
            self.raise_if_reached(self.at)?;
        }
        Ok(span)
    }

    /// The bytes of the current token.
    pub fn span(&self) -> Range<usize> {
        self.current().start..self.current().end
    }

    /// Where the token before the current one ends.
    pub fn previous_end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.end)
    }

    /// The current token's text, when it is a name.
    pub fn name(&self) -> Option<&'a str> {
        self.name_of(self.current())
    }

    /// A token's text, when it is a name.
    pub fn name_of(&self, token: &Token) -> Option<&'a str> {
        matches!(token.kind, Kind::Name).then(|| self.text.get(token.start..token.end)).flatten()
    }

    /// Whether the current token is this name.
    pub fn is_name(&self, name: &str) -> bool {
        self.name() == Some(name)
    }

    /// Whether the current token is this operator.
    pub fn is(&self, operator: &str) -> bool {
        self.current().is(operator)
    }

    /// Goes on when the current token is this name.
    ///
    /// # Errors
    /// The lexer's refusal.
    pub fn skip_name(&mut self, name: &str) -> Result<bool, Refusal> {
        let found = self.is_name(name);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Goes on when the current token is this operator.
    ///
    /// # Errors
    /// The lexer's refusal.
    pub fn skip(&mut self, operator: &str) -> Result<bool, Refusal> {
        let found = self.is(operator);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Goes on behind this operator.
    ///
    /// # Errors
    /// "expected token ',', got '}'".
    pub fn expect(&mut self, operator: &str) -> Result<Range<usize>, Refusal> {
        if self.is(operator) { self.advance() } else { Err(self.missing(operator)) }
    }

    /// Goes on behind this keyword.
    ///
    /// # Errors
    /// "expected token 'in', got 'x'".
    pub fn expect_name(&mut self, name: &str) -> Result<Range<usize>, Refusal> {
        if self.is_name(name) { self.advance() } else { Err(self.missing(name)) }
    }

    /// Goes on behind any name and answers it.
    ///
    /// # Errors
    /// "expected token 'name', got '1'".
    pub fn expect_any_name(&mut self) -> Result<(&'a str, Range<usize>), Refusal> {
        match self.name() {
            Some(name) => Ok((name, self.advance()?)),
            None => Err(self.missing("name")),
        }
    }

    /// Goes on behind the end of a tag.
    ///
    /// # Errors
    /// "expected token 'end of print statement', got 'x'".
    pub fn expect_kind(&mut self, matches: fn(&Kind) -> bool, described: &str) -> Result<Range<usize>, Refusal> {
        if matches(&self.current().kind) { self.advance() } else { Err(self.missing(described)) }
    }

    /// What is said when `expected` is not the current token.
    fn missing(&self, expected: &str) -> Refusal {
        let expected = quoted(expected);
        let message = match self.current().kind {
            Kind::End => format!("unexpected end of template, expected {expected}."),
            _ => format!("expected token {expected}, got {}", quoted(self.describe())),
        };
        Refusal::syntax(message, self.span())
    }

    /// The current token in Jinja2's words.
    pub fn describe(&self) -> &str {
        let token = self.current();
        match &token.kind {
            Kind::Data => "template data / text",
            Kind::VariableBegin => "begin of print statement",
            Kind::VariableEnd => "end of print statement",
            Kind::BlockBegin => "begin of statement block",
            Kind::BlockEnd => "end of statement block",
            Kind::Name => self.name_of(token).unwrap_or_default(),
            Kind::String(_) => "string",
            Kind::Integer(_) => "integer",
            Kind::Float(_) => "float",
            Kind::Operator(operator) => operator,
            Kind::End => "end of template",
        }
    }
}

/// `repr()` of a text, as Jinja2 puts it into its sentences.
pub fn quoted(text: &str) -> String {
    show::repr(&Value::from(text), &Budget::default()).unwrap_or_else(|_| format!("'{text}'"))
}
