//! Differences from the reference implementations, looked for at random.

mod jinja_templates;
mod markup;
mod python_values;
