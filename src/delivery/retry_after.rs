//! How long a service asks to wait: a header in seconds or with a date, or its own words.

const DAY: f64 = 86_400.0;

/// Above a year it is a mistake, not a wish.
const LONGEST: f64 = 366.0 * DAY;

/// Seconds to wait: the `Retry-After` header (RFC 9110, 10.2.3), Discord's `retry_after`, Rocket.Chat's "You must wait N
/// seconds". A date is counted from the answer's own `Date`; without one it says nothing.
pub fn retry_after(headers: &[(String, String)], body: &str) -> Option<u64> {
    let header = |wanted: &str| headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let asked = header("retry-after").and_then(|(_, value)| {
        seconds(value).or_else(|| {
            let (_, now) = header("date")?;
            rounded_up((moment(value)? - moment(now)?).max(0.0))
        })
    });
    let json: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let field = json.get("retry_after").and_then(serde_json::Value::as_f64);
    let said = body.split_once("wait ").and_then(|(_, rest)| rest.split_once(" second")).map(|(number, _)| number);
    asked.or_else(|| field.and_then(rounded_up)).or_else(|| said.and_then(seconds))
}

fn seconds(text: &str) -> Option<u64> {
    text.trim().parse::<f64>().ok().and_then(rounded_up)
}

/// Half a second is told as one.
fn rounded_up(seconds: f64) -> Option<u64> {
    // Below a year the cast is exact.
    (0.0..=LONGEST).contains(&seconds).then_some(seconds.ceil() as u64)
}

/// Seconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT", the form that RFC 9110 asks for.
fn moment(text: &str) -> Option<f64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = text.trim().split_once(", ")?;
    let mut words = rest.split(' ');
    let day: i32 = words.next()?.parse().ok()?;
    let name = words.next()?;
    let month = i32::try_from(MONTHS.iter().position(|month| *month == name)?).ok()? + 1;
    let year: i32 = words.next()?.parse().ok()?;
    let clock: Vec<i32> = words.next()?.split(':').map_while(|part| part.parse().ok()).collect();
    let [hour, minute, second] = clock.as_slice() else { return None };
    let is_clock = (0..24).contains(hour) && (0..60).contains(minute) && (0..=60).contains(second);
    if words.next() != Some("GMT") || !(1..=31).contains(&day) || !(1970..=9999).contains(&year) || !is_clock {
        return None;
    }
    // Years that begin in March have their leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    Some(f64::from(days) * DAY + f64::from(hour * 3600 + minute * 60 + second))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expectations from CPython 3.11: `calendar.timegm(email.utils.parsedate(text))`.
    #[test]
    fn dates_are_counted_from_1970() {
        assert_eq!(moment("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777.0));
        assert_eq!(moment("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199.0));
        assert_eq!(moment("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0.0));
        assert_eq!(moment("Sun Nov  6 08:49:37 1994"), None);
    }
}
