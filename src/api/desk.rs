//! The desk and the document that is open in it.

use std::rc::Rc;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::input::{ConditionKind, ConditionOptions, DocTypeMeta, HostContext, MessageOptions};
use super::look_up;
use super::writing;
use super::{
    ConditionReport, LookComparison, MessageReport, ReplayOptions, ReplayReport, condition as conditions,
    message as messages,
};
use crate::condition;
use crate::host::value_change::{ValueChange, value_change};
use crate::host::{Context, DocType, Document, Metas, State, comments, document_type, links};
use crate::message::{self, Inputs};
use crate::python::{Budget, Value};
use crate::services::{self, ServiceName};

/// `Desk` of the contract: the site and the person.
#[derive(Debug)]
pub struct Desk {
    context: Rc<Context>,
}

/// `OpenDocument` of the contract: a document typed once and read at every keystroke.
#[derive(Debug)]
pub struct OpenDocument {
    document: Rc<Document>,
    context: Rc<Context>,
}

/// What `statesFor` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct States {
    /// The state that the condition sees: `stored`, `posted` or `inserted`.
    pub condition: &'static str,
    /// The state that the message sees.
    pub message: &'static str,
}

/// A state by the name that the contract gives it.
///
/// # Errors
/// A sentence for the page's author.
pub fn document_state(name: &str) -> Result<State, String> {
    match name {
        "stored" => Ok(State::Stored),
        "posted" => Ok(State::Posted),
        "inserted" => Ok(State::Inserted),
        _ => Err(format!("state: expected stored, posted or inserted, but found {name}")),
    }
}

impl Desk {
    /// A desk for one site and person.
    ///
    /// # Errors
    /// A sentence for the page's author when the context cannot be read.
    pub fn new(context: HostContext) -> Result<Self, String> {
        Ok(Self { context: Rc::new(context.into_core()?) })
    }

    /// Moves the clock.
    ///
    /// # Errors
    /// A sentence for the page's author when `now` is not a wall clock.
    pub fn set_now(&mut self, now: &str) -> Result<(), String> {
        let now = document_type::moment(now).ok_or("setNow: expected a wall clock such as 2026-11-20T10:30:00")?;
        Rc::make_mut(&mut self.context).now = now;
        Ok(())
    }

    /// Types a document.
    pub fn open(&self, doc: &Map<String, Json>, metas: Vec<DocTypeMeta>, state: State) -> OpenDocument {
        self.open_in_save(doc, metas, state, None)
    }

    /// Types a document that is being saved; `before` is what the database holds meanwhile, where the page knows that.
    pub fn open_in_save(
        &self,
        doc: &Map<String, Json>,
        metas: Vec<DocTypeMeta>,
        state: State,
        before: Option<&Map<String, Json>>,
    ) -> OpenDocument {
        let metas = Rc::new(read_metas(metas));
        let open = |doc, state| document_type::open(doc, &metas, state, &self.context);
        let before = before.map(|before| Rc::new(open(before, State::Stored)));
        OpenDocument { document: Rc::new(Document { before, ..open(doc, state) }), context: Rc::clone(&self.context) }
    }

    /// Which states a notification's condition and message see (host.md 2). An event that is not known here reads what
    /// the database holds, as the scheduled events do.
    pub fn states_for(&self, event: &str) -> States {
        let (condition, message) = match event {
            "New" => ("inserted", "stored"),
            "Save" | "Submit" | "Cancel" | "Method" => ("posted", "stored"),
            "Value Change" => ("posted", "posted"),
            _ => ("stored", "stored"),
        };
        States { condition, message }
    }

    /// Whether the host accepts a condition when the Notification is saved.
    pub fn validate_condition(
        &self,
        source: &str,
        metas: Vec<DocTypeMeta>,
        options: &ConditionOptions,
    ) -> ConditionReport {
        let metas = Rc::new(read_metas(metas));
        conditions::report(condition::validate(source, &metas, &self.context, &self.options(options)), source)
    }

    /// Whether the host accepts a template when the Notification is saved.
    pub fn validate_template(&self, source: &str) -> MessageReport {
        messages::report(message::validate(source, &self.context), source, self.context.language)
    }

    /// Types many documents.
    pub fn open_all(&self, docs: &[Map<String, Json>], metas: Vec<DocTypeMeta>, state: State) -> Batch {
        let mut batch = Batch {
            table: condition::Table::default(),
            metas: Rc::new(read_metas(metas)),
            state,
            context: Rc::clone(&self.context),
        };
        batch.append(docs);
        batch
    }

    /// Tries a condition on many documents.
    pub fn replay(
        &self,
        source: &str,
        docs: &[Map<String, Json>],
        metas: Vec<DocTypeMeta>,
        state: State,
        options: &ConditionOptions,
    ) -> ReplayReport {
        let options =
            ReplayOptions { kind: options.kind, server_scripts: options.server_scripts, ..ReplayOptions::default() };
        self.open_all(docs, metas, state).replay(source, &options)
    }

    fn options(&self, options: &ConditionOptions) -> condition::Options {
        core_options(options, &self.context)
    }
}

impl OpenDocument {
    /// Renders a message.
    pub fn render_message(&self, template: &str, options: &MessageOptions) -> MessageReport {
        let report = self.rendered(template, options);
        match options.service.as_deref().and_then(ServiceName::from_name) {
            Some(service) => {
                let link = self.link(Some(service), options);
                messages::report_for(service, report, template, &link, &self.context)
            }
            None => messages::report(report, template, self.context.language),
        }
    }

    /// Renders a message and compares how the chats draw it.
    pub fn compare_looks(&self, template: &str, options: &MessageOptions) -> LookComparison {
        let link = self.link(None, options).flatten();
        messages::compared(self.rendered(template, options), template, link.as_deref(), &self.context)
    }

    fn rendered(&self, template: &str, options: &MessageOptions) -> message::Report {
        let inputs = Inputs {
            // The form does not post the column that holds them.
            comments: options
                .comments
                .as_deref()
                .filter(|_| self.document.state != State::Posted)
                .map_or(Value::None, comments::comments),
            alert: options.alert.as_ref().map_or(Value::None, |alert| self.alert(alert)),
            answers: look_up::answers(&options.answers),
        };
        message::render(template, &self.document, &inputs, &self.context)
    }

    /// The link is the host's habit: Dodock always adds it. The inner `None` says that only the server knows it yet.
    fn link(&self, service: Option<ServiceName>, options: &MessageOptions) -> Option<Option<String>> {
        // What an old Frappe knows too may be posted to by either doctype, and their addresses differ.
        let old = service.and_then(services::by_name).is_some_and(|service| service.facts().in_old_frappe);
        let address = if old { links::document_url } else { links::document_url_of_many_chats };
        options.document_link.unwrap_or(true).then(|| address(&self.context, &self.document))
    }

    /// The Notification itself, which the host has read from its database.
    fn alert(&self, alert: &Map<String, Json>) -> Value {
        let doctype = DocType { name: String::from("Notification"), ..DocType::default() };
        let metas = Rc::new(Metas::new(vec![doctype]));
        // A notification runs for documents of its own type, whatever its form says meanwhile.
        let mut alert = alert.clone();
        alert.insert(String::from("document_type"), Json::from(self.document.doctype.name.clone()));
        Value::object(document_type::open(&alert, &metas, State::Stored, &self.context))
    }

    /// Evaluates a condition.
    pub fn check_condition(&self, source: &str, options: &ConditionOptions) -> ConditionReport {
        let options = core_options(options, &self.context);
        conditions::report(condition::check(source, &self.document, &self.context, &options), source)
    }

    /// What saving it means for a notification that waits for `fieldname` to change, as the contract names it.
    pub fn value_change(&self, fieldname: &str) -> &'static str {
        match value_change(&self.document, fieldname, &Budget::default()) {
            ValueChange::Changed => "changed",
            ValueChange::Same => "same",
            ValueChange::New => "new",
            ValueChange::NoColumn => "no-column",
            ValueChange::Version => "version",
            ValueChange::Unknown => "unknown",
        }
    }

    /// The fields that can be written at a UTF-16 offset of a text.
    ///
    /// # Errors
    /// A sentence for the page's author.
    pub fn fields(&self, kind: &str, source: &str, offset: usize) -> Result<writing::FieldChoices, String> {
        Ok(writing::fields(writing::kind_of(kind)?, source, offset, &self.document))
    }

    /// What a name that was begun at a UTF-16 offset of a text can become.
    ///
    /// # Errors
    /// A sentence for the page's author.
    pub fn complete(&self, kind: &str, source: &str, offset: usize) -> Result<writing::Completion, String> {
        Ok(writing::complete(writing::kind_of(kind)?, source, offset, &self.document))
    }
}

/// `Batch` of the contract: many documents, typed once, to try conditions on.
#[derive(Debug)]
pub struct Batch {
    table: condition::Table,
    metas: Rc<Metas>,
    state: State,
    context: Rc<Context>,
}

impl Batch {
    /// Types more documents.
    pub fn append(&mut self, docs: &[Map<String, Json>]) {
        self.table.extend(docs.iter().map(|doc| document_type::open(doc, &self.metas, self.state, &self.context)));
    }

    /// How many documents it holds.
    pub fn length(&self) -> usize {
        self.table.documents().len()
    }

    /// Tries a condition on all documents, or on `count` of them from `from` on.
    pub fn replay(&self, source: &str, options: &ReplayOptions) -> ReplayReport {
        let from = options.from.unwrap_or(0).min(self.length());
        let to = from.saturating_add(options.count.unwrap_or(usize::MAX)).min(self.length());
        let core = ConditionOptions { kind: options.kind, server_scripts: options.server_scripts };
        let core = core_options(&core, &self.context);
        conditions::replay(source, from..to, &condition::Prepared::new(source, &self.table, &self.context, &core))
    }

    /// Evaluates a condition on one of the documents; `None` when there is no such document.
    pub fn check_condition(&self, index: usize, source: &str, options: &ConditionOptions) -> Option<ConditionReport> {
        let document = self.table.documents().get(index)?;
        let options = core_options(options, &self.context);
        Some(conditions::report(condition::check(source, document, &self.context, &options), source))
    }
}

fn core_options(options: &ConditionOptions, context: &Context) -> condition::Options {
    condition::Options {
        filters: options.kind == Some(ConditionKind::Filters),
        server_scripts: options.server_scripts.or(context.server_scripts),
    }
}

fn read_metas(metas: Vec<DocTypeMeta>) -> Metas {
    Metas::new(metas.into_iter().map(Into::into).collect())
}
