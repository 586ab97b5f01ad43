//! Macros and the bodies of `{% call %}`: how arguments meet parameters.
//!
//! Source: `Macro.__call__` of `jinja2/runtime.py` 3.1.6.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::ast::Macro;
use super::render::Renderer;
use super::scope::{Binding, Scope};
use super::undefined::Undefined;
use crate::python::{Arguments, Budget, Dict, Object, Outcome, Stop, Value, show};

/// A macro, and the names around its definition.
#[derive(Debug)]
pub struct MacroObject {
    /// The definition.
    pub node: Rc<Macro>,
    /// Where it stands.
    pub scope: Rc<Scope>,
    /// Whether it stands in `{% autoescape true %}`.
    pub escaping: bool,
}

impl MacroObject {
    fn shown(&self) -> String {
        match &self.node.name {
            Some(name) => {
                show::repr(&Value::Str(Rc::clone(name)), &Budget::default()).unwrap_or_else(|_| name.to_string())
            }
            None => String::from("None"),
        }
    }

    /// The scope of one call, parameters set.
    ///
    /// # Errors
    /// Jinja2's `TypeError` for arguments that the macro does not take; what a default raises.
    pub fn bind(&self, arguments: Arguments, renderer: &Renderer<'_>) -> Outcome<Rc<Scope>> {
        let node = &self.node;
        let scope = Scope::inside(&self.scope);
        let mut positional = arguments.positional.into_iter();
        let mut keyword = arguments.keyword;
        let mut take = |name: &str| keyword.iter().position(|(own, _)| **own == *name).map(|at| keyword.remove(at).1);
        // A `caller` handed to a parameter of that name is found; one that is left over is an error.
        let given: Vec<Option<Value>> =
            node.parameters.iter().map(|(name, _)| positional.next().map_or_else(|| take(name), Some)).collect();
        let caller = if node.takes_caller { take("caller") } else { None };
        let surplus: Vec<Value> = positional.collect();
        if let Some((name, _)) = keyword.first().filter(|_| !node.takes_kwargs) {
            if &**name == "caller" {
                return Err(Stop::type_error(format!(
                    "macro {} was invoked with two values for the special caller argument. This is most likely a bug.",
                    self.shown()
                )));
            }
            let name = show::repr(&Value::Str(Rc::clone(name)), &renderer.budget)?;
            return Err(Stop::type_error(format!("macro {} takes no keyword argument {name}", self.shown())));
        }
        if !surplus.is_empty() && !node.takes_varargs {
            let count = node.parameters.len();
            return Err(Stop::type_error(format!("macro {} takes not more than {count} argument(s)", self.shown())));
        }
        // A default that reads a later parameter finds it missing, not what stands around the macro.
        for (name, _) in &node.parameters {
            scope.set(name, Binding::Value(Undefined::name(name)));
        }
        if node.takes_caller {
            let caller = match caller {
                Some(Value::None) | None => Undefined::hint("No caller defined"),
                Some(caller) => caller,
            };
            scope.set(&Rc::from("caller"), Binding::Value(caller));
        }
        if node.takes_kwargs {
            let mut rest = Dict::default();
            for (name, value) in keyword {
                rest.insert(Value::Str(name), value)?;
            }
            scope.set(&Rc::from("kwargs"), Binding::Value(Value::dict(rest)));
        }
        if node.takes_varargs {
            scope.set(&Rc::from("varargs"), Binding::Value(Value::tuple(surplus)));
        }
        for ((name, default), given) in node.parameters.iter().zip(given) {
            let value = match (given, default) {
                (Some(value), _) => value,
                (None, Some(default)) => renderer.eval(default, &scope)?,
                (None, None) => {
                    let shown = show::repr(&Value::Str(Rc::clone(name)), &renderer.budget)?;
                    Undefined::hint(format!("parameter {shown} was not provided"))
                }
            };
            scope.set(name, Binding::Value(value));
        }
        Ok(scope)
    }
}

impl Object for MacroObject {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Macro")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.runtime.Macro"))
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Ok(match &self.node.name {
            Some(_) => format!("<Macro {}>", self.shown()),
            None => String::from("<Macro anonymous>"),
        })
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let node = &self.node;
        Ok(Some(match name {
            "name" => node.name.as_ref().map_or(Value::None, |name| Value::Str(Rc::clone(name))),
            "arguments" => Value::tuple(node.parameters.iter().map(|(name, _)| Value::Str(Rc::clone(name))).collect()),
            "catch_kwargs" => Value::Bool(node.takes_kwargs),
            "catch_varargs" => Value::Bool(node.takes_varargs),
            "caller" => Value::Bool(node.asks_caller),
            "explicit_caller" => Value::Bool(node.explicit_caller),
            name if name.starts_with('_') => return Err(Stop::unsupported(format!("Macro.{name}"))),
            _ => return Ok(None),
        }))
    }

    fn call(&self, _arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::unsupported("a macro called by a function"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
