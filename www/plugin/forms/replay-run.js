// One replay: the last documents are loaded a few at a time, handed to the engine, and the condition is tried on them; it can
// be stopped between two of these steps.

/** @import { Engine } from '../engine.js' */
/** @import { DocumentState, ReplayOptions, ReplayReport } from '../deskbell.js' */
/** @import { Host, LoadedDocument, NotificationFields } from '../hosts/host.js' */
/** @import { Replay } from '../elements/replay.js' */
/** @import { Words } from '../language.js' */
import { read } from './ask.js';
import { VALUE_CHANGE } from './value-edit.js';

/** How many of the last documents are tried. */
const LAST = 50;
/** How many are loaded at once: a site answers a handful of requests beside each other. */
const AT_ONCE = 5;

export class ReplayRun {
  #host;
  #engine;
  #element;
  #turn = 0;

  /** @param {Host} host @param {Engine} engine @param {Replay} element */
  constructor(host, engine, element) {
    this.#host = host;
    this.#engine = engine;
    this.#element = element;
  }

  /** Ends the run, whether or not there is one; what was found so far stays. */
  stop() {
    this.#turn += 1;
    if (this.#element.phase === 'running') this.#element.update({ phase: 'stopped' });
  }

  /** Another condition or another event: what was found is about the one before. */
  forget() {
    this.#turn += 1;
    if (this.#element.phase !== 'idle') this.#element.update({ phase: 'idle', report: null, names: [], days: [], missing: [], done: 0, total: 0, notice: null });
  }

  /**
   * @param {NotificationFields} form @param {DocumentState} state @param {ReplayOptions} options @param {Words} words
   */
  async start({ documentType, condition: source, event }, state, options, words) {
    this.#turn += 1;
    const turn = this.#turn;
    const stale = () => turn !== this.#turn;
    // A document is new on the day of its creation; everything else happened to it, as far as anybody knows, when it was last changed.
    const by = event === 'New' ? 'creation' : 'modified';
    this.#element.update({ phase: 'running', report: null, names: [], days: [], missing: [], done: 0, total: 0, notice: null, stored: state === 'stored', by, waits: event === VALUE_CHANGE });
    const wanted = await this.#host.recent(documentType, LAST);
    if (stale()) return;
    this.#element.update({ total: wanted.length });
    /** @type {string[]} */
    const names = [];
    /** @type {string[]} */
    const days = [];
    /** @type {string[]} */
    const missing = [];
    /** @type {ReplayReport | null} */
    let report = null;
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const part = wanted.slice(from, from + AT_ONCE);
      const loaded = await Promise.all(part.map((name) => this.#host.loadDocument(documentType, name)));
      if (stale()) return;
      const found = /** @type {LoadedDocument[]} */ (loaded.filter((one) => one !== null));
      missing.push(...part.filter((_, index) => loaded[index] === null));
      const metas = found[0]?.metas;
      if (!metas) {
        this.#element.update({ missing: [...missing] });
        continue;
      }
      names.push(...part.filter((_, index) => loaded[index] !== null));
      days.push(...found.map(({ doc }) => String(/** @type {Record<string, unknown>} */ (doc)[by] ?? '').slice(0, 10)));
      const answer = read(await this.#engine.ask(null, 'replayPart', found.map((one) => one.doc), metas, state, source, options), words);
      if (stale()) return;
      if (!answer?.value) return this.#element.update({ phase: 'stopped', notice: answer?.notice ?? null });
      report = joined(report, answer.value, names.length - found.length);
      this.#element.update({ done: names.length, report, names: [...names], days: [...days], missing: [...missing] });
    }
    this.#element.update({ phase: 'done', total: names.length });
  }
}

/**
 * Two reports as one; the second's documents come after `offset` others.
 * @param {ReplayReport | null} first @param {ReplayReport} second @param {number} offset
 * @returns {ReplayReport}
 */
function joined(first, second, offset) {
  const moved = (/** @type {number[]} */ list) => list.map((index) => index + offset);
  const reasons = [...(first?.reasons ?? [])];
  for (const reason of second.reasons) {
    const at = reasons.findIndex(({ start, end }) => start === reason.start && end === reason.end);
    const same = reasons[at];
    if (same) reasons[at] = { ...same, count: same.count + reason.count };
    else reasons.push({ ...reason, example: reason.example + offset });
  }
  return {
    fired: [...(first?.fired ?? []), ...moved(second.fired)],
    notFired: [...(first?.notFired ?? []), ...moved(second.notFired)],
    errors: [...(first?.errors ?? []), ...second.errors.map((one) => ({ ...one, index: one.index + offset }))],
    unknown: [...(first?.unknown ?? []), ...moved(second.unknown)],
    reasons: reasons.sort((a, b) => b.count - a.count),
  };
}
