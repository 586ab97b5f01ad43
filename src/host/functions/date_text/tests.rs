//! What dateutil 2.8.2 made of these texts on 20 November 2026, wherever the process runs.

use super::*;

fn context() -> Context {
    let json = serde_json::json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00",
        "timeZone": "Europe/Paris", "user": {"name": "marie"}});
    serde_json::from_value::<crate::api::HostContext>(json).unwrap().into_core().unwrap()
}

fn shown(text: &str, day_first: bool) -> String {
    let context = context();
    match read(&context, text, day_first) {
        Ok(Ok(reading)) => match reading.moment() {
            Err(stop) => format!("{stop:?} {}", reading.time),
            Ok(Value::DateTime(moment)) => moment.to_string(),
            Ok(moment) => moment.downcast::<Aware>().unwrap().to_string(),
        },
        Ok(Err(message)) => message,
        Err(Stop::Raise(error)) => error.message,
        Err(stop) => format!("{stop:?}"),
    }
}

#[test]
fn texts_are_read_as_dateutil_reads_them() {
    for (text, expected) in [
        ("2026-11-20", "2026-11-20 00:00:00"),
        ("25 November 2026", "2026-11-25 00:00:00"),
        ("26-11-25", "2025-11-26 00:00:00"),
        ("5", "2026-11-05 00:00:00"),
        ("12.5", "2026-11-12 00:00:00"),
        ("20261120T142530.5", "2026-11-20 14:25:30.500000"),
        ("2026-11-25T14:05:00Z", "2026-11-25 14:05:00+00:00"),
        ("2026-11-25T14:05:00+02:00", "2026-11-25 14:05:00+02:00"),
        ("2026-13-01", "month must be in 1..12: 2026-13-01"),
        ("13/2026", "bad month number 13; must be 1-12: 13/2026"),
        ("2026-02-30", "day is out of range for month: 2026-02-30"),
        ("2026-11-20 24:00:00", "hour must be in 0..23: 2026-11-20 24:00:00"),
        ("1 day, 2:30:00", "Unknown string format: 1 day, 2:30:00"),
        ("", "String does not contain a date: "),
        (" - ", "String does not contain a date:  - "),
        ("99999999999", "signed integer is greater than maximum"),
    ] {
        assert_eq!(shown(text, false), expected, "{text}");
    }
    assert_eq!(shown("03/04/2026", true), "2026-04-03 00:00:00");
    assert_eq!(shown("2026-11-10", true), "2026-10-11 00:00:00");
}

#[test]
fn what_the_process_decides_is_not_told() {
    for text in ["10:00 CET", "10:00 EST+3", "1/1/75", "1/1/68"] {
        assert_eq!(shown(text, false), "Server(\"server/clock\")", "{text}");
    }
}

/// The process may have 19 or 20 November: what both give is known, be it only the time of day.
#[test]
fn the_day_of_the_process_is_not_known() {
    for (text, time) in [
        ("10:30", "10:30:00"),
        ("10h30", "10:30:00"),
        ("12:00 am", "00:00:00"),
        ("Nov 2026", "00:00:00"),
        ("2026", "00:00:00"),
        ("10:00 GMT+3", "10:00:00"),
        ("Jan of 01", "00:00:00"),
    ] {
        assert_eq!(shown(text, false), format!("Server(\"server/clock\") {time}"), "{text}");
    }
    for (text, moment) in [
        ("March 5", "2026-03-05 00:00:00"),
        ("5", "2026-11-05 00:00:00"),
        ("Sunday", "2026-11-22 00:00:00"),
        ("5 10:30", "2026-11-05 10:30:00"),
        ("Fri 3:15pm", "2026-11-20 15:15:00"),
    ] {
        assert_eq!(shown(text, false), moment, "{text}");
    }
    let at = |now: &str, text: &str| {
        let mut context = context();
        context.now = DateTime::parse_iso(now).unwrap();
        read(&context, text, false).unwrap().unwrap().day()
    };
    let unknown = Err(Stop::Server("server/clock"));
    // The year and the month of the process, where they are about to change.
    assert_eq!(at("2026-12-31 22:00:00", "March 5"), unknown);
    assert_eq!(at("2027-01-02 10:30:00", "March 5"), Ok(Date { year: 2027, month: 3, day: 5 }));
    assert_eq!(at("2026-11-30 22:00:00", "5"), unknown);
    // A month that ends before any of them.
    assert_eq!(at("2026-12-30 22:00:00", "Feb 2027"), Ok(Date { year: 2027, month: 2, day: 28 }));
}
