//! Messages made at random beside the chats' own parsers: `tests/reference/chats.mjs` makes and reads them, and this engine
//! must read them the same. What is known to differ is a family of `chats-ledger.json`, with its reason and an example that
//! must go on differing.
//!
//! Discord's reference reads no lists, so that they are left out here; case files have them.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other texts; `DESKBELL_SHOW` names a dialect whose differences are listed.

#![allow(clippy::print_stderr)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};

use super::reference::notation;
use super::tree::Block;
use super::{discord, rocket_chat, slack};

/// A dialect and its parser.
type Dialect = (&'static str, fn(&str) -> Vec<Block>);

/// In the order of `chats.mjs`.
const DIALECTS: [Dialect; 3] =
    [("discord", discord::parse_without_lists), ("rocket-chat", rocket_chat::parse), ("slack", slack::parse)];

fn variable(name: &str, otherwise: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| otherwise.to_owned())
}

/// `chats.mjs`, asked again and again.
struct Oracle {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    /// `None` when Node or the parsers are not there.
    fn start() -> Option<Self> {
        let mut child = script(&["answer"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let (questions, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut oracle = Self { child, questions, answers };
        let ready = oracle.ask(&json!({"dialect": "slack", "text": ""}));
        if ready.is_none() {
            assert_eq!(oracle.child.wait().unwrap().code(), Some(3), "chats.mjs failed");
        }
        ready.map(|_| oracle)
    }

    fn ask(&mut self, question: &Json) -> Option<Json> {
        writeln!(self.questions, "{question}").ok()?;
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).ok()
    }
}

fn script(arguments: &[&str]) -> Command {
    let mut script = Command::new("node");
    script.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/chats.mjs")).args(arguments);
    script
}

/// The texts that `chats.mjs` makes.
fn made(seed: &str, cases: &str) -> Option<Vec<Json>> {
    let output = script(&["make", seed, cases]).stderr(Stdio::inherit()).output().ok()?;
    if output.status.code() == Some(3) {
        return None;
    }
    assert!(output.status.success(), "chats.mjs failed");
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// The notation without what is a matter of layout: empty lines beside blocks and at the ends, and returns.
fn laid_out(notation: &str) -> String {
    let mut text = notation.replace('\r', "");
    for tag in ["pre", "q", "ul", "ol", "h", "table", "hr", "spoiler"] {
        for (around, alone) in [
            (format!("\n<{tag}"), format!("<{tag}")),
            (format!("</{tag}>\n"), format!("</{tag}>")),
            (format!("<{tag}>\n"), format!("<{tag}>")),
        ] {
            while text.contains(&around) {
                text = text.replace(&around, &alone);
            }
        }
    }
    while text.contains("<hr>\n") {
        text = text.replace("<hr>\n", "<hr>");
    }
    text.trim_matches('\n').to_owned()
}

fn ours(case: &Json) -> String {
    let (_, parse) = DIALECTS.iter().find(|(name, _)| case["dialect"] == *name).unwrap();
    laid_out(&notation(&parse(case["text"].as_str().unwrap())))
}

fn differs(case: &Json) -> bool {
    case["reference"].as_str().is_some_and(|reference| ours(case) != laid_out(reference))
}

fn is_known(case: &Json) -> bool {
    case["families"].as_array().is_some_and(|families| !families.is_empty())
}

/// A short text that still differs: lines and then characters are left out, many at once and then fewer.
fn shrunk(mut case: Json, oracle: &mut Oracle) -> Json {
    for unit in ["\n", ""] {
        let mut size = usize::MAX;
        while size > 0 {
            let text = case["text"].as_str().unwrap().to_owned();
            let parts: Vec<&str> = text.split_inclusive(unit).filter(|part| !part.is_empty()).collect();
            size = size.min(parts.len() / 2);
            let without = |from: usize| {
                let kept = parts.iter().enumerate().filter(|(place, _)| !(from..from + size).contains(place));
                let text: String = kept.map(|(_, part)| *part).collect();
                json!({"dialect": case["dialect"], "text": text})
            };
            let candidates: Vec<Json> = (0..parts.len()).step_by(size.max(1)).map(without).collect();
            let mut answered = candidates.iter().filter_map(|question| oracle.ask(question));
            match answered.find(|case| differs(case) && !is_known(case)) {
                Some(shorter) if size > 0 => case = shorter,
                _ => size /= 2,
            }
        }
    }
    case
}

#[test]
fn messages_are_read_as_the_chats_read_them() {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "2000"));
    let (Some(made), Some(mut oracle)) = (made(&seed, &cases), Oracle::start()) else {
        eprintln!("skipped: the chats' own parsers are not there (npm ci)");
        return;
    };
    let shown = variable("DESKBELL_SHOW", "");
    let most: usize = variable("DESKBELL_MOST", "6").parse().unwrap();
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut wrong: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for case in made {
        let dialect = case["dialect"].as_str().unwrap().to_owned();
        let [total, known, failed] = counts.entry(dialect.clone()).or_default();
        *total += 1;
        if !differs(&case) {
            continue;
        }
        if is_known(&case) {
            *known += 1;
        } else {
            *failed += 1;
            wrong.entry(dialect).or_default().push(case);
        }
    }
    for (dialect, [total, known, wrong]) in &counts {
        eprintln!("{dialect}: {total} texts, {known} differ as the ledger says, {wrong} differ");
    }
    let listed = wrong.into_iter().filter(|(dialect, _)| shown.is_empty() || shown == *dialect);
    let told = listed.flat_map(|(_, cases)| cases.into_iter().take(most)).map(|case| {
        let case = shrunk(case, &mut oracle);
        let theirs = laid_out(case["reference"].as_str().unwrap());
        format!("{} {}\n    ours:   {:?}\n    theirs: {theirs:?}", case["dialect"], case["text"], ours(&case))
    });
    let told: Vec<String> = told.collect();
    assert!(counts.len() == DIALECTS.len() && told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_family_of_the_ledger_has_an_example_that_differs() {
    let ledger: Json = serde_json::from_str(include_str!("../../tests/reference/chats-ledger.json")).unwrap();
    let families = ledger["families"].as_array().unwrap();
    let Some(mut oracle) = Oracle::start() else {
        eprintln!("skipped: the chats' own parsers are not there (npm ci)");
        return;
    };
    for family in families {
        let case = oracle.ask(&json!({"dialect": family["dialect"], "text": family["example"]})).unwrap();
        let name = family["name"].as_str().unwrap();
        assert!(family["why"].as_str().is_some_and(|why| why.len() > 20), "{name} has no reason");
        assert!(case["families"].as_array().unwrap().contains(&family["name"]), "{name} does not have its own example");
        assert!(differs(&case), "{name} agrees: {case}");
    }
}
