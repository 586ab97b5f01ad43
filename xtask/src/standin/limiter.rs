//! At most so many calls in so much time, counted over the last calls.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A sliding window of calls.
pub struct Limiter {
    calls: usize,
    window: Duration,
    taken: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    /// At most `calls` in any `window`.
    pub fn new(calls: usize, window: Duration) -> Self {
        Self { calls, window, taken: Mutex::new(VecDeque::new()) }
    }

    /// How many calls are still free.
    pub fn left(&self, now: Instant) -> usize {
        let taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let counted = taken.iter().filter(|call| now.duration_since(**call) < self.window).count();
        self.calls.saturating_sub(counted)
    }

    /// Counts one call, or says how long to wait.
    pub fn take(&self, now: Instant) -> Result<(), Duration> {
        let mut taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        while taken.front().is_some_and(|first| now.duration_since(*first) >= self.window) {
            taken.pop_front();
        }
        match taken.front() {
            Some(first) if taken.len() >= self.calls => Err(self.window.saturating_sub(now.duration_since(*first))),
            _ => {
                taken.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_too_many_waits_for_the_oldest_to_leave_the_window() {
        let limiter = Limiter::new(2, Duration::from_secs(10));
        let start = Instant::now();
        let at = |seconds| limiter.take(start + Duration::from_secs(seconds));
        assert_eq!([at(0), at(4)], [Ok(()), Ok(())]);
        assert_eq!(at(5), Err(Duration::from_secs(5)));
        assert_eq!(limiter.left(start + Duration::from_secs(10)), 1);
        assert_eq!(at(10), Ok(()));
        assert_eq!(limiter.left(start + Duration::from_secs(10)), 0);
        assert_eq!(at(11), Err(Duration::from_secs(3)));
    }
}
