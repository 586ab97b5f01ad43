//! What the page knows about the site and the person: the clock, the language, the defaults, the translations.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use crate::language::Language;
use crate::python::datetime::DateTime;

/// Which host the plugin runs in; names, guards and messages differ in places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// Dodock and Dokos.
    #[default]
    Dodock,
    /// Frappe.
    Frappe,
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
    /// The website's app name, that Discord messages carry.
    pub app_name: Option<String>,
    /// The website's logo, that Discord messages carry.
    pub app_logo: Option<String>,
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
}
