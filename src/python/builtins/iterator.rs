//! Iterators: `enumerate`, `filter`, `map`, `reversed`, `zip`, `iter` and `next`.
//!
//! `enumerate` and `zip` read their sources item by item: a loop over them may change those sources. The others work when
//! they are first asked, all at once: what asks cannot tell the difference, except through `next`, which therefore is
//! sure only while nothing fails.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;

use super::super::signature::{between, no_keywords, size};
use super::super::{
    Arguments, Budget, Int, Items, List, Object, Outcome, Stop, Value, access, dismantle, int, items, operators,
};

/// What makes the items of an iterator.
type Source = Box<dyn FnOnce(&Budget) -> Outcome<Vec<Value>>>;

/// What makes the next item of an iterator.
type Pull = Box<dyn FnMut(&Budget) -> Outcome<Option<Value>>>;

/// A value that can be walked once.
pub struct Iter {
    /// How many iterators are behind it, one reading the other.
    depth: usize,
    type_name: &'static str,
    source: RefCell<Option<Source>>,
    items: RefCell<VecDeque<Value>>,
    /// Instead of a source; not there while it runs.
    pull: RefCell<Option<Pull>>,
    pulls: bool,
}

impl Iter {
    /// An iterator of the type `type_name` whose items `source` makes when they are first asked for. `of` are the values
    /// that it reads.
    ///
    /// # Errors
    /// [`Stop::Limit`] when iterators read each other too deeply.
    pub fn value(
        type_name: &'static str,
        of: &[Value],
        source: impl FnOnce(&Budget) -> Outcome<Vec<Value>> + 'static,
    ) -> Outcome<Value> {
        let source: Source = Box::new(source);
        Self::made(type_name, of, Some(source), None)
    }

    /// As [`Self::value`], for an iterator that makes its items one by one.
    fn pulled(
        type_name: &'static str,
        of: &[Value],
        pull: impl FnMut(&Budget) -> Outcome<Option<Value>> + 'static,
    ) -> Outcome<Value> {
        Self::made(type_name, of, None, Some(Box::new(pull)))
    }

    fn made(type_name: &'static str, of: &[Value], source: Option<Source>, pull: Option<Pull>) -> Outcome<Value> {
        let depth = items::chain(of)?;
        Ok(Value::object(Self {
            depth,
            type_name,
            source: RefCell::new(source),
            items: RefCell::default(),
            pulls: pull.is_some(),
            pull: RefCell::new(pull),
        }))
    }

    /// Makes the items unless that has been done.
    fn fill(&self, budget: &Budget) -> Outcome<()> {
        let source = self.source.borrow_mut().take();
        if let Some(source) = source {
            let items = source(budget)?;
            self.items.borrow_mut().extend(items);
        }
        Ok(())
    }

    /// `next(iterator)`; `None` at the end.
    ///
    /// # Errors
    /// `Unsupported` when any of the items fails, because an earlier one may still be fine.
    pub fn next(&self, budget: &Budget) -> Outcome<Option<Value>> {
        if self.pulls {
            return self.pull(budget);
        }
        self.fill(budget).map_err(|stop| match stop {
            Stop::Raise(_) => Stop::unsupported("next of an iterator that fails"),
            stop => stop,
        })?;
        Ok(self.items.borrow_mut().pop_front())
    }
}

impl Iter {
    fn pull(&self, budget: &Budget) -> Outcome<Option<Value>> {
        let Some(mut pull) = self.pull.borrow_mut().take() else {
            return Err(Stop::unsupported("an iterator that reads itself"));
        };
        let next = pull(budget);
        *self.pull.borrow_mut() = Some(pull);
        next
    }
}

impl Drop for Iter {
    fn drop(&mut self) {
        dismantle(self.items.take().into());
    }
}

impl std::fmt::Debug for Iter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.type_name)
    }
}

impl Object for Iter {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.type_name)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        if name.starts_with("__") { Err(Stop::unsupported(format!("{}.{name}", self.type_name))) } else { Ok(None) }
    }

    fn is_iterator(&self) -> bool {
        self.pulls
    }

    fn chain(&self) -> usize {
        self.depth
    }

    fn next(&self, budget: &Budget) -> Outcome<Option<Value>> {
        Self::next(self, budget)
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        if self.pulls {
            return items::rest_or_unknown(|| self.pull(budget), budget);
        }
        self.fill(budget)?;
        Ok(self.items.take().into())
    }

    fn contains(&self, item: &Value, budget: &Budget) -> Option<Outcome<bool>> {
        // What comes after the item that was found is still there.
        if self.pulls {
            return Some(items::found(|| self.pull(budget), item, budget));
        }
        Some(self.fill(budget).and_then(|()| {
            loop {
                let next = self.items.borrow_mut().pop_front();
                match next {
                    None => return Ok(false),
                    Some(next) if operators::equals(&next, item, budget)? => return Ok(true),
                    Some(_) => budget.step()?,
                }
            }
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The items of a value, which must be iterable now but may be walked later.
fn lazy(value: &Value, budget: &Budget) -> Outcome<Source> {
    if value.downcast::<Iter>().is_some() {
        let value = value.clone();
        return Ok(Box::new(move |budget| access::iterate(&value, budget)));
    }
    // Walking a set in an unknown order only matters when the items are used.
    if matches!(value, Value::Set(_)) {
        let value = value.clone();
        return Ok(Box::new(move |budget| access::iterate(&value, budget)));
    }
    Ok(laid(access::iterate(value, budget)?))
}

/// Items that are there already; in a list, which drops them one after the other.
fn laid(items: Vec<Value>) -> Source {
    let items = List::new(items);
    Box::new(move |_| Ok(items.take()))
}

/// The items of a value, which must be iterable now.
fn walked(value: &Value, budget: &Budget) -> Outcome<Items> {
    // Walking a set in an unknown order only matters when the items are used.
    if matches!(value, Value::Set(_)) { Ok(Items::later(value.clone())) } else { Items::of(value, budget) }
}

/// The arguments of `enumerate`, which reads them by a way of its own: how many there are decides what it complains of.
fn enumerated(arguments: &Arguments) -> Outcome<(Value, Option<Value>)> {
    let strange = |name: &str| format!("'{name}' is an invalid keyword argument for enumerate()");
    let message = match (arguments.positional.as_slice(), arguments.keyword.as_slice()) {
        ([iterable], []) => return Ok((iterable.clone(), None)),
        ([iterable, start], []) => return Ok((iterable.clone(), Some(start.clone()))),
        ([iterable], [(name, start)]) if &**name == "start" => return Ok((iterable.clone(), Some(start.clone()))),
        ([], [(name, iterable)]) if &**name == "iterable" => return Ok((iterable.clone(), None)),
        ([], [first, second]) => match (&*first.0, &*second.0) {
            ("iterable", "start") => return Ok((first.1.clone(), Some(second.1.clone()))),
            ("start", "iterable") => return Ok((second.1.clone(), Some(first.1.clone()))),
            ("iterable" | "start", other) | (other, _) => strange(other),
        },
        ([], [(name, _)]) | ([_], [(name, _)]) => strange(name),
        ([], _) => String::from("enumerate() missing required argument 'iterable'"),
        (positional, named) => {
            format!("enumerate() takes at most 2 arguments ({} given)", positional.len() + named.len())
        }
    };
    Err(Stop::type_error(message))
}

/// `enumerate(iterable, start=0)`
pub fn enumerate(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let (iterable, start) = enumerated(arguments)?;
    let start = match start {
        Some(start) => match operators::as_int(&start.base()) {
            Some(start) => start,
            None => return size(&start).map(Value::from),
        },
        None => Int::Small(0),
    };
    let mut number = start;
    let mut items = walked(&iterable, budget)?;
    Iter::pulled("enumerate", &[iterable], move |budget| {
        let Some(item) = items.next(budget)? else { return Ok(None) };
        let after = int::add(&number, &Int::Small(1), budget)?;
        Ok(Some(Value::tuple(vec![Value::Int(std::mem::replace(&mut number, after)), item])))
    })
}

/// `filter(function, iterable)`
pub fn filter(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let [function, iterable] = between(arguments, "filter", 2, 2)? else {
        return Err(Stop::unsupported("filter"));
    };
    let (function, items) = (function.clone(), lazy(iterable, budget)?);
    Iter::value("filter", std::slice::from_ref(iterable), move |budget| {
        let mut kept = Vec::new();
        for item in items(budget)? {
            let holds = match &function {
                Value::None => operators::truth(&item)?,
                function => {
                    let answer = access::call(function, Arguments::positional(vec![item.clone()]), budget)?;
                    operators::truth(&answer)?
                }
            };
            if holds {
                kept.push(item);
            }
        }
        Ok(kept)
    })
}

/// `map(function, iterable, ...)`
pub fn map(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    no_keywords(arguments, "map")?;
    let Some((function, iterables)) = arguments.positional.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return Err(Stop::type_error("map() must have at least two arguments."));
    };
    let function = function.clone();
    let columns = iterables.iter().map(|iterable| lazy(iterable, budget)).collect::<Outcome<Vec<_>>>()?;
    Iter::value("map", iterables, move |budget| {
        let mut results = Vec::new();
        for row in rows(columns, budget)? {
            results.push(access::call(&function, Arguments::positional(row), budget)?);
        }
        Ok(results)
    })
}

/// The columns turned into rows, as many as the shortest has.
fn rows(columns: Vec<Source>, budget: &Budget) -> Outcome<Vec<Vec<Value>>> {
    let mut columns = columns.into_iter().map(|column| Ok(column(budget)?.into_iter())).collect::<Outcome<Vec<_>>>()?;
    let mut rows = Vec::new();
    while let Some(row) = columns.iter_mut().map(Iterator::next).collect::<Option<Vec<_>>>() {
        budget.step()?;
        rows.push(row);
        if columns.is_empty() {
            return Ok(Vec::new());
        }
    }
    Ok(rows)
}

/// `reversed(sequence)`
pub fn reversed(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let [value] = between(arguments, "reversed", 1, 1)? else { return Err(Stop::unsupported("reversed")) };
    let name = match value {
        Value::List(_) => "list_reverseiterator",
        Value::Range(_) => "range_iterator",
        Value::Dict(_) => "dict_reversekeyiterator",
        Value::Str(_) | Value::Tuple(_) | Value::Bytes(_) => "reversed",
        Value::Object(_) => return Err(Stop::unsupported("reversed of an object")),
        _ => return Err(Stop::type_error(format!("'{}' object is not reversible", value.error_name()))),
    };
    let mut items = access::iterate(value, budget)?;
    items.reverse();
    Iter::value(name, &[], laid(items))
}

/// `zip(*iterables, strict=False)`
pub fn zip(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let mut strict = false;
    if arguments.keyword.len() > 1 {
        let given = arguments.keyword.len();
        return Err(Stop::type_error(format!("zip() takes at most 1 keyword argument ({given} given)")));
    }
    for (name, value) in &arguments.keyword {
        if &**name != "strict" {
            return Err(Stop::type_error(format!("'{name}' is an invalid keyword argument for zip()")));
        }
        strict = operators::truth(value)?;
    }
    let mut columns = Vec::with_capacity(arguments.positional.len());
    for iterable in &arguments.positional {
        columns.push(walked(iterable, budget)?);
    }
    Iter::pulled("zip", &arguments.positional, move |budget| {
        if strict {
            return Err(Stop::unsupported("zip(strict=True)"));
        }
        let mut row = Vec::with_capacity(columns.len());
        for column in &mut columns {
            let Some(item) = column.next(budget)? else { return Ok(None) };
            row.push(item);
        }
        Ok((!row.is_empty()).then(|| Value::tuple(row)))
    })
}

/// `iter(iterable)`
pub fn iter(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let [value] = between(arguments, "iter", 1, 2)? else { return Err(Stop::unsupported("iter(f, sentinel)")) };
    let name = match value {
        Value::List(_) => "list_iterator",
        Value::Tuple(_) => "tuple_iterator",
        Value::Str(text) if text.is_ascii() => "str_ascii_iterator",
        Value::Str(_) => "str_iterator",
        Value::Dict(_) => "dict_keyiterator",
        Value::Set(_) => "set_iterator",
        Value::Range(_) => "range_iterator",
        Value::Bytes(_) => "bytes_iterator",
        _ if value.downcast::<Iter>().is_some() => return Ok(value.clone()),
        Value::Object(_) => return Err(Stop::unsupported("iter of an object")),
        _ => return Err(Stop::type_error(format!("'{}' object is not iterable", value.error_name()))),
    };
    let items = lazy(value, budget)?;
    Iter::value(name, &[], items)
}

/// `next(iterator, default)`
pub fn next(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let given = between(arguments, "next", 1, 2)?;
    let Some(value) = given.first() else { return Err(Stop::unsupported("next")) };
    let Some(iterator) = value.downcast::<Iter>() else {
        return Err(match value {
            Value::Object(_) => Stop::unsupported("next of an object"),
            _ => Stop::type_error(format!("'{}' object is not an iterator", value.error_name())),
        });
    };
    match (iterator.next(budget)?, given.get(1)) {
        (Some(item), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(Stop::raise("StopIteration", "")),
    }
}
