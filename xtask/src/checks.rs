//! `cargo xtask test`: every check in one go, fast ones first; a step that fails does not hide the others.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::workspace::{self, Outcome, captured, cargo, files_below, path, program, read, root};
use crate::{client_script, desk, frappe_app, licences, package, size};

/// What a step counted, and what it wants read even when all is well.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
    /// Shown below the step's line.
    words: String,
}

impl Count {
    fn one(outcome: Outcome<String>) -> Self {
        match outcome {
            Ok(words) => Self { passed: 1, failed: 0, words },
            Err(words) => Self { passed: 0, failed: 1, words },
        }
    }
}

/// Measures `pkg/` beside its peers; timings are for people, so no check depends on them.
pub fn bench() -> Outcome {
    tools()?;
    workspace::run(program("node", &["benches/messages.mjs"]))?;
    workspace::run(program("node", &["benches/conditions.mjs"]))?;
    workspace::run(program("node", &["benches/desk.mjs"]))
}

/// Makes sure that the development tools of npm are there.
pub fn tools() -> Outcome {
    let tools = npm();
    if tools.failed > 0 { Err(tools.words) } else { Ok(()) }
}

/// Whether the comparisons run at length.
static FULL: OnceLock<FullRun> = OnceLock::new();

/// A run at length: what the comparisons are made with.
struct FullRun {
    cases: String,
    seed: String,
}

/// Cases of each comparison in a full run.
const FULL_CASES: u32 = 20_000;

/// What the environment says, or a full run's own count and a seed that no run before had.
fn full_run() -> FullRun {
    let given = |name: &str, otherwise: String| std::env::var(name).unwrap_or(otherwise);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
    FullRun {
        cases: given("DESKBELL_CASES", FULL_CASES.to_string()),
        seed: given("DESKBELL_SEED", (now % 1_000_000).to_string()),
    }
}

/// A check by name.
type Step = (&'static str, fn() -> Count);

/// In this order: what needs the tools of npm stands after the step that installs them.
const STEPS: [Step; 18] = [
    ("format", || quiet(cargo(&["fmt", "--all", "--check"]))),
    ("clippy", || quiet(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))),
    ("clippy-wasm", clippy_wasm),
    ("npm", npm),
    ("rust", rust),
    ("package", || Count::one(package::build(package::Profile::Release).map(|()| String::new()))),
    ("node", || node("tests/wasm", &[])),
    ("conformance", conformance),
    ("types", || quiet(program("node", &["node_modules/typescript/bin/tsc", "--project", "."]))),
    ("flaky", || node("tests/flaky", &[])),
    ("chats", || on_a_desk("tests/chats")),
    ("page", || on_a_desk("tests/page")),
    ("desk", || node("tests/desk", &[])),
    ("firefox", in_firefox),
    ("install", install),
    ("docs", docs),
    ("licences", || Count::one(licences::check().map(|count| format!("{count} crates")))),
    ("size", || Count::one(size::report())),
];

/// Runs the named steps, or all; the last line is the sum.
pub fn run(names: &[&str], full: bool) -> Outcome {
    if full {
        let run = FULL.get_or_init(full_run);
        println!("{} cases of each comparison, DESKBELL_SEED={}", run.cases, run.seed);
    }
    if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|(known, _)| known == *name)) {
        let known: Vec<_> = STEPS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no step {unknown}; the steps are: {}", known.join(" ")));
    }
    let (mut passed, mut failed, mut wrong) = (0, 0, Vec::new());
    for (name, step) in STEPS.iter().filter(|(name, _)| names.is_empty() || names.contains(name)) {
        let start = Instant::now();
        let count = step();
        println!("{}", line(name, &count, start.elapsed()));
        if !count.words.is_empty() {
            println!("{}", indented(&count.words));
        }
        passed += count.passed;
        failed += count.failed;
        if count.failed > 0 {
            wrong.push(*name);
        }
    }
    if !wrong.is_empty() {
        println!("failed: {}", wrong.join(", "));
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 && passed > 0 { Ok(()) } else { Err(String::new()) }
}

fn line(name: &str, count: &Count, elapsed: Duration) -> String {
    let verdict = match (count.failed, count.passed) {
        (0, 0) => "skip",
        (0, _) => "ok",
        _ => "FAIL",
    };
    format!("{verdict:4} {name:12} {:>6.1} s  {} passed, {} failed", elapsed.as_secs_f64(), count.passed, count.failed)
}

fn indented(words: &str) -> String {
    words.trim_end().lines().map(|line| format!("     {line}")).collect::<Vec<_>>().join("\n")
}

/// A program that passes or fails as a whole; its words are worth reading only when it fails.
fn quiet(command: Command) -> Count {
    Count::one(captured(command).and_then(|(good, words)| if good { Ok(String::new()) } else { Err(words) }))
}

fn clippy_wasm() -> Count {
    let target = ["--package", "deskbell", "--target", "wasm32-unknown-unknown"];
    let mut command = cargo(&["clippy", "--quiet"]);
    command.args(target).args(["--", "-D", "warnings"]);
    quiet(command)
}

fn docs() -> Count {
    let mut command = cargo(&["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"]);
    // The documentation is read here, private items and all, so a link to one is no dead end.
    command.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links");
    quiet(command)
}

/// The tests of all crates.
fn rust() -> Count {
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--", "--show-output"]);
    if let Some(run) = FULL.get() {
        command.env("DESKBELL_CASES", &run.cases).env("DESKBELL_SEED", &run.seed);
    }
    let outcome = captured(command);
    // A full run is made for what it counts.
    let told = |line: &&str| line.starts_with("skipped: ") || (FULL.get().is_some() && line.contains(" not known"));
    let skipped: Vec<String> = match &outcome {
        Ok((_, words)) => words.lines().filter(told).map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    };
    let mut count = counted(outcome, |words| {
        let sums = words.lines().filter_map(|line| line.strip_prefix("test result: ")).map(|line| {
            let number = |after: &str| {
                let before = line.split_once(after).map_or("", |(before, _)| before);
                before.rsplit(' ').next().and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(0)
            };
            (number(" passed;"), number(" failed;"))
        });
        sums.fold((0, 0), |(passed, failed), (more, worse)| (passed + more, failed + worse))
    });
    if count.words.is_empty() {
        count.words = skipped.join("\n");
    }
    count
}

/// The Node tests of a folder; `environment` is what they need to know.
fn node(folder: &str, environment: &[(&str, &str)]) -> Count {
    let files: Vec<String> = files_below(&path(folder))
        .into_iter()
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    if files.is_empty() {
        return Count::one(Err(format!("there is no test in {folder}")));
    }
    let mut command = program("node", &["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    command.args(files).envs(environment.iter().copied());
    node_counted(command)
}

/// Runs Node's tests and counts them.
fn node_counted(command: Command) -> Count {
    counted(captured(command), |words| {
        let number = |before: &str| words.lines().find_map(|line| line.strip_prefix(before)?.parse().ok()).unwrap_or(0);
        (number("ℹ pass "), number("ℹ fail ") + number("ℹ cancelled "))
    })
}

/// Counts what a test runner says; its whole output is shown when something failed.
fn counted(outcome: Result<(bool, String), String>, numbers: fn(&str) -> (usize, usize)) -> Count {
    match outcome {
        Err(words) => Count::one(Err(words)),
        Ok((good, words)) => match numbers(&words) {
            (0, 0) => Count::one(Err(format!("no test was run\n{words}"))),
            (passed, 0) if good => Count { passed, failed: 0, words: String::new() },
            (passed, failed) => Count { passed, failed: failed.max(1), words: failures(&words) },
        },
    }
}

/// The part of the output that says what failed.
fn failures(words: &str) -> String {
    if let Some((_, failing)) = words.split_once("✖ failing tests:\n") {
        return failing.trim().to_owned();
    }
    let passed = |line: &str| line.starts_with("test ") && line.ends_with("... ok");
    let left: Vec<_> = words.lines().filter(|line| !passed(line)).collect();
    left.join("\n")
}

/// The package against the answers of a running host, where those are beside the repository.
fn conformance() -> Count {
    let tool = root().join("../shared/tools/conformance.mjs");
    if !tool.exists() {
        return Count {
            words: "the host's recorded answers are not beside this repository".to_owned(),
            ..Count::default()
        };
    }
    let mut command = program("node", &["../shared/tools/conformance.mjs", "pkg", "../shared/corpus"]);
    command.args(["--show", "100000"]);
    Count::one(captured(command).and_then(|(_, words)| judge_conformance(&words)))
}

/// Answers that differ from the host's must be those of the ledger, each with its reason; one that agrees after all must
/// leave the ledger. The table of the tool is what a person reads.
fn judge_conformance(words: &str) -> Outcome<String> {
    let ledger = read(&path("tests/reference/host-ledger.json"))?;
    let ledger: BTreeMap<String, String> =
        serde_json::from_slice(&ledger).map_err(|error| format!("tests/reference/host-ledger.json: {error}"))?;
    let wrong: BTreeSet<&str> =
        words.lines().filter_map(|line| line.strip_prefix("WRONG")?.split_whitespace().next()).collect();
    let known: BTreeSet<&str> = ledger.keys().map(String::as_str).collect();
    let (table, shares) = table_of(words).ok_or_else(|| format!("the tool printed no table:\n{words}"))?;
    if wrong != known {
        let new: Vec<_> = wrong.difference(&known).copied().collect();
        let gone: Vec<_> = known.difference(&wrong).copied().collect();
        return Err(format!("{table}\nwrong and not in the ledger: {new:?}; in the ledger and right: {gone:?}"));
    }
    for ((what, least), share) in AT_LEAST.iter().zip(&shares) {
        if share < least {
            return Err(format!("{table}\n{what}: {share} %, expected at least {least} %"));
        }
    }
    Ok(table)
}

/// The shares of the host's answers that must be given, in percent, as the tool counts them; only ever raised.
const AT_LEAST: [(&str, f64); 4] = [
    ("exact, of the cases that need no server and do not fail", 97.0),
    ("known to this engine", 99.0),
    ("errors of the same type", 98.5),
    ("errors in the same words", 98.5),
];

/// The table, and the shares of [`AT_LEAST`] in its last row.
fn table_of(words: &str) -> Option<(String, [f64; 4])> {
    let start = words.lines().position(|line| line.starts_with("group"))?;
    let rows: Vec<&str> = words.lines().skip(start).collect();
    let total: Vec<&str> = rows.iter().find(|row| row.starts_with("all"))?.split_whitespace().collect();
    let share = |place: usize| total.get(place)?.trim_end_matches('%').parse::<f64>().ok();
    Some((rows.join("\n"), [share(3)?, 100.0 - share(5)?, share(6)?, share(7)?]))
}

/// The development tools from the lock file, which must not say where its author downloads from.
fn npm() -> Count {
    let install = || -> Outcome<String> {
        let lock = String::from_utf8_lossy(&read(&path("package-lock.json"))?).into_owned();
        if let Some(line) = lock.lines().find(|line| line.contains("\"resolved\"")) {
            return Err(format!("package-lock.json names a registry: {}", line.trim()));
        }
        let installed = std::fs::metadata(path("node_modules/.package-lock.json")).and_then(|file| file.modified());
        let locked = std::fs::metadata(path("package-lock.json")).and_then(|file| file.modified());
        if installed.is_ok_and(|installed| locked.is_ok_and(|locked| installed >= locked)) {
            return Ok(String::new());
        }
        match captured(program("npm", &["ci", "--no-progress"]))? {
            (true, _) => Ok(String::new()),
            (false, words) => Err(format!("npm could not install what package-lock.json names:\n{words}")),
        }
    };
    Count::one(install())
}

/// The tests of a folder, with a desk and its chats running for them.
fn on_a_desk(folder: &str) -> Count {
    match desk::start(0) {
        Ok(desk) => node(folder, &[("DESKBELL_DESK", &desk.address)]),
        Err(words) => Count::one(Err(words)),
    }
}

/// What runs in Firefox too: every kind of thing that a browser decides, each once. All tests of these folders can run there, which
/// takes some ten minutes: `DESKBELL_BROWSER=firefox` chooses it.
const IN_FIREFOX: [(&str, &[&str]); 7] = [
    ("tests/page/condition.test.mjs", &["what a condition does", "runs away"]),
    ("tests/page/message.test.mjs", &["three views", "endless recursion", "HTML is text"]),
    ("tests/page/webhook.test.mjs", &["nothing leaves", "a working URL is right"]),
    (
        "tests/page/send.test.mjs",
        &["Discord: delivered", "Ntfy: delivered", "Rocket.Chat: unconfirmed", "not called delivered", "hangs up"],
    ),
    ("tests/page/accessibility.test.mjs", &["a keyboard", "told a verdict once"]),
    ("tests/desk/forms.test.mjs", &["keys reach both editors"]),
    ("tests/desk/accessibility.test.mjs", &["lead out of an editor"]),
];

fn in_firefox() -> Count {
    let desk = match desk::start(0) {
        Ok(desk) => desk,
        Err(words) => return Count::one(Err(words)),
    };
    let mut command = program("node", &["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    command.args(IN_FIREFOX.iter().flat_map(|(_, names)| *names).map(|name| format!("--test-name-pattern={name}")));
    command.args(IN_FIREFOX.iter().map(|(file, _)| file));
    command.env("DESKBELL_DESK", &desk.address).env("DESKBELL_BROWSER", "firefox");
    node_counted(command)
}

/// What people install, built and then installed: the app, the scripts with their files, the npm package.
fn install() -> Count {
    let built = frappe_app::build().and_then(|app| client_script::build().map(|_| app));
    match built {
        Ok(sizes) => {
            let mut count = node("tests/install", &[]);
            if count.words.is_empty() {
                count.words = sizes;
            }
            count
        }
        Err(words) => Count::one(Err(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_clone_has_the_tools_of_npm_before_they_are_needed() {
        let place = |name: &str| STEPS.iter().position(|(step, _)| *step == name).unwrap();
        for needs in ["rust", "node", "types", "flaky", "chats", "page", "firefox"] {
            assert!(place("npm") < place(needs), "{needs}");
        }
    }

    #[test]
    fn a_runner_that_ran_nothing_or_fell_over_has_failed() {
        let numbers = |_: &str| (0, 0);
        assert_eq!(counted(Ok((true, String::new())), numbers).failed, 1);
        assert_eq!(counted(Err("no".to_owned()), numbers).failed, 1);
        let crashed = counted(Ok((false, "signal 11".to_owned())), |_| (3, 0));
        assert_eq!((crashed.passed, crashed.failed), (3, 1));
        let good = counted(Ok((true, "noise".to_owned())), |_| (3, 0));
        assert_eq!(good, Count { passed: 3, failed: 0, words: String::new() });
    }

    #[test]
    fn a_failed_run_is_shown_without_what_passed() {
        assert_eq!(failures("test a ... ok\ntest b ... FAILED\nboom"), "test b ... FAILED\nboom");
        assert_eq!(
            failures("✔ a (1ms)\n✖ b (1ms)\nℹ fail 1\n\n✖ failing tests:\n\ntest at b:1:2\n✖ b\n"),
            "test at b:1:2\n✖ b"
        );
    }

    #[test]
    fn the_line_of_a_step_says_how_it_went() {
        let line =
            |passed, failed| line("rust", &Count { passed, failed, words: String::new() }, Duration::from_millis(1250));
        assert_eq!(line(3, 0), "ok   rust            1.2 s  3 passed, 0 failed");
        assert!(line(3, 1).starts_with("FAIL rust"));
        assert!(line(0, 0).starts_with("skip rust"));
    }
}
