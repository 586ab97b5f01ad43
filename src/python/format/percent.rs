//! `text % values`

use super::super::{Budget, Int, Outcome, Stop, Value, item, operators, show};
use super::float::{self, Style};
use super::number::{char_of, int_digits};

/// The values that are still to be shown.
struct Source<'a> {
    items: Vec<Value>,
    next: usize,
    /// The whole right side, when it is no tuple: `%(name)s` looks into it.
    mapping: Option<&'a Value>,
    budget: &'a Budget,
}

impl Source<'_> {
    fn next(&mut self) -> Outcome<Value> {
        let found = self.items.get(self.next).cloned();
        self.next += 1;
        found.ok_or_else(|| Stop::type_error("not enough arguments for format string"))
    }

    /// The value of a key becomes the only value that is left.
    fn look_up(&mut self, key: &str) -> Outcome<()> {
        let Some(mapping) = self.mapping else { return Err(Stop::type_error("format requires a mapping")) };
        let value = match mapping {
            Value::Object(_) => item::get(mapping, &Value::str(key), self.budget)?,
            _ => item::get(&mapping.base(), &Value::str(key), self.budget)?,
        };
        (self.items, self.next) = (vec![value], 0);
        Ok(())
    }
}

/// Whether the value has `__getitem__`; `None` when this engine does not know.
fn is_mapping(value: &Value) -> Option<bool> {
    match &*value.base() {
        Value::List(_) | Value::Dict(_) | Value::Range(_) | Value::Bytes(_) => Some(true),
        // None of these classes has `__getitem__`.
        Value::Object(object) => object.is_subscriptable().or_else(|| {
            let plain =
                ["builtin_function_or_method", "function", "method", "type", "LoopContext", "Macro", "Namespace"];
            plain.contains(&&*object.type_name()).then_some(false)
        }),
        _ => Some(false),
    }
}

#[derive(Default)]
struct Flags {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// `text % values`
///
/// # Errors
/// `ValueError` and `TypeError` in Python's words.
pub fn percent(text: &str, values: &Value, budget: &Budget) -> Outcome<String> {
    budget.look_through(text.len().saturating_mul(8))?;
    budget.bytes(text.len())?;
    let base = values.base();
    let mapping = is_mapping(values);
    let mut source = match &*base {
        Value::Tuple(items) => Source { items: items.to_vec(), next: 0, mapping: None, budget },
        _ => {
            Source { items: vec![values.clone()], next: 0, mapping: (mapping != Some(false)).then_some(values), budget }
        }
    };
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        result.push_str(before);
        rest = conversion(&mut result, text, after, &mut source, budget)?;
    }
    result.push_str(rest);
    if source.next < source.items.len() && mapping != Some(true) {
        if mapping.is_none() && !matches!(&*base, Value::Tuple(_)) {
            return Err(Stop::unsupported(format!("% with a {}", values.type_name())));
        }
        return Err(Stop::type_error("not all arguments converted during string formatting"));
    }
    Ok(result)
}

fn incomplete() -> Stop {
    Stop::value_error("incomplete format")
}

/// Writes one conversion (without its `%`) and answers what follows it.
fn conversion<'a>(
    result: &mut String,
    text: &str,
    after: &'a str,
    source: &mut Source<'_>,
    budget: &Budget,
) -> Outcome<&'a str> {
    let mut rest = after.chars();
    let mut flags = Flags::default();
    if let Some(keyed) = after.strip_prefix('(') {
        if source.mapping.is_none() {
            return Err(Stop::type_error("format requires a mapping"));
        }
        let (key, following) = key(keyed)?;
        source.look_up(key)?;
        rest = following.chars();
    }
    let mut next = rest.next().ok_or_else(incomplete)?;
    loop {
        match next {
            '-' => flags.left = true,
            '+' => flags.plus = true,
            ' ' => flags.space = true,
            '#' => flags.alternate = true,
            '0' => flags.zero = true,
            _ => break,
        }
        next = rest.next().ok_or_else(incomplete)?;
    }
    if next == '*' {
        let width = star(source)?;
        flags.left |= width < 0;
        flags.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
        next = rest.next().ok_or_else(incomplete)?;
    } else {
        flags.width = digits(&mut next, &mut rest, i64::MAX, "width too big")?;
    }
    if next == '.' {
        next = rest.next().ok_or_else(incomplete)?;
        flags.precision = Some(if next == '*' {
            let precision = star(source)?;
            next = rest.next().ok_or_else(incomplete)?;
            if i32::try_from(precision).is_err() {
                return Err(Stop::raise("OverflowError", "Python int too large to convert to C int"));
            }
            usize::try_from(precision).unwrap_or(0)
        } else {
            digits(&mut next, &mut rest, i32::MAX.into(), "precision too big")?
        });
    }
    if matches!(next, 'h' | 'l' | 'L') {
        next = rest.next().ok_or_else(incomplete)?;
    }
    // With flags before it, a second `%` is a letter that nobody knows.
    if after.starts_with('%') {
        result.push('%');
        return Ok(rest.as_str());
    }
    let value = source.next()?;
    convert(result, next, &value, &flags, budget).map_err(|stop| match stop {
        Some(stop) => stop,
        None => {
            let place = text.chars().count() - rest.as_str().chars().count() - 1;
            let shown = if ('\x1f'..'\x7f').contains(&next) { next } else { '?' };
            let code = u32::from(next);
            Stop::value_error(format!("unsupported format character '{shown}' (0x{code:x}) at index {place}"))
        }
    })?;
    Ok(rest.as_str())
}

/// The key of `%(key)s` up to the parenthesis that closes it.
fn key(text: &str) -> Outcome<(&str, &str)> {
    let mut depth = 1;
    for (place, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok((text.get(..place).unwrap_or_default(), text.get(place + 1..).unwrap_or_default()));
        }
    }
    Err(Stop::value_error("incomplete format key"))
}

fn star(source: &mut Source<'_>) -> Outcome<i64> {
    let value = source.next()?;
    let Some(number) = operators::as_int(&value.base()) else { return Err(Stop::type_error("* wants int")) };
    number.to_i64().ok_or_else(|| Stop::unsupported("* with a very large number"))
}

fn digits(next: &mut char, rest: &mut std::str::Chars<'_>, most: i64, error: &str) -> Outcome<usize> {
    let mut value: i64 = 0;
    while let Some(digit) = next.to_digit(10) {
        let longer = value.checked_mul(10).and_then(|tens| tens.checked_add(digit.into()));
        value = longer.filter(|longer| *longer <= most).ok_or_else(|| Stop::value_error(error))?;
        *next = rest.next().ok_or_else(incomplete)?;
    }
    Ok(usize::try_from(value).unwrap_or(usize::MAX))
}

/// Writes one value; an error of `None` stands for an unknown letter.
fn convert(
    result: &mut String,
    letter: char,
    value: &Value,
    flags: &Flags,
    budget: &Budget,
) -> Result<(), Option<Stop>> {
    match letter {
        's' | 'r' | 'a' => {
            let text = match letter {
                's' => show::str(value, budget),
                'r' => show::repr(value, budget),
                _ => show::ascii(value, budget),
            }
            .map_err(Some)?;
            let cut = flags.precision.and_then(|precision| text.char_indices().nth(precision));
            let text = cut.and_then(|(end, _)| text.get(..end)).unwrap_or(&text);
            push(result, None, "", 0, text, &Flags { zero: false, ..*flags }, budget).map_err(Some)
        }
        'c' => {
            let character = match &*value.base() {
                Value::Str(text) => {
                    let mut characters = text.chars();
                    match (characters.next(), characters.next()) {
                        (Some(character), None) => Ok(character),
                        _ => Err(Stop::type_error("%c requires int or char")),
                    }
                }
                base => match operators::as_int(base) {
                    Some(number) if number.to_i64().is_none() => {
                        Err(Stop::raise("OverflowError", "%c arg not in range(0x110000)"))
                    }
                    Some(number) => char_of(&number),
                    None => Err(Stop::type_error("%c requires int or char")),
                },
            };
            let text = character.map_err(Some)?.to_string();
            push(result, None, "", 0, &text, &Flags { zero: false, ..*flags }, budget).map_err(Some)
        }
        'd' | 'i' | 'u' | 'x' | 'X' | 'o' => integer(result, letter, value, flags, budget).map_err(Some),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => real(result, letter, value, flags, budget).map_err(Some),
        _ => Err(None),
    }
}

fn integer(result: &mut String, letter: char, value: &Value, flags: &Flags, budget: &Budget) -> Outcome<()> {
    let decimal = matches!(letter, 'd' | 'i' | 'u');
    let own = if decimal { own_number(value)? } else { None };
    let value = own.as_ref().unwrap_or(value);
    let number = match &*value.base() {
        Value::Float(number) if decimal => whole(*number)?,
        base => operators::as_int(base).ok_or_else(|| {
            let wanted = if decimal { "a real number" } else { "an integer" };
            Stop::type_error(format!("%{letter} format: {wanted} is required, not {}", value.error_name()))
        })?,
    };
    let digits = int_digits(&number, letter, budget)?;
    let prefix = match letter {
        'x' if flags.alternate => "0x",
        'X' if flags.alternate => "0X",
        'o' if flags.alternate => "0o",
        _ => "",
    };
    let zeros = flags.precision.unwrap_or(0).saturating_sub(digits.len());
    push(result, Some(number.is_negative()), prefix, zeros, &digits, flags, budget)
}

/// `int(float)`
///
/// # Errors
/// `ValueError: cannot convert float NaN to integer`, `OverflowError: cannot convert float infinity to integer`.
pub fn whole(number: f64) -> Outcome<Int> {
    Int::from_f64(number).ok_or_else(|| {
        if number.is_nan() {
            Stop::value_error("cannot convert float NaN to integer")
        } else {
            Stop::raise("OverflowError", "cannot convert float infinity to integer")
        }
    })
}

/// What an object's `__int__` or `__float__` answers.
fn own_number(value: &Value) -> Outcome<Option<Value>> {
    match value {
        Value::Object(object) => object.number().transpose(),
        _ => Ok(None),
    }
}

fn real(result: &mut String, letter: char, value: &Value, flags: &Flags, budget: &Budget) -> Outcome<()> {
    let own = own_number(value)?;
    let value = own.as_ref().unwrap_or(value);
    let number = match &*value.base() {
        Value::Float(number) => *number,
        base => match operators::as_int(base) {
            Some(number) => number.to_f64()?,
            None => return Err(Stop::type_error(format!("must be real number, not {}", value.error_name()))),
        },
    };
    let style = Style {
        kind: letter.to_ascii_lowercase(),
        precision: flags.precision.unwrap_or(6),
        alternate: flags.alternate,
        point_zero: false,
    };
    let mut text = float::digits(number, style, budget)?;
    if letter.is_ascii_uppercase() {
        text = text.to_ascii_uppercase();
    }
    push(result, Some(number.is_sign_negative() && !number.is_nan()), "", 0, &text, flags, budget)
}

/// Writes sign, prefix, zeros and text, padded. `negative` is `None` for what has no sign.
fn push(
    result: &mut String,
    negative: Option<bool>,
    prefix: &str,
    zeros: usize,
    text: &str,
    flags: &Flags,
    budget: &Budget,
) -> Outcome<()> {
    let sign = match negative {
        Some(true) => "-",
        Some(false) if flags.plus => "+",
        Some(false) if flags.space => " ",
        _ => "",
    };
    let length = text.chars().count().saturating_add(zeros).saturating_add(prefix.len() + sign.len());
    let padding = flags.width.saturating_sub(length);
    budget.bytes(text.len().saturating_add(zeros).saturating_add(padding).saturating_add(3))?;
    let (left, inner, right) = match (flags.left, flags.zero) {
        (true, _) => (0, 0, padding),
        (false, true) => (0, padding, 0),
        (false, false) => (padding, 0, 0),
    };
    result.extend(std::iter::repeat_n(' ', left));
    result.push_str(sign);
    result.push_str(prefix);
    result.extend(std::iter::repeat_n('0', inner.saturating_add(zeros)));
    result.push_str(text);
    result.extend(std::iter::repeat_n(' ', right));
    Ok(())
}
