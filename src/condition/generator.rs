//! Generators: `(x for ...)`, and functions that yield. Both run only as far as somebody asks.

use std::any::Any;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::ast::Comprehension;
use super::evaluate::Evaluator;
use super::scope::Scope;
use super::statements::machine::{Machine, Progress};
use crate::python::{Budget, Function, Items, Object, Outcome, Stop, Value, items};

/// The loops of a comprehension, stopped between two of its elements.
pub struct Loops {
    made: Rc<Comprehension>,
    scope: Rc<Scope>,
    /// What each loop still walks, outermost first; a loop that has not begun is not there.
    walks: Vec<Items>,
}

impl Loops {
    /// Loops over `first`, to be bound in `scope`.
    pub fn new(made: &Rc<Comprehension>, scope: &Rc<Scope>, first: Items) -> Self {
        Self { made: Rc::clone(made), scope: Rc::clone(scope), walks: vec![first] }
    }

    /// Goes on to the next element: `false` when there is none.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn advance(&mut self, evaluator: &Rc<Evaluator>) -> Outcome<bool> {
        let budget = &evaluator.budget;
        while let Some(items) = self.walks.last_mut() {
            let Some(item) = items.next(budget)? else {
                self.walks.pop();
                continue;
            };
            let Some(one) = self.made.loops.get(self.walks.len() - 1) else { return Ok(false) };
            evaluator.bind_loop(&one.target, item, &self.scope)?;
            let mut holds = true;
            for condition in &one.conditions {
                holds = evaluator.truth(condition, Some(&self.scope))?;
                if !holds {
                    break;
                }
            }
            if !holds {
                continue;
            }
            let Some(next) = self.made.loops.get(self.walks.len()) else { return Ok(true) };
            let source = evaluator.value(&next.source, Some(&self.scope))?;
            let walk = evaluator.walk(&next.target, source)?;
            self.walks.push(walk);
        }
        Ok(false)
    }
}

/// `(x for ...)`
pub struct Expression {
    evaluator: Rc<Evaluator>,
    /// Not there once it has ended, and while it runs.
    loops: RefCell<Option<Loops>>,
    running: Cell<bool>,
    chain: usize,
}

impl Expression {
    /// A generator over these loops, the first of which walks `source`.
    ///
    /// # Errors
    /// [`Stop::Limit`] when iterators read each other too deeply.
    pub fn new(evaluator: &Rc<Evaluator>, loops: Loops, source: &Value) -> Outcome<Self> {
        let evaluator = Rc::clone(evaluator);
        let chain = items::chain([source])?;
        Ok(Self { evaluator, loops: RefCell::new(Some(loops)), running: Cell::new(false), chain })
    }
}

/// A generator that is asked while it runs.
fn already() -> Stop {
    Stop::value_error("generator already executing")
}

/// Inside a generator `StopIteration` would look like its end.
fn ended(stop: Stop) -> Stop {
    match &stop {
        Stop::Raise(exception) if exception.kind == "StopIteration" => {
            Stop::raise("RuntimeError", "generator raised StopIteration")
        }
        _ => stop,
    }
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<generator>")
    }
}

impl Object for Expression {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("generator")
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "close" | "gi_running" | "gi_suspended" | "send" | "throw" => {
                Err(Stop::unsupported(format!("{name} of a generator")))
            }
            _ => Ok(None),
        }
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn chain(&self) -> usize {
        self.chain
    }

    fn next(&self, budget: &Budget) -> Outcome<Option<Value>> {
        let Some(mut loops) = self.loops.borrow_mut().take() else {
            return if self.running.get() { Err(already()) } else { Ok(None) };
        };
        self.running.set(true);
        let next = budget.deeper(|| {
            if !loops.advance(&self.evaluator)? {
                return Ok(None);
            }
            self.evaluator.value(&loops.made.element, Some(&loops.scope)).map(Some)
        });
        self.running.set(false);
        if matches!(next, Ok(Some(_))) {
            *self.loops.borrow_mut() = Some(loops);
        }
        next.map_err(ended)
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        items::rest_or_unknown(|| self.next(budget), budget)
    }

    fn contains(&self, item: &Value, budget: &Budget) -> Option<Outcome<bool>> {
        Some(items::found(|| self.next(budget), item, budget))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A call of a function that yields.
#[derive(Clone)]
pub struct Running(Rc<State>);

struct State {
    evaluator: Rc<Evaluator>,
    /// Not there once it has ended, and while it runs.
    machine: RefCell<Option<Machine>>,
    running: Cell<bool>,
    started: Cell<bool>,
    /// What it returned.
    result: RefCell<Value>,
    chain: usize,
}

impl Drop for State {
    fn drop(&mut self) {
        // CPython closes a generator when its last reference goes, which the condition can see.
        let left = self.started.get() && self.machine.get_mut().as_ref().is_some_and(Machine::is_guarded);
        if left {
            self.evaluator.left_guarded.set(true);
        }
    }
}

impl Running {
    /// A generator that runs this function's body, which was called with iterators of this [`Object::chain`].
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are too many of them.
    pub fn new(evaluator: &Rc<Evaluator>, machine: Machine, chain: usize) -> Outcome<Self> {
        let evaluator = Rc::clone(evaluator);
        evaluator.keep(machine.scope())?;
        Ok(Self(Rc::new(State {
            evaluator,
            machine: RefCell::new(Some(machine)),
            running: Cell::new(false),
            started: Cell::new(false),
            result: RefCell::new(Value::None),
            chain,
        })))
    }

    /// What it returned, once it has ended.
    pub fn result(&self) -> Value {
        self.0.result.borrow().clone()
    }

    fn resume(&self, sent: Value) -> Outcome<Option<Value>> {
        let state = &self.0;
        let Some(mut machine) = state.machine.borrow_mut().take() else {
            if state.running.get() {
                return Err(already());
            }
            *state.result.borrow_mut() = Value::None;
            return Ok(None);
        };
        if !state.started.get() && !matches!(sent, Value::None) {
            *state.machine.borrow_mut() = Some(machine);
            return Err(Stop::type_error("can't send non-None value to a just-started generator"));
        }
        state.started.set(true);
        state.running.set(true);
        let progress = state.evaluator.budget.deeper(|| machine.resume(&state.evaluator, sent));
        state.running.set(false);
        match progress.map_err(ended)? {
            Progress::Yielded(value) => {
                *state.machine.borrow_mut() = Some(machine);
                Ok(Some(value))
            }
            Progress::Returned(value) => {
                *state.result.borrow_mut() = value;
                Ok(None)
            }
        }
    }

    /// `generator.send(value)`
    fn send(&self, sent: Value) -> Outcome<Value> {
        match self.resume(sent)? {
            Some(value) => Ok(value),
            None => match self.result() {
                Value::None => Err(Stop::raise("StopIteration", "")),
                _ => Err(Stop::unsupported("the value of a StopIteration")),
            },
        }
    }

    /// `generator.close()`
    fn close(&self) -> Outcome<Value> {
        let state = &self.0;
        if state.running.get() {
            return Err(already());
        }
        let waits = state.machine.borrow().as_ref().is_some_and(Machine::is_guarded);
        if waits && state.started.get() {
            return Err(Stop::unsupported("close of a generator inside a try"));
        }
        let machine = state.machine.borrow_mut().take();
        drop(machine);
        Ok(Value::None)
    }
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<generator>")
    }
}

impl Object for Running {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("generator")
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let this = self.clone();
        Ok(Some(match name {
            "send" => {
                Function::builtin("send", move |arguments, _| match <[Value; 1]>::try_from(arguments.positional) {
                    Ok([sent]) if arguments.keyword.is_empty() => this.send(sent),
                    _ => Err(Stop::unsupported("send with these arguments")),
                })
            }
            "close" => Function::builtin("close", move |arguments, _| {
                if arguments.positional.is_empty() && arguments.keyword.is_empty() {
                    this.close()
                } else {
                    Err(Stop::unsupported("close with arguments"))
                }
            }),
            "gi_running" | "gi_suspended" | "throw" => {
                return Err(Stop::unsupported(format!("{name} of a generator")));
            }
            _ => return Ok(None),
        }))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn chain(&self) -> usize {
        self.0.chain
    }

    fn next(&self, _budget: &Budget) -> Outcome<Option<Value>> {
        self.resume(Value::None)
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        items::rest_or_unknown(|| self.next(budget), budget)
    }

    fn contains(&self, item: &Value, budget: &Budget) -> Option<Outcome<bool>> {
        Some(items::found(|| self.next(budget), item, budget))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
