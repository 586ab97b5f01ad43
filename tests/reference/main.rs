//! Differences from the reference implementations, looked for at random.

mod conditions;
mod date_texts;
mod dialects;
mod filters;
mod jinja_templates;
mod markup;
mod number_words;
mod python;
mod python_values;
mod smaller;
