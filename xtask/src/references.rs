//! The libraries that the host itself uses, from PyPI: what `tests/reference` compares with.

use std::path::PathBuf;

use crate::workspace::{captured, path, program};

/// A folder below `target/python-packages`, what it then holds, and what pip is asked for.
type Library = (&'static str, &'static str, &'static [&'static str]);

/// The host asks for some libraries by a range of versions; where they differ there is no certain answer, so each one
/// that is compared with has a folder of its own.
const LIBRARIES: [Library; 10] = [
    ("", "babel", &["Babel==2.12.1", "python-dateutil==2.8.2", "pytz==2022.1"]),
    (
        "",
        "bleach",
        &["bleach==3.3.1", "bleach-allowlist==1.0.3", "html5lib==1.1", "markdownify==0.11.6", "beautifulsoup4==4.9.3"],
    ),
    ("", "jinja2", &["jinja2==3.1.6", "markupsafe==3.0.3"]),
    ("markdown2-2.4.0", "markdown2.py", &["markdown2==2.4.0"]),
    ("markdown2-2.4.13", "markdown2.py", &["markdown2==2.4.13"]),
    ("number-words/0.5.10", "num2words", &["--no-deps", "num2words==0.5.10"]),
    ("number-words/0.5.11", "num2words", &["--no-deps", "num2words==0.5.11"]),
    ("number-words/0.5.12", "num2words", &["--no-deps", "num2words==0.5.12"]),
    ("number-words/0.5.13", "num2words", &["--no-deps", "num2words==0.5.13"]),
    ("number-words/0.5.14", "num2words", &["--no-deps", "num2words==0.5.14"]),
];

/// Installs what is not there yet and says where all of it is. Without a Python 3.11 that can install them, the
/// comparisons skip and say so.
pub fn python_packages() -> PathBuf {
    let folder = path("target/python-packages");
    for (below, module, packages) in LIBRARIES {
        let into = folder.join(below);
        if into.join(module).exists() {
            continue;
        }
        let mut pip = program("python3", &["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip.args(["--target", &into.to_string_lossy()]).args(packages);
        // What went wrong shows as a skipped comparison; where one cannot be installed, the others cannot either.
        if !captured(pip).is_ok_and(|(good, _)| good) {
            break;
        }
    }
    folder
}
