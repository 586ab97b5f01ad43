//! Methods of `dict`.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::signature::{between, none};
use super::super::{Arguments, Budget, Dict, Items, Outcome, Stop, Value, access, item, items, show};
use super::Answer;
use super::view::{Kind, View};

/// `dict.name(arguments)`
pub fn call(dict: &Rc<RefCell<Dict>>, class: &str, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    let full = format!("{class}.{name}");
    let view = |kind: Kind| none(arguments, &full).map(|()| Value::object(View::new(dict, kind)));
    Some(match name {
        "get" => between(arguments, &full, 1, 2).and_then(|given| {
            let dict = dict.borrow();
            let found = given.first().map_or(Ok(None), |key| budget.hash(key).and_then(|()| dict.get(key)))?;
            Ok(found.or(given.get(1)).cloned().unwrap_or(Value::None))
        }),
        "keys" => view(Kind::Keys),
        "values" => view(Kind::Values),
        "items" => view(Kind::Items),
        "copy" => none(arguments, &full).and_then(|()| {
            budget.bytes(dict.borrow().len().saturating_mul(2 * item::ITEM_BYTES))?;
            Ok(Value::dict(dict.borrow().clone()))
        }),
        "clear" => none(arguments, &full).map(|()| {
            let entries = dict.borrow_mut().take();
            drop(entries);
            Value::None
        }),
        "pop" => between(arguments, &full, 1, 2).and_then(|given| pop(dict, given, budget)),
        "popitem" => none(arguments, &full).and_then(|()| match dict.borrow_mut().pop() {
            Some((key, value)) => Ok(Value::tuple(vec![key, value])),
            None => Err(Stop::raise("KeyError", "'popitem(): dictionary is empty'")),
        }),
        "setdefault" => between(arguments, &full, 1, 2).and_then(|given| {
            let key = given.first().unwrap_or(&Value::None);
            budget.hash(key)?;
            if let Some(found) = dict.borrow().get(key)? {
                return Ok(found.clone());
            }
            let value = given.get(1).cloned().unwrap_or(Value::None);
            budget.bytes(2 * item::ITEM_BYTES)?;
            dict.borrow_mut().insert(key.clone(), value.clone())?;
            Ok(value)
        }),
        "update" => update(dict, arguments, budget).map(|()| Value::None),
        "fromkeys" => between(arguments, "dict.fromkeys", 1, 2).and_then(|given| {
            let value = given.get(1).cloned().unwrap_or(Value::None);
            let mut made = Dict::default();
            for key in access::iterate(given.first().unwrap_or(&Value::None), budget)? {
                budget.hash(&key)?;
                made.insert(key, value.clone())?;
            }
            Ok(Value::dict(made))
        }),
        _ => return None,
    })
}

fn pop(dict: &Rc<RefCell<Dict>>, given: &[Value], budget: &Budget) -> Outcome<Value> {
    let key = given.first().unwrap_or(&Value::None);
    budget.steps(dict.borrow().len() as u64)?;
    budget.hash(key)?;
    // An empty dict does not even hash the key.
    let found = if dict.borrow().is_empty() { None } else { dict.borrow_mut().remove(key)? };
    match (found, given.get(1)) {
        (Some((_, value)), _) => Ok(value),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(Stop::raise("KeyError", show::repr(key, budget)?)),
    }
}

/// `dict.update(...)`, which is also what `dict(...)` does to an empty one.
///
/// # Errors
/// `ValueError: dictionary update sequence element #0 has length 1; 2 is required`...
pub fn update(dict: &Rc<RefCell<Dict>>, arguments: &Arguments, budget: &Budget) -> Outcome<()> {
    if let [_, _, ..] = arguments.positional.as_slice() {
        let given = arguments.positional.len();
        return Err(Stop::type_error(format!("update expected at most 1 argument, got {given}")));
    }
    if let Some(source) = arguments.positional.first() {
        merge(dict, source, budget)?;
    }
    for (name, value) in &arguments.keyword {
        budget.step()?;
        dict.borrow_mut().insert(Value::Str(Rc::clone(name)), value.clone())?;
    }
    Ok(())
}

/// Puts in the entries of another dict or of a sequence of pairs.
fn merge(dict: &Rc<RefCell<Dict>>, source: &Value, budget: &Budget) -> Outcome<()> {
    if let Value::Dict(other) = &*source.base() {
        budget.bytes(other.borrow().len().saturating_mul(2 * item::ITEM_BYTES))?;
        let entries: Vec<_> = other.borrow().iter().cloned().collect();
        return entries.into_iter().try_for_each(|(key, value)| {
            budget.hash(&key)?;
            dict.borrow_mut().insert(key, value)
        });
    }
    if let Value::Object(object) = source
        && object.attribute("keys").ok().flatten().is_some()
    {
        return Err(Stop::unsupported("dict of an object"));
    }
    let mut items = Items::of(source, budget)?;
    let mut place = 0_usize;
    while let Some(element) = items.next(budget)? {
        let parts = items::list(&element, budget).map_err(|stop| match &stop {
            // CPython rewords the error of an element that fails on its way, too.
            Stop::Raise(error) if error.kind == "TypeError" => {
                Stop::type_error(format!("cannot convert dictionary update sequence element #{place} to a sequence"))
            }
            _ => stop,
        })?;
        match <[Value; 2]>::try_from(parts) {
            Ok([key, value]) => {
                budget.hash(&key)?;
                dict.borrow_mut().insert(key, value)?;
            }
            Err(parts) => {
                return Err(Stop::value_error(format!(
                    "dictionary update sequence element #{place} has length {}; 2 is required",
                    parts.len()
                )));
            }
        }
        place += 1;
    }
    Ok(())
}
