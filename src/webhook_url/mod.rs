//! Incoming-webhook URLs: cleaning what was pasted, recognising whose it is, judging it, masking it.

pub mod clean;
pub mod hosts;
pub mod judge;
pub mod mask;
mod pages;
pub mod parts;
pub mod recognise;
pub mod secret;

use crate::finding::{Finding, Severity};
use crate::language::Language;
use crate::limits::URL_BYTES;
use crate::services::{self, ServiceName};
use clean::{Cleaned, Edit};
use judge::Judge;
use parts::Parts;
pub use secret::Secret;

/// Whether a URL can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It has the shape of the service's webhooks.
    Valid,
    /// It may work, but something about it is unusual.
    Suspicious,
    /// It will not work.
    Invalid,
}

/// All that is said about a pasted webhook URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlReport {
    /// About the cleaned URL: what stood around it does not count against it, what had to be mended in it does.
    pub verdict: Verdict,
    /// The service that was asked about; when none was asked about, the one that the URL belongs to.
    pub service: Option<ServiceName>,
    /// The URL to store; `None` when the text holds none. It prints as dots.
    pub url: Option<Secret<String>>,
    /// Safe to show: the host and the last four characters of the secret.
    pub masked: String,
    /// The service that the URL really belongs to.
    pub looks_like: Option<ServiceName>,
    /// Places are bytes of the pasted text.
    pub findings: Vec<Finding>,
}

/// The service that a URL (or a text with a URL in it) belongs to.
pub fn detect(pasted: &str) -> Option<ServiceName> {
    if pasted.len() > URL_BYTES { None } else { clean::detect(pasted) }
}

/// Says whether a pasted text is a webhook URL of a service. `page_origin` is the origin of the page that will send tests.
pub fn check(service: Option<ServiceName>, pasted: &str, page_origin: Option<&str>, language: Language) -> UrlReport {
    let nothing = |code: &'static str, values: &[(&str, &str)]| UrlReport {
        verdict: Verdict::Invalid,
        service,
        url: None,
        masked: String::new(),
        looks_like: None,
        findings: vec![Finding::new(Severity::Error, code, language.say(code, values))],
    };
    if pasted.len() > URL_BYTES {
        return nothing("url/too-long", &[("max", &URL_BYTES.to_string())]);
    }
    let cleaned = clean::clean(pasted);
    if cleaned.text.is_empty() {
        return nothing("url/empty", &[]);
    }
    let mut judge = Judge::new(&cleaned, language);
    let parts = Parts::split(&cleaned.text).filter(|parts| pages::is_web_address(parts));
    let looks_like = parts.as_ref().and_then(recognise::service_of);
    let asked = service.or(looks_like);
    match &parts {
        None => pages::judge_text(&cleaned.text, asked, &mut judge),
        Some(parts) => judge_url(parts, asked, looks_like, page_origin, &mut judge),
    }
    let (mut verdict, mut findings) = judge.finish();
    if cleaned.mended && verdict == Verdict::Valid {
        verdict = Verdict::Suspicious;
    }
    findings.extend(cleaning_findings(&cleaned, language));
    drop_overlapping_fixes(&mut findings);
    UrlReport {
        verdict,
        service: asked,
        masked: mask::mask(&cleaned.text),
        url: parts.is_some().then(|| Secret::new(cleaned.text)),
        looks_like,
        findings,
    }
}

fn judge_url(
    parts: &Parts<'_>,
    asked: Option<ServiceName>,
    looks_like: Option<ServiceName>,
    page_origin: Option<&str>,
    judge: &mut Judge<'_>,
) {
    hosts::judge(parts, asked, page_origin, judge);
    match (asked, looks_like) {
        (None, _) if judge.has("url/look-alike-host") => {}
        (None, _) => judge.warning("url/unknown-service", parts.host.span(), &[("host", parts.host.text)]),
        (Some(asked), Some(found)) if asked != found => {
            let values = [("service", asked.as_str()), ("found", found.as_str())];
            judge.error("url/wrong-service", parts.host.span(), &values);
        }
        (Some(asked), _) => match services::by_name(asked) {
            Some(service) => service.judge(parts, judge),
            None => {
                judge.warning("url/service-not-checked-yet", parts.host.span(), &[("service", asked.as_str())]);
            }
        },
    }
}

/// What cleaning did, as findings that a click applies. They are warnings: until they are applied, the host would post to
/// the text as it was pasted.
fn cleaning_findings(cleaned: &Cleaned, language: Language) -> impl Iterator<Item = Finding> {
    cleaned.edits.iter().map(move |Edit { code, span, text }| {
        let finding = Finding::new(Severity::Warning, code, language.say(code, &[])).at(span.clone());
        match text.as_deref() {
            None => finding,
            Some("") => finding.with_fix(language.say("url/button-remove", &[]), span.clone(), ""),
            Some(text) => finding.with_fix(language.say("url/button-write", &[("text", text)]), span.clone(), text),
        }
    })
}

/// Leaves the fixes that can be applied together, the one that was found first before the others.
fn drop_overlapping_fixes(findings: &mut [Finding]) {
    let mut kept: Vec<std::ops::Range<usize>> = Vec::new();
    for finding in findings {
        let Some(span) = finding.fix.as_ref().map(|fix| fix.span.clone()) else { continue };
        if kept.iter().any(|other| clean::overlap(other, &span)) {
            finding.fix = None;
        } else {
            kept.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value as Json;

    /// The pasted texts of all case files.
    fn pasted_texts() -> Vec<(Option<ServiceName>, String)> {
        let folder = format!("{}/tests/cases/url", env!("CARGO_MANIFEST_DIR"));
        let files =
            std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let cases =
            files.flat_map(|text| serde_json::from_str::<Json>(&text).unwrap()["cases"].as_array().unwrap().clone());
        cases
            .filter(|case| case["call"] == "checkWebhookUrl")
            .map(|case| {
                let text = |index: usize| case["arguments"][index].as_str().unwrap().to_owned();
                (ServiceName::from_name(&text(0)), text(1))
            })
            .collect()
    }

    #[test]
    fn nothing_that_is_said_repeats_a_secret() {
        let texts = pasted_texts();
        assert!(texts.len() > 50);
        for (service, pasted) in texts {
            let report = check(service, &pasted, None, Language::French);
            let said = format!("{report:?}");
            for secret in ["FAKEfake", "bywsw8zt5jgpte3nm65jqi", "fakePASSWORD", "xoxb-", "xoxp-"] {
                assert!(!said.contains(secret), "{pasted:?}: {said}");
            }
        }
    }

    #[test]
    fn every_finding_has_a_sentence_and_a_place() {
        for language in [Language::English, Language::French] {
            for (service, pasted) in pasted_texts() {
                for finding in check(service, &pasted, Some("https://erp.example.com"), language).findings {
                    assert_ne!(finding.message, finding.code);
                    assert!(!finding.message.contains('{'), "{}", finding.message);
                    let place = finding.span.unwrap_or(0..0);
                    assert!(pasted.get(place.clone()).is_some(), "{place:?} in {pasted:?}");
                }
            }
        }
    }
}
