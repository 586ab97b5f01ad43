//! Remarks on a message's markup: what its chat does not read as its writer means it.
//!
//! Most are about the template's own text ([`skeleton`]) and come with a fix for the template; a few are about the rendered
//! text of the open document, where values bring signs of their own. The rules follow services.md 11.

mod emphasis;
mod html;
mod lines;
mod links;
mod skeleton;
mod values;

use std::ops::Range;

use super::chars::Chars;
use super::tree::{Block, Inline};
use crate::finding::{Finding, Severity};
use crate::language::Language;
use crate::message::odd::SignedValue;
use crate::services::{self, ChatService, Facts, ServiceName};
use crate::text::slice;
use skeleton::Skeleton;

/// Most remarks on one template: a page of HTML would give hundreds.
const MOST: usize = 30;
/// Most that are gathered, before the most important are taken.
const MOST_FOUND: usize = 300;

/// What a message's markup does on a service that its writer may not have meant, the most important first. Places are
/// bytes of the template.
///
/// `rendered` is the text for the open document, when it is known exactly.
pub fn lints(service: ServiceName, template: &str, rendered: Option<Rendered<'_>>, language: Language) -> Vec<Finding> {
    let Some(service) = services::by_name(service) else { return Vec::new() };
    let skeleton = Skeleton::of(template);
    let facts = service.facts();
    let mut remarks = Remarks { template, skeleton: &skeleton, service, facts, language, found: Vec::new() };
    let chars = Chars(&skeleton.chars);
    let parts = outside_of_code(chars);
    let last_comment_end = links::last_comment_end(chars);
    for text in &parts {
        emphasis::check(chars, text.clone(), &mut remarks);
        links::check(chars, text.clone(), last_comment_end, &mut remarks);
        lines::check(chars, text.clone(), &mut remarks);
    }
    lines::check_all(chars, &parts, &mut remarks);
    if let Some(rendered) = rendered {
        values::check(rendered, &mut remarks);
    }
    // Thirteen walks over a short list are a tenth of a sort's code.
    let (mut found, mut rest) = (Vec::new(), remarks.found);
    for rule in ORDER {
        let (these, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|finding| rule.contains(&finding.code));
        found.extend(these);
        rest = others;
    }
    found.extend(rest);
    found.truncate(MOST);
    found
}

/// A message for the open document.
#[derive(Debug, Clone, Copy)]
pub struct Rendered<'a> {
    /// The text.
    pub text: &'a str,
    /// The length of what is posted of it, in the service's unit.
    pub posted: usize,
    /// Whether a link to the document is posted with it.
    pub with_link: bool,
    /// The values with signs that it shows.
    pub signed: &'a [SignedValue],
}

/// The rules in the order of their importance (services.md 11); what stands in none comes last.
const ORDER: [&[&str]; 13] = [
    &["markup/bold-is-italic-here", "markup/no-styles"],
    &[
        "markup/asterisks-stay",
        "markup/underscores-italic",
        "markup/underscores-underline",
        "markup/underscores-unsure",
    ],
    &["markup/strike-stays", "markup/tilde-stays", "markup/tildes-stay"],
    &["markup/angle-is-link", "markup/angle-link-stays", "markup/link-is-html", "markup/link-stays"],
    &["markup/entity-stays", "markup/value-has-entities", "markup/value-needs-escaping"],
    &["markup/value-is-markup"],
    &["markup/bold-inside-word", "markup/bold-over-lines"],
    &[
        "markup/comment-stays",
        "markup/heading-stays",
        "markup/html-stays",
        "markup/image-stays",
        "markup/list-stays",
        "markup/quote-stays",
        "markup/table-stays",
        "markup/value-has-html",
    ],
    &["markup/lines-join", "markup/list-joins", "markup/value-lines-join"],
    &["markup/hash-is-channel", "markup/hash-is-heading"],
    &["markup/calls-everybody", "markup/mention-stays"],
    &["markup/long-for-google", "markup/too-long", "markup/too-many-bytes"],
    &["markup/empty"],
];

/// What is being looked at, and what has been found.
struct Remarks<'a> {
    template: &'a str,
    skeleton: &'a Skeleton,
    service: &'static dyn ChatService,
    facts: &'static Facts,
    language: Language,
    found: Vec<Finding>,
}

impl Remarks<'_> {
    /// The template's text for these characters of the skeleton.
    fn written(&self, range: Range<usize>) -> &str {
        slice(self.template, self.skeleton.source(&range))
    }

    /// The same, with the statements that touch it on both sides.
    fn between(&self, range: Range<usize>) -> &str {
        let before = range.start.checked_sub(1).map_or(0, |before| self.skeleton.source(&(before..range.start)).end);
        let after = self.skeleton.source(&(range.end..range.end + 1));
        let end = if after.is_empty() { self.template.len() } else { after.start };
        slice(self.template, before..end.max(before))
    }

    /// Whether a character of the skeleton stands for a value.
    fn is_value(&self, index: usize) -> bool {
        self.written(index..index + 1).starts_with("{{")
    }

    /// These characters, with some of them replaced.
    fn rewritten(&self, range: Range<usize>, replacement: impl Fn(usize) -> Option<&'static str>) -> String {
        let (mut text, mut done) = (String::new(), self.skeleton.source(&range).start);
        for index in range.clone() {
            let source = self.skeleton.source(&(index..index + 1));
            if let Some(replacement) = replacement(index) {
                text.push_str(slice(self.template, done..source.start));
                text.push_str(replacement);
                done = source.end;
            }
        }
        text.push_str(slice(self.template, done..self.skeleton.source(&range).end));
        text
    }

    /// Whether the chat makes a block of a sample; `None` when nobody knows how it draws.
    fn draws(&self, sample: &str, is_it: impl Fn(&Block) -> bool) -> Option<bool> {
        self.service.parse(sample).map(|blocks| blocks.iter().any(is_it))
    }

    /// The same of a part of a line.
    fn draws_inline(&self, sample: &str, is_it: impl Fn(&Inline) -> bool) -> Option<bool> {
        self.draws(sample, |block| matches!(block, Block::Paragraph(content) if content.iter().any(&is_it)))
    }

    /// Whether the chat draws images.
    fn draws_image(&self) -> Option<bool> {
        self.draws_inline("![a](https://example.com/a.png)", |part| matches!(part, Inline::Image { .. }))
    }

    /// A remark on these characters, with what should stand there instead.
    fn rewrite(&mut self, code: &'static str, range: Range<usize>, text: String) {
        self.rewrite_saying(code, code, range, text);
    }

    /// The same in the words of `key`.
    fn rewrite_saying(&mut self, code: &'static str, key: &str, range: Range<usize>, text: String) {
        let span = self.skeleton.source(&range);
        let finding = self.saying(Severity::Warning, code, key, &[]).at(span.clone());
        self.fixed(finding, span, text);
    }

    /// The same for a line with the statements behind it: `len` bytes follow its first character.
    fn rewrite_line(&mut self, code: &'static str, key: &str, line: Range<usize>, len: usize, text: Option<String>) {
        let first = self.skeleton.source(&(line.start..line.start + 1));
        let finding = self.saying(Severity::Warning, code, key, &[]).at(self.skeleton.source(&line));
        match text {
            Some(text) => self.fixed(finding, first.start..first.end + len, text),
            None => self.push(finding),
        }
    }

    /// The same where nothing is wrong, but may be meant otherwise.
    fn rewrite_mildly(&mut self, code: &'static str, range: Range<usize>, text: String) {
        self.rewrite_mildly_at(code, code, range.clone(), range, text);
    }

    /// The same in the words of `key`, shown at a place of its own.
    fn rewrite_mildly_at(
        &mut self,
        code: &'static str,
        key: &str,
        place: Range<usize>,
        range: Range<usize>,
        text: String,
    ) {
        let finding = self.saying(Severity::Info, code, key, &[]).at(self.skeleton.source(&place));
        self.fixed(finding, self.skeleton.source(&range), text);
    }

    /// Statements are never lost: a replacement without them would be half of something.
    fn fixed(&mut self, finding: Finding, span: Range<usize>, text: String) {
        let statements = |text: &str| text.matches("{%").count() + text.matches("{#").count();
        let keeps = finding.code == "markup/comment-stays"
            || statements(&text) == statements(slice(self.template, span.clone()));
        let label = match text.trim() {
            "" => self.language.say("markup/button-remove", &[]),
            shown if shown.contains('\n') => self.language.say("markup/button-rewrite", &[]),
            shown => self.language.say("markup/button-write", &[("text", &shortened(shown))]),
        };
        self.push(if keeps { finding.with_fix(label, span, text) } else { finding });
    }

    /// A remark on these characters, which should go.
    fn remove(&mut self, code: &'static str, range: Range<usize>) {
        self.rewrite(code, range, String::new());
    }

    /// A remark on these characters.
    fn remark(&mut self, severity: Severity, code: &'static str, range: Range<usize>) {
        let span = self.skeleton.source(&range);
        let finding = self.saying(severity, code, code, &[]).at(span);
        self.push(finding);
    }

    /// A remark on the whole message.
    fn on_all(&mut self, severity: Severity, code: &'static str, values: &[(&str, &str)]) {
        self.on_all_saying(severity, code, code, values);
    }

    /// A remark on the whole message, in the words of `key`.
    fn on_all_saying(&mut self, severity: Severity, code: &'static str, key: &str, values: &[(&str, &str)]) {
        let finding = self.saying(severity, code, key, values);
        self.push(finding);
    }

    fn saying(&self, severity: Severity, code: &'static str, key: &str, values: &[(&str, &str)]) -> Finding {
        let mut all = vec![("service", self.facts.name.as_str())];
        all.extend_from_slice(values);
        Finding::new(severity, code, self.language.say(key, &all))
    }

    fn push(&mut self, finding: Finding) {
        if self.found.len() < MOST_FOUND {
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
