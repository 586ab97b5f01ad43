// The engine as the page sees it: in a Worker, with a deadline, restarted when it breaks. Every promise settles.

/** @import { DocTypeMeta, DocumentState, HostContext, RequestPlan, ServiceName } from './deskbell.js' */
/** @import { Calls } from './engine.worker.js' */
/** @import { Sent } from './courier.js' */
import { Courier } from './courier.js';
import { request, start } from './worker-request.js';

/**
 * How a request ends. "superseded": a newer request of the same channel took its place.
 * "restarted": this request broke the engine (or took too long), which was started again with its documents.
 * "unavailable": the engine cannot be loaded here.
 * @template T
 * @typedef {{ kind: 'answer', value: T } | { kind: 'superseded' } | { kind: 'restarted', reason: 'timeout' | 'trap' } | { kind: 'unavailable' }} Settled
 */

/** @typedef {{ channel: string | null, call: string, args: unknown[], settle: (settled: Settled<any>) => void }} Job */
/** @typedef {{ deadlineMs?: number, loadDeadlineMs?: number, workerUrl?: URL | string }} EngineOptions */

/** How long one answer may take before the engine is considered lost. */
const DEADLINE_MS = 2000;
/** How long loading and compiling may take, on a slow line. */
const LOAD_DEADLINE_MS = 30000;
/** How long to leave an engine alone that could not be loaded. */
const RETRY_MS = 5000;

/** Events: `restart` (detail: reason) after a lost instance, `state` when loading begins, succeeds or fails. */
export class Engine extends EventTarget {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Job[]} */
  #queue = [];
  /** What a fresh instance has to know, in order: context and documents. @type {Map<string, { call: string, args: unknown[] }>} */
  #known = new Map();
  /** The newest request of each channel. @type {Map<string, Job>} */
  #newest = new Map();
  #pumping = false;
  #mustRestart = false;
  #sequence = 0;
  #retryAt = 0;
  /** @type {Courier | null} */
  #courier = null;
  /** @type {'idle' | 'loading' | 'ready' | 'unavailable'} */
  state = 'idle';
  restarts = 0;
  #deadlineMs;
  #loadDeadlineMs;
  #workerUrl;

  /** @param {EngineOptions} [options] */
  constructor(options = {}) {
    super();
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.#loadDeadlineMs = options.loadDeadlineMs ?? LOAD_DEADLINE_MS;
    this.#workerUrl = options.workerUrl ?? new URL('./engine.worker.js', import.meta.url);
  }

  /**
   * Asks; the newest request of a channel wins, and the others settle as superseded. Without a channel nothing is dropped.
   * @template {keyof Calls} K
   * @param {string | null} channel
   * @param {K} call
   * @param {Parameters<Calls[K]>} args
   * @returns {Promise<Settled<ReturnType<Calls[K]>>>}
   */
  ask(channel, call, ...args) {
    return new Promise((resolve) => {
      const job = { channel, call, args, settle: resolve };
      const waiting = channel === null ? -1 : this.#queue.findIndex((other) => other.channel === channel);
      if (channel !== null) this.#newest.set(channel, job);
      if (waiting >= 0) this.#queue.splice(waiting, 1, job).forEach((old) => old.settle({ kind: 'superseded' }));
      else this.#queue.push(job);
      this.#pump();
    });
  }

  /**
   * Tells the engine who and where it is; kept, so that a restarted engine knows it too.
   * @param {HostContext} context
   */
  configure(context) {
    return this.#remember('context', 'configure', context);
  }

  /** @param {string} now Wall clock in the system's time zone. */
  setNow(now) {
    const known = this.#known.get('context');
    const context = /** @type {HostContext | undefined} */ (known?.args[0]);
    if (context) this.#known.set('context', { call: 'configure', args: [{ ...context, now }] });
    return this.ask('now', 'setNow', now);
  }

  /**
   * Gives the engine a document under a slot's name; kept, so that a restarted engine opens it again.
   * @param {string} slot @param {object} doc @param {DocTypeMeta[]} metas @param {DocumentState} state
   * @param {object | null} [before] What the database holds while the document is saved, where the page knows that.
   */
  hold(slot, doc, metas, state, before = null) {
    return this.#remember(`slot ${slot}`, 'hold', slot, doc, metas, state, before);
  }

  /**
   * Sends once, from a Worker of its own: a restart caused by a keystroke never aborts or repeats a post.
   * @param {RequestPlan} plan
   * @param {{ service?: ServiceName, timeoutMs?: number, lang?: string, signal?: AbortSignal }} options
   * @param {'sendProbe' | 'sendTest'} [call]
   * @returns {Promise<Sent>}
   */
  send(plan, options, call) {
    this.#courier ??= new Courier(this.#workerUrl, this.#loadDeadlineMs);
    return this.#courier.send(plan, options, call);
  }

  close() {
    this.#drop();
    this.#courier?.close();
    this.#courier = null;
    for (const job of this.#queue.splice(0)) job.settle({ kind: 'unavailable' });
  }

  /** @param {string} key @param {keyof Calls} call @param {unknown[]} args */
  #remember(key, call, ...args) {
    this.#known.set(key, { call, args });
    return this.ask(key, call, .../** @type {any} */ (args));
  }

  async #pump() {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#queue.length > 0 || this.#mustRestart) {
        if (!(await this.#ready())) {
          for (const job of this.#queue.splice(0)) job.settle({ kind: 'unavailable' });
          break;
        }
        const job = this.#queue.shift();
        if (job) await this.#run(job);
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** @param {Job} job */
  async #run(job) {
    const end = await this.#post(job.call, job.args, this.#deadlineMs);
    const stale = job.channel !== null && this.#newest.get(job.channel) !== job;
    if (end.kind !== 'answer') this.#lost(end.kind);
    if (stale) job.settle({ kind: 'superseded' });
    else job.settle(end.kind === 'answer' ? end : { kind: 'restarted', reason: end.kind });
  }

  /** @param {'timeout' | 'trap'} reason */
  #lost(reason) {
    this.#drop();
    this.restarts += 1;
    this.#mustRestart = true;
    this.dispatchEvent(new CustomEvent('restart', { detail: reason }));
  }

  /** A worker that is loaded and knows the context and the documents. */
  async #ready() {
    if (this.#worker) return true;
    this.#mustRestart = false;
    if (Date.now() < this.#retryAt) return false;
    this.#turn('loading');
    const worker = await start(this.#workerUrl, this.#loadDeadlineMs);
    if (!worker) {
      this.#retryAt = Date.now() + RETRY_MS;
      this.#turn('unavailable');
      return false;
    }
    this.#worker = worker;
    for (const { call, args } of this.#known.values()) {
      const end = await this.#post(call, args, this.#deadlineMs);
      if (end.kind === 'answer') continue;
      this.#drop();
      this.#retryAt = Date.now() + RETRY_MS;
      this.#turn('unavailable');
      return false;
    }
    this.#turn('ready');
    return true;
  }

  /** @param {'loading' | 'ready' | 'unavailable'} state */
  #turn(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }

  #drop() {
    this.#worker?.terminate();
    this.#worker = null;
  }

  /**
   * @param {string} call @param {unknown[]} args @param {number} deadlineMs
   * @returns {Promise<{ kind: 'answer', value: unknown } | { kind: 'timeout' } | { kind: 'trap' }>}
   */
  #post(call, args, deadlineMs) {
    const worker = this.#worker;
    if (!worker) return Promise.resolve({ kind: 'trap' });
    this.#sequence += 1;
    return request(worker, { id: this.#sequence, call, args }, deadlineMs);
  }
}
