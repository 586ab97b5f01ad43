// <deskbell-document-picker>: which document the condition and the message are tried on, and in which life the host sees it.
import { el, fill, mark } from '../dom.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { DocumentState } from '../deskbell.js' */

const STYLE = sheet(`
label { display: flex; align-items: center; gap: 8px; min-width: 0; color: var(--db-muted); }
select { color: var(--db-text); font-weight: 500; }
.states { color: var(--db-muted); font-size: 12px; }
`);

/** Attribute: `data-document` = the chosen document's name. Event: `deskbell-document` {name}. */
export class DocumentPicker extends View {
  /** @type {ReadonlyArray<{ name: string, label: string }>} */
  documents = [];
  chosen = '';
  /** @type {{ condition: DocumentState, message: DocumentState } | null} */
  states = null;

  #label = el('span');
  #select = el('select', { part: 'select', onchange: () => this.emit('deskbell-document', { name: this.#select.value }) });
  #states = el('span', { class: 'states', part: 'states' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });
  #listed = '';

  constructor() {
    super(STYLE);
    const bar = el('div', { class: 'bar' }, el('label', {}, this.#label, this.#select), this.#states);
    this.root.append(el('div', { class: 'panel' }, bar, this.#notice));
  }

  draw() {
    mark(this, 'data-document', this.chosen || null);
    fill(this.#label, this.say('try-on'));
    const listed = JSON.stringify(this.documents);
    if (listed !== this.#listed) {
      this.#listed = listed;
      fill(this.#select, this.documents.map(({ name, label }) => el('option', { value: name }, label)));
    }
    this.#select.value = this.chosen;
    this.#select.hidden = this.documents.length === 0;
    const states = this.states;
    const words = states
      ? this.say('states', { condition: this.say(`state-${states.condition}`), message: this.say(`state-${states.message}`) })
      : '';
    fill(this.#states, this.documents.length === 0 ? this.say('no-document') : words);
    this.drawNotice(this.#notice);
  }
}

customElements.define('deskbell-document-picker', DocumentPicker);
