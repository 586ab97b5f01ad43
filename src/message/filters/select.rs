//! Filters that apply another filter or a test to every item: `map`, `select`, `reject`, `selectattr`, `rejectattr`.
//!
//! They are generators: nothing happens, and nothing is raised, before somebody asks for an item.

use std::rc::Rc;

use super::argument_error;
use super::attributes::Path;
use crate::message::environment::{Apply, Environment, Use};
use crate::message::iteration::{Generator, Items};
use crate::message::tests;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, operators, show};

/// What `map` does with an item.
type Mapper = Box<dyn Fn(Value, &Budget) -> Outcome<Value>>;

/// A filter or test by name with its further arguments. An unknown one is raised when it is applied.
struct Named {
    what: &'static str,
    name: Value,
    apply: Option<Apply>,
    environment: Rc<Environment>,
    arguments: Arguments,
}

impl Named {
    fn apply(&self, item: Value, budget: &Budget) -> Outcome<Value> {
        let Some(apply) = self.apply else {
            let message = format!("No {} named {}.", self.what, show::repr(&self.name, budget)?);
            return Err(Stop::raise("jinja2.exceptions.TemplateRuntimeError", message));
        };
        let mut arguments = self.arguments.clone();
        arguments.positional.insert(0, item);
        apply(Use { environment: &self.environment, budget, arguments })
    }
}

/// The filter or test that the first positional argument names, if there is one.
fn named(
    what: &'static str,
    find: fn(&str) -> Option<Apply>,
    mut arguments: Arguments,
    environment: &Rc<Environment>,
) -> Outcome<Option<Named>> {
    if arguments.positional.is_empty() {
        return Ok(None);
    }
    let name = arguments.positional.remove(0);
    let apply = match &name {
        Value::Str(text) => find(text),
        _ => return Err(Stop::unsupported(format!("a {what} whose name is no text"))),
    };
    Ok(Some(Named { what, name, apply, environment: Rc::clone(environment), arguments }))
}

pub(super) fn map(applied: Use<'_>) -> Outcome<Value> {
    let environment = Rc::clone(applied.environment);
    let mut arguments = applied.arguments;
    let value = first(&mut arguments)?;
    let mut state: Option<(Items, Mapper)> = None;
    let mut done = false;
    Ok(Generator::value(move |budget| {
        if state.is_none() && !done {
            if !operators::truth(&value)? {
                done = true;
                return Ok(None);
            }
            let function = mapper(std::mem::take(&mut arguments), &environment, budget)?;
            state = Some((Items::of(&value, budget)?, function));
        }
        let Some((items, function)) = &mut state else { return Ok(None) };
        match items.next(budget)? {
            Some(item) => function(item, budget).map(Some),
            None => Ok(None),
        }
    }))
}

fn mapper(mut arguments: Arguments, environment: &Rc<Environment>, budget: &Budget) -> Outcome<Mapper> {
    let mut take = |name: &str| {
        let at = arguments.keyword.iter().position(|(own, _)| **own == *name)?;
        Some(arguments.keyword.remove(at).1)
    };
    if arguments.positional.is_empty()
        && let Some(attribute) = take("attribute")
    {
        let default = take("default");
        if let Some((name, _)) = arguments.keyword.first() {
            let name = show::repr(&Value::Str(Rc::clone(name)), budget)?;
            return Err(argument_error(&format!("Unexpected keyword argument {name}")));
        }
        let path = Path::of(&attribute)?;
        return Ok(Box::new(move |item, budget| path.get(&item, default.as_ref(), budget)));
    }
    match named("filter", super::find, arguments, environment)? {
        Some(named) => Ok(Box::new(move |item, budget| named.apply(item, budget))),
        None => Err(argument_error("map requires a filter argument")),
    }
}

fn first(arguments: &mut Arguments) -> Outcome<Value> {
    if arguments.positional.is_empty() {
        return Err(Stop::unsupported("a filter without a value"));
    }
    Ok(arguments.positional.remove(0))
}

/// What `select` and its kin ask about an item.
struct Question {
    path: Option<Path>,
    test: Option<Named>,
}

fn pick(applied: Use<'_>, wanted: bool, by_attribute: bool) -> Outcome<Value> {
    let environment = Rc::clone(applied.environment);
    let mut arguments = applied.arguments;
    let value = first(&mut arguments)?;
    let mut state: Option<(Items, Question)> = None;
    let mut done = false;
    Ok(Generator::value(move |budget| {
        if state.is_none() && !done {
            if !operators::truth(&value)? {
                done = true;
                return Ok(None);
            }
            let mut arguments = std::mem::take(&mut arguments);
            let path = match by_attribute {
                true if arguments.positional.is_empty() => {
                    return Err(argument_error("Missing parameter for attribute name"));
                }
                true => Some(Path::of(&arguments.positional.remove(0))?),
                false => None,
            };
            let test = named("test", tests::find, arguments, &environment)?;
            state = Some((Items::of(&value, budget)?, Question { path, test }));
        }
        let Some((items, question)) = &mut state else { return Ok(None) };
        while let Some(item) = items.next(budget)? {
            let asked = match &question.path {
                Some(path) => path.get(&item, None, budget)?,
                None => item.clone(),
            };
            let answer = match &question.test {
                Some(test) => test.apply(asked, budget)?,
                None => asked,
            };
            if operators::truth(&answer)? == wanted {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }))
}

pub(super) fn select(applied: Use<'_>) -> Outcome<Value> {
    pick(applied, true, false)
}

pub(super) fn reject(applied: Use<'_>) -> Outcome<Value> {
    pick(applied, false, false)
}

pub(super) fn selectattr(applied: Use<'_>) -> Outcome<Value> {
    pick(applied, true, true)
}

pub(super) fn rejectattr(applied: Use<'_>) -> Outcome<Value> {
    pick(applied, false, true)
}
