//! `dict.keys()`, `dict.values()` and `dict.items()`.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use super::super::operators::Binary;
use super::super::{Budget, Dict, Object, Outcome, Stop, Value, compare, item, operators, show};

/// Which part of the entries a view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `dict_keys`
    Keys,
    /// `dict_values`
    Values,
    /// `dict_items`
    Items,
}

/// A live view of a dict.
#[derive(Debug)]
pub struct View {
    dict: Rc<RefCell<Dict>>,
    kind: Kind,
}

impl View {
    /// A view of `dict`.
    pub fn new(dict: &Rc<RefCell<Dict>>, kind: Kind) -> Self {
        Self { dict: Rc::clone(dict), kind }
    }

    /// The dict behind it.
    pub fn dict(&self) -> &Rc<RefCell<Dict>> {
        &self.dict
    }

    /// What the view shows of a key.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'`.
    pub fn shown(&self, key: &Value) -> Outcome<Value> {
        let value = self.dict.borrow().get(key)?.cloned().unwrap_or(Value::None);
        Ok(match self.kind {
            Kind::Keys => key.clone(),
            Kind::Values => value,
            Kind::Items => Value::tuple(vec![key.clone(), value]),
        })
    }

    /// The items in order.
    fn list(&self) -> Vec<Value> {
        let dict = self.dict.borrow();
        dict.iter()
            .map(|(key, value)| match self.kind {
                Kind::Keys => key.clone(),
                Kind::Values => value.clone(),
                Kind::Items => Value::tuple(vec![key.clone(), value.clone()]),
            })
            .collect()
    }

    /// The items as a set.
    fn as_set(&self, budget: &Budget) -> Outcome<Value> {
        let mut set = Dict::default();
        // Each is copied, hashed twice and put in.
        budget.steps(2 * self.dict.borrow().len() as u64)?;
        for item in self.list() {
            budget.hash(&item)?;
            set.insert(item, Value::None)?;
        }
        Ok(Value::set(set))
    }

    /// `view == other`: as many items, and each of them in the other.
    ///
    /// # Errors
    /// `TypeError: unhashable type: 'list'` where the other is a set and an item cannot be in one.
    pub fn equal(&self, other: &Value, budget: &Budget) -> Outcome<bool> {
        let view = other.downcast::<Self>();
        if self.kind == Kind::Values {
            return Ok(view.is_some_and(|view| std::ptr::eq(self, view)));
        }
        let length = match (other, view) {
            (Value::Set(set), _) => set.borrow().len(),
            (_, Some(view)) if view.kind != Kind::Values => view.dict.borrow().len(),
            _ => return Ok(false),
        };
        if self.dict.borrow().len() != length {
            return Ok(false);
        }
        budget.deeper(|| {
            for item in self.iterate(budget)? {
                if !compare::contains(other, &item, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// Whether the view of items has a key with a value.
    fn has(&self, key: &Value, value: &Value, budget: &Budget) -> Outcome<bool> {
        budget.hash(key)?;
        let found = self.dict.borrow().get(key)?.cloned();
        found.map_or(Ok(false), |found| compare::same_or_equal(&found, value, budget))
    }
}

impl Object for View {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.kind {
            Kind::Keys => "dict_keys",
            Kind::Values => "dict_values",
            Kind::Items => "dict_items",
        })
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(!self.dict.borrow().is_empty())
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        let items = show::repr(&Value::list(self.iterate(budget)?), budget)?;
        Ok(format!("{}({items})", self.type_name()))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match (name, self.kind) {
            ("mapping", _) => Err(Stop::unsupported("mapping")),
            ("isdisjoint", Kind::Keys | Kind::Items) => Err(Stop::unsupported("isdisjoint")),
            _ if name.starts_with("__") => Err(Stop::unsupported(format!("{}.{name}", self.type_name()))),
            _ => Ok(None),
        }
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        let count = self.dict.borrow().len();
        budget.steps(count as u64)?;
        budget.bytes(count.saturating_mul(3 * item::ITEM_BYTES))?;
        Ok(self.list())
    }

    fn length(&self) -> Outcome<usize> {
        Ok(self.dict.borrow().len())
    }

    fn contains(&self, item: &Value, budget: &Budget) -> Option<Outcome<bool>> {
        Some(match self.kind {
            Kind::Keys => budget.hash(item).and_then(|()| self.dict.borrow().contains(item)),
            Kind::Values => self.iterate(budget).and_then(|items| compare::contains(&Value::list(items), item, budget)),
            Kind::Items => match item {
                Value::Tuple(pair) => match pair.get(..) {
                    Some([key, value]) => self.has(key, value, budget),
                    _ => Ok(false),
                },
                _ => Ok(false),
            },
        })
    }

    fn binary(&self, operator: Binary, other: &Value, reflected: bool, budget: &Budget) -> Option<Outcome<Value>> {
        let set_like = matches!(operator, Binary::BitAnd | Binary::BitOr | Binary::BitXor | Binary::Subtract);
        if !set_like || self.kind == Kind::Values {
            return None;
        }
        let other = match other {
            Value::Set(_) => Ok(other.clone()),
            _ => match other.downcast::<Self>() {
                Some(view) if view.kind != Kind::Values => view.as_set(budget),
                _ => return Some(Err(Stop::unsupported("operator between a view and this"))),
            },
        };
        Some(self.as_set(budget).and_then(|this| {
            let other = other?;
            if reflected {
                operators::binary(operator, &other, &this, budget)
            } else {
                operators::binary(operator, &this, &other, budget)
            }
        }))
    }

    fn order(&self, _operator: operators::Comparison, _other: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        (self.kind != Kind::Values).then(|| Err(Stop::unsupported("order of views")))
    }

    /// Views of keys and items compare as sets do.
    fn hashable(&self) -> bool {
        self.kind == Kind::Values
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
