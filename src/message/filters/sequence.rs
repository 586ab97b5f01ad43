//! Filters on lists, dicts and other things that can be walked. Long because they are one family: a short function
//! for each of Jinja2's filters.

use std::rc::Rc;

use super::attributes::{Path, ignore_case};
use super::{Markup, argument_error, builtin_filter, or, python, required, whole};
use crate::message::environment::{Passed, Use};
use crate::message::iteration::{Generator, Items};
use crate::message::undefined::Undefined;
use crate::python::{Arguments, Budget, Function, Outcome, Stop, Value, access, operators, show};

pub(super) fn length(applied: Use<'_>) -> Outcome<Value> {
    match (applied.arguments.positional.as_slice(), applied.arguments.keyword.is_empty()) {
        ([value], true) => access::length(value).map(Value::from),
        _ => builtin_filter("len", applied),
    }
}

pub(super) fn default(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["value", "default_value", "boolean"];
    let [value, default, boolean] = applied.bind("do_default", &parameters, 1, Passed::Nothing)?;
    let value = required(value)?;
    let missing =
        Undefined::from(&value).is_some() || (operators::truth(&or(boolean, false))? && !operators::truth(&value)?);
    Ok(if missing { or(default, "") } else { value })
}

pub(super) fn list(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("sync_do_list", &["value"], 1, Passed::Nothing)?;
    access::iterate(&required(value)?, applied.budget).map(Value::list)
}

pub(super) fn join(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["eval_ctx", "value", "d", "attribute"];
    let [value, separator, attribute] = applied.bind("sync_do_join", &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let (value, separator) = (required(value)?, show::str(&or(separator, ""), budget)?);
    let path = Path::of(&or(attribute, Value::None))?;
    let mut items = Items::of(&value, budget)?;
    let mut out = String::new();
    let mut first = true;
    while let Some(item) = items.next(budget)? {
        if !first {
            out.push_str(&separator);
        }
        first = false;
        let before = out.len();
        match path.get(&item, None, budget)? {
            Value::Str(text) => out.push_str(&text),
            item => out.push_str(&show::str(&item, budget)?),
        }
        budget.bytes(out.len() - before + separator.len())?;
    }
    Ok(Value::from(out))
}

pub(super) fn first(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("sync_do_first", &["environment", "seq"], 2, Passed::One)?;
    let next = Items::of(&required(value)?, applied.budget)?.next(applied.budget)?;
    Ok(next.unwrap_or_else(|| Undefined::hint("No first item, sequence was empty.")))
}

pub(super) fn last(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_last", &["environment", "seq"], 2, Passed::One)?;
    let value = required(value)?;
    // `next(iter(reversed(seq)))`
    let items = match &value {
        Value::Str(_) | Value::Bytes(_) | Value::List(_) | Value::Tuple(_) | Value::Range(_) | Value::Dict(_) => {
            access::iterate(&value, applied.budget)?
        }
        value if Undefined::from(value).is_some() => Vec::new(),
        Value::Object(_) => return Err(not_reversible(&value)?),
        value => return Err(Stop::type_error(format!("'{}' object is not reversible", value.error_name()))),
    };
    Ok(items.into_iter().next_back().unwrap_or_else(|| Undefined::hint("No last item, sequence was empty.")))
}

fn not_reversible(value: &Value) -> Outcome<Stop> {
    match value.downcast::<Generator>() {
        Some(_) => Ok(Stop::type_error(format!("'{}' object is not reversible", value.type_name()))),
        None => Err(Stop::unsupported("reversed")),
    }
}

/// What `value.items()` raises.
fn no_items(value: &Value) -> Stop {
    match value {
        Value::Object(_) => {
            Undefined::from(value).map_or_else(|| Stop::unsupported("dictsort of something else"), Undefined::refuse)
        }
        _ => Stop::raise("AttributeError", format!("'{}' object has no attribute 'items'", value.error_name())),
    }
}

/// `random.choice`: known only where there is nothing to choose from.
pub(super) fn random(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_random", &["context", "seq"], 2, Passed::One)?;
    let value = required(value)?;
    let items = match &value {
        Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Range(_) => access::iterate(&value, applied.budget)?,
        value if access::length(value)? == 0 => Vec::new(),
        _ => return Err(Stop::unsupported("random of something else")),
    };
    match (items.len(), items.into_iter().next()) {
        (0, _) => Ok(Undefined::hint("No random item, sequence was empty.")),
        (1, Some(only)) => Ok(only),
        _ => Err(Stop::Server("server/random")),
    }
}

pub(super) fn reverse(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_reverse", &["value"], 1, Passed::Nothing)?;
    let budget = applied.budget;
    match required(value)? {
        Value::Str(text) => {
            budget.bytes(text.len())?;
            Ok(Value::from(text.chars().rev().collect::<String>()))
        }
        value @ (Value::List(_) | Value::Tuple(_) | Value::Range(_) | Value::Dict(_)) => {
            let mut items = access::iterate(&value, budget)?;
            // The iterator that Python makes is shown with its address and walked once.
            let name = match value {
                Value::List(_) => "list_reverseiterator",
                Value::Range(_) => "range_iterator",
                Value::Dict(_) => "dict_reversekeyiterator",
                _ => "reversed",
            };
            Ok(Generator::iterator(name, move |_| Ok(items.pop())))
        }
        value if value.downcast::<Markup>().is_some() => {
            let text = value.base().as_str().unwrap_or_default().chars().rev().collect::<String>();
            budget.bytes(text.len())?;
            Ok(Markup::value(text))
        }
        value if Undefined::from(&value).is_some() => Ok(Generator::iterator("reversed", |_| Ok(None))),
        value if value.downcast::<Generator>().is_some() => {
            let mut items = access::iterate(&value, budget)?;
            items.reverse();
            Ok(Value::list(items))
        }
        Value::Object(_) | Value::Set(_) => Err(Stop::unsupported("reverse of something else")),
        _ => Err(argument_error("argument must be iterable")),
    }
}

/// A function for Python's `key=`: the key of the item of an index.
fn keys_by_index(keys: Vec<Value>) -> Value {
    Function::python("key", move |arguments: Arguments, _| {
        let index = arguments.positional.first().and_then(Value::as_i64).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| keys.get(index).cloned()).ok_or_else(|| Stop::unsupported("sort"))
    })
}

/// The items in the order of their keys, as `sorted(items, key=..., reverse=...)` puts them.
fn sorted(items: &[Value], keys: Vec<Value>, reverse: Value, budget: &Budget) -> Outcome<Vec<Value>> {
    let indices = Value::list((0..items.len()).map(Value::from).collect());
    let mut arguments = Arguments::positional(vec![indices]);
    arguments.keyword = vec![(Rc::from("key"), keys_by_index(keys)), (Rc::from("reverse"), reverse)];
    let order = python("sorted", arguments, budget)?;
    let place = |index: &Value| {
        let index = index.as_i64().and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| items.get(index).cloned()).ok_or_else(|| Stop::unsupported("sort"))
    };
    access::iterate(&order, budget)?.iter().map(place).collect()
}

/// A key, in small letters unless the case counts.
fn cased(value: Value, case_sensitive: bool, budget: &Budget) -> Outcome<Value> {
    if case_sensitive { Ok(value) } else { ignore_case(value, budget) }
}

pub(super) fn sort(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["environment", "value", "reverse", "case_sensitive", "attribute"];
    let [value, reverse, case_sensitive, attribute] = applied.bind("do_sort", &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let case_sensitive = operators::truth(&or(case_sensitive, false))?;
    let paths = match or(attribute, Value::None) {
        Value::Str(list) => list.split(',').map(|path| Path::of(&Value::from(path))).collect::<Outcome<Vec<_>>>()?,
        other => vec![Path::of(&other)?],
    };
    let items = access::iterate(&required(value)?, budget)?;
    let mut keys = Vec::with_capacity(items.len());
    for item in &items {
        // The key is a list, and lists compare item by item.
        let parts = paths.iter().map(|path| cased(path.get(item, None, budget)?, case_sensitive, budget));
        keys.push(Value::list(parts.collect::<Outcome<Vec<_>>>()?));
    }
    sorted(&items, keys, or(reverse, false), budget).map(Value::list)
}

pub(super) fn dictsort(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["value", "case_sensitive", "by", "reverse"];
    let [value, case_sensitive, by, reverse] = applied.bind("do_dictsort", &parameters, 1, Passed::Nothing)?;
    let budget = applied.budget;
    let by_value = match or(by, "key").as_str() {
        Some("key") => false,
        Some("value") => true,
        _ => return Err(argument_error("You can only sort by either \"key\" or \"value\"")),
    };
    let case_sensitive = operators::truth(&or(case_sensitive, false))?;
    let value = required(value)?;
    let base = value.base();
    let Value::Dict(dict) = &*base else { return Err(no_items(&value)) };
    let pairs: Vec<(Value, Value)> = dict.borrow().iter().cloned().collect();
    let key = |(key, value): &(Value, Value)| cased(if by_value { value } else { key }.clone(), case_sensitive, budget);
    let keys = pairs.iter().map(key).collect::<Outcome<Vec<_>>>()?;
    let items: Vec<Value> = pairs.into_iter().map(|(key, value)| Value::tuple(vec![key, value])).collect();
    sorted(&items, keys, or(reverse, false), budget).map(Value::list)
}

pub(super) fn groupby(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["environment", "value", "attribute", "default", "case_sensitive"];
    let [value, attribute, default, case_sensitive] = applied.bind("sync_do_groupby", &parameters, 3, Passed::One)?;
    let budget = applied.budget;
    let case_sensitive = operators::truth(&or(case_sensitive, false))?;
    let path = Path::of(&required(attribute)?)?;
    let key = |item: &Value| cased(path.get(item, default.as_ref(), budget)?, case_sensitive, budget);
    let items = access::iterate(&required(value)?, budget)?;
    let keys = items.iter().map(key).collect::<Outcome<Vec<_>>>()?;
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for item in sorted(&items, keys, Value::Bool(false), budget)? {
        let own = key(&item)?;
        match groups.last_mut() {
            Some((last, members)) if operators::equals(last, &own, budget)? => members.push(item),
            _ => groups.push((own, vec![item])),
        }
    }
    let mut out = Vec::with_capacity(groups.len());
    for (own, members) in groups {
        let shown = match members.first().filter(|_| !case_sensitive) {
            Some(first) => path.get(first, default.as_ref(), budget)?,
            None => own,
        };
        out.push(Value::object(Group { grouper: shown, list: Value::list(members) }));
    }
    Ok(Value::list(out))
}

/// One group: a tuple whose parts also have names.
#[derive(Debug)]
struct Group {
    grouper: Value,
    list: Value,
}

impl Group {
    fn tuple(&self) -> Value {
        Value::tuple(vec![self.grouper.clone(), self.list.clone()])
    }
}

impl crate::python::Object for Group {
    fn type_name(&self) -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Borrowed("_GroupTuple")
    }

    fn class_path(&self) -> Outcome<std::borrow::Cow<'static, str>> {
        Ok(std::borrow::Cow::Borrowed("jinja2.filters._GroupTuple"))
    }

    fn base(&self) -> Option<Value> {
        Some(self.tuple())
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        show::repr(&self.tuple(), budget)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "grouper" => Ok(Some(self.grouper.clone())),
            "list" => Ok(Some(self.list.clone())),
            "count" | "index" => Err(Stop::unsupported(format!("_GroupTuple.{name}"))),
            name if name.starts_with('_') => Err(Stop::unsupported(format!("_GroupTuple.{name}"))),
            _ => Ok(None),
        }
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        access::item(&self.tuple(), key, budget)
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        access::iterate(&self.tuple(), budget)
    }

    fn length(&self) -> Outcome<usize> {
        Ok(2)
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn extreme(mut applied: Use<'_>, function: &str, name: &str) -> Outcome<Value> {
    let parameters = ["environment", "value", "case_sensitive", "attribute"];
    let [value, case_sensitive, attribute] = applied.bind(function, &parameters, 2, Passed::One)?;
    let budget = applied.budget;
    let case_sensitive = operators::truth(&or(case_sensitive, false))?;
    let items = access::iterate(&required(value)?, budget)?;
    if items.is_empty() {
        return Ok(Undefined::hint("No aggregated item, sequence was empty."));
    }
    let path = Path::of(&or(attribute, Value::None))?;
    let key = |item: &Value| cased(path.get(item, None, budget)?, case_sensitive, budget);
    let keys = items.iter().map(key).collect::<Outcome<Vec<_>>>()?;
    let indices = Value::list((0..items.len()).map(Value::from).collect());
    let mut arguments = Arguments::positional(vec![indices]);
    arguments.keyword = vec![(Rc::from("key"), keys_by_index(keys))];
    let index = python(name, arguments, budget)?.as_i64().and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| items.get(index).cloned()).ok_or_else(|| Stop::unsupported(name))
}

pub(super) fn min(applied: Use<'_>) -> Outcome<Value> {
    extreme(applied, "do_min", "min")
}

pub(super) fn max(applied: Use<'_>) -> Outcome<Value> {
    extreme(applied, "do_max", "max")
}

pub(super) fn unique(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["environment", "value", "case_sensitive", "attribute"];
    let [value, case_sensitive, attribute] = applied.bind("sync_do_unique", &parameters, 2, Passed::One)?;
    let value = required(value)?;
    let (case_sensitive, attribute) = (or(case_sensitive, false), or(attribute, Value::None));
    let mut state: Option<(Items, Path, bool, crate::python::Dict)> = None;
    Ok(Generator::value(move |budget| {
        if state.is_none() {
            let path = Path::of(&attribute)?;
            let seen = crate::python::Dict::default();
            state = Some((Items::of(&value, budget)?, path, operators::truth(&case_sensitive)?, seen));
        }
        let Some((items, path, case_sensitive, seen)) = &mut state else { return Ok(None) };
        while let Some(item) = items.next(budget)? {
            let key = cased(path.get(&item, None, budget)?, *case_sensitive, budget)?;
            if !seen.contains(&key)? {
                budget.bytes(size_of::<Value>())?;
                seen.insert(key, Value::None)?;
                return Ok(Some(item));
            }
        }
        Ok(None)
    }))
}

pub(super) fn items(mut applied: Use<'_>) -> Outcome<Value> {
    let [value] = applied.bind("do_items", &["value"], 1, Passed::Nothing)?;
    let value = required(value)?;
    let mut pairs: Option<std::vec::IntoIter<(Value, Value)>> = None;
    Ok(Generator::value(move |_| {
        if pairs.is_none() {
            pairs = Some(match &*value.base() {
                Value::Dict(dict) => dict.borrow().iter().cloned().collect::<Vec<_>>().into_iter(),
                other if Undefined::from(other).is_some() => Vec::new().into_iter(),
                Value::Object(_) => return Err(Stop::unsupported("items of something else")),
                _ => return Err(Stop::type_error("Can only get item pairs from a mapping.")),
            });
        }
        let next = pairs.as_mut().and_then(Iterator::next);
        Ok(next.map(|(key, value)| Value::tuple(vec![key, value])))
    }))
}

pub(super) fn batch(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["value", "linecount", "fill_with"];
    let [value, count, fill] = applied.bind("do_batch", &parameters, 2, Passed::Nothing)?;
    let (value, count) = (required(value)?, required(count)?);
    let fill = or(fill, Value::None);
    let mut source: Option<Items> = None;
    let mut kept: Vec<Value> = Vec::new();
    let mut done = false;
    Ok(Generator::value(move |budget| {
        let count = usize::try_from(whole(&count)?).map_err(|_| Stop::unsupported("batch of a negative count"))?;
        if source.is_none() {
            source = Some(Items::of(&value, budget)?);
        }
        let Some(items) = source.as_mut().filter(|_| !done) else { return Ok(None) };
        while let Some(item) = items.next(budget)? {
            let full = kept.len() == count;
            let batch = if full { std::mem::take(&mut kept) } else { Vec::new() };
            kept.push(item);
            if full {
                return Ok(Some(Value::list(batch)));
            }
        }
        done = true;
        let mut batch = std::mem::take(&mut kept);
        if batch.is_empty() {
            return Ok(None);
        }
        if !matches!(fill, Value::None) && batch.len() < count {
            budget.bytes((count - batch.len()).saturating_mul(size_of::<Value>()))?;
            batch.resize(count, fill.clone());
        }
        Ok(Some(Value::list(batch)))
    }))
}

pub(super) fn slice(mut applied: Use<'_>) -> Outcome<Value> {
    let parameters = ["value", "slices", "fill_with"];
    let [value, slices, fill] = applied.bind("sync_do_slice", &parameters, 2, Passed::Nothing)?;
    let (value, slices, fill) = (required(value)?, required(slices)?, or(fill, Value::None));
    let mut made: Option<std::vec::IntoIter<Value>> = None;
    Ok(Generator::value(move |budget| {
        if made.is_none() {
            made = Some(sliced(&value, &slices, &fill, budget)?.into_iter());
        }
        Ok(made.as_mut().and_then(Iterator::next))
    }))
}

fn sliced(value: &Value, slices: &Value, fill: &Value, budget: &Budget) -> Outcome<Vec<Value>> {
    let items = access::iterate(value, budget)?;
    let count = whole(slices)?;
    if count == 0 {
        return Err(Stop::raise("ZeroDivisionError", "integer division or modulo by zero"));
    }
    let Ok(count) = usize::try_from(count) else { return Ok(Vec::new()) };
    budget.steps(count as u64)?;
    budget.bytes(count.saturating_mul(size_of::<Value>() * 2))?;
    let (each, extra) = (items.len() / count, items.len() % count);
    let mut rest = items.into_iter();
    let mut out = Vec::with_capacity(count);
    for index in 0..count {
        let mut part: Vec<Value> = rest.by_ref().take(each + usize::from(index < extra)).collect();
        if !matches!(fill, Value::None) && index >= extra {
            part.push(fill.clone());
        }
        out.push(Value::list(part));
    }
    Ok(out)
}
