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
        let _ = (function, parameters, required);
        Err(Stop::unsupported("Arguments::bind"))
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
