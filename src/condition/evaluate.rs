//! Runs an expression as the host's `eval` does, with the guards that RestrictedPython puts around attributes and items.
//!
//! Without server scripts `doc`, `nowdate` and `frappe` are `eval`'s locals: the body of a comprehension or a lambda does
//! not see them. With server scripts they are parameters of a function, and a missing attribute reads as `None`.
//!
//! Long because every kind of expression calls back into the one evaluator: apart, the pieces would only pass it around.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::Mode;
use super::ast::{Argument, Comprehension, Expr, Kind, Lambda, Logic, Makes, Piece};
use super::closure::{Closure, Generator};
use super::names::{self, Known};
use crate::host::Document;
use crate::python::operators::{self, Unary};
use crate::python::{Arguments, Budget, Dict, Outcome, Stop, Value, access, format, show};

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
    pub happened: RefCell<HashMap<usize, Happened>>,
    /// The innermost expression whose value is not known.
    pub gap: RefCell<Option<Range<usize>>>,
    /// Whether the block has changed a document: what reads one later is not known.
    pub changed: Cell<bool>,
    /// Methods of documents that were read: how the host writes them is not known.
    pub methods: RefCell<Vec<Value>>,
}

impl std::fmt::Debug for Evaluator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Evaluator({:?})", self.mode)
    }
}

/// The variables of a comprehension or a lambda.
#[derive(Debug, Default)]
pub struct Scope {
    variables: RefCell<HashMap<Rc<str>, Value>>,
    /// Names that the scope binds, bound already or not.
    declared: Vec<Rc<str>>,
    parent: Option<Rc<Scope>>,
    /// Whether it is the function that a block has become.
    of_function: bool,
}

impl Scope {
    /// A scope inside another.
    pub fn new(declared: Vec<Rc<str>>, parent: Option<Rc<Self>>) -> Rc<Self> {
        Rc::new(Self { declared, parent, ..Self::default() })
    }

    /// The scope of the function that a block has become.
    pub fn of_function(declared: Vec<Rc<str>>) -> Rc<Self> {
        Rc::new(Self { declared, of_function: true, ..Self::default() })
    }

    /// Binds a name.
    pub fn bind(&self, name: &Rc<str>, value: Value) {
        self.variables.borrow_mut().insert(Rc::clone(name), value);
    }
}

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
            changed: Cell::new(false),
            methods: RefCell::default(),
        })
    }

    /// The value of the whole expression.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn run(self: &Rc<Self>, expr: &Expr) -> Outcome<Value> {
        self.value(expr, None)
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
        if scope.is_none_or(|scope| scope.of_function) {
            let happened = match &outcome {
                Ok(value) => Happened::Value(value.clone()),
                Err(stop) => Happened::Stopped(stop.clone()),
            };
            self.happened.borrow_mut().insert(address(expr), happened);
        }
        outcome
    }

    fn truth(self: &Rc<Self>, expr: &Expr, scope: Option<&Rc<Scope>>) -> Outcome<bool> {
        operators::truth(&self.value(expr, scope)?)
    }

    fn dispatch(self: &Rc<Self>, expr: &Expr, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        match &expr.kind {
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Complex => Err(Stop::unsupported("complex")),
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
                Ok(Value::Slice(Rc::new((bound(start)?, bound(stop)?, bound(step)?))))
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
                let mut holds = true;
                for (operator, right) in links {
                    let right = self.value(right, scope)?;
                    holds = operators::compare(*operator, &left, &right, &self.budget)?;
                    if !holds {
                        break;
                    }
                    left = right;
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
            Kind::List(items) => Ok(Value::list(self.items(items, scope)?)),
            Kind::Tuple(items) => Ok(Value::tuple(self.items(items, scope)?)),
            Kind::Set(items) => {
                let mut set = Dict::default();
                for item in self.items(items, scope)? {
                    set.insert(item, Value::None)?;
                }
                Ok(Value::Set(Rc::new(RefCell::new(set))))
            }
            Kind::Dict(entries) => self.dict(entries, scope),
            Kind::Comprehension(comprehension) => self.comprehension(comprehension, scope),
            Kind::Starred(_) | Kind::Walrus(..) | Kind::Await(_) | Kind::Yield(_) => Err(Stop::unsupported("syntax")),
        }
    }

    fn items(self: &Rc<Self>, items: &[Expr], scope: Option<&Rc<Scope>>) -> Outcome<Vec<Value>> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                Kind::Starred(inner) => {
                    let inner = self.value(inner, scope)?;
                    let unpacked = access::iterate(&inner, &self.budget).map_err(|stop| match stop {
                        Stop::Raise(exception) if exception.kind == "TypeError" => {
                            Stop::type_error(format!("Value after * must be an iterable, not {}", inner.error_name()))
                        }
                        other => other,
                    });
                    values.extend(unpacked?);
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
                let Value::Dict(other) = self.value(value, scope)? else {
                    return Err(Stop::unsupported("**"));
                };
                let other: Vec<(Value, Value)> = other.borrow().iter().cloned().collect();
                for (key, value) in other {
                    dict.insert(key, value)?;
                }
                continue;
            };
            let key = self.value(key, scope)?;
            let value = self.value(value, scope)?;
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
        let mut around = scope;
        let mut innermost = true;
        while let Some(current) = around {
            if let Some(value) = current.variables.borrow().get(name) {
                return Ok(value.clone());
            }
            // The host's three names are parameters, bound from the start.
            let is_parameter = current.of_function && matches!(&**name, "doc" | "frappe" | "nowdate");
            if current.declared.contains(name) && !is_parameter {
                if !innermost {
                    return Err(Stop::unsupported("a name of an outer scope before it is bound"));
                }
                let message = format!("cannot access local variable '{name}' where it is not associated with a value");
                return Err(Stop::raise("UnboundLocalError", message));
            }
            innermost = false;
            around = current.parent.as_ref();
        }
        // The body of a comprehension or a lambda sees globals only; without server scripts the host's names are locals.
        if (scope.is_none() || self.mode == Mode::Block)
            && let Some(value) = (self.names)(name)?
        {
            return Ok(value);
        }
        match names::global(name, self.mode) {
            Known::Value(value) => Ok(value),
            Known::Unsupported => Err(Stop::unsupported(&**name)),
            Known::Missing(missing) => Err(Stop::raise("NameError", format!("name '{missing}' is not defined"))),
        }
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
        let is_document = value.downcast::<Document>().is_some();
        if is_document && self.changed.get() {
            return Err(Stop::unsupported("a document that the block has changed"));
        }
        let found = access::attribute(value, name);
        if let (true, Ok(Some(method @ Value::Object(_)))) = (is_document, &found) {
            self.methods.borrow_mut().push(method.clone());
        }
        match (found, self.mode) {
            (Ok(Some(found)), _) => Ok(found),
            (Ok(None), Mode::Block) => Ok(Value::None),
            (Err(Stop::Raise(exception)), Mode::Block) if exception.kind == "AttributeError" => Ok(Value::None),
            (Ok(None), Mode::Expression) => Err(access::no_attribute(value, name)),
            (Err(stop), _) => Err(stop),
        }
    }

    fn call(self: &Rc<Self>, function: &Expr, given: &[Argument], scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        if given.iter().any(|argument| matches!(argument, Argument::Star(_) | Argument::DoubleStar(_))) {
            return Err(Stop::unsupported("a call with * or **"));
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
        if let Kind::Name(name) = &function.kind
            && !is_bound(name, scope)
            && let Some(answer) = self.lazily(name, &arguments)
        {
            return answer;
        }
        access::call(&called, arguments, &self.budget)
    }

    /// `any` and `all` over a generator stop at the first answer, so what comes later cannot raise.
    fn lazily(&self, name: &str, arguments: &Arguments) -> Option<Outcome<Value>> {
        let stop_at = match name {
            "any" => true,
            "all" => false,
            _ => return None,
        };
        if !matches!(names::global(name, self.mode), Known::Value(_)) || !arguments.keyword.is_empty() {
            return None;
        }
        let [generator] = arguments.positional.as_slice() else { return None };
        let generator = generator.downcast::<Generator>()?;
        Some(generator.find(stop_at).map(Value::Bool))
    }

    fn lambda(self: &Rc<Self>, lambda: &Rc<Lambda>, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        let mut defaults = Vec::with_capacity(lambda.parameters.len());
        for parameter in &lambda.parameters {
            defaults.push(match &parameter.default {
                Some(default) => Some(self.value(default, scope)?),
                None => None,
            });
        }
        Ok(Value::object(Closure {
            evaluator: Rc::clone(self),
            lambda: Rc::clone(lambda),
            defaults,
            scope: scope.cloned(),
        }))
    }

    fn comprehension(self: &Rc<Self>, made: &Rc<Comprehension>, scope: Option<&Rc<Scope>>) -> Outcome<Value> {
        let Some(first) = made.loops.first() else { return Err(Stop::unsupported("comprehension")) };
        // The first source is evaluated outside, the rest inside.
        let source = self.value(&first.source, scope)?;
        let mut declared = Vec::new();
        for one in &made.loops {
            one.target.walk(&mut |node| {
                if let Kind::Name(name) = &node.kind {
                    declared.push(Rc::clone(name));
                }
            });
            if !only_names(&one.target) {
                return Err(Stop::unsupported("a loop over attributes or items"));
            }
        }
        let inner = Scope::new(declared, scope.cloned());
        if made.makes == Makes::Generator {
            // `iter()` runs at once, the loop only when somebody asks.
            let items = access::iterate(&source, &self.budget)?;
            return Ok(Value::object(Generator::new(Rc::clone(self), Rc::clone(made), inner, items)));
        }
        let items = access::iterate(&source, &self.budget)?;
        let mut list = Vec::new();
        let mut dict = Dict::default();
        self.loops(made, 0, items, &inner, &mut |scope| {
            let element = self.value(&made.element, Some(scope))?;
            self.budget.bytes(32)?;
            match (made.makes, &made.value) {
                (Makes::Dict, Some(value)) => {
                    let value = self.value(value, Some(scope))?;
                    dict.insert(element, value)?;
                }
                (Makes::Set, _) => dict.insert(element, Value::None)?,
                _ => list.push(element),
            }
            Ok(true)
        })?;
        Ok(match made.makes {
            Makes::Dict => Value::dict(dict),
            Makes::Set => Value::Set(Rc::new(RefCell::new(dict))),
            _ => Value::list(list),
        })
    }

    /// Runs loop number `index` over `items`, and the loops inside it; `each` says whether to go on.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn loops(
        self: &Rc<Self>,
        made: &Rc<Comprehension>,
        index: usize,
        items: Vec<Value>,
        scope: &Rc<Scope>,
        each: &mut dyn FnMut(&Rc<Scope>) -> Outcome<bool>,
    ) -> Outcome<bool> {
        let Some(one) = made.loops.get(index) else { return Ok(true) };
        'items: for item in items {
            self.budget.step()?;
            self.unpack(&one.target, item, scope)?;
            for condition in &one.conditions {
                if !self.truth(condition, Some(scope))? {
                    continue 'items;
                }
            }
            let go_on = match made.loops.get(index + 1) {
                Some(next) => {
                    let source = self.value(&next.source, Some(scope))?;
                    let items = access::iterate(&source, &self.budget)?;
                    self.loops(made, index + 1, items, scope, each)?
                }
                None => each(scope)?,
            };
            if !go_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Binds a target of a loop or an assignment.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn unpack(&self, target: &Expr, value: Value, scope: &Rc<Scope>) -> Outcome<()> {
        let targets = match &target.kind {
            Kind::Name(name) => {
                scope.bind(name, value);
                return Ok(());
            }
            Kind::Tuple(targets) | Kind::List(targets) => targets,
            _ => return Err(Stop::unsupported("a target of several parts")),
        };
        let values = access::iterate(&value, &self.budget).map_err(|stop| match stop {
            // RestrictedPython turns a tuple of targets into `list(iter(value))`; a list of targets is unpacked plainly.
            Stop::Raise(exception) if exception.kind == "TypeError" && matches!(target.kind, Kind::List(_)) => {
                Stop::type_error(format!("cannot unpack non-iterable {} object", value.error_name()))
            }
            other => other,
        })?;
        let star = targets.iter().position(|target| matches!(target.kind, Kind::Starred(_)));
        let count = targets.len();
        match star {
            None if values.len() < count => {
                let got = values.len();
                Err(Stop::value_error(format!("not enough values to unpack (expected {count}, got {got})")))
            }
            None if values.len() > count => {
                Err(Stop::value_error(format!("too many values to unpack (expected {count})")))
            }
            Some(_) if values.len() + 1 < count => {
                let (least, got) = (count - 1, values.len());
                Err(Stop::value_error(format!("not enough values to unpack (expected at least {least}, got {got})")))
            }
            _ => {
                let taken = values.len() + 1 - count.min(values.len() + 1);
                let mut values = values.into_iter();
                for target in targets {
                    match &target.kind {
                        Kind::Starred(inner) => {
                            let rest = values.by_ref().take(taken).collect();
                            self.unpack(inner, Value::list(rest), scope)?;
                        }
                        _ => self.unpack(target, values.next().unwrap_or(Value::None), scope)?,
                    }
                }
                Ok(())
            }
        }
    }
}

/// Whether a scope has a variable of this name.
fn is_bound(name: &Rc<str>, scope: Option<&Rc<Scope>>) -> bool {
    let mut around = scope;
    while let Some(current) = around {
        if current.declared.contains(name) {
            return true;
        }
        around = current.parent.as_ref();
    }
    false
}

fn only_names(target: &Expr) -> bool {
    match &target.kind {
        Kind::Name(_) => true,
        Kind::Tuple(items) | Kind::List(items) => items.iter().all(only_names),
        Kind::Starred(inner) => only_names(inner),
        _ => false,
    }
}
