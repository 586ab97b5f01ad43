//! Attributes and methods of dates, times and differences.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::super::signature::{self, Signature};
use super::super::{Arguments, Budget, Int, Object, Outcome, Stop, Value, int, operators};
use super::strftime::strftime;
use super::{Date, DateTime, Time, TimeDelta};

/// A data attribute (`date.year`, `timedelta.days`).
pub fn attribute(value: &Value, name: &str) -> Option<Value> {
    let number = |number: u32| Some(Value::from(i64::from(number)));
    let of_date = |date: Date| match name {
        "year" => Some(Value::from(i64::from(date.year))),
        "month" => number(date.month),
        "day" => number(date.day),
        _ => None,
    };
    let of_time = |time: Time| match name {
        "hour" => number(time.hour),
        "minute" => number(time.minute),
        "second" => number(time.second),
        "microsecond" => number(time.microsecond),
        "tzinfo" => Some(Value::None),
        "fold" => number(0),
        _ => None,
    };
    let (first, last) = (Date { year: 1, month: 1, day: 1 }, Date { year: 9999, month: 12, day: 31 });
    let (midnight, late) = (Time::from_microseconds(0), Time::from_microseconds(-1));
    let resolution = |microseconds: i128| Some(Value::TimeDelta(TimeDelta { microseconds }));
    match (value, name) {
        (Value::Date(_), "min") => Some(Value::Date(first)),
        (Value::Date(_), "max") => Some(Value::Date(last)),
        (Value::Date(_), "resolution") => resolution(super::DAY),
        (Value::DateTime(_), "min") => Some(Value::DateTime(DateTime { date: first, time: midnight })),
        (Value::DateTime(_), "max") => Some(Value::DateTime(DateTime { date: last, time: late })),
        (Value::Time(_), "min") => Some(Value::Time(midnight)),
        (Value::Time(_), "max") => Some(Value::Time(late)),
        (Value::DateTime(_) | Value::Time(_) | Value::TimeDelta(_), "resolution") => resolution(1),
        (Value::TimeDelta(_), "min") => resolution(-999_999_999 * super::DAY),
        (Value::TimeDelta(_), "max") => resolution(1_000_000_000 * super::DAY - 1),
        (Value::TimeDelta(delta), "days") => Some(Value::from(delta.days())),
        (Value::TimeDelta(delta), "seconds") => Some(Value::from(delta.seconds())),
        (Value::TimeDelta(delta), "microseconds") => Some(Value::from(delta.subsecond())),
        (Value::Date(date), _) => of_date(*date),
        (Value::DateTime(moment), _) => of_date(moment.date).or_else(|| of_time(moment.time)),
        (Value::Time(time), _) => of_time(*time),
        _ => None,
    }
}

/// `value.name(arguments)`; `None` when there is no such method here.
pub fn method(value: &Value, name: &str, arguments: &Arguments, budget: &Budget) -> Option<Outcome<Value>> {
    let full = || format!("{}.{name}", value.type_name());
    let plain = |run: &dyn Fn() -> Value| Some(signature::none(arguments, &full()).map(|()| run()));
    let date = match value {
        Value::Date(date) => Some(*date),
        Value::DateTime(moment) => Some(moment.date),
        _ => None,
    };
    let time = match value {
        Value::DateTime(moment) => Some(moment.time),
        Value::Time(time) => Some(*time),
        _ => None,
    };
    match (name, value, date, time) {
        ("strftime", ..) if date.is_some() || time.is_some() => {
            let signature = Signature { name: "strftime", parameters: &["format"], positional: 1, required: 1 };
            Some(signature.bind_late(arguments).and_then(|(places, late)| {
                let format = places.into_iter().next().flatten().unwrap_or(Value::None);
                let Some(format) = signature::text(&format) else {
                    return Err(Stop::type_error(format!(
                        "strftime() argument 1 must be str, not {}",
                        signature::found(&format)
                    )));
                };
                late.map_or(Ok(()), Err)?;
                strftime(value, &format, budget).map(Value::from)
            }))
        }
        ("isoformat", Value::DateTime(moment), ..) => Some(isoformat(*moment, arguments)),
        ("isoformat", Value::Time(time), ..) => Some(time_isoformat(*time, arguments)),
        ("isoformat", Value::Date(date), ..) => plain(&|| date.to_string().into()),
        ("replace", Value::Date(date), ..) => Some(replace_date(*date, arguments)),
        ("replace", Value::DateTime(moment), ..) => Some(replace_datetime(*moment, arguments)),
        ("replace", Value::Time(time), ..) => Some(replace_time(*time, arguments)),
        ("weekday", _, Some(date), _) => plain(&|| Value::from(i64::from(date.weekday()))),
        ("isoweekday", _, Some(date), _) => plain(&|| Value::from(i64::from(date.weekday() + 1))),
        ("toordinal", _, Some(date), _) => plain(&|| Value::from(date.ordinal())),
        ("isocalendar", _, Some(date), _) => plain(&|| Value::object(IsoCalendarDate(date))),
        ("ctime", _, Some(date), _) => {
            let time = time.unwrap_or(Time::from_microseconds(0));
            plain(&|| ctime(date, time).into())
        }
        ("date", Value::DateTime(moment), ..) => plain(&|| Value::Date(moment.date)),
        ("time" | "timetz", Value::DateTime(moment), ..) => plain(&|| Value::Time(moment.time)),
        // The zone of the server's process.
        ("astimezone" | "now" | "timestamp" | "today", Value::DateTime(_), ..) => {
            Some(Err(Stop::Server("server/clock")))
        }
        ("today", Value::Date(_), ..) => Some(Err(Stop::Server("server/clock"))),
        ("utcoffset" | "dst" | "tzname", Value::DateTime(_) | Value::Time(_), ..) => plain(&|| Value::None),
        ("total_seconds", Value::TimeDelta(delta), ..) => {
            Some(signature::none(arguments, &full()).and_then(|()| total_seconds(*delta).map(Value::Float)))
        }
        _ => None,
    }
}

/// `timedelta.total_seconds()`
///
/// # Errors
/// None in practice.
pub fn total_seconds(delta: TimeDelta) -> Outcome<f64> {
    int::divide_true(&Int::from(num_bigint::BigInt::from(delta.microseconds)), &Int::Small(1_000_000))
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn ctime(date: Date, time: Time) -> String {
    let weekday = usize::try_from(date.weekday()).ok().and_then(|day| WEEKDAYS.get(day)).unwrap_or(&"");
    let month = usize::try_from(date.month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    let Time { hour, minute, second, .. } = time;
    format!("{weekday} {month} {:2} {hour:02}:{minute:02}:{second:02} {:04}", date.day, date.year)
}

fn clock(time: Time, spec: &str) -> Outcome<String> {
    let Time { hour, minute, second, microsecond } = time;
    Ok(match spec {
        "auto" => time.to_string(),
        "hours" => format!("{hour:02}"),
        "minutes" => format!("{hour:02}:{minute:02}"),
        "seconds" => format!("{hour:02}:{minute:02}:{second:02}"),
        "milliseconds" => format!("{hour:02}:{minute:02}:{second:02}.{:03}", microsecond / 1000),
        "microseconds" => format!("{hour:02}:{minute:02}:{second:02}.{microsecond:06}"),
        _ if spec.contains('\0') => return Err(Stop::value_error("embedded null character")),
        _ => return Err(Stop::value_error("Unknown timespec value")),
    })
}

fn timespec(value: Option<Value>, at: usize) -> Outcome<Rc<str>> {
    match value {
        None => Ok(Rc::from("auto")),
        Some(value) => signature::text(&value).ok_or_else(|| {
            Stop::type_error(format!("isoformat() argument {at} must be str, not {}", signature::found(&value)))
        }),
    }
}

fn isoformat(moment: DateTime, arguments: &Arguments) -> Outcome<Value> {
    let signature = Signature { name: "isoformat", parameters: &["sep", "timespec"], positional: 2, required: 0 };
    let (places, late) = signature.bind_late(arguments)?;
    let mut places = places.into_iter();
    let separator = match places.next().flatten() {
        None => 'T',
        Some(value) => {
            let text = signature::text(&value);
            let mut characters = text.iter().flat_map(|text| text.chars());
            match (characters.next(), characters.next()) {
                (Some(separator), None) => separator,
                _ => {
                    return Err(Stop::type_error(format!(
                        "isoformat() argument 1 must be a unicode character, not {}",
                        signature::found(&value)
                    )));
                }
            }
        }
    };
    let spec = timespec(places.next().flatten(), 2)?;
    late.map_or(Ok(()), Err)?;
    Ok(format!("{}{separator}{}", moment.date, clock(moment.time, &spec)?).into())
}

fn time_isoformat(time: Time, arguments: &Arguments) -> Outcome<Value> {
    let signature = Signature { name: "isoformat", parameters: &["timespec"], positional: 1, required: 0 };
    let (places, late) = signature.bind_late(arguments)?;
    let spec = timespec(places.into_iter().next().flatten(), 1)?;
    late.map_or(Ok(()), Err)?;
    Ok(clock(time, &spec)?.into())
}

/// A C `int` out of an argument, or the default.
fn part(value: Option<Value>, default: i64) -> Outcome<i64> {
    let Some(value) = value else { return Ok(default) };
    let Some(number) = operators::as_int(&value.base()) else {
        return Err(Stop::type_error(format!("'{}' object cannot be interpreted as an integer", value.error_name())));
    };
    match number.to_i64() {
        Some(number) if i32::try_from(number).is_ok() => Ok(number),
        Some(number) if number < 0 => Err(Stop::raise("OverflowError", "signed integer is less than minimum")),
        Some(_) => Err(Stop::raise("OverflowError", "signed integer is greater than maximum")),
        None => Err(Stop::raise("OverflowError", "Python int too large to convert to C long")),
    }
}

/// The day of three numbers.
///
/// # Errors
/// `ValueError: day is out of range for month`...
pub fn make_date(year: i64, month: i64, day: i64) -> Outcome<Date> {
    if !(1..=9999).contains(&year) {
        return Err(Stop::value_error(format!("year {year} is out of range")));
    }
    if !(1..=12).contains(&month) {
        return Err(Stop::value_error("month must be in 1..12"));
    }
    let date = i32::try_from(year).ok().zip(u32::try_from(month).ok()).zip(u32::try_from(day).ok());
    date.and_then(|((year, month), day)| Date::new(year, month, day))
        .ok_or_else(|| Stop::value_error("day is out of range for month"))
}

/// The time of day of four numbers.
///
/// # Errors
/// `ValueError: hour must be in 0..23`...
pub fn make_time(hour: i64, minute: i64, second: i64, microsecond: i64) -> Outcome<Time> {
    let part = |value: i64, most: u32, name: &str| {
        u32::try_from(value)
            .ok()
            .filter(|value| *value <= most)
            .ok_or_else(|| Stop::value_error(format!("{name} must be in 0..{most}")))
    };
    Ok(Time {
        hour: part(hour, 23, "hour")?,
        minute: part(minute, 59, "minute")?,
        second: part(second, 59, "second")?,
        microsecond: part(microsecond, 999_999, "microsecond")?,
    })
}

/// `replace(...)`: the numbers given, or those that there are.
fn parts<const N: usize>(
    arguments: &Arguments,
    names: &[&str],
    positional: usize,
    defaults: [i64; N],
) -> Outcome<[i64; N]> {
    let signature = Signature { name: "replace", parameters: names, positional, required: 0 };
    let (places, late) = signature.bind_late(arguments)?;
    for (name, place) in names.iter().zip(&places).skip(N) {
        // `tzinfo=None` is the time zone that there is; a fold must be a number.
        if !(place.is_none() || *name == "tzinfo" && matches!(place, Some(Value::None))) {
            return Err(Stop::unsupported(*name));
        }
    }
    let mut values = defaults;
    for (value, place) in values.iter_mut().zip(places) {
        *value = part(place, *value)?;
    }
    late.map_or(Ok(values), Err)
}

fn replace_date(date: Date, arguments: &Arguments) -> Outcome<Value> {
    let defaults = [date.year.into(), date.month.into(), date.day.into()];
    let [year, month, day] = parts(arguments, &["year", "month", "day"], 3, defaults)?;
    Ok(Value::Date(make_date(year, month, day)?))
}

fn replace_datetime(moment: DateTime, arguments: &Arguments) -> Outcome<Value> {
    let names = ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"];
    let DateTime { date, time } = moment;
    let defaults = [
        date.year.into(),
        date.month.into(),
        date.day.into(),
        time.hour.into(),
        time.minute.into(),
        time.second.into(),
        time.microsecond.into(),
    ];
    let [year, month, day, hour, minute, second, microsecond] = parts(arguments, &names, 8, defaults)?;
    let date = make_date(year, month, day)?;
    Ok(Value::DateTime(DateTime { date, time: make_time(hour, minute, second, microsecond)? }))
}

fn replace_time(time: Time, arguments: &Arguments) -> Outcome<Value> {
    let names = ["hour", "minute", "second", "microsecond", "tzinfo", "fold"];
    let defaults = [time.hour.into(), time.minute.into(), time.second.into(), time.microsecond.into()];
    let [hour, minute, second, microsecond] = parts(arguments, &names, 5, defaults)?;
    Ok(Value::Time(make_time(hour, minute, second, microsecond)?))
}

/// What `date.isocalendar()` answers: a tuple whose items have names.
#[derive(Debug)]
struct IsoCalendarDate(Date);

impl IsoCalendarDate {
    fn items(&self) -> [i64; 3] {
        let (year, week, weekday) = self.0.iso_calendar();
        [year.into(), week, weekday.into()]
    }
}

impl Object for IsoCalendarDate {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("datetime.IsoCalendarDate")
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        let [year, week, weekday] = self.items();
        Ok(format!("datetime.IsoCalendarDate(year={year}, week={week}, weekday={weekday})"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let [year, week, weekday] = self.items();
        Ok(Some(Value::from(match name {
            "year" => year,
            "week" => week,
            "weekday" => weekday,
            _ => {
                return super::super::access::attribute(&Value::tuple(Vec::new()), name)
                    .and_then(|found| if found.is_some() { Err(Stop::unsupported(name)) } else { Ok(None) });
            }
        })))
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        super::super::access::item(&self.base().unwrap_or(Value::None), key, budget)
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Ok(self.items().map(Value::from).to_vec())
    }

    fn length(&self) -> Outcome<usize> {
        Ok(3)
    }

    fn base(&self) -> Option<Value> {
        Some(Value::tuple(self.items().map(Value::from).to_vec()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
