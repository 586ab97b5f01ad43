// The search for another document to try a notification on: after a pause, and only the newest answer counts.

/** @import { Host, OfferedDocument } from '../hosts/host.js' */

/** How long nothing has to be typed before the host is asked. */
const PAUSE_MS = 200;
/** How long an answer may take before somebody should know that it does. */
const SLOW_MS = 2500;
/** How long it may take at all. */
const PATIENCE_MS = 15000;

/**
 * What is known of a search. `ended`: there is nothing more to come; `failed`: the host did not answer.
 * @typedef {{ text: string, documents: readonly OfferedDocument[], ended: boolean, failed: boolean, slow: boolean }} Found
 */

export class DocumentSearch {
  #host;
  #tell;
  #turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /** @param {Host} host @param {(found: Found | null) => void} tell */
  constructor(host, tell) {
    this.#host = host;
    this.#tell = tell;
  }

  /**
   * Starts anew with another text; "" ends it.
   * @param {string} doctype @param {string} typed @param {readonly OfferedDocument[]} offered What a host without a search is looked through for.
   */
  start(doctype, typed, offered) {
    this.#turn += 1;
    clearTimeout(this.#pause);
    const text = typed.trim();
    if (text === '') return this.#tell(null);
    this.#tell({ text, documents: [], ended: false, failed: false, slow: false });
    const turn = this.#turn;
    this.#pause = setTimeout(() => this.#ask(turn, doctype, text, offered), PAUSE_MS);
  }

  /** @param {number} turn @param {string} doctype @param {string} text @param {readonly OfferedDocument[]} offered */
  async #ask(turn, doctype, text, offered) {
    const tell = (/** @type {Partial<Found>} */ more) => {
      if (turn === this.#turn) this.#tell({ text, documents: [], ended: false, failed: false, slow: false, ...more });
    };
    const slow = setTimeout(tell, SLOW_MS, { slow: true });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let late;
    const never = new Promise((resolve) => (late = setTimeout(resolve, PATIENCE_MS, null)));
    const search = this.#host.searchDocuments?.(doctype, text) ?? Promise.resolve(fitting(offered, text));
    const found = /** @type {readonly OfferedDocument[] | null} */ (await Promise.race([search, never]).catch(() => null));
    clearTimeout(slow);
    clearTimeout(late);
    // What is open here and fits comes first: no site knows of it.
    const open = fitting(offered, text).filter(({ open }) => open);
    const documents = found && [...open, ...found.filter((one) => !open.includes(one))];
    tell(documents ? { documents, ended: true } : { documents: open, ended: true, failed: true });
  }
}

/** @param {readonly OfferedDocument[]} offered @param {string} text */
function fitting(offered, text) {
  const wanted = text.toLowerCase();
  return offered.filter(({ name, title = '' }) => `${name} ${title}`.toLowerCase().includes(wanted));
}
