//! Any text as the URL of a webhook, of any service, with every fix that is offered.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| deskbell_fuzz::url(bytes));
