//! Tokens: MiniJinja's tokenizer with Jinja2's names, numbers, strings and errors.
//!
//! MiniJinja finds the delimiters, the whitespace control, raw blocks, comments, names and operators. Where it differs
//! from Jinja2 3.1's lexer, this file mends it:
//! - what Python takes for whitespace inside a tag, and `;`, are replaced in a shadow copy of the same length;
//! - a number or string that ends elsewhere for Jinja2 is read again here, and MiniJinja goes on behind it;
//! - brackets are balanced here, because Jinja2's lexer refuses them before its parser looks.
//!
//! Jinja2 lexes as its parser asks, so an error of the lexer is the last token and is raised only when it is reached.
//! Long because the mends share one position in the text: apart, each would need its own copy of the other's state.

use std::borrow::Cow;
use std::rc::Rc;

use minijinja::machinery::{Token as Foreign, Tokenizer};
use minijinja::syntax::SyntaxConfig;

use super::literals::{self, BadEscape};
use super::syntax_error::Refusal;
use crate::python::{Budget, Value, show};

/// How often MiniJinja may be set going again behind a token that Jinja2 reads differently.
const RESTARTS: usize = 100;

/// What a token is, in Jinja2's classes.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Text between the tags: its bytes in the normalised text are the token's.
    Data,
    /// `{{`
    VariableBegin,
    /// `}}`
    VariableEnd,
    /// `{%`
    BlockBegin,
    /// `%}`
    BlockEnd,
    /// A name or keyword.
    Name,
    /// A string, escapes read.
    String(Rc<str>),
    /// An integer.
    Integer(Value),
    /// A float.
    Float(Value),
    /// An operator, as it is written.
    Operator(&'static str),
    /// The end of the template.
    End,
}

/// One token and its bytes in the normalised text.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Token {
    /// Whether it is this operator.
    pub fn is(&self, operator: &str) -> bool {
        matches!(self.kind, Kind::Operator(own) if own == operator)
    }
}

/// The tokens of a template.
#[derive(Debug)]
pub struct Tokens {
    /// In order, without an end token.
    pub tokens: Vec<Token>,
    /// What Jinja2's lexer raises behind the last one.
    pub failure: Option<Refusal>,
}

/// Splits a normalised template into tokens.
pub fn tokenize(text: &str) -> Tokens {
    let mut adapter = Adapter { text, tokens: Vec::with_capacity(16), balance: Vec::new(), tag: None, end: 0 };
    let failure = adapter.run().err();
    Tokens { tokens: adapter.tokens, failure }
}

/// Which tag the tokenizer is in.
#[derive(Clone, Copy, PartialEq)]
enum Tag {
    Variable,
    Block,
}

struct Adapter<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// The closing brackets that are still awaited.
    balance: Vec<&'static str>,
    tag: Option<Tag>,
    /// Where the last token ends.
    end: usize,
}

impl Adapter<'_> {
    fn run(&mut self) -> Result<(), Refusal> {
        self.refuse_plus_after_raw()?;
        let mut buffer = shadow(self.text);
        // How much longer the buffer's offsets are than the text's, and how many tokens only set the scene.
        let (mut base, mut prologue) = (0_usize, 0_usize);
        let mut shift = 0_usize;
        for _ in 0..=RESTARTS {
            let Some(behind) = self.tokenize_until_mended(&buffer, base, shift, prologue)? else { return Ok(()) };
            let scene = match self.tag {
                Some(Tag::Variable) => "{{",
                Some(Tag::Block) => "{%",
                None => return Ok(()),
            };
            let rest = shadow(self.text.get(behind..).unwrap_or_default());
            if rest.trim_start().starts_with("raw") {
                return Err(Refusal::unsupported("raw", behind..behind));
            }
            let depth = self.balance.len();
            buffer = Cow::Owned(format!("{scene}{} {rest}", "(".repeat(depth)));
            (base, shift, prologue) = (behind, depth + 3, depth + 1);
        }
        Err(Refusal::unsupported("number", self.end..self.end))
    }

    /// Takes tokens until the end (`None`) or until one that MiniJinja read differently: the offset behind it.
    fn tokenize_until_mended(
        &mut self,
        buffer: &str,
        base: usize,
        shift: usize,
        prologue: usize,
    ) -> Result<Option<usize>, Refusal> {
        let mut builder = SyntaxConfig::builder();
        let syntax = builder.keep_trailing_newline(true).build().unwrap_or_default();
        let mut tokenizer = Tokenizer::new(buffer, "", false, syntax);
        let place = |offset: usize| (base + offset).saturating_sub(shift);
        let mut skipped = 0;
        loop {
            match tokenizer.next_token() {
                Ok(None) => return Ok(None),
                Ok(Some(_)) if skipped < prologue => skipped += 1,
                Ok(Some((token, span))) => {
                    let (start, end) = (place(span.start_offset as usize), place(span.end_offset as usize));
                    let mended = match token {
                        Foreign::TemplateData(data) => {
                            // The span of a raw block is that of its inside before trimming.
                            let offset = (data.as_ptr() as usize).saturating_sub(buffer.as_ptr() as usize);
                            self.push(Kind::Data, place(offset), place(offset + data.len()));
                            self.end = self.end.max(end);
                            None
                        }
                        token => self.take(token, start, end)?,
                    };
                    if mended.is_some() {
                        return Ok(mended);
                    }
                }
                Err(_) => return self.mend(buffer, base, shift),
            }
        }
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.end = end;
        if start < end {
            self.tokens.push(Token { kind, start, end });
        }
    }

    /// Takes one of MiniJinja's tokens; answers where to go on when it ends elsewhere for Jinja2.
    fn take(&mut self, token: Foreign<'_>, start: usize, end: usize) -> Result<Option<usize>, Refusal> {
        match token {
            Foreign::VariableStart => {
                self.tag = Some(Tag::Variable);
                self.push(Kind::VariableBegin, start, end);
            }
            Foreign::BlockStart => {
                self.tag = Some(Tag::Block);
                self.push(Kind::BlockBegin, start, end);
            }
            Foreign::VariableEnd => {
                // Jinja2 has no `+}}`: the `+` is an operator.
                let plus = self.text.get(start..).is_some_and(|rest| rest.starts_with('+'));
                if plus {
                    self.push(Kind::Operator("+"), start, start + 1);
                }
                self.tag = None;
                self.push(Kind::VariableEnd, start + usize::from(plus), end);
            }
            Foreign::BlockEnd => {
                self.tag = None;
                self.push(Kind::BlockEnd, start, end);
            }
            Foreign::Ident(_) => self.name(start, end)?,
            Foreign::Str(_) | Foreign::String(_) => {
                self.string(start)?;
            }
            Foreign::Int(_) | Foreign::Int128(_) | Foreign::Float(_) => {
                let own_end = self.number(start)?;
                return Ok((own_end != end).then_some(own_end));
            }
            other => self.operator(&other, start, end)?,
        }
        Ok(None)
    }

    fn name(&mut self, start: usize, end: usize) -> Result<(), Refusal> {
        let name = self.text.get(start..end).unwrap_or_default();
        if let Some(c) = self.text.get(end..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_ascii()) {
            self.refuse_if_word(c, start..end)?;
        }
        if !name.chars().all(is_stable) {
            return Err(Refusal::unsupported("a name that Python would normalise", start..end));
        }
        self.push(Kind::Name, start, end);
        Ok(())
    }

    /// `\w` of Python that cannot be in a name: Jinja2 takes it for part of the name and refuses that.
    fn refuse_if_word(&self, c: char, span: std::ops::Range<usize>) -> Result<(), Refusal> {
        match c {
            '²' | '³' | '¹' | '¼'..='¾' => Err(Refusal::syntax("Invalid character in identifier", span)),
            c if c.is_alphanumeric() && !c.is_ascii() => Err(Refusal::unsupported("a character of a name", span)),
            _ => Ok(()),
        }
    }

    fn number(&mut self, start: usize) -> Result<usize, Refusal> {
        let (before, rest) = self.text.split_at_checked(start).unwrap_or((self.text, ""));
        let (value, length) = literals::number(rest, before.ends_with('.'))
            .ok_or_else(|| Refusal::unsupported("number", start..start + 1))?;
        let kind = if matches!(value, Value::Float(_)) { Kind::Float(value) } else { Kind::Integer(value) };
        self.push(kind, start, start + length);
        Ok(start + length)
    }

    fn string(&mut self, start: usize) -> Result<usize, Refusal> {
        let rest = self.text.get(start..).unwrap_or_default();
        let Some(length) = literals::string_length(rest) else { return Err(self.unexpected(start)) };
        let inside = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
        let span = start..start + length;
        let value = literals::unescape(inside).map_err(|bad| match bad {
            BadEscape::Python(message) => Refusal::syntax(message, span.clone()),
            BadEscape::Unknown(construct) => Refusal::unsupported(construct, span.clone()),
        })?;
        self.push(Kind::String(value), span.start, span.end);
        Ok(span.end)
    }

    fn operator(&mut self, token: &Foreign<'_>, start: usize, end: usize) -> Result<(), Refusal> {
        let operator = spelled(token);
        let operator = if operator == ":" && self.text.get(start..end) == Some(";") { ";" } else { operator };
        match operator {
            "{" => self.balance.push("}"),
            "(" => self.balance.push(")"),
            "[" => self.balance.push("]"),
            "}" | ")" | "]" => match self.balance.pop() {
                None => return Err(Refusal::syntax(format!("unexpected '{operator}'"), start..end)),
                Some(expected) if expected != operator => {
                    let message = format!("unexpected '{operator}', expected '{expected}'");
                    return Err(Refusal::syntax(message, start..end));
                }
                Some(_) => {}
            },
            _ => {}
        }
        self.push(Kind::Operator(operator), start, end);
        Ok(())
    }

    /// Where MiniJinja gave up: reads what Jinja2 reads there, or words Jinja2's error.
    fn mend(&mut self, buffer: &str, base: usize, shift: usize) -> Result<Option<usize>, Refusal> {
        if self.tag.is_none() {
            return self.unclosed().map_or(Ok(None), Err);
        }
        let from = (self.end + shift).saturating_sub(base);
        let rest = buffer.get(from..).unwrap_or_default();
        let start = self.end + rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
        match self.text.get(start..).and_then(|rest| rest.chars().next()) {
            Some('0'..='9') => self.number(start).map(Some),
            Some('\'' | '"') => self.string(start).map(Some),
            Some(c) => {
                self.refuse_if_word(c, start..start + c.len_utf8())?;
                Err(self.unexpected(start))
            }
            None => Ok(None),
        }
    }

    fn unexpected(&self, start: usize) -> Refusal {
        let (before, rest) = self.text.split_at_checked(start).unwrap_or((self.text, ""));
        let c = rest.chars().next().unwrap_or(' ');
        match show::repr(&Value::from(c.to_string()), &Budget::default()) {
            Ok(shown) => Refusal::syntax(
                format!("unexpected char {shown} at {}", before.chars().count()),
                start..start + c.len_utf8(),
            ),
            Err(_) => Refusal::unsupported("a character", start..start + c.len_utf8()),
        }
    }

    /// The comment or raw block that does not end; one that starts at the very end of the text is no error for Jinja2.
    fn unclosed(&self) -> Option<Refusal> {
        let mut at = self.end;
        loop {
            let rest = self.text.get(at..)?;
            let comment = rest.find("{#");
            let block = rest.find("{%");
            match (comment, block) {
                (Some(comment), block) if block.is_none_or(|block| comment < block) => {
                    let inside = rest.get(comment + 2..)?;
                    let signed = inside.strip_prefix(['-', '+']).unwrap_or(inside);
                    match signed.find("#}") {
                        Some(end) => at += rest.len() - signed.len() + end + 2,
                        None if signed.is_empty() => return None,
                        None => {
                            let start = at + comment;
                            return Some(Refusal::syntax("Missing end of comment tag", start..start + 2));
                        }
                    }
                }
                (_, Some(block)) => {
                    let (start, inside) = (at + block, rest.get(block..)?);
                    let end = inside.find("%}")?;
                    let mut behind = inside.get(end + 2..)?;
                    if inside.get(..end).is_some_and(|tag| tag.ends_with('-')) {
                        behind = behind.trim_start();
                    }
                    // Jinja2 tells the line on which the raw text begins.
                    let tag = start..start + end + 2;
                    let begin = self.text.len() - behind.len();
                    let moved = self.text.get(tag.end..begin).is_some_and(|blank| blank.contains('\n'));
                    let place = if moved { begin..self.text.len() } else { tag };
                    return (!behind.is_empty()).then(|| Refusal::syntax("Missing end of raw directive", place));
                }
                _ => return None,
            }
        }
    }

    /// `{% raw +%}` starts a raw block for MiniJinja alone.
    fn refuse_plus_after_raw(&self) -> Result<(), Refusal> {
        for (index, _) in self.text.match_indices("+%}") {
            if self.text.get(..index).is_some_and(|before| before.trim_end().ends_with("raw")) {
                return Err(Refusal::unsupported("raw +%}", index..index + 3));
            }
        }
        Ok(())
    }
}

/// A copy in which MiniJinja sees what Jinja2 sees: Python's whitespace as spaces, `;` as an operator it knows.
fn shadow(text: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, ';' | '\u{b}' | '\u{1c}'..='\u{1f}') || (!c.is_ascii() && c.is_whitespace());
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut copy = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ';' => copy.push(':'),
            c if odd(c) => (0..c.len_utf8()).for_each(|_| copy.push(' ')),
            c => copy.push(c),
        }
    }
    Cow::Owned(copy)
}

/// Whether Python's NFKC normalisation of names leaves a character alone. A list of the common letters, not of all.
fn is_stable(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}'
        | 'À'..='ı' | 'Ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'А'..='я' | 'ё'..='ї'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '가'..='힣')
}

fn spelled(token: &Foreign<'_>) -> &'static str {
    match token {
        Foreign::Plus => "+",
        Foreign::Minus => "-",
        Foreign::Mul => "*",
        Foreign::Div => "/",
        Foreign::FloorDiv => "//",
        Foreign::Pow => "**",
        Foreign::Mod => "%",
        Foreign::Dot => ".",
        Foreign::Comma => ",",
        Foreign::Colon => ":",
        Foreign::Tilde => "~",
        Foreign::Assign => "=",
        Foreign::Pipe => "|",
        Foreign::Eq => "==",
        Foreign::Ne => "!=",
        Foreign::Gt => ">",
        Foreign::Gte => ">=",
        Foreign::Lt => "<",
        Foreign::Lte => "<=",
        Foreign::BracketOpen => "[",
        Foreign::BracketClose => "]",
        Foreign::ParenOpen => "(",
        Foreign::ParenClose => ")",
        Foreign::BraceOpen => "{",
        Foreign::BraceClose => "}",
        Foreign::TemplateData(_)
        | Foreign::VariableStart
        | Foreign::VariableEnd
        | Foreign::BlockStart
        | Foreign::BlockEnd
        | Foreign::Ident(_)
        | Foreign::Str(_)
        | Foreign::String(_)
        | Foreign::Int(_)
        | Foreign::Int128(_)
        | Foreign::Float(_) => "",
    }
}
