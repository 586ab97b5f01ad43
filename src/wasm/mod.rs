//! The border to JavaScript: every export unpacks, calls [`crate::api`] and packs. Only here are `JsValue`s seen.
//!
//! A conversion that fails throws inside the function, never in the generated glue: a failing glue would leak the
//! instance. What a page's author got wrong is a `TypeError`; what a person got wrong is data.

mod convert;
mod delivery;
mod desk;

use wasm_bindgen::prelude::*;

/// The types that pages program against; the generated glue adds `init` and `initSync`.
#[wasm_bindgen(typescript_custom_section)]
const CONTRACT: &str = include_str!("contract.d.ts");

/// The version of the package.
#[wasm_bindgen(skip_typescript)]
pub fn version() -> String {
    crate::api::version().to_owned()
}

/// `words(lang?)`
#[wasm_bindgen(skip_typescript)]
pub fn words(lang: Option<String>) -> Result<JsValue, JsValue> {
    convert::answer(&crate::api::words(lang.as_deref()))
}
