// Help while a text is written: the fields behind a button, and the names that fit behind a dot.
import { CompletionList } from '../elements/completion-list.js';
import { FieldPicker } from '../elements/field-picker.js';
import { moved } from '../elements/popup.js';

/** @import { Completion } from '../deskbell.js' */
/** @import { Engine } from '../engine.js' */
/** @import { Host } from '../hosts/host.js' */

export class WritingHelp {
  #host;
  #engine;
  #field;
  #picker = new FieldPicker();
  #list = new CompletionList();
  /** Where the keys of the editor pass. @type {HTMLElement | null} */
  #area = null;
  /** What stands in the list now. @type {Completion | null} */
  #open = null;
  /** While something is written for the person, which is no typing. */
  #writing = false;
  #range = { start: 0, end: 0 };

  /** @param {Host} host @param {Engine} engine @param {'condition' | 'message'} field */
  constructor(host, engine, field) {
    this.#host = host;
    this.#engine = engine;
    this.#field = field;
    host.mount(field, this.#list);
    this.#picker.addEventListener('deskbell-pick-open', () => this.#offer());
    this.#picker.addEventListener('deskbell-pick', (event) => {
      const { text: written, caret } = /** @type {CustomEvent} */ (event).detail.choice;
      this.#write(this.#range.start, this.#range.end, written, caret);
    });
    this.#picker.addEventListener('deskbell-pick-leave', () => this.#host.show(field, this.#range.start, this.#range.end));
    this.#list.addEventListener('deskbell-choose', (event) => this.#choose(/** @type {CustomEvent} */ (event).detail.index));
  }

  get elements() {
    return [this.#picker, this.#list];
  }

  /**
   * Editors come late, and may be others later.
   * @param {boolean} ready Whether there is a document, and a text that is code.
   */
  follow(ready) {
    if (!this.#picker.isConnected) {
      const over = this.#host.mountOver?.(this.#field, this.#picker) ?? false;
      if (!over) this.#host.mount(this.#field, this.#picker);
      this.#picker.toggleAttribute('data-over', over);
    }
    const area = ready ? (this.#host.typing?.(this.#field) ?? null) : null;
    this.#picker.hidden = area === null;
    if (area === this.#area) return;
    this.#deafen();
    this.#area = area;
    area?.addEventListener('keydown', this.#key, true);
    area?.addEventListener('input', this.#typed);
    area?.addEventListener('focusout', this.#close);
    area?.addEventListener('pointerdown', this.#close);
    area?.addEventListener('wheel', this.#close, { passive: true });
  }

  remove() {
    this.#deafen();
    for (const element of this.elements) element.remove();
  }

  #deafen() {
    this.#close();
    this.#area?.removeEventListener('keydown', this.#key, true);
    this.#area?.removeEventListener('input', this.#typed);
    for (const event of ['focusout', 'pointerdown', 'wheel']) this.#area?.removeEventListener(event, this.#close);
    this.#area = null;
  }

  /** The fields for the place of the cursor; behind the text where nobody knows the cursor. */
  async #offer() {
    const caret = this.#host.caret?.(this.#field) ?? this.#behind();
    this.#range = { start: caret.start, end: caret.end };
    const answer = await this.#engine.ask(`fields ${this.#field}`, 'fields', this.#field, caret.text, caret.start);
    if (answer.kind !== 'answer') return;
    const { start, end, choices } = answer.value;
    this.#range = { start, end: Math.max(end, caret.end) };
    this.#picker.update({ choices });
  }

  #behind() {
    const text = this.#host.readNotification()[this.#field];
    return { text, start: text.length, end: text.length };
  }

  #typed = (/** @type {Event} */ event) => {
    // A text that an input method still composes is not the person's last word.
    if (this.#writing || /** @type {InputEvent} */ (event).isComposing) return;
    // The editor takes the key over after the event.
    queueMicrotask(() => this.#suggest(false));
  };

  /** @param {boolean} asked Whether the person asked for it. */
  async #suggest(asked) {
    const caret = this.#host.caret?.(this.#field) ?? null;
    if (!caret || caret.start !== caret.end) return this.#close();
    const answer = await this.#engine.ask(`complete ${this.#field}`, 'complete', this.#field, caret.text, caret.start);
    const now = this.#host.caret?.(this.#field) ?? null;
    if (answer.kind !== 'answer' || now?.start !== caret.start || now.text !== caret.text) return answer.kind === 'superseded' ? undefined : this.#close();
    const { suggestions } = answer.value;
    if (suggestions.length === 0) {
      this.#close();
      if (asked) this.#picker.begin();
      return;
    }
    this.#open = answer.value;
    this.#list.update({ suggestions, chosen: 0, place: now.box });
  }

  #close = () => {
    if (!this.#open) return;
    this.#open = null;
    this.#list.update({ place: null });
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const open = this.#open;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.ctrlKey && event.code === 'Space') this.#suggest(true);
    else if (!open) return;
    else if (plain && moved(event.key, 0, 1) !== null) this.#list.update({ chosen: moved(event.key, this.#list.chosen, open.suggestions.length) ?? 0 });
    else if (plain && !event.shiftKey && (event.key === 'Enter' || event.key === 'Tab')) this.#choose(this.#list.chosen);
    else if (event.key === 'Escape') this.#close();
    else {
      const types = event.key.length === 1 || event.key === 'Backspace' || event.key === 'Shift';
      if (!plain || !types) this.#close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {number} index */
  #choose(index) {
    const open = this.#open;
    const suggestion = open?.suggestions[index];
    this.#close();
    if (open && suggestion) this.#write(open.start, open.end, suggestion.text, suggestion.caret);
  }

  /** @param {number} start @param {number} end @param {string} text @param {number} caret */
  #write(start, end, text, caret) {
    this.#writing = true;
    this.#host.replace(this.#field, start, end, text);
    this.#host.show(this.#field, start + caret, start + caret);
    this.#writing = false;
  }
}
