//! Python's format languages: `format(value, spec)`, `"%..." % values`, `"{}".format(...)`.

mod fields;
mod float;
mod number;
mod percent;
mod spec;

pub use fields::{Field, Part, Path, Steps, format_map, next_part, str_format};
pub use number::{format_digits, int_digits};
pub use percent::{percent, whole};
pub(super) use spec::Spec;

use super::{Budget, Outcome, Stop, Value, complex, datetime, operators, show};

/// `format(value, spec)`
///
/// # Errors
/// `ValueError` and `TypeError` in Python's words.
pub fn format(value: &Value, spec: &str, budget: &Budget) -> Outcome<String> {
    if spec.is_empty() {
        return show::str(value, budget);
    }
    let name = value.type_name();
    match &*value.base() {
        Value::Str(text) => {
            let spec = Spec::parse(spec, &name, 's')?;
            format_str(text, &spec, &name, budget)
        }
        number @ (Value::Int(_) | Value::Bool(_)) => {
            let spec = Spec::parse(spec, &name, 'd')?;
            let number = operators::as_int(number).unwrap_or(super::Int::Small(0));
            number::format_int(&number, &spec, &name, budget)
        }
        Value::Float(number) => {
            let spec = Spec::parse(spec, &name, '\0')?;
            number::format_float(*number, &spec, &name, budget)
        }
        Value::Complex(real, imag) => complex::format(*real, *imag, spec, budget),
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) => datetime::strftime(value, spec, budget),
        value if let Some(aware) = value.downcast::<datetime::Aware>() => aware.strftime(spec, budget),
        _ => Err(Stop::type_error(format!("unsupported format string passed to {}.__format__", value.error_name()))),
    }
}

fn format_str(text: &str, spec: &Spec, name: &str, budget: &Budget) -> Outcome<String> {
    if spec.kind != 's' {
        return Err(spec.unknown(name));
    }
    let refuse = |what: &str| Err(Stop::value_error(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(' ') => return refuse("Space"),
        Some(_) => return refuse("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    if spec.align == Some('=') {
        return refuse("'=' alignment");
    }
    budget.bytes(text.len())?;
    let text = match spec.precision {
        Some(precision) => text.char_indices().nth(precision).and_then(|(end, _)| text.get(..end)).unwrap_or(text),
        None => text,
    };
    spec.pad(text, '<', budget)
}
