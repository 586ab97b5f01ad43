//! Methods of `str` that look for a part of the text: `find`, `count`, `startswith`, `replace`...

use std::rc::Rc;

use super::super::{Arguments, Budget, Outcome, Stop, Value, signature};
use super::Answer;

/// `text.name(arguments)` for the methods of this file.
pub fn call(text: &Rc<str>, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    Some(match name {
        "startswith" | "endswith" => affix(text, name, arguments, budget),
        "find" | "rfind" | "index" | "rindex" | "count" => search(text, name, arguments, budget),
        "replace" => replace(text, arguments, budget),
        "removeprefix" | "removesuffix" => remove(text, name, arguments),
        _ => return None,
    })
}

/// The characters from `start` to `end`, and how many stand before them; `None` when the bounds cross.
fn window(text: &str, start: Option<i64>, end: Option<i64>) -> Option<(&str, i64)> {
    if start.is_none() && end.is_none() {
        return Some((text, 0));
    }
    let length = if text.is_ascii() { text.len() } else { text.chars().count() };
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let place = |index: i64| if index < 0 { index.saturating_add(length).max(0) } else { index };
    let (start, end) = (place(start.unwrap_or(0)), place(end.unwrap_or(length)).min(length));
    if start > end {
        return None;
    }
    let byte = |place: i64| {
        let place = usize::try_from(place).unwrap_or(0);
        if text.is_ascii() { place } else { text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte) }
    };
    Some((text.get(byte(start)..byte(end))?, start))
}

fn search(text: &str, name: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = signature::counted(arguments, &format!("str.{name}"), 1, 3)?;
    let start = signature::bound(given.get(1), true)?;
    let end = signature::bound(given.get(2), true)?;
    let part = match given.first() {
        Some(part) => {
            signature::text(part).ok_or_else(|| Stop::type_error(format!("must be str, not {}", part.error_name())))?
        }
        None => return Err(Stop::unsupported("str.find")),
    };
    budget.steps(text.len() as u64 / 64)?;
    let window = window(text, start, end);
    let characters = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    if name == "count" {
        return Ok(match window {
            None => Value::from(0_i64),
            Some((window, _)) if part.is_empty() => Value::from(characters(window).saturating_add(1)),
            Some((window, _)) => Value::from(window.matches(&*part).count()),
        });
    }
    let found = window.and_then(|(window, before)| {
        let byte = if name.starts_with('r') { window.rfind(&*part) } else { window.find(&*part) };
        Some(before + characters(window.get(..byte?)?))
    });
    match found {
        Some(place) => Ok(Value::from(place)),
        None if name.ends_with("index") => Err(Stop::value_error("substring not found")),
        None => Ok(Value::from(-1_i64)),
    }
}

fn affix(text: &str, name: &str, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = signature::counted(arguments, &format!("str.{name}"), 1, 3)?;
    let start = signature::bound(given.get(1), true)?;
    let end = signature::bound(given.get(2), true)?;
    let window = window(text, start, end).map(|(window, _)| window);
    let holds = |affix: &str| {
        window.is_some_and(
            |window| if name == "startswith" { window.starts_with(affix) } else { window.ends_with(affix) },
        )
    };
    let Some(affix) = given.first() else { return Err(Stop::unsupported(name)) };
    if let Value::Tuple(affixes) = &*affix.base() {
        for affix in affixes.iter() {
            let Some(affix) = signature::text(affix) else {
                return Err(Stop::type_error(format!(
                    "tuple for {name} must only contain str, not {}",
                    affix.error_name()
                )));
            };
            budget.step()?;
            budget.look_through(affix.len())?;
            if holds(&affix) {
                return Ok(Value::Bool(true));
            }
        }
        return Ok(Value::Bool(false));
    }
    match signature::text(affix) {
        Some(affix) => Ok(Value::Bool(holds(&affix))),
        None => {
            Err(Stop::type_error(format!("{name} first arg must be str or a tuple of str, not {}", affix.error_name())))
        }
    }
}

fn replace(text: &Rc<str>, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = signature::between(arguments, "str.replace", 2, 3)?;
    let argument = |place: usize| {
        let value = given.get(place).unwrap_or(&Value::None);
        signature::text(value).ok_or_else(|| {
            Stop::type_error(format!("replace() argument {} must be str, not {}", place + 1, signature::found(value)))
        })
    };
    let (from, to) = (argument(0)?, argument(1)?);
    let most = given.get(2).map_or(Ok(-1), signature::size)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    budget.steps(text.len() as u64 / 64)?;
    // An empty text is found before each character and at the end.
    let found = if from.is_empty() { text.chars().count() + 1 } else { text.matches(&*from).count() };
    let count = found.min(most);
    if count == 0 {
        return Ok(Value::Str(Rc::clone(text)));
    }
    budget.bytes(text.len().saturating_add(count.saturating_mul(to.len())))?;
    Ok(text.replacen(&*from, &to, count).into())
}

fn remove(text: &Rc<str>, name: &str, arguments: &Arguments) -> Outcome<Value> {
    let argument = signature::one(arguments, &format!("str.{name}"))?;
    let affix = signature::text(argument).ok_or_else(|| {
        Stop::type_error(format!("{name}() argument must be str, not {}", signature::found(argument)))
    })?;
    let rest = if name == "removeprefix" { text.strip_prefix(&*affix) } else { text.strip_suffix(&*affix) };
    Ok(rest.map_or_else(|| Value::Str(Rc::clone(text)), Value::str))
}
