//! The licences of every crate that ends up in `pkg/`, against the list in `deny.toml`, and their texts, which ship with it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::Value;

use crate::workspace::{Outcome, cargo, files_below, path, read};

/// What the texts are called beside the module.
pub const NOTICES: &str = "THIRD-PARTY-NOTICES.txt";

/// How many crates were looked at; fails with one line per crate whose licence is not on the list, and when `pkg/` has other
/// texts than these crates.
pub fn check() -> Outcome<usize> {
    let deny = String::from_utf8_lossy(&read(&path("deny.toml"))?).into_owned();
    let allowed = allowed(&deny);
    let metadata = metadata()?;
    let packaged = packaged(&metadata);
    let bad: Vec<String> = entries(&metadata, "/packages")
        .filter(|package| packaged.contains(text(package, "id")))
        .filter(|package| !satisfied(text(package, "license"), &allowed))
        .map(|package| format!("{}: {:?}", called(package), text(package, "license")))
        .collect();
    if !bad.is_empty() {
        return Err(format!("not on the list of deny.toml:\n{}", bad.join("\n")));
    }
    if packaged.len() < 2 {
        return Err("cargo metadata names no dependency of deskbell".to_owned());
    }
    match read(&path("pkg").join(NOTICES)) {
        Ok(shipped) if shipped == notices()?.into_bytes() => Ok(packaged.len()),
        _ => Err(format!("pkg/{NOTICES} is not what cargo metadata says: build the package again")),
    }
}

/// The licence texts of the crates that are in the module: each text once, with the crates that it is of.
pub fn notices() -> Outcome<String> {
    let metadata = metadata()?;
    let packaged = packaged(&metadata);
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let linked = entries(&metadata, "/packages")
        .filter(|package| packaged.contains(text(package, "id")) && text(package, "name") != "deskbell")
        .filter(|package| !is_macro(package));
    for package in linked {
        let folder = Path::new(text(package, "manifest_path")).parent().unwrap_or(Path::new(""));
        let top = top_of(folder);
        let names = licence_files(&top);
        if names.is_empty() {
            return Err(format!("{} has no licence text", called(package)));
        }
        let mut whole = String::new();
        for name in names {
            let words = String::from_utf8_lossy(&read(&folder.join(name))?).replace('\r', "");
            whole = whole + words.trim() + "\n\n";
        }
        match texts.iter_mut().find(|(known, _)| *known == whole) {
            Some((_, crates)) => crates.push(called(package)),
            None => texts.push((whole, vec![called(package)])),
        }
    }
    let mut notices = String::from(
        "The WebAssembly module of Deskbell has these crates in it, whose licences ask to be shown, and the Rust standard\nlibrary, which its contributors offer under MIT or Apache-2.0.\n",
    );
    for (words, crates) in texts {
        notices = notices + "\n" + &"-".repeat(80) + "\n" + &crates.join(", ") + "\n\n" + words.trim_end() + "\n";
    }
    Ok(notices)
}

/// Name and version.
fn called(package: &Value) -> String {
    format!("{} {}", text(package, "name"), text(package, "version"))
}

/// Whether a crate runs in the compiler only.
fn is_macro(package: &Value) -> bool {
    entries(package, "/targets").any(|target| entries(target, "/kind").any(|kind| kind == "proc-macro"))
}

/// The names in a folder, without those in folders below.
fn top_of(folder: &Path) -> Vec<String> {
    files_below(folder).into_iter().filter(|name| !name.contains('/')).collect()
}

/// The files that have to be shown: where a crate may be used under MIT as well, its Apache licence asks for nothing.
fn licence_files(names: &[String]) -> Vec<&String> {
    let is_text = |name: &&String| {
        let name = name.to_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    let found: Vec<&String> = names.iter().filter(is_text).collect();
    match found.iter().find(|name| name.to_uppercase().contains("MIT")) {
        Some(mit) => {
            found.iter().filter(|name| *name == mit || name.to_uppercase().starts_with("NOTICE")).copied().collect()
        }
        None => found,
    }
}

fn metadata() -> Outcome<Value> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
    let output = cargo(&arguments).output().map_err(|error| format!("could not start cargo metadata: {error}"))?;
    serde_json::from_slice(&output.stdout).map_err(|_| String::from_utf8_lossy(&output.stderr).trim().to_owned())
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
    fn a_licence_that_may_be_chosen_is_enough_and_a_notice_is_always_shown() {
        let names = |given: &[&str]| given.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (given, shown) in [
            (&["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT"][..], &["LICENSE-MIT"][..]),
            (&["LICENSE-APACHE", "LICENSE-MIT.md", "NOTICE"], &["LICENSE-MIT.md", "NOTICE"]),
            (&["LICENSE", "src"], &["LICENSE"]),
            (&["COPYING", "UNLICENSE", "LICENSE-MIT"], &["LICENSE-MIT"]),
            (&["src"], &[]),
        ] {
            assert_eq!(licence_files(&names(given)), names(shown).iter().collect::<Vec<_>>(), "{given:?}");
        }
    }

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
