//! How builtin functions and methods take their arguments, and CPython's words when they do not fit.

use super::{Arguments, Outcome, Stop, Value, operators};

/// A method without parameters; `name` is `str.upper`.
///
/// # Errors
/// `TypeError: str.upper() takes no arguments (1 given)`.
pub fn none(arguments: &Arguments, name: &str) -> Outcome<()> {
    no_keywords(arguments, name)?;
    match arguments.positional.len() {
        0 => Ok(()),
        given => Err(Stop::type_error(format!("{name}() takes no arguments ({given} given)"))),
    }
}

/// A method with exactly one parameter; `name` is `str.join`.
///
/// # Errors
/// `TypeError: str.join() takes exactly one argument (2 given)`.
pub fn one<'a>(arguments: &'a Arguments, name: &str) -> Outcome<&'a Value> {
    no_keywords(arguments, name)?;
    match arguments.positional.as_slice() {
        [argument] => Ok(argument),
        given => Err(Stop::type_error(format!("{name}() takes exactly one argument ({} given)", given.len()))),
    }
}

/// Positional parameters, of which `least` must be given; `name` is `str.replace`.
///
/// # Errors
/// `TypeError: replace expected at least 2 arguments, got 1`.
pub fn between<'a>(arguments: &'a Arguments, name: &str, least: usize, most: usize) -> Outcome<&'a [Value]> {
    no_keywords(arguments, name)?;
    let given = arguments.positional.len();
    let short = name.rsplit('.').next().unwrap_or(name);
    if (least..=most).contains(&given) {
        return Ok(&arguments.positional);
    }
    let (bound, limit) = if least == most {
        ("", least)
    } else if given < least {
        ("at least ", least)
    } else {
        ("at most ", most)
    };
    let plural = if limit == 1 { "" } else { "s" };
    Err(Stop::type_error(format!("{short} expected {bound}{limit} argument{plural}, got {given}")))
}

/// As [`between`], for the older functions that say `find() takes at least 1 argument (0 given)`.
///
/// # Errors
/// `TypeError: find() takes at most 3 arguments (4 given)`.
pub fn counted<'a>(arguments: &'a Arguments, name: &str, least: usize, most: usize) -> Outcome<&'a [Value]> {
    let short = name.rsplit('.').next().unwrap_or(name);
    no_keywords(arguments, short)?;
    let given = arguments.positional.len();
    if (least..=most).contains(&given) {
        return Ok(&arguments.positional);
    }
    let (bound, limit) = if given < least { ("at least", least) } else { ("at most", most) };
    let plural = if limit == 1 { "" } else { "s" };
    Err(Stop::type_error(format!("{short}() takes {bound} {limit} argument{plural} ({given} given)")))
}

/// `TypeError: str.upper() takes no keyword arguments`
///
/// # Errors
/// That one.
pub fn no_keywords(arguments: &Arguments, name: &str) -> Outcome<()> {
    if arguments.keyword.is_empty() {
        return Ok(());
    }
    Err(Stop::type_error(format!("{name}() takes no keyword arguments")))
}

/// The parameters of a builtin that takes keywords: `positional` of them may be given by place, `required` must be
/// given. Parameters whose name is empty take no keyword.
pub struct Signature<'a> {
    /// The function's name in errors: `split`.
    pub name: &'a str,
    /// The names of the parameters.
    pub parameters: &'a [&'a str],
    /// How many may be given by place.
    pub positional: usize,
    /// How many of the first must be given.
    pub required: usize,
}

/// The name of an argument's type where an argument of another type is expected; only here `None` is called so.
pub fn found(value: &Value) -> std::borrow::Cow<'static, str> {
    if matches!(value, Value::None) { "None".into() } else { value.error_name() }
}

impl Signature<'_> {
    /// One place per parameter.
    ///
    /// # Errors
    /// CPython's `TypeError` for what does not fit.
    pub fn bind(&self, arguments: &Arguments) -> Outcome<Vec<Option<Value>>> {
        let (places, late) = self.lay_out(arguments, "exactly")?;
        late.map_or(Ok(places), Err)
    }

    /// As [`Self::bind`] for the functions that convert their arguments first and look at surplus keywords last: the
    /// second part of the answer is the error to raise when the conversions went well.
    ///
    /// # Errors
    /// As [`Self::bind`].
    pub fn bind_late(&self, arguments: &Arguments) -> Outcome<(Vec<Option<Value>>, Option<Stop>)> {
        self.lay_out(arguments, "at most")
    }

    fn lay_out(&self, arguments: &Arguments, exactly: &str) -> Outcome<(Vec<Option<Value>>, Option<Stop>)> {
        let (name, given, named) = (self.name, arguments.positional.len(), arguments.keyword.len());
        let count = self.parameters.len();
        let nameless = self.parameters.iter().filter(|parameter| parameter.is_empty()).count();
        let fail = |text: String| Err(Stop::type_error(text));
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        if given + named > count {
            let most = if self.required < count { "at most" } else { exactly };
            let keyword = if given == 0 { "keyword " } else { "" };
            let total = given + named;
            return fail(format!("{name}() takes {most} {count} {keyword}argument{} ({total} given)", plural(count)));
        }
        if given > self.positional {
            if self.positional == 0 {
                return fail(format!("{name}() takes no positional arguments"));
            }
            let most = if self.required < count { "at most" } else { "exactly" };
            let limit = self.positional;
            return fail(format!("{name}() takes {most} {limit} positional argument{} ({given} given)", plural(limit)));
        }
        let least = nameless.min(self.required);
        if given < least {
            let at = if least < self.positional { "at least" } else { "exactly" };
            return fail(format!("{name}() takes {at} {least} positional argument{} ({given} given)", plural(least)));
        }
        let mut places: Vec<Option<Value>> = arguments.positional.iter().cloned().map(Some).collect();
        places.resize(count, None);
        for (at, (parameter, place)) in self.parameters.iter().zip(&mut places).enumerate().skip(given) {
            *place =
                arguments.keyword.iter().find(|(keyword, _)| **keyword == **parameter).map(|(_, value)| value.clone());
            if place.is_none() && at < self.required {
                return fail(format!("{name}() missing required argument '{parameter}' (pos {})", at + 1));
            }
        }
        let mut late = None;
        for (keyword, _) in &arguments.keyword {
            let text = match self.parameters.iter().position(|name| !name.is_empty() && **name == **keyword) {
                None => format!("'{keyword}' is an invalid keyword argument for {name}()"),
                Some(at) if at < given => {
                    format!("argument for {name}() given by name ('{keyword}') and position ({})", at + 1)
                }
                Some(_) => continue,
            };
            late.get_or_insert(Stop::type_error(text));
        }
        Ok((places, late))
    }
}

/// An argument that must be an integer (`__index__`).
///
/// # Errors
/// `TypeError: 'str' object cannot be interpreted as an integer`, and `OverflowError` past 64 bits.
pub fn size(value: &Value) -> Outcome<i64> {
    match operators::as_int(&value.base()) {
        Some(number) => {
            number.to_i64().ok_or_else(|| Stop::raise("OverflowError", "Python int too large to convert to C ssize_t"))
        }
        None => Err(Stop::type_error(format!("'{}' object cannot be interpreted as an integer", value.error_name()))),
    }
}

/// How many of something a size asks for: none below zero, and past the reach of memory more than any budget has. A `usize`
/// has 32 bits in WebAssembly, where a width of `2**33` is no zero either.
pub fn count(size: i64) -> usize {
    if size < 0 { 0 } else { usize::try_from(size).unwrap_or(usize::MAX) }
}

/// An argument that must be a C `int`.
///
/// # Errors
/// As [`size`], past 32 bits.
pub fn c_int(value: &Value) -> Outcome<i64> {
    let number = match size(value) {
        Err(Stop::Raise(error)) if error.kind == "OverflowError" => None,
        number => i32::try_from(number?).ok(),
    };
    number.map(i64::from).ok_or_else(|| Stop::raise("OverflowError", "Python int too large to convert to C int"))
}

/// A bound of `find` or `index`: an integer, cut to 64 bits, or `None` where the method allows it.
///
/// # Errors
/// `TypeError: slice indices must be integers or None or have an __index__ method`.
pub fn bound(value: Option<&Value>, none: bool) -> Outcome<Option<i64>> {
    let Some(value) = value else { return Ok(None) };
    let base = value.base();
    if none && matches!(&*base, Value::None) {
        return Ok(None);
    }
    match operators::as_int(&base) {
        Some(number) => Ok(Some(number.to_i64().unwrap_or(if number.is_negative() { i64::MIN } else { i64::MAX }))),
        None if none => Err(Stop::type_error("slice indices must be integers or None or have an __index__ method")),
        None => Err(Stop::type_error("slice indices must be integers or have an __index__ method")),
    }
}

/// The text of an argument, whose class may be a subclass of `str`.
pub fn text(value: &Value) -> Option<std::rc::Rc<str>> {
    match &*value.base() {
        Value::Str(text) => Some(std::rc::Rc::clone(text)),
        _ => None,
    }
}
