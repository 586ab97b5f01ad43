// <deskbell-field-picker>: a button that opens the fields of the document, searched by name or label, to write one at the cursor.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { POPUP, close, moved, open, popup } from './popup.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { FieldChoices } from '../deskbell.js' */
/** @typedef {FieldChoices['choices'][number]} Choice */

const STYLE = sheet(`
.popup { scroll-padding-top: 46px; }
:host([data-over]) { height: 0; margin: 0; position: relative; }
:host([data-over]) .open { position: absolute; inset-inline-end: 0; bottom: 3px; z-index: 1; }
.open { display: inline-flex; align-items: center; gap: 5px; padding: 0 7px; font-size: 12px; line-height: 19px; }
.open .icon { width: 12px; height: 12px; }
input { width: 100%; font: inherit; color: inherit; background: var(--db-sunken); border: 1px solid var(--db-border); border-radius: 6px; padding: 4px 8px; }
input:focus-visible { outline: 2px solid var(--db-focus); }
.head { position: sticky; top: -4px; padding: 4px 4px 6px; background: var(--db-surface); }
.none { padding: 6px 8px; }
.option.column { margin-inline-start: 16px; }
.option .turn { padding: 0 3px; align-self: center; background: none; line-height: 1; }
.option .turn .icon { width: 11px; height: 11px; }
.option[aria-expanded="true"] .turn .icon { transform: rotate(90deg); }
`);

let serial = 0;

/**
 * Attribute: `data-open` while the list is. Events: `deskbell-pick-open` when a person wants the list (whoever hears it gives the
 * choices), `deskbell-pick` {choice}, and `deskbell-pick-leave` when it is closed without one.
 */
export class FieldPicker extends View {
  /** null while they are not known. @type {Choice[] | null} */
  choices = null;
  opened = false;

  #button = el('button', { type: 'button', class: 'open', part: 'open', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': 'Control+Space', onmousedown: (event) => event.preventDefault(), onclick: () => (this.opened ? this.#leave() : this.begin()) });
  #search = el('input', { type: 'text', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'true', autocomplete: 'off', spellcheck: 'false', part: 'search' });
  #list = el('div', { role: 'listbox', part: 'list' });
  #panel = popup({ part: 'panel', role: 'dialog' });
  #id = `db-pick-${(serial += 1)}`;
  /** The options that are seen, in order. @type {Choice[]} */
  #seen = [];
  #at = 0;
  /** Tables whose columns are shown. @type {Set<string>} */
  #unfolded = new Set();

  constructor() {
    super(POPUP, STYLE);
    this.#list.id = this.#id;
    this.#search.setAttribute('aria-controls', this.#id);
    this.#search.addEventListener('input', () => this.#narrow());
    this.#panel.addEventListener('keydown', (event) => this.#key(event));
    this.#panel.addEventListener('focusout', (event) => {
      if (!(event.relatedTarget instanceof Node && this.#panel.contains(event.relatedTarget))) this.close();
    });
    this.#panel.append(el('div', { class: 'head' }, this.#search), this.#list);
    this.root.append(this.#button, this.#panel);
  }

  /** Opens the list; the choices come when they are known. */
  begin() {
    this.opened = true;
    this.choices = null;
    this.#search.value = '';
    this.#unfolded.clear();
    this.#at = 0;
    this.draw();
    this.#search.focus();
    this.emit('deskbell-pick-open');
  }

  close() {
    if (!this.opened) return;
    this.opened = false;
    this.draw();
  }

  #leave() {
    this.close();
    this.emit('deskbell-pick-leave');
  }

  draw() {
    mark(this, 'data-open', this.opened ? '' : null);
    fill(this.#button, icon('plus'), this.say('pick-field'));
    this.#button.title = `${this.say('pick-field')} (Ctrl+Space)`;
    this.#button.setAttribute('aria-expanded', String(this.opened));
    if (!this.opened) return close(this.#panel);
    this.#panel.setAttribute('aria-label', this.say('pick-field'));
    this.#search.setAttribute('aria-label', this.say('pick-search'));
    this.#search.placeholder = this.say('pick-search');
    this.#list.setAttribute('aria-label', this.say('pick-list'));
    this.#drawList();
    open(this.#panel, this.#button.getBoundingClientRect());
  }

  #narrow() {
    this.#at = 0;
    this.#drawList();
  }

  #drawList() {
    const wanted = this.#search.value.trim().toLowerCase();
    const fits = (/** @type {Choice} */ { field, label, table }) => `${table ?? ''} ${table ?? ''}.${field} ${label}`.toLowerCase().includes(wanted);
    this.#seen = (this.choices ?? []).filter((/** @type {Choice} */ choice) => (wanted === '' ? choice.table === null || this.#unfolded.has(choice.table) : fits(choice)));
    this.#at = Math.min(this.#at, Math.max(0, this.#seen.length - 1));
    const none = el('p', { class: 'none muted', role: 'status' }, this.say(this.choices === null ? 'pick-waiting' : 'pick-none'));
    fill(this.#list, this.#seen.length > 0 ? this.#seen.map((choice, index) => this.#option(choice, index, wanted === '')) : none);
    this.#select();
  }

  #select() {
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(index === this.#at));
      if (index === this.#at) option.scrollIntoView({ block: 'nearest' });
    }
    mark(this.#search, 'aria-activedescendant', this.#seen.length > 0 ? `${this.#id}-${this.#at}` : null);
  }

  /** @param {Choice} choice @param {number} index @param {boolean} folds Whether tables can be opened. */
  #option(choice, index, folds) {
    const { field, label, fieldtype, table, value } = choice;
    const isTable = fieldtype.startsWith('Table') && table === null;
    const turn = isTable && folds && el('button', { type: 'button', class: 'turn', tabindex: '-1', 'aria-hidden': 'true', onclick: (event) => (event.stopPropagation(), this.#turn(field)) }, icon('chevron'));
    return el(
      'div',
      { role: 'option', id: `${this.#id}-${index}`, class: table === null ? 'option' : 'option column', 'data-field': table === null ? field : `${table}.${field}`, 'aria-expanded': isTable && folds ? String(this.#unfolded.has(field)) : null, onmousedown: (event) => event.preventDefault(), onclick: () => this.#pick(choice) },
      turn,
      el('span', {}, label),
      el('code', { class: 'muted' }, table === null ? field : `${table}.${field}`),
      el('span', { class: 'type' }, fieldtype),
      value && el('span', { class: 'value', part: 'value' }, table === null ? value : this.say('pick-first-row', { value })),
    );
  }

  /** @param {string} table */
  #turn(table) {
    if (!this.#unfolded.delete(table)) this.#unfolded.add(table);
    this.#drawList();
    this.#at = this.#seen.findIndex(({ field, table: of }) => of === null && field === table);
    this.#select();
  }

  /** @param {Choice} choice */
  #pick(choice) {
    this.close();
    this.emit('deskbell-pick', { choice });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // What is typed here is none of the desk's shortcuts.
    event.stopPropagation();
    const chosen = this.#seen[this.#at];
    const to = moved(event.key, this.#at, this.#seen.length);
    const folded = chosen && this.#search.value === '' && chosen.fieldtype.startsWith('Table') && (event.key === 'ArrowRight') !== this.#unfolded.has(chosen.field);
    if (to !== null) {
      this.#at = to;
      this.#select();
    } else if (event.key === 'Enter' && chosen) this.#pick(chosen);
    else if (event.key === 'Escape' || event.key === 'Tab') this.#leave();
    else if (folded && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) this.#turn(chosen.field);
    else return;
    event.preventDefault();
  }
}

customElements.define('deskbell-field-picker', FieldPicker);
