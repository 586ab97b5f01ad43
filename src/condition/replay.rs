//! A condition over many documents: read once, asked quickly where the compiled form can tell, else evaluated whole, but
//! without findings, and explained only where it does not hold. What depends on the values of fields alone is evaluated
//! once for all documents that have them: a misspelt field fails for each in the same way.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::characters::Normalised;
use super::quick::{Quick, Table};
use super::{Answer, Mode, Options, Tree, Trial, check, parser, refused, restricted, same_answer};
use crate::host::{Context, Document};
use crate::limits;
use crate::python::{Exception, Object, Value};

/// A condition made ready for many documents.
pub struct Prepared<'a> {
    source: &'a str,
    options: &'a Options,
    context: &'a Rc<Context>,
    table: &'a Table,
    quick: Option<Quick>,
    /// `None` when each document is to be checked whole.
    readings: Option<Vec<Reading>>,
    /// What documents answered, by the values of the fields that the condition reads.
    answered: RefCell<HashMap<Vec<u8>, Replayed>>,
}

/// The condition as one of the host's two ways reads it.
struct Reading {
    mode: Mode,
    normalised: Normalised,
    /// What the host refuses it refuses for every document.
    tree: Result<Tree, Answer>,
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
        let quick = Self::quick(source, table, context, options);
        let readings = Self::readings(source, context, options);
        Self { source, options, context, table, quick, readings, answered: RefCell::default() }
    }

    fn readings(source: &str, context: &Context, options: &Options) -> Option<Vec<Reading>> {
        if options.filters || source.is_empty() || source.len() > limits::CONDITION_BYTES {
            return None;
        }
        let scripts = options.server_scripts.or(context.server_scripts);
        let mut readings = Vec::new();
        for (mode, asked) in [(Mode::Expression, scripts != Some(true)), (Mode::Block, scripts != Some(false))] {
            if !asked {
                continue;
            }
            let normalised = match mode {
                Mode::Expression => Normalised::nfkc(source).ok()?,
                Mode::Block => Normalised::unchanged(source),
            };
            let text = normalised.text.as_str();
            let tree = Tree::parse(text, mode, &parser::cut(text))
                .map_err(|failure| refused(&failure, text, mode, context.language));
            readings.push(Reading { mode, normalised, tree });
        }
        Some(readings)
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
        let Some(key) = self.quick.as_ref().and_then(|quick| self.key(quick, index, document)) else {
            return Some(self.whole(document));
        };
        if let Some(known) = self.answered.borrow().get(&key) {
            return Some(known.clone());
        }
        let answer = self.whole(document);
        let mut answered = self.answered.borrow_mut();
        if answered.len() < MOST_ANSWERS {
            answered.insert(key, answer.clone());
        }
        Some(answer)
    }

    /// All that the answer depends on: constants, and these values of these fields. `None` when it may be more.
    fn key(&self, quick: &Quick, index: usize, document: &Rc<Document>) -> Option<Vec<u8>> {
        let first = self.table.documents().first()?;
        // What a document answers for a field that it does not have is a matter of its class and its state.
        if !Rc::ptr_eq(&first.doctype, &document.doctype) || first.state != document.state || document.is_row() {
            return None;
        }
        let mut key = Vec::new();
        for (name, by_get, column) in quick.fields() {
            match column.get(index)? {
                Some(value) => write(value, &mut key)?,
                None if *by_get || document.slot(name).is_some() => return None,
                None => key.push(b'-'),
            }
        }
        Some(key)
    }

    /// The document evaluated on its own.
    fn whole(&self, document: &Rc<Document>) -> Replayed {
        let Some(readings) = &self.readings else { return self.checked(document) };
        let trial = Trial {
            doc: Value::Object(Rc::clone(document) as Rc<dyn Object>),
            doctype: Some(&document.doctype),
            metas: &document.metas,
            document: Some(document),
            context: self.context,
        };
        let mut first: Option<(Answer, Replayed)> = None;
        for reading in readings {
            let is_first = first.is_none();
            let is_explained = |answer: &Answer| is_first && matches!(answer, Answer::Exact { truth: false, .. });
            let (answer, parts) = match &reading.tree {
                Ok(tree) => {
                    let text = reading.normalised.text.as_str();
                    let (answer, parts, _) = trial.evaluate(tree, text, reading.mode, is_explained);
                    (answer, parts)
                }
                Err(answer) => (answer.clone(), Vec::new()),
            };
            match &first {
                Some((other, _)) if !same_answer(other, &answer) => return Replayed::Unknown,
                Some(_) => {}
                None => {
                    let decided = parts.into_iter().find(|part| part.decided);
                    let decided = decided.map(|part| (reading.normalised.original(&part.span), part.text));
                    let original = |span: &Range<usize>| reading.normalised.original(span);
                    first = Some((answer.clone(), self.replayed(answer, decided, original)));
                }
            }
        }
        first.map_or(Replayed::Unknown, |(_, answer)| answer)
    }

    fn replayed(
        &self,
        answer: Answer,
        decided: Option<(Range<usize>, Option<String>)>,
        original: impl Fn(&Range<usize>) -> Range<usize>,
    ) -> Replayed {
        match answer {
            Answer::Exact { truth, .. } => {
                let (span, text) = decided.unwrap_or((0..self.source.len(), None));
                Replayed::Known(truth, span, text)
            }
            Answer::Error(mut exception) => {
                exception.span = exception.span.as_ref().map(original);
                Replayed::Error(exception)
            }
            Answer::Server(_) | Answer::Unsupported(_) => Replayed::Unknown,
        }
    }

    /// All that is said about the condition on one document, and what a replay needs of it.
    fn checked(&self, document: &Rc<Document>) -> Replayed {
        let report = check(self.source, document, self.context, self.options);
        let decided = report.explanation.into_iter().find(|part| part.decided).map(|part| (part.span, part.text));
        self.replayed(report.answer, decided, Range::clone)
    }
}

/// How many different answers are kept.
const MOST_ANSWERS: usize = 4096;

/// A plain value in bytes, told apart from every other; `None` for what is not plain, or long.
fn write(value: &Value, key: &mut Vec<u8>) -> Option<()> {
    match value {
        Value::None => key.push(b'n'),
        Value::Bool(truth) => key.extend([b'b', u8::from(*truth)]),
        Value::Int(number) => {
            key.push(b'i');
            key.extend(number.to_i64()?.to_le_bytes());
        }
        Value::Float(number) => {
            key.push(b'f');
            key.extend(number.to_bits().to_le_bytes());
        }
        Value::Str(text) if text.len() < 64 => {
            key.extend([b's', u8::try_from(text.len()).ok()?]);
            key.extend(text.as_bytes());
        }
        Value::Date(date) => {
            key.push(b'd');
            key.extend(date.ordinal().to_le_bytes());
        }
        Value::DateTime(moment) => {
            key.push(b't');
            key.extend(moment.microseconds().to_le_bytes());
        }
        _ => return None,
    }
    Some(())
}
