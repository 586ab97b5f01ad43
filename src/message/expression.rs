//! Expressions: Python's operations on what the template names.
//!
//! Source: the Python that `jinja2/compiler.py` 3.1.6 writes for each node, and the sandbox's `call`.

use std::rc::Rc;

use super::ast::{self, Applied, Call, Expr, ExprKind, Slice, Span};
use super::blocks::BlockReference;
use super::environment::Use;
use super::filters::{self, Markup};
use super::loop_object::Loop;
use super::macros::MacroObject;
use super::mentions;
use super::render::Renderer;
use super::sandbox;
use super::scope::Scope;
use super::tests;
use super::undefined::Undefined;
use crate::host::look_up::LookUp;
use crate::host::namespace::RenderTemplate;
use crate::python::operators::{self, Binary, Comparison, Unary};
use crate::python::{Arguments, Dict, Function, Outcome, Stop, Value, access, show};
use crate::text;

impl Renderer<'_> {
    /// The value of an expression.
    ///
    /// # Errors
    /// What Python raises, what is not known, and the limits.
    pub(super) fn eval(&self, node: &Expr, scope: &Rc<Scope>) -> Outcome<Value> {
        match &node.kind {
            ExprKind::Const(value) => Ok(value.clone()),
            ExprKind::Name(name) => self.name(name, scope).map_err(|stop| self.locate(stop, node.span)),
            _ => {
                self.budget.step()?;
                let outcome = self.deeper(|| self.parts(node, scope)).map_err(|stop| self.locate(stop, node.span));
                self.answers.settle(node.span);
                outcome
            }
        }
    }

    fn parts(&self, node: &Expr, scope: &Rc<Scope>) -> Outcome<Value> {
        match &node.kind {
            ExprKind::Const(_) | ExprKind::Name(_) | ExprKind::Place(..) => Ok(Value::None),
            ExprKind::List(items) => self.all(items, scope).map(Value::list),
            ExprKind::Tuple(items) => self.all(items, scope).map(Value::tuple),
            ExprKind::Dict(items) => self.dict(items, scope),
            ExprKind::Unary(operator, inner) => self.unary(*operator, inner, scope),
            ExprKind::Chain(first, links) => self.chain(first, links, scope),
            ExprKind::Concat(items) => self.concat(items, scope),
            ExprKind::And(items) => self.first_with_truth(items, false, scope),
            ExprKind::Or(items) => self.first_with_truth(items, true, scope),
            ExprKind::Compare(first, links) => self.compare(first, links, scope),
            ExprKind::Conditional(parts) => self.conditional(parts, node.span, scope),
            ExprKind::Attribute(base, name) => self.attribute(base, name, scope),
            ExprKind::Item(base, index) => {
                let base = self.eval(base, scope)?;
                let index = self.eval(index, scope)?;
                self.item(&base, &index)
            }
            ExprKind::Slice(base, slice) => self.slice(base, slice, scope),
            ExprKind::Call(call) => self.call(call, scope),
            ExprKind::Filter(applied) => self.filter(applied, scope),
            ExprKind::Test(applied) => self.test(applied, scope),
        }
    }

    fn all(&self, items: &[Expr], scope: &Rc<Scope>) -> Outcome<Vec<Value>> {
        self.budget.bytes(size_of_val(items))?;
        items.iter().map(|item| self.eval(item, scope)).collect()
    }

    fn dict(&self, items: &[(Expr, Expr)], scope: &Rc<Scope>) -> Outcome<Value> {
        self.budget.bytes(size_of_val(items))?;
        let mut dict = Dict::default();
        let mut pairs = Vec::with_capacity(items.len());
        for (key, value) in items {
            pairs.push((self.eval(key, scope)?, self.eval(value, scope)?));
        }
        for (key, value) in pairs {
            self.budget.hash(&key)?;
            dict.insert(key, value)?;
        }
        Ok(Value::dict(dict))
    }

    fn unary(&self, operator: Unary, inner: &Expr, scope: &Rc<Scope>) -> Outcome<Value> {
        let value = self.eval(inner, scope)?;
        match operator {
            Unary::Not => Ok(Value::Bool(!operators::truth(&value)?)),
            operator => operators::unary(operator, &value, &self.budget),
        }
    }

    fn chain(&self, first: &Expr, links: &[(Binary, Expr)], scope: &Rc<Scope>) -> Outcome<Value> {
        let mut value = self.eval(first, scope)?;
        for (operator, link) in links {
            let right = self.eval(link, scope)?;
            value = operators::binary(*operator, &value, &right, &self.budget)?;
        }
        if matches!(value, Value::Float(float) if !float.is_finite()) {
            // Worked out by the compiler, it would be written into Python code as a name that nobody defined.
            return Err(Stop::unsupported("arithmetic that ends in inf or nan"));
        }
        Ok(value)
    }

    fn concat(&self, items: &[Expr], scope: &Rc<Scope>) -> Outcome<Value> {
        let values = self.all(items, scope)?;
        let mut joined = String::new();
        // What the compiler works out, it joins without looking.
        let escapes = self.escapes()
            && values.iter().any(|value| value.downcast::<Markup>().is_some())
            && !items.iter().all(mentions::is_constant);
        for (value, item) in values.iter().zip(items) {
            match value {
                value if escapes => joined.push_str(&Markup::escape(value, &self.budget)?),
                Value::Str(text) => joined.push_str(text),
                value => {
                    self.note(value, item.span, true);
                    joined.push_str(&show::str(value, &self.budget)?);
                }
            }
            self.budget.bytes(joined.len() / values.len().max(1))?;
        }
        Ok(if escapes { Value::object(Markup(joined.into())) } else { Value::from(joined) })
    }

    /// `and` (the first false value) and `or` (the first true one), else the last.
    fn first_with_truth(&self, items: &[Expr], wanted: bool, scope: &Rc<Scope>) -> Outcome<Value> {
        let mut last = Value::None;
        let count = items.len();
        for (index, item) in items.iter().enumerate() {
            last = self.eval(item, scope)?;
            if index + 1 < count && operators::truth(&last)? == wanted {
                break;
            }
        }
        Ok(last)
    }

    fn compare(&self, first: &Expr, links: &[(Comparison, Expr)], scope: &Rc<Scope>) -> Outcome<Value> {
        let mut left = self.eval(first, scope)?;
        for (operator, link) in links {
            let right = self.eval(link, scope)?;
            if !operators::compare(*operator, &left, &right, &self.budget)? {
                return Ok(Value::Bool(false));
            }
            left = right;
        }
        Ok(Value::Bool(true))
    }

    fn conditional(&self, parts: &ast::Conditional, span: Span, scope: &Rc<Scope>) -> Outcome<Value> {
        if operators::truth(&self.eval(&parts.test, scope)?)? {
            return self.eval(&parts.then, scope);
        }
        match &parts.otherwise {
            Some(otherwise) => self.eval(otherwise, scope),
            None => {
                let line = text::line_of(self.text, span.range().start);
                Ok(Undefined::plain(format!(
                    "the inline if-expression on line {line} evaluated to false and no else section was defined."
                )))
            }
        }
    }

    fn attribute(&self, base: &Expr, name: &Rc<str>, scope: &Rc<Scope>) -> Outcome<Value> {
        let base = self.eval(base, scope)?;
        self.attribute_of(&base, name)
    }

    fn attribute_of(&self, base: &Value, name: &str) -> Outcome<Value> {
        if let Some(current) = base.downcast::<Loop>() {
            return match current.attribute(name, self)? {
                Some(value) => Ok(value),
                None => Ok(Undefined::of(base.clone(), Value::from(name))),
            };
        }
        sandbox::attribute(base, name, &self.budget)
    }

    fn item(&self, base: &Value, index: &Value) -> Outcome<Value> {
        if base.downcast::<Loop>().is_some() {
            return match index {
                Value::Str(name) => self.attribute_of(base, name),
                _ => Ok(Undefined::of(base.clone(), index.clone())),
            };
        }
        sandbox::item(base, index, &self.budget)
    }

    fn slice(&self, base: &Expr, slice: &Slice, scope: &Rc<Scope>) -> Outcome<Value> {
        let constant = mentions::is_constant(base);
        let base = self.eval(base, scope)?;
        let part = |part: &Option<Expr>| part.as_ref().map_or(Ok(Value::None), |part| self.eval(part, scope));
        let key = Value::slice(part(&slice.start)?, part(&slice.stop)?, part(&slice.step)?);
        match access::item(&base, &key, &self.budget) {
            // What the compiler can work out itself, it slices by other rules than the running template.
            Err(Stop::Raise(_)) if constant => Err(Stop::unsupported("a slice of a literal")),
            outcome => outcome,
        }
    }

    fn call(&self, call: &Call, scope: &Rc<Scope>) -> Outcome<Value> {
        let callee = self.eval(&call.callee, scope)?;
        let arguments = self.arguments(&call.arguments, scope)?;
        if let (ExprKind::Name(name), Some(undefined)) =
            (&call.callee.kind, arguments.positional.iter().find_map(Undefined::from))
        {
            match &**name {
                // They ask it for `keys`, which it refuses.
                "dict" | "namespace" => return Err(undefined.refuse()),
                // They ask for its truth or walk it, and it is empty.
                "all" | "any" | "bool" | "enumerate" | "list" | "max" | "min" | "set" | "sorted" | "sum" | "tuple" => {}
                _ if callee.downcast::<MacroObject>().is_some() || callee.downcast::<Loop>().is_some() => {}
                "abs" | "cycler" | "issubclass" | "joiner" | "range" => {}
                "isinstance" if arguments.positional.get(1).is_some_and(|class| Undefined::from(class).is_none()) => {}
                "isinstance" if arguments.positional.len() == 2 => {
                    let message = "isinstance() arg 2 must be a type, a tuple of types, or a union";
                    return Err(Stop::type_error(message));
                }
                _ if Undefined::from(&callee).is_some() => {}
                _ => return Err(Stop::unsupported("an undefined value handed to a function")),
            }
        }
        self.call_value(&callee, arguments)
    }

    /// `environment.call(context, callee, ...)`
    pub(super) fn call_value(&self, callee: &Value, arguments: Arguments) -> Outcome<Value> {
        if let Some(undefined) = Undefined::from(callee) {
            return Err(undefined.refuse());
        }
        if let Some(object) = callee.downcast::<MacroObject>() {
            return self.call_macro(object, arguments);
        }
        if let Some(reference) = callee.downcast::<BlockReference>() {
            return self.call_block_reference(&reference.block, &arguments);
        }
        if let Some(current) = callee.downcast::<Loop>() {
            return self.recurse(current, arguments);
        }
        if callee.downcast::<RenderTemplate>().is_some() {
            return self.render_template(arguments);
        }
        if let Some(function) = callee.downcast::<LookUp>() {
            return self.ask(function, arguments);
        }
        let host = callee.downcast::<Function>().is_some_and(|_| callee.type_name() == "function");
        let is_undefined = |value: &Value| Undefined::from(value).is_some();
        let handed = host
            && (arguments.positional.iter().any(is_undefined)
                || arguments.keyword.iter().any(|(_, value)| is_undefined(value)));
        match access::call(callee, arguments, &self.budget) {
            // What the host makes of an undefined value is not known here, unless the call is not followed anyway.
            Ok(_) | Err(Stop::Raise(_)) if handed => Err(Stop::unsupported("an undefined value handed to the host")),
            outcome => outcome,
        }
    }

    /// The values of the arguments of a call.
    pub(super) fn arguments(&self, node: &ast::Arguments, scope: &Rc<Scope>) -> Outcome<Arguments> {
        let mut arguments = Arguments::positional(self.all(&node.positional, scope)?);
        for (name, value) in &node.keyword {
            arguments.keyword.push((Rc::clone(name), self.eval(value, scope)?));
        }
        if let Some(star) = &node.star {
            match self.eval(star, scope)? {
                items @ (Value::List(_) | Value::Tuple(_)) => {
                    arguments.positional.extend(access::iterate(&items, &self.budget)?);
                }
                _ => return Err(Stop::unsupported("*arguments other than a list")),
            }
        }
        if let Some(double_star) = &node.double_star {
            let Value::Dict(dict) = self.eval(double_star, scope)? else {
                return Err(Stop::unsupported("**arguments other than a dict"));
            };
            for (key, value) in dict.borrow().iter() {
                match key {
                    Value::Str(name) if !arguments.keyword.iter().any(|(own, _)| own == name) => {
                        arguments.keyword.push((Rc::clone(name), value.clone()));
                    }
                    _ => return Err(Stop::unsupported("**arguments")),
                }
            }
        }
        Ok(arguments)
    }

    fn applied(&self, node: &Applied, value: Value, scope: &Rc<Scope>) -> Outcome<Use<'_>> {
        let mut arguments = self.arguments(&node.arguments, scope)?;
        arguments.positional.insert(0, value);
        Ok(Use { environment: &self.environment, budget: &self.budget, arguments })
    }

    fn filter(&self, node: &Applied, scope: &Rc<Scope>) -> Outcome<Value> {
        let value = match &node.value {
            Some(value) => self.eval(value, scope)?,
            None => return Err(Stop::unsupported("a filter without a value")),
        };
        self.filter_value(node, value, scope)
    }

    fn filter_value(&self, node: &Applied, value: Value, scope: &Rc<Scope>) -> Outcome<Value> {
        let none = matches!(value, Value::None);
        let applied = self.applied(node, value, scope)?;
        let Some(filter) = filters::find(&node.name) else { return Err(no_such("filter", &node.name, &applied)) };
        let result = filter(applied)?;
        if none
            && let (Value::Str(text), Some(source)) = (&result, &node.value)
            && text.trim().eq_ignore_ascii_case("none")
        {
            self.note(&Value::None, source.span, true);
        }
        Ok(result)
    }

    /// Filters on the text of a block; the innermost one has no value of its own.
    pub(super) fn filter_text(&self, node: &Expr, text: Value, scope: &Rc<Scope>) -> Outcome<Value> {
        let ExprKind::Filter(applied) = &node.kind else { return Err(Stop::unsupported("filter")) };
        let value = match &applied.value {
            Some(inner) => self.filter_text(inner, text, scope)?,
            None => text,
        };
        self.filter_value(applied, value, scope).map_err(|stop| self.locate(stop, node.span))
    }

    fn test(&self, node: &Applied, scope: &Rc<Scope>) -> Outcome<Value> {
        let value = match &node.value {
            Some(value) => self.eval(value, scope)?,
            None => return Err(Stop::unsupported("a test without a value")),
        };
        let applied = self.applied(node, value, scope)?;
        if let ("sameas", Some(ExprKind::Const(left)), [Expr { kind: ExprKind::Const(right), .. }]) =
            (&*node.name, node.value.as_ref().map(|value| &value.kind), node.arguments.positional.as_slice())
            && let Some(same) = same_literal(left, right)
        {
            return Ok(Value::Bool(same));
        }
        match tests::find(&node.name) {
            Some(test) => test(applied),
            None => Err(no_such("test", &node.name, &applied)),
        }
    }
}

/// Whether two literals are one object. The compiler works the test out, on values that the lexer has made one by one:
/// only what CPython keeps once for all is the same.
fn same_literal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Int(_), Value::Int(_)) => match (left.as_i64(), right.as_i64()) {
            (Some(a), Some(b)) => Some(a == b && (-5..=256).contains(&a)),
            _ => Some(false),
        },
        (Value::Float(_), Value::Float(_)) => Some(false),
        (Value::Str(a), Value::Str(b)) => {
            let mut characters = a.chars();
            let short = characters.next().is_none_or(|c| c <= '\u{ff}') && characters.next().is_none();
            Some(a == b && short)
        }
        _ => None,
    }
}

/// What is raised when an unknown filter or test is reached inside an `if`; elsewhere the compiler refuses it.
fn no_such(what: &str, name: &Rc<str>, applied: &Use<'_>) -> Stop {
    if !applied.arguments.keyword.is_empty() {
        return Stop::unsupported("keyword arguments of an unknown filter");
    }
    match show::repr(&Value::Str(Rc::clone(name)), &crate::python::Budget::default()) {
        Ok(shown) => Stop::raise("jinja2.exceptions.TemplateRuntimeError", format!("No {what} named {shown} found.")),
        Err(stop) => stop,
    }
}
