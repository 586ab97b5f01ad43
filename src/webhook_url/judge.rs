//! Collects what is wrong with a cleaned URL, with places in the text as it was pasted.

use std::ops::Range;

use super::Verdict;
use super::clean::Cleaned;
use crate::finding::{Finding, Severity};
use crate::language::Language;

/// Where findings about a URL are written down. No value that is passed in may be a secret.
#[derive(Debug)]
pub struct Judge<'a> {
    cleaned: &'a Cleaned,
    language: Language,
    findings: Vec<Finding>,
}

impl<'a> Judge<'a> {
    /// Starts with nothing found.
    pub fn new(cleaned: &'a Cleaned, language: Language) -> Self {
        Self { cleaned, language, findings: Vec::new() }
    }

    /// Will not work.
    pub fn error(&mut self, code: &'static str, place: Range<usize>, values: &[(&str, &str)]) {
        self.push(Severity::Error, code, place, values);
    }

    /// Probably not as meant.
    pub fn warning(&mut self, code: &'static str, place: Range<usize>, values: &[(&str, &str)]) {
        self.push(Severity::Warning, code, place, values);
    }

    /// Good to know.
    pub fn info(&mut self, code: &'static str, place: Range<usize>, values: &[(&str, &str)]) {
        self.push(Severity::Info, code, place, values);
    }

    /// The same as [`Judge::error`], with a text for the place that mends it.
    pub fn error_with_fix(&mut self, code: &'static str, place: Range<usize>, values: &[(&str, &str)], text: &str) {
        self.push(Severity::Error, code, place, values);
        self.fix_last(text);
    }

    /// The same as [`Judge::warning`], with a text for the place that mends it.
    pub fn warning_with_fix(&mut self, code: &'static str, place: Range<usize>, values: &[(&str, &str)], text: &str) {
        self.push(Severity::Warning, code, place, values);
        self.fix_last(text);
    }

    fn fix_last(&mut self, text: &str) {
        let label = match text {
            "" => self.language.say("url/button-remove", &[]),
            text => self.language.say("url/button-write", &[("text", text)]),
        };
        if let Some(finding) = self.findings.pop() {
            let span = finding.span.clone().unwrap_or_default();
            self.findings.push(finding.with_fix(label, span, text));
        }
    }

    /// Whether cleaning cut a word that may have been the rest of the URL.
    pub fn lost_a_word(&self) -> bool {
        self.cleaned.lost_a_word
    }

    /// Whether this has been found already.
    pub fn has(&self, code: &str) -> bool {
        self.findings.iter().any(|finding| finding.code == code)
    }

    fn push(&mut self, severity: Severity, code: &'static str, place: Range<usize>, values: &[(&str, &str)]) {
        let finding = Finding::new(severity, code, self.language.say(code, values));
        self.findings.push(finding.at(self.cleaned.source(&place)));
    }

    /// What was found, and what follows from it.
    pub fn finish(self) -> (Verdict, Vec<Finding>) {
        let verdict = match self.findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Error) => Verdict::Invalid,
            Some(Severity::Warning) => Verdict::Suspicious,
            Some(Severity::Info) | None => Verdict::Valid,
        };
        (verdict, self.findings)
    }
}
