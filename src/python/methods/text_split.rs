//! Methods of `str` that take a text apart or put texts together.

use std::rc::Rc;

use super::super::letters::is_space;
use super::super::signature::Signature;
use super::super::{Arguments, Budget, Outcome, Stop, Value, access, item, items, signature};
use super::Answer;

/// `text.name(arguments)` for the methods of this file.
pub fn call(text: &Rc<str>, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    Some(match name {
        "split" | "rsplit" => split(text, name, arguments, budget),
        "splitlines" => splitlines(text, arguments, budget),
        "partition" | "rpartition" => partition(text, name, arguments, budget),
        "strip" | "lstrip" | "rstrip" => strip(text, name, arguments, budget),
        "join" => signature::one(arguments, "str.join").and_then(|items| join(text, items, budget)),
        _ => return None,
    })
}

fn list(parts: Vec<&str>) -> Value {
    Value::list(parts.into_iter().map(Value::str).collect())
}

fn spend(text: &str, parts: usize, budget: &Budget) -> Outcome<()> {
    budget.steps(parts as u64 + text.len() as u64 / 64)?;
    budget.bytes(text.len().saturating_add(parts.saturating_mul(2 * item::ITEM_BYTES)))
}

fn split(text: &str, name: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name, parameters: &["sep", "maxsplit"], positional: 2, required: 0 };
    let mut places = signature.bind(arguments)?.into_iter();
    let separator = places.next().flatten().unwrap_or(Value::None);
    let most = places.next().flatten().map_or(Ok(-1), |value| signature::size(&value))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let from_right = name == "rsplit";
    let mut parts = match &*separator.base() {
        Value::None => {
            spend(text, text.split(is_space).count().min(most), budget)?;
            if from_right { split_space_right(text, most) } else { split_space(text, most) }
        }
        Value::Str(separator) if separator.is_empty() => return Err(Stop::value_error("empty separator")),
        Value::Str(separator) => {
            let count = most.saturating_add(1);
            spend(text, text.matches(&**separator).count().min(most), budget)?;
            if from_right {
                text.rsplitn(count, &**separator).collect()
            } else {
                text.splitn(count, &**separator).collect::<Vec<_>>()
            }
        }
        _ => return Err(Stop::type_error(format!("must be str or None, not {}", separator.error_name()))),
    };
    if from_right {
        parts.reverse();
    }
    Ok(list(parts))
}

fn split_space(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        if parts.len() >= most {
            parts.push(rest);
            break;
        }
        let (part, after) = rest.split_once(is_space).unwrap_or((rest, ""));
        parts.push(part);
        rest = after.trim_start_matches(is_space);
    }
    parts
}

/// The last part first.
fn split_space_right(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        if parts.len() >= most {
            parts.push(rest);
            break;
        }
        let (before, part) = rest.rsplit_once(is_space).unwrap_or(("", rest));
        parts.push(part);
        rest = before.trim_end_matches(is_space);
    }
    parts
}

fn splitlines(text: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "splitlines", parameters: &["keepends"], positional: 1, required: 0 };
    let keep = match signature.bind(arguments)?.into_iter().next().flatten() {
        Some(keep) => signature::c_int(&keep)? != 0,
        None => false,
    };
    spend(text, text.chars().filter(|c| is_line_end(*c)).count(), budget)?;
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.char_indices().find(|(_, c)| is_line_end(*c));
        let (line, with_end) = match end {
            Some((at, '\r')) if rest.get(at + 1..).is_some_and(|after| after.starts_with('\n')) => (at, at + 2),
            Some((at, c)) => (at, at + c.len_utf8()),
            None => (rest.len(), rest.len()),
        };
        lines.push(rest.get(..if keep { with_end } else { line }).unwrap_or_default());
        rest = rest.get(with_end..).unwrap_or_default();
    }
    Ok(list(lines))
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn partition(text: &str, name: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let argument = signature::one(arguments, &format!("str.{name}"))?;
    let separator = signature::text(argument)
        .ok_or_else(|| Stop::type_error(format!("must be str, not {}", argument.error_name())))?;
    if separator.is_empty() {
        return Err(Stop::value_error("empty separator"));
    }
    spend(text, 3, budget)?;
    let parts = if name == "partition" {
        text.split_once(&*separator).map_or([text, "", ""], |(before, after)| [before, &separator, after])
    } else {
        text.rsplit_once(&*separator).map_or(["", "", text], |(before, after)| [before, &separator, after])
    };
    Ok(Value::tuple(parts.into_iter().map(Value::str).collect()))
}

fn strip(text: &Rc<str>, name: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = signature::between(arguments, &format!("str.{name}"), 0, 1)?;
    let characters = match given.first().map(Value::base).as_deref() {
        None | Some(Value::None) => None,
        Some(Value::Str(characters)) => Some(Rc::clone(characters)),
        Some(_) => return Err(Stop::type_error(format!("{name} arg must be None or str"))),
    };
    budget.bytes(text.len())?;
    let width = characters.as_ref().map_or(1, |characters| characters.len() as u64);
    budget.steps((text.len() as u64).saturating_mul(width) / 64)?;
    let drop = |c: char| characters.as_ref().map_or_else(|| is_space(c), |characters| characters.contains(c));
    let mut rest: &str = text;
    if name != "rstrip" {
        rest = rest.trim_start_matches(drop);
    }
    if name != "lstrip" {
        rest = rest.trim_end_matches(drop);
    }
    Ok(if rest.len() == text.len() { Value::Str(Rc::clone(text)) } else { Value::str(rest) })
}

/// `separator.join(items)`
///
/// # Errors
/// `TypeError: sequence item 0: expected str instance, int found`.
pub fn join(separator: &str, items: &Value, budget: &Budget) -> Outcome<Value> {
    if !access::is_iterable(items) {
        return Err(Stop::type_error("can only join an iterable"));
    }
    // CPython lays all out before it looks at the first.
    let items = items::list(items, budget)?;
    let mut parts = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        match signature::text(item) {
            Some(part) => parts.push(part),
            None => {
                return Err(Stop::type_error(format!(
                    "sequence item {place}: expected str instance, {} found",
                    item.error_name()
                )));
            }
        }
    }
    let between = separator.len().saturating_mul(parts.len().saturating_sub(1));
    budget.bytes(parts.iter().fold(between, |sum, part| sum.saturating_add(part.len())))?;
    let mut text = String::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            text.push_str(separator);
        }
        text.push_str(part);
    }
    Ok(text.into())
}
