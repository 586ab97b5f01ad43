//! The methods of a `Document` that a condition or a message may call, and the names of those that we do not have.

use std::rc::Rc;

use super::Document;
use super::document::Slot;
use super::document_type::is_table;
use crate::python::{Arguments, Function, Outcome, Stop, Value, operators};

/// The method called `name`, bound to the document; `None` when a plain document has no such attribute.
///
/// # Errors
/// `Unsupported` for an attribute that the class has and this engine does not.
pub fn method(document: &Document, name: &str) -> Outcome<Option<Value>> {
    match name {
        "get" => Ok(Some(get(document))),
        "is_new" => {
            let new = document.state == super::State::Inserted;
            Ok(Some(Function::python("is_new", move |arguments: Arguments, _| {
                arguments.bind("is_new", &[], 0)?;
                Ok(if new { Value::Bool(true) } else { Value::None })
            })))
        }
        name if ATTRIBUTES.binary_search(&name).is_ok() => Err(Stop::unsupported(format!("doc.{name}"))),
        _ => Ok(None),
    }
}

/// `doc.get(key, filters=None, limit=None, default=None)`. A filter that is not a dict is the default, as on the host.
fn get(document: &Document) -> Value {
    let values = Rc::clone(&document.values);
    let tables: Rc<[String]> = document
        .doctype
        .fields
        .iter()
        .filter(|field| is_table(&field.fieldtype))
        .map(|field| field.fieldname.clone())
        .collect();
    Function::python("get", move |arguments: Arguments, _| {
        let mut arguments = arguments.bind("Document.get", &["key", "filters", "limit", "default"], 1)?.into_iter();
        let (key, filters, limit, default) = (arguments.next(), arguments.next(), arguments.next(), arguments.next());
        let key = match key.flatten() {
            Some(Value::Str(key)) if key.starts_with('_') => {
                return Err(Stop::unsupported("doc.get of a private name"));
            }
            Some(Value::Str(key)) => key,
            Some(Value::None | Value::Int(_) | Value::Float(_) | Value::Bool(_)) => return Ok(Value::None),
            _ => return Err(Stop::unsupported("doc.get of a key that is not a text")),
        };
        if limit.flatten().map(|limit| operators::truth(&limit)).transpose()? == Some(true) {
            return Err(Stop::unsupported("doc.get with a limit"));
        }
        let default = match filters.flatten() {
            Some(filters) if operators::truth(&filters)? => match filters {
                Value::Dict(_) => return Err(Stop::unsupported("doc.get with filters")),
                default => Some(default),
            },
            _ => default.flatten(),
        };
        let value = values.get(&*key).map(Slot::get).transpose()?.or(default).unwrap_or(Value::None);
        let empty_table = matches!(value, Value::None) && tables.iter().any(|table| **table == *key);
        Ok(if empty_table { Value::list(Vec::new()) } else { value })
    })
}

/// Attributes of Frappe's `Document` and `BaseDocument` (v15, Dodock 3.40), sorted: a name that is here exists on every
/// document, so its absence must never be told.
const ATTRIBUTES: &[&str] = &[
    "add_comment",
    "add_seen",
    "add_tag",
    "add_viewed",
    "append",
    "apply_fieldlevel_read_permissions",
    "as_dict",
    "as_json",
    "cancel",
    "cast",
    "check_docstatus_transition",
    "check_if_latest",
    "check_if_locked",
    "check_no_back_links_exist",
    "check_permission",
    "clear_cache",
    "copy_attachments_from_amended_from",
    "db_get",
    "db_insert",
    "db_set",
    "db_update",
    "db_update_all",
    "delete",
    "delete_key",
    "discard",
    "dont_update_if_missing",
    "extend",
    "flags",
    "get_all_children",
    "get_assigned_users",
    "get_db_value",
    "get_doc_before_save",
    "get_document_share_key",
    "get_field_name_by_key_name",
    "get_formatted",
    "get_invalid_links",
    "get_label_from_fieldname",
    "get_latest",
    "get_liked_by",
    "get_onload",
    "get_parentfield_of_doctype",
    "get_password",
    "get_permissions",
    "get_permlevel_access",
    "get_signature",
    "get_table_field_doctype",
    "get_tags",
    "get_title",
    "get_url",
    "get_valid_columns",
    "get_valid_dict",
    "get_value",
    "get_value_before_save",
    "getone",
    "has_permission",
    "has_permlevel_access_to",
    "has_value_changed",
    "hook",
    "ignore_in_getter",
    "ignore_in_setter",
    "in_format_data",
    "init_child_tables",
    "init_valid_columns",
    "insert",
    "is_child_table_same",
    "is_dummy_password",
    "is_locked",
    "is_print_hide",
    "is_whitelisted",
    "load_doc_before_save",
    "load_from_db",
    "lock",
    "log_error",
    "mask_fields",
    "meta",
    "notify_update",
    "permitted_fieldnames",
    "precision",
    "queue_action",
    "raise_no_permission_to",
    "reload",
    "remove",
    "remove_tag",
    "rename",
    "reset_seen",
    "reset_values_if_no_permlevel_access",
    "round_floats_in",
    "run_before_save_methods",
    "run_method",
    "run_notifications",
    "run_post_save_methods",
    "run_trigger",
    "save",
    "save_version",
    "set",
    "set_docstatus",
    "set_fetch_from_value",
    "set_name_in_children",
    "set_new_name",
    "set_onload",
    "set_parent_in_children",
    "set_title_field",
    "set_user_and_timestamp",
    "show_unique_validation_message",
    "submit",
    "unlock",
    "update",
    "update_child_table",
    "update_children",
    "update_if_missing",
    "update_modified",
    "update_single",
    "validate_from_to_dates",
    "validate_higher_perm_levels",
    "validate_set_only_once",
    "validate_table_has_rows",
    "validate_update_after_submit",
    "validate_value",
    "validate_workflow",
];

#[cfg(test)]
mod tests {
    use super::ATTRIBUTES;

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(ATTRIBUTES.is_sorted());
    }
}
