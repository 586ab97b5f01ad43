//! Makes a failing call smaller, so that the difference can be seen at a glance.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::{Map, Value as Json, json};

/// More rounds than any call of the generators has parts.
const ROUNDS: usize = 60;

/// The smallest call that still `differs` and that can be reached by leaving parts out or making them simpler, one step
/// at a time. `answered` asks the reference and gives back the calls with its answers.
pub fn smallest(case: &Json, answered: fn(&[Json]) -> Vec<Json>, differs: impl Fn(&Json) -> bool) -> Json {
    let mut case = case.clone();
    for _ in 0..ROUNDS {
        let mut calls = simpler_calls(&case);
        calls.sort_by_key(|call| call.to_string().len());
        match answered(&calls).into_iter().find(&differs) {
            Some(simpler) => case = simpler,
            None => break,
        }
    }
    case
}

fn simpler_calls(case: &Json) -> Vec<Json> {
    let arguments = case["args"].as_array().unwrap();
    let keyword = case["kw"].as_object().cloned().unwrap_or_default();
    let call =
        |arguments: Vec<Json>, keyword: Map<String, Json>| json!({"op": case["op"], "args": arguments, "kw": keyword});
    let mut calls = Vec::new();
    for (place, argument) in arguments.iter().enumerate() {
        // An operator has all of its operands.
        if place > 0 && case["op"].as_str().is_some_and(|op| op.contains(':')) {
            let mut fewer = arguments.clone();
            fewer.remove(place);
            calls.push(call(fewer, keyword.clone()));
        }
        for simpler in simpler_values(argument) {
            let mut other = arguments.clone();
            other[place] = simpler;
            calls.push(call(other, keyword.clone()));
        }
    }
    for name in keyword.keys() {
        let mut fewer = keyword.clone();
        fewer.remove(name);
        calls.push(call(arguments.clone(), fewer));
    }
    calls
}

/// Values of the same kind (as `python_values.py` writes them) that are shorter or rounder.
fn simpler_values(value: &Json) -> Vec<Json> {
    if let Some(text) = value.as_str() {
        return without_one(&text.chars().collect::<Vec<_>>()).map(|left| json!(String::from_iter(left))).collect();
    }
    let Some((kind, inner)) = value.as_object().and_then(|object| object.iter().next()) else { return Vec::new() };
    let wrapped = |inner: Json| json!({kind: inner});
    match kind.as_str() {
        "i" => {
            let digits = inner.as_str().unwrap();
            let shorter = digits.get(..digits.len() / 2).filter(|half| half.parse::<i128>().is_ok());
            ["0", "1"]
                .into_iter()
                .chain(shorter)
                .filter(|other| other.len() < digits.len())
                .map(|other| wrapped(json!(other)))
                .collect()
        }
        "l" | "t" | "s" | "d" => {
            let items = inner.as_array().unwrap();
            let mut simpler: Vec<Json> = without_one(items).map(|left| wrapped(json!(left))).collect();
            for (place, item) in items.iter().enumerate().filter(|_| kind == "l" || kind == "t") {
                for other in simpler_values(item) {
                    let mut items = items.clone();
                    items[place] = other;
                    simpler.push(wrapped(Json::Array(items)));
                }
            }
            simpler
        }
        _ => Vec::new(),
    }
}

/// The items without each of them in turn.
fn without_one<T: Clone>(items: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    (0..items.len()).map(|place| [&items[..place], &items[place + 1..]].concat())
}
