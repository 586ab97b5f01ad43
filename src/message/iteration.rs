//! Walking values one item at a time, as Python does: a list that grows while it is walked is walked to its new end, a
//! generator computes an item when it is asked for one, and only once.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use crate::python::{Budget, Dict, Int, List, Object, Outcome, Stop, Value, access};

/// `iter(value)`
#[derive(Debug)]
pub enum Items {
    /// A list and the next index.
    List(Rc<List>, usize),
    /// A dict, the keys that are left, and how many it had.
    Dict(Rc<RefCell<Dict>>, std::vec::IntoIter<Value>, usize),
    /// A range of small numbers: the next, the step, how many are left.
    Range(i64, i64, u64),
    /// A generator.
    Generator(Value),
    /// Anything else, laid out.
    Laid(std::vec::IntoIter<Value>),
}

impl Items {
    /// Starts walking a value.
    ///
    /// # Errors
    /// `TypeError: 'int' object is not iterable`, and the budget's limits.
    pub fn of(value: &Value, budget: &Budget) -> Outcome<Self> {
        match value {
            Value::List(items) => Ok(Self::List(Rc::clone(items), 0)),
            Value::Dict(dict) => {
                let keys = access::iterate(value, budget)?;
                let count = keys.len();
                Ok(Self::Dict(Rc::clone(dict), keys.into_iter(), count))
            }
            Value::Range(range) => match &**range {
                (Int::Small(start), Int::Small(_), Int::Small(step)) => {
                    Ok(Self::Range(*start, *step, access::length(value)? as u64))
                }
                _ => Ok(Self::Laid(access::iterate(value, budget)?.into_iter())),
            },
            value if value.downcast::<Generator>().is_some() => Ok(Self::Generator(value.clone())),
            _ => Ok(Self::Laid(access::iterate(value, budget)?.into_iter())),
        }
    }

    /// `next(iterator)`; `None` at the end.
    ///
    /// # Errors
    /// What the walk raises, and the budget's limits.
    pub fn next(&mut self, budget: &Budget) -> Outcome<Option<Value>> {
        budget.step()?;
        match self {
            Self::List(items, at) => {
                let item = items.borrow().get(*at).cloned();
                *at += usize::from(item.is_some());
                Ok(item)
            }
            Self::Dict(dict, keys, count) => {
                if dict.borrow().len() != *count {
                    return Err(Stop::raise("RuntimeError", "dictionary changed size during iteration"));
                }
                Ok(keys.next())
            }
            Self::Range(next, step, left) => {
                let Some(rest) = left.checked_sub(1) else { return Ok(None) };
                let item = Value::from(*next);
                *left = rest;
                *next = next.saturating_add(*step);
                Ok(Some(item))
            }
            Self::Generator(generator) => match generator.downcast::<Generator>() {
                Some(generator) => generator.next(budget),
                None => Ok(None),
            },
            Self::Laid(items) => Ok(items.next()),
        }
    }

    /// All that is left.
    ///
    /// # Errors
    /// As [`Items::next`].
    pub fn rest(&mut self, budget: &Budget) -> Outcome<Vec<Value>> {
        let mut items = Vec::new();
        while let Some(item) = self.next(budget)? {
            budget.bytes(size_of::<Value>())?;
            items.push(item);
        }
        Ok(items)
    }
}

/// What computes the next item of a generator.
type Next = dyn FnMut(&Budget) -> Outcome<Option<Value>>;

/// A Python generator.
pub struct Generator {
    /// What Python calls it: `generator`, or one of its iterators.
    name: &'static str,
    next: RefCell<Box<Next>>,
}

impl Generator {
    /// A generator of what `next` computes, until it answers `None`.
    pub fn value(next: impl FnMut(&Budget) -> Outcome<Option<Value>> + 'static) -> Value {
        Self::iterator("generator", next)
    }

    /// One of Python's own iterators, by the name of its type.
    pub fn iterator(name: &'static str, next: impl FnMut(&Budget) -> Outcome<Option<Value>> + 'static) -> Value {
        Value::object(Self { name, next: RefCell::new(Box::new(next)) })
    }

    /// `next(generator)`; `None` at the end.
    ///
    /// # Errors
    /// What computing it raises.
    pub fn next(&self, budget: &Budget) -> Outcome<Option<Value>> {
        let mut next = self.next.try_borrow_mut().map_err(|_| Stop::value_error("generator already executing"))?;
        // A generator that reads a generator that reads a generator... takes a part of the stack for each.
        budget.deeper(|| (*next)(budget))
    }
}

thread_local! {
    /// What dropped generators held, while one of them is being dropped.
    static LEFT: RefCell<Option<Vec<Box<Next>>>> = const { RefCell::new(None) };
}

impl Drop for Generator {
    /// One after the other: a template can chain thousands of them, and each would wait on the stack for the one it reads.
    fn drop(&mut self) {
        let own = std::mem::replace(self.next.get_mut(), Box::new(|_| Ok(None)));
        let waits = LEFT.with_borrow_mut(|left| match left {
            Some(left) => {
                left.push(own);
                None
            }
            None => {
                *left = Some(Vec::new());
                Some(own)
            }
        });
        let Some(mut next) = waits else { return };
        loop {
            drop(next);
            match LEFT.with_borrow_mut(|left| left.as_mut().and_then(Vec::pop)) {
                Some(another) => next = another,
                None => break,
            }
        }
        LEFT.set(None);
    }
}

impl std::fmt::Debug for Generator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<generator>")
    }
}

impl Object for Generator {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.name)
    }

    fn is_subscriptable(&self) -> Option<bool> {
        Some(false)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            _ if self.name != "generator" => Ok(None),
            "close" | "send" | "throw" | "gi_code" | "gi_frame" | "gi_running" | "gi_suspended" | "gi_yieldfrom" => {
                Err(Stop::unsupported(format!("generator.{name}")))
            }
            _ => Ok(None),
        }
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        let mut items = Vec::new();
        while let Some(item) = self.next(budget)? {
            budget.step()?;
            budget.bytes(size_of::<Value>())?;
            items.push(item);
        }
        Ok(items)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
