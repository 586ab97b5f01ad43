// <deskbell-draft-offer>: a text that was written here and not saved, to be taken back or thrown away.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { lineChanges } from './line-changes.js';
import { sheet } from './styles.js';
import { View } from './view.js';

const STYLE = sheet(`
:host(:not([data-offered])) { display: none; }
pre { margin: 6px 0 0; max-height: 180px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.5 var(--db-mono); }
del, ins { display: block; text-decoration: none; padding-inline: 4px; border-radius: 3px; }
del { color: var(--db-bad); background: var(--db-bad-bg); } ins { color: var(--db-good); background: var(--db-good-bg); }
del::before { content: "\\2212\\00a0"; } ins::before { content: "+ "; } pre > span { display: block; padding-inline: 4px; } pre > span::before { content: "\\00a0\\00a0"; }
.choices { display: flex; gap: 6px; }
`);

/** Attribute: `data-offered` while there is one. Events: `deskbell-restore`, `deskbell-discard`. */
export class DraftOffer extends View {
  /** @type {string | null} */
  draft = null;
  /** What is in the field. */
  text = '';
  /** ISO */
  when = '';
  /** Whether the record was saved since. */
  outdated = false;

  #words = el('div', { class: 'verdict grow', part: 'words', role: 'status' });
  #restore = el('button', { type: 'button', class: 'primary', part: 'restore', onclick: () => this.emit('deskbell-restore') });
  #discard = el('button', { type: 'button', part: 'discard', onclick: () => this.emit('deskbell-discard') });
  #summary = el('summary');
  #changes = el('pre', { tabindex: '0', part: 'changes' });
  #details = el('details', { class: 'part' }, this.#summary, this.#changes);

  constructor() {
    super(STYLE);
    const bar = el('div', { class: 'bar' }, this.#words, el('div', { class: 'choices' }, this.#restore, this.#discard));
    this.root.append(el('div', { class: 'panel' }, bar, this.#details));
  }

  draw() {
    const { draft } = this;
    mark(this, 'data-offered', draft === null ? null : '');
    if (draft === null) return;
    const words = this.say('draft-kept', { when: this.words.moment(this.when) }) + (this.outdated ? ` ${this.say('draft-since')}` : '');
    this.write(this.#words, 'warn', icon('clock'), words);
    fill(this.#restore, this.say('draft-restore'));
    fill(this.#discard, this.say('draft-discard'));
    fill(this.#summary, this.say('draft-compare'));
    this.#changes.setAttribute('aria-label', this.say('draft-compare'));
    const tags = /** @type {const} */ ({ ' ': 'span', '-': 'del', '+': 'ins' });
    const labels = { ' ': null, '-': this.say('draft-now'), '+': this.say('draft-added') };
    fill(this.#changes, lineChanges(this.text, draft).map(({ sign, line }) => el(tags[sign], { title: labels[sign] }, line === '' ? '\u200b' : line)));
  }
}

customElements.define('deskbell-draft-offer', DraftOffer);
