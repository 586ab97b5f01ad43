//! What one evaluation may still spend. Every loop that a person controls takes steps; every value that can be large
//! takes bytes *before* it is made.

use std::cell::Cell;

use super::{Int, Outcome, Stop, Value};
use crate::limits;

/// The steps, bytes and depth left to one evaluation.
#[derive(Debug)]
pub struct Budget {
    steps: Cell<u64>,
    bytes: Cell<usize>,
    depth: Cell<usize>,
    unsettled: Cell<Option<&'static str>>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: Cell::new(limits::STEPS),
            bytes: Cell::new(limits::VALUE_BYTES),
            depth: Cell::new(0),
            unsettled: Cell::new(None),
        }
    }
}

impl Budget {
    /// A budget of its own for what is shown beside an answer, so that it neither eats up the answer's nor is eaten up.
    pub fn of(steps: u64, bytes: usize) -> Self {
        Self { steps: Cell::new(steps), bytes: Cell::new(bytes), ..Self::default() }
    }

    /// Spends one step.
    ///
    /// # Errors
    /// [`Stop::Limit`] when none is left.
    pub fn step(&self) -> Outcome<()> {
        self.steps(1)
    }

    /// Spends several steps at once, for example the items of a list about to be walked.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are not enough left.
    pub fn steps(&self, count: u64) -> Outcome<()> {
        self.steps.set(self.steps.get().checked_sub(count).ok_or(Stop::Limit("limit/steps"))?);
        Ok(())
    }

    /// Spends what it takes to look through so many bytes of a text, to compare or to hash them.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are not enough steps left.
    pub fn look_through(&self, bytes: usize) -> Outcome<()> {
        self.steps((bytes / limits::BYTES_A_STEP) as u64)
    }

    /// Spends what it takes to read a value that is one piece: a text, bytes or a very large integer. Whoever walks a
    /// container spends its items on the way.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are not enough steps left.
    pub fn read(&self, value: &Value) -> Outcome<()> {
        match value {
            Value::Str(text) => self.look_through(text.len()),
            Value::Bytes(bytes) => self.look_through(bytes.len()),
            Value::Int(number @ Int::Big(_)) => self.look_through(number.bytes()),
            _ => Ok(()),
        }
    }

    /// Spends what it takes to find a key in a dict or a set, or to put it there.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are not enough steps left.
    pub fn hash(&self, key: &Value) -> Outcome<()> {
        self.step()?;
        match key {
            // A tuple that holds one tuple twice hashes it twice: what is small can take long.
            Value::Tuple(items) => self.deeper(|| items.iter().try_for_each(|item| self.hash(item))),
            _ => self.read(key),
        }
    }

    /// Spends bytes for a value that is about to be made.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are not enough left.
    pub fn bytes(&self, count: usize) -> Outcome<()> {
        self.bytes.set(self.bytes.get().checked_sub(count).ok_or(Stop::Limit("limit/bytes"))?);
        Ok(())
    }

    /// Whether so many bytes are left: asked before a value is made whose exact size is counted behind it.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are not enough left.
    pub fn has_bytes(&self, count: usize) -> Outcome<()> {
        if count > self.bytes.get() { Err(Stop::Limit("limit/bytes")) } else { Ok(()) }
    }

    /// Says that what failed has left a value half changed, in a way that is not followed here; `what` names it.
    /// Whoever catches the error and goes on cannot know the value.
    pub fn unsettle(&self, what: &'static str) {
        self.unsettled.set(Some(what));
    }

    /// What a failure has left half changed.
    pub fn unsettled(&self) -> Option<&'static str> {
        self.unsettled.get()
    }

    /// Runs something one level deeper (a call, a nested expression, the text of a nested list).
    ///
    /// # Errors
    /// [`Stop::Limit`] past [`limits::NESTING`]; otherwise what `run` answers.
    pub fn deeper<T>(&self, run: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let depth = self.depth.get();
        if depth >= limits::NESTING {
            return Err(Stop::Limit("limit/depth"));
        }
        self.depth.set(depth + 1);
        let outcome = run();
        self.depth.set(depth);
        outcome
    }
}
