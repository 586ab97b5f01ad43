//! `cargo xtask`: builds the package, serves the demo and runs every check of deskbell.
#![forbid(unsafe_code)]
// A command-line tool speaks through its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bundle;
mod checks;
mod client_script;
mod desk;
mod frappe_app;
mod fuzz;
mod http;
mod licences;
mod package;
mod size;
mod standin;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask build              compile to WebAssembly and assemble pkg/
       cargo xtask bench              measure the package beside its peers
       cargo xtask client-script      make the scripts and the two files that an administrator uploads to a desk
       cargo xtask demo [--port N]    serve the demo desk, with stand-in chats behind it
       cargo xtask frappe-app         make the app that bench installs into a desk
       cargo xtask fuzz [TARGET] [SECONDS]
                                      hunt for panics from the case files (600 seconds each)
       cargo xtask size               say how many bytes pkg/ sends to a page
       cargo xtask test [--full] [STEP]...
                                      run every check, or the named ones; --full compares with the host's libraries
                                      at length, with a new seed each time";

/// How long a target is run when nobody says.
const FUZZ_SECONDS: u32 = 600;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["build"] => {
            package::build(package::Profile::Release).and_then(|()| size::report()).map(|report| println!("{report}"))
        }
        ["bench"] => package::build(package::Profile::Release).and_then(|()| checks::bench()),
        ["client-script"] => for_a_desk(client_script::build),
        ["demo"] => demo(0),
        ["demo", "--port", port] => port.parse().map_err(|_| USAGE.to_owned()).and_then(demo),
        ["frappe-app"] => for_a_desk(frappe_app::build),
        ["fuzz"] => fuzz::run(None, FUZZ_SECONDS),
        ["fuzz", word] => match word.parse() {
            Ok(seconds) => fuzz::run(None, seconds),
            Err(_) => fuzz::run(Some(word), FUZZ_SECONDS),
        },
        ["fuzz", target, seconds] => {
            seconds.parse().map_err(|_| USAGE.to_owned()).and_then(|seconds| fuzz::run(Some(target), seconds))
        }
        ["test", "--full", names @ ..] => checks::run(names, true),
        ["test", names @ ..] => checks::run(names, false),
        ["size"] => size::report().map(|report| println!("{report}")),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            if !sentence.is_empty() {
                eprintln!("{sentence}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Builds the package and what a desk is given of it.
fn for_a_desk(make: fn() -> workspace::Outcome<String>) -> workspace::Outcome {
    checks::tools()?;
    package::build(package::Profile::Release)?;
    make().map(|report| println!("{report}"))
}

/// Builds, serves, says where, and stays until it is interrupted.
fn demo(port: u16) -> workspace::Outcome {
    package::build(package::Profile::Demo)?;
    let desk = desk::start(port)?;
    println!("The desk is at {}/   (Ctrl+C ends it)", desk.address);
    for (name, chat) in desk.chats.get("chats").and_then(serde_json::Value::as_object).into_iter().flatten() {
        let channel = chat.get("channel").and_then(serde_json::Value::as_str).unwrap_or_default();
        println!("  {name:16} {channel}");
    }
    loop {
        std::thread::park();
    }
}
