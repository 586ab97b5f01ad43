//! `wordwrap`: lines of at most so many characters.
//!
//! Source: `do_wordwrap` of `jinja2/filters.py` 3.1.6 and CPython 3.11's `textwrap.TextWrapper`, of which it uses
//! the rules for words, hyphens and dashes.

use super::urlize::is_word;
use super::{markup, or, required};
use crate::message::environment::{Passed, Use};
use crate::message::undefined::Undefined;
use crate::python::operators::{self, Comparison};
use crate::python::{Arguments, Outcome, Stop, Value, access, letters};

/// How words may be broken.
struct Rules {
    width: usize,
    long_words: bool,
    /// Split at hyphens into pieces; the argument has to be `True` itself.
    split_hyphens: bool,
    /// Break a long word behind its last hyphen.
    long_hyphens: bool,
}

pub(super) fn wordwrap(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["environment", "s", "width", "break_long_words", "wrapstring", "break_on_hyphens"];
    let [value, width, long_words, wrapstring, hyphens] = applied.bind("do_wordwrap", &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let value = required(value)?;
    let wrapstring = match wrapstring {
        None | Some(Value::None) => Value::from("\n"),
        Some(given) => given,
    };
    if let Some(undefined) = [&wrapstring, &value].into_iter().find_map(Undefined::from) {
        return Err(undefined.refuse());
    }
    let Value::Str(joint) = &wrapstring else {
        return Err(match wrapstring {
            Value::Object(_) => Stop::unsupported("wordwrap with an object"),
            other => access::no_attribute(&other, "join"),
        });
    };
    let text = match &*value.base() {
        Value::Str(text) => text.clone(),
        Value::Bytes(_) | Value::Object(_) => return Err(Stop::unsupported("wordwrap of something else")),
        other => return Err(access::no_attribute(other, "splitlines")),
    };
    let lines = access::call_method(&Value::Str(text), "splitlines", Arguments::default(), budget)?;
    let lines = access::iterate(&lines, budget)?;
    let (width, hyphens) = (or(width, 79_i64), or(hyphens, true));
    let mut wrapped = Vec::with_capacity(lines.len());
    for line in &lines {
        let line: Vec<char> = line.as_str().unwrap_or_default().chars().collect();
        budget.steps(line.len() as u64)?;
        if operators::compare(Comparison::LessOrEqual, &width, &Value::from(0_i64), budget)? {
            let shown = crate::python::show::repr(&width, budget)?;
            return Err(Stop::value_error(format!("invalid width {shown} (must be > 0)")));
        }
        let rules = Rules {
            width: match width.as_i64() {
                Some(width) => usize::try_from(width).unwrap_or(usize::MAX),
                None => return Err(Stop::unsupported("wordwrap with this width")),
            },
            long_words: operators::truth(&or(long_words.clone(), true))?,
            split_hyphens: matches!(hyphens, Value::Bool(true)),
            long_hyphens: operators::truth(&hyphens)?,
        };
        let made = rules.wrap(&line);
        budget.bytes(made.iter().map(String::len).sum::<usize>() + made.len() * (joint.len() + 24))?;
        wrapped.push(made.join(joint));
    }
    Ok(Value::from(wrapped.join(joint)))
}

/// What `textwrap` takes for white space when it looks for words.
fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ')
}

/// `[^\d\W]`
fn is_letter(c: char) -> bool {
    is_word(c) && letters::decimal(c).is_none()
}

impl Rules {
    fn wrap(&self, line: &[char]) -> Vec<String> {
        // The last piece is the next one.
        let mut pieces: Vec<&[char]> = self.pieces(line);
        pieces.reverse();
        let blank = |piece: &[char]| piece.iter().all(|c| markup::is_space(*c));
        let mut lines: Vec<String> = Vec::new();
        while !pieces.is_empty() {
            if !lines.is_empty() && pieces.last().is_some_and(|piece| blank(piece)) {
                pieces.pop();
            }
            let mut current: Vec<&[char]> = Vec::new();
            let mut length = 0;
            while let Some(piece) = pieces.last().filter(|piece| length + piece.len() <= self.width) {
                length += piece.len();
                current.push(piece);
                pieces.pop();
            }
            if let Some(piece) = pieces.last_mut().filter(|piece| piece.len() > self.width) {
                if self.long_words {
                    let (head, tail) =
                        piece.split_at_checked(self.cut(piece, self.width - length)).unwrap_or((piece, &[]));
                    current.push(head);
                    *piece = tail;
                } else if current.is_empty() {
                    current.push(piece);
                    pieces.pop();
                }
            }
            if current.last().is_some_and(|piece| blank(piece)) {
                current.pop();
            }
            if !current.is_empty() {
                lines.push(current.concat().iter().collect());
            }
        }
        lines
    }

    /// Where a word too long for any line is cut to fill this one: behind its last hyphen if letters stand before it.
    fn cut(&self, piece: &[char], room: usize) -> usize {
        if self.long_hyphens
            && piece.len() > room
            && let Some(hyphen) = piece.iter().take(room).rposition(|c| *c == '-')
            && piece.iter().take(hyphen).any(|c| *c != '-')
        {
            return hyphen + 1;
        }
        room
    }

    /// A line as words, blanks and dashes, none of them empty.
    fn pieces<'a>(&self, line: &'a [char]) -> Vec<&'a [char]> {
        let mut pieces = Vec::new();
        let mut rest = line;
        let mut at = 0;
        while let Some(first) = rest.first() {
            let length = if is_blank(*first) {
                rest.iter().take_while(|c| is_blank(**c)).count()
            } else if self.split_hyphens {
                word(line, at)
            } else {
                rest.iter().take_while(|c| !is_blank(**c)).count()
            };
            let (piece, tail) = rest.split_at_checked(length.max(1)).unwrap_or((rest, &[]));
            pieces.push(piece);
            at += piece.len();
            rest = tail;
        }
        pieces
    }
}

/// The length of the piece that starts at a place that is no blank.
fn word(line: &[char], start: usize) -> usize {
    let is = |place: Option<usize>, test: fn(char) -> bool| place.and_then(|at| line.get(at)).is_some_and(|c| test(*c));
    let letter = |place: Option<usize>| is(place, is_letter);
    let hyphen = |place: Option<usize>| is(place, |c| c == '-');
    let solid = |c: char| is_word(c) || matches!(c, '!' | '"' | '\'' | '&' | '.' | ',' | '?');
    let dashes = |at: usize| line.iter().skip(at).take_while(|c| **c == '-').count();
    // A dash of two or more hyphens between words. What stands before it is asked first: a long run of hyphens is then
    // counted once, and not from each of them.
    let dash = |at: usize| {
        at.checked_sub(1).and_then(|before| line.get(before)).is_some_and(|c| solid(*c)) && {
            let count = dashes(at);
            count >= 2 && line.get(at + count).is_some_and(|c| is_word(*c))
        }
    };
    if dash(start) {
        return dashes(start);
    }
    let mut at = start + 1;
    while at < line.len() && !is(Some(at), is_blank) {
        let before = |count: usize| at.checked_sub(count);
        if hyphen(Some(at))
            && letter(before(1))
            && (letter(before(2)) || (hyphen(before(2)) && letter(before(3))))
            && letter(Some(at + 1))
            && (letter(Some(at + 2)) || (hyphen(Some(at + 2)) && letter(Some(at + 3))))
        {
            return at + 1 - start;
        }
        if hyphen(Some(at)) && dash(at) {
            break;
        }
        at += 1;
    }
    at - start
}
