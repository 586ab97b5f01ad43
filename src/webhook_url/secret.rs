//! A value that must not be shown: whatever prints it prints dots.

use std::fmt;

/// Holds a webhook URL, a token or a password. `Debug` and `Display` print dots; [`Secret::expose`] is the one way in,
/// for the request itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Takes the value in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the request and for nothing that people or logs read.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, where it leaves the core: the page stores the URL and hands it to `fetch`.
    pub fn reveal(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("••••")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("••••")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_prints_dots() {
        let secret = Secret::new("fake-token-1234");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "•••• •••• Some(••••)");
    }
}
