//! The fields of a document that can be written at the cursor, each as the text to write and with what it is now.

use std::ops::Range;
use std::rc::Rc;

use super::cursor::{Cursor, Place};
use super::{Kind, behind_dot, can_be_named};
use crate::condition;
use crate::host::document_type::{has_value, is_table};
use crate::host::{Context, DocType, Document, Field, meta};
use crate::message::{self, Inputs};

/// How much of a value is told, in characters.
const VALUE_CHARACTERS: usize = 80;

/// Standard fields that are offered, and the keys of their names.
const STANDARD: [(&str, &str); 6] = [
    ("name", "field/name"),
    ("owner", "field/owner"),
    ("creation", "field/creation"),
    ("modified", "field/modified"),
    ("modified_by", "field/modified_by"),
    ("docstatus", "field/docstatus"),
];

/// What can be written at a place.
#[derive(Debug)]
pub struct Fields {
    /// The bytes that a choice replaces: empty unless the name of a field was begun.
    pub range: Range<usize>,
    /// In the order of the form, standard fields last; the fields of a table follow it.
    pub choices: Vec<Choice>,
}

/// One field.
#[derive(Debug)]
pub struct Choice {
    /// Its fieldname.
    pub field: String,
    /// Its name for people, in their language.
    pub label: String,
    /// Its fieldtype.
    pub fieldtype: String,
    /// The table that it is a column of.
    pub table: Option<String>,
    /// What to write.
    pub text: String,
    /// Where the cursor goes, a byte of `text`.
    pub caret: usize,
    /// What it is on this document, or in the first row; `None` when that is not certain, or when there is no row.
    pub value: Option<String>,
}

/// What can be written at a byte offset of a text.
pub fn fields(kind: Kind, source: &str, offset: usize, document: &Rc<Document>) -> Fields {
    let cursor = Cursor::new(kind, source, offset);
    let writer = Writer { kind, place: cursor.place, cursor: &cursor, document };
    let own = document.doctype.fields.iter().filter(|field| offered(field));
    let mut choices: Vec<Choice> = own.flat_map(|field| writer.field(field)).collect();
    choices.extend(STANDARD.iter().map(|(fieldname, key)| {
        let field = Field {
            fieldname: (*fieldname).to_owned(),
            fieldtype: meta::default_field(fieldname).to_owned(),
            ..Field::default()
        };
        writer.plain(&field, document.context.language.say(key, &[]))
    }));
    // What stands in a text or in a comment is not a name that was begun.
    let begun = matches!(cursor.place, Place::Print | Place::Code) && cursor.start() < cursor.word.start;
    let at = offset.min(source.len());
    Fields { range: if begun { cursor.start()..cursor.word.end } else { at..at }, choices }
}

/// Whether a field has a value that code can name.
pub fn offered(field: &Field) -> bool {
    has_value(&field.fieldtype) && can_be_named(&field.fieldname)
}

/// A label in the person's language, as the desk shows it; the fieldname where there is none.
pub fn label(field: &Field, doctype: &DocType, context: &Context) -> String {
    let Some(label) = field.label.as_deref().filter(|label| !label.is_empty()) else { return field.fieldname.clone() };
    // A word may have a translation of its own in a doctype.
    let own = context.messages.get(&format!("{label}:{}", doctype.name));
    own.map_or_else(|| context.translate(label).to_owned(), String::clone)
}

struct Writer<'a> {
    kind: Kind,
    place: Place,
    cursor: &'a Cursor,
    document: &'a Rc<Document>,
}

impl Writer<'_> {
    /// A field, or a table and its columns.
    fn field(&self, field: &Field) -> Vec<Choice> {
        let document = self.document;
        let name = label(field, &document.doctype, &document.context);
        if !is_table(&field.fieldtype) {
            return vec![self.plain(field, name)];
        }
        let of = field.options.as_deref().and_then(|options| document.metas.get(options));
        let mut choices = vec![self.table(field, name)];
        if let Some(doctype) = of {
            let columns = doctype.fields.iter().filter(|column| offered(column) && !is_table(&column.fieldtype));
            choices.extend(columns.map(|column| self.column(&field.fieldname, column, doctype)));
        }
        choices
    }

    fn plain(&self, field: &Field, label: String) -> Choice {
        let raw = format!("doc.{}", behind_dot(self.kind, &field.fieldname));
        let formatted = format!("doc.get_formatted(\"{}\")", field.fieldname);
        let (code, value) = match self.kind {
            Kind::Condition => (raw.clone(), self.repr(&raw)),
            Kind::Message => self.printed(field, raw, formatted, |code| format!("{{{{ {code} }}}}")),
        };
        self.choice(field, label, None, self.within_tags(code), value)
    }

    fn table(&self, field: &Field, label: String) -> Choice {
        let table = format!("doc.{}", behind_dot(self.kind, &field.fieldname));
        let mut choice = self.choice(field, label, None, table.clone(), None);
        if self.writes_text() {
            choice.text = format!("{{% for row in {table} %}}\n{{% endfor %}}");
            choice.caret = choice.text.find('\n').unwrap_or(0);
        }
        choice
    }

    fn column(&self, table: &str, column: &Field, doctype: &DocType) -> Choice {
        let document = self.document;
        let label = label(column, doctype, &document.context);
        let rows = format!("doc.{}", behind_dot(self.kind, table));
        let named = self.cursor.row_of(table);
        let row = named.unwrap_or("row");
        let raw = format!("{row}.{}", behind_dot(self.kind, &column.fieldname));
        let is_there = !document.rows(table).is_empty();
        let (text, value) = match self.kind {
            Kind::Condition => {
                let value = self.repr(&format!("{rows}[0].{}", behind_dot(self.kind, &column.fieldname)));
                (format!("[row for row in {rows} if row.{}]", behind_dot(self.kind, &column.fieldname)), value)
            }
            Kind::Message => {
                let formatted = format!("{row}.get_formatted(\"{}\", doc)", column.fieldname);
                let first = |code: &str| format!("{{% for {row} in {rows}[:1] %}}{{{{ {code} }}}}{{% endfor %}}");
                let (code, value) = self.printed(column, raw, formatted, first);
                let text = match (named, self.writes_text()) {
                    (Some(_), _) => self.within_tags(code),
                    (None, true) => format!("{{% for row in {rows} %}}{{{{ {code} }}}}\n{{% endfor %}}"),
                    (None, false) => format!("{rows} | map(attribute=\"{}\") | join(\", \")", column.fieldname),
                };
                (text, value)
            }
        };
        self.choice(column, label, Some(table), text, value.filter(|_| is_there))
    }

    fn choice(&self, field: &Field, label: String, table: Option<&str>, text: String, value: Option<String>) -> Choice {
        Choice {
            field: field.fieldname.clone(),
            label,
            fieldtype: field.fieldtype.clone(),
            table: table.map(str::to_owned),
            caret: text.len(),
            text,
            value: value.map(shortened),
        }
    }

    /// Whether the tags have to be written too.
    fn writes_text(&self) -> bool {
        self.kind == Kind::Message && matches!(self.place, Place::Text | Place::Closed)
    }

    fn within_tags(&self, code: String) -> String {
        if self.writes_text() { format!("{{{{ {code} }}}}") } else { code }
    }

    /// The code for a field that is printed, and what it prints: for people where the host has a way to that and this
    /// engine knows what it writes.
    fn printed(
        &self,
        field: &Field,
        raw: String,
        formatted: String,
        whole: impl Fn(&str) -> String,
    ) -> (String, Option<String>) {
        let types = ["Currency", "Date", "Datetime", "Duration", "Float", "Percent", "Time"];
        if self.place != Place::Code
            && types.contains(&field.fieldtype.as_str())
            && let Some(value) = self.rendered(&whole(&formatted))
        {
            return (formatted, Some(value));
        }
        let value = self.rendered(&whole(&raw));
        (raw, value)
    }

    fn rendered(&self, template: &str) -> Option<String> {
        match message::render(template, self.document, &Inputs::default(), &self.document.context).answer {
            message::Answer::Exact(text) => Some(text),
            _ => None,
        }
    }

    fn repr(&self, code: &str) -> Option<String> {
        let report = condition::check(code, self.document, &self.document.context, &condition::Options::default());
        match report.answer {
            condition::Answer::Exact { repr, .. } => repr,
            _ => None,
        }
    }
}

/// One line, and not too much of it.
fn shortened(value: String) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(VALUE_CHARACTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
