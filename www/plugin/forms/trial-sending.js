// The buttons that try the webhook: when each of them can be pressed, and what comes of it.
import { verdictOf } from '../elements/condition.js';
import { OtherWays } from '../elements/other-ways.js';
import { TestButton } from '../elements/test-button.js';
import { NO_WORDS } from '../language.js';
import { checkWithoutPosting, sendTest } from './send.js';

/** @import { Engine } from '../engine.js' */
/** @import { Verdict } from '../elements/condition.js' */
/** @import { ConditionReport, MessageOptions, MessageReport, ServiceInfo, UrlReport } from '../deskbell.js' */
/** @import { Host, NotificationFields } from '../hosts/host.js' */
/** @import { Words } from '../language.js' */
/** @import { TrialDocument } from './trial-document.js' */

/**
 * What the other panels say at the moment. `beyond`: the verdict of the event, where it goes beyond the condition's.
 * @typedef {object} Told
 * @property {ConditionReport | null} condition
 * @property {Verdict | undefined} beyond
 * @property {MessageReport | null} message
 * @property {MessageOptions} options
 * @property {UrlReport | null} url
 */

/** The webhooks whose last test may have arrived, although nobody said so: while the page lives, also when a form is opened again. @type {Set<string>} */
const UNCONFIRMED = new Set();

export class TrialSending {
  #host;
  #engine;
  #trial;
  #told;
  #test = new TestButton();
  #ways = new OtherWays();
  #words = NO_WORDS;
  /** @type {ServiceInfo[]} */
  #services = [];

  /** @param {Host} host @param {Engine} engine @param {TrialDocument} trial @param {(form: NotificationFields) => Told} told */
  constructor(host, engine, trial, told) {
    this.#host = host;
    this.#engine = engine;
    this.#trial = trial;
    this.#told = told;
    host.mount('test', this.#test);
    host.mount('test', this.#ways);
    this.#test.addEventListener('deskbell-send', () => this.#send());
    this.#ways.addEventListener('deskbell-probe', async () => this.#ways.settle('probe', await checkWithoutPosting(engine, host, host.readNotification(), this.#words)));
    this.#ways.addEventListener('deskbell-server-test', () => this.#sendFromServer());
  }

  get elements() {
    return [this.#test, this.#ways];
  }

  /** @param {Words} words */
  speak(words) {
    this.#words = words;
  }

  /** What the chats can do, which the buttons depend on; nothing else waits for it. */
  async learn() {
    const list = await this.#engine.ask('chats', 'services', this.#host.language());
    if (list.kind !== 'answer') return;
    this.#services = list.value;
    this.update();
  }

  update() {
    const form = this.#host.readNotification();
    const told = this.#told(form);
    const judged = verdictOf(told.condition, form.condition);
    this.#test.update({
      again: UNCONFIRMED.has(form.webhook?.url ?? ''),
      condition: (['empty', 'fires'].includes(judged) && told.beyond) || judged,
      obstacle: this.#obstacle(form, told),
      service: form.webhook?.service ?? '',
      masked: told.url?.masked ?? '',
      gaps: told.message?.gaps.filter((gap) => !gap.answer).length ?? 0,
    });
    const usable = form.webhook !== null && told.url?.verdict !== 'invalid';
    const differences = usable ? this.#serverTest(form)?.differences.map(({ words, values }) => this.#words.say(words, values)) : null;
    this.#ways.update({ probe: usable && this.#info(form)?.canProbe === true, differences: differences ?? null });
  }

  /** What is known of the chat. @param {NotificationFields} form */
  #info(form) {
    return this.#services.find(({ name }) => name === form.webhook?.service);
  }

  /**
   * The host's own test, where a test from the browser is not enough: it was not delivered, or the chat may take no post of a page.
   * @param {NotificationFields} form
   */
  #serverTest(form) {
    // The server knows nothing of what is not saved.
    const test = (!this.#trial.chosen?.open && this.#host.serverTest?.(this.#trial.name)) || null;
    const insecure = location.protocol === 'https:' && /^\s*http:/i.test(form.webhook?.url ?? '');
    const ended = this.#test.outcome !== null && this.#test.outcome.outcome !== 'delivered';
    const unsure = this.#info(form)?.browser.canPost !== true;
    return ended || insecure || unsure ? test : null;
  }

  async #sendFromServer() {
    const form = this.#host.readNotification();
    const test = this.#serverTest(form);
    const text = this.#told(form).message?.text;
    if (!test || typeof text !== 'string') return this.#ways.settle('server', null);
    const { outcome, words, detail } = await test.send(`${this.#words.say('test-mark')}\n${text}`);
    this.#ways.settle('server', { outcome, message: this.#words.say(words), detail });
  }

  /**
   * Why nothing can be sent; null when all is there.
   * @param {NotificationFields} form @param {Told} told
   */
  #obstacle(form, { url, message }) {
    if (!form.webhook?.service || form.webhook.url.trim() === '') return 'test-no-webhook';
    if (url?.verdict === 'invalid') return 'test-url-invalid';
    if (!this.#trial.name) return 'test-no-document';
    if (!message) return 'test-waiting';
    if (message.status === 'error') return 'test-message-error';
    return message.text === null ? 'test-message-unknown' : null;
  }

  async #send() {
    const form = this.#host.readNotification();
    const documentUrl = this.#trial.chosen?.open === 'new' ? '' : this.#host.documentUrl(form.documentType, this.#trial.name);
    const end = await sendTest(this.#engine, this.#host, form, this.#told(form).options, documentUrl, this.#words);
    this.#test.notice = end.notice;
    // Of a failure nobody knows where it happened, except of one that the browser has told.
    const { outcome = null, status = null } = end.outcome ?? {};
    const unclear = outcome === 'unconfirmed' || (outcome === 'failed' && (status !== null || end.outcome?.code === 'delivery/unreachable'));
    if (unclear) UNCONFIRMED.add(form.webhook?.url ?? '');
    else if (end.outcome) UNCONFIRMED.delete(form.webhook?.url ?? '');
    this.#test.settle(end.outcome);
    this.update();
  }
}
