// The door into the desk of Frappe and of Dokos: `install` gives the desk a few handlers and keeps space in its forms. All the
// rest is loaded when a notification or a webhook is opened, so that every other form pays nothing.
import { Slots } from './frappe-slots.js';
import { CHANNELS, wantedBy, wrapperOf } from './frappe-space.js';

/** @import { Control } from './frappe-field.js' */

/**
 * What is used of a form; a Quick Entry dialog has the same.
 * @typedef {object} Form
 * @property {Record<string, any>} doc
 * @property {Record<string, Control>} fields_dict
 * @property {{ 0?: HTMLElement } | HTMLElement} wrapper
 */
/** @typedef {'notification' | 'webhook'} Kind */
/** @typedef {{ slots: Slots, form: Form, handle: { refresh: () => void, detach: () => void } | null, loading: boolean, gone: boolean }} Entry */

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/** The one sentence that has to be said while nothing could be loaded. @type {Record<string, string>} */
const NOT_LOADED = {
  en: 'Deskbell could not be loaded, so nothing is checked here: ',
  fr: 'Deskbell n’a pas pu être chargé, rien n’est donc vérifié ici : ',
};

/** By form or dialog. @type {Map<object, Entry>} */
const entries = new Map();
let installed = false;
/** How often to look for a desk that is still being loaded, and how many times. */
const POLL_MS = 200;
let polls = 100;

/**
 * Puts the plugin into every notification and webhook form and Quick Entry dialog that is opened from now on, and into those that
 * are open. Calling it again, from each form's Client Script, changes nothing.
 * @param {Form} [form] The form whose script calls, when it is shown already.
 */
export function install(form) {
  const frappe = desk.frappe;
  if (!frappe?.ui?.form?.on) {
    polls -= 1;
    if (polls > 0) setTimeout(install, POLL_MS);
    return;
  }
  if (!installed) {
    installed = true;
    const shown = (/** @type {Form} */ one) => safely(one, () => appear(one));
    frappe.ui.form.on('Notification', { refresh: shown, channel: shown });
    for (const { doctype } of CHANNELS) frappe.ui.form.on(doctype, { refresh: shown });
    // Before the fields are filled, so that what stands below is drawn once, in its place.
    desk.$?.(document).on('form-refresh', (/** @type {unknown} */ _event, /** @type {Form} */ one) => safely(one, () => kindOf(one) && entryOf(one)));
    // "New" from a list or a link opens a Quick Entry dialog, where form scripts do not run.
    desk.$?.(document).on('show.bs.modal shown.bs.modal', quickEntry);
    desk.$?.(document).on('hidden.bs.modal', sweep);
    frappe.router?.on?.('change', sweep);
  }
  const open = form ?? desk.cur_frm;
  if (open) safely(open, () => appear(open));
  quickEntry();
}

/** @param {Form} form @returns {Kind | null} */
function kindOf(form) {
  const doctype = form?.doc?.['doctype'];
  if (doctype === 'Notification') return 'notification';
  return CHANNELS.some((known) => known.doctype === doctype) ? 'webhook' : null;
}

function quickEntry() {
  const entry = desk.frappe?.quick_entry;
  const { dialog } = entry ?? {};
  if (!dialog?.fields_dict || !CHANNELS.some(({ doctype }) => doctype === entry.doctype)) return;
  const doc = () => dialog.doc ?? entry.doc ?? {};
  const form = { fields_dict: dialog.fields_dict, wrapper: dialog.$wrapper ?? dialog.wrapper, get doc() { return doc().doctype ? doc() : { ...doc(), doctype: entry.doctype }; } };
  safely(form, () => appear(form, dialog));
}

/** Lets go of forms and dialogs that the desk has thrown away, and of dialogs that are closed. */
function sweep() {
  for (const [key, entry] of entries) {
    const wrapper = wrapperOf(entry.form);
    const closed = key !== entry.form && (!wrapper || getComputedStyle(wrapper).display === 'none');
    if (wrapper?.isConnected && !closed) continue;
    entry.gone = true;
    entry.handle?.detach();
    entry.slots.close();
    entries.delete(key);
  }
}

/** @param {Form} form @param {object} [key] */
function entryOf(form, key = form) {
  let entry = entries.get(key);
  if (!entry) entries.set(key, (entry = { slots: new Slots(), form, handle: null, loading: false, gone: false }));
  entry.slots.keep(form, wantedBy(form));
  return entry;
}

/**
 * A refresh keeps what was put in before, and may bring another record into the same form.
 * @param {Form} form @param {object} [key]
 */
async function appear(form, key = form) {
  const kind = kindOf(form);
  if (!kind) return;
  sweep();
  const entry = entryOf(form, key);
  if (entry.handle) return entry.handle.refresh();
  // Every other channel is none of the plugin's business.
  if (entry.loading || wantedBy(form).length === 0) return;
  entry.loading = true;
  try {
    const { attachForm } = await import('./frappe-form.js');
    if (!entry.gone) entry.handle = attachForm(entry.form, kind, entry.slots);
  } finally {
    entry.loading = false;
  }
}

/**
 * Nothing that goes wrong here reaches the desk: it is said once, in the form.
 * @param {Form} form @param {() => unknown} call
 */
function safely(form, call) {
  const fail = (/** @type {unknown} */ error) => {
    const wrapper = wrapperOf(form);
    const place = wrapper?.querySelector('.form-layout, .modal-body') ?? wrapper;
    if (!place || place.querySelector(':scope > .deskbell-failed')) return;
    const said = document.createElement('div');
    said.className = 'deskbell-failed text-muted';
    said.setAttribute('role', 'status');
    const language = String(desk.frappe?.boot?.lang ?? '').slice(0, 2);
    said.textContent = (NOT_LOADED[language] ?? NOT_LOADED['en']) + (error instanceof Error ? error.message : String(error));
    place.append(said);
  };
  try {
    // The promise is not given to the desk, which would wait for it before it goes on.
    Promise.resolve(call()).catch(fail);
  } catch (error) {
    fail(error);
  }
}
