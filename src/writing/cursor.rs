//! Where the cursor stands in a message or a condition, told from the tokens before it.

use std::ops::Range;

use super::Kind;
use crate::condition::lexer::{self, TokenKind};
use crate::message::tokens::{self, Kind as Jinja};
use crate::text;

/// What is written at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What is sent as it stands.
    Text,
    /// The beginning of an expression that is printed.
    Print,
    /// Any other part of an expression or statement.
    Code,
    /// A string, a comment or a raw block, where no name means anything.
    Closed,
}

/// What stands right before the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// A name and a dot.
    Owner(String),
    /// The sign before a filter.
    Pipe,
    /// Anything else.
    Other,
}

/// A place in a text.
#[derive(Debug)]
pub struct Cursor {
    /// What is written there.
    pub place: Place,
    /// The bytes of the name that the cursor stands in or behind; empty where there is none.
    pub word: Range<usize>,
    /// The part of it before the cursor.
    pub begun: String,
    /// What stands before it.
    pub before: Before,
    /// Names that loops give to rows of the document, with their table; the innermost last.
    pub rows: Vec<(String, String)>,
}

impl Cursor {
    /// The place of a byte offset.
    pub fn new(kind: Kind, source: &str, offset: usize) -> Self {
        let prefix = source.get(..offset).unwrap_or(source);
        let (place, rows) = match kind {
            Kind::Message => in_message(prefix),
            Kind::Condition => in_condition(source, prefix),
        };
        let start = prefix.trim_end_matches(is_name).len();
        let behind = text::slice(source, prefix.len()..source.len());
        let end = source.len() - behind.trim_start_matches(is_name).len();
        let head = text::slice(source, 0..start);
        Self {
            place,
            word: start..end,
            begun: text::slice(prefix, start..prefix.len()).to_owned(),
            before: before(kind, head),
            rows,
        }
    }

    /// Where the whole name begins, its owner included.
    pub fn start(&self) -> usize {
        match &self.before {
            Before::Owner(owner) => self.word.start.saturating_sub(owner.len() + 1),
            Before::Pipe | Before::Other => self.word.start,
        }
    }

    /// The innermost name for a row of a table.
    pub fn row_of(&self, table: &str) -> Option<&str> {
        self.rows.iter().rev().find(|(_, of)| of == table).map(|(name, _)| name.as_str())
    }

    /// The table whose row has this name.
    pub fn table_of(&self, row: &str) -> Option<&str> {
        self.rows.iter().rev().find(|(name, _)| name == row).map(|(_, table)| table.as_str())
    }
}

fn is_name(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

fn before(kind: Kind, head: &str) -> Before {
    if let Some(owner) = head.strip_suffix('.') {
        let outside = owner.trim_end_matches(is_name);
        let name = text::slice(owner, outside.len()..owner.len());
        // What stands behind another dot, a call or an index is no name of its own.
        let alone = !outside.ends_with(['.', ')', ']', '"', '\'']);
        return if alone && !name.is_empty() { Before::Owner(name.to_owned()) } else { Before::Other };
    }
    let pipe = kind == Kind::Message && head.trim_end().ends_with('|');
    if pipe { Before::Pipe } else { Before::Other }
}

/// The words of a `for` over a table of the document: the name of its row and the table.
fn loop_of(words: &[&str]) -> Option<(String, String)> {
    match words {
        ["for", row, "in", "doc", ".", table, ..] => Some(((*row).to_owned(), (*table).to_owned())),
        _ => None,
    }
}

fn in_message(prefix: &str) -> (Place, Vec<(String, String)>) {
    let found = tokens::tokenize(prefix);
    let words: Vec<&str> = found.tokens.iter().map(|token| text::slice(prefix, token.start..token.end)).collect();
    // A loop over something else stands there too, so that its end does not end another.
    let mut loops = Vec::new();
    let mut opened = None;
    for (at, token) in found.tokens.iter().enumerate() {
        match token.kind {
            Jinja::VariableBegin => opened = Some(at),
            Jinja::BlockBegin => opened = Some(at),
            Jinja::VariableEnd => opened = None,
            Jinja::BlockEnd => {
                let tag = opened.take().and_then(|begin| words.get(begin + 1..at)).unwrap_or_default();
                match tag.first() {
                    Some(&"for") => loops.push(loop_of(tag).unwrap_or_default()),
                    Some(&"endfor") => drop(loops.pop()),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let end = found.tokens.last().map_or(0, |token| token.end);
    let rest = text::slice(prefix, end..prefix.len()).trim_start();
    let place = match opened {
        Some(_) if rest.starts_with(['"', '\'']) => Place::Closed,
        // Only the word that is being written stands in it so far.
        Some(begin) if found.failure.is_none() => {
            let variable = matches!(found.tokens.get(begin), Some(token) if matches!(token.kind, Jinja::VariableBegin));
            let inside = text::slice(prefix, found.tokens.get(begin).map_or(0, |token| token.end)..prefix.len());
            let bare = inside.trim_start_matches(['-', '+']).trim_start();
            if variable && bare.chars().all(|c| is_name(c) || c == '.') { Place::Print } else { Place::Code }
        }
        None if found.failure.is_none() => Place::Text,
        None if rest.starts_with("{#") || rest.starts_with("{%") => Place::Closed,
        _ => between_tags(prefix),
    };
    loops.retain(|(row, _)| !row.is_empty());
    (place, loops)
}

/// Behind a mistake that ends Jinja's reading, only the signs of the tags tell.
fn between_tags(prefix: &str) -> Place {
    let last = |signs: [&str; 2]| signs.iter().filter_map(|sign| prefix.rfind(sign)).max();
    if prefix.rfind("{#") > prefix.rfind("#}") {
        Place::Closed
    } else if last(["{{", "{%"]) > last(["}}", "%}"]) {
        Place::Code
    } else {
        Place::Text
    }
}

fn in_condition(source: &str, prefix: &str) -> (Place, Vec<(String, String)>) {
    let before = lexer::tokens(prefix, 0..prefix.len(), false);
    let real = |kind| matches!(kind, TokenKind::Name | TokenKind::Number | TokenKind::String | TokenKind::Op(_));
    let end = before.list.iter().filter(|token| real(token.kind)).map(|token| token.span.end).max().unwrap_or(0);
    let rest = text::slice(prefix, end..prefix.len());
    let line = rest.rsplit('\n').next().unwrap_or_default();
    let closed = line.contains('#') || rest.contains(['"', '\'']);
    // A comprehension names its row behind the place where the row is used.
    let whole = lexer::tokens(source, 0..source.len(), false).list;
    let list = if whole.len() < before.list.len() { before.list } else { whole };
    let words: Vec<&str> = list.iter().map(|token| text::slice(source, token.span.clone())).collect();
    let rows = (0..words.len()).filter_map(|at| loop_of(words.get(at..)?)).collect();
    (if closed { Place::Closed } else { Place::Code }, rows)
}
