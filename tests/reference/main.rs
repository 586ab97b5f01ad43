//! Differences from the reference implementations, looked for at random.

mod filters;
mod jinja_templates;
mod python_values;
mod smaller;
