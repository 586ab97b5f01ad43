//! Runs a block as the host does with server scripts on: as the body of a function whose parameters are `doc`, `frappe`
//! and `nowdate`. Without `return` its value is `None`.

use std::rc::Rc;

use super::ast::{Does, Expr, Kind, Statement, walk_block};
use super::evaluate::{Evaluator, Scope};
use crate::host::Document;
use crate::python::{Outcome, Stop, Value, access, operators, show};

/// How a statement ended.
enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
}

impl Evaluator {
    /// The value of a block.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn run_block(self: &Rc<Self>, block: &[Statement]) -> Outcome<Value> {
        let mut declared = Vec::new();
        declare(block, &mut declared);
        let scope = Scope::of_function(declared);
        let mut prints = None;
        walk_block(block, &mut |expr| {
            expr.walk(&mut |node| {
                if matches!(&node.kind, Kind::Name(name) if matches!(&**name, "print" | "printed")) {
                    prints.get_or_insert(node.span.clone());
                }
            });
        });
        if let Some(span) = prints {
            // RestrictedPython makes the collector of prints before the first line.
            return Err(Stop::raise("NameError", "name '_print_' is not defined").at(span));
        }
        match self.statements(block, &scope)? {
            Flow::Return(value) => Ok(value),
            _ => Ok(Value::None),
        }
    }

    fn statements(self: &Rc<Self>, block: &[Statement], scope: &Rc<Scope>) -> Outcome<Flow> {
        for statement in block {
            self.budget.step()?;
            let flow = self.budget.deeper(|| self.statement(statement, scope));
            match flow.map_err(|stop| stop.at(statement.span.clone()))? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(self: &Rc<Self>, statement: &Statement, scope: &Rc<Scope>) -> Outcome<Flow> {
        let in_scope = Some(scope);
        match &statement.does {
            Does::Expression(value) => {
                self.value(value, in_scope)?;
            }
            Does::Return(None) => return Ok(Flow::Return(Value::None)),
            Does::Return(Some(value)) => return Ok(Flow::Return(self.value(value, in_scope)?)),
            Does::Assign(targets, value) => self.assign(targets, value, scope)?,
            Does::Augment(..) => return Err(Stop::raise("NameError", "name '_inplacevar_' is not defined")),
            Does::If(test, body, otherwise) => {
                let holds = operators::truth(&self.value(test, in_scope)?)?;
                return self.statements(if holds { body } else { otherwise }, scope);
            }
            Does::For { target, source, body, otherwise } => {
                let source = self.value(source, in_scope)?;
                for item in access::iterate(&source, &self.budget)? {
                    self.unpack(target, item, scope)?;
                    match self.statements(body, scope)? {
                        Flow::Next | Flow::Continue => {}
                        Flow::Break => return Ok(Flow::Next),
                        returned => return Ok(returned),
                    }
                }
                return self.statements(otherwise, scope);
            }
            Does::While(test, body, otherwise) => {
                while operators::truth(&self.value(test, in_scope)?)? {
                    match self.statements(body, scope)? {
                        Flow::Next | Flow::Continue => {}
                        Flow::Break => return Ok(Flow::Next),
                        returned => return Ok(returned),
                    }
                }
                return self.statements(otherwise, scope);
            }
            Does::Break => return Ok(Flow::Break),
            Does::Continue => return Ok(Flow::Continue),
            Does::Pass => {}
            Does::Assert(test, message) => {
                if !operators::truth(&self.value(test, in_scope)?)? {
                    let message = match message {
                        Some(message) => show::str(&self.value(message, in_scope)?, &self.budget)?,
                        None => String::new(),
                    };
                    return Err(Stop::raise("AssertionError", message));
                }
            }
            Does::Raise(value) => return Err(self.raised(value.as_ref(), scope)?),
            Does::Import(_) => return Err(Stop::raise("ImportError", "__import__ not found")),
            Does::NotAllowed(what) => return Err(Stop::unsupported(*what)),
        }
        Ok(Flow::Next)
    }

    fn assign(self: &Rc<Self>, targets: &[Expr], value: &Expr, scope: &Rc<Scope>) -> Outcome<()> {
        if targets.iter().any(|target| matches!(target.kind, Kind::Tuple(_))) {
            // RestrictedPython guards the unpacking of a tuple with a function that the host does not provide. It turns
            // such an assignment into one for each target, the last first.
            return match targets.last().map(|target| &target.kind) {
                Some(Kind::Tuple(_)) => Err(Stop::raise("NameError", "name '_unpack_sequence_' is not defined")),
                _ => Err(Stop::unsupported("several targets")),
            };
        }
        let value = self.value(value, Some(scope))?;
        for target in targets {
            match &target.kind {
                Kind::Attribute(object, name) => {
                    let object = self.value(object, Some(scope))?;
                    self.set_attribute(&object, name, &value)?;
                }
                Kind::Subscript(object, key) => {
                    let object = self.value(object, Some(scope))?;
                    let key = self.value(key, Some(scope))?;
                    set_item(&object, key, &value)?;
                }
                _ => self.unpack(target, value.clone(), scope)?,
            }
        }
        Ok(())
    }

    /// `object.name = value`. A document is not changed here, only known to be changed: what reads it later is unknown.
    fn set_attribute(&self, object: &Value, name: &str, value: &Value) -> Outcome<()> {
        if object.downcast::<Document>().is_some() {
            self.changed.set(true);
            return Ok(());
        }
        match (&object, &*object.base()) {
            // The blank document: a dict whose keys are attributes.
            (Value::Object(_), Value::Dict(dict)) if object.type_name() == "_dict" => {
                dict.borrow_mut().set(name, value.clone());
                Ok(())
            }
            _ => Err(Stop::unsupported("assignment to an attribute")),
        }
    }

    fn raised(self: &Rc<Self>, value: Option<&Expr>, scope: &Rc<Scope>) -> Outcome<Stop> {
        let unknown = || Stop::unsupported("raise");
        let (name, arguments) = match value.map(|value| &value.kind) {
            Some(Kind::Name(name)) => (name, [].as_slice()),
            Some(Kind::Call(function, arguments)) => match &function.kind {
                Kind::Name(name) => (name, arguments.as_slice()),
                _ => return Ok(unknown()),
            },
            _ => return Ok(unknown()),
        };
        let Some(kind) = EXCEPTIONS.iter().find(|kind| **kind == &**name) else { return Ok(unknown()) };
        Ok(match arguments {
            [] => Stop::raise(kind, ""),
            [super::ast::Argument::Positional(message)] if *kind != "KeyError" => {
                let message = self.value(message, Some(scope))?;
                Stop::raise(kind, show::str(&message, &self.budget)?)
            }
            _ => unknown(),
        })
    }
}

/// Exceptions that a block may raise and whose text is their one argument.
const EXCEPTIONS: [&str; 10] = [
    "AssertionError",
    "AttributeError",
    "Exception",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
    "ValueError",
    "ZeroDivisionError",
];

fn set_item(object: &Value, key: Value, value: &Value) -> Outcome<()> {
    match &*object.base() {
        Value::Dict(dict) => dict.borrow_mut().insert(key, value.clone()),
        Value::List(_) => Err(Stop::unsupported("assignment to an item of a list")),
        other if object.downcast::<Document>().is_some() || !matches!(other, Value::Object(_)) => {
            Err(Stop::type_error(format!("'{}' object does not support item assignment", object.error_name())))
        }
        _ => Err(Stop::unsupported("assignment to an item")),
    }
}

/// The names that a block binds anywhere: they are the function's own from its first line.
fn declare(block: &[Statement], declared: &mut Vec<Rc<str>>) {
    let mut target = |target: &Expr| {
        targets(target, declared);
    };
    for statement in block {
        match &statement.does {
            Does::Assign(found, _) => found.iter().for_each(&mut target),
            Does::Augment(found, _) | Does::For { target: found, .. } => target(found),
            _ => {}
        }
    }
    for statement in block {
        if let Does::Import(names) = &statement.does {
            declared.extend(names.iter().cloned());
        }
        for inner in statement.inside() {
            declare(std::slice::from_ref(inner), declared);
        }
    }
}

fn targets(target: &Expr, declared: &mut Vec<Rc<str>>) {
    match &target.kind {
        Kind::Name(name) => declared.push(Rc::clone(name)),
        Kind::Tuple(items) | Kind::List(items) => items.iter().for_each(|item| targets(item, declared)),
        Kind::Starred(inner) => targets(inner, declared),
        _ => {}
    }
}
