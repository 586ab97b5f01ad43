// The document that a notification is tried on: chosen, loaded, and held by the engine in the lives that the event gives it.
import { VALUE_CHANGE, ValueEdit } from './value-edit.js';

/** @import { Engine } from '../engine.js' */
/** @import { DocumentState, ValueChange } from '../deskbell.js' */
/** @import { Host, LoadedDocument, NotificationFields, OfferedDocument } from '../hosts/host.js' */

/** @param {Pick<OfferedDocument, 'name' | 'open'>} one @param {Pick<OfferedDocument, 'name' | 'open'>} other */
const same = (one, other) => one.name === other.name && one.open === other.open;

export class TrialDocument {
  #host;
  #engine;
  #doctype = '';
  #event = '';
  /** Whose documents were read: another event may come while they are still on their way. */
  #read = '';
  /** @type {LoadedDocument | null} */
  #loaded = null;
  /** @type {OfferedDocument} */
  #wanted = { name: '' };
  /** What the newest call comes to. @type {Promise<boolean>} */
  #following = Promise.resolve(false);
  #turn = 0;
  /** @type {OfferedDocument[]} */
  documents = [];
  /** Counts what was held: another number is another document, or another life of it. */
  held = 0;
  /** The document that is held; null when there is none. @type {OfferedDocument | null} */
  chosen = null;
  /** A document that was wanted and that the host did not give; "" when there is none. */
  missing = '';
  /** @type {{ condition: DocumentState, message: DocumentState } | null} */
  states = null;
  /** What the event gives every saved document. @type {{ condition: DocumentState, message: DocumentState } | null} */
  lives = null;
  /** The value that has to change, at the event "Value Change". */
  edit = new ValueEdit();
  /** What the event makes of it; null at every other event. @type {ValueChange | 'no-field' | null} */
  change = null;

  /** @param {Host} host @param {Engine} engine */
  constructor(host, engine) {
    this.#host = host;
    this.#engine = engine;
  }

  /** "" when there is no document. */
  get name() {
    return this.chosen?.name ?? '';
  }

  get comments() {
    return this.#loaded?.comments ?? null;
  }

  /** @param {OfferedDocument} wanted */
  choose(wanted) {
    this.#wanted = wanted;
  }

  /**
   * Makes the engine hold the chosen document for this form; does nothing when it already does.
   * @param {NotificationFields} form
   * @param {boolean} reload Whether the document itself may have changed.
   * @returns {Promise<boolean>} Whether there is a document to ask about; false also when a newer call took over.
   */
  follow(form, reload) {
    const event = form.event === VALUE_CHANGE ? `${form.event} ${form.valueChanged} ${this.edit.turn}` : form.event;
    const known = form.documentType === this.#doctype && event === this.#event;
    if (!known || reload) this.#following = this.#open(form, event, form.documentType === this.#read, reload);
    return this.#following;
  }

  /** @param {NotificationFields} form @param {string} event @param {boolean} sameType @param {boolean} reload */
  async #open(form, event, sameType, reload) {
    this.#turn += 1;
    const turn = this.#turn;
    const stale = () => turn !== this.#turn;
    this.#doctype = form.documentType;
    this.#event = event;
    if (!sameType || reload) {
      const documents = await this.#host.documents(form.documentType);
      if (stale()) return false;
      const first = documents[0];
      const before = sameType ? this.chosen : null;
      // A search and a replay go further than the list.
      const wanted = this.#wanted.name === '' || !sameType ? null : this.#wanted;
      // Without a wish, what the person comes from goes first; what was open with changes may be saved by now.
      const order = wanted || !first?.open ? [wanted, wanted || before?.open ? before : null, first] : [first];
      const tries = order.flatMap((one) => (one?.open === 'changed' ? [one, { name: one.name }] : (one ?? [])));
      let chosen = null;
      let loaded = null;
      for (const one of tries) {
        chosen = documents.find((offered) => same(offered, one)) ?? one;
        if (one.open && !documents.includes(chosen)) continue;
        loaded = await this.#host.loadDocument(form.documentType, chosen.name, chosen.open);
        if (stale()) return false;
        if (loaded) break;
      }
      this.missing = wanted && !wanted.open && (!loaded || chosen?.name !== wanted.name) ? wanted.name : '';
      this.#wanted = loaded && chosen && wanted ? chosen : { name: '' };
      this.#read = form.documentType;
      this.documents = documents;
      if (!chosen || !this.chosen || !same(chosen, this.chosen) || !sameType) this.edit.undo();
      this.chosen = loaded ? chosen : null;
      this.#loaded = loaded;
    }
    const states = await this.#engine.ask(null, 'statesFor', form.event);
    if (stale()) return false;
    if (states.kind !== 'answer' || !this.#loaded) {
      // Not remembered, so that the next keystroke tries again.
      if (states.kind !== 'answer') this.#event = '';
      return false;
    }
    this.#hold(form, this.#loaded, states.value);
    if (form.event !== VALUE_CHANGE) return true;
    const change = form.valueChanged === '' ? null : await this.#engine.ask(null, 'valueChange', 'condition', form.valueChanged);
    if (stale()) return false;
    this.change = !change ? 'no-field' : change.kind === 'answer' ? change.value : 'unknown';
    return true;
  }

  /** @param {NotificationFields} form @param {LoadedDocument} loaded @param {{ condition: DocumentState, message: DocumentState }} states */
  #hold({ event, valueChanged }, { doc, metas, before }, states) {
    const isNew = this.chosen?.open === 'new';
    // The first save of a document is an insert, whatever event waits for it.
    const life = (/** @type {DocumentState} */ state) => (isNew && state === 'posted' ? 'inserted' : state);
    this.lives = states;
    this.states = { condition: life(states.condition), message: life(states.message) };
    this.change = null;
    // What a page does not tell of an open document is not known.
    const stored = this.chosen?.open ? (before ?? null) : doc;
    if (event === VALUE_CHANGE) this.edit.follow(metas[0], valueChanged, /** @type {any} */ (stored), /** @type {any} */ (doc));
    const saved = event === VALUE_CHANGE ? this.edit.applied(doc) : doc;
    // Of a saved document that nobody changes, nothing tells what its next save will change.
    const known = event === VALUE_CHANGE || this.chosen?.open ? stored : null;
    this.#engine.hold('condition', saved, metas, this.states.condition, known);
    this.#engine.hold('message', saved, metas, this.states.message, known);
    this.held += 1;
  }
}
