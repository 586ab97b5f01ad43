// The entry of the plugin in one file, as a desk is given it: the same file is the page's module and its Worker's script.

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
  install();
}
