// The "Incoming Webhook URL" form: the verdict under the URL, at every keystroke.
import { WebhookUrl } from '../elements/webhook-url.js';
import { NO_WORDS } from '../language.js';
import { marksOf, read } from './ask.js';

/** @import { Engine } from '../engine.js' */
/** @import { ServiceInfo, ServiceName } from '../deskbell.js' */
/** @import { Change, Host } from '../hosts/host.js' */
/** @import { Words } from '../language.js' */

export class WebhookForm {
  #host;
  #engine;
  #element = new WebhookUrl();
  #words = NO_WORDS;
  /** @type {ServiceInfo[]} */
  #services = [];

  /** @param {Host} host @param {Engine} engine */
  constructor(host, engine) {
    this.#host = host;
    this.#engine = engine;
    this.#element.addEventListener('deskbell-fix', (event) => this.#fix(/** @type {CustomEvent} */ (event).detail));
    this.#element.addEventListener('deskbell-show', (event) => {
      const { start, end } = /** @type {CustomEvent} */ (event).detail;
      host.show('url', start, end);
    });
    this.#element.addEventListener('deskbell-service', (event) => host.write('service', /** @type {CustomEvent} */ (event).detail.service));
    host.mount('url', this.#element);
  }

  /** @param {Words} words */
  speak(words) {
    this.#words = words;
    this.#element.update({ words });
  }

  /** @param {Change} change */
  async refresh(change) {
    const theme = this.#host.theme();
    if (theme) this.#element.dataset.theme = theme;
    if (change === 'language') {
      const list = await this.#engine.ask('services', 'services', this.#host.language());
      if (list.kind === 'answer') this.#services = list.value;
    }
    await this.#ask();
  }

  remove() {
    this.#element.remove();
  }

  #troubles() {
    const troubles = this.#host.troubles?.() ?? [];
    return troubles.map(({ words, values }) => this.#words.say(words, values)).join(' ') || null;
  }

  /** Says what went wrong, whatever else can be drawn. */
  drawTroubles() {
    this.#element.update({ notice: this.#troubles() });
  }

  async #ask() {
    const { service, url, services } = this.#host.readWebhook();
    const options = { pageOrigin: location.origin, lang: this.#host.language() };
    const known = /** @type {ServiceName | ''} */ (service);
    const answer = read(await this.#engine.ask('webhook form', 'checkWebhookUrl', known, url, options), this.#words);
    if (!answer) return;
    const info = this.#services.find((candidate) => candidate.name === service) ?? null;
    const notice = answer.notice ?? this.#troubles();
    this.#element.update({ report: answer.value, notice, text: url, service, info, offered: services });
    this.#host.mark('url', url.trim() === '' ? [] : marksOf(answer.value));
  }

  /** @param {{ start: number, end: number, text: string }} fix */
  #fix(fix) {
    // The offsets are of the text that was checked; a keystroke since then brings a fix of its own.
    if (this.#host.readWebhook().url === this.#element.text) this.#host.replace('url', fix.start, fix.end, fix.text);
  }
}
