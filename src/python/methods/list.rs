//! Methods of `list`, and sorting.

use std::rc::Rc;

use super::super::operators::{Comparison, compare, equals};
use super::super::signature::{Signature, between, bound, c_int, none, one, size};
use super::super::{Arguments, Budget, Items, List, Outcome, Stop, Value, access, item};
use super::Answer;

/// `items.name(arguments)`
pub fn call(list: &Rc<List>, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    let full = format!("list.{name}");
    Some(match name {
        "append" => one(arguments, &full).and_then(|value| {
            budget.bytes(item::ITEM_BYTES)?;
            list.borrow_mut().push(value.clone());
            Ok(Value::None)
        }),
        "extend" => one(arguments, &full).and_then(|value| {
            // A list that grows by itself grows once; what an iterator gives is there before it is asked again.
            if matches!(value, Value::Object(object) if object.is_iterator()) {
                let mut items = Items::of(value, budget)?;
                while let Some(item) = items.next(budget)? {
                    budget.bytes(item::ITEM_BYTES)?;
                    list.borrow_mut().push(item);
                }
                return Ok(Value::None);
            }
            let mut items = access::iterate(value, budget)?;
            list.borrow_mut().append(&mut items);
            Ok(Value::None)
        }),
        "insert" => between(arguments, &full, 2, 2).and_then(|given| insert(list, given, budget)),
        "pop" => between(arguments, &full, 0, 1).and_then(|given| pop(list, given, budget)),
        "remove" => one(arguments, &full).and_then(|value| remove(list, value, budget)),
        "index" => between(arguments, &full, 1, 3).and_then(|given| {
            let items = list.copied(budget)?;
            index(&items, given, budget, |shown| format!("{shown} is not in list"))
        }),
        "count" => one(arguments, &full).and_then(|value| {
            let items = list.copied(budget)?;
            count(&items, value, budget)
        }),
        "reverse" => none(arguments, &full).and_then(|()| {
            budget.steps(list.borrow().len() as u64)?;
            list.borrow_mut().reverse();
            Ok(Value::None)
        }),
        "clear" => none(arguments, &full).map(|()| {
            let _ = list.take();
            Value::None
        }),
        "copy" => none(arguments, &full).and_then(|()| {
            budget.bytes(list.borrow().len().saturating_mul(item::ITEM_BYTES))?;
            Ok(Value::list(list.borrow().clone()))
        }),
        "sort" => sort_in_place(list, arguments, budget),
        _ => return None,
    })
}

/// A place from the start, cut to the length.
fn clamp(index: i64, length: usize) -> usize {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let place = if index < 0 { index.saturating_add(length).max(0) } else { index.min(length) };
    usize::try_from(place).unwrap_or(0)
}

fn insert(list: &Rc<List>, given: &[Value], budget: &Budget) -> Outcome<Value> {
    let [index, value] = given else { return Err(Stop::unsupported("list.insert")) };
    let index = size(index)?;
    let mut items = list.borrow_mut();
    budget.bytes(item::ITEM_BYTES)?;
    budget.steps(items.len() as u64 / 16)?;
    let place = clamp(index, items.len());
    items.insert(place, value.clone());
    Ok(Value::None)
}

fn pop(list: &Rc<List>, given: &[Value], budget: &Budget) -> Outcome<Value> {
    let index = given.first().map_or(Ok(-1), size)?;
    let mut items = list.borrow_mut();
    if items.is_empty() {
        return Err(Stop::raise("IndexError", "pop from empty list"));
    }
    budget.steps(items.len() as u64 / 16)?;
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let place = if index < 0 { index.saturating_add(length) } else { index };
    match usize::try_from(place) {
        Ok(place) if place < items.len() => Ok(items.remove(place)),
        _ => Err(Stop::raise("IndexError", "pop index out of range")),
    }
}

fn position(items: &[Value], value: &Value, budget: &Budget) -> Outcome<Option<usize>> {
    budget.steps(items.len() as u64)?;
    for (place, item) in items.iter().enumerate() {
        if equals_or_nan(item, value, budget)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Items count as equal when they are one object, which nobody knows of two `nan`.
fn equals_or_nan(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    match (left, right) {
        (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan() => Err(Stop::unsupported("identity of nan")),
        _ => equals(left, right, budget),
    }
}

fn remove(list: &Rc<List>, value: &Value, budget: &Budget) -> Outcome<Value> {
    let items = list.copied(budget)?;
    match position(&items, value, budget)? {
        Some(place) => {
            list.borrow_mut().remove(place);
            Ok(Value::None)
        }
        None => Err(Stop::value_error("list.remove(x): x not in list")),
    }
}

/// `items.index(value, start, stop)` of a list or a tuple.
///
/// # Errors
/// `ValueError` in the words of `missing`, which is given the value's repr.
pub fn index(items: &[Value], given: &[Value], budget: &Budget, missing: fn(String) -> String) -> Outcome<Value> {
    let Some(value) = given.first() else { return Err(Stop::unsupported("index")) };
    let start = clamp(bound(given.get(1), false)?.unwrap_or(0), items.len());
    let stop = clamp(bound(given.get(2), false)?.unwrap_or(i64::MAX), items.len());
    let window = items.get(start..stop).unwrap_or_default();
    match position(window, value, budget)? {
        Some(place) => Ok(Value::from(start + place)),
        None => Err(Stop::value_error(missing(super::super::show::repr(value, budget)?))),
    }
}

/// `items.count(value)` of a list or a tuple.
///
/// # Errors
/// The budget's limits.
pub fn count(items: &[Value], value: &Value, budget: &Budget) -> Outcome<Value> {
    budget.steps(items.len() as u64)?;
    let mut count = 0;
    for item in items {
        count += i64::from(equals_or_nan(item, value, budget)?);
    }
    Ok(Value::from(count))
}

fn sort_in_place(list: &Rc<List>, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let signature = Signature { name: "sort", parameters: &["key", "reverse"], positional: 0, required: 0 };
    let mut places = signature.bind(arguments)?.into_iter();
    let key = places.next().flatten().unwrap_or(Value::None);
    let reverse = places.next().flatten().map_or(Ok(false), |reverse| Ok(c_int(&reverse)? != 0))?;
    // Whoever looks at the list while it is sorted finds it empty.
    let items = list.take();
    let sorted = match sort(items.clone(), &key, reverse, budget) {
        Ok(sorted) => sorted,
        Err(stop) => {
            budget.unsettle("a list after a sort that failed");
            *list.borrow_mut() = items;
            return Err(stop);
        }
    };
    let untouched = list.borrow().is_empty();
    let dropped = list.replace(sorted);
    drop(dropped);
    if untouched { Ok(Value::None) } else { Err(Stop::value_error("list modified during sort")) }
}

/// Shortest list that CPython sorts by merging runs; below it, it extends one run by binary insertion.
const MERGED: usize = 64;

/// `sorted(items, key=key, reverse=reverse)`; `key` may be `None`.
///
/// # Errors
/// What the comparisons raise, in the order in which CPython makes them; `Unsupported` where a long list shows the
/// order of its merges.
pub fn sort(items: Vec<Value>, key: &Value, reverse: bool, budget: &Budget) -> Outcome<Vec<Value>> {
    let mut pairs = Vec::with_capacity(items.len());
    for item in items {
        let by = match key {
            Value::None => item.clone(),
            function => access::call(function, Arguments::positional(vec![item.clone()]), budget)?,
        };
        pairs.push((by, item));
    }
    // Reversed before and after, so that equal items keep their order.
    if reverse {
        pairs.reverse();
    }
    let mut pairs = if pairs.len() < MERGED { insertion(pairs, budget)? } else { merge(pairs, budget)? };
    if reverse {
        pairs.reverse();
    }
    Ok(pairs.into_iter().map(|(_, item)| item).collect())
}

type Pair = (Value, Value);

fn less(left: Option<&Pair>, right: Option<&Pair>, budget: &Budget) -> Outcome<bool> {
    let (Some((left, _)), Some((right, _))) = (left, right) else { return Ok(false) };
    budget.step()?;
    compare(Comparison::Less, left, right, budget)
}

fn insertion(mut pairs: Vec<Pair>, budget: &Budget) -> Outcome<Vec<Pair>> {
    if pairs.len() < 2 {
        return Ok(pairs);
    }
    let descending = less(pairs.get(1), pairs.first(), budget)?;
    let mut run = 2;
    while run < pairs.len() && less(pairs.get(run), pairs.get(run - 1), budget)? == descending {
        run += 1;
    }
    if descending && let Some(run) = pairs.get_mut(..run) {
        run.reverse();
    }
    for start in run..pairs.len() {
        let (mut low, mut high) = (0, start);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(pairs.get(start), pairs.get(middle), budget)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let pivot = pairs.remove(start);
        pairs.insert(low, pivot);
    }
    Ok(pairs)
}

fn merge(pairs: Vec<Pair>, budget: &Budget) -> Outcome<Vec<Pair>> {
    // Without a total order the result depends on which items are compared.
    if pairs.iter().any(|(by, _)| !is_totally_ordered(by)) {
        return Err(Stop::unsupported("sorting a long list of such items"));
    }
    merged(pairs, budget).map_err(|stop| match stop {
        Stop::Raise(_) => Stop::unsupported("which items of a long list cannot be compared"),
        stop => stop,
    })
}

/// Sorts by merging halves. Rust's own sort takes no answer for a failure, and panics when it is given a wrong one.
fn merged(mut pairs: Vec<Pair>, budget: &Budget) -> Outcome<Vec<Pair>> {
    if pairs.len() < 2 {
        return Ok(pairs);
    }
    let right = pairs.split_off(pairs.len() / 2);
    let mut left = merged(pairs, budget)?.into_iter().peekable();
    let mut right = merged(right, budget)?.into_iter().peekable();
    let mut sorted = Vec::with_capacity(left.len() + right.len());
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        // Of equal items the left one comes first.
        let next = if less(Some(second), Some(first), budget)? { right.next() } else { left.next() };
        sorted.extend(next);
    }
    sorted.extend(left);
    sorted.extend(right);
    Ok(sorted)
}

fn is_totally_ordered(value: &Value) -> bool {
    match value {
        Value::Float(number) => !number.is_nan(),
        Value::Set(_) | Value::Object(_) => false,
        Value::List(items) => items.borrow().iter().all(is_plain),
        Value::Tuple(items) => items.iter().all(is_plain),
        _ => true,
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Float(number) => !number.is_nan(),
        Value::Set(_) | Value::Object(_) | Value::List(_) | Value::Tuple(_) => false,
        _ => true,
    }
}
