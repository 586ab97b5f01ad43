// The places of the panels in a form. They keep, from before the panels come, the height that the panels had the last time, show
// them when they are complete, and grow or shrink only when the person comes to their field: nothing that is being read or
// clicked moves away.

/** @import { Form } from './frappe.js' */

/** Where the heights are kept. */
const KEPT = 'deskbell:heights';
/** Below this width the panels are one column, and longer. */
const NARROW = 500;
/** The heights while nothing is known; a link's is that of every other name. @type {Record<string, number>} */
const USUAL = { condition: 340, 'condition narrow': 430, document_type: 54, 'document_type narrow': 95, message: 280, 'message narrow': 470, webhook_url: 150, 'webhook_url narrow': 190 };
const LINK = 54;
/** How long the panels are waited for; then whatever there is can be seen. */
const PATIENCE_MS = 1500;

/** @typedef {{ element: HTMLElement, content: HTMLElement, end: () => void }} Slot */

/** @param {Form} form */
export function wrapperOf({ wrapper }) {
  return (wrapper instanceof HTMLElement ? wrapper : wrapper?.[0]) ?? null;
}

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
      if (slot) settle(slot, slot.element.offsetHeight || usual(key(form, name)));
    }
    for (const [name, slot] of this.#slots) if (!wanted.includes(name)) free(slot);
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
    const control = form.fields_dict?.[name];
    const wrapper = control?.$wrapper?.[0];
    if (!wrapper) return null;
    const element = document.createElement('div');
    element.className = 'deskbell-slot';
    // Margins of what is inside count as its height.
    content.style.display = 'flow-root';
    element.append(content);
    const place = wrapper.querySelector('.control-input-wrapper');
    // After this wrapper an element survives the form's refreshes.
    if (place) place.after(element);
    else wrapper.append(element);
    /** @type {Slot} */
    const slot = { element, content, end: () => {} };
    const come = () => free(slot);
    wrapper.addEventListener('focusin', come);
    const tab = (/** @type {KeyboardEvent} */ event) => enter(event, content);
    wrapper.addEventListener('keydown', tab);
    for (const event of ['pointerenter', 'wheel']) element.addEventListener(event, come, { passive: true });
    let closed = false;
    const watch = new ResizeObserver(() => {
      // The person opened a section: what comes to be seen by that may have the height that it likes.
      if (closed && element.offsetParent) free(slot);
      closed = !element.offsetParent;
      if (content.offsetHeight > 0) learn(key(form, name), content.offsetHeight);
    });
    watch.observe(content);
    slot.end = () => {
      wrapper.removeEventListener('focusin', come);
      wrapper.removeEventListener('keydown', tab);
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

/**
 * The desk takes Tab from field to field, past everything that stands between them; from a field into its panels goes this.
 * @param {KeyboardEvent} event @param {HTMLElement} content
 */
function enter(event, content) {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key !== 'Tab' || event.shiftKey || event.defaultPrevented || !target?.closest('.control-input') || target.closest('.ace_editor')) return;
  const roots = [...content.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? []);
  const within = roots.flatMap((root) => [...root.querySelectorAll('button:not([tabindex="-1"]), input, select, summary, textarea, [tabindex="0"]')]);
  const first = within.find((element) => element instanceof HTMLElement && element.checkVisibility());
  if (!(first instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  first.focus();
}

/**
 * Under what a height is kept: panels of a narrow form are longer.
 * @param {Form} form @param {string} name
 */
function key(form, name) {
  const width = wrapperOf(form)?.clientWidth ?? 0;
  return width > 0 && width < NARROW ? `${name} narrow` : name;
}

/** @param {string} kept */
const usual = (kept) => known()[kept] ?? USUAL[kept] ?? LINK;

/** @param {Slot} slot @param {number} height */
function settle({ element }, height) {
  element.style.height = `${height}px`;
  element.style.overflowY = 'auto';
}

/** @param {Slot} slot */
function free({ element }) {
  element.style.height = '';
  element.style.overflowY = '';
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Record<string, number> | null} */
let heights = null;

/** @returns {Record<string, number>} */
function known() {
  if (heights) return heights;
  try {
    heights = JSON.parse(localStorage.getItem(KEPT) ?? '{}') ?? {};
  } catch {
    heights = {};
  }
  return heights ?? {};
}

/** @param {string} name @param {number} height */
function learn(name, height) {
  known()[name] = height;
  clearTimeout(timer);
  timer = setTimeout(() => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(known()));
    } catch {
      // A browser that keeps nothing: the usual heights do.
    }
  }, 500);
}
