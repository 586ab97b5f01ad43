//! Any values in a document and any settings of the site, read by any message.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| deskbell_fuzz::host(bytes));
