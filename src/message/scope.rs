//! Names: which value a name has at a place of the template.
//!
//! Jinja2 compiles a template to Python functions and works the names out beforehand. Looking them up from the inside
//! out gives the same: a loop's body starts anew at each turn, what is set inside a loop, `with`, macro or block stays
//! there, an `if` is no scope, and a macro sees what stands where it was written.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::{Stop, Value};

/// What a name stands for.
#[derive(Debug, Clone)]
pub enum Binding {
    /// A value.
    Value(Value),
    /// Something that was not worked out, for this reason.
    Unknown(Stop),
}

/// The names of one place, and those around it.
#[derive(Debug)]
pub struct Scope {
    names: RefCell<Vec<(Rc<str>, Binding)>>,
    outer: Option<Rc<Self>>,
}

impl Scope {
    /// The scope of the template itself.
    pub fn root() -> Rc<Self> {
        Rc::new(Self { names: RefCell::new(Vec::new()), outer: None })
    }

    /// A scope inside another.
    pub fn inside(outer: &Rc<Self>) -> Rc<Self> {
        Rc::new(Self { names: RefCell::new(Vec::new()), outer: Some(Rc::clone(outer)) })
    }

    /// Forgets its own names, for the next turn of a loop that kept no reference to it.
    pub fn clear(&self) {
        self.names.borrow_mut().clear();
    }

    /// Sets a name here.
    pub fn set(&self, name: &Rc<str>, binding: Binding) {
        let mut names = self.names.borrow_mut();
        match names.iter_mut().find(|(own, _)| own == name) {
            Some((_, place)) => *place = binding,
            None => names.push((Rc::clone(name), binding)),
        }
    }

    /// What a name stands for, from here outwards.
    pub fn get(&self, name: &str) -> Option<Binding> {
        let mut scope = Some(self);
        while let Some(current) = scope {
            if let Some((_, binding)) = current.names.borrow().iter().find(|(own, _)| **own == *name) {
                return Some(binding.clone());
            }
            scope = current.outer.as_deref();
        }
        None
    }
}
