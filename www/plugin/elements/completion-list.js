// <deskbell-completion-list>: what a name that was begun in an editor can become. The keys stay with the editor.
import { el, fill, mark } from '../dom.js';
import { POPUP, close, open, popup } from './popup.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { Completion } from '../deskbell.js' */
/** @import { CaretBox } from '../hosts/caret-box.js' */

const STYLE = sheet(':host { height: 0; margin: 0; } .option .label { color: var(--db-muted); }');

/** Attribute: `data-open` while it is. Event: `deskbell-choose` {index}. */
export class CompletionList extends View {
  /** @type {Completion['suggestions']} */
  suggestions = [];
  chosen = 0;
  /** Where it stands; null while it is closed. @type {CaretBox | null} */
  place = null;

  #list = popup({ role: 'listbox', part: 'list', tabindex: '0' });
  /** The editor is outside of this root, so no attribute can point from there to an option: what is chosen is said. */
  #said = el('div', { class: 'sr', 'aria-live': 'polite' });
  /** @type {Completion['suggestions']} */
  #drawn = [];

  constructor() {
    super(POPUP, STYLE);
    this.root.append(this.#list, this.#said);
  }

  draw() {
    const { place, suggestions } = this;
    mark(this, 'data-open', place ? '' : null);
    if (!place) {
      fill(this.#said);
      return close(this.#list);
    }
    if (suggestions !== this.#drawn) {
      this.#drawn = suggestions;
      this.#list.setAttribute('aria-label', this.say('complete-list'));
      fill(this.#list, suggestions.map((one, index) => this.#option(one, index)));
    }
    open(this.#list, place);
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(index === this.chosen));
      if (index === this.chosen) option.scrollIntoView({ block: 'nearest' });
    }
    const { name, label } = suggestions[this.chosen] ?? { name: '', label: null };
    this.write(this.#said, '', null, this.say('complete-place', { name: label ? `${name} (${label})` : name, index: this.chosen + 1, count: suggestions.length }));
  }

  /** @param {Completion['suggestions'][number]} suggestion @param {number} index */
  #option({ name, label, kind, fieldtype }, index) {
    const type = fieldtype ?? this.say(`kind-${kind}`);
    // The focus stays in the editor.
    const down = (/** @type {Event} */ event) => event.preventDefault();
    return el(
      'div',
      { role: 'option', class: 'option', onpointerdown: down, onmousedown: down, onclick: () => this.emit('deskbell-choose', { index }) },
      el('code', {}, name),
      label && label !== name && el('span', { class: 'label' }, label),
      el('span', { class: 'type' }, type),
    );
  }
}

customElements.define('deskbell-completion-list', CompletionList);
