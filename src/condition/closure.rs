//! Lambdas and generators: expressions that wait with the scope they were written in.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use super::ast::{Comprehension, Lambda, Takes};
use super::evaluate::{Evaluator, Scope};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, operators};

/// `lambda x: ...`
#[derive(Debug)]
pub struct Closure {
    /// The evaluation it belongs to.
    pub evaluator: Rc<Evaluator>,
    /// What it is.
    pub lambda: Rc<Lambda>,
    /// One place per parameter.
    pub defaults: Vec<Option<Value>>,
    /// Where it was written.
    pub scope: Option<Rc<Scope>>,
}

impl Object for Closure {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("function")
    }

    fn call(&self, arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        let names = self.lambda.parameters.iter().map(|parameter| Rc::clone(&parameter.name)).collect();
        let scope = Scope::new(names, self.scope.clone());
        if self.lambda.parameters.iter().all(|parameter| parameter.takes == Takes::Any) {
            let names: Vec<&str> = self.lambda.parameters.iter().map(|parameter| &*parameter.name).collect();
            let required = self.defaults.iter().take_while(|default| default.is_none()).count();
            let bound = arguments.bind("<lambda>", &names, required)?;
            for ((parameter, value), default) in self.lambda.parameters.iter().zip(bound).zip(&self.defaults) {
                let Some(value) = value.or_else(|| default.clone()) else {
                    return Err(Stop::unsupported("lambda"));
                };
                scope.bind(&parameter.name, value);
            }
        } else {
            self.bind_plainly(arguments, &scope)?;
        }
        self.evaluator.value(&self.lambda.body, Some(&scope))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Closure {
    /// Binds stars and keyword-only parameters where nothing is missing or surplus; the errors are not followed.
    fn bind_plainly(&self, arguments: Arguments, scope: &Rc<Scope>) -> Outcome<()> {
        let unknown = || Stop::unsupported("a call of a lambda with special parameters");
        let mut positional = arguments.positional.into_iter();
        let mut keyword = arguments.keyword;
        for (parameter, default) in self.lambda.parameters.iter().zip(&self.defaults) {
            let mut named = || {
                let at = keyword.iter().position(|(name, _)| *name == parameter.name)?;
                Some(keyword.remove(at).1)
            };
            let value = match parameter.takes {
                Takes::PositionalOnly => positional.next(),
                Takes::Any => match positional.next() {
                    Some(value) => Some(value),
                    None => named(),
                },
                Takes::KeywordOnly => named(),
                Takes::Star => Some(Value::tuple(positional.by_ref().collect())),
                Takes::DoubleStar => {
                    let mut dict = crate::python::Dict::default();
                    for (name, value) in std::mem::take(&mut keyword) {
                        dict.insert(Value::Str(name), value)?;
                    }
                    Some(Value::dict(dict))
                }
            };
            scope.bind(&parameter.name, value.or_else(|| default.clone()).ok_or_else(unknown)?);
        }
        if positional.next().is_some() || !keyword.is_empty() {
            return Err(unknown());
        }
        Ok(())
    }
}

/// `(x for ...)`: its loop runs when somebody asks for its items, once.
#[derive(Debug)]
pub struct Generator {
    evaluator: Rc<Evaluator>,
    made: Rc<Comprehension>,
    scope: Rc<Scope>,
    /// What the first loop walks; gone once asked for.
    items: RefCell<Option<Vec<Value>>>,
}

impl Generator {
    /// A generator over `items`, to be bound in `scope`.
    pub fn new(evaluator: Rc<Evaluator>, made: Rc<Comprehension>, scope: Rc<Scope>, items: Vec<Value>) -> Self {
        Self { evaluator, made, scope, items: RefCell::new(Some(items)) }
    }

    /// Whether an element has the truth `wanted`; stops at the first. Returns `wanted` when found, else its opposite.
    ///
    /// # Errors
    /// What an element up to there raises.
    pub fn find(&self, wanted: bool) -> Outcome<bool> {
        let items = self.items.borrow_mut().take().unwrap_or_default();
        let mut found = !wanted;
        self.evaluator.loops(&self.made, 0, items, &self.scope, &mut |scope| {
            let element = self.evaluator.value(&self.made.element, Some(scope))?;
            if operators::truth(&element)? == wanted {
                found = wanted;
            }
            Ok(found != wanted)
        })?;
        Ok(found)
    }
}

impl Object for Generator {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("generator")
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        let items = self.items.borrow_mut().take().unwrap_or_default();
        let mut elements = Vec::new();
        let done = self.evaluator.loops(&self.made, 0, items, &self.scope, &mut |scope| {
            self.evaluator.budget.bytes(32)?;
            elements.push(self.evaluator.value(&self.made.element, Some(scope))?);
            Ok(true)
        });
        match done {
            Ok(_) => Ok(elements),
            // Whoever asked may have stopped before this element, or raised at an earlier one.
            Err(Stop::Raise(_)) if !elements.is_empty() => Err(Stop::unsupported("an error inside a generator")),
            Err(stop) => Err(stop),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
