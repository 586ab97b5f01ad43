// Texts that were written and not saved: kept while they are written, offered when the form is opened again, gone when they are saved.
import { DraftOffer } from '../elements/draft-offer.js';
import { drafts, keep, tidy } from './draft-store.js';

/** @import { Engine } from '../engine.js' */
/** @import { Draft } from './draft-store.js' */
/** @import { Host, NotificationFields } from '../hosts/host.js' */

/** How long after a key a text is kept. */
const REST_MS = 400;
/** The URL of a webhook is its password and stands in no store: neither its own field, nor a text with such a URL in it. */
const FIELDS = /** @type {const} */ (['condition', 'message']);
/** How many texts of one field are offered, one after the other. */
const MOST = 3;
/** With a scheme or without: whoever pastes a webhook may leave it out. */
const ADDRESS = /(?:https?:|[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)[^\s"'<>]+/gi;

/** @typedef {{ field: typeof FIELDS[number], offer: DraftOffer, text: string, saved: string | null, offered: Draft[] }} Kept `offered`: what was found, the newest first, until it is answered. */

export class Drafts {
  #host;
  #engine;
  #key = '';
  #stamp = '';
  /** The webhook's URL, which must not be kept. */
  #secret = '';
  /** @type {Kept[]} */
  #fields;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Host} host @param {Engine} engine */
  constructor(host, engine) {
    this.#host = host;
    this.#engine = engine;
    this.#fields = FIELDS.map((field) => ({ field, offer: new DraftOffer(), text: '', saved: null, offered: [] }));
    if (!host.record) return;
    for (const one of this.#fields) {
      host.mount(one.field, one.offer);
      one.offer.addEventListener('deskbell-restore', () => this.#restore(one));
      one.offer.addEventListener('deskbell-discard', () => this.#discard(one));
    }
    addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#leave);
  }

  get elements() {
    return this.#fields.map(({ offer }) => offer);
  }

  /**
   * Follows the form: at every keystroke, and when it is saved.
   * @param {NotificationFields} form
   */
  follow(form) {
    const record = this.#host.record?.();
    if (!record) return;
    this.#secret = form.webhook?.url.trim().replace(/^https?:\/\//i, '') ?? '';
    this.#stamp = record.stamp;
    const { saved } = record;
    if (record.key !== this.#key) this.#begin(record.key, form);
    for (const one of this.#fields) {
      // Filters are set by clicks, and are no text that is written.
      if (one.field === 'condition' && form.conditionType === 'Filters') continue;
      const before = one.saved;
      if (saved) one.saved = saved[one.field];
      const text = form[one.field];
      if (text === one.text && one.saved === before) continue;
      one.text = text;
      clearTimeout(this.#timer);
      // What is saved needs no keeping, and is forgotten at once.
      if (text === one.saved) keep(this.#keyOf(one), one.offered);
      else this.#timer = setTimeout(() => this.#write(), REST_MS);
      this.#draw(one);
    }
  }

  remove() {
    this.#leave();
    removeEventListener('pagehide', this.#leave);
    document.removeEventListener('visibilitychange', this.#leave);
    for (const { offer } of this.#fields) offer.remove();
  }

  /** @param {Kept} one */
  #keyOf({ field }) {
    return `${this.#key}/${field}`;
  }

  /** @param {string} key @param {NotificationFields} form */
  #begin(key, form) {
    const before = this.#key;
    // A record that had no name has it by its first save, which has saved its texts too.
    if (before.endsWith('/')) for (const one of this.#fields) keep(this.#keyOf(one), []);
    tidy();
    this.#key = key;
    for (const one of this.#fields) {
      one.text = form[one.field];
      one.saved = one.field === 'condition' && form.conditionType === 'Filters' ? one.text : null;
      one.offered = drafts(this.#keyOf(one)).filter(({ text }) => text !== one.text && text.trim() !== '').slice(0, MOST);
      this.#draw(one);
    }
  }

  /** Writes what is not saved; what is offered stays with it until it is answered. */
  #write() {
    for (const one of this.#fields) {
      const { text } = one;
      if (one.saved === text) continue;
      const key = this.#keyOf(one);
      const draft = { text, at: Date.now(), stamp: this.#stamp };
      this.#isSafe(text).then((safe) => {
        // Otherwise what was kept last stays.
        if (safe && one.text === text && one.saved !== text) keep(key, [draft, ...one.offered]);
      });
    }
  }

  /** Whether a text has no webhook's URL in it. @param {string} text */
  async #isSafe(text) {
    if (this.#secret !== '' && text.includes(this.#secret)) return false;
    for (const [address] of text.matchAll(ADDRESS)) {
      const answer = await this.#engine.ask(null, 'detectService', address);
      if (answer.kind !== 'answer' || answer.value !== null) return false;
    }
    return true;
  }

  /** There is no time left to ask about addresses: a text with one stays as it was kept last. */
  #leave = () => {
    clearTimeout(this.#timer);
    for (const one of this.#fields) {
      if (this.#key === '' || one.saved === one.text || one.text.match(ADDRESS) || drafts(this.#keyOf(one))[0]?.text === one.text) continue;
      keep(this.#keyOf(one), [{ text: one.text, at: Date.now(), stamp: this.#stamp }, ...one.offered]);
    }
  };

  /** @param {Kept} one */
  #restore(one) {
    const draft = one.offered.shift();
    this.#draw(one);
    if (draft) this.#host.replace(one.field, 0, this.#host.readNotification()[one.field].length, draft.text);
  }

  /** @param {Kept} one */
  #discard(one) {
    const gone = one.offered.shift();
    keep(this.#keyOf(one), drafts(this.#keyOf(one)).filter(({ text, at }) => text !== gone?.text || at !== gone.at));
    this.#draw(one);
    this.#host.show(one.field, one.text.length, one.text.length);
  }

  /** @param {Kept} one */
  #draw({ offer, offered: [first], text }) {
    const offered = first && first.text !== text ? first : null;
    if (!offered && offer.draft === null) return;
    offer.update({ draft: offered?.text ?? null, text, when: offered ? this.#when(offered.at) : '', outdated: offered !== null && offered.stamp !== this.#stamp });
  }

  /** The person's own clock; the Swedish way to write a date is the ISO way. @param {number} at */
  #when(at) {
    return new Date(at).toLocaleString('sv-SE').replace(' ', 'T');
  }
}
