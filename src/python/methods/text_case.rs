//! Methods of `str` about upper and lower case and about kinds of characters.

use super::super::letters::{
    decimal, has_own_fold, has_own_title, is_digit, is_letter, is_lower, is_numeric, is_space, is_title, is_upper,
    push_lower, push_upper,
};
use super::super::printable::is_printable;
use super::super::{Arguments, Budget, Outcome, Stop, Value, signature};
use super::Answer;

/// `text.name()` for the methods of this file; none takes arguments.
pub fn call(text: &str, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    let run: fn(&str) -> Outcome<Value> = match name {
        "lower" => |text| lower(text).map(Value::from),
        "upper" => |text| Ok(upper(text).into()),
        "casefold" => |text| casefold(text).map(Value::from),
        "title" => |text| title(text).map(Value::from),
        "capitalize" => |text| capitalize(text).map(Value::from),
        "swapcase" => |text| swapcase(text).map(Value::from),
        "isalpha" => |text| all(text, |c| Some(is_letter(c)), "str.isalpha"),
        "isdecimal" => |text| all(text, |c| Some(decimal(c).is_some()), "str.isdecimal"),
        "isdigit" => |text| all(text, is_digit, "str.isdigit"),
        "isnumeric" => |text| all(text, is_numeric, "str.isnumeric"),
        "isalnum" => |text| all(text, |c| if is_letter(c) { Some(true) } else { is_numeric(c) }, "str.isalnum"),
        "isspace" => |text| all(text, |c| Some(is_space(c)), "str.isspace"),
        "isprintable" => |text| Ok(Value::Bool(text.chars().all(is_printable))),
        "isascii" => |text| Ok(Value::Bool(text.is_ascii())),
        "islower" => |text| Ok(Value::Bool(one_case(text, is_lower, is_upper))),
        "isupper" => |text| Ok(Value::Bool(one_case(text, is_upper, is_lower))),
        "istitle" => |text| Ok(Value::Bool(is_titled(text))),
        "isidentifier" => is_identifier,
        _ => return None,
    };
    // The name is put together only for the error: these methods run for every row of a table.
    let none_given = arguments.positional.is_empty() && arguments.keyword.is_empty();
    let spent = if none_given { Ok(()) } else { signature::none(arguments, &format!("str.{name}")) };
    let spent = spent
        .and_then(|()| budget.bytes(text.len().saturating_mul(3)))
        .and_then(|()| budget.steps(text.len() as u64 / 8));
    Some(spent.and_then(|()| run(text)))
}

/// Whether every character is of a kind; false for an empty text.
fn all(text: &str, kind: fn(char) -> Option<bool>, method: &str) -> Outcome<Value> {
    for c in text.chars() {
        match kind(c) {
            Some(true) => {}
            Some(false) => return Ok(Value::Bool(false)),
            None => return Err(Stop::unsupported(format!("{method} of U+{:04X}", u32::from(c)))),
        }
    }
    Ok(Value::Bool(!text.is_empty()))
}

fn one_case(text: &str, wanted: fn(char) -> bool, other: fn(char) -> bool) -> bool {
    !text.chars().any(|c| other(c) || is_title(c)) && text.chars().any(wanted)
}

fn is_titled(text: &str) -> bool {
    let (mut cased, mut seen) = (false, false);
    for c in text.chars() {
        if is_upper(c) || is_title(c) {
            if cased {
                return false;
            }
            (cased, seen) = (true, true);
        } else if is_lower(c) {
            if !cased {
                return false;
            }
            (cased, seen) = (true, true);
        } else {
            cased = false;
        }
    }
    seen
}

fn is_identifier(text: &str) -> Outcome<Value> {
    if !text.is_ascii() {
        return Err(Stop::unsupported("str.isidentifier of non-ASCII text"));
    }
    let first = text.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    Ok(Value::Bool(first && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')))
}

/// `text.upper()`
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    let mut result = String::with_capacity(text.len());
    text.chars().for_each(|c| push_upper(&mut result, c));
    result
}

/// The lower case of a sigma depends on where it stands in the word.
fn no_sigma(text: &str, method: &str) -> Outcome<()> {
    if text.contains('Σ') { Err(Stop::unsupported(format!("{method} of a sigma"))) } else { Ok(()) }
}

/// `text.lower()`
///
/// # Errors
/// `Unsupported` with a capital sigma.
pub fn lower(text: &str) -> Outcome<String> {
    if text.is_ascii() {
        return Ok(text.to_ascii_lowercase());
    }
    if text.contains('Σ') {
        // Rust follows the same rule of Unicode for the last letter of a word, over tables of its own.
        let known = |c: char| u32::from(c) < 0x530 && c != '\u{295}';
        return if text.chars().all(known) {
            Ok(text.to_lowercase())
        } else {
            no_sigma(text, "str.lower").map(|()| String::new())
        };
    }
    let mut result = String::with_capacity(text.len());
    text.chars().for_each(|c| push_lower(&mut result, c));
    Ok(result)
}

fn casefold(text: &str) -> Outcome<String> {
    if text.chars().any(has_own_fold) {
        return Err(Stop::unsupported("str.casefold"));
    }
    // A sigma at the end of a word folds as every other does.
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| push_lower(&mut folded, c));
    Ok(folded)
}

fn push_title(result: &mut String, c: char) -> Outcome<()> {
    if has_own_title(c) {
        return Err(Stop::unsupported(format!("str.title of U+{:04X}", u32::from(c))));
    }
    push_upper(result, c);
    Ok(())
}

/// `text.title()`
///
/// # Errors
/// `Unsupported` for letters with a title case of their own.
pub fn title(text: &str) -> Outcome<String> {
    no_sigma(text, "str.title")?;
    let mut result = String::with_capacity(text.len());
    let mut cased = false;
    for c in text.chars() {
        if cased {
            push_lower(&mut result, c);
        } else {
            push_title(&mut result, c)?;
        }
        cased = is_upper(c) || is_lower(c) || is_title(c);
    }
    Ok(result)
}

/// `text.capitalize()`
///
/// # Errors
/// `Unsupported` for letters with a title case of their own.
pub fn capitalize(text: &str) -> Outcome<String> {
    no_sigma(text, "str.capitalize")?;
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars();
    if let Some(first) = characters.next() {
        push_title(&mut result, first)?;
    }
    characters.for_each(|c| push_lower(&mut result, c));
    Ok(result)
}

fn swapcase(text: &str) -> Outcome<String> {
    no_sigma(text, "str.swapcase")?;
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        if is_upper(c) {
            push_lower(&mut result, c);
        } else if is_lower(c) {
            push_upper(&mut result, c);
        } else {
            result.push(c);
        }
    }
    Ok(result)
}
