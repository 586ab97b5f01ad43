//! Walking a value item by item, as CPython's iterators do: a list that grows on the way is walked to its new end, and a
//! dict that does so is an error.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Budget, Dict, Int, List, Outcome, Stop, Tuple, Value, access, compare, dismantle, int, item, show};
use crate::limits;
use crate::python::methods::View;

/// `iter(value)`, to be asked for one item after the other.
#[derive(Debug)]
pub struct Items(Walk);

#[derive(Debug)]
enum Walk {
    List(Rc<List>, usize),
    Tuple(Rc<Tuple>, usize),
    /// Keys as they were at the start, how many are walked, and what is shown of each.
    Dict {
        dict: Rc<RefCell<Dict>>,
        keys: Vec<Value>,
        at: usize,
        view: Option<Value>,
        noun: &'static str,
    },
    Range {
        next: Int,
        step: Int,
        left: Int,
    },
    Laid(std::vec::IntoIter<Value>),
    Iterator(Value),
    /// Asked for its iterator only when its first item is asked for.
    Later(Value),
    Done,
}

impl Drop for Walk {
    fn drop(&mut self) {
        match self {
            Self::Dict { keys, .. } => dismantle(std::mem::take(keys)),
            Self::Laid(items) => dismantle(std::mem::take(items).collect()),
            _ => {}
        }
    }
}

impl Items {
    /// `iter(value)`
    ///
    /// # Errors
    /// `TypeError: 'int' object is not iterable`, and the budget's limits.
    pub fn of(value: &Value, budget: &Budget) -> Outcome<Self> {
        let keys = |dict: &Rc<RefCell<Dict>>| {
            budget.bytes(dict.borrow().len().saturating_mul(item::ITEM_BYTES))?;
            Ok::<Vec<Value>, Stop>(dict.borrow().keys().cloned().collect())
        };
        Ok(Self(match value {
            Value::List(list) => Walk::List(Rc::clone(list), 0),
            Value::Tuple(tuple) => Walk::Tuple(Rc::clone(tuple), 0),
            Value::Dict(dict) => {
                Walk::Dict { dict: Rc::clone(dict), keys: keys(dict)?, at: 0, view: None, noun: "dictionary" }
            }
            Value::Set(set) => {
                // They are put in order.
                budget.steps(2 * set.borrow().len() as u64)?;
                let keys = show::set_in_order(&set.borrow())?;
                Walk::Dict { dict: Rc::clone(set), keys, at: 0, view: None, noun: "Set" }
            }
            Value::Range(range) => {
                let (start, _, step) = &**range;
                Walk::Range { next: start.clone(), step: step.clone(), left: int::range_length(range) }
            }
            Value::Object(object) if object.is_iterator() => Walk::Iterator(value.clone()),
            Value::Object(object) => match (value.downcast::<View>(), object.base()) {
                (Some(view), _) => {
                    let dict = Rc::clone(view.dict());
                    Walk::Dict { keys: keys(&dict)?, dict, at: 0, view: Some(value.clone()), noun: "dictionary" }
                }
                (None, Some(base @ Value::Dict(_))) => return Self::of(&base, budget),
                _ => Walk::Laid(access::iterate(value, budget)?.into_iter()),
            },
            _ => Walk::Laid(access::iterate(value, budget)?.into_iter()),
        }))
    }

    /// As [`Self::of`], but a value that cannot be walked is only found out when the first item is asked for.
    pub fn later(value: Value) -> Self {
        Self(Walk::Later(value))
    }

    /// `next(iterator)`; `None` at the end.
    ///
    /// # Errors
    /// What the iterator raises, and the budget's limits.
    pub fn next(&mut self, budget: &Budget) -> Outcome<Option<Value>> {
        budget.step()?;
        if let Walk::Later(value) = &self.0 {
            *self = Self::of(&value.clone(), budget)?;
        }
        let next = match &mut self.0 {
            Walk::List(list, at) => list.borrow().get(*at).cloned().inspect(|_| *at += 1),
            Walk::Tuple(tuple, at) => tuple.get(*at).cloned().inspect(|_| *at += 1),
            Walk::Dict { dict, keys, at, view, noun } => {
                if dict.borrow().len() != keys.len() {
                    return Err(Stop::raise("RuntimeError", format!("{noun} changed size during iteration")));
                }
                match keys.get(*at) {
                    Some(key) if budget.hash(key).and_then(|()| dict.borrow().contains(key))? => {
                        *at += 1;
                        Some(match view.as_ref().and_then(|view| view.downcast::<View>()) {
                            Some(view) => view.shown(key)?,
                            None => key.clone(),
                        })
                    }
                    None if keys.iter().all(|key| dict.borrow().contains(key).unwrap_or(false)) => None,
                    // CPython may or may not notice, depending on the places of the keys.
                    _ => return Err(Stop::unsupported("a dict whose keys change while it is walked")),
                }
            }
            Walk::Range { next, step, left } => {
                if left.is_zero() {
                    None
                } else {
                    let after = int::add(next, step, budget)?;
                    *left = int::add(left, &Int::Small(-1), budget)?;
                    Some(Value::Int(std::mem::replace(next, after)))
                }
            }
            Walk::Laid(items) => items.next(),
            Walk::Iterator(iterator) => match iterator {
                Value::Object(object) => {
                    let object = Rc::clone(object);
                    budget.deeper(|| object.next(budget))?
                }
                _ => None,
            },
            Walk::Later(_) | Walk::Done => None,
        };
        if next.is_none() {
            // An iterator that has ended stays so, however its list grows.
            self.0 = Walk::Done;
        }
        Ok(next)
    }
}

/// `list(value)`, with the error of an iterator that fails on the way.
///
/// # Errors
/// What the iterator raises, and the budget's limits.
pub fn list(value: &Value, budget: &Budget) -> Outcome<Vec<Value>> {
    match value {
        Value::Object(object) if object.is_iterator() => rest(value, budget),
        _ => access::iterate(value, budget),
    }
}

/// What is left of an iterator.
fn rest(value: &Value, budget: &Budget) -> Outcome<Vec<Value>> {
    let mut items = Items::of(value, budget)?;
    let mut list = Vec::new();
    while let Some(item) = items.next(budget)? {
        budget.bytes(item::ITEM_BYTES)?;
        list.push(item);
    }
    Ok(list)
}

/// What is left of an iterator, for a consumer that may stop or fail before it has seen all.
///
/// # Errors
/// `Unsupported` when the iterator fails behind its first item: the consumer may have failed before.
pub fn rest_or_unknown(mut next: impl FnMut() -> Outcome<Option<Value>>, budget: &Budget) -> Outcome<Vec<Value>> {
    let mut list = Vec::new();
    loop {
        budget.step()?;
        match next() {
            Ok(Some(item)) => {
                budget.bytes(item::ITEM_BYTES)?;
                list.push(item);
            }
            Ok(None) => return Ok(list),
            Err(Stop::Raise(_)) if !list.is_empty() => return Err(Stop::unsupported("an error inside a generator")),
            Err(stop) => return Err(stop),
        }
    }
}

/// [`super::Object::chain`] of an iterator that reads these values.
///
/// # Errors
/// [`Stop::Limit`] when iterators read each other too deeply.
pub fn chain<'a>(of: impl IntoIterator<Item = &'a Value>) -> Outcome<usize> {
    let behind = of.into_iter().filter_map(|value| match value {
        Value::Object(object) => Some(object.chain() + 1),
        _ => None,
    });
    match behind.max().unwrap_or(0) {
        depth if depth < limits::NESTING => Ok(depth),
        _ => Err(Stop::Limit("limit/depth")),
    }
}

/// `item in iterator`: reads up to the item, and leaves what comes behind it.
///
/// # Errors
/// What the iterator or a comparison raises.
pub fn found(mut next: impl FnMut() -> Outcome<Option<Value>>, wanted: &Value, budget: &Budget) -> Outcome<bool> {
    while let Some(item) = next()? {
        budget.step()?;
        if compare::same_or_equal(&item, wanted, budget)? {
            return Ok(true);
        }
    }
    Ok(false)
}
