//! Any text as a condition, on the documents of the case files and on the blank one.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| deskbell_fuzz::condition(bytes));
