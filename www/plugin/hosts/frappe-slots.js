// The places of the panels in a form. They keep, from before the panels come, the height that the panels had the last time, show
// them when they are complete, and grow or shrink only when the person comes to their field: nothing that is being read or
// clicked moves away.

/** @import { Form } from './frappe.js' */

/** Where the heights are kept, and what they are while nothing is known. */
const KEPT = 'deskbell:heights';
/** @type {Record<string, number>} */
const USUAL = { condition: 165, document_type: 45, message: 260, webhook_url: 90 };
const LINK = 45;
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
    for (const [name, slot] of this.#slots) if (!slot.element.isConnected) this.#drop(name);
    for (const name of wanted) {
      const found = this.#slots.get(name);
      if (found && !settles) continue;
      const slot = found ?? this.#make(form, name);
      // What stands there already, whatever was learnt since.
      if (slot) settle(slot, slot.element.offsetHeight || (known()[name] ?? USUAL[name] ?? LINK));
    }
    if (!settles) return;
    for (const [name, slot] of this.#slots) if (!wanted.includes(name)) free(slot);
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

  /** @param {Form} form @param {string} name @returns {Slot | null} */
  #make(form, name) {
    const control = form.fields_dict?.[name];
    const wrapper = control?.$wrapper?.[0];
    if (!wrapper) return null;
    const element = document.createElement('div');
    const content = document.createElement('div');
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
    element.addEventListener('wheel', come, { passive: true });
    let closed = false;
    const watch = new ResizeObserver(() => {
      // The person opened a section: what comes to be seen by that may have the height that it likes.
      if (closed && element.offsetParent) free(slot);
      closed = !element.offsetParent;
      if (content.offsetHeight > 0) learn(name, content.offsetHeight);
    });
    watch.observe(content);
    slot.end = () => {
      wrapper.removeEventListener('focusin', come);
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
