// <deskbell-document-picker>: which document the condition and the message are tried on, and in which life the host sees it.
import { el, fill, mark } from '../dom.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { DocumentState } from '../deskbell.js' */
/** @import { Found } from '../forms/document-search.js' */
/** @import { OfferedDocument } from '../hosts/host.js' */

const STYLE = sheet(`
:host([data-expanded]) { position: relative; z-index: 20; }
.stage { position: relative; }
label { display: flex; flex: 1 1 260px; align-items: center; gap: 8px; min-width: 0; color: var(--db-muted); }
label > span { flex: none; }
input { flex: 1 1 auto; font: inherit; font-weight: 500; color: var(--db-text); background: var(--db-sunken); border: 1px solid transparent;
  border-radius: 6px; padding: 3px 8px; min-width: 0; text-overflow: ellipsis; }
input:focus-visible { outline: 2px solid var(--db-focus); outline-offset: 1px; }
.states { flex: 0 1 auto; color: var(--db-muted); font-size: 12px; }
.list { position: absolute; z-index: 1; inset-inline: 8px; top: 38px; max-height: 260px; overflow: auto; padding: 4px; border: 1px solid var(--db-border);
  border-radius: var(--border-radius, 8px); background: var(--db-surface); box-shadow: 0 6px 20px rgb(0 0 0 / .18); }
.list .caption { margin: 5px 6px 2px; }
[role="option"] { display: flex; flex-wrap: wrap; gap: 0 8px; padding: 4px 6px; border-radius: 5px; cursor: pointer; overflow-wrap: anywhere; }
[role="option"][data-active] { background: var(--db-sunken); outline: 1px solid var(--db-focus); outline-offset: -1px; }
[role="option"][aria-selected="true"] { font-weight: 600; }
.said { padding: 4px 6px; color: var(--db-muted); }
.said:empty, .note:empty { display: none; }
.note { padding: 6px 10px; border-top: 1px solid var(--db-border); color: var(--db-info); background: var(--db-info-bg); }
`);

/**
 * Attributes: `data-document` = the chosen document's name, `data-open` = changed or new where it is not saved.
 * Events: `deskbell-document` {name, open}, `deskbell-search` {text}: "" ends a search.
 */
export class DocumentPicker extends View {
  /** @type {readonly OfferedDocument[]} */
  documents = [];
  /** @type {OfferedDocument | null} */
  chosen = null;
  /** @type {{ condition: DocumentState, message: DocumentState } | null} */
  states = null;
  /** What a search has found so far; null while none is under way. @type {Found | null} */
  found = null;

  /** The options that are drawn, in their order. @type {OfferedDocument[]} */
  #options = [];
  #active = -1;
  #expanded = false;
  /** The person pressed Enter before the answer was there. */
  #entered = false;
  #label = el('span');
  #input = el('input', { part: 'input', type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'list' });
  #states = el('span', { class: 'states', part: 'states' });
  #choices = el('div', { id: 'list', role: 'listbox' });
  #said = el('div', { class: 'said', part: 'said', role: 'status' });
  #list = el('div', { class: 'list', part: 'list', hidden: true }, this.#choices, this.#said);
  #note = el('div', { class: 'note', part: 'note' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });

  constructor() {
    super(STYLE);
    const bar = el('div', { class: 'bar' }, el('label', {}, this.#label, this.#input), this.#states);
    this.root.append(el('div', { class: 'stage' }, el('div', { class: 'panel' }, bar, el('slot'), this.#note, this.#notice), this.#list));
    // What is typed here is no change of the form around it, nor one of its shortcuts.
    this.#input.addEventListener('input', (event) => (event.stopPropagation(), this.#typed()));
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#input.addEventListener('focus', () => this.#input.select());
    this.#input.addEventListener('click', () => this.#expand());
    this.#input.addEventListener('blur', () => this.#close());
    // The focus stays in the field while an option is clicked.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
  }

  draw() {
    mark(this, 'data-document', this.chosen?.name ?? null);
    mark(this, 'data-open', this.chosen?.open ?? null);
    fill(this.#label, this.say('try-on'));
    this.#input.setAttribute('placeholder', this.say('document-search'));
    if (!this.#expanded) this.#input.value = this.chosen ? this.#textOf(this.chosen) : '';
    this.#drawList();
    const { states } = this;
    const word = (/** @type {DocumentState} */ state) => this.say(`state-${state}`);
    const words = !states ? '' : states.condition === states.message ? this.say('states-same', { state: word(states.condition) }) : this.say('states', { condition: word(states.condition), message: word(states.message) });
    fill(this.#states, this.documents.length === 0 && !this.chosen ? this.say('no-document') : words);
    this.announce(this.#note, 'words', null, this.chosen?.open ? this.say('document-unsaved-note') : '');
    this.drawNotice(this.#notice);
  }

  /** @param {OfferedDocument} document */
  #textOf({ name, title, open }) {
    const words = open === 'new' ? [title ?? this.say('document-new'), title && this.say('document-new')] : [name, title, open && this.say('document-unsaved')];
    return words.filter(Boolean).join(' · ');
  }

  #drawList() {
    if (!this.#expanded) return;
    const { found } = this;
    const groups = found
      ? [{ words: '', documents: found.documents }]
      : [
          { words: this.say('document-open'), documents: this.documents.filter(({ open }) => open) },
          { words: this.say('document-last'), documents: this.documents.filter(({ open }) => !open) },
        ];
    this.#options = groups.flatMap(({ documents }) => documents);
    if (this.#active >= this.#options.length) this.#active = -1;
    // As the first thing that was found is what most people are looking for.
    if (found && this.#active < 0 && this.#options.length > 0) this.#active = 0;
    const option = (/** @type {OfferedDocument} */ one) => {
      const index = this.#options.indexOf(one);
      const selected = one.name === this.chosen?.name && one.open === this.chosen?.open;
      const node = el('div', { role: 'option', id: `option-${index}`, part: 'option', 'aria-selected': String(selected), 'data-active': index === this.#active, onclick: () => this.#choose(one) }, this.#textOf(one));
      return node;
    };
    const drawn = groups.filter(({ documents }) => documents.length > 0);
    fill(this.#choices, drawn.map(({ words, documents }, index) => (words === '' ? documents.map(option) : [el('div', { role: 'group', 'aria-labelledby': `group-${index}` }, el('p', { class: 'caption', id: `group-${index}`, role: 'presentation' }, words), documents.map(option))])).flat());
    this.#choices.setAttribute('aria-label', this.say('try-on'));
    this.write(this.#said, 'words', null, this.#words());
    mark(this.#input, 'aria-activedescendant', this.#active < 0 ? null : `option-${this.#active}`);
    this.root.getElementById(`option-${this.#active}`)?.scrollIntoView({ block: 'nearest' });
    if (this.#entered && found?.ended) this.#enter();
  }

  #words() {
    const { found } = this;
    if (!found) return '';
    if (!found.ended) return this.say(found.slow ? 'document-slow' : 'document-searching');
    if (found.failed) return this.say('document-not-searched');
    if (found.documents.length === 0) return this.say('document-none', { text: found.text });
    return this.say('document-found', { count: found.documents.length });
  }

  #typed() {
    this.#active = -1;
    this.#entered = false;
    this.#expand();
    this.emit('deskbell-search', { text: this.#input.value });
  }

  #expand() {
    if (this.#expanded) return;
    this.#expanded = true;
    this.#active = -1;
    this.#show();
    this.#drawList();
  }

  #close() {
    if (!this.#expanded) return;
    this.#expanded = false;
    this.#entered = false;
    this.#active = -1;
    this.#show();
    this.emit('deskbell-search', { text: '' });
    this.draw();
  }

  #show() {
    mark(this, 'data-expanded', this.#expanded ? '' : null);
    this.#list.hidden = !this.#expanded;
    this.#input.setAttribute('aria-expanded', String(this.#expanded));
    if (!this.#expanded) this.#input.removeAttribute('aria-activedescendant');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, ctrlKey, metaKey, isComposing } = event;
    if (key === 'Tab' || ctrlKey || metaKey) return;
    event.stopPropagation();
    if (isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step !== undefined) {
      event.preventDefault();
      if (!this.#expanded) this.#expand();
      const { length } = this.#options;
      if (length > 0) this.#active = this.#active < 0 ? (step > 0 ? 0 : length - 1) : (this.#active + step + length) % length;
      this.#drawList();
    } else if (key === 'Escape' && this.#expanded) {
      event.preventDefault();
      this.#close();
      this.#input.select();
    } else if (key === 'Enter') {
      event.preventDefault();
      if (!this.#expanded) this.#expand();
      else this.#enter();
    }
  }

  /** Takes the option that is marked; a text for which none was found is tried as a name. */
  #enter() {
    const { found } = this;
    const marked = this.#options[this.#active];
    if (found && !found.ended) this.#entered = true;
    else if (marked) this.#choose(this.#options.find(({ name }) => name === found?.text) ?? marked);
    else if (found?.text) this.#choose({ name: found.text });
  }

  /** @param {OfferedDocument} document */
  #choose({ name, open }) {
    this.#close();
    this.emit('deskbell-document', { name, open });
  }
}

customElements.define('deskbell-document-picker', DocumentPicker);
