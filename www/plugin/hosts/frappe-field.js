// One field of a Frappe form: an Ace editor, a plain input or a select behind the same few operations.
import { caretBox } from './caret-box.js';

/** @import { Mark } from './host.js' */

/**
 * What is used of Ace; the desk brings it (1.4).
 * @typedef {{ row: number, column: number }} AcePoint
 * @typedef {{ start: AcePoint, end: AcePoint }} AceRange
 * @typedef {object} AceSession
 * @property {{ indexToPosition: (index: number) => AcePoint, positionToIndex: (place: AcePoint) => number }} doc
 * @property {(range: AceRange, text: string) => void} replace
 * @property {(range: object, className: string, type: string) => number} addMarker
 * @property {(id: number) => void} removeMarker
 */
/**
 * @typedef {object} AceEditor
 * @property {AceSession} session
 * @property {{ setRange: (range: AceRange) => void }} selection
 * @property {() => string} getValue
 * @property {() => AceRange & { constructor: { fromPoints: (start: AcePoint, end: AcePoint) => object } }} getSelectionRange
 * @property {{ lineHeight: number, textToScreenCoordinates: (row: number, column: number) => { pageX: number, pageY: number } }} renderer The coordinates are the window's.
 * @property {() => void} focus
 * @property {(event: 'change', hear: () => void) => void} on Goes on when the session is another.
 * @property {(event: 'change', hear: () => void) => void} off
 */
/**
 * A control of a Frappe form or dialog.
 * @typedef {object} Control
 * @property {{ 0?: HTMLElement }} $wrapper A jQuery object.
 * @property {{ fieldname: string, default?: string | null, options?: string | Array<string | { value: string }> }} df
 * @property {'Write' | 'Read' | 'None'} [disp_status] Whether the field can be written, is only shown, or is hidden.
 * @property {unknown} [editor] Of a Code control, once it is loaded: Ace, or in newer hosts something else.
 * @property {() => unknown} [get_input_value]
 * @property {(value: string) => unknown} set_value
 */

/** @param {unknown} editor @returns {AceEditor | null} */
function ace(editor) {
  const found = /** @type {any} */ (editor);
  return typeof found?.getValue === 'function' && typeof found.on === 'function' && found.session?.doc ? found : null;
}

export class FrappeField {
  control;
  #value;
  /** The editor that is listened to. @type {AceEditor | null} */
  #heard = null;
  /** Markers are a session's own. @type {{ session: AceSession, ids: number[] } | null} */
  #markers = null;

  /** @param {Control} control @param {() => unknown} value The model's value, for as long as there is nothing to type in. */
  constructor(control, value) {
    this.control = control;
    this.#value = value;
  }

  get wrapper() {
    return this.control.$wrapper?.[0] ?? null;
  }

  get #editor() {
    return ace(this.control.editor);
  }

  get #input() {
    const found = this.wrapper?.querySelector('.control-input textarea:not(.ace_text-input), .control-input input, .control-input select');
    return /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null} */ (found ?? null);
  }

  /** A control that is hidden or read-only keeps the input of the record before it, with that record's text. */
  get #writable() {
    return (this.control.disp_status ?? 'Write') === 'Write';
  }

  /** What is typed now: the model follows 300 to 500 ms later. */
  get text() {
    const typed = this.#writable ? this.#typed() : null;
    return String(typed ?? this.#value() ?? '');
  }

  #typed() {
    const editor = this.#editor;
    if (editor) return editor.getValue();
    if (this.control.editor) return this.control.get_input_value?.() ?? null;
    return this.#input?.value ?? null;
  }

  /** What a Select offers. */
  get choices() {
    const { options = '' } = this.control.df ?? {};
    const offered = Array.isArray(options) ? options.map((option) => (typeof option === 'string' ? option : option.value)) : options.split('\n');
    return offered.filter(Boolean);
  }

  /**
   * Hears every change of the text in the editor that is there now; typing in plain inputs is heard by the form.
   * @param {() => void} hear
   */
  follow(hear) {
    const editor = this.#editor;
    if (editor === this.#heard) return;
    this.unfollow(hear);
    this.#heard = editor;
    editor?.on('change', hear);
  }

  /** @param {() => void} hear */
  unfollow(hear) {
    this.#heard?.off?.('change', hear);
    this.#heard = null;
  }

  /**
   * The control's own promise: it may check the value first.
   * @param {string} text
   * @returns {unknown}
   */
  write(text) {
    return this.#writable ? this.control.set_value(text) : null;
  }

  /**
   * @param {number} start @param {number} end @param {string} text
   * @returns {unknown}
   */
  replace(start, end, text) {
    if (!this.#writable) return null;
    const editor = this.#editor;
    if (editor) {
      editor.session.replace(range(editor, start, end), text);
      editor.focus();
      return null;
    }
    const input = this.#input;
    if (this.control.editor) return this.control.set_value(this.text.slice(0, start) + text + this.text.slice(end));
    if (!input || input instanceof HTMLSelectElement) return null;
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
    return null;
  }

  /** @param {number} start @param {number} end */
  show(start, end) {
    const editor = this.#editor;
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

  /** What the keys pass on their way to the text, for as long as it can be typed in. @returns {HTMLElement | null} */
  get typing() {
    const input = this.#input;
    const there = this.#editor || (input && !(input instanceof HTMLSelectElement));
    return this.#writable && there ? (this.wrapper?.querySelector('.control-input') ?? null) : null;
  }

  /** The selection, and where its start is in the window. */
  get caret() {
    const editor = this.#editor;
    if (editor) {
      const { start, end } = editor.getSelectionRange();
      const { pageX: left, pageY: top } = editor.renderer.textToScreenCoordinates(start.row, start.column);
      const { doc } = editor.session;
      return { text: editor.getValue(), start: doc.positionToIndex(start), end: doc.positionToIndex(end), box: { left, top, bottom: top + editor.renderer.lineHeight } };
    }
    const input = this.#input;
    if (!input || input instanceof HTMLSelectElement || this.control.editor) return null;
    const start = input.selectionStart ?? 0;
    return { text: input.value, start, end: input.selectionEnd ?? start, box: caretBox(input, start) };
  }

  /** @param {Mark[]} marks */
  mark(marks) {
    for (const id of this.#markers?.ids ?? []) this.#markers?.session.removeMarker(id);
    this.#markers = null;
    const editor = this.#editor;
    if (!editor || !this.#writable || marks.length === 0) return;
    dress();
    const { session } = editor;
    // Markers have to be Ace's own ranges, and Ace's module is not ours to import.
    const Range = editor.getSelectionRange().constructor;
    const ids = marks.map(({ start, end, tone }) => {
      const { start: from, end: to } = range(editor, start, Math.max(end, start + 1));
      return session.addMarker(Range.fromPoints(from, to), `deskbell-mark deskbell-mark-${tone}`, 'text');
    });
    this.#markers = { session, ids };
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
