//! Assembles `pkg/`: the WebAssembly module, its glue and types, and the plugin's own JavaScript.

use std::path::Path;

use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::workspace::{Outcome, cargo, files_below, path, read, run, write};

/// A profile of `Cargo.toml`: `release` is what ships, `demo` is built again in seconds.
#[derive(Clone, Copy)]
pub enum Profile {
    /// For a person who changes a line and looks at the page.
    Demo,
    /// For everything else.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Release => "release",
        }
    }
}

/// Compiles the crate and fills `pkg/` anew.
pub fn build(profile: Profile) -> Outcome {
    let what = [
        "--package",
        "deskbell",
        "--target",
        "wasm32-unknown-unknown",
        "--target-dir",
        "target",
        "--profile",
        profile.name(),
    ];
    let mut command = cargo(&["build", "--quiet"]);
    command.args(what);
    run(command)?;
    let folder = path("pkg");
    for old in files_below(&folder).iter().filter(|name| *name != ".gitignore") {
        std::fs::remove_file(folder.join(old)).map_err(|error| format!("could not remove pkg/{old}: {error}"))?;
    }
    generate(&format!("target/wasm32-unknown-unknown/{}/deskbell.wasm", profile.name()), &folder)?;
    copy_plugin(&folder)?;
    for name in ["LICENSE", "README.md"] {
        if path(name).exists() {
            write(&folder.join(name), &read(&path(name))?)?;
        }
    }
    write(&folder.join("package.json"), manifest(&folder)?.as_bytes())
}

/// Writes `deskbell.js`, `deskbell_bg.wasm` and `deskbell.d.ts`.
fn generate(module: &str, folder: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(path(module))
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    let generated = bindgen.web(true).and_then(|bindgen| bindgen.generate(folder));
    generated.map_err(|error| format!("could not generate the glue of {module}: {error:#}"))
}

/// Copies `www/plugin/**` beside the glue, where its imports expect it.
fn copy_plugin(folder: &Path) -> Outcome {
    let plugin = path("www/plugin");
    for name in files_below(&plugin) {
        write(&folder.join(&name), &read(&plugin.join(&name))?)?;
    }
    Ok(())
}

/// The npm manifest, from what the crate's own manifest says.
fn manifest(folder: &Path) -> Outcome<String> {
    let metadata = metadata()?;
    let field = |name: &str| metadata.get(name).cloned().unwrap_or(Value::Null);
    let entry = if folder.join("plugin.js").exists() { "./plugin.js" } else { "./deskbell.js" };
    let manifest = json!({
        "name": field("name"),
        "version": field("version"),
        "description": field("description"),
        "license": field("license"),
        "type": "module",
        "types": "./deskbell.d.ts",
        "sideEffects": ["./plugin.js", "./elements/*.js"],
        "exports": {
            ".": entry,
            "./deskbell.js": { "types": "./deskbell.d.ts", "default": "./deskbell.js" },
            "./*": "./*",
        },
    });
    serde_json::to_string_pretty(&manifest).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// The version of the crate, which everything that ships repeats.
pub fn version() -> Outcome<String> {
    let metadata = metadata()?;
    let version = metadata.get("version").and_then(Value::as_str);
    version.map(str::to_owned).ok_or_else(|| "cargo metadata names no version of deskbell".to_owned())
}

/// The `package` entry of the crate in `cargo metadata`.
fn metadata() -> Outcome<Value> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"]).output();
    let output = output.map_err(|error| format!("could not start cargo metadata: {error}"))?;
    let all: Value = serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = all.get("packages").and_then(Value::as_array).cloned().unwrap_or_default();
    let ours = packages.into_iter().find(|package| package.get("name").is_some_and(|name| name == "deskbell"));
    ours.ok_or_else(|| "cargo metadata does not know the package deskbell".to_owned())
}
