//! `markupsafe.Markup`: text that counts as escaped, and escapes whatever it meets.
//!
//! Source: markupsafe 2.1.5.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::entities::unescaped;
use super::markup::{escaped, strip_tags};
use crate::message::formatter;
use crate::message::iteration::Generator;
use crate::message::undefined::Undefined;
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, access, format, show};

/// Text that counts as escaped.
#[derive(Debug)]
pub struct Markup(pub Rc<str>);

impl Markup {
    /// The value of a text that is escaped.
    pub fn value(text: impl Into<Rc<str>>) -> Value {
        Value::object(Self(text.into()))
    }

    /// `escape(value)`
    ///
    /// # Errors
    /// What `str(value)` raises.
    pub fn escape(value: &Value, budget: &Budget) -> Outcome<String> {
        match (value, value.downcast::<Self>()) {
            (_, Some(markup)) => {
                budget.bytes(markup.0.len())?;
                Ok(markup.0.to_string())
            }
            (Value::Str(text), None) => {
                budget.bytes(text.len())?;
                Ok(escaped(text))
            }
            (other, None) => show::str(other, budget).map(|text| escaped(&text)),
        }
    }

    fn text(&self) -> Value {
        Value::Str(Rc::clone(&self.0))
    }

    /// `self + other`, or `other + self` when `reflected`.
    fn joined(&self, other: &Value, reflected: bool, budget: &Budget) -> Outcome<Value> {
        budget.bytes(self.0.len())?;
        let other = Self::escape(other, budget)?;
        Ok(Self::value(if reflected { other + &self.0 } else { self.0.to_string() + &other }))
    }

    /// `self % values`, as far as every conversion is `%s`: what stands in for the values knows no other for certain.
    fn percent(&self, values: &Value, budget: &Budget) -> Outcome<Value> {
        let mut rest = self.0.split('%');
        rest.next();
        let mut plain = true;
        while let Some(part) = rest.next() {
            // `%%` has an empty part before its second half.
            plain &= part.starts_with('s') || (part.is_empty() && rest.next().is_some());
        }
        let shown = |value: &Value| match value {
            Value::Str(_) | Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::None => {
                Self::escape(value, budget).map(Value::from)
            }
            value if value.downcast::<Self>().is_some() => Self::escape(value, budget).map(Value::from),
            other => Err(Stop::unsupported(format!("Markup % {}", other.type_name()))),
        };
        if !plain {
            return Err(Stop::unsupported("Markup % with other than %s"));
        }
        let values = match values {
            Value::Tuple(items) => items.iter().map(shown).collect::<Outcome<Vec<_>>>()?,
            single => vec![shown(single)?],
        };
        format::percent(&self.0, &Value::tuple(values), budget).map(Self::value)
    }
}

impl Object for Markup {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Markup")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("markupsafe.Markup"))
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(!self.0.is_empty())
    }

    fn str(&self, _budget: &Budget) -> Outcome<String> {
        Ok(self.0.to_string())
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        Ok(format!("Markup({})", show::repr(&self.text(), budget)?))
    }

    fn length(&self) -> Outcome<usize> {
        Ok(self.0.chars().count())
    }

    fn base(&self) -> Option<Value> {
        Some(self.text())
    }

    fn binary(&self, operator: Binary, other: &Value, reflected: bool, budget: &Budget) -> Option<Outcome<Value>> {
        let other_markup = other.downcast::<Self>();
        match (operator, other, other_markup) {
            (Binary::Add, Value::Str(_), _) | (Binary::Add, _, Some(_)) => Some(self.joined(other, reflected, budget)),
            (Binary::Multiply, Value::Int(_) | Value::Bool(_), _) => {
                let repeated = operators::binary(operator, &self.text(), other, budget);
                Some(repeated.map(|text| Self::value(text.as_str().unwrap_or_default())))
            }
            // `Markup` answers `NotImplemented`, and there is nothing behind it as there is behind `str`.
            (Binary::Add, other, None) if !reflected && !matches!(other, Value::Object(_)) => {
                let found = other.error_name();
                Some(Err(Stop::type_error(format!("unsupported operand type(s) for +: 'Markup' and '{found}'"))))
            }
            (Binary::Add, other, None) if !reflected && other.downcast::<Generator>().is_some() => {
                Some(Err(Stop::type_error("unsupported operand type(s) for +: 'Markup' and 'generator'")))
            }
            (Binary::Multiply, _, Some(_)) => {
                Some(Err(Stop::type_error("unsupported operand type(s) for *: 'Markup' and 'Markup'")))
            }
            (Binary::Multiply, Value::Str(_) | Value::List(_) | Value::Tuple(_), _) => {
                Some(Err(Stop::type_error("can't multiply sequence by non-int of type 'Markup'")))
            }
            (Binary::Multiply, other, _) if Undefined::from(other).is_none() => {
                let (own, found) = (Cow::Borrowed("Markup"), other.error_name());
                let (left, right) = if reflected { (found, own) } else { (own, found) };
                Some(Err(Stop::type_error(format!("unsupported operand type(s) for *: '{left}' and '{right}'"))))
            }
            (Binary::Modulo, _, None) if reflected => None,
            (Binary::Modulo, ..) if !reflected => Some(self.percent(other, budget)),
            _ => None,
        }
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let own = ["escape", "striptags", "unescape"].into_iter().find(|own| *own == name);
        if own.is_none() && access::attribute(&self.text(), name)?.is_none() {
            return Ok(None);
        }
        Ok(Some(Value::object(Method { text: Rc::clone(&self.0), name: Rc::from(name) })))
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        let item = access::item(&self.text(), key, budget)?;
        Ok(Self::value(item.as_str().unwrap_or_default()))
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        // The characters are plain text.
        access::iterate(&self.text(), budget)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A method of `Markup`.
#[derive(Debug)]
struct Method {
    text: Rc<str>,
    name: Rc<str>,
}

impl Object for Method {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("method")
    }

    fn call(&self, mut arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        let plain = Value::Str(Rc::clone(&self.text));
        let marked = |value: Value| match value {
            Value::Str(text) => Value::object(Markup(text)),
            other => other,
        };
        let escape_all = |arguments: &mut Arguments| {
            let values = arguments.positional.iter_mut().chain(arguments.keyword.iter_mut().map(|(_, value)| value));
            for value in values.filter(|value| matches!(value.base().as_ref(), Value::Str(_))) {
                *value = Value::from(Markup::escape(value, budget)?);
            }
            Ok::<(), Stop>(())
        };
        match &*self.name {
            "capitalize" | "casefold" | "center" | "expandtabs" | "ljust" | "lower" | "lstrip" | "removeprefix"
            | "removesuffix" | "replace" | "rjust" | "rstrip" | "strip" | "swapcase" | "title" | "upper" | "zfill" => {
                escape_all(&mut arguments)?;
                access::call_method(&plain, &self.name, arguments, budget).map(marked)
            }
            "partition" | "rpartition" => {
                escape_all(&mut arguments)?;
                let parts = access::iterate(&access::call_method(&plain, &self.name, arguments, budget)?, budget)?;
                Ok(Value::tuple(parts.into_iter().map(marked).collect()))
            }
            "split" | "rsplit" | "splitlines" => {
                let parts = access::iterate(&access::call_method(&plain, &self.name, arguments, budget)?, budget)?;
                Ok(Value::list(parts.into_iter().map(marked).collect()))
            }
            "join" => match (arguments.positional.as_slice(), arguments.keyword.is_empty()) {
                ([items], true) => {
                    let items = access::iterate(items, budget)?;
                    budget.bytes(items.len().saturating_mul(self.text.len()))?;
                    let items: Outcome<Vec<_>> = items.iter().map(|item| Markup::escape(item, budget)).collect();
                    Ok(Markup::value(items?.join(&*self.text)))
                }
                _ => Err(Stop::unsupported("Markup.join with these arguments")),
            },
            "format" => formatter::format(&self.text, &arguments, true, budget).map(Markup::value),
            "format_map" => formatter::format_map(&self.text, arguments, true, budget).map(Markup::value),
            "striptags" if arguments.positional.is_empty() && arguments.keyword.is_empty() => {
                strip_tags(&self.text).map(Value::from)
            }
            "unescape" if arguments.positional.is_empty() && arguments.keyword.is_empty() => {
                unescaped(&self.text).map(Value::from)
            }
            "escape" | "striptags" | "translate" | "unescape" => {
                Err(Stop::unsupported(format!("Markup.{}", self.name)))
            }
            name => access::call_method(&plain, name, arguments, budget),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
