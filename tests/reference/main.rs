//! Differences from the reference implementations, looked for at random.

mod date_texts;
mod jinja_templates;
mod python_values;
