//! Functions and their arguments.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{Budget, Object, Outcome, Stop, Value};

/// What is handed to a call.
#[derive(Debug, Clone, Default)]
pub struct Arguments {
    /// Positional arguments, in order.
    pub positional: Vec<Value>,
    /// Keyword arguments, in order; names are unique.
    pub keyword: Vec<(Rc<str>, Value)>,
}

impl Arguments {
    /// Only positional arguments.
    pub fn positional(positional: Vec<Value>) -> Self {
        Self { positional, keyword: Vec::new() }
    }

    /// Lays the arguments out on the parameters of a Python function defined with `def` (all may be given by name).
    /// The answer has one place per parameter, `None` where nothing was given.
    ///
    /// # Errors
    /// Python's `TypeError` for a missing, surplus or doubled argument, in Python's words.
    pub fn bind(self, function: &str, parameters: &[&str], required: usize) -> Outcome<Vec<Option<Value>>> {
        let given = self.positional.len();
        let mut places: Vec<Option<Value>> = self.positional.into_iter().map(Some).collect();
        places.resize(given.max(parameters.len()), None);
        for (name, value) in self.keyword {
            let Some(at) = parameters.iter().position(|parameter| **parameter == *name) else {
                return Err(Stop::type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
            };
            let Some(place) = places.get_mut(at) else { continue };
            if place.is_some() {
                return Err(Stop::type_error(format!("{function}() got multiple values for argument '{name}'")));
            }
            *place = Some(value);
        }
        if given > parameters.len() {
            return Err(Self::surplus(function, parameters.len(), required, given));
        }
        let missing: Vec<String> = (parameters.iter().zip(&places))
            .take(required)
            .filter(|(_, place)| place.is_none())
            .map(|(name, _)| format!("'{name}'"))
            .collect();
        if !missing.is_empty() {
            let count = missing.len();
            let plural = if count == 1 { "" } else { "s" };
            let names = and_list(&missing);
            return Err(Stop::type_error(format!(
                "{function}() missing {count} required positional argument{plural}: {names}"
            )));
        }
        Ok(places)
    }

    fn surplus(function: &str, parameters: usize, required: usize, given: usize) -> Stop {
        let were = if given == 1 { "was" } else { "were" };
        let (takes, plural) = if required < parameters {
            (format!("from {required} to {parameters}"), true)
        } else {
            (parameters.to_string(), parameters != 1)
        };
        let plural = if plural { "s" } else { "" };
        Stop::type_error(format!("{function}() takes {takes} positional argument{plural} but {given} {were} given"))
    }
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`
pub fn and_list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

/// What a native function does with its arguments.
type Run = dyn Fn(Arguments, &Budget) -> Outcome<Value>;

/// A function of the host's or of Python's, written in Rust.
#[derive(Clone)]
pub struct Function {
    name: Cow<'static, str>,
    type_name: &'static str,
    run: Rc<Run>,
}

impl Function {
    /// A function written in Python on the host (`type(f).__name__` is `function`).
    pub fn python(
        name: impl Into<Cow<'static, str>>,
        run: impl Fn(Arguments, &Budget) -> Outcome<Value> + 'static,
    ) -> Value {
        Value::object(Self { name: name.into(), type_name: "function", run: Rc::new(run) })
    }

    /// A method of an object of Python's or of the host's, bound to it (`method`).
    pub fn method(
        name: impl Into<Cow<'static, str>>,
        run: impl Fn(Arguments, &Budget) -> Outcome<Value> + 'static,
    ) -> Value {
        Value::object(Self { name: name.into(), type_name: "method", run: Rc::new(run) })
    }

    /// A builtin function or method (`builtin_function_or_method`).
    pub fn builtin(
        name: impl Into<Cow<'static, str>>,
        run: impl Fn(Arguments, &Budget) -> Outcome<Value> + 'static,
    ) -> Value {
        Value::object(Self { name: name.into(), type_name: "builtin_function_or_method", run: Rc::new(run) })
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} {}>", self.type_name, self.name)
    }
}

impl Object for Function {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.type_name)
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        (self.run)(arguments, budget)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
