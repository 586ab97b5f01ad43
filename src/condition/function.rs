//! Functions: `def` and `lambda`, with the scope they were written in, and how a call's arguments fit their parameters.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::ast::{Lambda, Parameter, Takes};
use super::evaluate::Evaluator;
use super::generator::Running;
use super::scope::{Of, Scope};
use super::statements::Definition;
use super::statements::bindings::{Bindings, yields};
use super::statements::machine::{Machine, Progress};
use crate::python::function::and_list;
use crate::python::{Arguments, Budget, Dict, Object, Outcome, Stop, Value, dismantle, items};

/// What a function is made of.
#[derive(Clone)]
pub enum Code {
    /// `lambda x: ...`, and the names of its own.
    Lambda(Rc<Lambda>, Rc<Bindings>),
    /// `def f(x): ...`
    Definition(Rc<Definition>),
}

impl Code {
    /// A lambda.
    pub fn lambda(lambda: &Rc<Lambda>) -> Self {
        let locals = lambda.parameters.iter().map(|parameter| Rc::clone(&parameter.name)).collect();
        let mut names = Bindings { locals, yields: yields(&lambda.body), ..Bindings::default() };
        lambda.body.walk(&mut |node| {
            if let super::ast::Kind::Walrus(target, _) = &node.kind
                && let super::ast::Kind::Name(name) = &target.kind
            {
                names.locals.insert(Rc::clone(name));
            }
        });
        Self::Lambda(Rc::clone(lambda), Rc::new(names))
    }

    fn parameters(&self) -> &[Parameter] {
        match self {
            Self::Lambda(lambda, _) => &lambda.parameters,
            Self::Definition(definition) => &definition.parameters,
        }
    }

    fn names(&self) -> &Rc<Bindings> {
        match self {
            Self::Lambda(_, names) => names,
            Self::Definition(definition) => &definition.bindings,
        }
    }
}

/// A function of the condition's own.
pub struct Function {
    /// The evaluation it belongs to.
    pub evaluator: Rc<Evaluator>,
    /// What it is.
    pub code: Code,
    /// One place per parameter.
    pub defaults: Vec<Option<Value>>,
    /// Where it was written.
    pub scope: Option<Rc<Scope>>,
    /// Its qualified name.
    pub path: Rc<str>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<function>")
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        dismantle(self.defaults.drain(..).flatten().collect());
    }
}

impl Object for Function {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("function")
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        // A scope, its variables and a machine.
        budget.steps(6)?;
        let names = self.code.names();
        // Only an iterator can be behind the generator that the call makes.
        let chain = if names.yields {
            items::chain(arguments.positional.iter().chain(arguments.keyword.iter().map(|(_, value)| value)))?
        } else {
            0
        };
        let scope = Scope::new(Of::Function, Rc::clone(names), Rc::clone(&self.path), self.scope.clone());
        self.bind(arguments, &scope)?;
        match &self.code {
            Code::Lambda(..) if names.yields => Err(Stop::unsupported("a lambda that yields")),
            Code::Lambda(lambda, _) => self.evaluator.value(&lambda.body, Some(&scope)),
            Code::Definition(definition) => {
                let mut machine = Machine::new(Rc::clone(&definition.body), scope, names.prints);
                if names.yields {
                    return Running::new(&self.evaluator, machine, chain).map(Value::object);
                }
                match machine.resume(&self.evaluator, Value::None)? {
                    Progress::Returned(value) => Ok(value),
                    Progress::Yielded(_) => Err(Stop::unsupported("yield")),
                }
            }
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Function {
    /// Binds the parameters.
    ///
    /// # Errors
    /// Python's `TypeError` for what does not fit, in the order in which CPython looks.
    fn bind(&self, arguments: Arguments, scope: &Rc<Scope>) -> Outcome<()> {
        let fail = |text: String| Err(Stop::type_error(format!("{}() {text}", self.path)));
        let parameters = self.code.parameters();
        let of = |takes: Takes| parameters.iter().position(|parameter| parameter.takes == takes);
        let by_place = |parameter: &Parameter| matches!(parameter.takes, Takes::PositionalOnly | Takes::Any);
        let count = parameters.iter().filter(|parameter| by_place(parameter)).count();
        let given = arguments.positional.len();
        let mut places: Vec<Option<Value>> = vec![None; parameters.len()];
        let mut positional = arguments.positional.into_iter();
        // Parameters that take by place come first.
        for place in places.iter_mut().take(count) {
            *place = positional.next();
        }
        let rest: Vec<Value> = positional.collect();
        let mut surplus = Dict::default();
        let (star, double) = (of(Takes::Star), of(Takes::DoubleStar));
        let mut wrong: Vec<Rc<str>> = Vec::new();
        for (name, value) in arguments.keyword {
            let at = parameters.iter().position(|parameter| {
                matches!(parameter.takes, Takes::Any | Takes::KeywordOnly) && parameter.name == name
            });
            match at.and_then(|at| places.get_mut(at)) {
                Some(Some(_)) => return fail(format!("got multiple values for argument '{name}'")),
                Some(place) => *place = Some(value),
                None if double.is_some() => surplus.insert(Value::Str(name), value)?,
                None => wrong.push(name),
            }
        }
        if let Some(first) = wrong.first() {
            let fixed: Vec<&str> = parameters
                .iter()
                .filter(|parameter| parameter.takes == Takes::PositionalOnly && wrong.contains(&parameter.name))
                .map(|parameter| &*parameter.name)
                .collect();
            if !fixed.is_empty() {
                let names = fixed.join(", ");
                return fail(format!("got some positional-only arguments passed as keyword arguments: '{names}'"));
            }
            return fail(format!("got an unexpected keyword argument '{first}'"));
        }
        if !rest.is_empty() && star.is_none() {
            return fail(self.surplus(count, given, &places));
        }
        let missing = |keyword_only: bool| -> Vec<String> {
            (parameters.iter().zip(&places).zip(&self.defaults))
                .filter(|((parameter, place), default)| {
                    let kind = if keyword_only { parameter.takes == Takes::KeywordOnly } else { by_place(parameter) };
                    kind && place.is_none() && default.is_none()
                })
                .map(|((parameter, _), _)| format!("'{}'", parameter.name))
                .collect()
        };
        for (keyword_only, what) in [(false, "positional"), (true, "keyword-only")] {
            let missing = missing(keyword_only);
            if !missing.is_empty() {
                let plural = if missing.len() == 1 { "" } else { "s" };
                let names = and_list(&missing);
                return fail(format!("missing {} required {what} argument{plural}: {names}", missing.len()));
            }
        }
        let mut rest = Some(rest);
        let mut surplus = Some(surplus);
        for ((parameter, place), default) in parameters.iter().zip(places).zip(&self.defaults) {
            let value = match parameter.takes {
                Takes::Star => Value::tuple(rest.take().unwrap_or_default()),
                Takes::DoubleStar => Value::dict(surplus.take().unwrap_or_default()),
                _ => place.or_else(|| default.clone()).unwrap_or(Value::None),
            };
            scope.bind(&parameter.name, &value);
        }
        Ok(())
    }

    fn surplus(&self, count: usize, given: usize, places: &[Option<Value>]) -> String {
        let parameters = self.code.parameters();
        let defaults = self.defaults.iter().take(count).filter(|default| default.is_some()).count();
        let least = count - defaults;
        let takes = if defaults > 0 { format!("from {least} to {count}") } else { count.to_string() };
        let plural = if defaults > 0 || count != 1 { "s" } else { "" };
        let named = (parameters.iter().zip(places))
            .filter(|(parameter, place)| parameter.takes == Takes::KeywordOnly && place.is_some())
            .count();
        let and_named = if named > 0 {
            let (first, second) = (if given == 1 { "" } else { "s" }, if named == 1 { "" } else { "s" });
            format!(" positional argument{first} (and {named} keyword-only argument{second})")
        } else {
            String::new()
        };
        let were = if given == 1 && named == 0 { "was" } else { "were" };
        format!("takes {takes} positional argument{plural} but {given}{and_named} {were} given")
    }
}
