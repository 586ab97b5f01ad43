//! `value[key]`: indices, slices and keys.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Budget, Dict, Int, Outcome, Slice, Stop, Value, int, operators, show};

/// What one place in a list, tuple or dict is counted as.
pub const ITEM_BYTES: usize = 32;

/// Where a sequence counts an index from and how it words errors.
struct Words {
    /// `list indices must be integers or slices, not str`
    indices: &'static str,
    /// `list index out of range`
    range: &'static str,
}

const LIST: Words = Words { indices: "list", range: "list index out of range" };
const TUPLE: Words = Words { indices: "tuple", range: "tuple index out of range" };
const RANGE: Words = Words { indices: "range", range: "range object index out of range" };
const BYTES: Words = Words { indices: "byte", range: "index out of range" };
const STR: Words = Words { indices: "string", range: "string index out of range" };

/// `value[key]`
///
/// # Errors
/// What Python raises.
pub fn get(value: &Value, key: &Value, budget: &Budget) -> Outcome<Value> {
    match value {
        Value::Object(object) => object.item(key, budget),
        Value::Dict(dict) => lookup(&dict.borrow(), key, budget),
        Value::List(items) => match &*key.base() {
            Value::Slice(slice) => {
                let items = items.borrow();
                Ok(Value::list(slice_items(&items, slice, budget)?))
            }
            key => {
                let items = items.borrow();
                let place = index(key, items.len(), &LIST)?;
                items.get(place).cloned().ok_or_else(|| out_of_range(&LIST))
            }
        },
        Value::Tuple(items) => match &*key.base() {
            Value::Slice(slice) => Ok(Value::tuple(slice_items(items, slice, budget)?)),
            key => {
                let place = index(key, items.len(), &TUPLE)?;
                items.get(place).cloned().ok_or_else(|| out_of_range(&TUPLE))
            }
        },
        Value::Str(text) => str_item(text, &key.base(), budget),
        Value::Bytes(bytes) => match &*key.base() {
            Value::Slice(slice) => {
                let places = places(slice, bytes.len(), budget)?;
                budget.bytes(bytes.len())?;
                Ok(Value::Bytes(places.filter_map(|place| bytes.get(place).copied()).collect()))
            }
            key => {
                let place = index(key, bytes.len(), &BYTES)?;
                let byte = bytes.get(place).ok_or_else(|| out_of_range(&BYTES))?;
                Ok(Value::from(i64::from(*byte)))
            }
        },
        Value::Range(range) => range_item(range, &key.base(), budget),
        _ => Err(Stop::type_error(format!("'{}' object is not subscriptable", value.error_name()))),
    }
}

/// `dict[key]`
///
/// # Errors
/// `KeyError`, `TypeError: unhashable type: 'list'`.
pub fn lookup(dict: &Dict, key: &Value, budget: &Budget) -> Outcome<Value> {
    budget.hash(key)?;
    match dict.get(key)? {
        Some(value) => Ok(value.clone()),
        None => Err(Stop::raise("KeyError", show::repr(key, budget)?)),
    }
}

fn out_of_range(words: &Words) -> Stop {
    Stop::raise("IndexError", words.range)
}

/// An index as a place from the start; past the end when it is out of range.
fn index(key: &Value, length: usize, words: &Words) -> Outcome<usize> {
    let place = position(key, i64::try_from(length).unwrap_or(i64::MAX), words)?;
    usize::try_from(place).map_err(|_| out_of_range(words))
}

/// The place that an index means, from the start; a range is longer than memory.
fn position(key: &Value, length: i64, words: &Words) -> Outcome<i64> {
    let Some(index) = operators::as_int(key) else {
        // CPython 3.11 quotes the type for texts only.
        let name = key.error_name();
        return Err(Stop::type_error(if words.indices == "string" {
            format!("string indices must be integers, not '{name}'")
        } else {
            format!("{} indices must be integers or slices, not {name}", words.indices)
        }));
    };
    let Some(index) = index.to_i64() else {
        // Only a range counts past the size of memory.
        let range = words.indices == "range";
        return Err(Stop::raise(
            "IndexError",
            if range { words.range } else { "cannot fit 'int' into an index-sized integer" },
        ));
    };
    let place = if index < 0 { index.saturating_add(length) } else { index };
    if place < 0 { Err(out_of_range(words)) } else { Ok(place) }
}

fn str_item(text: &Rc<str>, key: &Value, budget: &Budget) -> Outcome<Value> {
    // Only ASCII text can be indexed without counting its characters.
    let ascii = text.is_ascii();
    budget.look_through(text.len())?;
    let length = if ascii { text.len() } else { text.chars().count() };
    if let Value::Slice(slice) = key {
        let places = places(slice, length, budget)?;
        budget.bytes(text.len())?;
        if ascii {
            let bytes = text.as_bytes();
            return Ok(places
                .filter_map(|place| bytes.get(place))
                .map(|byte| char::from(*byte))
                .collect::<String>()
                .into());
        }
        budget.bytes(text.len().saturating_mul(4))?;
        let characters: Vec<char> = text.chars().collect();
        return Ok(places.filter_map(|place| characters.get(place)).collect::<String>().into());
    }
    let place = index(key, length, &STR)?;
    let character =
        if ascii { text.as_bytes().get(place).map(|byte| char::from(*byte)) } else { text.chars().nth(place) };
    character.map(|character| Value::str(character.encode_utf8(&mut [0; 4]))).ok_or_else(|| out_of_range(&STR))
}

fn range_item(range: &(Int, Int, Int), key: &Value, budget: &Budget) -> Outcome<Value> {
    let length = int::range_length(range);
    let at = |place: i64| -> Outcome<Int> {
        int::add(&range.0, &int::multiply(&Int::Small(place), &range.2, budget)?, budget)
    };
    let Some(size) = length.to_i64() else { return Err(Stop::unsupported("very long range")) };
    if let Value::Slice(slice) = key {
        let (start, stop, step) = bounds(slice, size)?;
        let step = int::multiply(&range.2, &Int::Small(step), budget)?;
        return Ok(Value::Range(Rc::new((at(start)?, at(stop)?, step))));
    }
    let place = position(key, size, &RANGE)?;
    if place < size { Ok(Value::Int(at(place)?)) } else { Err(out_of_range(&RANGE)) }
}

fn slice_items(items: &[Value], slice: &Slice, budget: &Budget) -> Outcome<Vec<Value>> {
    let places = places(slice, items.len(), budget)?;
    Ok(places.filter_map(|place| items.get(place).cloned()).collect())
}

/// `slice.indices(length)`
///
/// # Errors
/// `ValueError: slice step cannot be zero`, and the `TypeError` of a bound that is no integer.
pub fn bounds(slice: &Slice, length: i64) -> Outcome<(i64, i64, i64)> {
    let step = match bound(&slice.step)? {
        Some(0) => return Err(Stop::value_error("slice step cannot be zero")),
        Some(step) => step.max(-i64::MAX),
        None => 1,
    };
    let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let place = |value: Option<i64>, default: i64| match value {
        None => default,
        Some(value) if value < 0 => value.saturating_add(length).max(low),
        Some(value) => value.min(high),
    };
    let (first, last) = if step < 0 { (high, low) } else { (low, high) };
    Ok((place(bound(&slice.start)?, first), place(bound(&slice.stop)?, last), step))
}

/// One bound of a slice; what does not fit 64 bits is as far as one can go.
fn bound(value: &Value) -> Outcome<Option<i64>> {
    let value: Cow<'_, Value> = value.base();
    if matches!(&*value, Value::None) {
        return Ok(None);
    }
    let Some(number) = operators::as_int(&value) else {
        return Err(Stop::type_error("slice indices must be integers or None or have an __index__ method"));
    };
    Ok(Some(number.to_i64().unwrap_or(if number.is_negative() { i64::MIN } else { i64::MAX })))
}

/// The places that a slice takes from a sequence. Their storage is spent.
pub fn places(slice: &Slice, length: usize, budget: &Budget) -> Outcome<impl Iterator<Item = usize> + use<>> {
    let (start, stop, step) = bounds(slice, i64::try_from(length).unwrap_or(i64::MAX))?;
    let range = (Int::Small(start), Int::Small(stop), Int::Small(step));
    let count = int::range_length(&range).to_i64().unwrap_or(0);
    budget.bytes(usize::try_from(count).unwrap_or(0).saturating_mul(ITEM_BYTES))?;
    budget.steps(count.unsigned_abs())?;
    Ok((0..count).filter_map(move |place| usize::try_from(start + place * step).ok()))
}
