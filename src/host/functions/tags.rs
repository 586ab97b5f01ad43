//! HTML looked at and cleaned: `is_html`, `frappe.sanitize_html`.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::super::{Context, Flavour, html, sanitise};
use super::given::Given;
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, show};

/// What `re.search` found: prints as Python prints it and counts as true.
#[derive(Debug)]
struct Match {
    start: usize,
    text: Rc<str>,
}

impl Object for Match {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("re.Match")
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        let end = self.start + self.text.chars().count();
        // Python cuts the repr, not the text.
        let shown: String = show::repr(&Value::Str(Rc::clone(&self.text)), budget)?.chars().take(50).collect();
        Ok(format!("<re.Match object; span=({}, {end}), match={shown}>", self.start))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Err(Stop::unsupported(format!("re.Match.{name}")))
    }

    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::unsupported("an item of re.Match"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `is_html(text)`: the first tag, as the match object of a pattern.
pub fn is_html(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match Given::new(arguments, "is_html", &["text"], 1)?.value() {
        Value::Str(text) => {
            // `<`, at least one character, `>`.
            let found = text.match_indices('<').find_map(|(place, _)| {
                let inside = text.get(place + 1..)?;
                let end = inside.find('>').filter(|end| *end > 0)?;
                Some((place, text.get(place..place + end + 2)?))
            });
            Ok(match found {
                Some((place, tag)) => {
                    let start = text.get(..place).map_or(0, |before| before.chars().count());
                    Value::object(Match { start, text: tag.into() })
                }
                None => Value::None,
            })
        }
        Value::Object(_) => Err(Stop::unsupported("is_html of an object")),
        _ => Ok(Value::Bool(false)),
    }
}

/// `sanitize_html(html, linkify=False)`: what is no text stays.
pub fn sanitize_html(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "sanitize_html", &["html", "linkify"], 1)?;
    let value = given.value();
    if given.option().is_some() || context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("sanitize_html with options"));
    }
    match &value {
        Value::Str(text) => {
            budget.steps(text.len() as u64)?;
            budget.bytes(text.len().saturating_mul(6))?;
            let clean = sanitise::sanitised(text).map_err(|html::Odd| Stop::unsupported("cleaning this HTML"))?;
            Ok(Value::str(&clean))
        }
        Value::Object(_) => Err(Stop::unsupported("sanitize_html of an object")),
        _ => Ok(value),
    }
}
