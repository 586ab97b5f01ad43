// Starting a Worker and asking it one question, both with a deadline: every promise settles.

/**
 * A loaded Worker, or null when it does not load in time.
 * @param {URL | string} url @param {number} deadlineMs
 * @returns {Promise<Worker | null>}
 */
export function start(url, deadlineMs) {
  return new Promise((resolve) => {
    /** @type {Worker} */
    let worker;
    try {
      worker = new Worker(url, { type: 'module' });
    } catch {
      // The page's policy forbids it, or its files come from another site.
      return resolve(null);
    }
    const give = (/** @type {boolean} */ ready) => {
      clearTimeout(timer);
      worker.removeEventListener('message', hear);
      worker.removeEventListener('error', fail);
      if (!ready) worker.terminate();
      resolve(ready ? worker : null);
    };
    const hear = (/** @type {MessageEvent} */ event) => give(event.data.ready === true);
    const fail = () => give(false);
    const timer = setTimeout(fail, deadlineMs);
    worker.addEventListener('message', hear);
    worker.addEventListener('error', fail);
  });
}

/**
 * One question to a Worker; settles with its answer, its breakdown or the deadline.
 * @param {Worker} worker @param {{ id: number, call: string, args: unknown[] }} question @param {number} deadlineMs
 * @returns {Promise<{ kind: 'answer', value: unknown } | { kind: 'timeout' } | { kind: 'trap' }>}
 */
export function request(worker, question, deadlineMs) {
  return new Promise((resolve) => {
    const give = (/** @type {any} */ end) => {
      clearTimeout(timer);
      worker.removeEventListener('message', hear);
      worker.removeEventListener('error', fail);
      resolve(end);
    };
    const hear = (/** @type {MessageEvent} */ { data }) => {
      if (data.id === question.id) give('broken' in data ? { kind: 'trap' } : { kind: 'answer', value: data.value });
    };
    const fail = () => give({ kind: 'trap' });
    const timer = setTimeout(() => give({ kind: 'timeout' }), deadlineMs);
    worker.addEventListener('message', hear);
    worker.addEventListener('error', fail);
    try {
      worker.postMessage(question);
    } catch {
      // Something that cannot be copied into the Worker: a bug of the caller, and still an end.
      give({ kind: 'trap' });
    }
  });
}
