//! What the page knows about the site and the person: the clock, the language, the defaults, the translations.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use crate::language::Language;
use crate::python::datetime::DateTime;
use crate::python::{Outcome, Stop};

/// Which host the plugin runs in; names, guards and messages differ in places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// Dodock and Dokos.
    #[default]
    Dodock,
    /// Frappe.
    Frappe,
}

/// The first part of a form's address on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskPath {
    /// `/app/chat-ticket/CT-00001`: Dodock, and Frappe before 16.
    App,
    /// `/desk/chat-ticket/CT-00001`: newer Frappe.
    Desk,
}

impl DeskPath {
    /// As it stands in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Desk => "desk",
        }
    }

    /// What the page says of itself.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::App, Self::Desk].into_iter().find(|path| path.as_str() == name)
    }
}

/// The site and the person. Data only: whoever owns it refreshes `now`.
#[derive(Debug, Clone)]
pub struct Context {
    /// `https://erp.example.com`, without a final slash.
    pub site_url: String,
    /// Wall clock in the system time zone.
    pub now: DateTime,
    /// IANA name of the system time zone.
    pub time_zone: String,
    /// The host's language code, as it stores it: `fr`, `en-IN`.
    pub lang: String,
    /// The language that the plugin answers in.
    pub language: Language,
    /// `frappe.session.user`
    pub user: String,
    /// The full name of that user, when the page knows it.
    pub full_name: Option<String>,
    /// `frappe.boot.sysdefaults`
    pub sysdefaults: Map<String, Json>,
    /// `frappe._messages`: the host's own translations.
    pub messages: HashMap<String, String>,
    /// Whether a text that `messages` lacks is known to stay as it is: the page has handed its translations over, or the
    /// language is the one that the host is written in.
    pub translations_known: bool,
    /// Whether multi-line conditions run; `None` when the page cannot know.
    pub server_scripts: Option<bool>,
    /// Which host.
    pub flavour: Flavour,
    /// Where the host's desk is; `None` in a Frappe whose page does not tell.
    pub desk_path: Option<DeskPath>,
    /// The website's app name, that Discord messages carry.
    pub app_name: Option<String>,
    /// The website's logo, that Discord messages carry.
    pub app_logo: Option<String>,
    /// By doctype, the documents that the person is restricted to; `None` when the page does not know.
    pub user_permissions: Option<Map<String, Json>>,
    /// `frappe.boot.docs`
    pub boot_docs: Vec<Map<String, Json>>,
    /// Full names by user, from `frappe.boot.user_info`.
    pub full_names: HashMap<String, String>,
}

impl Context {
    /// A text through the host's translations; the text itself when there is none.
    pub fn translate<'a>(&'a self, text: &'a str) -> &'a str {
        self.messages.get(text).map_or(text, String::as_str)
    }

    /// A default of the site or of the person; `None` when there is none.
    ///
    /// `frappe.boot.sysdefaults` is all of `frappe.defaults.get_defaults()` (frappe/boot.py), which is the table that
    /// `frappe.db.get_default` asks. So what it leaves out is not set there, and the host's functions take their own
    /// default: `date_format`, `time_format`, `number_format`, `float_precision`, `currency_precision`, `currency`.
    /// `rounding_method` and `first_day_of_the_week` are read from the System Settings instead
    /// (`frappe.get_system_settings`), which note a value in that table only when a person changes it: there, absent says
    /// nothing (see [`Self::setting`]).
    ///
    /// # Errors
    /// `Server` where the page has handed over no defaults: those of a real site are never empty.
    pub fn default_of(&self, name: &str) -> Outcome<Option<&Json>> {
        if self.sysdefaults.is_empty() {
            return Err(Stop::Server("server/site"));
        }
        Ok(self.sysdefaults.get(name).filter(|value| !value.is_null()))
    }

    /// A value of the System Settings as a text; `None` where the page does not know it.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.sysdefaults.get(name)?.as_str()
    }
}
