//! Scores messages against the answers of a running host, when its corpus lies beside the project (`../shared/corpus`).

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::api::{Desk, DocTypeMeta, MessageReport, document_state};

fn read(path: &Path) -> Option<Json> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

struct Corpus {
    folder: std::path::PathBuf,
    documents: Json,
    alert: Json,
    metas: HashMap<String, Json>,
    boots: HashMap<String, Json>,
}

impl Corpus {
    fn find() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        let documents = read(&folder.join("docs.json"))?;
        let alert = read(&folder.join("meta/_alert.json"))?;
        Some(Self { folder, documents, alert, metas: HashMap::new(), boots: HashMap::new() })
    }

    fn metas(&mut self, doctype: &str) -> Vec<DocTypeMeta> {
        let folder = self.folder.join("meta");
        let bundle = self.metas.entry(doctype.to_owned()).or_insert_with(|| {
            read(&folder.join(format!("{}.json", doctype.replace('/', "-")))).unwrap()["docs"].clone()
        });
        serde_json::from_value(bundle.clone()).unwrap()
    }

    fn desk(&mut self, case: &Json) -> Desk {
        let name = case["boot"].as_str().unwrap().to_owned();
        let folder = self.folder.join("boot");
        let boot =
            self.boots.entry(name.clone()).or_insert_with(|| read(&folder.join(format!("{name}.json"))).unwrap());
        let now = boot["now"].as_str().unwrap().get(..19).unwrap().replace(' ', "T");
        let context = json!({
            "siteUrl": boot["site_url"], "now": now, "timeZone": boot["time_zone"]["system"],
            "lang": case.get("lang").unwrap_or(&boot["lang"]),
            "user": {"name": boot["user"]["name"], "fullName": boot["user"]["full_name"]},
            "userInfo": boot["user_info"], "sysdefaults": boot["sysdefaults"], "bootDocs": boot["docs"],
            "messages": boot["__messages"], "serverScripts": case["server_script"], "flavour": "dodock",
        });
        Desk::new(serde_json::from_value(context).unwrap()).unwrap()
    }

    fn answer(&mut self, case: &Json) -> MessageReport {
        let desk = self.desk(case);
        let text = case["text"].as_str().unwrap();
        if case["kind"] == "validate_template" {
            return desk.validate_template(text);
        }
        let metas = self.metas(case["doctype"].as_str().unwrap());
        let doc = match &case["doc"] {
            Json::String(key) => &self.documents[key],
            doc => doc,
        };
        let state = match case["state"].as_str().unwrap() {
            "db" => "stored",
            "memory" => "posted",
            _ => "inserted",
        };
        let options = json!({"comments": case.get("docinfo_comments"), "alert": self.alert});
        let options = serde_json::from_value(options).unwrap();
        desk.open(doc.as_object().unwrap(), metas, document_state(state).unwrap()).render_message(text, &options)
    }
}

/// As `conformance.mjs` judges.
fn judge(case: &Json, report: &MessageReport) -> (&'static str, String) {
    let want = &case["expect"];
    let gaps = || report.gaps.iter().map(|gap| format!("[{}: {}]", gap.expression, gap.reason)).collect::<String>();
    match report.status {
        "server" => return ("server", gaps()),
        "unsupported" => return ("unsupported", gaps()),
        _ => {}
    }
    if want["ok"] == false {
        let said = [&want["error"], &want["cause"], &want["syntax"]["msg"]];
        let Some(error) = &report.error else {
            return ("WRONG", format!("{:?}, the host raises {} {}", report.text, want["error_type"], said[0]));
        };
        if want["error_type"] != error.kind && want["cause_type"] != error.kind {
            return (
                "WRONG",
                format!("{}: {}, the host {} {}", error.kind, error.message, want["cause_type"], want["cause"]),
            );
        }
        return if said.iter().any(|said| **said == error.message.as_str()) {
            ("exact", String::new())
        } else {
            ("typed", format!("{} / {} / {}", error.message, want["error"], want["cause"]))
        };
    }
    if let Some(error) = &report.error {
        return ("WRONG", format!("{}: {}, the host {}", error.kind, error.message, want["str"]));
    }
    if case["kind"] == "validate_template" || report.text.as_deref() == want["str"].as_str() {
        return ("exact", String::new());
    }
    ("WRONG", format!("{:?}, the host {}", report.text, want["str"]))
}

#[test]
fn the_host_agrees() {
    let Some(mut corpus) = Corpus::find() else {
        Write::write_all(&mut std::io::stderr(), b"skipped: no host's answers beside the checkout\n").unwrap();
        return;
    };
    let show = std::env::var("DESKBELL_SHOW").unwrap_or_default();
    let mut counts: std::collections::BTreeMap<(&str, &str), usize> = std::collections::BTreeMap::new();
    let mut wrong = 0;
    for group in ["B", "D", "E", "F"] {
        let lines = std::fs::read_to_string(corpus.folder.join(format!("{group}.jsonl"))).unwrap();
        for line in lines.lines() {
            let case: Json = serde_json::from_str(line).unwrap();
            let report = corpus.answer(&case);
            let (verdict, why) = judge(&case, &report);
            let server = case["needs_server"] == true;
            let counted = if verdict == "server" && server { "server, rightly" } else { verdict };
            *counts.entry((group, counted)).or_default() += 1;
            wrong += usize::from(verdict == "WRONG");
            let shown = show.split(',').any(|shown| shown == counted || shown == format!("{group}:{counted}"));
            if shown || (verdict == "WRONG" && show != "none") {
                let line = format!("{counted} {} {}\n     {why}\n", case["id"], case["text"]);
                std::io::stderr().write_all(line.as_bytes()).unwrap();
            }
        }
    }
    std::io::stderr().write_all(format!("{counts:?}\n").as_bytes()).unwrap();
    assert_eq!(wrong, 0);
}
