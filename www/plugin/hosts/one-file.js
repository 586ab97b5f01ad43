// The entry of the plugin in one file, as a desk is given it: the same file is the page's module and its Worker's script.

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/** @type {Promise<void> | null} */
let started = null;

// Both sides are imported late, so that the Worker never runs what needs a page.
if (typeof document === 'undefined') import('../engine.worker.js');

/**
 * Puts the plugin into the desk's forms, once, and into the one that is on the screen already.
 * @param {{ engine: string }} files Where the WebAssembly module is.
 */
export function start({ engine }) {
  return (started ??= begin(engine));
}

/** @param {string} engine */
async function begin(engine) {
  const [{ placeEngine }, { install }] = await Promise.all([import('../plugin.js'), import('./frappe.js')]);
  const worker = new URL(import.meta.url);
  worker.hash = String(new URLSearchParams({ wasm: new URL(engine, location.href).href }));
  placeEngine(worker);
  const known = refreshers().length;
  install();
  // The open form was refreshed before this file came, and nobody will tell the new handlers of it.
  const form = desk.cur_frm;
  if (form?.doc) for (const refresh of refreshers().slice(known)) refresh(form);
}

/** What the desk calls when the open form is refreshed. @returns {Array<(form: object) => void>} */
function refreshers() {
  return desk.frappe.ui.form.handlers?.[desk.cur_frm?.doctype]?.refresh ?? [];
}
