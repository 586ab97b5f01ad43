//! Methods of `set`.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::operators::{Binary, sets};
use super::super::signature::{no_keywords, none, one};
use super::super::{Arguments, Budget, Dict, Items, Outcome, Stop, Value, access, item, show};
use super::Answer;

/// `set.name(arguments)`
pub fn call(set: &Rc<RefCell<Dict>>, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    let full = format!("set.{name}");
    Some(match name {
        "add" => one(arguments, &full).and_then(|value| {
            budget.bytes(item::ITEM_BYTES)?;
            budget.hash(value)?;
            if !set.borrow().contains(value)? {
                set.borrow_mut().insert(value.clone(), Value::None)?;
            }
            Ok(Value::None)
        }),
        "discard" | "remove" => one(arguments, &full).and_then(|value| {
            if matches!(value, Value::Set(_)) {
                return Err(Stop::unsupported(full.clone()));
            }
            budget.steps(set.borrow().len() as u64)?;
            budget.hash(value)?;
            let removed = set.borrow_mut().remove(value)?;
            match removed {
                None if name == "remove" => Err(Stop::raise("KeyError", show::repr(value, budget)?)),
                _ => Ok(Value::None),
            }
        }),
        "pop" => none(arguments, &full).and_then(|()| pop(set)),
        "clear" => none(arguments, &full).map(|()| {
            drop(set.borrow_mut().take());
            Value::None
        }),
        "copy" => none(arguments, &full).and_then(|()| {
            budget.bytes(set.borrow().len().saturating_mul(item::ITEM_BYTES))?;
            Ok(Value::set(set.borrow().clone()))
        }),
        "union" | "update" => many(set, &full, arguments, budget, Binary::BitOr).map(|made| keep(set, name, made)),
        "intersection" | "intersection_update" => {
            many(set, &full, arguments, budget, Binary::BitAnd).map(|made| keep(set, name, made))
        }
        "difference" | "difference_update" => {
            many(set, &full, arguments, budget, Binary::Subtract).map(|made| keep(set, name, made))
        }
        "symmetric_difference" | "symmetric_difference_update" => one(arguments, &full)
            .and_then(|_| many(set, &full, arguments, budget, Binary::BitXor))
            .map(|made| keep(set, name, made)),
        "isdisjoint" => one(arguments, &full).and_then(|other| {
            let items = access::iterate_unordered(other, budget)?;
            let set = set.borrow();
            for item in &items {
                budget.hash(item)?;
                if set.contains(item)? {
                    return Ok(Value::Bool(false));
                }
            }
            Ok(Value::Bool(true))
        }),
        "issubset" => one(arguments, &full).and_then(|other| {
            let other = from_iterable(other, budget)?;
            let set = set.borrow();
            holds_all(&other, &set, budget)
        }),
        "issuperset" => one(arguments, &full).and_then(|other| {
            let items = access::iterate_unordered(other, budget)?;
            let set = set.borrow();
            for item in &items {
                budget.hash(item)?;
                if !set.contains(item)? {
                    return Ok(Value::Bool(false));
                }
            }
            Ok(Value::Bool(true))
        }),
        _ => return None,
    })
    .inspect(|outcome| {
        if outcome.is_err() && name.ends_with("update") {
            budget.unsettle("a set after an update that failed");
        }
    })
}

fn holds_all(all: &Dict, part: &Dict, budget: &Budget) -> Outcome<Value> {
    for key in part.keys() {
        budget.hash(key)?;
        if !all.contains(key)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

/// The elements of any iterable as a set.
///
/// # Errors
/// `TypeError: unhashable type: 'list'`...
pub fn from_iterable(value: &Value, budget: &Budget) -> Outcome<Dict> {
    let mut set = Dict::default();
    let mut add = |item: Value| {
        budget.hash(&item)?;
        if set.contains(&item)? { Ok(()) } else { set.insert(item, Value::None) }
    };
    if matches!(value, Value::Object(object) if object.is_iterator()) {
        let mut items = Items::of(value, budget)?;
        while let Some(item) = items.next(budget)? {
            budget.bytes(item::ITEM_BYTES)?;
            add(item)?;
        }
    } else {
        access::iterate_unordered(value, budget)?.into_iter().try_for_each(add)?;
    }
    if matches!(&*value.base(), Value::Set(source) if source.borrow().is_scarred()) {
        set.scar();
    }
    Ok(set)
}

fn pop(set: &Rc<RefCell<Dict>>) -> Outcome<Value> {
    let mut set = set.borrow_mut();
    match set.len() {
        0 => Err(Stop::raise("KeyError", "'pop from an empty set'")),
        1 => Ok(set.pop().map_or(Value::None, |(key, _)| key)),
        _ => Err(Stop::unsupported("order of a set")),
    }
}

/// The set combined with each argument in turn.
fn many(
    set: &Rc<RefCell<Dict>>,
    name: &str,
    arguments: &Arguments,
    budget: &Budget,
    operator: Binary,
) -> Outcome<Dict> {
    no_keywords(arguments, name.strip_prefix("set.").unwrap_or(name))?;
    budget.steps(set.borrow().len() as u64)?;
    let mut made = set.borrow().clone();
    for other in &arguments.positional {
        let is_set = matches!(&*other.base(), Value::Set(_));
        let other = from_iterable(other, budget)?;
        // An iterable that is no set gives its own keys to an intersection, whatever its size.
        let combined = if operator == Binary::BitAnd && !is_set {
            sets(operator, &other, &made, budget).map(|_| intersection(&made, &other))?
        } else {
            sets(operator, &made, &other, budget)?.map(|value| match value {
                Value::Set(set) => Ok(set.borrow().clone()),
                _ => Ok(Dict::default()),
            })
        };
        made = combined.unwrap_or(Ok(Dict::default()))?;
    }
    Ok(made)
}

fn intersection(made: &Dict, other: &Dict) -> Option<Outcome<Dict>> {
    let mut result = Dict::default();
    for key in other.keys() {
        match made.contains(key) {
            Ok(true) => {
                if let Err(stop) = result.insert(key.clone(), Value::None) {
                    return Some(Err(stop));
                }
            }
            Ok(false) => {}
            Err(stop) => return Some(Err(stop)),
        }
    }
    Some(Ok(result))
}

/// The result as a value, or put into the set by the methods that change it.
fn keep(set: &Rc<RefCell<Dict>>, name: &str, made: Dict) -> Value {
    if name.ends_with("update") {
        *set.borrow_mut() = made;
        return Value::None;
    }
    Value::set(made)
}
