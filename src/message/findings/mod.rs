//! Remarks about templates, one file each, alphabetical.

use std::ops::Range;
use std::rc::Rc;

use super::Answer;
use super::ast::{Body, Expr, Span};
use super::normalised::Normalised;
use super::odd::OddPrint;
use super::walk::{self, Met};
use super::{callables, reads};
use crate::finding::Finding;
use crate::host::document::Slot;
use crate::host::{Context, Document, names};
use crate::python::Value;

mod attribute_of_empty;
mod builtin_missing;
mod date_and_text;
mod empty_field;
mod empty_message;
mod fields;
mod file_path;
mod forbidden_text;
mod formatted_text;
mod html_comment;
mod link_is_a_name;
mod nowdate_in_message;
mod object_printed;
mod plus_with_number;
mod prints_none;
mod prints_undefined;
mod raw_html;
mod raw_value;
mod slip;
mod survey;
mod table_called;
mod translate_prefix;
mod undefined_name;
mod unknown_field;
mod unknown_util;

use fields::FieldPlace;
pub use survey::Survey;

/// Most remarks of one kind: a long text that makes one mistake everywhere would give thousands.
const MOST_OF_ONE: usize = 50;

/// What a remark about any text is made from, whether Jinja takes it or not.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a> {
    /// The text as the person wrote it.
    pub source: &'a str,
    /// The site and the person.
    pub context: &'a Rc<Context>,
}

impl Raw<'_> {
    /// A sentence in the person's language.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.context.language.say(key, values)
    }

    /// Whether a place lies in `{{ }}` or `{% %}`, as far as the last tag that was opened before it tells.
    pub fn is_in_tag(&self, at: usize) -> bool {
        let before = self.source.get(..at).unwrap_or_default();
        let last = |signs: [&str; 2]| signs.iter().filter_map(|sign| before.rfind(sign)).max();
        last(["{{", "{%"]) > last(["}}", "%}"])
    }
}

/// What a remark about a template that Jinja takes is made from.
#[derive(Debug)]
pub struct Template<'a> {
    /// The text as the person wrote it.
    pub source: &'a str,
    /// The text as Jinja2 sees it.
    pub normalised: &'a Normalised<'a>,
    /// Its tree.
    pub body: &'a Body,
    /// What the tree consists of.
    pub survey: &'a Survey<'a>,
    /// Where it names fields, of the document and of its rows.
    pub fields: Vec<FieldPlace<'a>>,
    /// What it wrote that nobody means to read.
    pub odd: &'a [OddPrint],
    /// The open document.
    pub document: &'a Rc<Document>,
    /// The site and the person.
    pub context: &'a Rc<Context>,
    /// What the host makes of it.
    pub answer: &'a Answer,
}

impl Template<'_> {
    /// A place of the tree, in bytes of what the person wrote.
    #[inline(never)]
    pub fn original(&self, span: Span) -> Range<usize> {
        self.normalised.original_range(span.range())
    }

    /// A sentence in the person's language.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.context.language.say(key, values)
    }

    /// The finding with a fix whose button says `label`.
    #[inline(never)]
    pub fn with_fix(&self, finding: Finding, label: &str, span: Span, text: String) -> Finding {
        finding.with_fix(self.say(label, &[]), self.original(span), text)
    }

    /// The finding with a fix whose button says what it writes.
    #[inline(never)]
    pub fn with_written(&self, finding: Finding, span: Span, text: String) -> Finding {
        let label = self.say("message/button-write", &[("text", &shortened(&text))]);
        finding.with_fix(label, self.original(span), text)
    }

    /// The expression at a place.
    fn node(&self, span: Span) -> Option<&Expr> {
        let mut found = None;
        walk::body(self.body, &mut |met| {
            if let Met::Expr(node) = met
                && node.span == span
            {
                found.get_or_insert(node);
            }
        });
        found
    }

    /// Whether the field is `None` in the document or, for a field of rows, in one of them.
    fn is_none(&self, field: &FieldPlace<'_>) -> bool {
        let none = |document: &Document| matches!(document.slot(&field.place.field), Some(Slot::Known(Value::None)));
        match &field.rows {
            None => none(self.document),
            Some((_, rows)) => rows.iter().filter_map(|row| row.downcast::<Document>()).any(none),
        }
    }

    /// Names that neither the template nor the host gives, where nobody asks whether they are there.
    fn unknown_names(&self) -> impl Iterator<Item = (&Rc<str>, Span)> {
        const OF_JINJA: [&str; 7] = ["caller", "kwargs", "loop", "self", "super", "varargs", "true"];
        self.survey.names.iter().copied().filter(|(name, span)| {
            !matches!(&***name, "doc" | "alert" | "comments" | "frappe" | "_")
                && !OF_JINJA.contains(&&***name)
                && !self.survey.sets(name)
                && !self.survey.expects_missing(*span)
                && matches!(names::in_message(self.context, name), Ok(None))
                && matches!(callables::global(name), Ok(None))
        })
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

/// Every finding about a tree has one of these.
type Find = fn(&Template<'_>) -> Vec<Finding>;

const FINDINGS: &[Find] = &[
    attribute_of_empty::find,
    builtin_missing::find,
    date_and_text::find,
    empty_field::find,
    empty_message::find,
    formatted_text::find,
    html_comment::find,
    link_is_a_name::find,
    nowdate_in_message::find,
    object_printed::find,
    plus_with_number::find,
    prints_none::find,
    raw_html::find,
    raw_value::find,
    table_called::find,
    translate_prefix::find,
    undefined_name::find,
    unknown_field::find,
    unknown_util::find,
];

impl<'a> Template<'a> {
    /// All that there is to say about a template that Jinja takes, in the order of the text.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> =
            FINDINGS.iter().flat_map(|find| find(self).into_iter().take(MOST_OF_ONE)).collect();
        found.extend(prints_undefined::find(self, &found));
        // A field that is not there is more than an empty one, and so is a link that is taken for a document.
        let places = |code: &str| -> Vec<Range<usize>> {
            found.iter().filter(|finding| finding.code == code).filter_map(|finding| finding.span.clone()).collect()
        };
        let (unknown, links) = (places("message/unknown-field"), places("message/link-is-a-name"));
        let inside = |inner: &Range<usize>, outer: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        found.retain(|finding| match (finding.code, &finding.span) {
            ("message/prints-none", Some(span)) => !unknown.iter().any(|known| inside(known, span)),
            ("message/attribute-of-empty", Some(span)) => !links.iter().any(|known| inside(span, known)),
            _ => true,
        });
        found.sort_by_key(|finding| finding.span.as_ref().map(|span| span.start));
        found
    }

    /// Where a template names fields.
    pub fn fields(survey: &'a Survey<'a>, document: &Document, text: &str) -> Vec<FieldPlace<'a>> {
        fields::fields(survey, document, text)
    }
}

/// What is to say about a text whether Jinja takes it or not.
pub fn of_text(raw: Raw<'_>) -> Vec<Finding> {
    [file_path::find(&raw), forbidden_text::find(&raw)].into_iter().flatten().collect()
}

/// What was probably meant in a text that Jinja refuses with `message` at a place.
pub fn of_refusal(raw: Raw<'_>, message: &str, place: Range<usize>) -> Option<Finding> {
    slip::find(&raw, message, place)
}

/// The fields that the template reads, each once, and whether each is empty.
pub fn reads(fields: &[FieldPlace<'_>], document: &Document) -> Vec<super::Read> {
    let of_document = fields.iter().filter(|field| field.rows.is_none()).map(|field| &field.place);
    reads::reads(of_document, document)
}
