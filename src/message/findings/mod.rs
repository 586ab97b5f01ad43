//! Remarks about templates, one file each, alphabetical.

use std::rc::Rc;

use super::Answer;
use super::ast::{Body, Span};
use super::normalised::Normalised;
use super::reads::Place;
use crate::finding::Finding;
use crate::host::{Context, Document};

mod empty_field;
mod html_comment;
mod nowdate_in_message;
pub mod printed;
mod prints_none;
mod raw_value;
mod unknown_field;

/// What a remark is made from.
#[derive(Debug)]
pub struct Template<'a> {
    /// The text as the person wrote it.
    pub source: &'a str,
    /// The text as Jinja2 sees it.
    pub normalised: &'a Normalised<'a>,
    /// Its tree.
    pub body: &'a Body,
    /// Where it names fields of `doc`.
    pub places: &'a [Place],
    /// The fields that it prints as they are.
    pub printed: Vec<printed::Printed>,
    /// The open document.
    pub document: &'a Rc<Document>,
    /// The site and the person.
    pub context: &'a Rc<Context>,
    /// What the host makes of it.
    pub answer: &'a Answer,
}

impl Template<'_> {
    /// A place of the tree, in bytes of what the person wrote.
    pub fn original(&self, span: Span) -> std::ops::Range<usize> {
        self.normalised.original_range(span.range())
    }

    /// A sentence in the person's language.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.context.language.say(key, values)
    }
}

/// Every finding has one of these.
type Find = fn(&Template<'_>) -> Vec<Finding>;

const FINDINGS: &[Find] = &[
    empty_field::find,
    html_comment::find,
    nowdate_in_message::find,
    prints_none::find,
    raw_value::find,
    unknown_field::find,
];

/// All that there is to say, in the order of the text.
pub fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = FINDINGS.iter().flat_map(|find| find(template)).collect();
    found.sort_by_key(|finding| finding.span.as_ref().map(|span| span.start));
    found
}
