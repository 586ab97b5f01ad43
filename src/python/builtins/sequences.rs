//! `all`, `any`, `len`, `max`, `min`, `range`, `sorted`, `sum`.

use std::rc::Rc;

use super::super::methods::sort;
use super::super::operators::{self, Binary, Comparison};
use super::super::signature::{Signature, between, c_int, no_keywords, one, size};
use super::super::{Arguments, Budget, Int, Items, Outcome, Stop, Value, access, items as walk, show};

/// The items, and whether their order is CPython's.
fn items(value: &Value, budget: &Budget) -> Outcome<(Vec<Value>, bool)> {
    if let Value::Set(set) = value {
        let known = show::set_in_order(&set.borrow()).is_ok();
        if !known {
            return Ok((access::iterate_unordered(value, budget)?, false));
        }
    }
    Ok((access::iterate(value, budget)?, true))
}

/// As [`items`], one after the other: an item is used before the next one is made.
fn walked(value: &Value, budget: &Budget) -> Outcome<(Items, bool)> {
    if let Value::Set(_) = value {
        let (items, known) = items(value, budget)?;
        return Ok((Items::of(&Value::tuple(items), budget)?, known));
    }
    Ok((Items::of(value, budget)?, true))
}

/// An error that depends on an order that is not known.
fn unordered(stop: Stop, known: bool) -> Stop {
    if known || !matches!(stop, Stop::Raise(_)) { stop } else { Stop::unsupported("order of a set") }
}

/// `all(iterable)`
pub fn all(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let value = one(arguments, "all")?;
    if matches!(value, Value::Set(_)) {
        for item in access::iterate_unordered(value, budget)? {
            if !operators::truth(&item)? {
                return Ok(Value::Bool(false));
            }
        }
        return Ok(Value::Bool(true));
    }
    let mut items = Items::of(value, budget)?;
    while let Some(item) = items.next(budget)? {
        if !operators::truth(&item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

/// `any(iterable)`
pub fn any(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let value = one(arguments, "any")?;
    if matches!(value, Value::Set(_)) {
        for item in access::iterate_unordered(value, budget)? {
            if operators::truth(&item)? {
                return Ok(Value::Bool(true));
            }
        }
        return Ok(Value::Bool(false));
    }
    let mut items = Items::of(value, budget)?;
    while let Some(item) = items.next(budget)? {
        if operators::truth(&item)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

/// `len(value)`
pub fn len(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    access::length(one(arguments, "len")?).map(Value::from)
}

/// `max(...)`
pub fn max(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    extreme(arguments, "max", Comparison::Greater, budget)
}

/// `min(...)`
pub fn min(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    extreme(arguments, "min", Comparison::Less, budget)
}

fn extreme(arguments: &Arguments, name: &str, better: Comparison, budget: &Budget) -> Outcome<Value> {
    let given = &arguments.positional;
    if given.is_empty() {
        return Err(Stop::type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    let (mut key, mut default) = (Value::None, None);
    for (keyword, value) in &arguments.keyword {
        match &**keyword {
            "key" => key = value.clone(),
            "default" => default = Some(value.clone()),
            _ => return Err(Stop::type_error(format!("'{keyword}' is an invalid keyword argument for {name}()"))),
        }
    }
    let (mut items, known) = match given.as_slice() {
        [iterable] => walked(iterable, budget)?,
        _ if default.is_some() => {
            return Err(Stop::type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            )));
        }
        several => (Items::of(&Value::tuple(several.to_vec()), budget)?, true),
    };
    if !known && !matches!(key, Value::None) {
        return Err(Stop::unsupported("order of a set"));
    }
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = items.next(budget)? {
        budget.step()?;
        let by = match &key {
            Value::None => item.clone(),
            function => access::call(function, Arguments::positional(vec![item.clone()]), budget)?,
        };
        let takes = match &best {
            None => true,
            Some((so_far, _)) => {
                operators::compare(better, &by, so_far, budget).map_err(|stop| unordered(stop, known))?
            }
        };
        if takes {
            best = Some((by, item));
        }
    }
    match (best, default) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(Stop::value_error(format!("{name}() arg is an empty sequence"))),
    }
}

/// `range(stop)`, `range(start, stop, step)`
pub fn range(arguments: &Arguments, _budget: &Budget) -> Outcome<Value> {
    let mut bounds = Vec::new();
    for value in between(arguments, "range", 1, 3)? {
        match operators::as_int(&value.base()) {
            Some(number) => bounds.push(number),
            None => return size(value).map(Value::from),
        }
    }
    let range = match <[Int; 1]>::try_from(bounds) {
        Ok([stop]) => (Int::Small(0), stop, Int::Small(1)),
        Err(bounds) => {
            let mut bounds = bounds.into_iter();
            let mut next = || bounds.next();
            let (start, stop) = (next().unwrap_or(Int::Small(0)), next().unwrap_or(Int::Small(0)));
            (start, stop, next().unwrap_or(Int::Small(1)))
        }
    };
    if range.2.is_zero() {
        return Err(Stop::value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Rc::new(range)))
}

/// `sorted(iterable, key=None, reverse=False)`
pub fn sorted(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let [iterable] = arguments.positional.as_slice() else {
        let given = arguments.positional.len();
        return Err(Stop::type_error(format!("sorted expected 1 argument, got {given}")));
    };
    // What is sorted is listed first.
    let (items, known) = match iterable {
        Value::Object(_) => (walk::list(iterable, budget)?, true),
        _ => items(iterable, budget)?,
    };
    let signature = Signature { name: "sort", parameters: &["key", "reverse"], positional: 0, required: 0 };
    let keyword = Arguments { positional: Vec::new(), keyword: arguments.keyword.clone() };
    let mut places = signature.bind(&keyword)?.into_iter();
    let key = places.next().flatten().unwrap_or(Value::None);
    let reverse = places.next().flatten().map_or(Ok(false), |reverse| Ok(c_int(&reverse)? != 0))?;
    if !known && !matches!(key, Value::None) {
        return Err(Stop::unsupported("order of a set"));
    }
    sort(items, &key, reverse, budget).map(Value::list).map_err(|stop| unordered(stop, known))
}

/// `sum(iterable, start=0)`
pub fn sum(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "sum", parameters: &["", "start"], positional: 2, required: 1 };
    let mut places = signature.bind(arguments)?.into_iter();
    let iterable = places.next().flatten().unwrap_or(Value::None);
    let start = places.next().flatten().unwrap_or(Value::from(0_i64));
    let (mut items, known) = walked(&iterable, budget)?;
    let what = match &start {
        Value::Str(_) => Some("strings [use ''.join(seq)"),
        Value::Bytes(_) => Some("bytes [use b''.join(seq)"),
        _ => None,
    };
    if let Some(what) = what {
        return Err(Stop::type_error(format!("sum() can't sum {what} instead]")));
    }
    let mut total = start;
    while let Some(item) = items.next(budget)? {
        // Whole numbers have one sum in any order.
        if !known && !matches!(item, Value::Int(_) | Value::Bool(_)) {
            return Err(Stop::unsupported("order of a set"));
        }
        total = operators::binary(Binary::Add, &total, &item, budget)?;
    }
    Ok(total)
}

/// Positional arguments of a type that takes at most one: `list`, `tuple`, `set`.
pub fn at_most_one<'a>(arguments: &'a Arguments, name: &str) -> Outcome<Option<&'a Value>> {
    no_keywords(arguments, name)?;
    Ok(between(arguments, name, 0, 1)?.first())
}
