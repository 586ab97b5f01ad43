//! `Desk`, `OpenDocument` and `Batch`.

use wasm_bindgen::prelude::*;

use super::convert::{answer, document, large_options, options, read, text, type_error};
use crate::api;

/// The site and the person.
#[wasm_bindgen(skip_typescript)]
pub struct Desk(api::Desk);

/// Many documents, typed once.
#[wasm_bindgen(skip_typescript)]
pub struct Batch(api::Batch);

/// A document, typed once.
#[wasm_bindgen(skip_typescript)]
pub struct OpenDocument(api::OpenDocument);

#[wasm_bindgen]
impl Desk {
    /// `new Desk(context)`
    #[wasm_bindgen(constructor)]
    pub fn new(context: JsValue) -> Result<Desk, JsValue> {
        api::Desk::new(read(context)?).map(Self).map_err(|message| type_error(&message))
    }

    /// `setNow(now)`
    #[wasm_bindgen(js_name = setNow)]
    pub fn set_now(&mut self, now: JsValue) -> Result<(), JsValue> {
        self.0.set_now(&text(&now)?).map_err(|message| type_error(&message))
    }

    /// `open(doc, metas, state, before?)`
    pub fn open(&self, doc: JsValue, metas: JsValue, state: JsValue, before: JsValue) -> Result<OpenDocument, JsValue> {
        let state = api::document_state(&text(&state)?).map_err(|message| type_error(&message))?;
        let before = if before.is_null() || before.is_undefined() { None } else { Some(document(before)?) };
        Ok(OpenDocument(self.0.open_in_save(&document(doc)?, large_options(metas)?, state, before.as_ref())))
    }

    /// `openAll(docs, metas, state)`
    #[wasm_bindgen(js_name = openAll)]
    pub fn open_all(&self, docs: JsValue, metas: JsValue, state: JsValue) -> Result<Batch, JsValue> {
        let state = api::document_state(&text(&state)?).map_err(|message| type_error(&message))?;
        let docs: Vec<_> = large_options(docs)?;
        Ok(Batch(self.0.open_all(&docs, large_options(metas)?, state)))
    }

    /// `statesFor(event)`
    #[wasm_bindgen(js_name = statesFor)]
    pub fn states_for(&self, event: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.states_for(&text(&event)?))
    }

    /// `validateCondition(source, metas, options?)`
    #[wasm_bindgen(js_name = validateCondition)]
    pub fn validate_condition(&self, source: JsValue, metas: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.validate_condition(&text(&source)?, large_options(metas)?, &options(given)?))
    }

    /// `validateTemplate(source)`
    #[wasm_bindgen(js_name = validateTemplate)]
    pub fn validate_template(&self, source: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.validate_template(&text(&source)?))
    }

    /// `replay(&text(&source)?, docs, metas, state, options?)`
    pub fn replay(
        &self,
        source: JsValue,
        docs: JsValue,
        metas: JsValue,
        state: JsValue,
        given: JsValue,
    ) -> Result<JsValue, JsValue> {
        let state = api::document_state(&text(&state)?).map_err(|message| type_error(&message))?;
        let docs: Vec<_> = large_options(docs)?;
        answer(&self.0.replay(&text(&source)?, &docs, large_options(metas)?, state, &options(given)?))
    }
}

#[wasm_bindgen]
impl OpenDocument {
    /// `renderMessage(template, options?)`
    #[wasm_bindgen(js_name = renderMessage)]
    pub fn render_message(&self, template: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.render_message(&text(&template)?, &large_options(given)?))
    }

    /// `compareLooks(template, options?)`
    #[wasm_bindgen(js_name = compareLooks)]
    pub fn compare_looks(&self, template: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.compare_looks(&text(&template)?, &large_options(given)?))
    }

    /// `checkCondition(source, options?)`
    #[wasm_bindgen(js_name = checkCondition)]
    pub fn check_condition(&self, source: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.check_condition(&text(&source)?, &options(given)?))
    }

    /// `valueChange(fieldname)`
    #[wasm_bindgen(js_name = valueChange)]
    pub fn value_change(&self, fieldname: JsValue) -> Result<String, JsValue> {
        Ok(self.0.value_change(&text(&fieldname)?).to_owned())
    }

    /// `fields(kind, source, offset)`
    pub fn fields(&self, kind: JsValue, source: JsValue, offset: usize) -> Result<JsValue, JsValue> {
        answer(&self.0.fields(&text(&kind)?, &text(&source)?, offset).map_err(|message| type_error(&message))?)
    }

    /// `complete(kind, source, offset)`
    pub fn complete(&self, kind: JsValue, source: JsValue, offset: usize) -> Result<JsValue, JsValue> {
        answer(&self.0.complete(&text(&kind)?, &text(&source)?, offset).map_err(|message| type_error(&message))?)
    }
}

#[wasm_bindgen]
impl Batch {
    /// `append(docs)`
    pub fn append(&mut self, docs: JsValue) -> Result<(), JsValue> {
        let docs: Vec<_> = large_options(docs)?;
        self.0.append(&docs);
        Ok(())
    }

    /// `length`
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.0.length()
    }

    /// `replay(source, options?)`
    pub fn replay(&self, source: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.replay(&text(&source)?, &options(given)?))
    }

    /// `checkCondition(index, source, options?)`
    #[wasm_bindgen(js_name = checkCondition)]
    pub fn check_condition(&self, index: usize, source: JsValue, given: JsValue) -> Result<JsValue, JsValue> {
        answer(&self.0.check_condition(index, &text(&source)?, &options(given)?))
    }
}
