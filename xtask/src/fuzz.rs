//! `cargo xtask fuzz`: the never-panic targets of `fuzz/`, started from the case files.
//!
//! The targets run without a sanitizer, on the stable toolchain: there is no `unsafe` to watch, and a panic, a hang or
//! an overflow is what is hunted.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use serde_json::{Value, json};

use crate::workspace::{self, Outcome, cargo, files_below, path, read, write};

/// A target and what makes an input of a case; `None` of a case that is about something else.
type Target = (&'static str, fn(&Value) -> Option<String>);

/// Alphabetical; each has a binary of the same name in `fuzz/targets`.
const TARGETS: [Target; 5] = [
    ("condition", condition_seed),
    ("host", host_seed),
    ("look", look_seed),
    ("message", message_seed),
    ("url", url_seed),
];

/// The release of cargo-fuzz that the targets were written with.
const CARGO_FUZZ: &str = "0.13.2";

/// Seconds that one input may take: far more than any limit of the engine allows.
const TIMEOUT: u32 = 20;

/// Runs one target, or all in turn, each for `seconds`; with 0 every seed runs once.
pub fn run(name: Option<&str>, seconds: u32) -> Outcome {
    if name.is_some_and(|name| TARGETS.iter().all(|(known, _)| *known != name)) {
        return Err(format!("there is no such target; the targets are: {}", TARGETS.map(|(name, _)| name).join(" ")));
    }
    if !cargo(&["fuzz", "--version"]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("Installing cargo-fuzz with cargo: it builds and runs the targets.");
        workspace::run(cargo(&["install", "cargo-fuzz", "--locked", "--version", CARGO_FUZZ]))?;
    }
    for (target, seed) in TARGETS.iter().filter(|(target, _)| name.is_none_or(|name| name == *target)) {
        let seeds = write_seeds(target, *seed)?;
        println!("{target}: {seeds} seeds, {seconds} s");
        let corpus = format!("target/fuzz/{target}/corpus");
        let artifacts = format!("-artifact_prefix={}/", path(&format!("target/fuzz/{target}/failures")).display());
        for folder in ["corpus", "failures"] {
            let folder = path(&format!("target/fuzz/{target}/{folder}"));
            std::fs::create_dir_all(&folder)
                .map_err(|error| format!("could not make {}: {error}", folder.display()))?;
        }
        let mut command =
            cargo(&["fuzz", "run", "--sanitizer", "none", "--target-dir", "target/fuzz/build", target, &corpus]);
        command.arg(format!("target/fuzz/{target}/seeds")).arg("--");
        command.args([&artifacts, &format!("-timeout={TIMEOUT}"), "-max_len=4096", "-print_final_stats=1"]);
        command.arg("-rss_limit_mb=3000");
        command.arg(if seconds == 0 { "-runs=0".to_owned() } else { format!("-max_total_time={seconds}") });
        workspace::run(command)?;
    }
    Ok(())
}

/// Writes the seeds of a target anew and says how many.
fn write_seeds(target: &str, seed: fn(&Value) -> Option<String>) -> Outcome<usize> {
    let folder = path(&format!("target/fuzz/{target}/seeds"));
    // Seeds of cases that are gone would stay otherwise.
    let _ = std::fs::remove_dir_all(&folder);
    let mut written = 0;
    for name in files_below(&path("tests/cases")).iter().filter(|name| !name.starts_with("desk/")) {
        let file: Value = serde_json::from_slice(&read(&path("tests/cases").join(name))?)
            .map_err(|error| format!("tests/cases/{name}: {error}"))?;
        for case in file.get("cases").and_then(Value::as_array).into_iter().flatten() {
            if let Some(input) = seed(case) {
                let mut hasher = DefaultHasher::new();
                input.hash(&mut hasher);
                write(&folder.join(format!("{:016x}", hasher.finish())), input.as_bytes())?;
                written += 1;
            }
        }
    }
    if written == 0 { Err("there is no case to start from".to_owned()) } else { Ok(written) }
}

/// `invoice posted`
fn header(case: &Value) -> String {
    let word = |key: &str, default| case.get(key).and_then(Value::as_str).unwrap_or(default).to_owned();
    format!("{} {}", word("doc", "ticket"), word("state", "stored"))
}

fn template(case: &Value) -> &str {
    case.pointer("/arguments/0").and_then(Value::as_str).unwrap_or_default()
}

fn is_about(case: &Value, calls: &[&str]) -> bool {
    calls.contains(&case.get("call").and_then(Value::as_str).unwrap_or_default())
}

/// `ticket stored off`, then the condition. The options are the object among the arguments.
fn condition_seed(case: &Value) -> Option<String> {
    if !is_about(case, &["checkCondition", "validateCondition", "replay"]) {
        return None;
    }
    let options = case.get("arguments").and_then(Value::as_array).into_iter().flatten().find(|given| given.is_object());
    let option = |key: &str| options.and_then(|options| options.get(key));
    let scripts = match option("serverScripts").and_then(Value::as_bool) {
        Some(true) => " on",
        Some(false) => " off",
        None => "",
    };
    let kind = if option("type").and_then(Value::as_str) == Some("Filters") { " filters" } else { "" };
    Some(format!("{}{scripts}{kind}\n{}", header(case), template(case)))
}

fn message_seed(case: &Value) -> Option<String> {
    is_about(case, &["renderMessage", "validateTemplate"]).then(|| format!("{}\n{}", header(case), template(case)))
}

/// The message alone.
fn look_seed(case: &Value) -> Option<String> {
    is_about(case, &["renderMessage", "validateTemplate"]).then(|| template(case).to_owned())
}

fn host_seed(case: &Value) -> Option<String> {
    let json = |key: &str| case.get(key).cloned().unwrap_or_else(|| json!({}));
    let seed = || format!("{}\n{}\n{}\n{}", header(case), json("context"), json("set"), template(case));
    is_about(case, &["renderMessage", "validateTemplate"]).then(seed)
}

/// The service, or an empty line, and what was pasted.
fn url_seed(case: &Value) -> Option<String> {
    let argument = |index: usize| case.pointer(&format!("/arguments/{index}")).and_then(Value::as_str);
    match case.get("call").and_then(Value::as_str) {
        Some("checkWebhookUrl") => Some(format!("{}\n{}", argument(0)?, argument(1)?)),
        Some("detectService") => Some(format!("\n{}", argument(0)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_becomes_an_input_that_the_targets_read() {
        let arguments = json!(["{{ doc.total }}"]);
        let case = json!({"call": "renderMessage", "doc": "invoice", "set": {"total": 1}, "arguments": arguments});
        assert_eq!(message_seed(&case).unwrap(), "invoice stored\n{{ doc.total }}");
        assert_eq!(host_seed(&case).unwrap(), "invoice stored\n{}\n{\"total\":1}\n{{ doc.total }}");
        assert_eq!(condition_seed(&case), None);
        let case = json!({"call": "checkCondition", "arguments": ["doc.total", {"serverScripts": true}]});
        assert_eq!(condition_seed(&case).unwrap(), "ticket stored on\ndoc.total");
        let case = json!({"call": "checkWebhookUrl", "arguments": ["Ntfy", "https://ntfy.sh/fake", {"lang": "en"}]});
        assert_eq!(url_seed(&case).unwrap(), "Ntfy\nhttps://ntfy.sh/fake");
    }

    #[test]
    fn every_target_has_its_binary() {
        for (name, _) in TARGETS {
            assert!(path(&format!("fuzz/targets/{name}.rs")).exists(), "{name}");
        }
    }
}
