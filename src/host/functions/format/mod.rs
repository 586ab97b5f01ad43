//! Formatting: dates by language and pattern, durations, distances in time, values by fieldtype.

pub mod date;
pub mod duration;
mod locale;
mod locale_data;
mod pattern;
pub mod pretty;
pub mod value;
