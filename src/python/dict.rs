//! `dict`, and the storage of `set`: entries in the order they came in, keys compared as Python compares them.

use std::rc::Rc;

use super::{Int, Outcome, Value};

/// An insertion-ordered dict (also the storage of a set, with `None` values).
///
/// Keys compare as Python compares them: `1`, `1.0` and `True` are one key.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    entries: Vec<(Value, Value)>,
    index: std::collections::HashMap<Key, usize>,
}

/// What a key hashes and compares by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// `None`
    None,
    /// Any number that equals an integer: `1`, `1.0`, `True`.
    Int(Int),
    /// Any other float, by its bits.
    Float(u64),
    /// `str`
    Str(Rc<str>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// A tuple of keys.
    Tuple(Vec<Key>),
    /// Dates, times and differences: their kind and their distance in microseconds.
    Moment(&'static str, i128),
    /// An object, by identity.
    Identity(usize),
}

impl Dict {
    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a text key.
    pub fn get_str(&self, key: &str) -> Option<&Value> {
        let _ = key;
        None
    }

    /// The value of any key.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn get(&self, key: &Value) -> Outcome<Option<&Value>> {
        let _ = (key, &self.index, Int::from(0));
        Ok(None)
    }

    /// Sets a key, keeping its place when it is there already.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn insert(&mut self, key: Value, value: Value) -> Outcome<()> {
        let _ = (key, value);
        Ok(())
    }

    /// Sets a text key, which always hashes.
    pub fn set(&mut self, key: &str, value: Value) {
        let inserted = self.insert(Value::str(key), value);
        debug_assert!(inserted.is_ok(), "a text hashes");
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = &(Value, Value)> {
        self.entries.iter()
    }
}
