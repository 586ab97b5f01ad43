//! What stands left of `=`, between `for` and `in`, and behind `del`: names, attributes, items, and several at once.

use std::rc::Rc;

use super::Mode;
use super::ast::{Expr, Kind};
use super::changes::Live;
use super::evaluate::Evaluator;
use super::scope::{self, Scope};
use crate::host::Document;
use crate::python::{Budget, ITEM_BYTES, Items, Outcome, Stop, Value, access, items, show};

impl Evaluator {
    /// Binds a name.
    pub fn bind(&self, name: &Rc<str>, value: &Value, scope: &Rc<Scope>) {
        if !scope.bind(name, value) {
            self.globals.borrow_mut().insert(Rc::clone(name), value.clone());
        }
    }

    /// Takes a name out, bound or not.
    pub fn forget(&self, name: &Rc<str>, scope: &Rc<Scope>) {
        if scope.unbind(name).is_none() {
            self.globals.borrow_mut().remove(name);
        }
    }

    /// `del target`
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn delete(self: &Rc<Self>, target: &Expr, scope: &Rc<Scope>) -> Outcome<()> {
        match &target.kind {
            Kind::Name(name) => match scope.unbind(name) {
                Some(true) => Ok(()),
                Some(false) => Err(scope::unbound(name)),
                None => self.delete_global(name),
            },
            Kind::Attribute(object, name) => {
                let object = self.value(object, Some(scope))?;
                delete_attribute(&object, name)
            }
            Kind::Subscript(object, key) => {
                let object = self.value(object, Some(scope))?;
                let key = self.value(key, Some(scope))?;
                delete_item(&object, &key, &self.budget)
            }
            Kind::Tuple(items) | Kind::List(items) => items.iter().try_for_each(|item| self.delete(item, scope)),
            _ => Err(Stop::unsupported("del")),
        }
    }

    fn delete_global(&self, name: &Rc<str>) -> Outcome<()> {
        let removed = self.globals.borrow_mut().remove(name);
        match removed {
            Some(_) => Ok(()),
            None if self.has_global(name) => Err(Stop::unsupported("del of a global name")),
            None => Err(Stop::raise("NameError", format!("name '{name}' is not defined"))),
        }
    }

    /// `iter(source)` for a loop: RestrictedPython asks for it late when several targets are bound.
    ///
    /// # Errors
    /// `TypeError` for a value that cannot be walked.
    pub fn walk(&self, target: &Expr, source: Value) -> Outcome<Items> {
        match target.kind {
            Kind::Tuple(_) => Ok(Items::later(source)),
            _ => Items::of(&source, &self.budget),
        }
    }

    /// Binds a target of a loop. RestrictedPython turns what a tuple of targets is bound to into lists first.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn bind_loop(self: &Rc<Self>, target: &Expr, item: Value, scope: &Rc<Scope>) -> Outcome<()> {
        match &target.kind {
            Kind::Tuple(targets) => self.assign(target, &self.guarded(targets, &item)?, scope),
            _ => self.assign(target, &item, scope),
        }
    }

    /// `list(iter(value))`, and the same for each part that goes to a tuple of targets.
    fn guarded(&self, targets: &[Expr], value: &Value) -> Outcome<Value> {
        let mut list = items::list(value, &self.budget)?;
        let is_star = |target: &Expr| matches!(target.kind, Kind::Starred(_));
        let least = targets.iter().filter(|target| !is_star(target)).count();
        if list.len() < least {
            return Ok(Value::list(list));
        }
        let mut behind_star = false;
        for (place, target) in targets.iter().enumerate() {
            behind_star |= is_star(target);
            if let Kind::Tuple(inner) = &target.kind {
                // Behind a star the places are counted from the end.
                let place = if behind_star { (list.len() + place).checked_sub(least + 1) } else { Some(place) };
                if let Some(item) = place.and_then(|place| list.get_mut(place)) {
                    *item = self.guarded(inner, item)?;
                }
            }
        }
        Ok(Value::list(list))
    }

    /// Assigns to a target.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn assign(self: &Rc<Self>, target: &Expr, value: &Value, scope: &Rc<Scope>) -> Outcome<()> {
        match &target.kind {
            Kind::Name(name) => {
                self.bind(name, value, scope);
                Ok(())
            }
            // Without server scripts the host has no function that lets an object be written to.
            Kind::Attribute(..) | Kind::Subscript(..) if self.mode == Mode::Expression => {
                Err(Stop::raise("NameError", "name '_write_' is not defined"))
            }
            Kind::Attribute(object, name) => {
                let object = self.value(object, Some(scope))?;
                set_attribute(&object, name, value)
            }
            Kind::Subscript(object, key) => {
                let object = self.value(object, Some(scope))?;
                let key = self.value(key, Some(scope))?;
                set_item(&object, &key, value, &self.budget)
            }
            Kind::Tuple(targets) | Kind::List(targets) => {
                for (target, value) in targets.iter().zip(self.unpacked(targets, value)?) {
                    let target = if let Kind::Starred(inner) = &target.kind { inner } else { target };
                    self.assign(target, &value, scope)?;
                }
                Ok(())
            }
            _ => Err(Stop::unsupported("a target of several parts")),
        }
    }

    /// A value for each of several targets.
    fn unpacked(&self, targets: &[Expr], value: &Value) -> Outcome<Vec<Value>> {
        let budget = &self.budget;
        let star = targets.iter().position(|target| matches!(target.kind, Kind::Starred(_)));
        let count = targets.len();
        if !access::is_iterable(value) {
            return Err(Stop::type_error(format!("cannot unpack non-iterable {} object", value.error_name())));
        }
        let mut items = Items::of(value, budget)?;
        let mut values = Vec::new();
        // One more than there are targets shows that there are too many.
        while star.is_some() || values.len() <= count {
            let Some(item) = items.next(budget)? else { break };
            budget.bytes(ITEM_BYTES)?;
            values.push(item);
        }
        let got = values.len();
        let few = |least: String| {
            Err(Stop::value_error(format!("not enough values to unpack (expected {least}, got {got})")))
        };
        let Some(star) = star else {
            return match got.cmp(&count) {
                std::cmp::Ordering::Less => few(count.to_string()),
                std::cmp::Ordering::Equal => Ok(values),
                std::cmp::Ordering::Greater => {
                    Err(Stop::value_error(format!("too many values to unpack (expected {count})")))
                }
            };
        };
        if got + 1 < count {
            return few(format!("at least {}", count - 1));
        }
        let after = values.split_off(got + 1 + star - count);
        let rest = values.split_off(star);
        values.push(Value::list(rest));
        values.extend(after);
        Ok(values)
    }
}

/// Whether a value is one of Python's own, whose attributes cannot be set.
fn is_plain(object: &Value) -> bool {
    !matches!(object, Value::Object(_))
}

/// The error of an attribute that cannot be set or deleted.
fn read_only(object: &Value, name: &str) -> Stop {
    match access::attribute(object, name) {
        Ok(None) => access::no_attribute(object, name),
        Ok(Some(Value::Object(_))) => {
            Stop::raise("AttributeError", format!("'{}' object attribute '{name}' is read-only", object.error_name()))
        }
        Ok(Some(_)) => Stop::unsupported(format!("setting {}.{name}", object.error_name())),
        Err(stop) => stop,
    }
}

/// `object.name = value`
fn set_attribute(object: &Value, name: &str, value: &Value) -> Outcome<()> {
    if let Some(live) = object.downcast::<Live>() {
        return live.set_attribute(name, value);
    }
    if object.downcast::<Document>().is_some() {
        return Err(Stop::unsupported("a document that the condition changes"));
    }
    if is_plain(object) {
        return Err(read_only(object, name));
    }
    match (&*object.type_name(), &*object.base()) {
        // The blank document: a dict whose keys are attributes.
        ("_dict", Value::Dict(dict)) => {
            dict.borrow_mut().set(name, value.clone());
            Ok(())
        }
        _ => Err(Stop::unsupported("assignment to an attribute")),
    }
}

/// `del object.name`
///
/// # Errors
/// What the host raises, or why that is not known.
pub fn delete_attribute(object: &Value, name: &str) -> Outcome<()> {
    if let Some(live) = object.downcast::<Live>() {
        return live.delete_attribute(name);
    }
    if is_plain(object) {
        return Err(read_only(object, name));
    }
    match (&*object.type_name(), &*object.base()) {
        ("_dict", Value::Dict(dict)) => delete_key(dict, &Value::str(name)),
        _ => Err(Stop::unsupported("del of an attribute")),
    }
}

fn delete_key(dict: &std::cell::RefCell<crate::python::Dict>, key: &Value) -> Outcome<()> {
    // The text of the key may hold the dict.
    let removed = dict.borrow_mut().remove(key)?;
    match removed {
        Some(_) => Ok(()),
        None => Err(Stop::raise("KeyError", show::repr(key, &Budget::default())?)),
    }
}

/// The place of an item of a list.
fn place(length: usize, index: i64) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    let index = if index < 0 { index + length } else { index };
    usize::try_from(index).ok().filter(|_| index < length)
}

fn list_index(key: &Value) -> Outcome<i64> {
    match (key, key.as_i64()) {
        (_, Some(index)) => Ok(index),
        (Value::Slice(_), None) => Err(Stop::unsupported("a slice of a list as a target")),
        (Value::Int(_), None) => Err(Stop::raise("IndexError", "cannot fit 'int' into an index-sized integer")),
        _ => {
            let message = format!("list indices must be integers or slices, not {}", key.error_name());
            Err(Stop::type_error(message))
        }
    }
}

/// `object[key] = value`
fn set_item(object: &Value, key: &Value, value: &Value, budget: &Budget) -> Outcome<()> {
    match &*object.base() {
        Value::Dict(dict) => {
            budget.bytes(32)?;
            budget.hash(key)?;
            dict.borrow_mut().insert(key.clone(), value.clone())
        }
        Value::List(list) => {
            let at = place(list.borrow().len(), list_index(key)?);
            match at.and_then(|at| list.borrow_mut().get_mut(at).map(|item| std::mem::replace(item, value.clone()))) {
                Some(_) => Ok(()),
                None => Err(Stop::raise("IndexError", "list assignment index out of range")),
            }
        }
        other if is_document(object) || !matches!(other, Value::Object(_)) => {
            sequence_index(object, other, key)?;
            Err(Stop::type_error(format!("'{}' object does not support item assignment", object.error_name())))
        }
        _ => Err(Stop::unsupported("assignment to an item")),
    }
}

/// `del object[key]`
///
/// # Errors
/// What the host raises, or why that is not known.
pub fn delete_item(object: &Value, key: &Value, budget: &Budget) -> Outcome<()> {
    match &*object.base() {
        Value::Dict(dict) => {
            budget.steps(dict.borrow().len() as u64)?;
            budget.hash(key)?;
            delete_key(dict, key)
        }
        Value::List(list) => {
            budget.steps(list.borrow().len() as u64)?;
            let at = place(list.borrow().len(), list_index(key)?);
            match at {
                Some(at) => {
                    let item = list.borrow_mut().remove(at);
                    drop(item);
                    Ok(())
                }
                None => Err(Stop::raise("IndexError", "list assignment index out of range")),
            }
        }
        other if is_document(object) || !matches!(other, Value::Object(_)) => {
            let words = if sequence_index(object, other, key)? { "doesn't" } else { "does not" };
            Err(Stop::type_error(format!("'{}' object {words} support item deletion", object.error_name())))
        }
        _ => Err(Stop::unsupported("del of an item")),
    }
}

/// Whether CPython takes the key for the place of an item: what has the slots of a sequence (the instances of classes
/// written in Python have them too) is asked that way when its slots of a mapping take no item.
///
/// # Errors
/// `IndexError` for a place past 64 bits, which comes before the refusal.
fn sequence_index(object: &Value, base: &Value, key: &Value) -> Outcome<bool> {
    let plain = matches!(base, Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::Range(_) | Value::Set(_));
    if !plain && !matches!(object, Value::Object(_)) {
        return Ok(false);
    }
    match (&*key.base(), key.as_i64()) {
        (Value::Int(_), None) => Err(Stop::raise("IndexError", "cannot fit 'int' into an index-sized integer")),
        (Value::Int(_) | Value::Bool(_), _) => Ok(true),
        _ => Ok(false),
    }
}

fn is_document(object: &Value) -> bool {
    object.downcast::<Live>().is_some() || object.downcast::<Document>().is_some()
}
