//! Any text as a message, on the documents of the case files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| deskbell_fuzz::message(bytes));
