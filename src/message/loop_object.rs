//! A `for` loop while it runs, and the `loop` that its body sees.
//!
//! Source: `LoopContext` of `jinja2/runtime.py` 3.1.6. Items are taken when they are asked for: `loop.last` takes one
//! ahead, `loop.length` of something without a length takes all.

use std::any::Any;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::ast::For;
use super::iteration::Items;
use super::render::Renderer;
use super::scope::Scope;
use super::undefined::Undefined;
use crate::python::{Arguments, Budget, Function, Object, Outcome, Stop, Value, access, operators};

/// A loop while it runs.
#[derive(Debug)]
pub struct LoopState {
    /// The statement.
    pub node: Rc<For>,
    /// Where the statement stands.
    pub scope: Rc<Scope>,
    /// 0 for the outermost of a recursive loop.
    pub depth0: usize,
    iterable: Value,
    items: RefCell<Items>,
    /// Turns begun.
    index: Cell<usize>,
    length: Cell<Option<usize>>,
    before: RefCell<Option<Value>>,
    current: RefCell<Option<Value>>,
    after: RefCell<Option<Value>>,
    changed: RefCell<Option<Value>>,
}

impl LoopState {
    /// A loop before its first turn.
    ///
    /// # Errors
    /// When the value cannot be walked.
    pub fn new(node: &Rc<For>, scope: &Rc<Scope>, iterable: Value, depth0: usize, budget: &Budget) -> Outcome<Self> {
        Ok(Self {
            node: Rc::clone(node),
            scope: Rc::clone(scope),
            depth0,
            items: RefCell::new(Items::of(&iterable, budget)?),
            iterable,
            index: Cell::new(0),
            length: Cell::new(None),
            before: RefCell::new(None),
            current: RefCell::new(None),
            after: RefCell::new(None),
            changed: RefCell::new(None),
        })
    }

    /// Begins the next turn with its item; `None` at the end.
    ///
    /// # Errors
    /// What walking or the loop's own `if` raises.
    pub fn advance(&self, renderer: &Renderer<'_>) -> Outcome<Option<Value>> {
        let ahead = self.after.borrow_mut().take();
        let item = match ahead {
            Some(item) => Some(item),
            None => self.pull(renderer)?,
        };
        if let Some(item) = &item {
            self.index.set(self.index.get() + 1);
            let last = self.current.borrow_mut().replace(item.clone());
            *self.before.borrow_mut() = last;
        }
        Ok(item)
    }

    /// The next item that the loop's `if` lets through.
    fn pull(&self, renderer: &Renderer<'_>) -> Outcome<Option<Value>> {
        loop {
            let next = self.items.try_borrow_mut().map_err(|_| Stop::unsupported("loop"))?.next(&renderer.budget)?;
            let (Some(item), Some(test)) = (&next, &self.node.test) else { return Ok(next) };
            let scope = Scope::inside(&self.scope);
            renderer.assign(&self.node.target, item.clone(), &scope)?;
            if operators::truth(&renderer.eval(test, &scope)?)? {
                return Ok(next);
            }
        }
    }

    fn peek(&self, renderer: &Renderer<'_>) -> Outcome<Option<Value>> {
        if self.after.borrow().is_none() {
            let next = self.pull(renderer)?;
            *self.after.borrow_mut() = next;
        }
        Ok(self.after.borrow().clone())
    }

    fn length(&self, renderer: &Renderer<'_>) -> Outcome<usize> {
        if let Some(length) = self.length.get() {
            return Ok(length);
        }
        // With an `if` of its own the loop walks a generator, which has no length.
        let known = if self.node.test.is_some() {
            None
        } else {
            match access::length(&self.iterable) {
                Ok(length) => Some(length),
                Err(Stop::Raise(exception)) if exception.kind == "TypeError" => None,
                Err(stop) => return Err(stop),
            }
        };
        let length = match known {
            Some(length) => length,
            None => {
                let mut rest = Vec::new();
                while let Some(item) = self.pull(renderer)? {
                    rest.push(item);
                }
                let length = rest.len() + self.index.get() + usize::from(self.after.borrow().is_some());
                *self.items.borrow_mut() = Items::Laid(rest.into_iter());
                length
            }
        };
        self.length.set(Some(length));
        Ok(length)
    }
}

/// `loop`, in the loop's body.
#[derive(Debug, Clone)]
pub struct Loop {
    /// The loop.
    pub state: Rc<LoopState>,
}

impl Loop {
    /// `loop.name`; `None` when there is no such attribute.
    ///
    /// # Errors
    /// What taking items raises.
    pub fn attribute(&self, name: &str, renderer: &Renderer<'_>) -> Outcome<Option<Value>> {
        let state = &self.state;
        let index = state.index.get();
        let number = |value: usize| Value::from(value);
        Ok(Some(match name {
            "index" => number(index),
            "index0" => number(index.saturating_sub(1)),
            "first" => Value::Bool(index == 1),
            "last" => Value::Bool(state.peek(renderer)?.is_none()),
            "length" => number(state.length(renderer)?),
            // A list that shrinks while it is walked makes these negative.
            "revindex" => difference(state.length(renderer)?, index.saturating_sub(1)),
            "revindex0" => difference(state.length(renderer)?, index),
            "depth" => number(state.depth0 + 1),
            "depth0" => number(state.depth0),
            "previtem" => match state.before.borrow().clone() {
                Some(item) if index > 1 => item,
                _ => Undefined::hint("there is no previous item"),
            },
            "nextitem" => match state.peek(renderer)? {
                Some(item) => item,
                None => Undefined::hint("there is no next item"),
            },
            "cycle" => {
                let at = index.saturating_sub(1);
                Function::method("cycle", move |arguments: Arguments, _| {
                    if !arguments.keyword.is_empty() {
                        return Err(Stop::unsupported("loop.cycle with keyword arguments"));
                    }
                    let count = arguments.positional.len();
                    let place = at.checked_rem(count).and_then(|at| arguments.positional.get(at));
                    place.cloned().ok_or_else(|| Stop::type_error("no items for cycling given"))
                })
            }
            "changed" => {
                let state = Rc::clone(state);
                Function::method("changed", move |arguments: Arguments, budget| {
                    if !arguments.keyword.is_empty() {
                        return Err(Stop::unsupported("loop.changed with keyword arguments"));
                    }
                    let value = Value::tuple(arguments.positional);
                    let last = state.changed.borrow().clone();
                    let same = match last {
                        Some(last) => operators::equals(&last, &value, budget)?,
                        None => false,
                    };
                    if !same {
                        *state.changed.borrow_mut() = Some(value);
                    }
                    Ok(Value::Bool(!same))
                })
            }
            name if name.starts_with('_') => return Err(Stop::unsupported(format!("loop.{name}"))),
            _ => return Ok(None),
        }))
    }
}

fn difference(length: usize, taken: usize) -> Value {
    let signed = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    Value::from(signed(length) - signed(taken))
}

impl Object for Loop {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("LoopContext")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.runtime.LoopContext"))
    }

    fn truth(&self) -> Outcome<bool> {
        // `bool(loop)` asks its length, which may take items.
        Err(Stop::unsupported("the truth of loop"))
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        let state = &self.state;
        let length = match state.length.get() {
            Some(length) => length,
            None if state.node.test.is_none() => {
                access::length(&state.iterable).map_err(|_| Stop::unsupported("loop"))?
            }
            None => return Err(Stop::unsupported("loop")),
        };
        Ok(format!("<LoopContext {}/{length}>", state.index.get()))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Err(Stop::unsupported(format!("loop.{name} outside an expression of its own")))
    }

    fn call(&self, _arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::unsupported("loop() outside an expression of its own"))
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Err(Stop::unsupported("walking loop"))
    }

    fn length(&self) -> Outcome<usize> {
        Err(Stop::unsupported("the length of loop"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
