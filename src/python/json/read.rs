//! JSON as values.

use num_bigint::BigInt;

use super::super::{Budget, Dict, Outcome, Stop, Value};

/// Longest integer, in digits, that CPython 3.11 reads from text.
const MOST_DIGITS: usize = 4300;

/// What a JSON text is worth.
///
/// # Errors
/// `JSONDecodeError` in Python's words.
pub fn read(text: &str, budget: &Budget) -> Outcome<Value> {
    budget.steps(text.len() as u64)?;
    budget.bytes(text.len().saturating_mul(4))?;
    let text: Vec<char> = text.chars().collect();
    let mut reader = Reader { text: &text, at: 0, budget };
    if reader.peek() == Some('\u{feff}') {
        return Err(reader.refuse("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    reader.skip();
    let value = reader.value()?;
    reader.skip();
    if reader.at < text.len() {
        return Err(reader.refuse("Extra data", reader.at));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a [char],
    at: usize,
    budget: &'a Budget,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn refuse(&self, what: &str, place: usize) -> Stop {
        let before = self.text.get(..place).unwrap_or(self.text);
        let line = 1 + before.iter().filter(|c| **c == '\n').count();
        let column = before.len() - before.iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1) + 1;
        let message = format!("{what}: line {line} column {column} (char {place})");
        Stop::raise("json.decoder.JSONDecodeError", message)
    }

    fn starts_with(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(place, c)| self.text.get(self.at + place) == Some(&c))
    }

    fn value(&mut self) -> Outcome<Value> {
        self.budget.step()?;
        match self.peek() {
            Some('"') => self.string().map(Value::from),
            Some('{') => self.budget.deeper(|| self.object()),
            Some('[') => self.budget.deeper(|| self.array()),
            Some('-' | '0'..='9') if !self.starts_with("-I") => self.number(),
            _ => {
                let words = [
                    ("null", Value::None),
                    ("true", Value::Bool(true)),
                    ("false", Value::Bool(false)),
                    ("NaN", Value::Float(f64::NAN)),
                    ("Infinity", Value::Float(f64::INFINITY)),
                    ("-Infinity", Value::Float(f64::NEG_INFINITY)),
                ];
                match words.into_iter().find(|(word, _)| self.starts_with(word)) {
                    Some((word, value)) => {
                        self.at += word.len();
                        Ok(value)
                    }
                    None => Err(self.refuse("Expecting value", self.at)),
                }
            }
        }
    }

    fn digits(&self, from: usize) -> usize {
        from + self.text.iter().skip(from).take_while(|c| c.is_ascii_digit()).count()
    }

    fn number(&mut self) -> Outcome<Value> {
        let start = self.at;
        let whole = start + usize::from(self.peek() == Some('-'));
        let mut end = if self.text.get(whole) == Some(&'0') { whole + 1 } else { self.digits(whole) };
        if end == whole {
            return Err(self.refuse("Expecting value", start));
        }
        let integer = end;
        if self.text.get(end) == Some(&'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
        }
        if matches!(self.text.get(end), Some('e' | 'E')) {
            let digits = end + 1 + usize::from(matches!(self.text.get(end + 1), Some('+' | '-')));
            if self.digits(digits) > digits {
                end = self.digits(digits);
            }
        }
        self.at = end;
        let written: String = self.text.get(start..end).unwrap_or_default().iter().collect();
        if end > integer {
            return written.parse().map(Value::Float).map_err(|_| Stop::unsupported("a float of JSON"));
        }
        if integer - whole > MOST_DIGITS {
            return Err(Stop::unsupported("a very long number in JSON"));
        }
        let number = written.parse::<BigInt>().map_err(|_| Stop::unsupported("a number of JSON"))?;
        Ok(Value::from(number))
    }

    fn array(&mut self) -> Outcome<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value()?);
            self.skip();
            match self.peek() {
                Some(']') => break,
                Some(',') => self.at += 1,
                _ => return Err(self.refuse("Expecting ',' delimiter", self.at)),
            }
            self.skip();
        }
        self.at += 1;
        Ok(Value::list(items))
    }

    fn object(&mut self) -> Outcome<Value> {
        const NAME: &str = "Expecting property name enclosed in double quotes";
        self.at += 1;
        let mut entries = Dict::default();
        self.skip();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(Value::dict(entries));
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.refuse(NAME, self.at));
            }
            let key = self.string()?;
            self.skip();
            if self.peek() != Some(':') {
                return Err(self.refuse("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip();
            entries.insert(Value::from(key), self.value()?)?;
            self.skip();
            match self.peek() {
                Some('}') => break,
                Some(',') => self.at += 1,
                _ => return Err(self.refuse("Expecting ',' delimiter", self.at)),
            }
            self.skip();
        }
        self.at += 1;
        Ok(Value::dict(entries))
    }

    fn string(&mut self) -> Outcome<String> {
        let start = self.at;
        let unterminated = |reader: &Self| reader.refuse("Unterminated string starting at", start);
        self.at += 1;
        let mut out = String::new();
        loop {
            let c = self.peek().ok_or_else(|| unterminated(self))?;
            self.at += 1;
            match c {
                '"' => return Ok(out),
                c if c <= '\u{1f}' => return Err(self.refuse("Invalid control character at", self.at - 1)),
                '\\' => {}
                c => {
                    out.push(c);
                    continue;
                }
            }
            let c = self.peek().ok_or_else(|| unterminated(self))?;
            self.at += 1;
            out.push(match c {
                '"' | '\\' | '/' => c,
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => self.escape()?,
                _ => return Err(self.refuse("Invalid \\escape", self.at - 2)),
            });
        }
    }

    /// The character behind `\u`.
    fn escape(&mut self) -> Outcome<char> {
        let refusal = |reader: &Self| reader.refuse("Invalid \\uXXXX escape", reader.at - 1);
        let first = self.unit(self.at).ok_or_else(|| refusal(self))?;
        let second = (self.text.get(self.at + 4..self.at + 6) == Some(&['\\', 'u'])).then(|| self.unit(self.at + 6));
        let pair = second.flatten().map(|second| char::decode_utf16([first, second]).next());
        self.at += 4;
        match (char::from_u32(first.into()), pair) {
            (Some(c), _) => Ok(c),
            (None, Some(Some(Ok(c)))) => {
                self.at += 6;
                Ok(c)
            }
            _ => Err(Stop::unsupported("half a surrogate pair in JSON")),
        }
    }

    fn unit(&self, from: usize) -> Option<u16> {
        let digits: String = self.text.get(from..from + 4)?.iter().collect();
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(&digits, 16).ok())?
    }
}
