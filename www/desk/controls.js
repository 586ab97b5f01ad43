// The form's controls: a label, a wrapper with an input in it, and the few things that a form does with them.
import { CodeBackdrop } from './code-control.js';
import { el } from './nodes.js';

/** @import { Mark } from './code-control.js' */

/**
 * @typedef {object} FieldDefinition
 * @property {string} fieldname
 * @property {string} fieldtype
 * @property {string} label English source; shown translated.
 * @property {string | readonly string[]} [options] Of a Select or Link: its values. Of Code: the language.
 * @property {(values: Record<string, any>) => boolean} [shown]
 */

const NUMBERS = ['Currency', 'Float', 'Percent', 'Int', 'Rating', 'Duration'];
const LONG = ['Small Text', 'Text Editor', 'Code'];
let serial = 0;

/** One control; `onInput` hears every keystroke. */
export class Control {
  /** @type {HTMLElement} */
  wrapper;
  /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
  input;
  /** @type {CodeBackdrop | null} */
  #backdrop = null;
  definition;

  /**
   * @param {FieldDefinition} definition @param {(source: string) => string} translate
   * @param {() => void} onInput
   */
  constructor(definition, translate, onInput) {
    this.definition = definition;
    const { fieldname, fieldtype, label } = definition;
    serial += 1;
    const id = `control-${serial}`;
    this.input = this.#makeInput(id, translate);
    this.input.addEventListener('input', () => {
      this.#backdrop?.write(this.input.value);
      onInput();
    });
    const area = this.#backdrop ? el('div', { class: 'code' }, this.#backdrop.element, this.input) : this.input;
    const caption = el('label', { class: 'control-label', for: id }, translate(label));
    const held = el('div', { class: 'control-input-wrapper' }, el('div', { class: 'control-input' }, area));
    const check = fieldtype === 'Check';
    this.wrapper = el(
      'div',
      { class: `frappe-control ${check ? 'check' : ''}`, 'data-fieldname': fieldname, 'data-fieldtype': fieldtype },
      check ? [held, caption] : [caption, held],
    );
  }

  /** @param {string} id @param {(source: string) => string} translate */
  #makeInput(id, translate) {
    const { fieldtype, options } = this.definition;
    const common = { id, class: 'input', autocomplete: 'off', spellcheck: 'false' };
    if (Array.isArray(options)) return el('select', common, options.map((value) => el('option', { value }, translate(value))));
    if (fieldtype === 'Code') this.#backdrop = new CodeBackdrop(String(options ?? 'Jinja'));
    if (LONG.includes(fieldtype)) return el('textarea', { ...common, rows: fieldtype === 'Code' ? 1 : 3, autocapitalize: 'off' });
    const type = fieldtype === 'Check' ? 'checkbox' : fieldtype === 'Date' ? 'date' : 'text';
    return el('input', { ...common, type, inputmode: NUMBERS.includes(fieldtype) ? 'decimal' : null });
  }

  /** The text as typed. */
  get text() {
    return this.input.value;
  }

  /** The value as a form posts it: numbers are numbers, an empty date is null. */
  get value() {
    const { fieldtype } = this.definition;
    if (fieldtype === 'Check') return /** @type {HTMLInputElement} */ (this.input).checked ? 1 : 0;
    if (NUMBERS.includes(fieldtype)) return this.text.trim() === '' || Number.isNaN(Number(this.text)) ? null : Number(this.text);
    if (['Date', 'Datetime', 'Time', 'Link'].includes(fieldtype) && this.text === '') return null;
    return this.text;
  }

  /** @param {unknown} value */
  set value(value) {
    if (this.definition.fieldtype === 'Check') /** @type {HTMLInputElement} */ (this.input).checked = Boolean(value);
    else this.input.value = value === null || value === undefined ? '' : String(value);
    this.#backdrop?.write(this.input.value);
  }

  /** As if typed. @param {string} text */
  write(text) {
    if (this.input instanceof HTMLSelectElement) {
      this.input.value = text;
      this.input.dispatchEvent(new Event('input', { bubbles: true }));
    } else this.replace(0, this.input.value.length, text);
  }

  /** As if selected and typed over, so that it can be undone. @param {number} start @param {number} end @param {string} text */
  replace(start, end, text) {
    if (this.input instanceof HTMLSelectElement) return;
    this.input.focus();
    this.input.setSelectionRange(start, end);
    const done = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
    if (done) return;
    this.input.setRangeText(text, start, end, 'end');
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** @param {number} start @param {number} end */
  show(start, end) {
    if (this.input instanceof HTMLSelectElement) return;
    this.input.focus();
    this.input.setSelectionRange(start, end);
    this.input.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Mark[]} marks */
  mark(marks) {
    this.#backdrop?.mark(marks);
    this.input.setAttribute('aria-invalid', String(marks.some((mark) => mark.tone === 'error')));
  }
}
