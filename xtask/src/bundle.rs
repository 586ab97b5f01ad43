//! The whole plugin as one JavaScript file and one WebAssembly module, named by their content: what a desk is given.
//!
//! `pkg/` stays file by file. A desk opens the form at once, and an administrator without the server uploads each file by
//! hand, so for them the files are joined, by esbuild.

use sha2::{Digest as _, Sha256};

use crate::workspace::{Outcome, captured, path, program, read};
use crate::{package, size};

/// The entry: it installs the plugin in a page, and is the engine in a Worker.
const ENTRY: &str = "pkg/hosts/one-file.js";
/// Where esbuild writes; the names by content are given afterwards.
const JOINED: &str = "target/desk/deskbell.js";
/// Letters of the digest in a name: enough that two builds never meet.
const NAME_LETTERS: usize = 10;

/// A file and the name that says what is in it.
pub struct Named {
    /// `deskbell-`, the first letters of the content's SHA-256, and the ending.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Named {
    fn new(bytes: Vec<u8>, ending: &str) -> Self {
        let digest: String = sha256(&bytes).chars().take(NAME_LETTERS).collect();
        Self { name: format!("deskbell-{digest}.{ending}"), bytes }
    }

    /// The name with both sizes, for the terminal.
    pub fn line(&self) -> Outcome<String> {
        Ok(format!("{:26} {:>9} bytes, gzip -9 {:>7}", self.name, self.bytes.len(), size::gzip(&self.bytes)?))
    }
}

/// The plugin in two files.
pub struct Bundle {
    /// An ECMAScript module with `start`, and the Worker's script.
    pub script: Named,
    /// The WebAssembly module.
    pub engine: Named,
}

/// Joins what is in `pkg/`.
pub fn make() -> Outcome<Bundle> {
    let banner = format!("--banner:js=/*! Deskbell {}, MIT licence */", package::version()?);
    let outfile = format!("--outfile={JOINED}");
    let arguments = [
        "node_modules/esbuild/bin/esbuild",
        ENTRY,
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--minify",
        "--charset=utf8",
        "--log-level=warning",
        &banner,
        &outfile,
    ];
    match captured(program("node", &arguments))? {
        (true, words) if words.trim().is_empty() => {}
        (_, words) => return Err(format!("esbuild could not join {ENTRY}:\n{words}")),
    }
    Ok(Bundle {
        script: Named::new(read(&path(JOINED))?, "js"),
        engine: Named::new(read(&path("pkg/deskbell_bg.wasm"))?, "wasm"),
    })
}

/// The script of a form, which keeps space for the plugin and brings it when the form is opened.
pub fn form_script(script_url: &str, engine_url: &str) -> Outcome<String> {
    let arguments = [
        "node_modules/esbuild/bin/esbuild",
        "integrations/form-script.js",
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
    ];
    let joined = match captured(program("node", &arguments))? {
        (true, words) => words.replace("/* @__PURE__ */ ", ""),
        (false, words) => return Err(format!("esbuild could not join integrations/form-script.js:\n{words}")),
    };
    let script = format!(
        ";(() => {{\nconst SCRIPT = '{script_url}';\nconst ENGINE = '{engine_url}';\n\n{}\n}})();\n",
        joined.trim_end()
    );
    // The desk replaces `{%` and `{{` in the scripts of an app.
    if script.contains("{%") || script.contains("{{") {
        return Err("integrations/form-script.js has braces that the desk reads".to_owned());
    }
    Ok(script)
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_is_in_the_file() {
        // The digest of "abc" is the example of FIPS 180-2.
        assert_eq!(Named::new(b"abc".to_vec(), "js").name, "deskbell-ba7816bf8f.js");
    }
}
