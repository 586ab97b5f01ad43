//! Differences from the reference implementations, looked for at random.

mod conditions;
mod jinja_templates;
mod python_values;
mod smaller;
