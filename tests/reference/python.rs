//! The Python that the comparisons ask, and the libraries of the host's that they ask it about, from PyPI.
//!
//! The Python is `python3`, or the one that `DESKBELL_PYTHON` names. What is missing is installed below the target folder;
//! where that cannot be done, a script ends with status 3 and its comparison skips and says so.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// A folder below `target/python-packages`, a module that it then holds, and what pip is asked for.
pub struct Library(&'static str, &'static str, &'static [&'static str]);

/// What writes dates and reads texts as dates on the host.
pub const DATES: &[Library] =
    &[Library("dates", "babel", &["Babel==2.12.1", "python-dateutil==2.8.2", "pytz==2022.1"])];
/// What renders messages on the host.
pub const JINJA: &[Library] = &[Library("jinja", "jinja2", &["jinja2==3.1.6", "markupsafe==2.1.5"])];
/// What cleans and converts HTML on the host. It takes any markdown2 2.4, so what the first and the last of them read
/// differently has no certain answer. A Raven site may have 2.5 too.
pub const MARKUP: &[Library] = &[
    Library(
        "markup",
        "bleach",
        &["bleach==3.3.1", "bleach-allowlist==1.0.3", "html5lib==1.1", "markdownify==0.11.6", "beautifulsoup4==4.9.3"],
    ),
    Library("markdown2-2.4.0", "markdown2.py", &["markdown2==2.4.0"]),
    Library("markdown2-2.4.13", "markdown2.py", &["markdown2==2.4.13"]),
    Library("markdown2-2.5.5", "markdown2.py", &["markdown2==2.5.5"]),
];
/// What writes numbers in words on the host, which takes any of these.
pub const NUMBER_WORDS: &[Library] = &[
    Library("number-words/0.5.10", "num2words", &["--no-deps", "num2words==0.5.10"]),
    Library("number-words/0.5.11", "num2words", &["--no-deps", "num2words==0.5.11"]),
    Library("number-words/0.5.12", "num2words", &["--no-deps", "num2words==0.5.12"]),
    Library("number-words/0.5.13", "num2words", &["--no-deps", "num2words==0.5.13"]),
    Library("number-words/0.5.14", "num2words", &["--no-deps", "num2words==0.5.14"]),
];
/// What compiles conditions on the host.
pub const RESTRICTED: &[Library] = &[Library("restricted", "RestrictedPython", &["RestrictedPython==6.2"])];

/// A setting of the run.
pub fn variable(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

fn python() -> Command {
    let mut command = Command::new(variable("DESKBELL_PYTHON", "python3"));
    command.env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// A script of this folder, with its libraries on Python's path.
pub fn script(name: &str, libraries: &[Library]) -> Command {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python-packages");
    let mut folders = vec![packages.clone()];
    folders.extend(libraries.iter().map(|library| installed(library, &packages)));
    let mut command = python();
    command.env("PYTHONPATH", std::env::join_paths(folders).unwrap());
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name));
    command
}

/// The folder of a library, which is filled when it is not yet.
fn installed(Library(folder, module, packages): &Library, all: &Path) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let folder = all.join(folder);
    let guard = ONE_AT_A_TIME.lock();
    if !folder.join(module).exists() {
        let mut pip = python();
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]).arg(&folder);
        // What goes wrong shows in the script, which ends with status 3.
        let _ = pip.args(*packages).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
    drop(guard);
    folder
}

/// What a script says to an input, or `None` when there is no Python or no library for it.
pub fn answer(mut command: Command, input: &str) -> Option<String> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().ok()?;
    let (mut pipe, input) = (child.stdin.take()?, input.to_owned());
    // A script may answer while it reads: the pipe is filled from a thread, so that neither waits for the other.
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    let written = writer.join().unwrap();
    if output.status.code() == Some(3) {
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    written.unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

/// What a script says, or `None` when there is no Python or no library for it.
pub fn lines(command: Command) -> Option<String> {
    answer(command, "")
}
