//! Differences from the reference implementations, looked for at random.

mod python_values;
