//! `_()`: the host's own translations.

use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use super::text::without_tags;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// `_(msg)`
pub fn translate(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "_", &["msg", "lang", "context"], 1)?;
    let (message, lang, of) = (given.value(), given.value(), given.value());
    if !matches!((&lang, &of), (Value::None, Value::None)) {
        return Err(Stop::unsupported("_() with a language or a context"));
    }
    match &message {
        Value::None => Ok(Value::None),
        Value::Str(text) => {
            let known = looked_up(context, text)?;
            Ok(known.map_or_else(|| message.clone(), Value::str))
        }
        _ => Err(Stop::unsupported("_() of a value that is no text")),
    }
}

/// A text in the person's language; the text itself when there is no translation.
///
/// # Errors
/// As [`looked_up`].
pub fn translated<'a>(context: &'a Context, text: &'a str) -> Outcome<&'a str> {
    Ok(looked_up(context, text)?.unwrap_or(text))
}

/// The translation of a text, tags and blanks around it left out.
fn looked_up<'a>(context: &'a Context, text: &str) -> Outcome<Option<&'a str>> {
    let plain = without_tags(text);
    let key = plain.as_deref().unwrap_or(text).trim();
    if !context.translations_known {
        return Err(Stop::Server("server/translations"));
    }
    // An empty translation counts as none.
    Ok(context.messages.get(key).map(String::as_str).filter(|translation| !translation.is_empty()))
}
