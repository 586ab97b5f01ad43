//! What the page hands over: the site, the doctypes, the options. Unknown keys are ignored, so a page may hand over
//! more than is read; what is null is taken for absent.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};

use super::look_up::ServerAnswer;
use crate::host::{Context, DeskPath, DocType, Field, Flavour, document_type};
use crate::language::Language;

/// A value that may be null: then it is the default, as where the key is absent.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(given: D) -> Result<T, D::Error> {
    Option::deserialize(given).map(Option::unwrap_or_default)
}

/// `HostContext` of the contract.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HostContext {
    /// `https://erp.example.com`
    pub site_url: String,
    /// Wall clock in the system time zone, `2026-11-20T10:30:00`.
    pub now: String,
    /// IANA name.
    #[serde(default, deserialize_with = "or_default")]
    pub time_zone: String,
    /// The host's language code.
    #[serde(default, deserialize_with = "or_default")]
    pub lang: String,
    /// The person.
    pub user: UserContext,
    /// `frappe.boot.sysdefaults`
    #[serde(default, deserialize_with = "or_default")]
    pub sysdefaults: Map<String, Json>,
    /// `frappe._messages`
    #[serde(default)]
    pub messages: Option<HashMap<String, Option<String>>>,
    /// Whether blocks run.
    #[serde(default)]
    pub server_scripts: Option<bool>,
    /// `dodock` or `frappe`
    #[serde(default)]
    pub flavour: Option<String>,
    /// `app` or `desk`
    #[serde(default)]
    pub desk_path: Option<String>,
    /// The website's app name.
    #[serde(default)]
    pub app_name: Option<String>,
    /// The website's logo.
    #[serde(default)]
    pub app_logo: Option<String>,
    /// `frappe.boot.docs`
    #[serde(default)]
    pub boot_docs: Option<Vec<Option<Map<String, Json>>>>,
    /// `frappe.boot.user.user_permissions`
    #[serde(default)]
    pub user_permissions: Option<Map<String, Json>>,
    /// `frappe.boot.user_info`
    #[serde(default)]
    pub user_info: Option<HashMap<String, Option<UserInfo>>>,
}

/// `HostContext.user` of the contract.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserContext {
    /// The user's name, an e-mail address.
    pub name: String,
    /// The full name.
    #[serde(default)]
    pub full_name: Option<String>,
}

/// A person that the page knows.
#[derive(Debug, Clone, Deserialize)]
pub struct UserInfo {
    /// The full name.
    #[serde(default)]
    pub fullname: Option<String>,
}

/// `DocTypeMeta` of the contract.
#[derive(Debug, Clone, Deserialize)]
pub struct DocTypeMeta {
    /// `Sales Invoice`
    pub name: String,
    /// Whether its documents are rows of another.
    #[serde(default)]
    pub istable: Option<Json>,
    /// Whether the site made it itself.
    #[serde(default)]
    pub custom: Option<Json>,
    /// Whether its documents are submitted.
    #[serde(default)]
    pub is_submittable: Option<Json>,
    /// The field whose value names a document to people.
    #[serde(default)]
    pub title_field: Option<String>,
    /// Its fields.
    #[serde(default)]
    pub fields: Option<Vec<Option<FieldMeta>>>,
}

/// One entry of `DocTypeMeta.fields`.
#[derive(Debug, Clone, Deserialize)]
pub struct FieldMeta {
    /// The name in code; layout fields may have none.
    #[serde(default)]
    pub fieldname: Option<String>,
    /// `Data`, `Date`...
    #[serde(default)]
    pub fieldtype: Option<String>,
    /// The name people read.
    #[serde(default)]
    pub label: Option<String>,
    /// Choices, doctype or currency field.
    #[serde(default)]
    pub options: Option<String>,
    /// Decimals.
    #[serde(default)]
    pub precision: Option<Json>,
    /// The value of a new document.
    #[serde(default)]
    pub default: Option<Json>,
    /// Whether it may change on a submitted document.
    #[serde(default)]
    pub allow_on_submit: Option<Json>,
    /// Whether saving leaves its HTML alone.
    #[serde(default)]
    pub ignore_xss_filter: Option<Json>,
    /// Whether a duration is shown without days.
    #[serde(default)]
    pub hide_days: Option<Json>,
    /// Whether a duration is shown without seconds.
    #[serde(default)]
    pub hide_seconds: Option<Json>,
    /// Whether zero is shown as nothing.
    #[serde(default)]
    pub print_hide_if_no_value: Option<Json>,
    /// Whether the server computes it instead of storing it.
    #[serde(default)]
    pub is_virtual: Option<Json>,
    /// Who may read it.
    #[serde(default)]
    pub permlevel: Option<Json>,
}

/// What a condition is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ConditionKind {
    /// A Python expression or block.
    Python,
    /// The filter editor's JSON.
    Filters,
}

/// `ConditionOptions` of the contract.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConditionOptions {
    /// Python when it is not given.
    #[serde(rename = "type")]
    pub kind: Option<ConditionKind>,
    /// Whether blocks run.
    pub server_scripts: Option<bool>,
}

/// `MessageOptions` of the contract.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MessageOptions {
    /// The chat.
    pub service: Option<String>,
    /// `docinfo.comments`
    pub comments: Option<Vec<Json>>,
    /// The Notification.
    pub alert: Option<Map<String, Json>>,
    /// Whether the host adds a link to the document.
    pub document_link: Option<bool>,
    /// What the page has asked the server.
    #[serde(deserialize_with = "or_default")]
    pub answers: Vec<ServerAnswer>,
}

impl HostContext {
    /// The context of the core.
    ///
    /// # Errors
    /// A sentence for the page's author when `now` is not a wall clock.
    pub fn into_core(self) -> Result<Context, String> {
        let english = matches!(self.lang.split(['-', '_']).next(), Some("en" | ""));
        let flavour = if self.flavour.as_deref() == Some("frappe") { Flavour::Frappe } else { Flavour::Dodock };
        Ok(Context {
            now: document_type::moment(&self.now).ok_or("now: expected a wall clock such as 2026-11-20T10:30:00")?,
            site_url: self.site_url.trim_end_matches('/').to_owned(),
            time_zone: self.time_zone,
            language: Language::from_code(&self.lang),
            lang: self.lang,
            user: self.user.name,
            full_name: self.user.full_name,
            sysdefaults: self.sysdefaults,
            translations_known: self.messages.is_some() || english,
            messages: self
                .messages
                .unwrap_or_default()
                .into_iter()
                .filter_map(|(text, translation)| Some((text, translation?)))
                .collect(),
            server_scripts: self.server_scripts,
            flavour,
            desk_path: match flavour {
                Flavour::Dodock => Some(DeskPath::App),
                Flavour::Frappe => self.desk_path.as_deref().and_then(DeskPath::from_name),
            },
            app_name: self.app_name,
            app_logo: self.app_logo,
            user_permissions: self.user_permissions,
            boot_docs: self.boot_docs.unwrap_or_default().into_iter().flatten().collect(),
            full_names: self
                .user_info
                .unwrap_or_default()
                .into_iter()
                .filter_map(|(user, info)| Some((user, info?.fullname?)))
                .collect(),
        })
    }
}

impl From<DocTypeMeta> for DocType {
    fn from(meta: DocTypeMeta) -> Self {
        let field = |field: FieldMeta| {
            Some(Field {
                fieldname: field.fieldname.filter(|name| !name.is_empty())?,
                fieldtype: field.fieldtype?,
                label: field.label,
                options: field.options,
                precision: text(field.precision),
                default: text(field.default),
                allow_on_submit: is_set(field.allow_on_submit.as_ref()),
                ignore_xss_filter: is_set(field.ignore_xss_filter.as_ref()),
                hide_days: is_set(field.hide_days.as_ref()),
                hide_seconds: is_set(field.hide_seconds.as_ref()),
                hide_zero: is_set(field.print_hide_if_no_value.as_ref()),
                is_virtual: is_set(field.is_virtual.as_ref()),
                restricted: is_set(field.permlevel.as_ref()),
            })
        };
        Self {
            name: meta.name,
            is_table: is_set(meta.istable.as_ref()),
            custom: is_set(meta.custom.as_ref()),
            is_submittable: is_set(meta.is_submittable.as_ref()),
            title_field: meta.title_field,
            fields: meta.fields.unwrap_or_default().into_iter().flatten().filter_map(field).collect(),
        }
    }
}

/// The host writes its flags as 0 and 1.
fn is_set(flag: Option<&Json>) -> bool {
    match flag {
        Some(Json::Bool(flag)) => *flag,
        Some(Json::Number(flag)) => flag.as_f64() != Some(0.0),
        _ => false,
    }
}

fn text(json: Option<Json>) -> Option<String> {
    match json? {
        Json::String(text) => Some(text),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
