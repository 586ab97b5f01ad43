// The "Notification" form: the condition explained, the message previewed, the webhook judged and the test sent.
import { Condition } from '../elements/condition.js';
import { DocumentPicker } from '../elements/document-picker.js';
import { MessagePreview } from '../elements/message-preview.js';
import { Replay } from '../elements/replay.js';
import { ValueChangeView } from '../elements/value-change.js';
import { WebhookUrl } from '../elements/webhook-url.js';
import { NO_WORDS } from '../language.js';
import { marksOf, read } from './ask.js';
import { DocumentSearch } from './document-search.js';
import { Drafts } from './drafts.js';
import { Resolver } from './resolver.js';
import { ReplayRun } from './replay-run.js';
import { TrialDocument } from './trial-document.js';
import { TrialSending } from './trial-sending.js';
import { WritingHelp } from './writing-help.js';

/** @import { Engine } from '../engine.js' */
/** @import { ConditionOptions, MessageOptions, ServiceName, UrlReport } from '../deskbell.js' */
/** @import { Change, FieldName, Host, NotificationFields } from '../hosts/host.js' */
/** @import { Words } from '../language.js' */

export class NotificationForm {
  #host;
  #engine;
  #trial;
  #condition = new Condition();
  #replay = new Replay();
  #run;
  #preview = new MessagePreview();
  #url = new WebhookUrl();
  #picker = new DocumentPicker();
  #change = new ValueChangeView();
  #search;
  #sending;
  #resolver;
  #helps;
  #drafts;
  #words = NO_WORDS;
  /** What a replay's findings are about. */
  #about = '';
  /** @type {UrlReport | null} */
  #urlReport = null;
  /** What was asked last, so that a keystroke in one field does not ask again about the others. */
  #asked = { condition: '', message: '', url: '' };
  /** What comes of that. @type {Record<'condition' | 'message' | 'url', Promise<void>>} */
  #answers = { condition: Promise.resolve(), message: Promise.resolve(), url: Promise.resolve() };

  /** @param {Host} host @param {Engine} engine */
  constructor(host, engine) {
    this.#host = host;
    this.#engine = engine;
    this.#trial = new TrialDocument(host, engine);
    this.#resolver = new Resolver(host, () => this.#answered());
    this.#search = new DocumentSearch(host, (found) => this.#picker.update({ found }));
    this.#run = new ReplayRun(host, engine, this.#replay);
    this.#url.compact = true;
    host.mount('webhook', this.#url);
    host.mount('document', this.#picker);
    this.#picker.append(this.#change);
    host.mount('condition', this.#replay);
    host.mount('condition', this.#condition);
    host.mount('message', this.#preview);
    this.#sending = new TrialSending(host, engine, this.#trial, (form) => ({ condition: this.#condition.report, beyond: this.#beyond?.verdict, message: this.#preview.report, options: this.#messageOptions(form), url: this.#urlReport }));
    this.#helps = /** @type {const} */ (['condition', 'message']).map((field) => new WritingHelp(host, engine, field));
    this.#drafts = new Drafts(host, engine);
    this.#hear(this.#condition, 'condition', () => host.readNotification().condition);
    this.#hear(this.#preview, 'message', () => host.readNotification().message);
    for (const element of [this.#picker, this.#replay]) {
      element.addEventListener('deskbell-document', (event) => {
        this.#trial.choose(/** @type {CustomEvent} */ (event).detail);
        this.refresh('document');
      });
    }
    this.#picker.addEventListener('deskbell-search', (event) => {
      this.#search.start(host.readNotification().documentType, /** @type {CustomEvent} */ (event).detail.text, this.#trial.documents);
    });
    this.#change.addEventListener('deskbell-value', (event) => {
      const { typed } = /** @type {CustomEvent} */ (event).detail;
      if (typed === null) this.#trial.edit.undo();
      else this.#trial.edit.set(typed);
      this.refresh('field');
    });
    this.#replay.addEventListener('deskbell-replay', () => this.#tryMany());
    this.#replay.addEventListener('deskbell-replay-stop', () => this.#run.stop());
    this.#preview.addEventListener('deskbell-view', () => this.#compare(host.readNotification()));
  }

  get #elements() {
    return [this.#url, this.#picker, this.#change, this.#condition, this.#replay, this.#preview, ...this.#sending.elements, ...this.#helps.flatMap(({ elements }) => elements), ...this.#drafts.elements];
  }

  /** @param {Words} words */
  speak(words) {
    this.#words = words;
    this.#sending.speak(words);
    for (const element of this.#elements) element.update({ words });
  }

  /** @param {Change} change */
  async refresh(change) {
    const form = this.#host.readNotification();
    const theme = this.#host.theme();
    for (const element of this.#elements) {
      element.hidden = !form.chat;
      // Setting it draws the element again, also when it is the same.
      if (theme && element.dataset.theme !== theme) element.dataset.theme = theme;
    }
    if (change === 'language') void this.#sending.learn();
    if (!form.chat || change === 'theme') return;
    this.#help(form);
    this.#drafts.follow(form);
    if (change !== 'field') this.#asked = { condition: '', message: '', url: '' };
    const url = this.#checkUrl(form);
    const opened = await this.#trial.follow(form, change === 'document');
    const { documents, chosen, states, change: outcome, edit } = this.#trial;
    this.#picker.update({ documents, chosen, states, notice: this.#notice() });
    this.#change.update({ change: opened ? outcome : null, edit, fieldname: form.valueChanged });
    this.#help(form);
    if (!opened) {
      this.#withoutDocument();
      return url;
    }
    // A keystroke during the wait is in the form by now, so the form is read again.
    const now = this.#host.readNotification();
    await Promise.all([url, this.#checkCondition(now), this.#checkMessage(now)]);
  }

  /** Filters are no code, and without a document no field is known. @param {NotificationFields} form */
  #help(form) {
    const known = this.#trial.name !== '';
    const [condition, message] = this.#helps;
    condition?.follow(known && form.conditionType === 'Python');
    message?.follow(known);
  }

  /** What keeps the panels from their work, in one place. */
  #notice() {
    if (this.#engine.state === 'unavailable') return this.#words.say('unavailable');
    const troubles = (this.#host.troubles?.() ?? []).map(({ words, values }) => this.#words.say(words, values));
    const { missing } = this.#trial;
    if (missing !== '') troubles.push(this.#words.say('document-gone', { name: missing }));
    return troubles.join(' ') || null;
  }

  /** What the panels call the document: one that is not saved is not what its name stands for. */
  get #shownName() {
    const { chosen } = this.#trial;
    if (!chosen?.open) return chosen?.name ?? '';
    const document = chosen.open === 'new' ? (chosen.title ?? this.#words.say('document-new')) : chosen.name;
    return this.#words.say('document-as-open', { document });
  }

  /** What the event makes of a condition that holds, where it does not simply send. @returns {Condition['beyond']} */
  get #beyond() {
    const { change } = this.#trial;
    if (change === null || change === 'changed') return null;
    return { verdict: ['new', 'no-column', 'same'].includes(change) ? 'silent' : 'unsure', words: this.#change.sentence };
  }

  /** Says what went wrong, whatever else can be drawn. */
  drawTroubles() {
    this.#picker.update({ notice: this.#notice() });
  }

  /** Nothing is known of the document, so nothing of what it would send. */
  #withoutDocument() {
    const { documents, name } = this.#trial;
    if (documents.length > 0 && name !== '') return this.#sending.update();
    const notice = this.#words.say('test-no-document');
    this.#asked = { ...this.#asked, condition: '', message: '' };
    this.#condition.update({ report: null, notice });
    this.#preview.update({ report: null, comparison: null, notice });
    this.#sending.update();
  }

  remove() {
    this.#resolver.close();
    for (const help of this.#helps) help.remove();
    this.#drafts.remove();
    for (const element of this.#elements) element.remove();
    this.#host.mark('condition', []);
    this.#host.mark('message', []);
  }

  /**
   * Applies the fixes of an element to its field and shows its places.
   * @param {Condition | MessagePreview} element @param {FieldName} field @param {() => string} text
   */
  #hear(element, field, text) {
    element.addEventListener('deskbell-fix', (event) => {
      const fix = /** @type {CustomEvent} */ (event).detail;
      // The offsets are of the text that was checked; a keystroke since then brings a fix of its own.
      if (text() === element.text) this.#host.replace(field, fix.start, fix.end, fix.text);
    });
    element.addEventListener('deskbell-show', (event) => {
      const { start, end } = /** @type {CustomEvent} */ (event).detail;
      this.#host.show(field, start, end);
    });
  }

  /** @param {NotificationFields} form */
  #checkUrl(form) {
    const service = /** @type {ServiceName | ''} */ (form.webhook?.service ?? '');
    const url = form.webhook?.url ?? '';
    const options = { pageOrigin: location.origin, lang: this.#host.language() };
    const asked = JSON.stringify([service, url]);
    if (asked !== this.#asked.url) {
      this.#asked.url = asked;
      this.#answers.url = this.#judgeUrl(service, url, options);
    }
    return this.#answers.url;
  }

  /** @param {ServiceName | ''} service @param {string} url @param {{ pageOrigin: string, lang: string }} options */
  async #judgeUrl(service, url, options) {
    const answer = read(await this.#engine.ask('webhook', 'checkWebhookUrl', service, url, options), this.#words);
    if (!answer) return;
    if (!answer.value) this.#asked.url = '';
    this.#urlReport = answer.value;
    this.#preview.update({ masked: answer.value?.masked ?? '' });
    // The URL cannot be changed here, so its findings have no fixes to click.
    const report = answer.value && { ...answer.value, findings: answer.value.findings.map((finding) => ({ ...finding, fix: undefined, start: undefined })) };
    this.#url.update({ report, notice: answer.notice, text: url, service });
    this.#sending.update();
  }

  /** @param {NotificationFields} form */
  #checkCondition(form) {
    const source = form.condition;
    /** @type {ConditionOptions} */
    const options = { type: form.conditionType, serverScripts: this.#host.context().serverScripts ?? null };
    const asked = JSON.stringify([source, options, this.#trial.held]);
    if (asked !== this.#asked.condition) {
      this.#asked.condition = asked;
      this.#answers.condition = this.#explain(form, options);
    }
    return this.#answers.condition;
  }

  /** @param {NotificationFields} form @param {ConditionOptions} options */
  async #explain(form, options) {
    const source = form.condition;
    const about = JSON.stringify([form.documentType, form.event, source]);
    if (this.#about !== '' && about !== this.#about) this.#run.forget();
    this.#about = about;
    const [checked, saved] = await Promise.all([
      this.#engine.ask('condition', 'checkCondition', 'condition', source, options),
      this.#engine.ask('condition at save', 'validateCondition', 'condition', source, options),
    ]);
    const answer = read(checked, this.#words);
    if (!answer) return;
    if (!answer.value) this.#asked.condition = '';
    const saveReport = saved.kind === 'answer' ? saved.value : null;
    this.#condition.update({ report: answer.value, saveReport, notice: answer.notice, text: source, beyond: this.#beyond, documentName: this.#shownName, event: this.#host.context().messages?.[form.event] ?? form.event, state: this.#trial.states?.condition ?? null });
    this.#host.mark('condition', source.trim() === '' ? [] : marksOf(answer.value));
    this.#sending.update();
  }

  /** The condition on the last documents, in the life that the event gives them. */
  async #tryMany() {
    const form = this.#host.readNotification();
    const options = { type: form.conditionType, serverScripts: this.#host.context().serverScripts ?? null };
    await this.#run.start(form, this.#trial.lives?.condition ?? 'stored', options, this.#words);
  }

  /** @param {NotificationFields} form */
  #checkMessage(form) {
    const options = this.#messageOptions(form);
    // The comments are the document's own.
    const asked = JSON.stringify([form.message, { ...options, comments: null }, this.#trial.held]);
    if (asked !== this.#asked.message) {
      this.#asked.message = asked;
      this.#answers.message = this.#render(form, options);
    }
    return this.#answers.message;
  }

  /** @param {NotificationFields} form @param {MessageOptions} options */
  async #render(form, options) {
    const [rendered, saved] = await Promise.all([
      this.#engine.ask('message', 'renderMessage', 'message', form.message, options),
      this.#engine.ask('message at save', 'validateTemplate', form.message),
    ]);
    const answer = read(rendered, this.#words);
    if (!answer) return;
    if (!answer.value) this.#asked.message = '';
    const saveReport = saved.kind === 'answer' && saved.value.status === 'error' ? saved.value : null;
    const service = form.webhook?.service ?? '';
    const sender = this.#host.context().appName ?? 'Webhook';
    const time = this.#host.now().slice(11, 16);
    this.#preview.update({ report: answer.value, saveReport, notice: answer.notice, text: form.message, service, documentName: this.#shownName, unsaved: Boolean(this.#trial.chosen?.open), sender, time });
    this.#host.mark('message', marksOf(answer.value));
    this.#resolver.follow(answer.value);
    this.#sending.update();
    await this.#compare(form);
  }

  /** The message in every chat, while somebody looks at that. @param {NotificationFields} form */
  async #compare(form) {
    if (this.#preview.view !== 'compare' || !this.#trial.name) return;
    const answer = read(await this.#engine.ask('compare', 'compareLooks', 'message', form.message, this.#messageOptions(form)), this.#words);
    if (answer) this.#preview.update({ comparison: answer.value, ...(answer.notice && { notice: answer.notice }) });
  }

  /** An answer of the server has come: the message as it stands now is rendered with it. */
  async #answered() {
    const form = this.#host.readNotification();
    if (form.chat && this.#trial.name) await this.#checkMessage(form);
  }

  /**
   * @param {NotificationFields} form
   * @returns {MessageOptions}
   */
  #messageOptions(form) {
    const service = /** @type {ServiceName | undefined} */ (form.webhook?.service || undefined);
    const { alert, documentLink } = form;
    return { alert, comments: this.#trial.comments, answers: this.#resolver.answers, ...(service && { service }), ...(documentLink !== undefined && { documentLink }) };
  }
}
