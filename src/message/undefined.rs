//! Undefined values: Jinja2's `DebugUndefined`, which prints itself and refuses to be used.
//!
//! Source: `Undefined` and `DebugUndefined` of `jinja2/runtime.py` 3.1.6; texts observed on the host (host.md 3).

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use crate::python::operators::{Binary, Comparison, Unary};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, format, show};

/// Jinja2's class of errors about undefined values.
pub const UNDEFINED_ERROR: &str = "jinja2.exceptions.UndefinedError";
/// Jinja2's class of errors about forbidden attributes.
pub const SECURITY_ERROR: &str = "jinja2.exceptions.SecurityError";

/// A name, attribute or item that is not there.
#[derive(Debug)]
pub struct Undefined {
    /// What is said instead of the rest, when it is known better.
    hint: Option<String>,
    /// What it was looked for in; `None` for a name of the template.
    owner: Option<Value>,
    /// What was looked for.
    name: Value,
    error: &'static str,
    /// Whether it is Jinja2's plain `Undefined`, which prints nothing, and not the host's `DebugUndefined`.
    plain: bool,
}

impl Undefined {
    /// A name of the template.
    pub fn name(name: &str) -> Value {
        Value::object(Self { hint: None, owner: None, name: Value::from(name), error: UNDEFINED_ERROR, plain: false })
    }

    /// An attribute or item of `owner`.
    pub fn of(owner: Value, name: Value) -> Value {
        Value::object(Self { hint: None, owner: Some(owner), name, error: UNDEFINED_ERROR, plain: false })
    }

    /// Something else that is not there.
    pub fn hint(hint: impl Into<String>) -> Value {
        Value::object(Self {
            hint: Some(hint.into()),
            owner: None,
            name: Value::None,
            error: UNDEFINED_ERROR,
            plain: false,
        })
    }

    /// What a conditional without `else` makes; Jinja2 always takes its plain class there.
    pub fn plain(hint: impl Into<String>) -> Value {
        Value::object(Self {
            hint: Some(hint.into()),
            owner: None,
            name: Value::None,
            error: UNDEFINED_ERROR,
            plain: true,
        })
    }

    /// An attribute that the sandbox hides.
    pub fn unsafe_attribute(owner: &Value, name: &str) -> Outcome<Value> {
        let shown = show::repr(&Value::from(name), &Budget::default())?;
        let class = show::repr(&Value::from(&*owner.type_name()), &Budget::default())?;
        let hint = format!("access to attribute {shown} of {class} object is unsafe.");
        Ok(Value::object(Self {
            hint: Some(hint),
            owner: None,
            name: Value::from(name),
            error: SECURITY_ERROR,
            plain: false,
        }))
    }

    /// The undefined value behind a value.
    pub fn from(value: &Value) -> Option<&Self> {
        match value {
            Value::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// Whether it is Jinja2's plain class, which prints nothing.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// What is raised when it is used.
    pub fn refuse(&self) -> Stop {
        match self.message() {
            Ok(message) => Stop::raise(self.error, message),
            Err(stop) => stop,
        }
    }

    /// `text % self`: formatting comes before the undefined value is asked, and takes it for one value that, having
    /// `__getitem__`, may be left over.
    fn formatted(&self, text: &Rc<str>, budget: &Budget) -> Outcome<Value> {
        if text.contains("%(") || text.contains('*') {
            return Err(Stop::unsupported("names in str % an undefined value"));
        }
        let own = Value::object(Self {
            hint: self.hint.clone(),
            owner: self.owner.clone(),
            name: self.name.clone(),
            error: self.error,
            plain: self.plain,
        });
        match format::percent(text, &Value::tuple(vec![own]), budget) {
            Err(Stop::Raise(exception)) if exception.message.starts_with("not all arguments converted") => {
                format::percent(text, &Value::tuple(Vec::new()), budget).map(Value::from)
            }
            outcome => outcome.map(Value::from),
        }
    }

    fn message(&self) -> Outcome<String> {
        let budget = Budget::default();
        if let Some(hint) = self.hint.as_ref().filter(|hint| !hint.is_empty()) {
            return Ok(hint.clone());
        }
        let name = show::repr(&self.name, &budget)?;
        let Some(owner) = &self.owner else { return Ok(format!("{name} is undefined")) };
        let owner = described(owner)?;
        if matches!(self.name, Value::Str(_)) {
            return Ok(format!("{} has no attribute {name}", show::repr(&Value::from(owner), &budget)?));
        }
        Ok(format!("{owner} has no element {name}"))
    }
}

/// `object_type_repr`: "str object", "datetime.date object", "None".
pub fn described(value: &Value) -> Outcome<String> {
    let class = match value {
        Value::None => return Ok(String::from("None")),
        Value::Date(_) => Cow::Borrowed("datetime.date"),
        Value::DateTime(_) => Cow::Borrowed("datetime.datetime"),
        Value::Time(_) => Cow::Borrowed("datetime.time"),
        Value::TimeDelta(_) => Cow::Borrowed("datetime.timedelta"),
        Value::Object(object) => object.class_path()?,
        _ => value.type_name(),
    };
    Ok(format!("{class} object"))
}

impl Object for Undefined {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.plain { "Undefined" } else { "DebugUndefined" })
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed(if self.plain { "jinja2.runtime.Undefined" } else { "jinja2.runtime.DebugUndefined" }))
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(false)
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Ok(String::from("Undefined"))
    }

    fn str(&self, budget: &Budget) -> Outcome<String> {
        if self.plain {
            return Ok(String::new());
        }
        if let Some(hint) = self.hint.as_ref().filter(|hint| !hint.is_empty()) {
            return Ok(format!("{{{{ undefined value printed: {hint} }}}}"));
        }
        match &self.owner {
            None => Ok(format!("{{{{ {} }}}}", show::str(&self.name, budget)?)),
            Some(owner) => {
                let name = show::repr(&self.name, budget)?;
                Ok(format!("{{{{ no such element: {}[{name}] }}}}", described(owner)?))
            }
        }
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        // `__getattr__` lets Python's own look-ups of special methods fail quietly.
        if name.starts_with("__") && name.ends_with("__") { Ok(None) } else { Err(self.refuse()) }
    }

    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        Err(self.refuse())
    }

    fn call(&self, _arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        Err(self.refuse())
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Ok(Vec::new())
    }

    fn length(&self) -> Outcome<usize> {
        Ok(0)
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(Self::from(other).is_some_and(|other| other.plain == self.plain))
    }

    fn hashes_as(&self) -> Option<&'static str> {
        Some(if self.plain { "Undefined" } else { "DebugUndefined" })
    }

    fn binary(&self, operator: Binary, other: &Value, reflected: bool, budget: &Budget) -> Option<Outcome<Value>> {
        if reflected && operator == Binary::Modulo {
            match &*other.base() {
                Value::Str(text) => return Some(self.formatted(text, budget)),
                Value::Bytes(_) => return Some(Err(Stop::unsupported("bytes % an undefined value"))),
                _ => {}
            }
        }
        Some(Err(self.refuse()))
    }

    fn unary(&self, operator: Unary, _budget: &Budget) -> Option<Outcome<Value>> {
        matches!(operator, Unary::Negative | Unary::Positive).then(|| Err(self.refuse()))
    }

    fn number(&self) -> Option<Outcome<Value>> {
        Some(Err(self.refuse()))
    }

    fn order(&self, _operator: Comparison, _other: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        Some(Err(self.refuse()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
