//! Reads JSON as Python's `json.loads` does, keeping the place of every value.
//!
//! `serde_json` knows no places, accepts other texts and words its refusals otherwise. Source: CPython 3.11,
//! `Modules/_json.c` and `Lib/json/decoder.py`.

use std::ops::Range;

use num_bigint::BigInt;

use crate::limits;
use crate::python::{Budget, Dict, Outcome, Stop, Value};

/// Longest integer, in digits, that CPython 3.11 reads from text.
const MOST_DIGITS: usize = 4300;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of JSON values.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A text, a number, `true`, `null`...
    Scalar(Value),
    /// `[a, b]`
    List(Vec<Node>),
    /// `{"a": b}`, with the places of the keys; a key that comes again replaces the one before.
    Dict(Vec<(String, Range<usize>, Node)>),
}

/// Why a text has no value.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Python raises `JSONDecodeError`: its words without the place, and the place.
    Refused(&'static str, usize),
    /// This engine cannot hold the value at this place, or stops here; the text is a key of [`crate::language`].
    Unknown(&'static str, usize),
}

impl Node {
    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(Value::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// The Python value.
    pub fn value(&self) -> Value {
        match &self.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(items) => Value::list(items.iter().map(Self::value).collect()),
            Kind::Dict(entries) => {
                let mut dict = Dict::default();
                entries.iter().for_each(|(key, _, value)| dict.set(key, value.value()));
                Value::dict(dict)
            }
        }
    }
}

/// What a JSON text is worth.
///
/// # Errors
/// `JSONDecodeError` in Python's words; `Unsupported` for what this engine cannot hold.
pub fn value(text: &str, budget: &Budget) -> Outcome<Value> {
    budget.steps(text.len() as u64)?;
    // A digit and its comma become a node and a value.
    budget.bytes(text.len().saturating_mul(12))?;
    read(text).map(|node| node.value()).map_err(|fault| match fault {
        Fault::Refused(words, at) => Stop::raise("json.decoder.JSONDecodeError", message(words, text, at)),
        Fault::Unknown("limit/surrogate", _) => Stop::unsupported("half a surrogate pair in JSON"),
        Fault::Unknown("limit/number", _) => Stop::unsupported("a very long number in JSON"),
        Fault::Unknown(key, _) => Stop::Limit(key),
    })
}

/// The tree of a text.
///
/// # Errors
/// What Python refuses, and what this engine does not read.
pub fn read(text: &str) -> Result<Node, Fault> {
    if text.starts_with('\u{feff}') {
        return Err(Fault::Refused("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.skip_blanks();
    let node = reader.value()?;
    reader.skip_blanks();
    if reader.at < text.len() { Err(Fault::Refused("Extra data", reader.at)) } else { Ok(node) }
}

/// Python's words for a refusal at a byte of a text: `Expecting value: line 1 column 2 (char 1)`.
pub fn message(words: &str, text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{words}: line {line} column {column} (char {})", before.chars().count())
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

type Read<T> = Result<T, Fault>;

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Read<Node> {
        let start = self.at;
        let kind = match self.byte() {
            Some(b'"') => Kind::Scalar(Value::from(self.string()?)),
            Some(b'[') => self.deeper(Self::list)?,
            Some(b'{') => self.deeper(Self::dict)?,
            _ => Kind::Scalar(self.word()?),
        };
        Ok(Node { span: start..self.at, kind })
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Read<Kind>) -> Read<Kind> {
        if self.depth >= limits::NESTING {
            return Err(Fault::Unknown("limit/depth", self.at));
        }
        self.depth += 1;
        let kind = read(self);
        self.depth -= 1;
        kind
    }

    fn list(&mut self) -> Read<Kind> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.accept(b']') {
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_blanks();
            if self.accept(b']') {
                return Ok(Kind::List(items));
            }
            if !self.accept(b',') {
                return Err(Fault::Refused("Expecting ',' delimiter", self.at));
            }
            self.skip_blanks();
        }
    }

    fn dict(&mut self) -> Read<Kind> {
        let mut entries: Vec<(String, Range<usize>, Node)> = Vec::new();
        // Where each key stands among the entries.
        let mut places = Dict::default();
        self.at += 1;
        self.skip_blanks();
        if self.accept(b'}') {
            return Ok(Kind::Dict(entries));
        }
        loop {
            let start = self.at;
            if self.byte() != Some(b'"') {
                return Err(Fault::Refused("Expecting property name enclosed in double quotes", start));
            }
            let key = self.string()?;
            let place = start..self.at;
            self.skip_blanks();
            if !self.accept(b':') {
                return Err(Fault::Refused("Expecting ':' delimiter", self.at));
            }
            self.skip_blanks();
            let value = self.value()?;
            let known = places.get_str(&key).and_then(Value::as_i64).and_then(|at| usize::try_from(at).ok());
            match known.and_then(|at| entries.get_mut(at)) {
                Some(entry) => *entry = (key, place, value),
                None => {
                    places.set(&key, Value::from(i64::try_from(entries.len()).unwrap_or(i64::MAX)));
                    entries.push((key, place, value));
                }
            }
            self.skip_blanks();
            if self.accept(b'}') {
                return Ok(Kind::Dict(entries));
            }
            if !self.accept(b',') {
                return Err(Fault::Refused("Expecting ',' delimiter", self.at));
            }
            self.skip_blanks();
        }
    }

    /// A number, or one of the words.
    fn word(&mut self) -> Read<Value> {
        const WORDS: [(&str, Value); 6] = [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ];
        for (word, value) in WORDS {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.number()
    }

    fn number(&mut self) -> Read<Value> {
        let start = self.at;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = self.rest();
        let sign = usize::from(rest.starts_with('-'));
        let after = |length: usize| rest.get(length..).unwrap_or_default();
        let whole = if after(sign).starts_with('0') { 1 } else { digits(after(sign)) };
        if whole == 0 {
            return Err(Fault::Refused("Expecting value", start));
        }
        let mut length = sign + whole;
        let mut is_float = false;
        if after(length).starts_with('.') && digits(after(length + 1)) > 0 {
            length += 1 + digits(after(length + 1));
            is_float = true;
        }
        if after(length).starts_with(['e', 'E']) {
            let signed = usize::from(after(length + 1).starts_with(['+', '-']));
            let exponent = digits(after(length + 1 + signed));
            if exponent > 0 {
                length += 1 + signed + exponent;
                is_float = true;
            }
        }
        let number = rest.get(..length).unwrap_or_default();
        let value = if is_float {
            number.parse().ok().map(Value::Float)
        } else if length - sign > MOST_DIGITS {
            None
        } else {
            number.parse::<BigInt>().ok().map(Value::from)
        };
        self.at += length;
        value.ok_or(Fault::Unknown("limit/number", start))
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Read<String> {
        let begin = self.at;
        let unfinished = Fault::Refused("Unterminated string starting at", begin);
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ');
            text.push_str(rest.get(..plain.unwrap_or(rest.len())).unwrap_or_default());
            self.at += plain.ok_or_else(|| unfinished.clone())?;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    let escape = self.byte().ok_or_else(|| unfinished.clone())?;
                    text.push(match escape {
                        b'"' | b'\\' | b'/' => char::from(escape),
                        b'b' => '\u{8}',
                        b'f' => '\u{c}',
                        b'n' => '\n',
                        b'r' => '\r',
                        b't' => '\t',
                        b'u' => {
                            text.push(self.unicode()?);
                            continue;
                        }
                        _ => return Err(Fault::Refused("Invalid \\escape", self.at - 1)),
                    });
                    self.at += 1;
                }
                _ => return Err(Fault::Refused("Invalid control character at", self.at)),
            }
        }
    }

    /// `uXXXX`, twice for a pair of surrogates.
    fn unicode(&mut self) -> Read<char> {
        let start = self.at;
        let first = self.four_digits()?;
        if (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u") {
            self.at += 1;
            let second = self.four_digits()?;
            if (0xdc00..0xe000).contains(&second) {
                let joined = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return char::from_u32(joined).ok_or(Fault::Unknown("limit/surrogate", start));
            }
            return Err(Fault::Unknown("limit/surrogate", start));
        }
        char::from_u32(first).ok_or(Fault::Unknown("limit/surrogate", start))
    }

    fn four_digits(&mut self) -> Read<u32> {
        let start = self.at;
        let digits = self.text.get(start + 1..start + 5).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        // Python wants one more character after the digits, the closing quote at least.
        let digits = digits.filter(|_| start + 5 < self.text.len());
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at = start + 5;
        number.ok_or(Fault::Refused("Invalid \\uXXXX escape", start))
    }
}
