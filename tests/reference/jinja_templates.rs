//! Templates beside Jinja2 3.1 on CPython 3.11: `jinja_templates.py` makes templates at random and answers them, and
//! `deskbell::message` must answer the same or say that it does not know.
//!
//! A template that differs is shrunk, asking Jinja2 again at every step, until nothing can be taken away. What is known
//! to differ stands in `jinja-ledger.json` with its reason; a line there that agrees after all fails too.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other templates than the fixed few thousand, `DESKBELL_SHOW` prints those
//! that are not known. The Python is `python3`, or the one that `DESKBELL_PYTHON` names. Jinja2 is installed from PyPI
//! into the target folder when that Python does not have it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;

use deskbell::api::HostContext;
use deskbell::host::{Context, DocType, Document, Field, Metas, State, document_type};
use deskbell::message::{self, Answer, Inputs};
use deskbell::python::Exception;
use deskbell::text;
use serde_json::{Value as Json, json};

/// What the host pins.
const PACKAGES: [&str; 2] = ["jinja2==3.1.6", "markupsafe==2.1.5"];
/// How many differing templates are shrunk and shown.
const SHOWN: usize = 12;

fn variable(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

/// A Python that has Jinja2.
struct Python {
    library: PathBuf,
}

impl Python {
    /// Finds or installs Jinja2; `None` where there is no CPython 3.11 or no PyPI.
    fn find() -> Option<Self> {
        let library = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("jinja2-3.1.6");
        if !library.join("markupsafe").exists() {
            let mut pip = Command::new(variable("DESKBELL_PYTHON", "python3"));
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]).arg(&library);
            pip.args(PACKAGES).stdout(Stdio::null()).stderr(Stdio::null());
            pip.status().ok()?;
        }
        let python = Self { library };
        let status = python.command(&["make", "1", "0"], "0").status().ok()?;
        status.success().then_some(python)
    }

    fn command(&self, arguments: &[&str], hash_seed: &str) -> Command {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/jinja_templates.py");
        let mut command = Command::new(variable("DESKBELL_PYTHON", "python3"));
        command.env("PYTHONUTF8", "1").env("PYTHONPATH", &self.library).env("PYTHONDONTWRITEBYTECODE", "1");
        command.env("PYTHONHASHSEED", hash_seed).args(["-W", "ignore", script]).args(arguments);
        command
    }

    /// Templates and their answers. What depends on the order of a set differs between two runs and is left out.
    fn templates(&self, seed: &str, cases: &str) -> Vec<Json> {
        let run = |hash_seed| {
            let output = self.command(&["make", seed, cases], hash_seed).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        let (first, second) = (run("1"), run("2"));
        let same = first.lines().zip(second.lines()).filter(|(one, two)| one == two);
        same.map(|(line, _)| serde_json::from_str(line).unwrap())
            .filter(|case: &Json| case["template"].is_string())
            .collect()
    }

    fn oracle(&self) -> Oracle {
        let mut command = self.command(&["answer"], "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (questions, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Oracle { child, questions, answers }
    }
}

/// Jinja2, waiting for templates.
struct Oracle {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    fn ask(&mut self, template: &str) -> Json {
        writeln!(self.questions, "{}", json!(template)).unwrap();
        self.questions.flush().unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How our answer stands beside Jinja2's.
#[derive(Debug, PartialEq)]
enum Verdict {
    Agrees,
    /// Not known here, for this reason.
    Unknown(String),
    /// A template of which only the server knows a part; here there is no server.
    Server,
    /// The same error on another line.
    OtherLine,
    Wrong,
    /// Jinja2 has no lasting answer, or the host looks at the text before Jinja2 does.
    NoCase,
}

/// A document to render for, on a host without translations.
struct Ours {
    document: Rc<Document>,
    context: Rc<Context>,
}

impl Ours {
    fn new() -> Self {
        let context =
            json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "user": {"name": "marie"}});
        let context: HostContext = serde_json::from_value(context).unwrap();
        let context = Rc::new(context.into_core().unwrap());
        // What `jinja_templates.py` gives to its stand-in, as a page has it.
        let doc = json!({
            "doctype": "Ticket", "name": "T-1", "title": "Le \"titre\" d'été", "qty": 3, "total": 1234.5, "urgent": 1,
            "day": "2026-11-20", "moment": "2026-11-20 14:05:00", "span": "9:05:00",
            "lines": [
                {"doctype": "Line", "name": "r1", "parent": "T-1", "parentfield": "lines", "parenttype": "Ticket",
                 "title": "Vis <M8>", "qty": 3, "rate": 1.5},
                {"doctype": "Line", "name": "r2", "parent": "T-1", "parentfield": "lines", "parenttype": "Ticket"},
            ],
        });
        let doctype = |name: &str, fields: &[(&str, &str)]| DocType {
            name: name.to_owned(),
            custom: true,
            fields: fields
                .iter()
                .map(|(fieldname, fieldtype)| Field {
                    fieldname: (*fieldname).to_owned(),
                    fieldtype: (*fieldtype).to_owned(),
                    options: fieldtype.starts_with("Table").then(|| String::from("Line")),
                    ..Field::default()
                })
                .collect(),
            ..DocType::default()
        };
        let ticket = [
            ("title", "Data"),
            ("qty", "Int"),
            ("total", "Currency"),
            ("ratio", "Percent"),
            ("note", "Data"),
            ("urgent", "Check"),
            ("lines", "Table"),
            ("spans", "Table"),
            ("day", "Date"),
            ("moment", "Datetime"),
            ("span", "Time"),
        ];
        let line = [("title", "Data"), ("qty", "Int"), ("rate", "Float")];
        let metas = Rc::new(Metas::new(vec![doctype("Ticket", &ticket), doctype("Line", &line)]));
        let document = Rc::new(document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context));
        Self { document, context }
    }

    fn answer(&self, template: &str) -> Answer {
        let inputs = Inputs::default();
        message::render(template, &self.document, &inputs, &self.context).answer
    }

    fn judge(&self, case: &Json) -> Verdict {
        let Some(template) = case["template"].as_str() else { return Verdict::NoCase };
        let marked = template.contains("<template-blot");
        if message::guards::is_path(template) || template.contains(message::guards::FORBIDDEN) || marked {
            return Verdict::NoCase;
        }
        match self.answer(template) {
            Answer::Exact(text) if case["text"] == text.as_str() => Verdict::Agrees,
            Answer::Error(exception) if case["error"].is_array() => same_error(template, &exception, &case["error"]),
            Answer::Exact(_) | Answer::Error(_) => Verdict::Wrong,
            Answer::Server { .. } => Verdict::Server,
            Answer::Unsupported { gaps, .. } => Verdict::Unknown(gaps[0].reason.clone()),
        }
    }
}

fn same_error(template: &str, ours: &Exception, theirs: &Json) -> Verdict {
    if ours.kind != theirs[0] || ours.message != theirs[1].as_str().unwrap() {
        return Verdict::Wrong;
    }
    let line = |span: &std::ops::Range<usize>| text::line_of(template, span.start) as u64;
    match (&ours.span, theirs[2].as_u64()) {
        (Some(span), Some(theirs)) if line(span) != theirs => Verdict::OtherLine,
        _ => Verdict::Agrees,
    }
}

/// The smallest part of a template that is still judged so.
fn shrunk(template: &str, verdict: &Verdict, ours: &Ours, oracle: &mut Oracle) -> String {
    let mut best: Vec<char> = template.chars().collect();
    let mut size = best.len().div_ceil(2);
    while size > 0 {
        let (mut at, before) = (0, best.len());
        while at < best.len() {
            let shorter: Vec<char> = best
                .iter()
                .enumerate()
                .filter(|(place, _)| !(at..at + size).contains(place))
                .map(|(_, c)| *c)
                .collect();
            let candidate: String = shorter.iter().collect();
            if !shorter.is_empty() && ours.judge(&oracle.ask(&candidate)) == *verdict {
                best = shorter;
            } else {
                at += size;
            }
        }
        if best.len() == before || size > 1 {
            size /= 2;
        }
    }
    best.into_iter().collect()
}

fn ledger() -> BTreeMap<String, String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/jinja-ledger.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn templates_render_as_jinja2_renders_them() {
    let Some(python) = Python::find() else {
        eprintln!("skipped: no Jinja2 3.1.6 on CPython 3.11 and none could be installed (DESKBELL_PYTHON)");
        return;
    };
    let (ours, mut oracle, ledger) = (Ours::new(), python.oracle(), ledger());
    let cases = python.templates(&variable("DESKBELL_SEED", "1"), &variable("DESKBELL_CASES", "6000"));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut differing: Vec<String> = Vec::new();
    for case in &cases {
        let template = case["template"].as_str().unwrap_or_default();
        let verdict = ours.judge(case);
        let counted = match &verdict {
            Verdict::Agrees => "agree",
            Verdict::NoCase => continue,
            Verdict::Server => "only the server",
            Verdict::Unknown(reason) => {
                if std::env::var("DESKBELL_SHOW").is_ok() {
                    eprintln!("not known: {template:?}: {reason}");
                }
                *reasons.entry(reason.clone()).or_default() += 1;
                "not known"
            }
            Verdict::OtherLine | Verdict::Wrong => "differ",
        };
        *counts.entry(counted).or_default() += 1;
        if counted == "differ" && differing.len() < SHOWN {
            let small = shrunk(template, &verdict, &ours, &mut oracle);
            let (answer, theirs) = (ours.answer(&small), oracle.ask(&small));
            if !ledger.contains_key(&small) && !differing.iter().any(|shown| shown.starts_with(&format!("{small:?}\n")))
            {
                let theirs = if theirs["text"].is_null() { &theirs["error"] } else { &theirs["text"] };
                differing.push(format!("{small:?}\n    ours:   {answer:?}\n    theirs: {theirs}"));
            }
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    eprintln!(
        "{} templates: {counts:?}\nnot known: {:?}",
        counts.values().sum::<usize>(),
        &reasons[..reasons.len().min(25)]
    );
    assert!(counts.contains_key("agree") && differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn what_is_known_to_differ_still_does() {
    let Some(python) = Python::find() else { return };
    let (ours, mut oracle) = (Ours::new(), python.oracle());
    for (template, reason) in ledger() {
        let verdict = ours.judge(&oracle.ask(&template));
        assert!(!matches!(verdict, Verdict::Agrees | Verdict::NoCase), "{template:?} agrees now, but: {reason}");
    }
}
