// One field of a Frappe form: an Ace editor, a plain input or a select behind the same few operations.

/** @import { Mark } from './host.js' */

/**
 * What is used of Ace; the desk brings it (1.4).
 * @typedef {{ row: number, column: number }} AcePoint
 * @typedef {{ start: AcePoint, end: AcePoint }} AceRange
 * @typedef {object} AceSession
 * @property {{ indexToPosition: (index: number) => AcePoint }} doc
 * @property {(range: AceRange, text: string) => void} replace
 * @property {(range: object, className: string, type: string) => number} addMarker
 * @property {(id: number) => void} removeMarker
 * @property {(event: 'change', hear: () => void) => void} on
 * @property {(event: 'change', hear: () => void) => void} off
 */
/**
 * @typedef {object} AceEditor
 * @property {AceSession} session
 * @property {{ setRange: (range: AceRange) => void }} selection
 * @property {() => string} getValue
 * @property {() => { constructor: { fromPoints: (start: AcePoint, end: AcePoint) => object } }} getSelectionRange
 * @property {() => void} focus
 */
/**
 * A control of a Frappe form or dialog.
 * @typedef {object} Control
 * @property {{ 0?: HTMLElement }} $wrapper A jQuery object.
 * @property {{ fieldname: string }} df
 * @property {AceEditor} [editor] Of a Code control, once Ace is loaded.
 * @property {(value: string) => unknown} set_value
 */

/** How often to look whether Ace has come, and how many times. */
const POLL_MS = 150;
const POLLS = 100;

export class FrappeField {
  #control;
  #value;
  /** @type {number[]} */
  #markers = [];

  /** @param {Control} control @param {() => unknown} value The model's value, for as long as there is nothing to type in. */
  constructor(control, value) {
    this.#control = control;
    this.#value = value;
  }

  get wrapper() {
    return this.#control.$wrapper[0] ?? null;
  }

  get #input() {
    const found = this.wrapper?.querySelector('.control-input textarea:not(.ace_text-input), .control-input input, .control-input select');
    return /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null} */ (found ?? null);
  }

  /** What is typed now: the model follows 300 to 500 ms later. */
  get text() {
    const editor = this.#control.editor;
    if (editor) return editor.getValue();
    return this.#input?.value ?? String(this.#value() ?? '');
  }

  /** What a Select offers. */
  get choices() {
    const input = this.#input;
    return input instanceof HTMLSelectElement ? [...input.options].map((option) => option.value).filter(Boolean) : [];
  }

  /**
   * Hears every change of the text; typing in plain inputs is heard by the form.
   * @param {() => void} hear
   * @returns {() => void}
   */
  listen(hear) {
    /** @type {AceEditor | null} */
    let heard = null;
    let polls = 0;
    const look = () => {
      heard = this.#control.editor ?? null;
      polls += 1;
      if (heard) {
        heard.session.on('change', hear);
        hear();
      }
      if (heard || polls >= POLLS) clearInterval(timer);
    };
    const timer = setInterval(look, POLL_MS);
    look();
    return () => {
      clearInterval(timer);
      heard?.session.off('change', hear);
    };
  }

  /** @param {string} text */
  write(text) {
    this.#control.set_value(text);
  }

  /** @param {number} start @param {number} end @param {string} text */
  replace(start, end, text) {
    const editor = this.#control.editor;
    if (editor) {
      editor.session.replace(range(editor, start, end), text);
      editor.focus();
      return;
    }
    const input = this.#input;
    if (!input || input instanceof HTMLSelectElement) return;
    input.focus();
    input.setSelectionRange(start, end);
    // Deprecated and yet the only way that the browser's undo knows of.
    const done = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
    if (!done) {
      input.setRangeText(text, start, end, 'end');
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    // The control takes its value over on change.
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** @param {number} start @param {number} end */
  show(start, end) {
    const editor = this.#control.editor;
    if (editor) {
      editor.selection.setRange(range(editor, start, end));
      editor.focus();
      return;
    }
    const input = this.#input;
    if (!input || input instanceof HTMLSelectElement) return;
    input.focus();
    input.setSelectionRange(start, end);
  }

  /** @param {Mark[]} marks */
  mark(marks) {
    const editor = this.#control.editor;
    if (!editor) return;
    dress();
    for (const id of this.#markers.splice(0)) editor.session.removeMarker(id);
    // Markers have to be Ace's own ranges, and Ace's module is not ours to import.
    const Range = editor.getSelectionRange().constructor;
    for (const { start, end, tone } of marks) {
      const { start: from, end: to } = range(editor, start, Math.max(end, start + 1));
      this.#markers.push(editor.session.addMarker(Range.fromPoints(from, to), `deskbell-mark deskbell-mark-${tone}`, 'text'));
    }
  }
}

/** @param {AceEditor} editor @param {number} start @param {number} end @returns {AceRange} */
function range(editor, start, end) {
  const { doc } = editor.session;
  return { start: doc.indexToPosition(start), end: doc.indexToPosition(end) };
}

let dressed = false;

/** The look of the marks: Ace's markers stand outside of every shadow root. */
function dress() {
  if (dressed) return;
  dressed = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .deskbell-mark { position: absolute; border-bottom: 2px dotted #3f8ae0; border-radius: 0 !important; }
    .deskbell-mark-warning { border-bottom-color: #d18616; }
    .deskbell-mark-error { border-bottom-color: #d8362a; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
