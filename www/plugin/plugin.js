// The plugin's entry: `attach(host)` puts the elements into one form of the desk and keeps them up to date until `detach`.
import { Engine } from './engine.js';
import { NotificationForm } from './forms/notification.js';
import { WebhookForm } from './forms/webhook.js';
import { Words, wordsWithoutEngine } from './language.js';
import './elements/condition.js';
import './elements/document-picker.js';
import './elements/message-preview.js';
import './elements/replay.js';
import './elements/test-button.js';
import './elements/value-change.js';
import './elements/webhook-url.js';

/** @import { Change, Host } from './hosts/host.js' */

/** How often the engine is told the time; a condition on `nowdate()` follows midnight. */
const CLOCK_MS = 30000;

/** One engine for all forms of a page. @type {Engine | null} */
let shared = null;

/**
 * Says where the Worker's script is, where the package is not served file by file; before the first `attach`.
 * @param {URL | string} workerUrl
 */
export function placeEngine(workerUrl) {
  shared ??= new Engine({ workerUrl });
}

/**
 * @param {Host} host
 * @param {{ engine?: Engine }} [options] An engine of one's own, for tests.
 * @returns {{ engine: Engine, ready: Promise<unknown>, refresh: () => void, detach: () => void }} `ready`: all that is known at first is drawn.
 */
export function attach(host, options = {}) {
  const engine = options.engine ?? (shared ??= new Engine());
  const form = host.form === 'webhook' ? new WebhookForm(host, engine) : new NotificationForm(host, engine);

  const failed = (/** @type {unknown} */ error) => {
    if (!host.fail) throw error;
    host.fail(error);
    form.drawTroubles();
  };
  /** @type {Promise<unknown>} */
  let latest = Promise.resolve();
  const refresh = (/** @type {Change} */ change) => (latest = form.refresh(change).catch(failed));
  /** Until nothing is under way: a newer refresh takes over what an older one asked. */
  const settled = async () => {
    for (let seen = null; seen !== latest; await seen) seen = latest;
  };
  const speak = () => learn().catch(failed);
  const learn = async () => {
    const code = host.language();
    form.speak(wordsWithoutEngine(code));
    engine.configure(host.context());
    const table = await engine.ask(`words ${host.form}`, 'words', code);
    if (table.kind === 'answer') form.speak(new Words(table.value, code, host.context().sysdefaults ?? {}));
    const drawn = refresh('language');
    const context = await host.completeContext?.();
    if (!context) return drawn;
    engine.configure(context);
    return refresh('language');
  };
  const end = host.onChange((change) => void (change === 'language' ? speak() : refresh(change)));
  const clock = setInterval(() => {
    if (document.visibilityState === 'visible') engine.setNow(host.now()).then(() => refresh('clock'));
  }, CLOCK_MS);
  const ready = speak().then(settled);

  return {
    engine,
    ready,
    refresh: () => void refresh('field'),
    detach() {
      clearInterval(clock);
      end();
      form.remove();
    },
  };
}
