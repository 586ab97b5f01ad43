//! Texts: `cstr`, `strip_html`, `escape_html`, `get_abbr`, `scrub`...

use std::rc::Rc;

use super::super::Context;
use super::errors::no_attribute;
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, show, signature};

/// `cstr(s)`: `str()`, empty for `None`.
pub fn cstr(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "cstr", &["s", "encoding"], 1)?;
    cstr_of(&given.value(), budget).map(Value::from)
}

/// The host's `cstr`.
///
/// # Errors
/// What `__str__` raises; `Unsupported` for bytes.
pub fn cstr_of(value: &Value, budget: &Budget) -> Outcome<String> {
    match value {
        Value::None => Ok(String::new()),
        Value::Bytes(_) => Err(Stop::unsupported("cstr of bytes")),
        value => show::str(value, budget),
    }
}

/// `encode(obj)`: texts as bytes.
pub fn encode(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let named = arguments.keyword.iter().any(|(name, _)| &**name == "encoding");
    let without = arguments.positional.len() < 2 && !named;
    let mut given = Given::new(arguments, "encode", &["obj", "encoding"], 1)?;
    let (value, encoding) = (given.value(), given.value());
    if !without && encoding.as_str() != Some("utf-8") {
        return Err(Stop::unsupported("encode to another encoding"));
    }
    let bytes = |value: &Value| match value {
        Value::Str(text) => Value::Bytes(text.as_bytes().into()),
        other => other.clone(),
    };
    Ok(match &value {
        Value::List(items) => Value::list(items.borrow().iter().map(bytes).collect()),
        Value::Object(_) => return Err(Stop::unsupported("encode of an object")),
        value => bytes(value),
    })
}

/// `parse_val(v)`: dates and differences as texts.
pub fn parse_val(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "parse_val", &["v"], 1)?.value();
    Ok(match &value {
        Value::Date(_) | Value::DateTime(_) => Value::from(show::str(&value, budget)?),
        Value::TimeDelta(_) => {
            let text = show::str(&value, budget)?;
            Value::from(text.split(':').take(2).collect::<Vec<_>>().join(":"))
        }
        Value::Bool(value) => Value::from(i64::from(*value)),
        Value::Object(_) => return Err(Stop::unsupported("parse_val of an object")),
        _ => value,
    })
}

/// A text without its tags (`<`, at least one character, `>`); `None` when it has none.
pub fn without_tags(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some((before, after)) = rest.split_once('<') {
        match after.split_once('>') {
            Some((inside, behind)) if !inside.is_empty() => {
                kept.push_str(before);
                rest = behind;
                found = true;
            }
            Some(_) => {
                kept.push_str(before);
                kept.push('<');
                rest = after;
            }
            // No tag ends any more.
            None => break,
        }
    }
    kept.push_str(rest);
    found.then_some(kept)
}

/// The text of an argument that the host hands to a regular expression.
pub(super) fn for_pattern(value: &Value) -> Outcome<Rc<str>> {
    match value {
        Value::Str(text) => Ok(Rc::clone(text)),
        Value::Bytes(_) | Value::Object(_) => Err(Stop::unsupported("a pattern on a value that is no text")),
        other => Err(Stop::type_error(format!("expected string or bytes-like object, got '{}'", other.error_name()))),
    }
}

/// `strip_html(text)`: without comments and tags, character references stay.
pub fn strip_html(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let text = for_pattern(&Given::new(arguments, "strip_html", &["text"], 1)?.value())?;
    budget.bytes(text.len())?;
    let mut kept = String::new();
    let mut rest: &str = &text;
    // Whether a closing mark still lies ahead: it is not looked for again behind the last one.
    let (mut comments, mut tags) = (true, true);
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        // A comment ends at its own mark, unless a line break lies before it.
        let inside = after.strip_prefix("!--").filter(|_| comments);
        let comment = inside.and_then(|inside| inside.split_once("-->"));
        comments &= inside.is_none() || comment.is_some();
        if let Some((inside, behind)) = comment
            && !inside.contains('\n')
        {
            rest = behind;
        } else if let Some((_, behind)) = after.split_once('>').filter(|_| tags) {
            rest = behind;
        } else {
            tags = false;
            kept.push('<');
            rest = after;
        }
    }
    kept.push_str(rest);
    Ok(Value::from(kept))
}

/// `escape_html(text)`
pub fn escape_html(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "escape_html", &["text"], 1)?.value();
    let text = match &value {
        Value::Str(text) => text,
        Value::Object(_) => return Err(Stop::unsupported("escape_html of an object")),
        _ => return Ok(value),
    };
    budget.bytes(text.len().saturating_mul(6))?;
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '>' => escaped.push_str("&gt;"),
            '<' => escaped.push_str("&lt;"),
            other => escaped.push(other),
        }
    }
    Ok(Value::from(escaped))
}

/// `get_abbr(string, max_len=2)`: the first characters of its words.
pub fn get_abbr(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_abbr", &["string", "max_len"], 1)?;
    let (value, length) = (given.value(), given.option().unwrap_or(Value::from(2_i64)));
    let Some(length) = length.as_i64() else {
        return Err(Stop::unsupported("get_abbr with a length that is no int"));
    };
    let text = match &value {
        Value::Str(text) => text,
        Value::Bytes(_) | Value::Object(_) => return Err(Stop::unsupported("get_abbr of a value that is no text")),
        other => return Err(no_attribute(&other.error_name(), "split")),
    };
    let initials = text.split(' ').filter_map(|word| word.chars().next());
    let initials: String = initials.take(signature::count(length)).collect();
    Ok(Value::from(if initials.is_empty() { "?".to_owned() } else { initials }))
}

/// `strip(val, chars=None)`: without invisible marks, then Python's `strip`.
pub fn strip(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "strip", &["val", "chars"], 1)?;
    let (value, characters) = (given.value(), given.value());
    let text = match &value {
        Value::Str(text) => text.replace(['\u{feff}', '\u{200b}'], ""),
        Value::Object(_) | Value::Bytes(_) => return Err(Stop::unsupported("strip of a value that is no text")),
        // They have a method of that name, which takes numbers.
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) => {
            return Err(Stop::type_error("'str' object cannot be interpreted as an integer"));
        }
        other if !crate::python::operators::truth(other)? => String::new(),
        other => return Err(no_attribute(&other.error_name(), "replace")),
    };
    match &characters {
        Value::Str(set) => Ok(Value::str(text.trim_matches(|character| set.contains(character)))),
        Value::None => Ok(Value::str(text.trim_matches(is_space))),
        _ => Err(Stop::unsupported("strip with characters that are no text")),
    }
}

/// What Python's `str.strip` takes for white space.
pub fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// `bold(text)`
pub fn bold(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "bold", &["text"], 1)?.value();
    Ok(Value::from(format!("<strong>{}</strong>", show::str(&value, budget)?)))
}

/// `scrub(txt)`: `nom_du_champ`
pub fn scrub(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "scrub", &["txt"], 1)?.value();
    Ok(Value::from(cstr_of(&value, budget)?.replace([' ', '-'], "_").to_lowercase()))
}

/// `is_rtl(rtl=None)`: whether the person's language is written from right to left; an argument is handed back.
pub fn is_rtl(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Ok(match Given::lenient(arguments, "is_rtl", &["rtl"], 0)?.value() {
        Value::None => Value::Bool(matches!(context.lang.as_str(), "ar" | "fa" | "he" | "ps")),
        given => given,
    })
}
