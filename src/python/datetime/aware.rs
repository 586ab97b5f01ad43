//! A datetime with a time zone: a wall clock and its distance from UTC.
//!
//! Naive datetimes, which nearly all are, are a value of their own; this one is an object. Its zone is one that the
//! host's libraries make: pytz's, whose instances are one clock each, or dateutil's.

use std::any::Any;
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::rc::Rc;

use super::super::operators::{Binary, Comparison};
use super::super::{Arguments, Budget, Object, Outcome, Stop, Value, methods, signature};
use super::{DateTime, TimeDelta, arithmetic, strftime};

/// A datetime with a time zone.
#[derive(Debug, Clone)]
pub struct Aware {
    /// What the clock shows.
    pub local: DateTime,
    /// Which clock.
    pub clock: Zone,
}

/// A clock at a fixed distance from UTC, in seconds east of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// `pytz.utc`
    Utc,
    /// dateutil's UTC, which is its local zone where the process runs in one of that name.
    Read,
    /// `tzoffset(name, offset)`
    Fixed {
        /// An abbreviation.
        name: Option<Rc<str>>,
        /// Not zero.
        offset: i32,
    },
    /// A zone of pytz's on one of its clocks.
    Named {
        /// `Europe/Paris`
        name: &'static str,
        /// `CET`
        abbreviation: &'static str,
        /// Seconds.
        offset: i32,
        /// The part of the offset that summer adds.
        dst: i32,
        /// Whether it never has another clock.
        is_static: bool,
    },
}

impl Zone {
    /// Seconds east of UTC.
    pub fn offset(&self) -> i32 {
        match self {
            Self::Utc | Self::Read => 0,
            Self::Fixed { offset, .. } | Self::Named { offset, .. } => *offset,
        }
    }

    fn dst(&self) -> i32 {
        if let Self::Named { dst, .. } = self { *dst } else { 0 }
    }

    fn abbreviation(&self) -> Option<&str> {
        match self {
            Self::Utc | Self::Read => Some("UTC"),
            Self::Fixed { name, .. } => name.as_deref(),
            Self::Named { abbreviation, .. } => Some(abbreviation),
        }
    }

    /// `+01:00`, with seconds when there are any; without `:` between them for `strftime`.
    fn written(&self, separator: &str) -> String {
        let offset = self.offset();
        let (sign, seconds) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
        let mut text = format!("{sign}{:02}{separator}{:02}", seconds / 3600, seconds / 60 % 60);
        if seconds % 60 != 0 {
            let _ = write!(text, "{separator}{:02}", seconds % 60);
        }
        text
    }

    fn repr(&self) -> Outcome<String> {
        Ok(match self {
            Self::Utc => "<UTC>".to_owned(),
            // `tzutc()`, or `tzlocal()` where the process runs in UTC.
            Self::Read => return Err(Stop::Server("server/clock")),
            Self::Fixed { name, offset } => {
                let name = name.as_deref().map_or_else(|| "None".to_owned(), |name| format!("'{name}'"));
                format!("tzoffset({name}, {offset})")
            }
            Self::Named { name, is_static: true, .. } => format!("<StaticTzInfo '{name}'>"),
            Self::Named { name, abbreviation, offset, dst, .. } => {
                let plus = if *offset > 0 { "+" } else { "" };
                let season = if *dst == 0 { "STD" } else { "DST" };
                format!("<DstTzInfo '{name}' {abbreviation}{plus}{} {season}>", difference(*offset))
            }
        })
    }
}

fn difference(seconds: i32) -> TimeDelta {
    TimeDelta { microseconds: i128::from(seconds) * 1_000_000 }
}

impl fmt::Display for Aware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, self.clock.written(":"))
    }
}

impl Aware {
    /// Microseconds as [`DateTime::microseconds`], in UTC.
    pub fn instant(&self) -> i128 {
        self.local.microseconds() - difference(self.clock.offset()).microseconds
    }

    fn with(&self, local: DateTime) -> Value {
        Value::object(Self { local, clock: self.clock.clone() })
    }

    /// `value.name(arguments)`; `None` when there is no such method here.
    pub fn method(&self, name: &str, arguments: &Arguments, budget: &Budget) -> Option<Outcome<Value>> {
        let naive = Value::DateTime(self.local);
        let plain = |run: &dyn Fn() -> Outcome<Value>| {
            Some(signature::none(arguments, &format!("datetime.datetime.{name}")).and_then(|()| run()))
        };
        match name {
            "utcoffset" => plain(&|| Ok(Value::TimeDelta(difference(self.clock.offset())))),
            "dst" => plain(&|| Ok(Value::TimeDelta(difference(self.clock.dst())))),
            "tzname" => plain(&|| Ok(self.clock.abbreviation().map_or(Value::None, Value::str))),
            "timestamp" => plain(&|| {
                let epoch = i128::from(719_163) * super::DAY;
                super::total_seconds(TimeDelta { microseconds: self.instant() - epoch }).map(Value::Float)
            }),
            "isoformat" => Some(super::method(&naive, name, arguments, budget)?.and_then(|text| match text {
                Value::Str(text) => Ok(format!("{text}{}", self.clock.written(":")).into()),
                _ => Err(Stop::unsupported("isoformat")),
            })),
            "strftime" => match arguments.positional.as_slice() {
                [Value::Str(format)] if arguments.keyword.is_empty() => {
                    Some(self.strftime(format, budget).map(Value::from))
                }
                _ => super::method(&naive, name, arguments, budget),
            },
            "replace" => Some(self.replace(arguments, budget)),
            "astimezone" => Some(self.astimezone(arguments)),
            "ctime" | "date" | "isocalendar" | "isoweekday" | "time" | "toordinal" | "weekday" => {
                super::method(&naive, name, arguments, budget)
            }
            _ => None,
        }
    }

    /// `self.strftime(format)`
    ///
    /// # Errors
    /// As that of a naive datetime.
    pub fn strftime(&self, format: &str, budget: &Budget) -> Outcome<String> {
        let mut pattern = String::with_capacity(format.len());
        let mut rest = format;
        while let Some((before, after)) = rest.split_once('%') {
            pattern.push_str(before);
            let letter = after.chars().next();
            match letter {
                Some('z') => pattern.push_str(&self.clock.written("")),
                Some('Z') => pattern.push_str(&self.clock.abbreviation().unwrap_or_default().replace('%', "%%")),
                Some(letter) => pattern.extend(['%', letter]),
                None => pattern.push('%'),
            }
            rest = after.get(letter.map_or(0, char::len_utf8)..).unwrap_or_default();
        }
        pattern.push_str(rest);
        strftime(&Value::DateTime(self.local), &pattern, budget)
    }

    fn replace(&self, arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
        let mut kept = arguments.clone();
        let mut zone = None;
        kept.keyword.retain(|(name, value)| {
            let is_zone = &**name == "tzinfo";
            if is_zone {
                zone = Some(value.clone());
            }
            !is_zone
        });
        if kept.positional.len() > 7 {
            return Err(Stop::unsupported("replace with a time zone by its place"));
        }
        let replaced = super::method(&Value::DateTime(self.local), "replace", &kept, budget);
        let Some(Ok(Value::DateTime(local))) = replaced else {
            return replaced.unwrap_or_else(|| Err(Stop::unsupported("replace")));
        };
        match zone {
            None => Ok(self.with(local)),
            Some(Value::None) => Ok(Value::DateTime(local)),
            Some(zone) => match zone.downcast::<TzInfo>() {
                // A zone of pytz's stands for its oldest clock here, whose data this engine does not have.
                Some(TzInfo(clock)) => Ok(Value::object(Self { local, clock: clock.clone() })),
                None => Err(Stop::unsupported("replace with a time zone")),
            },
        }
    }

    fn astimezone(&self, arguments: &Arguments) -> Outcome<Value> {
        match (arguments.positional.as_slice(), arguments.keyword.as_slice()) {
            // The zone of the server's process.
            ([], []) | ([Value::None], []) => Err(Stop::Server("server/clock")),
            ([zone], []) => match zone.downcast::<TzInfo>() {
                Some(TzInfo(clock)) if !matches!(clock, Zone::Named { is_static: false, .. }) => {
                    let instant = self.instant() + difference(clock.offset()).microseconds;
                    let local = DateTime::from_microseconds(instant)
                        .ok_or_else(|| Stop::raise("OverflowError", "date value out of range"))?;
                    Ok(Value::object(Self { local, clock: clock.clone() }))
                }
                _ => Err(Stop::unsupported("astimezone to this zone")),
            },
            _ => Err(Stop::unsupported("astimezone with these arguments")),
        }
    }
}

impl Object for Aware {
    fn type_name(&self) -> Cow<'static, str> {
        // CPython's errors name the class with its module.
        Cow::Borrowed("datetime.datetime")
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        let naive = super::repr(&Value::DateTime(self.local)).unwrap_or_default();
        let naive = naive.strip_suffix(')').unwrap_or(&naive);
        Ok(format!("{naive}, tzinfo={})", self.clock.repr()?))
    }

    fn str(&self, _budget: &Budget) -> Outcome<String> {
        Ok(self.to_string())
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let naive = Value::DateTime(self.local);
        match name {
            "tzinfo" => Ok(Some(Value::object(TzInfo(self.clock.clone())))),
            _ if name.starts_with("__") => Err(Stop::unsupported(format!("datetime.datetime.{name}"))),
            _ => {
                Ok(super::attribute(&naive, name).or_else(|| methods::bound(Value::object(self.clone()), &naive, name)))
            }
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some_and(|other| self.instant() == other.instant()))
    }

    fn order(&self, operator: Comparison, other: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        let other = match other {
            Value::DateTime(_) => {
                return Some(Err(Stop::type_error("can't compare offset-naive and offset-aware datetimes")));
            }
            Value::Date(_) => return Some(Err(Stop::type_error("can't compare datetime.datetime to datetime.date"))),
            other => other.downcast::<Self>()?,
        };
        let ordering = self.instant().cmp(&other.instant());
        Some(Ok(match operator {
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            _ => ordering.is_ge(),
        }))
    }

    fn binary(&self, operator: Binary, other: &Value, reflected: bool, _budget: &Budget) -> Option<Outcome<Value>> {
        match (operator, other) {
            (Binary::Add, Value::TimeDelta(delta)) => {
                Some(arithmetic::add(self.local, *delta).map(|local| self.with(local)))
            }
            (Binary::Subtract, Value::TimeDelta(delta)) if !reflected => {
                let delta = TimeDelta { microseconds: -delta.microseconds };
                Some(arithmetic::add(self.local, delta).map(|local| self.with(local)))
            }
            (Binary::Subtract, Value::DateTime(_)) => {
                Some(Err(Stop::type_error("can't subtract offset-naive and offset-aware datetimes")))
            }
            (Binary::Subtract, other) if !reflected => {
                let microseconds = self.instant() - other.downcast::<Self>()?.instant();
                Some(TimeDelta::new(microseconds).map(Value::TimeDelta))
            }
            _ => None,
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The `tzinfo` of a datetime.
#[derive(Debug)]
struct TzInfo(Zone);

impl Object for TzInfo {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match &self.0 {
            Zone::Utc => "UTC",
            Zone::Read => "tzutc",
            Zone::Fixed { .. } => "tzoffset",
            Zone::Named { name, .. } => name.rsplit('/').next().unwrap_or(name),
        })
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Err(Stop::unsupported("the class of a time zone"))
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        self.0.repr()
    }

    fn str(&self, _budget: &Budget) -> Outcome<String> {
        match &self.0 {
            Zone::Utc => Ok("UTC".to_owned()),
            Zone::Named { name, .. } => Ok((*name).to_owned()),
            zone => zone.repr(),
        }
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match (name, &self.0) {
            ("zone", Zone::Utc) => Ok(Some(Value::str("UTC"))),
            ("zone", Zone::Named { name, .. }) => Ok(Some(Value::str(name))),
            _ => Err(Stop::unsupported(format!("tzinfo.{name}"))),
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some_and(|other| self.0 == other.0))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        match &self.0 {
            Zone::Utc | Zone::Named { .. } => self.equals(other),
            _ => None,
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
