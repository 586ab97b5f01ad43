// What only the server knows, asked through the host: once per question, when typing pauses, and never for a text that fails.

/** @import { MessageReport, ServerAnswer, ServerQuestion } from '../deskbell.js' */
/** @import { Host } from '../hosts/host.js' */

/** How long the keys have to rest before the server is asked. */
const PAUSE_MS = 600;
/** How many questions are on their way at once. */
const AT_ONCE = 4;
/** How many answers are kept: a form sees few different questions. */
const KEPT = 200;

export class Resolver {
  #host;
  #onAnswer;
  /** By question. @type {Map<string, ServerAnswer>} */
  #known = new Map();
  /** What waits for a pause, and what is on its way. @type {Map<string, ServerQuestion>} */
  #waiting = new Map();
  #asking = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #closed = false;

  /** @param {Host} host @param {() => void} onAnswer Called when an answer has come: the message can be rendered again. */
  constructor(host, onAnswer) {
    this.#host = host;
    this.#onAnswer = onAnswer;
  }

  /** What the server has told so far. */
  get answers() {
    return [...this.#known.values()];
  }

  /** Whether a question is on its way. */
  get busy() {
    return this.#asking.size > 0;
  }

  /**
   * Follows the newest report: what it asks is asked after a pause, and what an older one asked is forgotten.
   * @param {MessageReport | null} report
   */
  follow(report) {
    clearTimeout(this.#timer);
    this.#waiting.clear();
    if (!this.#host.ask || !report || report.status === 'error') return;
    for (const { question, answer } of report.gaps) {
      if (!question || answer) continue;
      const key = JSON.stringify(question);
      if (!this.#known.has(key) && !this.#asking.has(key)) this.#waiting.set(key, question);
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#pump(), PAUSE_MS);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #pump() {
    for (const [key, question] of this.#waiting) {
      if (this.#asking.size >= AT_ONCE) return;
      this.#waiting.delete(key);
      this.#ask(key, question);
    }
  }

  /** @param {string} key @param {ServerQuestion} question */
  async #ask(key, question) {
    this.#asking.add(key);
    const askedAt = this.#host.now();
    const told = await Promise.resolve(this.#host.ask?.(question)).catch(() => undefined);
    this.#asking.delete(key);
    // A host that breaks its word counts as a server that cannot be reached.
    this.#known.set(key, { question, askedAt, ...(told ?? { value: null, metas: [], refused: 'unreachable' }) });
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    if (this.#closed) return;
    this.#pump();
    this.#onAnswer();
  }
}
