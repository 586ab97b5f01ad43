//! f-strings as CPython 3.11 reads them: their fields are cut out first and parsed as expressions in parentheses.

use std::ops::Range;

use super::ast::Piece;
use super::lexer::Fault;
use super::literals::{decode, joined};
use super::parser::{self, Failure};

/// The pieces of an f-string whose content starts at byte `at` of the text; `span` is the whole literal.
///
/// # Errors
/// CPython's refusals.
pub fn pieces(
    text: &str,
    at: usize,
    content: &str,
    raw: bool,
    span: &Range<usize>,
    depth: usize,
) -> Result<Vec<Piece>, Failure> {
    let mut reader = Reader { text, at, end: at + content.len(), raw, span, depth };
    reader.pieces(0)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    raw: bool,
    span: &'a Range<usize>,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fault(&self, message: impl Into<String>) -> Failure {
        Fault::syntax(message, self.span.clone()).into()
    }

    fn pieces(&mut self, level: usize) -> Result<Vec<Piece>, Failure> {
        let mut pieces = Vec::new();
        loop {
            self.literal(level, &mut pieces)?;
            match self.peek() {
                Some('{') => self.field(level, &mut pieces)?,
                _ => return Ok(joined(pieces)),
            }
        }
    }

    /// Text up to a field, the end, or the `}` that ends a nested format specification.
    fn literal(&mut self, level: usize, pieces: &mut Vec<Piece>) -> Result<(), Failure> {
        loop {
            let start = self.at;
            let mut doubled = false;
            while let Some(c) = self.peek() {
                let mut c = c;
                if !self.raw && c == '\\' {
                    self.at += 1;
                    let Some(escaped) = self.peek() else { break };
                    if escaped == 'N' {
                        if self.rest().get(1..).is_some_and(|rest| rest.starts_with('{')) {
                            let close = self.rest().find('}').map_or(self.rest().len(), |close| close + 1);
                            self.at += close;
                        } else {
                            self.at += 1;
                        }
                        continue;
                    }
                    c = escaped;
                }
                if matches!(c, '{' | '}') {
                    if level == 0 {
                        if self.rest().get(1..).is_some_and(|rest| rest.starts_with(c)) {
                            doubled = true;
                            self.at += 1;
                            break;
                        }
                        if c == '}' {
                            return Err(self.fault("f-string: single '}' is not allowed"));
                        }
                    }
                    break;
                }
                self.at += c.len_utf8();
            }
            let content = self.text.get(start..self.at).unwrap_or_default();
            pieces.push(Piece::Text(decode(content, self.raw, self.span)?.into()));
            if !doubled {
                return Ok(());
            }
            self.at += 1;
        }
    }

    /// The end of a field's expression.
    fn expression_end(&self) -> Result<usize, Failure> {
        let rest = self.rest();
        let mut open: Vec<char> = Vec::new();
        let mut quote: Option<(char, bool)> = None;
        let mut skip_to = 0;
        for (index, c) in rest.char_indices() {
            if index < skip_to {
                continue;
            }
            let after = rest.get(index..).unwrap_or_default();
            if c == '\\' {
                return Err(self.fault("f-string expression part cannot include a backslash"));
            }
            if let Some((mark, triple)) = quote {
                if c == mark && (!triple || after.chars().take(3).filter(|c| *c == mark).count() == 3) {
                    skip_to = index + if triple { 3 } else { 1 };
                    quote = None;
                }
                continue;
            }
            match c {
                '\'' | '"' => {
                    let triple = after.chars().take(3).filter(|other| *other == c).count() == 3;
                    skip_to = index + if triple { 3 } else { 1 };
                    quote = Some((c, triple));
                }
                '[' | '{' | '(' => open.push(c),
                '#' => return Err(self.fault("f-string expression part cannot include '#'")),
                '!' | ':' | '}' | '=' | '>' | '<' if open.is_empty() => {
                    let next = after.chars().nth(1);
                    if matches!(c, '!' | '=' | '<' | '>') && next == Some('=') {
                        skip_to = index + 2;
                    } else if !matches!(c, '<' | '>') {
                        return Ok(self.at + index);
                    }
                }
                ']' | '}' | ')' => match open.pop() {
                    None => return Err(self.fault(format!("f-string: unmatched '{c}'"))),
                    Some(opening) if !matches!((opening, c), ('(', ')') | ('[', ']') | ('{', '}')) => {
                        return Err(self.fault(format!(
                            "f-string: closing parenthesis '{c}' does not match opening parenthesis '{opening}'"
                        )));
                    }
                    Some(_) => {}
                },
                _ => {}
            }
        }
        if quote.is_some() {
            return Err(self.fault("f-string: unterminated string"));
        }
        if let Some(opening) = open.last() {
            return Err(self.fault(format!("f-string: unmatched '{opening}'")));
        }
        Err(self.fault("f-string: expecting '}'"))
    }

    fn field(&mut self, level: usize, pieces: &mut Vec<Piece>) -> Result<(), Failure> {
        if level >= 2 {
            return Err(self.fault("f-string: expressions nested too deeply"));
        }
        self.at += 1;
        let start = self.at;
        let end = self.expression_end()?;
        let source = self.text.get(start..end).unwrap_or_default();
        if source.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')) {
            return Err(match self.text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(mark) if mark != '}' => self.fault(format!("f-string: expression required before '{mark}'")),
                _ => self.fault("f-string: empty expression not allowed"),
            });
        }
        let value = parser::parse_field(self.text, start..end, self.depth)?;
        self.at = end;
        let mut shown = false;
        if self.peek() == Some('=') {
            self.at += 1;
            while self.peek().is_some_and(|c| c.is_ascii_whitespace() || c == '\u{b}') {
                self.at += 1;
            }
            shown = true;
            let text = self.text.get(start..self.at).unwrap_or_default();
            pieces.push(Piece::Text(text.replace("\r\n", "\n").replace('\r', "\n").into()));
        }
        let mut conversion = None;
        if self.peek() == Some('!') {
            self.at += 1;
            let Some(c) = self.peek() else { return Err(self.fault("f-string: expecting '}'")) };
            self.at += c.len_utf8();
            if !matches!(c, 's' | 'r' | 'a') {
                return Err(self.fault("f-string: invalid conversion character: expected 's', 'r', or 'a'"));
            }
            conversion = Some(c);
        }
        let mut spec = None;
        if self.peek() == Some(':') {
            self.at += 1;
            if self.peek().is_none() {
                return Err(self.fault("f-string: expecting '}'"));
            }
            spec = Some(self.pieces(level + 1)?);
        }
        if self.peek() != Some('}') {
            return Err(self.fault("f-string: expecting '}'"));
        }
        self.at += 1;
        if shown && spec.is_none() && conversion.is_none() {
            conversion = Some('r');
        }
        pieces.push(Piece::Field { value: Box::new(value), conversion, spec });
        Ok(())
    }
}
