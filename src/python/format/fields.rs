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
#[derive(Default)]
struct Field<'a> {
    name: &'a str,
    conversion: Option<char>,
    spec: &'a str,
    /// The specification holds fields itself.
    nested: bool,
}

impl Formatter<'_> {
    fn build(&mut self, text: &str, depth: usize) -> Outcome<String> {
        if depth == 0 {
            return Err(Stop::value_error("Max string recursion exceeded"));
        }
        self.budget.bytes(text.len())?;
        let mut result = String::new();
        let mut rest = text;
        while let Some(place) = rest.find(['{', '}']) {
            let (literal, markup) = rest.split_at_checked(place).unwrap_or((rest, ""));
            result.push_str(literal);
            let mut characters = markup.chars();
            let brace = characters.next().unwrap_or('{');
            let after = characters.as_str();
            if let Some(following) = after.strip_prefix(brace) {
                result.push(brace);
                rest = following;
                continue;
            }
            if brace == '}' || after.is_empty() {
                return Err(Stop::value_error(format!("Single '{brace}' encountered in format string")));
            }
            let (field, following) = parse_field(after)?;
            let shown = self.render(&field, depth)?;
            self.budget.bytes(shown.len())?;
            result.push_str(&shown);
            rest = following;
        }
        result.push_str(rest);
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
        let (first, mut rest) = name.split_at_checked(end).unwrap_or((name, ""));
        let mut value = self.first(first)?;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (attribute, following) = after.split_at_checked(end).unwrap_or((after, ""));
                not_empty(attribute)?;
                value = (self.attribute)(&value, attribute)?;
                rest = following;
            } else if let Some(after) = rest.strip_prefix('[') {
                let Some((key, following)) = after.split_once(']') else {
                    return Err(Stop::value_error("Missing ']' in format string"));
                };
                let index = integer(key)?;
                not_empty(key)?;
                let key =
                    index.map_or_else(|| Value::str(key), |index| Value::Int(num_bigint::BigInt::from(index).into()));
                value = item::get(&value, &key, self.budget)?;
                rest = following;
            } else {
                return Err(Stop::value_error("Only '.' or '[' may follow ']' in format field specifier"));
            }
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
