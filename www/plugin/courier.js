// The Worker that posts, apart from the one that answers keystrokes: a restart of that one never aborts or repeats a post.
import { request, start } from './worker-request.js';

/** @import { DeliveryReport, RequestPlan, ServiceName } from './deskbell.js' */

/**
 * What became of a post: the report, or "not sent" when the courier never loaded, or "unknown" when it was lost on the way.
 * @typedef {DeliveryReport | 'not sent' | 'unknown'} Sent
 */

export class Courier {
  /** @type {Promise<Worker | null> | null} */
  #worker = null;
  #sequence = 0;

  /** @param {URL | string} url @param {number} loadDeadlineMs */
  constructor(url, loadDeadlineMs) {
    this.url = url;
    this.loadDeadlineMs = loadDeadlineMs;
  }

  /**
   * @param {RequestPlan} plan
   * @param {{ service?: ServiceName, timeoutMs?: number, lang?: string, signal?: AbortSignal }} options
   * @param {'sendProbe' | 'sendTest'} [call]
   * @returns {Promise<Sent>}
   */
  async send(plan, { signal, ...options }, call = 'sendTest') {
    this.#worker ??= start(this.url, this.loadDeadlineMs);
    const worker = await this.#worker;
    if (!worker) {
      this.#worker = null;
      return 'not sent';
    }
    this.#sequence += 1;
    const id = this.#sequence;
    signal?.addEventListener('abort', () => worker.postMessage({ abort: id }), { once: true });
    // The plan's own timeout comes first; the double of it means that the Worker itself is gone.
    const end = await request(worker, { id, call, args: [plan, options] }, 2 * (options.timeoutMs ?? 15000) + 5000);
    if (end.kind === 'answer') return /** @type {DeliveryReport} */ (end.value);
    this.close();
    return 'unknown';
  }

  close() {
    this.#worker?.then((worker) => worker?.terminate());
    this.#worker = null;
  }
}
