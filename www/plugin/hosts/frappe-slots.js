// The places of the panels in a form. They keep, from before the panels come, the height that the panels had the last time, show
// them when they are complete, and grow or shrink only when the person comes to their field: nothing that is being read or
// clicked moves away.

import { heightOf, learn, placeUnder, remember, remembered, settle, wrapperOf } from './frappe-space.js';

/** @import { Form } from './frappe.js' */

/** How long the panels are waited for; then whatever there is can be seen. */
const PATIENCE_MS = 1500;

/** @typedef {{ element: HTMLElement, content: HTMLElement, end: () => void }} Slot */

export class Slots {
  /** By fieldname. @type {Map<string, Slot>} */
  #slots = new Map();
  #record = '';
  /** Counts the records: what was waited for with an older one is of no interest. */
  #turn = 0;

  /**
   * Makes the places of these fields; another record settles anew.
   * @param {Form} form @param {string[]} wanted
   */
  keep(form, wanted) {
    const record = `${form.doc['doctype']}/${form.doc['name']}`;
    const settles = record !== this.#record;
    this.#record = record;
    // A desk may put another control in a field's place; what stood under the old one moves along.
    for (const [name, { element, content }] of [...this.#slots]) {
      if (element.isConnected) continue;
      this.#drop(name);
      this.#make(form, name, content);
    }
    for (const name of wanted) {
      const found = this.#slots.get(name);
      if (found && !settles) continue;
      const slot = found ?? this.#make(form, name);
      // What stands there already, whatever was learnt since.
      if (slot) settle(slot.element, slot.element.offsetHeight || heightOf(form, name));
    }
    for (const [name, slot] of this.#slots) if (!wanted.includes(name)) free(slot);
    // Kept by the script of the form, and not wanted any more.
    for (const place of wrapperOf(form)?.querySelectorAll('.deskbell-slot:empty') ?? []) place.remove();
    if (!settles) return;
    this.#turn += 1;
    this.#show(false);
    setTimeout(this.#reveal, PATIENCE_MS, this.#turn);
  }

  /**
   * Shows the panels as soon as they are complete.
   * @param {Promise<unknown>} ready
   */
  reveal(ready) {
    const turn = this.#turn;
    ready.finally(() => this.#reveal(turn));
  }

  #reveal = (/** @type {number} */ turn) => {
    if (turn === this.#turn) this.#show(true);
  };

  /** @param {boolean} visible */
  #show(visible) {
    for (const { content } of this.#slots.values()) content.style.visibility = visible ? '' : 'hidden';
  }

  /**
   * The place under a field; null when the form has no such field to stand under.
   * @param {Form} form @param {string} name
   */
  of(form, name) {
    return (this.#slots.get(name) ?? this.#make(form, name))?.content ?? null;
  }

  /** @param {Form} form @param {string} name @param {HTMLElement} content @returns {Slot | null} */
  #make(form, name, content = document.createElement('div')) {
    const wrapper = form.fields_dict?.[name]?.$wrapper?.[0];
    const element = placeUnder(form, name);
    if (!wrapper || !element) return null;
    // Margins of what is inside count as its height.
    content.style.display = 'flow-root';
    element.append(content);
    /** @type {Slot} */
    const slot = { element, content, end: () => {} };
    const come = () => free(slot);
    wrapper.addEventListener('focusin', come);
    const tab = keys(content);
    wrapper.addEventListener('keydown', tab, { capture: true });
    for (const event of ['pointerenter', 'wheel']) element.addEventListener(event, come, { passive: true });
    let closed = false;
    const watch = new ResizeObserver(() => {
      // The person opened a section: what comes to be seen by that may have the height that it likes.
      if (closed && element.offsetParent) free(slot);
      closed = !element.offsetParent;
      reach(element);
      if (content.offsetHeight > 0) learn(form, name, content.offsetHeight);
    });
    watch.observe(content);
    slot.end = () => {
      wrapper.removeEventListener('focusin', come);
      wrapper.removeEventListener('keydown', tab, { capture: true });
      watch.disconnect();
      element.remove();
    };
    this.#slots.set(name, slot);
    return slot;
  }

  /** Leaves the form as it was. */
  close() {
    for (const name of this.#slots.keys()) this.#drop(name);
  }

  /** @param {string} name */
  #drop(name) {
    this.#slots.get(name)?.end();
    this.#slots.delete(name);
  }
}

/** Where is kept that the keys of the editor were explained. */
const EXPLAINED = 'deskbell:editor-keys';

/**
 * The desk takes Tab from field to field, past everything that stands between them, and an editor takes it for itself. From a field
 * into its panels goes this; from an editor after Escape, which has to be said once.
 * @param {HTMLElement} content
 */
function keys(content) {
  /** The key before this one, when that was Escape. @type {KeyboardEvent | null} */
  let escape = null;
  return (/** @type {KeyboardEvent} */ event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target?.closest('.control-input') || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    const editor = target.closest('.ace_editor');
    // A list that Escape has closed has used it up.
    const leaves = !editor || (escape !== null && !escape.defaultPrevented);
    escape = event.key === 'Escape' ? event : null;
    if (event.key !== 'Tab' || event.defaultPrevented) return;
    if (!leaves) return explain(content);
    // Past the editor and the desk, so that the browser goes where it would go.
    if (editor) event.stopPropagation();
    const first = event.shiftKey ? null : firstIn(content);
    if (!first) return;
    event.preventDefault();
    event.stopPropagation();
    first.focus();
  };
}

/** @param {HTMLElement} content @returns {HTMLElement | null} */
function firstIn(content) {
  const roots = [...content.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? []);
  const within = roots.flatMap((root) => [...root.querySelectorAll('button:not([tabindex="-1"]), input, select, summary, textarea, [tabindex="0"]')]);
  const first = within.find((element) => element instanceof HTMLElement && element.checkVisibility());
  return first instanceof HTMLElement ? first : null;
}

/** @param {HTMLElement} content */
function explain(content) {
  // A list of completions takes Tab too; ours has a place while it is open.
  const lists = [...document.querySelectorAll('deskbell-completion-list')];
  if (document.querySelector('.ace_autocomplete')?.checkVisibility() || lists.some((list) => 'place' in list && list.place) || remembered(EXPLAINED)) return;
  remember(EXPLAINED, '1');
  [...content.children].some((/** @type {any} */ panel) => panel.checkVisibility() && panel.explainKeys?.());
}

/** @param {Slot} slot */
function free({ element }) {
  element.style.height = '';
  element.style.overflowY = '';
  // What has the keyboard keeps it.
  if (element.tabIndex === 0) element.tabIndex = -1;
}

/** A place that has to be scrolled can be come to by keyboard, and is free then. @param {HTMLElement} element */
function reach(element) {
  if (element.style.height !== '' && element.scrollHeight > element.clientHeight) element.tabIndex = 0;
}
