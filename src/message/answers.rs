//! Answers of the server in a rendering: which look-ups they close, and which parts of the text they made.
//!
//! An answer counts for every expression that reads it, and through a name that was set from it. Counting too much is
//! harmless: a part that is marked as the server's says less for certain than one that is not.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::ast::{Span, Target};
use super::render::Renderer;
use crate::answer::Question;
use crate::host::look_up::{Answer, Asked, LookUp};
use crate::limits;
use crate::python::{Arguments, Object, Outcome, Value};

/// What the server was asked, and what it told.
#[derive(Debug, Default)]
pub struct Answers {
    /// What the page has brought back.
    known: Rc<Vec<Answer>>,
    /// The question of the stop that is on its way up.
    open: RefCell<Option<Question>>,
    /// How many times an answer was read.
    uses: Cell<usize>,
    /// The answer that the call which is being left was given.
    fresh: Cell<Option<usize>>,
    /// Names that were set from an answer.
    names: RefCell<Vec<Rc<str>>>,
    /// Which answers were read where.
    pub(super) read: RefCell<Vec<(Question, String, Span)>>,
    /// The bytes of the text that answers made.
    pub(super) made: RefCell<Vec<Range<usize>>>,
    asked: Cell<usize>,
}

impl Answers {
    /// Of a rendering that has not begun.
    pub fn new(known: &Rc<Vec<Answer>>) -> Self {
        Self { known: Rc::clone(known), ..Self::default() }
    }

    /// How many times an answer was read so far.
    pub(super) fn uses(&self) -> usize {
        self.uses.get()
    }

    /// Notes that a name is read.
    pub(super) fn meet(&self, name: &Rc<str>) {
        if !self.known.is_empty() && self.names.borrow().contains(name) {
            self.uses.set(self.uses.get() + 1);
        }
    }

    /// Notes what a statement has set, when answers were read since `before`.
    pub(super) fn set(&self, target: &Target, before: usize) {
        if self.uses.get() == before {
            return;
        }
        match target {
            Target::Name(name, _) | Target::Attribute(name, _, _) => self.names.borrow_mut().push(Rc::clone(name)),
            Target::Tuple(items) => items.iter().for_each(|item| self.set(item, before)),
        }
    }

    /// Notes a part of the text, when answers were read since `before`.
    pub(super) fn mark(&self, part: Range<usize>, before: usize) {
        if self.uses.get() == before || part.is_empty() {
            return;
        }
        // The text only grows: what was marked before lies in front of this part, or in it.
        let mut made = self.made.borrow_mut();
        while made.last().is_some_and(|last| part.start <= last.start) {
            made.pop();
        }
        match made.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            _ => made.push(part),
        }
    }

    /// The question of the stop that just became a gap, as long as there are not too many.
    pub(super) fn take_open(&self) -> Option<Question> {
        let question = self.open.borrow_mut().take()?;
        self.asked.set(self.asked.get() + 1);
        (self.asked.get() <= limits::QUESTIONS).then_some(question)
    }

    /// The answer that the expression at `span` was given, if it is a look-up that just was.
    pub(super) fn settle(&self, span: Span) {
        let Some(answer) = self.fresh.take().and_then(|at| self.known.get(at)) else { return };
        let mut read = self.read.borrow_mut();
        let entry = (answer.question.clone(), answer.asked_at.clone(), span);
        if !read.contains(&entry) {
            read.push(entry);
        }
    }

    fn find(&self, question: &Question) -> Option<(usize, &Answer)> {
        self.known.iter().enumerate().find(|(_, answer)| answer.question == *question)
    }
}

impl Renderer<'_> {
    /// Calls a function that reads the database: an answer is its value, and without one its question is kept.
    pub(super) fn ask(&self, function: &LookUp, arguments: Arguments) -> Outcome<Value> {
        let asked = function.asked(&arguments);
        if let Some(asked) = asked {
            if let Some((at, answer)) = self.answers.find(&asked.question) {
                let value = Asked::value(&asked, answer, &self.environment.context)?;
                self.answers.uses.set(self.answers.uses.get() + 1);
                self.answers.fresh.set(Some(at));
                return Ok(value);
            }
            *self.answers.open.borrow_mut() = Some(asked.question);
        }
        function.call(arguments, &self.budget)
    }
}
