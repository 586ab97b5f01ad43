//! `timedelta`: its parts and bounds.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::super::{Outcome, Stop};
use super::{DAY, TimeDelta};

impl TimeDelta {
    /// A difference.
    ///
    /// # Errors
    /// `OverflowError: days=1000000000; must have magnitude <= 999999999`.
    pub fn new(microseconds: i128) -> Outcome<Self> {
        let days = microseconds.div_euclid(DAY);
        if i32::try_from(days).is_err() {
            return Err(too_large());
        }
        if days.unsigned_abs() > 999_999_999 {
            return Err(Stop::raise("OverflowError", format!("days={days}; must have magnitude <= 999999999")));
        }
        Ok(Self { microseconds })
    }

    /// A difference of whole microseconds and a part of one, which is below 1 in size: rounded as CPython does, half to
    /// even.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn rounded(microseconds: i128, part: f64) -> Outcome<Self> {
        let mut whole = part.round();
        if (whole - part).abs() == 0.5 {
            let odd = f64::from(u8::from(microseconds % 2 != 0));
            whole = 2.0 * ((part + odd) * 0.5).round() - odd;
        }
        #[allow(clippy::cast_possible_truncation, reason = "-1, 0 or 1")]
        Self::new(microseconds + i128::from(whole as i64))
    }

    /// A difference of any size.
    ///
    /// # Errors
    /// `OverflowError`.
    pub fn from_big(microseconds: &BigInt) -> Outcome<Self> {
        Self::new(microseconds.to_i128().ok_or_else(too_large)?)
    }

    /// `timedelta.days`, rounded down.
    pub fn days(self) -> i64 {
        i64::try_from(self.microseconds.div_euclid(DAY)).unwrap_or(0)
    }

    /// `timedelta.seconds`: 0 to 86399.
    pub fn seconds(self) -> i64 {
        i64::try_from(self.microseconds.rem_euclid(DAY) / 1_000_000).unwrap_or(0)
    }

    /// `timedelta.microseconds`: 0 to 999999.
    pub fn subsecond(self) -> i64 {
        i64::try_from(self.microseconds.rem_euclid(1_000_000)).unwrap_or(0)
    }
}

fn too_large() -> Stop {
    Stop::raise("OverflowError", "Python int too large to convert to C int")
}
