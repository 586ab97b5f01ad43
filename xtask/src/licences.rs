//! The licences of every crate that ends up in `pkg/`, against the list in `deny.toml`.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::workspace::{Outcome, cargo, path, read};

/// How many crates were looked at; fails with one line per crate whose licence is not on the list.
pub fn check() -> Outcome<usize> {
    let deny = String::from_utf8_lossy(&read(&path("deny.toml"))?).into_owned();
    let allowed = allowed(&deny);
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
    let output = cargo(&arguments).output().map_err(|error| format!("could not start cargo metadata: {error}"))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).trim().to_owned())?;
    let packaged = packaged(&metadata);
    let bad: Vec<String> = entries(&metadata, "/packages")
        .filter(|package| packaged.contains(text(package, "id")))
        .filter(|package| !satisfied(text(package, "license"), &allowed))
        .map(|package| {
            format!("{} {}: {:?}", text(package, "name"), text(package, "version"), text(package, "license"))
        })
        .collect();
    match (bad.is_empty(), packaged.len()) {
        (true, count) if count > 1 => Ok(count),
        (true, _) => Err("cargo metadata names no dependency of deskbell".to_owned()),
        (false, _) => Err(format!("not on the list of deny.toml:\n{}", bad.join("\n"))),
    }
}

/// The strings of `allow = [...]`.
fn allowed(deny: &str) -> HashSet<&str> {
    let list = deny.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).collect()
}

/// The ids of deskbell and of everything it links, without what only its build or its tests use.
fn packaged(metadata: &Value) -> HashSet<&str> {
    let nodes: HashMap<&str, &Value> =
        entries(metadata, "/resolve/nodes").map(|node| (text(node, "id"), node)).collect();
    let ours = entries(metadata, "/packages").find(|package| text(package, "name") == "deskbell");
    let mut reached = HashSet::new();
    let mut open: Vec<&str> = ours.map(|package| text(package, "id")).into_iter().collect();
    while let Some(id) = open.pop() {
        if !reached.insert(id) {
            continue;
        }
        let linked = nodes.get(id).into_iter().flat_map(|node| entries(node, "/deps")).filter(|dependency| {
            entries(dependency, "/dep_kinds").any(|kind| kind.get("kind").is_none_or(Value::is_null))
        });
        open.extend(linked.map(|dependency| text(dependency, "pkg")));
    }
    reached
}

fn entries<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether an SPDX expression can be met with the allowed licences; `/` is the old spelling of `OR`.
fn satisfied(expression: &str, allowed: &HashSet<&str>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let met = any(&mut words, allowed);
    met && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

/// `all OR all ...`
fn any(words: &mut Words<'_>, allowed: &HashSet<&str>) -> bool {
    let mut met = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words, allowed);
    }
    met
}

/// `one AND one ...`
fn all(words: &mut Words<'_>, allowed: &HashSet<&str>) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

/// A licence, perhaps with an exception (which only grants more), or an expression in parentheses.
fn one(words: &mut Words<'_>, allowed: &HashSet<&str>) -> bool {
    match words.next() {
        Some("(") => any(words, allowed) && words.next() == Some(")"),
        Some(licence) => {
            if words.next_if_eq(&"WITH").is_some() {
                words.next();
            }
            allowed.contains(licence)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_or_not() {
        let allowed =
            allowed("[licenses]\nallow = [\n \"MIT\",\n \"Apache-2.0\", \"Unicode-3.0\",\n]\nother = [\"GPL-3.0\"]");
        for (expression, met) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("GPL-3.0 AND MIT OR MIT", true),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("MIT )", false),
            ("( MIT", false),
        ] {
            assert_eq!(satisfied(expression, &allowed), met, "{expression:?}");
        }
    }
}
