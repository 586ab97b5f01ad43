//! Remarks on a message's markup: what its chat does not read as its writer means it.
//!
//! Most are about the template's own text ([`skeleton`]) and come with a fix for the template; a few are about the rendered
//! text of the open document, where values bring signs of their own. The rules follow services.md 11.

mod emphasis;
mod lines;
mod links;
mod skeleton;
mod values;

use std::ops::Range;

use super::chars::Chars;
use crate::finding::{Finding, Severity};
use crate::language::Language;
use crate::services::{self, Facts, ServiceName};
use crate::text::slice;
use skeleton::Skeleton;

/// Most remarks on one template: a page of HTML would give hundreds.
const MOST: usize = 30;

/// What a message's markup does on a service that its writer may not have meant. Places are bytes of the template.
///
/// `rendered` is the text for the open document and the length of what is posted of it, when it is known exactly.
pub fn lints(
    service: ServiceName,
    template: &str,
    rendered: Option<(&str, usize)>,
    language: Language,
) -> Vec<Finding> {
    let Some(service) = services::by_name(service) else { return Vec::new() };
    let skeleton = Skeleton::of(template);
    let mut remarks = Remarks { template, skeleton: &skeleton, facts: service.facts(), language, found: Vec::new() };
    let chars = Chars(&skeleton.chars);
    for text in outside_of_code(chars) {
        emphasis::check(chars, text.clone(), &mut remarks);
        links::check(chars, text.clone(), &mut remarks);
        lines::check(chars, text, &mut remarks);
    }
    if let Some((rendered, length)) = rendered {
        values::check(rendered, length, &mut remarks);
    }
    remarks.found
}

/// What is being looked at, and what has been found.
struct Remarks<'a> {
    template: &'a str,
    skeleton: &'a Skeleton,
    facts: &'static Facts,
    language: Language,
    found: Vec<Finding>,
}

impl Remarks<'_> {
    /// The template's text for these characters of the skeleton.
    fn written(&self, range: Range<usize>) -> &str {
        slice(self.template, self.skeleton.source(&range))
    }

    /// A remark on these characters, with what should stand there instead.
    fn rewrite(&mut self, code: &'static str, range: Range<usize>, text: String) {
        let label = self.language.say("markup/button-write", &[("text", &shortened(&text))]);
        let span = self.skeleton.source(&range);
        let finding = self.finding(Severity::Warning, code, &[]).at(span.clone());
        self.push(finding.with_fix(label, span, text));
    }

    /// A remark on these characters, which should go.
    fn remove(&mut self, code: &'static str, range: Range<usize>) {
        let label = self.language.say("markup/button-remove", &[]);
        let span = self.skeleton.source(&range);
        let finding = self.finding(Severity::Warning, code, &[]).at(span.clone());
        self.push(finding.with_fix(label, span, ""));
    }

    /// A remark on these characters.
    fn remark(&mut self, severity: Severity, code: &'static str, range: Range<usize>) {
        let span = self.skeleton.source(&range);
        let finding = self.finding(severity, code, &[]).at(span);
        self.push(finding);
    }

    /// A remark on the whole message.
    fn on_all(&mut self, severity: Severity, code: &'static str, values: &[(&str, &str)]) {
        self.on_all_saying(severity, code, code, values);
    }

    /// A remark on the whole message, in the words of `key`.
    fn on_all_saying(&mut self, severity: Severity, code: &'static str, key: &str, values: &[(&str, &str)]) {
        let mut all = vec![("service", self.facts.name.as_str())];
        all.extend_from_slice(values);
        self.push(Finding::new(severity, code, self.language.say(key, &all)));
    }

    fn finding(&self, severity: Severity, code: &'static str, values: &[(&str, &str)]) -> Finding {
        let mut all = vec![("service", self.facts.name.as_str())];
        all.extend_from_slice(values);
        Finding::new(severity, code, self.language.say(code, &all))
    }

    fn push(&mut self, finding: Finding) {
        if self.found.len() < MOST {
            self.found.push(finding);
        }
    }
}

/// A label fits on a button.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// The parts of a text that are not code, where markup is read: between fences, and between backticks on one line.
fn outside_of_code(chars: Chars<'_>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(open) = chars.find(at, |c| c == '`') {
        let width = chars.run(open, |c| c == '`');
        let mark = "`".repeat(width.min(3));
        let close = chars.find_text(open + width, &mark);
        let on_one_line = |close: &usize| width >= 3 || !chars.part(open..*close).0.contains(&'\n');
        match close.filter(on_one_line) {
            Some(close) => {
                parts.push(start..open);
                start = close + chars.run(close, |c| c == '`');
                at = start;
            }
            None => at = open + width,
        }
    }
    parts.push(start..chars.len());
    parts
}
