// <deskbell-value-change>: the value that a notification waits for, before and after a save, and what comes of it.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { ValueChange } from '../deskbell.js' */
/** @import { IconName } from '../icons.js' */
/** @import { ValueEdit } from '../forms/value-edit.js' */

const STYLE = sheet(`
:host { margin: 0; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 5px 10px; padding: 8px 10px; border-top: 1px solid var(--db-border); }
.pair { display: flex; flex-wrap: wrap; align-items: center; gap: 5px 8px; min-width: 0; }
.name { font-weight: 600; }
.before { overflow-wrap: anywhere; }
label { display: flex; align-items: center; gap: 6px; min-width: 0; color: var(--db-muted); }
:is(input, textarea) { font: inherit; color: var(--db-text); background: var(--db-sunken); border: 1px solid transparent; border-radius: 6px; padding: 3px 8px; min-width: 0; max-width: 100%; }
input[type="number"] { width: 9em; }
textarea { width: 22em; height: 3.6em; }
:is(input, textarea):focus-visible { outline: 2px solid var(--db-focus); outline-offset: 1px; }
.said { display: flex; align-items: flex-start; gap: 6px; flex: 1 1 200px; min-width: 0; }
.said .icon { margin-top: 2px; }
`);

/** What can be said of a change. @typedef {ValueChange | 'no-field'} Verdict */

/** @type {Record<Verdict, [IconName, string]>} */
const LOOKS = {
  changed: ['check', 'good'],
  new: ['bell-off', 'warn'],
  'no-column': ['cross', 'bad'],
  'no-field': ['info', 'warn'],
  same: ['bell-off', 'warn'],
  unknown: ['question', 'info'],
  version: ['question', 'info'],
};

/** How much of a long text is shown. */
const SHOWN = 80;

/** Attribute: `data-change` = what saving means for the notification. Event: `deskbell-value` {typed}, null for "as before". */
export class ValueChangeView extends View {
  /** null: the event waits for no change. @type {Verdict | null} */
  change = null;
  /** @type {ValueEdit | null} */
  edit = null;
  /** What the notification's form calls the field that has to change. */
  fieldname = '';

  #name = el('span', { class: 'name', part: 'name' });
  #before = el('span', { class: 'before', part: 'before' });
  #label = el('label');
  #undo = el('button', { type: 'button', part: 'undo', onclick: () => this.emit('deskbell-value', { typed: null }) });
  #pair = el('div', { class: 'pair' }, this.#name, this.#before, this.#label, this.#undo);
  #said = el('div', { class: 'said', part: 'outcome' });
  #row = el('div', { class: 'row' }, this.#pair, this.#said);
  /** What the field that writes the value was made for. */
  #made = '';
  /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null} */
  #input = null;

  constructor() {
    super(STYLE);
    this.root.append(this.#row);
    // What is typed here is no change of the form around it, nor one of its shortcuts.
    for (const event of ['input', 'change']) this.#label.addEventListener(event, (one) => (one.stopPropagation(), this.#typed()));
    this.#label.addEventListener('keydown', (event) => {
      if (event.key !== 'Tab' && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    });
  }

  draw() {
    const { change, edit } = this;
    mark(this, 'data-change', change);
    this.#row.hidden = change === null;
    if (change === null) return;
    const field = edit?.field ?? null;
    const kind = change === 'new' ? '' : (edit?.kind ?? '');
    this.#pair.hidden = field === null;
    fill(this.#name, this.label);
    this.#before.hidden = kind === '' || edit?.before === undefined;
    fill(this.#before, el('span', { class: 'muted' }, this.say('change-before')), ' ', this.#shown(edit?.before, field?.fieldtype ?? ''));
    this.#label.hidden = kind === '';
    this.#make(kind);
    this.#undo.hidden = !edit?.edited;
    fill(this.#undo, this.say('change-undo'));
    const [symbol, tone] = LOOKS[change];
    this.announce(this.#said, tone, icon(symbol), this.sentence);
  }

  /** What people call the field. */
  get label() {
    return this.edit?.field?.label || this.fieldname;
  }

  /** What comes of the change, in words. */
  get sentence() {
    return this.change === null ? '' : this.say(`change-${this.change}`, { field: this.label });
  }

  /** @param {string} kind */
  #make(kind) {
    const field = this.edit?.field ?? null;
    const made = `${kind} ${field?.fieldname} ${this.words.say('change-to')}`;
    if (kind === '' || !field) return;
    if (made !== this.#made) {
      this.#made = made;
      const named = { part: 'after', 'aria-label': this.say('change-after', { field: this.label }) };
      const choices = (field.options ?? '').split('\n');
      if (kind === 'select') this.#input = el('select', named, choices.map((choice) => el('option', { value: choice }, choice)));
      else if (kind === 'text area') this.#input = el('textarea', named);
      else this.#input = el('input', { ...named, type: kind, ...(kind === 'number' && { step: field.fieldtype === 'Int' ? '1' : 'any' }), ...(/time/.test(kind) && { step: '1' }) });
      fill(this.#label, this.say('change-to'), this.#input);
    }
    const input = this.#input;
    // What a person is typing is not written over.
    if (!input || this.root.activeElement === input) return;
    const value = this.edit?.after ?? '';
    if (input instanceof HTMLInputElement && kind === 'checkbox') input.checked = Boolean(Number(value));
    else input.value = kind === 'datetime-local' ? String(value).replace(' ', 'T').slice(0, 19) : kind === 'time' ? String(value).padStart(8, '0').slice(0, 8) : String(value);
  }

  #typed() {
    const input = this.#input;
    if (!input) return;
    // Half a date is no date.
    if (input instanceof HTMLInputElement && input.validity.badInput) return;
    this.emit('deskbell-value', { typed: input instanceof HTMLInputElement && input.type === 'checkbox' ? input.checked : input.value });
  }

  /** @param {unknown} value @param {string} fieldtype */
  #shown(value, fieldtype) {
    if (value === null || value === undefined || value === '') return this.say('change-empty');
    if (typeof value === 'number' && fieldtype !== 'Check') return this.words.number(value);
    const text = fieldtype.startsWith('Date') ? this.words.moment(String(value)) : String(value);
    return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  }
}

customElements.define('deskbell-value-change', ValueChangeView);
