//! The storage of `list`, `tuple` and `slice`, and how nested values are taken apart.
//!
//! A text can nest a list ten thousand deep (`{% set ns.x = [ns.x] %}` in a loop). Rust would drop it level by level on
//! the stack; these types take it apart in a loop instead.

use std::cell::RefCell;
use std::ops::Deref;

use super::{Budget, Outcome, Value};

/// The items of a `list`; use it as the `RefCell<Vec<Value>>` that it holds.
#[derive(Debug, Default)]
pub struct List(RefCell<Vec<Value>>);

impl List {
    /// The items, copied so that no borrow spans what is done with them. A copy is cheap, and counted: a comparison that
    /// ends at the first item must not be free however long the list.
    ///
    /// # Errors
    /// The limit on steps.
    pub fn copied(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        let items = self.0.borrow();
        budget.steps(items.len() as u64 / 16)?;
        Ok(items.clone())
    }
}

/// The items of a `tuple`; use it as a slice.
#[derive(Debug, Default)]
pub struct Tuple(Vec<Value>);

/// The bounds of a `slice`, `None` where none was given.
#[derive(Debug)]
pub struct Slice {
    /// `slice.start`
    pub start: Value,
    /// `slice.stop`
    pub stop: Value,
    /// `slice.step`
    pub step: Value,
}

impl List {
    /// A list of these items.
    pub fn new(items: Vec<Value>) -> Self {
        Self(RefCell::new(items))
    }
}

impl Tuple {
    /// A tuple of these items.
    pub fn new(items: Vec<Value>) -> Self {
        Self(items)
    }
}

impl Deref for List {
    type Target = RefCell<Vec<Value>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Deref for Tuple {
    type Target = [Value];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for List {
    fn drop(&mut self) {
        dismantle(std::mem::take(self.0.get_mut()));
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        dismantle(std::mem::take(&mut self.0));
    }
}

impl Drop for Slice {
    fn drop(&mut self) {
        let bounds = [&mut self.start, &mut self.stop, &mut self.step];
        if bounds.iter().any(|bound| holds(bound)) {
            dismantle(bounds.map(|bound| std::mem::replace(bound, Value::None)).into());
        }
    }
}

/// Whether a value may hold others.
pub fn holds(value: &Value) -> bool {
    match value {
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) | Value::Object(_) => true,
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(..) => false,
        Value::Str(_) | Value::Bytes(_) => false,
        Value::Range(_) | Value::Date(_) | Value::DateTime(_) | Value::Time(_) | Value::TimeDelta(_) => false,
    }
}

thread_local! {
    /// What dropped values held, while one of them is being dropped.
    static LEFT: RefCell<Option<Vec<Value>>> = const { RefCell::new(None) };
}

/// Drops values one after the other: each may hold others, and would wait on the stack for them. Whatever keeps values
/// that a text can chain (a list, a scope, an exception) hands them over here when it is dropped itself.
pub fn dismantle(values: Vec<Value>) {
    if !values.iter().any(holds) {
        return;
    }
    // A thread that ends has dropped `LEFT` before the last values: then they are dropped where they are.
    let mut values = Some(values);
    let first = LEFT.try_with(|left| match &mut *left.borrow_mut() {
        Some(left) => {
            left.extend(values.take().unwrap_or_default());
            false
        }
        none => {
            *none = values.take();
            true
        }
    });
    if first == Ok(true) {
        while let Some(value) = LEFT.with_borrow_mut(|left| left.as_mut().and_then(Vec::pop)) {
            drop(value);
        }
        LEFT.set(None);
    }
}
