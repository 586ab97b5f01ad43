//! `"{}".format(...)`: replacement fields.

use std::rc::Rc;

use super::super::letters::decimal;
use super::super::{Arguments, Budget, Outcome, Stop, Value, item, show};
use super::spec::number;

/// How an attribute inside a field is read.
type Attribute<'a> = &'a dyn Fn(&Value, &str) -> Outcome<Value>;

/// Where fields take their values from.
enum Source<'a> {
    Arguments(&'a Arguments),
    Mapping(&'a Value),
}

/// Whether fields are numbered by hand or by place; one text cannot do both.
#[derive(Clone, Copy, PartialEq)]
enum Numbering {
    Unknown,
    Automatic(u64),
    Manual,
}

struct Formatter<'a> {
    source: Source<'a>,
    attribute: Attribute<'a>,
    numbering: Numbering,
    budget: &'a Budget,
}

/// `text.format(...)`. Attribute look-ups inside fields go through `attribute`, because the sandbox forbids some.
///
/// # Errors
/// `KeyError`, `IndexError`, `ValueError`... in Python's words.
pub fn str_format(text: &str, arguments: &Arguments, attribute: Attribute<'_>, budget: &Budget) -> Outcome<String> {
    let source = Source::Arguments(arguments);
    Formatter { source, attribute, numbering: Numbering::Unknown, budget }.build(text, 2)
}

/// `text.format_map(mapping)`
///
/// # Errors
/// As [`str_format`].
pub fn format_map(text: &str, mapping: &Value, attribute: Attribute<'_>, budget: &Budget) -> Outcome<String> {
    let source = Source::Mapping(mapping);
    Formatter { source, attribute, numbering: Numbering::Unknown, budget }.build(text, 2)
}

/// One replacement field.
#[derive(Debug, Default)]
pub struct Field<'a> {
    /// `0`, `name.attribute[key]`
    pub name: &'a str,
    /// Behind `!`.
    pub conversion: Option<char>,
    /// Behind `:`.
    pub spec: &'a str,
    /// The specification holds fields itself.
    nested: bool,
}

/// A part of a format text.
#[derive(Debug)]
pub enum Part<'a> {
    /// Text between fields; a doubled brace is a part of its own.
    Text(&'a str),
    /// A field.
    Field(Field<'a>),
}

/// The next part of a format text and what follows it; `None` at its end.
///
/// # Errors
/// `ValueError` in Python's words.
pub fn next_part(text: &str) -> Outcome<Option<(Part<'_>, &str)>> {
    let Some(place) = text.find(['{', '}']) else {
        return Ok(if text.is_empty() { None } else { Some((Part::Text(text), "")) });
    };
    let (literal, markup) = text.split_at_checked(place).unwrap_or((text, ""));
    if !literal.is_empty() {
        return Ok(Some((Part::Text(literal), markup)));
    }
    let (brace, after) = markup.split_at_checked(1).unwrap_or((markup, ""));
    if let Some(following) = after.strip_prefix(brace) {
        return Ok(Some((Part::Text(brace), following)));
    }
    if brace == "}" || after.is_empty() {
        return Err(Stop::value_error(format!("Single '{brace}' encountered in format string")));
    }
    parse_field(after).map(|(field, following)| Some((Part::Field(field), following)))
}

/// The name of a field as the way to its value.
#[derive(Debug)]
pub struct Path<'a> {
    /// A number or a text: which argument.
    pub first: Value,
    /// Attributes (`true`) and keys, with the errors of their spelling where they come up.
    pub rest: Steps<'a>,
}

impl<'a> Path<'a> {
    /// Reads a name.
    ///
    /// # Errors
    /// `ValueError` for a number that is too large.
    pub fn parse(name: &'a str) -> Outcome<Self> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, rest) = name.split_at_checked(end).unwrap_or((name, ""));
        let first = match integer(first)? {
            Some(index) if !first.is_empty() => Value::Int(num_bigint::BigInt::from(index).into()),
            _ => Value::str(first),
        };
        Ok(Self { first, rest: Steps(rest) })
    }
}

/// What is behind the first part of a [`Path`].
#[derive(Debug)]
pub struct Steps<'a>(&'a str);

impl Steps<'_> {
    fn step(&mut self) -> Outcome<(bool, Value)> {
        if let Some(after) = self.0.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (attribute, following) = after.split_at_checked(end).unwrap_or((after, ""));
            not_empty(attribute)?;
            self.0 = following;
            return Ok((true, Value::str(attribute)));
        }
        let Some(after) = self.0.strip_prefix('[') else {
            return Err(Stop::value_error("Only '.' or '[' may follow ']' in format field specifier"));
        };
        let Some((key, following)) = after.split_once(']') else {
            return Err(Stop::value_error("Missing ']' in format string"));
        };
        let index = integer(key)?;
        not_empty(key)?;
        self.0 = following;
        Ok((false, index.map_or_else(|| Value::str(key), |index| Value::Int(num_bigint::BigInt::from(index).into()))))
    }
}

impl Iterator for Steps<'_> {
    type Item = Outcome<(bool, Value)>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| self.step())
    }
}

impl Formatter<'_> {
    fn build(&mut self, text: &str, depth: usize) -> Outcome<String> {
        if depth == 0 {
            return Err(Stop::value_error("Max string recursion exceeded"));
        }
        self.budget.bytes(text.len())?;
        let mut result = String::new();
        let mut rest = text;
        while let Some((part, following)) = next_part(rest)? {
            rest = following;
            match part {
                Part::Text(text) => result.push_str(text),
                Part::Field(field) => {
                    let shown = self.render(&field, depth)?;
                    self.budget.bytes(shown.len())?;
                    result.push_str(&shown);
                }
            }
        }
        Ok(result)
    }

    fn render(&mut self, field: &Field<'_>, depth: usize) -> Outcome<String> {
        self.budget.step()?;
        let mut value = self.object(field.name)?;
        match field.conversion {
            None => {}
            Some('r') => value = show::repr(&value, self.budget)?.into(),
            Some('s') => value = show::str(&value, self.budget)?.into(),
            Some('a') => value = show::ascii(&value, self.budget)?.into(),
            Some(other @ '!'..='~') => {
                return Err(Stop::value_error(format!("Unknown conversion specifier {other}")));
            }
            Some(other) => {
                return Err(Stop::value_error(format!("Unknown conversion specifier \\x{:x}", u32::from(other))));
            }
        }
        if field.nested {
            let spec = self.build(field.spec, depth - 1)?;
            return super::format(&value, &spec, self.budget);
        }
        super::format(&value, field.spec, self.budget)
    }

    /// The value that a field's name leads to.
    fn object(&mut self, name: &str) -> Outcome<Value> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, rest) = name.split_at_checked(end).unwrap_or((name, ""));
        let mut value = self.first(first)?;
        for step in Steps(rest) {
            value = match step? {
                (true, name) => (self.attribute)(&value, name.as_str().unwrap_or_default())?,
                (false, key) => item::get(&value, &key, self.budget)?,
            };
        }
        Ok(value)
    }

    fn first(&mut self, name: &str) -> Outcome<Value> {
        let mut index = integer(name)?;
        if name.is_empty() {
            let number = match self.numbering {
                Numbering::Unknown => 0,
                Numbering::Automatic(next) => next,
                Numbering::Manual => {
                    return Err(Stop::value_error(
                        "cannot switch from manual field specification to automatic field numbering",
                    ));
                }
            };
            self.numbering = Numbering::Automatic(number + 1);
            index = Some(number);
        } else if index.is_some() {
            if let Numbering::Automatic(_) = self.numbering {
                return Err(Stop::value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                ));
            }
            self.numbering = Numbering::Manual;
        }
        match (&self.source, index) {
            (Source::Arguments(arguments), Some(index)) => {
                usize::try_from(index).ok().and_then(|index| arguments.positional.get(index)).cloned().ok_or_else(
                    || {
                        let text = format!("Replacement index {index} out of range for positional args tuple");
                        Stop::raise("IndexError", text)
                    },
                )
            }
            (Source::Mapping(_), Some(_)) => Err(Stop::value_error("Format string contains positional fields")),
            (Source::Arguments(arguments), None) => {
                match arguments.keyword.iter().find(|(keyword, _)| **keyword == *name) {
                    Some((_, value)) => Ok(value.clone()),
                    None => Err(Stop::raise("KeyError", show::repr(&Value::Str(Rc::from(name)), self.budget)?)),
                }
            }
            (Source::Mapping(mapping), None) => item::get(mapping, &Value::str(name), self.budget),
        }
    }
}

fn not_empty(name: &str) -> Outcome<()> {
    if name.is_empty() { Err(Stop::value_error("Empty attribute in format string")) } else { Ok(()) }
}

/// The number that a text of decimal digits is; `None` for anything else.
fn integer(text: &str) -> Outcome<Option<u64>> {
    if !text.chars().all(|character| decimal(character).is_some()) {
        // The digits before the first other character are counted all the same.
        let digits = text.find(|character| decimal(character).is_none()).unwrap_or(0);
        number(&mut text.get(..digits).unwrap_or_default())?;
        return Ok(None);
    }
    number(&mut &*text)
}

/// Parses a field from behind its `{`; the second part is what follows its `}`.
fn parse_field(text: &str) -> Outcome<(Field<'_>, &str)> {
    let mut field = Field::default();
    let mut characters = text.char_indices();
    let mut end = None;
    while let Some((place, character)) = characters.next() {
        match character {
            '{' => return Err(Stop::value_error("unexpected '{' in field name")),
            '[' => {
                // A bracket hides everything up to the one that closes it.
                let hidden = characters.as_str().find(']').unwrap_or(characters.as_str().len());
                let after = characters.as_str().get(hidden..).unwrap_or_default();
                let skip = characters.as_str().chars().count() - after.chars().count();
                if skip > 0 {
                    characters.nth(skip - 1);
                }
            }
            '}' | ':' | '!' => {
                end = Some((place, character));
                break;
            }
            _ => {}
        }
    }
    let Some((place, mark)) = end else { return Err(Stop::value_error("expected '}' before end of string")) };
    field.name = text.get(..place).unwrap_or_default();
    let mut rest = text.get(place + 1..).unwrap_or_default();
    if mark == '}' {
        return Ok((field, rest));
    }
    if mark == '!' {
        let mut characters = rest.chars();
        let Some(conversion) = characters.next() else {
            return Err(Stop::value_error("end of string while looking for conversion specifier"));
        };
        field.conversion = Some(conversion);
        rest = characters.as_str();
        match characters.next() {
            None => {}
            Some('}') => return Ok((field, characters.as_str())),
            Some(':') => rest = characters.as_str(),
            Some(_) => return Err(Stop::value_error("expected ':' after conversion specifier")),
        }
    }
    let mut depth = 1;
    for (place, character) in rest.char_indices() {
        match character {
            '{' => {
                field.nested = true;
                depth += 1;
            }
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            field.spec = rest.get(..place).unwrap_or_default();
            return Ok((field, rest.get(place + 1..).unwrap_or_default()));
        }
    }
    Err(Stop::value_error("unmatched '{' in format spec"))
}
