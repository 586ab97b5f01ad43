//! `cargo xtask`: builds the package, serves the demo and runs every check of deskbell.
#![forbid(unsafe_code)]
// A command-line tool speaks through its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod package;
mod size;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask build    compile to WebAssembly and assemble pkg/
       cargo xtask size     say how many bytes pkg/ sends to a page";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["build"] => package::build().and_then(|()| size::report()).map(|report| println!("{report}")),
        ["size"] => size::report().map(|report| println!("{report}")),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
