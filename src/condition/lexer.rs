//! Python's tokens, with CPython 3.11's own refusals.
//!
//! The whole text is cut at once. Where CPython's tokenizer would stop, the list ends with a [`Fault`]; whether that
//! fault or an earlier one of the grammar is what the host says is decided by [`super::parser`]. This file is long
//! because one pass over the characters knows indentation, brackets, numbers and texts together, as CPython's does.

use std::ops::Range;

use super::characters::{Character, is_identifier_start, judge};

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub span: Range<usize>,
    /// How many brackets are open behind it.
    pub level: usize,
}

/// The kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// An identifier or a keyword.
    Name,
    /// A number.
    Number,
    /// A text with its prefix and quotes.
    String,
    /// An operator or delimiter, or a character that Python does not use (`$`, `?`, `!`).
    Op(&'static str),
    /// The end of a logical line.
    Newline,
    /// A line that starts further right than the one before.
    Indent,
    /// A line that starts further left.
    Dedent,
    /// The end of the text.
    End,
}

/// A refusal of CPython's tokenizer or parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `SyntaxError`, `IndentationError` or `TabError`.
    pub kind: &'static str,
    /// CPython's words (`SyntaxError.msg`); `None` when only the refusal is known.
    pub message: Option<String>,
    /// Its place, in bytes.
    pub span: Range<usize>,
    /// Whether CPython says it only when the parser asks for this token: such a fault does not outrank an earlier one.
    pub soft: bool,
}

impl Fault {
    /// A `SyntaxError` in CPython's words.
    pub fn syntax(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { kind: "SyntaxError", message: Some(message.into()), span, soft: false }
    }

    fn softly(self) -> Self {
        Self { soft: true, ..self }
    }
}

/// What became of a text.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// The tokens, the last of them `End` unless there is a fault.
    pub list: Vec<Token>,
    /// Why there are no more.
    pub fault: Option<Fault>,
    /// The bracket that is open at the end, and its place.
    pub unclosed: Option<(char, usize)>,
    /// A construct that this engine cannot judge: nothing may be said about the text.
    pub unknown: Option<(String, Range<usize>)>,
}

/// CPython's `MAXLEVEL` and `MAXINDENT`.
const MOST_BRACKETS: usize = 200;
const MOST_INDENTS: usize = 100;

/// Operators, longest first.
const OPERATORS: [&str; 52] = [
    "**=", "//=", ">>=", "<<=", "...", "!=", "%=", "&=", "**", "*=", "+=", "-=", "->", "//", "/=", ":=", "<<", "<=",
    "<>", "==", ">=", ">>", "@=", "^=", "|=", "%", "&", "(", ")", "*", "+", ",", "-", ".", "/", ":", ";", "<", "=",
    ">", "@", "[", "]", "^", "{", "|", "}", "~", "!", "$", "?", "`",
];

/// Cuts `text` from `range` into tokens. Inside an f-string (`bracketed`) line breaks and indentation mean nothing.
pub fn tokens(text: &str, range: Range<usize>, bracketed: bool) -> Tokens {
    let mut lexer = Lexer {
        text,
        at: range.start,
        end: range.end,
        brackets: Vec::new(),
        bracketed,
        indents: vec![(0, 0)],
        line_starts: true,
        // A token takes three characters or more in most conditions.
        result: Tokens { list: Vec::with_capacity(range.len() / 3 + 2), ..Tokens::default() },
    };
    // CPython does not even begin to read such a text.
    let zero = if bracketed { None } else { text.find('\0') };
    if let Some(at) = zero {
        lexer.result.fault = Some(Fault::syntax("source code string cannot contain null bytes", at..at + 1));
        return lexer.result;
    }
    if let Err(stop) = lexer.run() {
        match stop {
            Stop::Fault(fault) => lexer.result.fault = Some(fault),
            Stop::Unknown(what, span) => lexer.result.unknown = Some((what, span)),
        }
    }
    lexer.result.unclosed = lexer.brackets.last().copied();
    lexer.result
}

/// Why the cutting stops early.
enum Stop {
    Fault(Fault),
    Unknown(String, Range<usize>),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    brackets: Vec<(char, usize)>,
    bracketed: bool,
    /// Columns with tabs to 8 and with tabs to 1, as CPython compares them.
    indents: Vec<(usize, usize)>,
    line_starts: bool,
    result: Tokens,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at..self.end)?.first()? {
            byte if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.rest().chars().next(),
        }
    }

    fn peek_after(&self, bytes: usize) -> Option<char> {
        self.rest().get(bytes..)?.chars().next()
    }

    /// Takes the next character; a carriage return, alone or with a line feed, is one line feed.
    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        if c == '\r' {
            if self.peek() == Some('\n') {
                self.at += 1;
            }
            return Some('\n');
        }
        Some(c)
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let level = self.brackets.len() + usize::from(self.bracketed);
        self.result.list.push(Token { kind, span: start..self.at, level });
    }

    fn line_of(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        1 + before.matches('\n').count() + before.matches('\r').count() - before.matches("\r\n").count()
    }

    fn run(&mut self) -> Result<(), Stop> {
        loop {
            if std::mem::take(&mut self.line_starts) && !self.bracketed {
                self.indentation()?;
            }
            while matches!(self.peek(), Some(' ' | '\t' | '\u{c}')) {
                self.at += 1;
            }
            if self.peek() == Some('#') {
                while !matches!(self.peek(), None | Some('\n' | '\r')) {
                    self.next();
                }
            }
            let start = self.at;
            let Some(c) = self.peek() else { return self.finish() };
            match c {
                '\n' | '\r' => {
                    self.next();
                    if self.brackets.is_empty() && !self.bracketed {
                        if !self.blank_so_far() {
                            self.push(TokenKind::Newline, start);
                        }
                        self.line_starts = true;
                    }
                }
                '\\' => self.continuation()?,
                '0'..='9' => self.number()?,
                '.' if matches!(self.peek_after(1), Some('0'..='9')) => self.number()?,
                '\'' | '"' => self.string(start)?,
                c if is_identifier_start(c) => self.name()?,
                _ => self.operator(c)?,
            }
        }
    }

    /// Whether the current line has no token yet.
    fn blank_so_far(&self) -> bool {
        self.result
            .list
            .last()
            .is_none_or(|token| matches!(token.kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent))
    }

    fn finish(&mut self) -> Result<(), Stop> {
        if let Some((open, at)) = self.brackets.last().copied() {
            return Err(Fault::syntax(format!("'{open}' was never closed"), at..at + 1).softly().into());
        }
        while self.indents.len() > 1 && self.blank_so_far() && self.line_starts {
            self.indents.pop();
            self.push(TokenKind::Dedent, self.at);
        }
        self.push(TokenKind::End, self.at);
        Ok(())
    }

    fn indentation(&mut self) -> Result<(), Stop> {
        let (mut column, mut other, mut continued) = (0, 0, 0);
        loop {
            match self.peek() {
                Some(' ') => (column, other) = (column + 1, other + 1),
                Some('\t') => (column, other) = ((column / 8 + 1) * 8, other + 1),
                Some('\u{c}') => (column, other) = (0, 0),
                Some('\\') => {
                    continued = if continued == 0 { column } else { continued };
                    self.continuation()?;
                    continue;
                }
                _ => break,
            }
            self.at += 1;
        }
        if continued > 0 {
            // CPython takes the one column for both.
            (column, other) = (continued, continued);
        }
        if matches!(self.peek(), Some('#' | '\n' | '\r')) {
            return Ok(());
        }
        let at = self.at;
        let tabs = || -> Stop {
            let message = Some(String::from("inconsistent use of tabs and spaces in indentation"));
            Fault { kind: "TabError", message, span: at..at, soft: true }.into()
        };
        let (current, current_other) = self.indents.last().copied().unwrap_or_default();
        if column == current {
            return if other == current_other { Ok(()) } else { Err(tabs()) };
        }
        if column > current {
            if self.indents.len() >= MOST_INDENTS {
                let message = Some(String::from("too many levels of indentation"));
                return Err(Fault { kind: "IndentationError", message, span: at..at, soft: true }.into());
            }
            if other <= current_other {
                return Err(tabs());
            }
            self.indents.push((column, other));
            self.push(TokenKind::Indent, at);
            return Ok(());
        }
        // CPython looks at the whole indentation before it gives the first of its tokens.
        match self.indents.iter().rev().find(|(outer, _)| column >= *outer).copied() {
            Some((outer, outer_other)) if outer == column => {
                if outer_other != other {
                    return Err(tabs());
                }
            }
            _ => {
                let message = Some(String::from("unindent does not match any outer indentation level"));
                return Err(Fault { kind: "IndentationError", message, span: at..at, soft: true }.into());
            }
        }
        while self.indents.last().is_some_and(|(outer, _)| column < *outer) {
            self.indents.pop();
            self.push(TokenKind::Dedent, at);
        }
        Ok(())
    }

    /// A backslash, which must be the last character of its line.
    fn continuation(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.next();
        match self.next() {
            Some('\n') if self.at < self.end => Ok(()),
            // CPython also names the bracket that is open, and the bracket wins.
            Some('\n') => match self.brackets.last().copied() {
                Some((open, at)) => {
                    Err(Fault::syntax(format!("'{open}' was never closed"), at..at + 1).softly().into())
                }
                None => Err(Fault::syntax("unexpected EOF while parsing", start..self.at).softly().into()),
            },
            _ => {
                let message = "unexpected character after line continuation character";
                Err(Fault::syntax(message, start..start + 1).softly().into())
            }
        }
    }

    fn digits(&mut self, accept: fn(char) -> bool) {
        while self.peek().is_some_and(accept) {
            self.at += 1;
        }
    }

    fn invalid(&self, what: &str) -> Stop {
        let last = self.at.saturating_sub(1);
        Fault::syntax(format!("invalid {what} literal"), last..self.at).into()
    }

    /// Digits with single underscores between them.
    fn decimal_tail(&mut self) -> Result<(), Stop> {
        loop {
            self.digits(|c| c.is_ascii_digit());
            if self.peek() != Some('_') {
                return Ok(());
            }
            if !self.peek_after(1).is_some_and(|c| c.is_ascii_digit()) {
                return Err(self.invalid("decimal"));
            }
            self.at += 1;
        }
    }

    /// What follows a number: `1if x` is still allowed, `1x` is not.
    fn end_of_number(&mut self, what: &str) -> Result<(), Stop> {
        let rest = self.rest();
        let ends = |rest: &str| !rest.starts_with(|c: char| is_identifier_start(c) || c.is_ascii_digit());
        let keyword = ["if", "in", "is"].iter().any(|word| rest.starts_with(word))
            || ["and", "else", "for", "or", "not"].iter().any(|word| rest.strip_prefix(word).is_some_and(ends));
        // A letter outside of ASCII begins a name of its own.
        if !keyword && self.peek().is_some_and(|c| c == '_' || c.is_ascii_alphanumeric()) {
            return Err(self.invalid(what));
        }
        Ok(())
    }

    fn radix(&mut self, what: &str, accept: fn(char) -> bool) -> Result<(), Stop> {
        self.at += 2;
        let unfit = |lexer: &Self, c: char| -> Stop {
            let message = format!("invalid digit '{c}' in {what} literal");
            Fault::syntax(message, lexer.at..lexer.at + 1).into()
        };
        loop {
            if self.peek() == Some('_') {
                self.at += 1;
            }
            match self.peek() {
                Some(c) if accept(c) => self.digits(accept),
                Some(c) if c.is_ascii_digit() => return Err(unfit(self, c)),
                _ => return Err(self.invalid(what)),
            }
            match self.peek() {
                Some('_') => {}
                Some(c) if c.is_ascii_digit() => return Err(unfit(self, c)),
                _ => return self.end_of_number(what),
            }
        }
    }

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.number_token()?;
        self.push(TokenKind::Number, start);
        Ok(())
    }

    fn number_token(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if self.peek() == Some('0') {
            match self.peek_after(1) {
                Some('x' | 'X') => return self.radix("hexadecimal", |c| c.is_ascii_hexdigit()),
                Some('o' | 'O') => return self.radix("octal", |c| matches!(c, '0'..='7')),
                Some('b' | 'B') => return self.radix("binary", |c| matches!(c, '0' | '1')),
                _ => {}
            }
            loop {
                self.digits(|c| c == '0');
                if self.peek() != Some('_') {
                    break;
                }
                if !self.peek_after(1).is_some_and(|c| c.is_ascii_digit()) {
                    return Err(self.invalid("decimal"));
                }
                self.at += 1;
            }
            let zeros = self.at;
            if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.decimal_tail()?;
                if !matches!(self.peek(), Some('.' | 'e' | 'E' | 'j' | 'J')) {
                    let message = "leading zeros in decimal integer literals are not permitted; \
                                   use an 0o prefix for octal integers";
                    return Err(Fault::syntax(message, start..zeros).into());
                }
            }
        } else if self.peek() != Some('.') {
            self.decimal_tail()?;
        }
        if self.peek() == Some('.') {
            self.at += 1;
            if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.decimal_tail()?;
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            match self.peek_after(1) {
                Some('+' | '-') => {
                    if !self.peek_after(2).is_some_and(|c| c.is_ascii_digit()) {
                        self.at += 2;
                        return Err(self.invalid("decimal"));
                    }
                    self.at += 2;
                    self.decimal_tail()?;
                }
                Some('0'..='9') => {
                    self.at += 1;
                    self.decimal_tail()?;
                }
                _ => return self.end_of_number("decimal"),
            }
        }
        if matches!(self.peek(), Some('j' | 'J')) {
            self.at += 1;
            return self.end_of_number("imaginary");
        }
        self.end_of_number("decimal")
    }

    /// A text; `start` is where its prefix begins and `self.at` its first quote.
    fn string(&mut self, start: usize) -> Result<(), Stop> {
        let Some(quote) = self.next() else { return Ok(()) };
        let triple = self.peek() == Some(quote) && self.peek_after(1) == Some(quote);
        if triple {
            self.at += 2;
        }
        loop {
            let here = self.at;
            match self.next() {
                None => return Err(self.unterminated(start, here, triple)),
                Some('\n') if !triple => return Err(self.unterminated(start, here, false)),
                Some('\\') => {
                    self.next();
                }
                Some(c) if c == quote => {
                    if !triple {
                        break;
                    }
                    if self.peek() == Some(quote) && self.peek_after(1) == Some(quote) {
                        self.at += 2;
                        break;
                    }
                }
                Some(_) => {}
            }
        }
        self.push(TokenKind::String, start);
        Ok(())
    }

    fn unterminated(&self, start: usize, here: usize, triple: bool) -> Stop {
        let what = if triple { "unterminated triple-quoted string literal" } else { "unterminated string literal" };
        // At the end of the text CPython stands on its last line: a final line break does not begin another. One of two
        // characters does, because CPython ends the text with one of its own then (`translate_newlines`).
        let line = self.line_of(here);
        let ends = |text: &str| text.ends_with(['\n', '\r']) && !text.ends_with("\r\n");
        let ended = here >= self.end && self.text.get(..here).is_some_and(ends);
        let line = if ended { line - 1 } else { line };
        Fault::syntax(format!("{what} (detected at line {line})"), start..here).into()
    }

    fn name(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let (mut b, mut u, mut r, mut f) = (false, false, false, false);
        // A prefix is r, b, u, f, br or fr in any case and order; what else precedes a quote is a name of its own.
        while let Some(c) = self.peek() {
            match c {
                'b' | 'B' if !(b || u || f) => b = true,
                'u' | 'U' if !(b || u || r || f) => u = true,
                'r' | 'R' if !(r || u) => r = true,
                'f' | 'F' if !(f || b || u) => f = true,
                '\'' | '"' => return self.string(start),
                _ => break,
            }
            self.at += 1;
        }
        while let Some(c) = self.peek().filter(|c| is_identifier_start(*c) || c.is_ascii_digit()) {
            self.at += c.len_utf8();
        }
        let name = self.text.get(start..self.at).unwrap_or_default();
        if !name.is_ascii() {
            for (index, c) in name.char_indices() {
                let at = start + index;
                match judge(c, index == 0) {
                    Character::Identifier => {}
                    Character::Other => {
                        return Err(Fault::syntax(refused_character(c), at..at + c.len_utf8()).into());
                    }
                    Character::Unknown => {
                        return Err(Stop::Unknown(format!("U+{:04X}", u32::from(c)), at..at + c.len_utf8()));
                    }
                }
            }
        }
        self.push(TokenKind::Name, start);
        Ok(())
    }

    fn operator(&mut self, c: char) -> Result<(), Stop> {
        let start = self.at;
        match c {
            '(' | '[' | '{' => {
                if self.brackets.len() + usize::from(self.bracketed) >= MOST_BRACKETS {
                    return Err(Fault::syntax("too many nested parentheses", start..start + 1).into());
                }
                self.brackets.push((c, start));
            }
            ')' | ']' | '}' => {
                let Some((open, at)) = self.brackets.pop() else {
                    return Err(Fault::syntax(format!("unmatched '{c}'"), start..start + 1).into());
                };
                if !matches!((open, c), ('(', ')') | ('[', ']') | ('{', '}')) {
                    let mut message = format!("closing parenthesis '{c}' does not match opening parenthesis '{open}'");
                    if self.line_of(at) != self.line_of(start) {
                        message.push_str(&format!(" on line {}", self.line_of(at)));
                    }
                    return Err(Fault::syntax(message, start..start + 1).into());
                }
            }
            _ => {}
        }
        let rest = self.rest();
        match OPERATORS
            .iter()
            .find(|operator| operator.as_bytes().first() == rest.as_bytes().first() && rest.starts_with(**operator))
        {
            Some(operator) => {
                self.at += operator.len();
                self.push(TokenKind::Op(operator), start);
                Ok(())
            }
            None => Err(Fault::syntax(refused_character(c), start..start + c.len_utf8()).into()),
        }
    }
}

/// CPython's words about a character that no token starts with.
fn refused_character(c: char) -> String {
    let code = u32::from(c);
    if crate::python::printable::is_printable(c) {
        format!("invalid character '{c}' (U+{code:04X})")
    } else {
        format!("invalid non-printable character U+{code:04X}")
    }
}
