//! The variables of a function, a lambda or a comprehension, and where a name is looked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::statements::bindings::Bindings;
use crate::python::{Outcome, Stop, Value, dismantle};

/// What a scope belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The function that a condition becomes: its parts are explained.
    Condition,
    /// A function or a lambda.
    Function,
    /// A comprehension: `:=` binds outside of it.
    Comprehension,
}

/// The variables of a function, a lambda or a comprehension.
#[derive(Debug)]
pub struct Scope {
    variables: RefCell<HashMap<Rc<str>, Value>>,
    names: Rc<Bindings>,
    parent: Option<Rc<Self>>,
    of: Of,
    /// The qualified name of what it belongs to, as Python's errors show it.
    path: Rc<str>,
}

/// Where a name was found.
pub enum Found {
    /// It has this value.
    Value(Value),
    /// It is not a name of any scope.
    Nowhere,
    /// A scope says that it is global.
    Global,
}

impl Drop for Scope {
    fn drop(&mut self) {
        dismantle(self.variables.get_mut().drain().map(|(_, value)| value).collect());
    }
}

impl Scope {
    /// A scope inside another.
    pub fn new(of: Of, names: Rc<Bindings>, path: Rc<str>, parent: Option<Rc<Self>>) -> Rc<Self> {
        Rc::new(Self { variables: RefCell::default(), names, parent, of, path })
    }

    /// Whether its parts are explained.
    pub fn is_traced(&self) -> bool {
        self.of == Of::Condition
    }

    /// The qualified name of a function defined in it.
    pub fn path_of(scope: Option<&Rc<Self>>, name: &str) -> Rc<str> {
        match scope {
            Some(scope) if scope.names.globals.contains(name) => Rc::from(name),
            // CPython does not count a comprehension as a function here.
            Some(scope) if scope.of == Of::Comprehension => format!("{}.{name}", scope.path).into(),
            Some(scope) => format!("{}.<locals>.{name}", scope.path).into(),
            None => Rc::from(name),
        }
    }

    /// Binds a name of the scope itself; `false` when it says that the name is global.
    pub fn bind(&self, name: &Rc<str>, value: &Value) -> bool {
        if self.names.globals.contains(name) {
            return false;
        }
        self.variables.borrow_mut().insert(Rc::clone(name), value.clone());
        true
    }

    /// The scope that `:=` binds in.
    pub fn of_walrus(self: &Rc<Self>) -> Rc<Self> {
        match &self.parent {
            Some(parent) if self.of == Of::Comprehension => parent.of_walrus(),
            _ => Rc::clone(self),
        }
    }

    /// Takes a name out; `None` when it says that the name is global, else whether it was bound.
    pub fn unbind(&self, name: &Rc<str>) -> Option<bool> {
        if self.names.globals.contains(name) {
            return None;
        }
        Some(self.variables.borrow_mut().remove(name).is_some())
    }

    /// Looks for a name in a scope and in those around it.
    ///
    /// # Errors
    /// `UnboundLocalError` or `NameError` for a name that is not bound yet, or no longer.
    pub fn find(scope: Option<&Rc<Self>>, name: &Rc<str>) -> Outcome<Found> {
        let mut around = scope;
        let mut innermost = true;
        while let Some(current) = around {
            if current.names.globals.contains(name) {
                return Ok(Found::Global);
            }
            if let Some(value) = current.variables.borrow().get(name) {
                return Ok(Found::Value(value.clone()));
            }
            if current.names.locals.contains(name) {
                return Err(if innermost { unbound(name) } else { free(name) });
            }
            innermost = false;
            around = current.parent.as_ref();
        }
        Ok(Found::Nowhere)
    }

    /// Forgets all variables, here and around: functions among them hold the scope that holds them.
    pub fn clear(&self) {
        let variables = self.variables.take();
        drop(variables);
        if let Some(parent) = &self.parent {
            parent.clear();
        }
    }
}

/// The error of a name of the function's own that is not bound.
pub fn unbound(name: &str) -> Stop {
    let message = format!("cannot access local variable '{name}' where it is not associated with a value");
    Stop::raise("UnboundLocalError", message)
}

/// The error of a name of an outer function's that is not bound.
fn free(name: &str) -> Stop {
    let message =
        format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
    Stop::raise("NameError", message)
}
