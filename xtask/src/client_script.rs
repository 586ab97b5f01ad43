//! What an administrator without the server installs: two files to upload, and a Client Script for each form.

use crate::bundle;
use crate::licences;
use crate::package;
use crate::workspace::{Outcome, files_below, path, read, write};

/// Where all of it is put.
pub const FOLDER: &str = "target/client-script";

/// The forms, on whichever of the hosts: the file's name and the doctype.
const FORMS: [(&str, &str); 4] = [
    ("notification", "Notification"),
    ("incoming-webhook-url", "Incoming Webhook URL"),
    ("notification-webhook-url", "Notification Webhook URL"),
    ("slack-webhook-url", "Slack Webhook URL"),
];

/// Fills [`FOLDER`] from `pkg/`.
pub fn build() -> Outcome<String> {
    let version = package::version()?;
    let bundle = bundle::make()?;
    let folder = path(FOLDER);
    for old in files_below(&folder) {
        std::fs::remove_file(folder.join(&old)).map_err(|error| format!("could not remove {FOLDER}/{old}: {error}"))?;
    }
    for file in [&bundle.script, &bundle.engine] {
        write(&folder.join("upload").join(&file.name), &file.bytes)?;
    }
    write(&folder.join(licences::NOTICES), &read(&path("pkg").join(licences::NOTICES))?)?;
    let (script_url, engine_url) = (format!("/files/{}", bundle.script.name), format!("/files/{}", bundle.engine.name));
    let script = bundle::form_script(&script_url, &engine_url)?;
    for (name, doctype) in FORMS {
        let text = format!("{}{script}", head(&version, doctype, &bundle.script.name, &bundle.engine.name));
        write(&folder.join(format!("{name}.js")), text.as_bytes())?;
    }
    Ok(format!(
        "{}\n{}\nthe scripts are in {FOLDER}, the files in {FOLDER}/upload",
        bundle.script.line()?,
        bundle.engine.line()?
    ))
}

/// What the administrator reads on top of a script.
fn head(version: &str, doctype: &str, script: &str, engine: &str) -> String {
    let list = if doctype == "Notification" {
        String::new()
    } else {
        "// A second Client Script with this text, applied to \"List\", has it in the dialog that \"New\" opens in the list.\n".to_owned()
    };
    format!(
        "// Deskbell {version}, a Client Script for the DocType \"{doctype}\", applied to \"Form\".\n\
         {list}\
         // It needs two files in the File list: {script} and {engine}.\n\
         // If the list shows other URLs for them, write those between the quotes below.\n"
    )
}
