//! Jinja's own globals: `range`, `dict`, `namespace`, `cycler`, `joiner`, `lipsum`; and the host's `inspect`, which is
//! a template itself.
//!
//! Source: `jinja2/utils.py` 3.1.6; which `range` the host gives was measured.

use std::any::Any;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::filters::{self, Markup};
use crate::python::{
    Arguments, Budget, Dict, Function, Int, Object, Outcome, Stop, Value, access, builtins, dismantle, operators, show,
};

/// Jinja's own global of a name.
///
/// # Errors
/// `Unsupported` when Jinja has it and this engine does not.
pub fn global(name: &str) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        // The host puts Python's own `range` over the sandbox's, which would end at 100000 items.
        "dict" | "range" => builtins::builtin(name).ok_or_else(|| Stop::unsupported(name))?,
        "namespace" => Value::object(Class { name: "Namespace", make: namespace }),
        "cycler" => Value::object(Class { name: "Cycler", make: cycler }),
        "joiner" => Value::object(Class { name: "Joiner", make: joiner }),
        "inspect" => Function::python("inspect", inspect),
        "lipsum" => Function::python("generate_lorem_ipsum", lipsum),
        _ => return Ok(None),
    }))
}

/// `lipsum(n=5, html=True, min=20, max=100)`: words at random.
fn lipsum(arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let parameters = ["n", "html", "min", "max"];
    let mut given = arguments.bind("generate_lorem_ipsum", &parameters, 0)?.into_iter();
    match (given.next().flatten(), given.next().flatten()) {
        (Some(Value::Int(Int::Small(..=0))), html) => {
            // Without paragraphs there is nothing to choose.
            let html = html.map_or(Ok(true), |html| operators::truth(&html))?;
            budget.step()?;
            Ok(if html { Markup::value("") } else { Value::from("") })
        }
        _ => Err(Stop::Server("server/random")),
    }
}

/// The host's `inspect(var, render=True)`.
fn inspect(arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = arguments.bind("inspect", &["var", "render"], 1)?.into_iter();
    let (value, render) = (given.next().flatten().unwrap_or(Value::None), given.next().flatten());
    if !render.map_or(Ok(true), |render| operators::truth(&render))? {
        return Ok(Value::from(""));
    }
    let shown = Value::from(filters::pretty_text(&value, budget)?);
    Ok(Value::from(format!("<pre>{}</pre>", Markup::escape(&shown, budget)?)))
}

/// A class of Jinja's that a template calls.
#[derive(Debug)]
struct Class {
    name: &'static str,
    make: fn(Arguments, &Budget) -> Outcome<Value>,
}

impl Object for Class {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("type")
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Ok(format!("<class 'jinja2.utils.{}'>", self.name))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        // Beyond these the classes have special methods only.
        match name {
            "current" | "next" | "reset" if self.name == "Cycler" => Err(Stop::unsupported(format!("Cycler.{name}"))),
            name if name.starts_with('_') || name == "mro" => Err(Stop::unsupported(format!("{}.{name}", self.name))),
            _ => Ok(None),
        }
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        (self.make)(arguments, budget)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `{% set ns.x = 1 %}` sets.
#[derive(Debug)]
pub struct Namespace {
    attributes: Rc<RefCell<Dict>>,
}

fn namespace(arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut attributes = Dict::default();
    if !arguments.positional.is_empty() {
        let python = builtins::builtin("dict").ok_or_else(|| Stop::unsupported("dict"))?;
        return match access::call(&python, arguments, budget)? {
            Value::Dict(attributes) => {
                Ok(Value::object(Namespace { attributes: Rc::new(RefCell::new(attributes.borrow().clone())) }))
            }
            _ => Err(Stop::unsupported("namespace")),
        };
    }
    for (name, value) in arguments.keyword {
        attributes.insert(Value::Str(name), value)?;
    }
    Ok(Value::object(Namespace { attributes: Rc::new(RefCell::new(attributes)) }))
}

impl Namespace {
    /// `ns.name = value`
    ///
    /// # Errors
    /// None in practice: a text is hashable.
    pub fn set(&self, name: &Rc<str>, value: Value) -> Outcome<()> {
        self.attributes.borrow_mut().insert(Value::Str(Rc::clone(name)), value)
    }
}

impl Object for Namespace {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Namespace")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.utils.Namespace"))
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        let shown = show::repr(&Value::Dict(Rc::clone(&self.attributes)), budget)?;
        Ok(format!("<Namespace {shown}>"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Ok(self.attributes.borrow().get_str(name).cloned())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `cycler("odd", "even")`
#[derive(Debug, Clone)]
struct Cycler {
    items: Rc<[Value]>,
    at: Rc<Cell<usize>>,
}

fn cycler(arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
    if !arguments.keyword.is_empty() {
        return Err(Stop::unsupported("cycler with keyword arguments"));
    }
    if arguments.positional.is_empty() {
        return Err(Stop::raise("RuntimeError", "at least one item has to be provided"));
    }
    Ok(Value::object(Cycler { items: arguments.positional.into(), at: Rc::new(Cell::new(0)) }))
}

impl Cycler {
    fn current(&self) -> Value {
        self.items.get(self.at.get()).cloned().unwrap_or(Value::None)
    }
}

impl Drop for Cycler {
    fn drop(&mut self) {
        if let Some(items) = Rc::get_mut(&mut self.items) {
            dismantle(items.iter_mut().map(|item| std::mem::replace(item, Value::None)).collect());
        }
    }
}

impl Object for Cycler {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Cycler")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.utils.Cycler"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let own = self.clone();
        Ok(Some(match name {
            "current" => self.current(),
            "pos" => Value::from(self.at.get()),
            "items" => Value::tuple(self.items.to_vec()),
            "reset" => Function::method("reset", move |arguments: Arguments, _| {
                arguments.bind("Cycler.reset", &[], 0)?;
                own.at.set(0);
                Ok(Value::None)
            }),
            "next" => Function::method("next", move |arguments: Arguments, _| {
                arguments.bind("Cycler.next", &[], 0)?;
                let current = own.current();
                own.at.set((own.at.get() + 1) % own.items.len().max(1));
                Ok(current)
            }),
            name if name.starts_with('_') => return Err(Stop::unsupported(format!("Cycler.{name}"))),
            _ => return Ok(None),
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `joiner(", ")`
#[derive(Debug)]
struct Joiner {
    separator: Value,
    used: Cell<bool>,
}

fn joiner(arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
    let mut places = arguments.bind("Joiner.__init__", &["sep"], 0)?.into_iter();
    let separator = places.next().flatten().unwrap_or_else(|| Value::from(", "));
    Ok(Value::object(Joiner { separator, used: Cell::new(false) }))
}

impl Drop for Joiner {
    fn drop(&mut self) {
        dismantle(vec![std::mem::replace(&mut self.separator, Value::None)]);
    }
}

impl Object for Joiner {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Joiner")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.utils.Joiner"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Ok(match name {
            "sep" => Some(self.separator.clone()),
            "used" => Some(Value::Bool(self.used.get())),
            name if name.starts_with('_') => return Err(Stop::unsupported(format!("Joiner.{name}"))),
            _ => None,
        })
    }

    fn call(&self, arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        arguments.bind("Joiner.__call__", &[], 0)?;
        Ok(if self.used.replace(true) { self.separator.clone() } else { Value::from("") })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
