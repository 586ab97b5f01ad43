//! A condition over many documents: read once, asked quickly where the compiled form can tell, else evaluated whole.

use std::ops::Range;
use std::rc::Rc;

use super::characters::Normalised;
use super::quick::{Quick, Table};
use super::{Answer, Mode, Options, Tree, check, parser, restricted};
use crate::host::Context;
use crate::limits;
use crate::python::Exception;

/// A condition made ready for many documents.
pub struct Prepared<'a> {
    source: &'a str,
    options: &'a Options,
    context: &'a Rc<Context>,
    table: &'a Table,
    quick: Option<Quick>,
}

/// What one document of many answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Replayed {
    /// Whether the notification would have fired, and the part that decided, with its words where the text has none.
    Known(bool, Range<usize>, Option<String>),
    /// The document's save would have been blocked.
    Error(Exception),
    /// Only the server knows, or this engine does not.
    Unknown,
}

impl<'a> Prepared<'a> {
    /// Reads a condition once.
    pub fn new(source: &'a str, table: &'a Table, context: &'a Rc<Context>, options: &'a Options) -> Self {
        Self { source, options, context, table, quick: Self::quick(source, table, context, options) }
    }

    /// The condition as both of the host's ways may read it, when they read the same.
    fn quick(source: &str, table: &Table, context: &Rc<Context>, options: &Options) -> Option<Quick> {
        if options.filters || source.len() > limits::CONDITION_BYTES {
            return None;
        }
        let scripts = options.server_scripts.or(context.server_scripts);
        let mut found = None;
        for (mode, asked) in [(Mode::Expression, scripts != Some(true)), (Mode::Block, scripts != Some(false))] {
            if !asked {
                continue;
            }
            if mode == Mode::Expression && Normalised::nfkc(source).ok()?.text != source {
                return None;
            }
            match Tree::parse(source, mode, &parser::cut(source)) {
                Ok(Tree::Expression(expr)) if restricted::allow(&expr, source, mode).is_ok() => found = Some(expr),
                _ => return None,
            }
        }
        Quick::new(&found?, context, table)
    }

    /// What the document of this index answers; `None` when there is none.
    pub fn ask(&self, index: usize) -> Option<Replayed> {
        if let Some(answer) = self.quick.as_ref().and_then(|quick| quick.ask(index)) {
            return Some(Replayed::Known(answer.truth, answer.decided, None));
        }
        let document = self.table.documents().get(index)?;
        let report = check(self.source, document, self.context, self.options);
        Some(match report.answer {
            Answer::Exact { truth, .. } => {
                let decided = report.explanation.into_iter().find(|part| part.decided);
                let (span, text) = decided.map_or((0..self.source.len(), None), |part| (part.span, part.text));
                Replayed::Known(truth, span, text)
            }
            Answer::Error(exception) => Replayed::Error(exception),
            Answer::Server(_) | Answer::Unsupported(_) => Replayed::Unknown,
        })
    }
}
