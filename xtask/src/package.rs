//! Assembles `pkg/`: the WebAssembly module, its glue and types, and the plugin's own JavaScript.

use std::path::Path;

use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::bundle::sha256;
use crate::checks;
use crate::licences;
use crate::workspace::{Outcome, captured, cargo, files_below, path, program, read, root, run, write};

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
    if matches!(profile, Profile::Release) {
        checks::tools()?;
        command.env("CARGO_ENCODED_RUSTFLAGS", without_places().join("\u{1f}"));
    }
    run(command)?;
    let folder = path("pkg");
    for old in files_below(&folder).iter().filter(|name| *name != ".gitignore") {
        std::fs::remove_file(folder.join(old)).map_err(|error| format!("could not remove pkg/{old}: {error}"))?;
    }
    generate(&format!("target/wasm32-unknown-unknown/{}/deskbell.wasm", profile.name()), &folder)?;
    copy_plugin(&folder)?;
    for (name, source) in [("LICENSE", "LICENSE"), ("README.md", "integrations/npm/README.md")] {
        write(&folder.join(name), &read(&path(source))?)?;
    }
    write(&folder.join(licences::NOTICES), licences::notices()?.as_bytes())?;
    if matches!(profile, Profile::Release) {
        declare(&folder)?;
        write(&folder.join("provenance.json"), provenance(&folder)?.as_bytes())?;
    }
    write(&folder.join("package.json"), manifest()?.as_bytes())
}

/// The places of the building machine, which a panic's location would carry into the module, under the same names everywhere.
fn without_places() -> Vec<String> {
    let home = std::env::var("CARGO_HOME")
        .map(Into::into)
        .or_else(|_| std::env::var("HOME").map(|home| Path::new(&home).join(".cargo")));
    let mut names = vec![format!("--remap-path-prefix={}=deskbell", root().display())];
    if let Ok(home) = home {
        let registries = home.join("registry/src");
        for registry in std::fs::read_dir(&registries).into_iter().flatten().flatten() {
            names.push(format!("--remap-path-prefix={}=crates", registry.path().display()));
        }
    }
    names
}

/// Writes the types of the plugin's JavaScript, from its comments, beside it.
fn declare(folder: &Path) -> Outcome {
    let compiler = program("node", &["node_modules/typescript/bin/tsc", "--project", "tsconfig.package.json"]);
    match captured(compiler)? {
        (true, _) if folder.join("plugin.d.ts").exists() => Ok(()),
        (_, words) => Err(format!("could not write the types of the package:\n{words}")),
    }
}

/// What the module was made of and with, so that somebody else can make it again.
fn provenance(folder: &Path) -> Outcome<String> {
    let module = read(&folder.join("deskbell_bg.wasm"))?;
    let said = |name: &str, arguments: &[&str]| match captured(program(name, arguments)) {
        Ok((true, words)) => Some(words.trim().to_owned()),
        _ => None,
    };
    let metadata = metadata()?;
    let dependencies = metadata.get("dependencies").and_then(Value::as_array).cloned().unwrap_or_default();
    let bindgen = dependencies.iter().find(|one| one.get("name").is_some_and(|name| name == "wasm-bindgen"));
    let bindgen = bindgen.and_then(|one| one.get("req")).and_then(Value::as_str).unwrap_or_default();
    let sources = ["status", "--porcelain", "--", "src", "Cargo.toml", "Cargo.lock"];
    let provenance = json!({
        "file": "deskbell_bg.wasm",
        "bytes": module.len(),
        "sha256": sha256(&module),
        "command": "cargo xtask build",
        "rustc": said("rustc", &["--version"]),
        "target": "wasm32-unknown-unknown",
        "wasmBindgen": bindgen.trim_start_matches('='),
        "cargoLockSha256": sha256(&read(&path("Cargo.lock"))?),
        "commit": said("git", &["rev-parse", "HEAD"]),
        "changedSinceCommit": said("git", &sources).map(|words| !words.is_empty()),
    });
    serde_json::to_string_pretty(&provenance).map(|text| text + "\n").map_err(|error| error.to_string())
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
fn manifest() -> Outcome<String> {
    let metadata = metadata()?;
    let field = |name: &str| metadata.get(name).cloned().unwrap_or(Value::Null);
    let manifest = json!({
        "name": field("name"),
        "version": field("version"),
        "description": field("description"),
        "keywords": field("keywords"),
        "license": field("license"),
        "type": "module",
        "types": "./plugin.d.ts",
        "sideEffects": ["./plugin.js", "./page.js", "./elements/*.js", "./*.worker.js"],
        "exports": {
            ".": { "types": "./plugin.d.ts", "default": "./plugin.js" },
            "./*.js": { "types": "./*.d.ts", "default": "./*.js" },
            "./*": "./*",
        },
        // Named, because the folder's own .gitignore would leave everything out.
        "files": ["*.js", "*.d.ts", "*.wasm", "elements", "forms", "hosts", "provenance.json", licences::NOTICES],
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
