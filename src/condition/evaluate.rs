//! Runs an expression as the host's `eval` does, with the guards that RestrictedPython puts around attributes and items.
//!
//! Without server scripts `doc`, `nowdate` and `frappe` are `eval`'s locals: the body of a comprehension or a lambda does
//! not see them. With server scripts they are parameters of a function, and a missing attribute reads as `None`.
//!
//! Long because every kind of expression calls back into the one evaluator: apart, the pieces would only pass it around.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::rc::Rc;

use super::Mode;
use super::ast::{Argument, Comprehension, Expr, Kind, Lambda, Logic, Makes, Piece};
use super::function::{Code, Function};
use super::generator::{Expression, Loops};
use super::names::{self, Known};
use super::raising::Caught;
use super::scope::{Found, Of, Scope};
use super::statements::bindings::Bindings;
use super::statements::machine::PARAMETERS;
use crate::host::flags;
use crate::python::operators::{self, Comparison, Unary};
use crate::python::{Arguments, Budget, Dict, Outcome, Stop, Value, access, format, items, show};

/// Finds a name that the host gives to the condition.
pub type Names = dyn Fn(&str) -> Outcome<Option<Value>>;

/// What happened to a part of the condition.
#[derive(Debug, Clone)]
pub enum Happened {
    /// It had this value.
    Value(Value),
    /// It stopped the evaluation.
    Stopped(Stop),
}

/// One evaluation of one condition.
pub struct Evaluator {
    /// Which of the host's two ways.
    pub mode: Mode,
    names: Box<Names>,
    /// What it may still spend.
    pub budget: Budget,
    /// What happened to each part outside of comprehensions and lambdas, by the address of its node.
    pub happened: RefCell<HashMap<usize, Happened, BuildHasherDefault<AddressHasher>>>,
    /// The innermost expression whose value is not known.
    pub gap: RefCell<Option<Range<usize>>>,
    /// What the condition has made global, by name.
    pub globals: RefCell<HashMap<Rc<str>, Value>>,
    /// Builtins that were read: a type or a function is one object, however often it is named.
    builtins: RefCell<HashMap<Rc<str>, Value>>,
    /// The instance behind the exception that was raised last, until somebody catches it.
    pub raised: RefCell<Option<Caught>>,
    /// The exceptions that are being handled, innermost last.
    pub handling: RefCell<Vec<Caught>>,
    /// Whether a generator was left inside a `try`: when CPython runs the rest of it is not followed here.
    pub left_guarded: Cell<bool>,
    /// Scopes that functions hold, which may hold those functions.
    kept: RefCell<Vec<Rc<Scope>>>,
}

impl std::fmt::Debug for Evaluator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Evaluator({:?})", self.mode)
    }
}

/// Spreads addresses: no text chooses them, so that they need no hash that withstands a choice.
#[derive(Debug, Default)]
pub struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, address: usize) {
        // The table reads the upper bits as well as the lower: Fibonacci hashing fills both.
        let spread = (self.0 ^ address as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }
}

/// What a scope that is kept to the end costs.
const KEPT_BYTES: usize = 200;

/// The address of a node: what its trace is filed under while the tree stands still.
pub fn address(node: &Expr) -> usize {
    std::ptr::from_ref(node).addr()
}

impl Evaluator {
    /// An evaluation with these names.
    pub fn new(mode: Mode, names: Box<Names>) -> Rc<Self> {
        Rc::new(Self {
            mode,
            names,
            budget: Budget::default(),
            happened: RefCell::default(),
            gap: RefCell::default(),
            globals: RefCell::default(),
            builtins: RefCell::default(),
            raised: RefCell::default(),
            handling: RefCell::default(),
            left_guarded: Cell::new(false),
            kept: RefCell::default(),
        })
    }

    /// The value of the whole expression.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn run(self: &Rc<Self>, expr: &Expr) -> Outcome<Value> {
        if self.mode == Mode::Expression {
            return self.value(expr, None);
        }
        self.value(expr, Some(&self.condition_scope(Bindings::of(&PARAMETERS.map(Rc::from), &[]))?))
    }

    /// Keeps a scope that outlives what runs in it, to be cleared at the end.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are too many.
    pub fn keep(&self, scope: &Rc<Scope>) -> Outcome<()> {
        self.budget.bytes(KEPT_BYTES)?;
        self.kept.borrow_mut().push(Rc::clone(scope));
        Ok(())
    }

    /// Forgets everything that the evaluation has made: functions and scopes hold each other.
    pub fn clear(&self) {
        self.happened.borrow_mut().clear();
        let kept = self.kept.take();
        kept.iter().for_each(|scope| scope.clear());
        drop((self.globals.take(), self.raised.take(), self.handling.take()));
    }

    /// A function as a value.
    ///
    /// # Errors
    /// [`Stop::Limit`] when there are too many.
    pub fn function(&self, function: Function) -> Outcome<Value> {
        if let Some(scope) = &function.scope {
            self.keep(scope)?;
        }
        Ok(Value::object(function))
    }

    /// A name that the host gives.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn host_name(&self, name: &str) -> Outcome<Option<Value>> {
        (self.names)(name)
    }

    /// The value of an expression in a scope; `None` is the condition itself.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn value(self: &Rc<Self>, expr: &Expr, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        self.budget.step()?;
        let outcome = self.budget.deeper(|| self.dispatch(expr, scope));
        let outcome = outcome.map_err(|stop| {
            if !matches!(stop, Stop::Raise(_)) {
                self.gap.borrow_mut().get_or_insert_with(|| expr.span.clone());
            }
            stop.at(expr.span.clone())
        });
        if scope.is_none_or(|scope| scope.is_traced()) {
            let happened = match &outcome {
                Ok(value) => Happened::Value(value.clone()),
                Err(stop) => Happened::Stopped(stop.clone()),
            };
            self.happened.borrow_mut().insert(address(expr), happened);
        }
        outcome
    }

    /// `bool(expr)`
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn truth(self: &Rc<Self>, expr: &Expr, scope: Option<&Rc<Scope>>) -> Outcome<bool> {
        operators::truth(&self.value(expr, scope)?)
    }

    fn dispatch(self: &Rc<Self>, expr: &Expr, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        match &expr.kind {
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Ellipsis => Err(Stop::unsupported("...")),
            Kind::FString(pieces) => Ok(Value::from(self.f_string(pieces, scope)?)),
            Kind::Name(name) => self.name(name, scope),
            Kind::Attribute(value, name) => {
                let value = self.value(value, scope)?;
                self.attribute(&value, name)
            }
            Kind::Subscript(value, key) => {
                let value = self.value(value, scope)?;
                let key = self.value(key, scope)?;
                if matches!(&key, Value::Str(text) if text.starts_with('_')) {
                    return Err(Stop::raise("SyntaxError", "Key starts with _"));
                }
                access::item(&value, &key, &self.budget)
            }
            Kind::Slice(start, stop, step) => {
                let bound = |bound: &Option<Box<Expr>>| match bound {
                    Some(bound) => self.value(bound, scope),
                    None => Ok(Value::None),
                };
                Ok(Value::slice(bound(start)?, bound(stop)?, bound(step)?))
            }
            Kind::Call(function, arguments) => self.call(function, arguments, scope),
            Kind::Unary(Unary::Not, operand) => Ok(Value::Bool(!self.truth(operand, scope)?)),
            Kind::Unary(operator, operand) => operators::unary(*operator, &self.value(operand, scope)?, &self.budget),
            Kind::Binary(operator, left, right) => {
                let left = self.value(left, scope)?;
                let right = self.value(right, scope)?;
                operators::binary(*operator, &left, &right, &self.budget)
            }
            Kind::Compare(first, links) => {
                let mut left = self.value(first, scope)?;
                let mut before: &Expr = first;
                let mut holds = true;
                for (operator, expr) in links {
                    let right = self.value(expr, scope)?;
                    holds = match one_constant(*operator, before, expr) {
                        Some(holds) => holds,
                        None => operators::compare(*operator, &left, &right, &self.budget)?,
                    };
                    if !holds {
                        break;
                    }
                    (left, before) = (right, expr);
                }
                Ok(Value::Bool(holds))
            }
            Kind::Logic(logic, operands) => {
                let mut value = Value::None;
                for (index, operand) in operands.iter().enumerate() {
                    value = self.value(operand, scope)?;
                    // The last operand is the value without being asked for its truth.
                    if index + 1 < operands.len() && operators::truth(&value)? == (*logic == Logic::Or) {
                        break;
                    }
                }
                Ok(value)
            }
            Kind::Conditional { test, body, otherwise } => {
                if self.truth(test, scope)? {
                    self.value(body, scope)
                } else {
                    self.value(otherwise, scope)
                }
            }
            Kind::Lambda(lambda) => self.lambda(lambda, scope),
            Kind::List(items) => Ok(Value::list(self.items(items, true, scope)?)),
            Kind::Tuple(items) => Ok(Value::tuple(self.items(items, true, scope)?)),
            Kind::Set(items) => {
                let mut set = Dict::default();
                for item in self.items(items, false, scope)? {
                    self.budget.hash(&item)?;
                    set.insert(item, Value::None)?;
                }
                Ok(Value::Set(Rc::new(RefCell::new(set))))
            }
            Kind::Dict(entries) => self.dict(entries, scope),
            Kind::Comprehension(comprehension) => self.comprehension(comprehension, scope),
            Kind::Walrus(target, value) => {
                let value = self.value(value, scope)?;
                let (Kind::Name(name), Some(scope)) = (&target.kind, scope) else {
                    return Err(Stop::unsupported(":="));
                };
                self.bind(name, &value, &scope.of_walrus());
                Ok(value)
            }
            Kind::Yield(_) | Kind::YieldFrom(_) => Err(Stop::unsupported("yield inside an expression")),
            Kind::Starred(_) | Kind::Await(_) => Err(Stop::unsupported("syntax")),
        }
    }

    /// The elements of a display; `listed` when it is a list or a tuple, which word a failing star in their own way.
    fn items(self: &Rc<Self>, items: &[Expr], listed: bool, scope: Option<&Rc<Scope>>) -> Outcome<Vec<Value>> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                Kind::Starred(inner) => {
                    let inner = self.value(inner, scope)?;
                    if listed && !access::is_iterable(&inner) {
                        let message = format!("Value after * must be an iterable, not {}", inner.error_name());
                        return Err(Stop::type_error(message));
                    }
                    values.extend(items::list(&inner, &self.budget)?);
                }
                _ => values.push(self.value(item, scope)?),
            }
        }
        Ok(values)
    }

    fn dict(self: &Rc<Self>, entries: &[(Option<Expr>, Expr)], scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        let mut dict = Dict::default();
        for (key, value) in entries {
            let Some(key) = key else {
                let value = self.value(value, scope)?;
                let base = value.base();
                let Value::Dict(other) = &*base else {
                    // What has keys may be merged too.
                    return Err(match access::attribute(&value, "keys")? {
                        None => Stop::type_error(format!("'{}' object is not a mapping", value.error_name())),
                        Some(_) => Stop::unsupported("** of an object"),
                    });
                };
                let other: Vec<(Value, Value)> = other.borrow().iter().cloned().collect();
                for (key, value) in other {
                    self.budget.hash(&key)?;
                    dict.insert(key, value)?;
                }
                continue;
            };
            let key = self.value(key, scope)?;
            let value = self.value(value, scope)?;
            self.budget.hash(&key)?;
            dict.insert(key, value)?;
        }
        Ok(Value::dict(dict))
    }

    fn f_string(self: &Rc<Self>, pieces: &[Piece], scope: Option<&Rc<Scope>>) -> Outcome<String> {
        let mut text = String::new();
        for piece in pieces {
            let part = match piece {
                Piece::Text(part) => part.to_string(),
                Piece::Field { value, conversion, spec } => {
                    self.budget.steps(3)?;
                    let value = self.value(value, scope)?;
                    let value = match conversion {
                        Some('r') => Value::from(show::repr(&value, &self.budget)?),
                        Some('s') => Value::from(show::str(&value, &self.budget)?),
                        Some(_) => {
                            let shown = show::repr(&value, &self.budget)?;
                            if !shown.is_ascii() {
                                return Err(Stop::unsupported("!a"));
                            }
                            Value::from(shown)
                        }
                        None => value,
                    };
                    let spec = match spec {
                        Some(spec) => self.f_string(spec, scope)?,
                        None => String::new(),
                    };
                    self.format(&value, &spec)?
                }
            };
            self.budget.bytes(part.len())?;
            text.push_str(&part);
        }
        Ok(text)
    }

    fn format(&self, value: &Value, spec: &str) -> Outcome<String> {
        if !spec.is_empty() && matches!(value, Value::Date(_) | Value::DateTime(_) | Value::Time(_)) {
            return Err(names::no_import());
        }
        match value {
            // The commonest case does not need the language of specifications.
            Value::Str(text) if spec.is_empty() => Ok(text.to_string()),
            _ => format::format(value, spec, &self.budget),
        }
    }

    fn name(&self, name: &Rc<str>, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        match Scope::find(scope, name)? {
            Found::Value(value) => Ok(value),
            Found::Nowhere => {
                // The body of a comprehension or a lambda sees globals only; without server scripts the host's names are
                // locals.
                if self.mode == Mode::Expression
                    && scope.is_none()
                    && let Some(value) = self.host_name(name)?
                {
                    return Ok(value);
                }
                self.global(name)
            }
            Found::Global => match &**name {
                "frappe" => Err(Stop::unsupported("the global frappe")),
                _ => self.global(name),
            },
        }
    }

    fn global(&self, name: &Rc<str>) -> Outcome<Value> {
        if let Some(value) = self.globals.borrow().get(name).or(self.builtins.borrow().get(name)) {
            return Ok(value.clone());
        }
        if self.mode == Mode::Block
            && !PARAMETERS.contains(&&**name)
            && let Some(value) = self.host_name(name)?
        {
            // A block may change what it finds there.
            self.builtins.borrow_mut().insert(Rc::clone(name), value.clone());
            return Ok(value);
        }
        match names::global(name, self.mode) {
            Known::Value(value) => {
                let key = Rc::from(names::canonical(name));
                let value = self.builtins.borrow_mut().entry(key).or_insert(value).clone();
                Ok(value)
            }
            Known::Unsupported => Err(Stop::unsupported(&**name)),
            Known::Missing(missing) => Err(Stop::raise("NameError", format!("name '{missing}' is not defined"))),
        }
    }

    /// Whether a global name exists that the condition has not made.
    pub fn has_global(&self, name: &Rc<str>) -> bool {
        !matches!(self.global(name), Err(Stop::Raise(_)))
    }

    /// `_getattr_(value, name)`
    fn attribute(&self, value: &Value, name: &str) -> Outcome<Value> {
        if names::is_unsafe_attribute(name) {
            return Err(Stop::raise("SyntaxError", format!("{name} is an unsafe attribute")));
        }
        if name.starts_with('_') {
            return Err(Stop::unsupported(format!(".{name}")));
        }
        if let Some(function) = names::importing_method(value, name) {
            return Ok(function);
        }
        if name == "flags"
            && let Some(flags) = flags::of_condition(value)
        {
            return Ok(flags);
        }
        match (access::attribute(value, name), self.mode) {
            (Ok(Some(found)), _) => Ok(found),
            (Ok(None), Mode::Block) => Ok(Value::None),
            (Err(Stop::Raise(exception)), Mode::Block) if exception.kind == "AttributeError" => Ok(Value::None),
            (Ok(None), Mode::Expression) => Err(access::no_attribute(value, name)),
            (Err(stop), _) => Err(stop),
        }
    }

    fn call(self: &Rc<Self>, function: &Expr, given: &[Argument], scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        if given.iter().any(|argument| matches!(argument, Argument::Star(_) | Argument::DoubleStar(_))) {
            // RestrictedPython has such calls made by a function that the host does not provide.
            return Err(Stop::raise("NameError", "name '_apply_' is not defined"));
        }
        let called = self.value(function, scope)?;
        let mut arguments = Arguments::default();
        for argument in given {
            match argument {
                Argument::Keyword(name, value) => {
                    arguments.keyword.push((Rc::clone(name), self.value(value, scope)?));
                }
                other => arguments.positional.push(self.value(other.value(), scope)?),
            }
        }
        access::call(&called, arguments, &self.budget)
    }

    fn lambda(self: &Rc<Self>, lambda: &Rc<Lambda>, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        let mut defaults = Vec::with_capacity(lambda.parameters.len());
        for parameter in &lambda.parameters {
            defaults.push(match &parameter.default {
                Some(default) => Some(self.value(default, scope)?),
                None => None,
            });
        }
        self.function(Function {
            evaluator: Rc::clone(self),
            code: Code::lambda(lambda),
            defaults,
            scope: scope.cloned(),
            path: Scope::path_of(scope, "<lambda>"),
        })
    }

    fn comprehension(self: &Rc<Self>, made: &Rc<Comprehension>, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        let Some(first) = made.loops.first() else { return Err(Stop::unsupported("comprehension")) };
        // The first source is evaluated outside, the rest inside.
        let source = self.value(&first.source, scope)?;
        let first = self.walk(&first.target, source.clone())?;
        let mut names = Bindings::default();
        made.loops.iter().for_each(|one| names.bind_target(&one.target));
        // A scope and its variables.
        self.budget.steps(4)?;
        let path = Scope::path_of(
            scope,
            match made.makes {
                Makes::List => "<listcomp>",
                Makes::Set => "<setcomp>",
                Makes::Dict => "<dictcomp>",
                Makes::Generator => "<genexpr>",
            },
        );
        let inner = Scope::new(Of::Comprehension, Rc::new(names), path, scope.cloned());
        let mut loops = Loops::new(made, &inner, first);
        if made.makes == Makes::Generator {
            self.keep(&inner)?;
            return Expression::new(self, loops, &source).map(Value::object);
        }
        let mut list = Vec::new();
        let mut dict = Dict::default();
        while loops.advance(self)? {
            let element = self.value(&made.element, Some(&inner))?;
            self.budget.bytes(32)?;
            if matches!(made.makes, Makes::Dict | Makes::Set) {
                self.budget.hash(&element)?;
            }
            match (made.makes, &made.value) {
                (Makes::Dict, Some(value)) => {
                    let value = self.value(value, Some(&inner))?;
                    dict.insert(element, value)?;
                }
                (Makes::Set, _) => dict.insert(element, Value::None)?,
                _ => list.push(element),
            }
        }
        Ok(match made.makes {
            Makes::Dict => Value::dict(dict),
            Makes::Set => Value::set(dict),
            _ => Value::list(list),
        })
    }
}

/// `is` between two constants: CPython keeps one object for equal ones of a type.
fn one_constant(operator: Comparison, left: &Expr, right: &Expr) -> Option<bool> {
    let wanted = match operator {
        Comparison::Is => true,
        Comparison::IsNot => false,
        _ => return None,
    };
    let (Kind::Constant(left), Kind::Constant(right)) = (&left.kind, &right.kind) else { return None };
    let same = match (left, right) {
        (Value::Str(left), Value::Str(right)) => left == right,
        (Value::Int(left), Value::Int(right)) => left == right,
        (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
        (Value::Complex(a, b), Value::Complex(c, d)) => (a, b) == (c, d),
        (Value::Bytes(left), Value::Bytes(right)) => left == right,
        _ => return None,
    };
    Some(same == wanted)
}
