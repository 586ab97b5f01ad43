// The document that a notification is tried on: chosen, loaded, and held by the engine in the lives that the event gives it.

/** @import { Engine } from '../engine.js' */
/** @import { DocumentState } from '../deskbell.js' */
/** @import { Host, LoadedDocument, NotificationFields } from '../hosts/host.js' */

export class TrialDocument {
  #host;
  #engine;
  #doctype = '';
  #event = '';
  /** Whose documents were read: another event may come while they are still on their way. */
  #read = '';
  /** @type {LoadedDocument | null} */
  #loaded = null;
  #wanted = '';
  /** What the newest call comes to. @type {Promise<boolean>} */
  #following = Promise.resolve(false);
  #turn = 0;
  /** @type {Array<{ name: string, label: string }>} */
  documents = [];
  /** Counts what was held: another number is another document, or another life of it. */
  held = 0;
  /** The document that is held; "" when there is none. */
  name = '';
  /** @type {{ condition: DocumentState, message: DocumentState } | null} */
  states = null;

  /** @param {Host} host @param {Engine} engine */
  constructor(host, engine) {
    this.#host = host;
    this.#engine = engine;
  }

  get comments() {
    return this.#loaded?.comments ?? null;
  }

  /** @param {string} name */
  choose(name) {
    this.#wanted = name;
  }

  /**
   * Makes the engine hold the chosen document for this form; does nothing when it already does.
   * @param {NotificationFields} form
   * @param {boolean} reload Whether the document itself may have changed.
   * @returns {Promise<boolean>} Whether there is a document to ask about; false also when a newer call took over.
   */
  follow(form, reload) {
    const known = form.documentType === this.#doctype && form.event === this.#event;
    if (!known || reload) this.#following = this.#open(form, form.documentType === this.#read, reload);
    return this.#following;
  }

  /** @param {NotificationFields} form @param {boolean} sameType @param {boolean} reload */
  async #open(form, sameType, reload) {
    this.#turn += 1;
    const turn = this.#turn;
    const stale = () => turn !== this.#turn;
    this.#doctype = form.documentType;
    this.#event = form.event;
    if (!sameType || reload) {
      const offered = await this.#host.documents(form.documentType);
      if (stale()) return false;
      const isOffered = offered.some((known) => known.name === this.#wanted);
      // A replay goes further back than the picker's list.
      const older = !isOffered && sameType && this.#wanted !== '' ? await this.#host.loadDocument(form.documentType, this.#wanted) : null;
      if (stale()) return false;
      const documents = older ? [...offered, { name: this.#wanted, label: this.#wanted }] : offered;
      const name = isOffered || older ? this.#wanted : (documents[0]?.name ?? '');
      const loaded = older ?? (name === '' ? null : await this.#host.loadDocument(form.documentType, name));
      if (stale()) return false;
      this.#read = form.documentType;
      this.documents = documents;
      this.name = loaded ? name : '';
      this.#loaded = loaded;
    }
    const states = await this.#engine.ask(null, 'statesFor', form.event);
    if (stale()) return false;
    if (states.kind !== 'answer' || !this.#loaded) {
      // Not remembered, so that the next keystroke tries again.
      if (states.kind !== 'answer') this.#event = '';
      return false;
    }
    this.states = states.value;
    const { doc, metas } = this.#loaded;
    this.#engine.hold('condition', doc, metas, this.states.condition);
    this.#engine.hold('message', doc, metas, this.states.message);
    this.held += 1;
    return true;
  }
}
