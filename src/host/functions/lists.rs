//! Lists: `comma_and`, `comma_or`, `unique`, `has_common`...

use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use super::text::{cstr_of, is_space};
use super::translate::translated;
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Dict, Outcome, Stop, Value, access, show};

/// `comma_and(some_list, add_quotes=True)`
pub fn comma_and(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "comma_and", &["some_list", "add_quotes"], 1)?;
    let (list, quotes) = (given.value(), given.option());
    joined(context, &list, translated(context, "{0} and {1}")?, quotes.as_ref(), budget)
}

/// `comma_or(some_list, add_quotes=True)`
pub fn comma_or(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "comma_or", &["some_list", "add_quotes"], 1)?;
    let (list, quotes) = (given.value(), given.option());
    joined(context, &list, translated(context, "{0} or {1}")?, quotes.as_ref(), budget)
}

/// `comma_sep(some_list, pattern, add_quotes=True)`
pub fn comma_sep(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "comma_sep", &["some_list", "pattern", "add_quotes"], 2)?;
    let (list, pattern, quotes) = (given.value(), given.value(), given.option());
    let Value::Str(pattern) = pattern else {
        return Err(Stop::unsupported("comma_sep with a pattern that is no text"));
    };
    joined(context, &list, &pattern, quotes.as_ref(), budget)
}

fn joined(context: &Context, list: &Value, pattern: &str, quotes: Option<&Value>, budget: &Budget) -> Outcome<Value> {
    let Some(mut texts) = texts(list, budget)? else { return Ok(list.clone()) };
    if texts.len() < 2 {
        return Ok(Value::from(texts.pop().unwrap_or_default()));
    }
    if quotes.map_or(Ok(true), operators::truth)? {
        texts = texts.into_iter().map(|text| format!("'{text}'")).collect();
    }
    let last = texts.pop().unwrap_or_default();
    let mut first = Vec::new();
    for text in &texts {
        first.push(translated(context, text)?);
    }
    filled(pattern, &first.join(", "), &last).map(Value::from)
}

/// `pattern.format(first, last)` for a pattern that knows `{0}` and `{1}` alone.
fn filled(pattern: &str, first: &str, last: &str) -> Outcome<String> {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, marked) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        if let Some(after) = marked.strip_prefix("{0}") {
            text.push_str(first);
            rest = after;
        } else if let Some(after) = marked.strip_prefix("{1}") {
            text.push_str(last);
            rest = after;
        } else {
            return Err(Stop::unsupported("a pattern with other marks than {0} and {1}"));
        }
    }
    text.push_str(rest);
    Ok(text)
}

/// The items of a list or tuple as texts; `None` for anything else.
fn texts(list: &Value, budget: &Budget) -> Outcome<Option<Vec<String>>> {
    let items = match list {
        Value::List(_) | Value::Tuple(_) => access::iterate(list, budget)?,
        _ => return Ok(None),
    };
    items.iter().map(|item| show::str(item, budget)).collect::<Outcome<_>>().map(Some)
}

/// `new_line_sep(some_list)`
pub fn new_line_sep(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let list = Given::new(arguments, "new_line_sep", &["some_list"], 1)?.value();
    Ok(texts(&list, budget)?.map_or(list, |texts| Value::from(texts.join("\n "))))
}

/// `filter_strip_join(some_list, sep)`
pub fn filter_strip_join(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "filter_strip_join", &["some_list", "sep"], 2)?;
    let (list, separator) = (given.value(), given.value());
    let mut texts = Vec::new();
    for item in access::iterate(&list, budget)? {
        if operators::truth(&item)? {
            texts.push(cstr_of(&item, budget)?.trim_matches(is_space).to_owned());
        }
    }
    Ok(Value::from(texts.join(&cstr_of(&separator, budget)?)))
}

/// `has_common(l1, l2)`: the elements that both have.
pub fn has_common(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "has_common", &["l1", "l2"], 2)?;
    let (first, second) = (given.value(), given.value());
    let (first, second) = (set(&first, budget)?, set(&second, budget)?);
    operators::binary(Binary::BitAnd, &first, &second, budget)
}

/// `is_subset(list_a, list_b)`
pub fn is_subset(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "is_subset", &["list_a", "list_b"], 2)?;
    let (first, second) = (given.value(), given.value());
    let (first_set, second_set) = (set(&first, budget)?, set(&second, budget)?);
    let common = operators::binary(Binary::BitAnd, &first_set, &second_set, budget)?;
    Ok(Value::Bool(access::length(&common)? == access::length(&first)?))
}

fn set(items: &Value, budget: &Budget) -> Outcome<Value> {
    let mut set = Dict::default();
    for item in access::iterate_unordered(items, budget)? {
        budget.hash(&item)?;
        set.insert(item, Value::None)?;
    }
    Ok(Value::set(set))
}

/// `unique(seq)`: the items in order, without repetitions.
pub fn unique(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let items = Given::new(arguments, "unique", &["seq"], 1)?.value();
    let mut seen = Dict::default();
    for item in access::iterate(&items, budget)? {
        if !seen.contains(&item)? {
            seen.insert(item, Value::None)?;
        }
    }
    Ok(Value::list(seen.keys().cloned().collect()))
}
