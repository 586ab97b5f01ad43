// The engine's side of the Worker: holds the desk and the open documents, and answers one call at a time.
import init, * as glue from './deskbell.js';

/** @import { DocTypeMeta, DocumentState, HostContext, OpenDocument } from './deskbell.js' */

/** @typedef {{ doc: object, metas: DocTypeMeta[], state: DocumentState, before: object | null, open: OpenDocument | null }} Slot */

/** @type {glue.Desk | null} */
let desk = null;
/** @type {Map<string, Slot>} */
const slots = new Map();
/** @type {Map<number, AbortController>} */
const sending = new Map();

function needDesk() {
  if (!desk) throw new Error('configure comes before this call');
  return desk;
}

/** @param {string} name */
function needSlot(name) {
  const slot = slots.get(name);
  if (!slot) throw new Error(`no document is held as ${name}`);
  return slot;
}

/**
 * The document of a slot, typed once and then reused at every keystroke.
 * @param {string} name
 */
function opened(name) {
  const slot = needSlot(name);
  slot.open ??= needDesk().open(slot.doc, slot.metas, slot.state, slot.before);
  return slot.open;
}

/** @param {Slot} slot */
function close(slot) {
  slot.open?.free();
  slot.open = null;
}

/** What the page may call; the names are those of the contract, with a slot's name in the place of the open document. */
const calls = {
  /** @param {HostContext} context */
  configure(context) {
    for (const slot of slots.values()) close(slot);
    desk?.free();
    desk = new glue.Desk(context);
  },
  /** @param {string} now */
  setNow(now) {
    needDesk().setNow(now);
  },
  /**
   * Takes a document without reading it yet: a document that breaks the engine must not break its restart.
   * @param {string} name @param {object} doc @param {DocTypeMeta[]} metas @param {DocumentState} state
   * @param {object | null} before What the database holds while the document is saved, where the page knows that.
   */
  hold(name, doc, metas, state, before) {
    const held = slots.get(name);
    if (held) close(held);
    slots.set(name, { doc, metas, state, before, open: null });
  },
  /** @param {string} name @param {string} template @param {import('./deskbell.js').MessageOptions} options */
  renderMessage: (name, template, options) => opened(name).renderMessage(template, options),
  /** @param {string} name @param {string} template @param {import('./deskbell.js').MessageOptions} options */
  compareLooks: (name, template, options) => opened(name).compareLooks(template, options),
  /** @param {string} name @param {string} source @param {import('./deskbell.js').ConditionOptions} options */
  checkCondition: (name, source, options) => opened(name).checkCondition(source, options),
  /** @param {string} name @param {string} fieldname */
  valueChange: (name, fieldname) => opened(name).valueChange(fieldname),
  /** @param {'condition' | 'message'} name Its document and its kind. @param {string} source @param {number} offset */
  fields: (name, source, offset) => opened(name).fields(name, source, offset),
  /** @param {'condition' | 'message'} name Its document and its kind. @param {string} source @param {number} offset */
  complete: (name, source, offset) => opened(name).complete(name, source, offset),
  /** @param {string} name @param {string} source @param {import('./deskbell.js').ConditionOptions} options */
  validateCondition: (name, source, options) => needDesk().validateCondition(source, needSlot(name).metas, options),
  /** @param {string} source */
  validateTemplate: (source) => needDesk().validateTemplate(source),
  /** @param {string} event */
  statesFor: (event) => needDesk().statesFor(event),
  /**
   * @param {string} source @param {object[]} docs @param {DocTypeMeta[]} metas @param {DocumentState} state
   * @param {import('./deskbell.js').ConditionOptions} options
   */
  replay: (source, docs, metas, state, options) => needDesk().replay(source, docs, metas, state, options),
  /**
   * A condition on some documents, which are not kept: the page goes through many of them in parts.
   * @param {object[]} docs @param {DocTypeMeta[]} metas @param {DocumentState} state
   * @param {string} source @param {import('./deskbell.js').ReplayOptions} options
   */
  replayPart(docs, metas, state, source, options) {
    const batch = needDesk().openAll(docs, metas, state);
    try {
      return batch.replay(source, options);
    } finally {
      batch.free();
    }
  },
  checkWebhookUrl: glue.checkWebhookUrl,
  detectService: glue.detectService,
  services: glue.services,
  planProbe: glue.planProbe,
  planTest: glue.planTest,
  version: glue.version,
  words: glue.words,
};

/** @typedef {typeof calls} Calls */

/**
 * @param {number} id
 * @param {'sendProbe' | 'sendTest'} call
 * @param {import('./deskbell.js').RequestPlan} plan
 * @param {{ service?: import('./deskbell.js').ServiceName, timeoutMs?: number, lang?: string }} options
 */
async function send(id, call, plan, options) {
  const abort = new AbortController();
  sending.set(id, abort);
  try {
    return await glue[call](plan, /** @type {any} */ ({ ...options, signal: abort.signal }));
  } finally {
    sending.delete(id);
  }
}

/** Where the module is when it is not beside its glue: whoever starts the Worker says it behind the `#`. */
const place = new URLSearchParams(location.hash.slice(1)).get('wasm');
const ready = init(place === null ? undefined : { module_or_path: place });
ready.then(
  () => postMessage({ ready: true, version: glue.version() }),
  (error) => postMessage({ ready: false, message: String(error) }),
);

addEventListener('message', async (event) => {
  const { id, call, args, abort } = event.data;
  if (abort !== undefined) {
    sending.get(abort)?.abort();
    return;
  }
  try {
    await ready;
    /** @type {Record<string, (...args: any[]) => unknown>} */
    const table = calls;
    const value = call === 'sendTest' || call === 'sendProbe' ? await send(id, call, args[0], args[1]) : table[call]?.(...args);
    postMessage({ id, value });
  } catch (error) {
    // A person's mistake is data, so whatever is thrown means that this instance cannot be trusted any more.
    postMessage({ id, broken: String(error) });
  }
});
