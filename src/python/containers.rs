//! The storage of `list` and `tuple`, and how nested values are taken apart.
//!
//! A text can nest a list ten thousand deep (`{% set ns.x = [ns.x] %}` in a loop). Rust would drop it level by level on
//! the stack; these types take it apart in a loop instead.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use super::Value;

/// The items of a `list`; use it as the `RefCell<Vec<Value>>` that it holds.
#[derive(Debug, Default)]
pub struct List(RefCell<Vec<Value>>);

/// The items of a `tuple`; use it as a slice.
#[derive(Debug, Default)]
pub struct Tuple(Vec<Value>);

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

/// Drops values without recursing into what they hold.
pub fn dismantle(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value {
            Value::List(list) => {
                if let Some(mut list) = Rc::into_inner(list) {
                    values.append(list.0.get_mut());
                }
            }
            Value::Tuple(tuple) => {
                if let Some(mut tuple) = Rc::into_inner(tuple) {
                    values.append(&mut tuple.0);
                }
            }
            Value::Dict(dict) | Value::Set(dict) => {
                if let Some(dict) = Rc::into_inner(dict) {
                    values.extend(dict.into_inner().take().into_iter().map(|(_, value)| value));
                }
            }
            Value::Object(mut object) => {
                if let Some(object) = Rc::get_mut(&mut object) {
                    object.release(&mut values);
                }
            }
            _ => {}
        }
    }
}
