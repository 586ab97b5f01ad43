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
import './elements/webhook-url.js';

/** @import { Change, Host } from './hosts/host.js' */

/** How often the engine is told the time; a condition on `nowdate()` follows midnight. */
const CLOCK_MS = 30000;

/** One engine for all forms of a page. @type {Engine | null} */
let shared = null;

/**
 * @param {Host} host
 * @param {{ engine?: Engine }} [options] An engine of one's own, for tests.
 * @returns {{ engine: Engine, refresh: () => void, detach: () => void }}
 */
export function attach(host, options = {}) {
  const engine = options.engine ?? (shared ??= new Engine());
  const form = host.form === 'webhook' ? new WebhookForm(host, engine) : new NotificationForm(host, engine);

  const failed = (/** @type {unknown} */ error) => {
    if (!host.fail) throw error;
    host.fail(error);
    form.drawTroubles();
  };
  const refresh = (/** @type {Change} */ change) => void form.refresh(change).catch(failed);
  const speak = () => learn().catch(failed);
  const learn = async () => {
    const code = host.language();
    form.speak(wordsWithoutEngine(code));
    engine.configure(host.context());
    const table = await engine.ask(`words ${host.form}`, 'words', code);
    if (table.kind === 'answer') form.speak(new Words(table.value, code));
    refresh('language');
    const context = await host.completeContext?.();
    if (!context) return;
    engine.configure(context);
    refresh('language');
  };
  const end = host.onChange((change) => (change === 'language' ? speak() : refresh(change)));
  const clock = setInterval(() => {
    if (document.visibilityState === 'visible') engine.setNow(host.now()).then(() => refresh('clock'));
  }, CLOCK_MS);
  speak();

  return {
    engine,
    refresh: () => refresh('field'),
    detach() {
      clearInterval(clock);
      end();
      form.remove();
    },
  };
}
