//! Documents that a condition changes: it changes a copy, which the page throws away.
//!
//! Source: Frappe's `BaseDocument` (`set`, `update`), Dodock 3.40; measured.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use super::ast::{Expr, Kind};
use super::statements::{Does, Statement, walk_block};
use crate::host::{Document, Slot, docstatus, document_attributes::ATTRIBUTES};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, access};

/// Methods that change what they belong to, sorted.
const CHANGING: [&str; 19] = [
    "add",
    "append",
    "clear",
    "delete_key",
    "difference_update",
    "discard",
    "extend",
    "insert",
    "intersection_update",
    "pop",
    "popitem",
    "remove",
    "reverse",
    "set",
    "setdefault",
    "sort",
    "symmetric_difference_update",
    "update",
    "update_if_missing",
];

/// Whether an expression may change a value that it reads.
pub fn in_expression(expr: &Expr) -> bool {
    let mut changes = false;
    expr.walk(&mut |node| {
        changes |= match &node.kind {
            Kind::Attribute(_, name) => CHANGING.binary_search(&&**name).is_ok(),
            Kind::Comprehension(made) => made.loops.iter().any(|one| reaches(&one.target)),
            Kind::Name(name) => matches!(&**name, "setattr" | "delattr"),
            _ => false,
        };
    });
    changes
}

/// Whether a block may change a value that it reads.
pub fn in_block(block: &[Statement]) -> bool {
    let mut changes = false;
    walk_block(block, &mut |expr| changes |= in_expression(expr));
    changes || block.iter().any(assigns)
}

fn assigns(statement: &Statement) -> bool {
    let own = match &statement.does {
        Does::Assign(targets, _) | Does::Delete(targets) => targets.iter().any(reaches),
        Does::For { target, .. } => reaches(target),
        _ => false,
    };
    own || statement.inside().any(assigns)
}

/// Whether a target is an attribute or an item of something.
fn reaches(target: &Expr) -> bool {
    match &target.kind {
        Kind::Attribute(..) | Kind::Subscript(..) => true,
        Kind::Tuple(items) | Kind::List(items) => items.iter().any(reaches),
        Kind::Starred(inner) => reaches(inner),
        _ => false,
    }
}

/// A document that can be changed.
#[derive(Clone)]
pub struct Live(Rc<RefCell<Document>>);

impl Live {
    /// A copy of a document, whose rows are copies too.
    pub fn copy(document: &Document) -> Value {
        let copied = |slot: &Slot| match slot {
            Slot::Known(Value::List(rows)) => {
                let copied = |row: &Value| row.downcast::<Document>().map_or_else(|| row.clone(), Self::copy);
                let rows = rows.borrow().iter().map(copied).collect();
                Slot::Known(Value::list(rows))
            }
            slot => slot.clone(),
        };
        let values = document.values.iter().map(|(name, slot)| (Rc::clone(name), copied(slot))).collect();
        let document = Document { values: Rc::new(values), ..document.clone() };
        Value::object(Self(Rc::new(RefCell::new(document))))
    }

    fn now(&self) -> Document {
        self.0.borrow().clone()
    }

    /// Puts a value into the document's own dict.
    fn put(&self, name: &str, value: &Value) -> Outcome<()> {
        let mut document = self.0.borrow_mut();
        let known = document.values.contains_key(name);
        if matches!(name, "doctype" | "meta") || (!known && ATTRIBUTES.binary_search(&name).is_ok()) {
            return Err(Stop::unsupported(format!("setting doc.{name}")));
        }
        let value = match name {
            // A property: it keeps a `DocStatus`.
            "docstatus" => match value.as_i64() {
                Some(number @ 0..=2) => docstatus::docstatus(number),
                _ => return Err(Stop::unsupported("setting doc.docstatus to this")),
            },
            _ => value.clone(),
        };
        Rc::make_mut(&mut document.values).insert(Rc::from(name), Slot::Known(value));
        Ok(())
    }

    /// `doc.name = value`
    ///
    /// # Errors
    /// `Unsupported` for an attribute of the class.
    pub fn set_attribute(&self, name: &str, value: &Value) -> Outcome<()> {
        self.put(name, value)
    }

    /// `del doc.name`
    ///
    /// # Errors
    /// `AttributeError` when the document has no such attribute of its own.
    pub fn delete_attribute(&self, name: &str) -> Outcome<()> {
        let mut document = self.0.borrow_mut();
        if matches!(name, "docstatus" | "doctype" | "flags" | "meta" | "dont_update_if_missing") {
            return Err(Stop::unsupported(format!("del doc.{name}")));
        }
        if Rc::make_mut(&mut document.values).shift_remove(name).is_some() {
            return Ok(());
        }
        if !document.is_plain() {
            return Err(Stop::Server("server/class-of-document"));
        }
        let kind = document.type_name();
        // An attribute of the class is found, but is not the document's to delete.
        if ATTRIBUTES.binary_search(&name).is_ok() {
            return Err(Stop::unsupported(format!("del doc.{name}")));
        }
        Err(Stop::raise("AttributeError", format!("'{kind}' object has no attribute '{name}'")))
    }

    /// `doc.set(key, value, as_value=False)`
    fn set(&self, arguments: &Arguments) -> Outcome<Value> {
        let unknown = || Stop::unsupported("doc.set with these arguments");
        if !arguments.keyword.is_empty() {
            return Err(unknown());
        }
        let [Value::Str(key), value] = arguments.positional.as_slice() else { return Err(unknown()) };
        self.set_key(key, value)?;
        Ok(Value::None)
    }

    fn set_key(&self, key: &str, value: &Value) -> Outcome<()> {
        // A list goes through `extend`, which makes documents of its items.
        if matches!(value, Value::List(items) if !items.borrow().is_empty()) || key.starts_with('_') {
            return Err(Stop::unsupported("doc.set of rows"));
        }
        self.put(key, value)
    }

    /// `doc.update(dict)`
    fn update(&self, arguments: &Arguments) -> Outcome<Value> {
        let unknown = || Stop::unsupported("doc.update with these arguments");
        let [given] = arguments.positional.as_slice() else { return Err(unknown()) };
        let Value::Dict(dict) = &*given.base() else { return Err(unknown()) };
        if !arguments.keyword.is_empty() {
            return Err(unknown());
        }
        let entries: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
        for (key, value) in entries {
            let Value::Str(key) = key else { return Err(unknown()) };
            self.set_key(&key, &value)?;
        }
        Ok(Value::object(self.clone()))
    }

    /// `doc.delete_key(key)`
    fn delete_key(&self, arguments: &Arguments) -> Outcome<Value> {
        let [Value::Str(key)] = arguments.positional.as_slice() else {
            return Err(Stop::unsupported("doc.delete_key with these arguments"));
        };
        if matches!(&**key, "docstatus" | "doctype") || key.starts_with('_') {
            return Err(Stop::unsupported("doc.delete_key of this key"));
        }
        Rc::make_mut(&mut self.0.borrow_mut().values).shift_remove(key);
        Ok(Value::None)
    }
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<document>")
    }
}

impl Object for Live {
    fn type_name(&self) -> Cow<'static, str> {
        self.0.borrow().type_name()
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        self.0.borrow().class_path()
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        self.now().repr(budget)
    }

    fn str(&self, budget: &Budget) -> Outcome<String> {
        self.now().str(budget)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let document = self.now();
        if document.slot(name).is_none() && matches!(name, "delete_key" | "set" | "update") {
            return Ok(Some(Value::object(Method { live: self.clone(), name: Rc::from(name) })));
        }
        let found = document.attribute(name)?;
        match &found {
            Some(Value::Object(object)) if object.type_name() == "method" && document.slot(name).is_none() => {
                Ok(Some(Value::object(Method { live: self.clone(), name: Rc::from(name) })))
            }
            _ => Ok(found),
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some_and(|other| Rc::ptr_eq(&self.0, &other.0)))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        self.equals(other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A method of a document that can be changed: it sees the document as it is when it is called.
struct Method {
    live: Live,
    name: Rc<str>,
}

impl std::fmt::Debug for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<method>")
    }
}

impl Object for Method {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("method")
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        match self.live.now().attribute(&self.name)? {
            Some(Value::Object(method)) => method.repr(budget),
            _ => Err(Stop::unsupported(format!("repr of doc.{}", self.name))),
        }
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        budget.step()?;
        match &*self.name {
            "delete_key" => self.live.delete_key(&arguments),
            "set" => self.live.set(&arguments),
            "update" => self.live.update(&arguments),
            name => match self.live.now().attribute(name)? {
                Some(method) => access::call(&method, arguments, budget),
                None => Err(Stop::unsupported(format!("doc.{name}"))),
            },
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let same = |other: &Self| self.name == other.name && Rc::ptr_eq(&self.live.0, &other.live.0);
        Some(other.downcast::<Self>().is_some_and(same))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        assert!(super::CHANGING.is_sorted_by(|a, b| a < b));
    }
}
