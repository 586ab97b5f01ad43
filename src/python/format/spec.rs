//! The format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.

use super::super::letters::decimal;
use super::super::{Budget, Outcome, Stop};

/// A parsed specification.
#[derive(Debug)]
pub struct Spec {
    pub fill: char,
    pub align: Option<char>,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    /// `,` or `_`
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    /// The type's letter, or the default of the value's type.
    pub kind: char,
}

impl Spec {
    /// Parses a specification for a value of type `name`, whose default type letter is `default`.
    ///
    /// # Errors
    /// `ValueError: Invalid format specifier 'ds' for object of type 'int'`...
    pub fn parse(text: &str, name: &str, default: char) -> Outcome<Self> {
        let mut spec = Self {
            fill: ' ',
            align: None,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            kind: default,
        };
        let is_align = |c: char| matches!(c, '<' | '>' | '=' | '^');
        let mut rest = text;
        let mut characters = text.chars();
        let mut filled = false;
        if let (Some(fill), Some(align)) = (characters.next(), characters.next())
            && is_align(align)
        {
            (spec.fill, spec.align, filled) = (fill, Some(align), true);
            rest = characters.as_str();
        } else if let Some(after) = rest.strip_prefix(is_align) {
            spec.align = rest.chars().next();
            rest = after;
        }
        if let Some(after) = rest.strip_prefix([' ', '+', '-']) {
            spec.sign = rest.chars().next();
            rest = after;
        }
        spec.no_negative_zero = take(&mut rest, 'z');
        spec.alternate = take(&mut rest, '#');
        if !filled && take(&mut rest, '0') {
            spec.fill = '0';
            // Texts are not padded after a sign.
            if spec.align.is_none() && default != 's' {
                spec.align = Some('=');
            }
        }
        spec.width = number(&mut rest)?.map_or(0, size);
        if take(&mut rest, ',') {
            spec.grouping = Some(',');
        }
        if rest.starts_with('_') {
            if spec.grouping.is_some() {
                return Err(both());
            }
            take(&mut rest, '_');
            spec.grouping = Some('_');
        }
        if spec.grouping == Some('_') && rest.starts_with(',') {
            return Err(both());
        }
        if take(&mut rest, '.') {
            spec.precision = Some(
                number(&mut rest)?.map(size).ok_or_else(|| Stop::value_error("Format specifier missing precision"))?,
            );
        }
        let mut kinds = rest.chars();
        match (kinds.next(), kinds.next()) {
            (Some(_), Some(_)) => {
                return Err(Stop::value_error(format!(
                    "Invalid format specifier '{text}' for object of type '{name}'"
                )));
            }
            (Some(kind), None) => spec.kind = kind,
            _ => {}
        }
        spec.check_grouping()?;
        Ok(spec)
    }

    fn check_grouping(&self) -> Outcome<()> {
        match (self.grouping, self.kind) {
            (None, _) | (_, 'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => Ok(()),
            (Some('_'), 'b' | 'o' | 'x' | 'X') => Ok(()),
            (Some(grouping), kind @ '!'..='\x7f') => {
                Err(Stop::value_error(format!("Cannot specify '{grouping}' with '{kind}'.")))
            }
            (Some(grouping), kind) => {
                Err(Stop::value_error(format!("Cannot specify '{grouping}' with '\\x{:x}'.", u32::from(kind))))
            }
        }
    }

    /// `ValueError: Unknown format code 'q' for object of type 'int'`
    pub fn unknown(&self, name: &str) -> Stop {
        let kind = self.kind;
        let shown = if ('!'..='\x7f').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", u32::from(kind)) };
        Stop::value_error(format!("Unknown format code '{shown}' for object of type '{name}'"))
    }

    /// `text` padded to the width.
    ///
    /// # Errors
    /// The budget's limits.
    pub fn pad(&self, text: &str, default: char, budget: &Budget) -> Outcome<String> {
        let padding = self.width.saturating_sub(text.chars().count());
        budget.bytes(text.len().saturating_add(padding.saturating_mul(self.fill.len_utf8())))?;
        let left = match self.align.unwrap_or(default) {
            '>' => padding,
            '^' => padding / 2,
            _ => 0,
        };
        let mut result = String::new();
        result.extend(std::iter::repeat_n(self.fill, left));
        result.push_str(text);
        result.extend(std::iter::repeat_n(self.fill, padding - left));
        Ok(result)
    }
}

fn take(rest: &mut &str, wanted: char) -> bool {
    match rest.strip_prefix(wanted) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

fn both() -> Stop {
    Stop::value_error("Cannot specify both ',' and '_'.")
}

/// Decimal digits of any script, if there are some. CPython counts to 2**63 - 2, whatever this machine's size is.
pub fn number(rest: &mut &str) -> Outcome<Option<u64>> {
    let mut value: Option<u64> = None;
    while let Some(digit) = rest.chars().next().and_then(decimal) {
        let next = value.unwrap_or(0).checked_mul(10).and_then(|tens| tens.checked_add(digit.into()));
        let next = next.filter(|next| *next < i64::MAX as u64);
        value = Some(next.ok_or_else(|| Stop::value_error("Too many decimal digits in format string"))?);
        *rest = rest.strip_prefix(|_| true).unwrap_or_default();
    }
    Ok(value)
}

/// A size, as far as this machine has it.
fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
