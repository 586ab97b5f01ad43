//! `frappe._dict`: a dict whose keys are attributes too, and whose missing keys read as `None`.
//!
//! Source: `class _dict` of frappe/__init__.py.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use crate::python::{
    Arguments, Budget, Dict, Function, Object, Outcome, Stop, Value, access, builtins, methods, operators, show,
};

/// A `frappe._dict`.
#[derive(Debug)]
pub struct FrappeDict {
    /// Always a [`Value::Dict`].
    pub dict: Value,
    /// Whether the order of its keys is that of a set, which every process of the server has its own of.
    pub unordered: bool,
}

impl FrappeDict {
    /// The value of some entries.
    pub fn value(dict: Dict) -> Value {
        Value::object(Self { dict: Value::dict(dict), unordered: false })
    }

    fn ordered(&self) -> Outcome<()> {
        if self.unordered { Err(Stop::Server("server/setting")) } else { Ok(()) }
    }
}

impl Object for FrappeDict {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("_dict")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe._dict"))
    }

    fn base(&self) -> Option<Value> {
        Some(self.dict.clone())
    }

    fn truth(&self) -> Outcome<bool> {
        operators::truth(&self.dict)
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        self.ordered()?;
        show::repr(&self.dict, budget)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let Value::Dict(dict) = &self.dict else { return Ok(None) };
        if matches!(name, "copy" | "items" | "keys" | "popitem" | "values") {
            self.ordered()?;
        }
        match name {
            "copy" => {
                let entries = dict.borrow().clone();
                return Ok(Some(Function::method("copy", move |arguments, _: &Budget| {
                    arguments.bind("_dict.copy", &[], 0)?;
                    Ok(Self::value(entries.clone()))
                })));
            }
            // A method of the class, which makes one of its own.
            "fromkeys" => {
                let dict = self.dict.clone();
                return Ok(Some(Function::builtin("fromkeys", move |arguments, budget: &Budget| {
                    match access::call_method(&dict, "fromkeys", arguments, budget)? {
                        Value::Dict(made) => Ok(Self::value(made.borrow().clone())),
                        _ => Err(Stop::unsupported("frappe._dict.fromkeys")),
                    }
                })));
            }
            // Unlike a dict's it returns the dict.
            "update" => {
                let (dict, unordered) = (self.dict.clone(), self.unordered);
                return Ok(Some(Function::method("update", move |arguments, budget: &Budget| {
                    if arguments.positional.len() != 1 || !arguments.keyword.is_empty() {
                        return Err(Stop::unsupported("frappe._dict.update with these arguments"));
                    }
                    access::call_method(&dict, "update", arguments, budget)?;
                    Ok(Value::object(Self { dict: dict.clone(), unordered }))
                })));
            }
            _ => {}
        }
        // The methods of dict win over keys of the same name, and say `_dict.get()` when they complain.
        if access::attribute(&self.dict, name)?.is_some() {
            let receiver = Value::object(Self { dict: self.dict.clone(), unordered: self.unordered });
            return Ok(methods::bound(receiver, &self.dict, name));
        }
        Ok(Some(dict.borrow().get_str(name).cloned().unwrap_or(Value::None)))
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        access::item(&self.dict, key, budget)
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        self.ordered()?;
        access::iterate(&self.dict, budget)
    }

    fn length(&self) -> Outcome<usize> {
        access::length(&self.dict)
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        let same = |other: &Self| match (&self.dict, &other.dict) {
            (Value::Dict(own), Value::Dict(other)) => Rc::ptr_eq(own, other),
            _ => false,
        };
        Some(other.downcast::<Self>().is_some_and(same))
    }

    fn hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The class itself: `_dict(a=1)`.
#[derive(Debug)]
pub struct FrappeDictClass;

impl Object for FrappeDictClass {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("type")
    }

    fn repr(&self, _: &Budget) -> Outcome<String> {
        Ok(String::from("<class 'frappe._dict'>"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Err(Stop::unsupported(format!("_dict.{name}")))
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        let python = builtins::builtin("dict").ok_or_else(|| Stop::unsupported("dict"))?;
        match access::call(&python, arguments, budget) {
            Ok(Value::Dict(dict)) => Ok(FrappeDict::value(dict.borrow().clone())),
            // Python names the class in some of these errors.
            Ok(_) | Err(Stop::Raise(_)) => Err(Stop::unsupported("_dict of these arguments")),
            outcome => outcome,
        }
    }

    fn item(&self, _: &Value, _: &Budget) -> Outcome<Value> {
        // A subclass of dict makes a type of its own of this.
        Err(Stop::unsupported("_dict[...]"))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
