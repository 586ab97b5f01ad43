//! `dict`, and the storage of `set`: entries in the order they came in, keys compared as Python compares them.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Int, Outcome, Stop, Value, containers};
use crate::limits;

/// An insertion-ordered dict (also the storage of a set, with `None` values).
///
/// Keys compare as Python compares them: `1`, `1.0` and `True` are one key.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    entries: Vec<(Value, Value)>,
    /// Where the text keys are; apart from the others so that a `&str` finds its entry without an allocation.
    texts: HashMap<Rc<str>, usize>,
    others: HashMap<Key, usize>,
    /// Something was taken out. In CPython it may have pushed what came after it to another place of the table.
    scarred: bool,
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
    /// A `complex` that is no other number, by the bits of its parts.
    Complex(u64, u64),
    /// `str`
    Str(Rc<str>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// A tuple of keys.
    Tuple(Vec<Key>),
    /// Dates, times and differences: their kind and their distance in microseconds.
    Moment(&'static str, i128),
    /// `range`: its length, first item and step, as far as they matter.
    Range(Int, Option<Int>, Option<Int>),
    /// An object of a class whose instances are all equal.
    Class(&'static str),
    /// An object, by identity.
    Identity(usize),
}

impl Key {
    /// The key that a value is.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`; `Unsupported` for a `nan`, which hashes by its address.
    pub fn of(value: &Value) -> Outcome<Self> {
        Self::at_depth(value, 0)
    }

    fn at_depth(value: &Value, depth: usize) -> Outcome<Self> {
        Ok(match value {
            Value::None => Self::None,
            Value::Bool(value) => Self::Int(Int::Small((*value).into())),
            Value::Int(value) => Self::Int(value.clone()),
            Value::Float(value) if value.is_nan() => return Err(Stop::unsupported("hash of nan")),
            Value::Float(value) => match Int::from_f64(*value) {
                Some(int) if value.fract() == 0.0 => Self::Int(int),
                _ => Self::Float(value.to_bits()),
            },
            Value::Complex(real, imag) if real.is_nan() || imag.is_nan() => {
                return Err(Stop::unsupported("hash of nan"));
            }
            Value::Complex(real, imag) if *imag == 0.0 => return Self::at_depth(&Value::Float(*real), depth),
            // Both zeros are one.
            Value::Complex(real, imag) => Self::Complex((real + 0.0).to_bits(), imag.to_bits()),
            Value::Str(text) => Self::Str(Rc::clone(text)),
            Value::Bytes(bytes) => Self::Bytes(Rc::clone(bytes)),
            Value::Tuple(_) if depth >= limits::NESTING => return Err(Stop::Limit("limit/depth")),
            Value::Tuple(items) => {
                Self::Tuple(items.iter().map(|item| Self::at_depth(item, depth + 1)).collect::<Outcome<_>>()?)
            }
            Value::Date(date) => Self::Moment("date", date.ordinal().into()),
            Value::DateTime(moment) => Self::Moment("datetime", moment.microseconds()),
            Value::Time(time) => Self::Moment("time", time.microseconds()),
            Value::TimeDelta(delta) => Self::Moment("timedelta", delta.microseconds),
            Value::Range(range) => {
                let length = super::int::range_length(range);
                let first = (length != Int::Small(0)).then(|| range.0.clone());
                let step = (!matches!(length, Int::Small(0 | 1))).then(|| range.2.clone());
                Self::Range(length, first, step)
            }
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) => return Err(unhashable(value)),
            Value::Object(object) => match object.is_known().map(|()| object.base())? {
                _ if let Some(aware) = value.downcast::<super::datetime::Aware>() => {
                    return Ok(Self::Moment("aware", aware.instant()));
                }
                _ if !object.hashable() => return Err(unhashable(value)),
                Some(base) => return Self::at_depth(&base, depth).map_err(|stop| rename(stop, value)),
                None => match object.hashes_as() {
                    Some(class) => Self::Class(class),
                    None => Self::Identity(Rc::as_ptr(object).cast::<()>() as usize),
                },
            },
        })
    }
}

fn unhashable(value: &Value) -> Stop {
    Stop::type_error(format!("unhashable type: '{}'", value.error_name()))
}

/// A subclass of `dict` is unhashable under its own name, a subclass of `tuple` for what it holds.
fn rename(stop: Stop, value: &Value) -> Stop {
    let tuple = matches!(value.base().as_ref(), Value::Tuple(_));
    if matches!(stop, Stop::Raise(_)) && !tuple { unhashable(value) } else { stop }
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
        self.texts.get(key).and_then(|&place| self.entries.get(place)).map(|(_, value)| value)
    }

    /// Where a key stands.
    fn place(&self, key: &Value) -> Outcome<Option<usize>> {
        Ok(match key {
            Value::Str(text) => self.texts.get(text).copied(),
            _ => match Key::of(key)? {
                Key::Str(text) => self.texts.get(&text).copied(),
                key => self.others.get(&key).copied(),
            },
        })
    }

    /// The value of any key.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn get(&self, key: &Value) -> Outcome<Option<&Value>> {
        Ok(self.place(key)?.and_then(|place| self.entries.get(place)).map(|(_, value)| value))
    }

    /// Whether there is such a key.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn contains(&self, key: &Value) -> Outcome<bool> {
        Ok(self.place(key)?.is_some())
    }

    /// Sets a key, keeping its place (and the first key's own form) when it is there already.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn insert(&mut self, key: Value, value: Value) -> Outcome<()> {
        if let Some(entry) = self.place(&key)?.and_then(|place| self.entries.get_mut(place)) {
            entry.1 = value;
            return Ok(());
        }
        let place = self.entries.len();
        match Key::of(&key)? {
            Key::Str(text) => self.texts.insert(text, place),
            key => self.others.insert(key, place),
        };
        self.entries.push((key, value));
        Ok(())
    }

    /// Sets a text key, which always hashes.
    pub fn set(&mut self, key: &str, value: Value) {
        let inserted = self.insert(Value::str(key), value);
        debug_assert!(inserted.is_ok(), "a text hashes");
    }

    /// Whether something was taken out since the dict was last empty, which a set's order can show.
    pub fn is_scarred(&self) -> bool {
        self.scarred
    }

    /// Says that the operation that made this takes elements out on the host.
    pub fn scar(&mut self) {
        self.scarred = true;
    }

    /// Takes a key out. Costs the length of the dict: spend that many steps first.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn remove(&mut self, key: &Value) -> Outcome<Option<(Value, Value)>> {
        let Some(place) = self.place(key)? else { return Ok(None) };
        self.scarred = true;
        let entry = self.entries.remove(place);
        self.texts.retain(|_, at| *at != place);
        self.others.retain(|_, at| *at != place);
        for at in self.texts.values_mut().chain(self.others.values_mut()) {
            if *at > place {
                *at -= 1;
            }
        }
        Ok(Some(entry))
    }

    /// Takes the last entry out.
    pub fn pop(&mut self) -> Option<(Value, Value)> {
        self.scarred = true;
        let entry = self.entries.pop()?;
        match Key::of(&entry.0).ok()? {
            Key::Str(text) => self.texts.remove(&text),
            key => self.others.remove(&key),
        };
        Some(entry)
    }

    /// Takes all entries out.
    pub fn take(&mut self) -> Vec<(Value, Value)> {
        self.scarred = false;
        self.texts.clear();
        self.others.clear();
        std::mem::take(&mut self.entries)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &(Value, Value)> + ExactSizeIterator {
        self.entries.iter()
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| key)
    }
}

impl Drop for Dict {
    fn drop(&mut self) {
        // A key holds others too: a view holds its dict, a method its list.
        if self.entries.iter().any(|(key, value)| containers::holds(key) || containers::holds(value)) {
            containers::dismantle(self.take().into_iter().flat_map(|(key, value)| [key, value]).collect());
        }
    }
}
