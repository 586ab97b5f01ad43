//! Differences from the reference implementations, looked for at random.

// A test may stop at what must not happen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

mod python_values;
