//! The installable Frappe app: the sources of `integrations/frappe/` with the built plugin, as a git repository of its own,
//! because `bench get-app` takes an app from the root of a repository and from nowhere else.

use std::path::{Path, PathBuf};

use crate::bundle;
use crate::licences;
use crate::package;
use crate::workspace::{Outcome, captured, files_below, path, program, read, write};

/// Where the app is put; the folder's name is the app's.
pub const FOLDER: &str = "target/frappe/deskbell";

/// Fills [`FOLDER`] from `pkg/` and commits it; what a former run committed stays in its history.
pub fn build() -> Outcome<String> {
    let version = package::version()?;
    let init = String::from_utf8_lossy(&read(&path("integrations/frappe/deskbell/__init__.py"))?).into_owned();
    if !init.contains(&format!("__version__ = \"{version}\"")) {
        return Err(format!(
            "integrations/frappe/deskbell/__init__.py does not say version {version}, as Cargo.toml does"
        ));
    }
    let bundle = bundle::make()?;
    let folder = path(FOLDER);
    clear(&folder)?;
    let sources = path("integrations/frappe");
    for name in files_below(&sources).iter().filter(|name| !name.contains("__pycache__")) {
        write(&folder.join(name), &read(&sources.join(name))?)?;
    }
    write(&folder.join("LICENSE"), &read(&path("LICENSE"))?)?;
    write(&folder.join(licences::NOTICES), &read(&path("pkg").join(licences::NOTICES))?)?;
    let public = folder.join("deskbell/public");
    for file in [&bundle.script, &bundle.engine] {
        write(&public.join(&file.name), &file.bytes)?;
    }
    let url = |name: &str| format!("/assets/deskbell/{name}");
    let script = bundle::form_script(&url(&bundle.script.name), &url(&bundle.engine.name))?;
    let head = format!("// Deskbell {version}: brings the plugin when this form or list is opened. Generated.\n");
    write(&public.join("forms/deskbell.js"), (head + &script).as_bytes())?;
    commit(&folder, &version)?;
    Ok(format!("{}\n{}\nthe app is in {FOLDER}", bundle.script.line()?, bundle.engine.line()?))
}

/// Removes everything but the history.
fn clear(folder: &Path) -> Outcome {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name() == ".git" {
            continue;
        }
        let place: PathBuf = entry.path();
        let gone = if place.is_dir() { std::fs::remove_dir_all(&place) } else { std::fs::remove_file(&place) };
        gone.map_err(|error| format!("could not remove {}: {error}", place.display()))?;
    }
    Ok(())
}

/// Commits what changed, in the name of the project, whatever the person's own git is set to.
fn commit(folder: &Path, version: &str) -> Outcome {
    let git = |arguments: &[&str]| -> Outcome<String> {
        let mut command = program("git", &["-c", "user.name=Deskbell", "-c", "user.email=deskbell@example.com"]);
        command.args(["-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false"]);
        command.args(arguments).current_dir(folder);
        match captured(command)? {
            (true, words) => Ok(words),
            (false, words) => Err(format!("git {} failed in {}:\n{words}", arguments.join(" "), folder.display())),
        }
    };
    if !folder.join(".git").exists() {
        git(&["init", "--quiet", "--initial-branch", "main"])?;
    }
    git(&["add", "--all", "--force"])?;
    if git(&["status", "--porcelain"])?.trim().is_empty() {
        return Ok(());
    }
    git(&["commit", "--quiet", "--message", &format!("Deskbell {version}")]).map(|_| ())
}
