// The demo desk: records, routes, language and theme; the plugin is attached to its forms through the demo's host adapter.
import { attach } from '/plugin/plugin.js';
import { DemoHost } from '/plugin/hosts/demo.js';
import { earlier, loadDocuments } from './documents.js';
import { LINKED } from './linked.js';
import { Form } from './form.js';
import { documentForm, notificationForm, webhookForm } from './forms.js';
import { grid } from './grid.js';
import { el } from './nodes.js';
import { notifications, published, webhooks } from './notifications.js';
import { Shell } from './shell.js';
import { messages, translate } from './words.js';

const THEMES = /** @type {const} */ (['automatic', 'light', 'dark']);
const asked = new URLSearchParams(location.search);

/** The desk as the host adapter sees it. Events: `change` (detail: field, document, language or theme). */
class Desk extends EventTarget {
  language = asked.get('lang') ?? localStorage.getItem('language') ?? 'fr';
  /** @type {typeof THEMES[number]} */
  themeMode = THEMES.find((mode) => mode === (asked.get('theme') ?? localStorage.getItem('theme'))) ?? 'automatic';
  /** A fixed wall clock, for tests: `?now=2026-11-20T10:30:00`. */
  fixedNow = asked.get('now');
  /** @type {import('./documents.js').Stored[]} */
  documents = [];
  linked = LINKED;
  /** @type {import('./documents.js').Stored[]} */
  earlier = [];
  /** @type {Record<string, import('./notifications.js').Chat>} */
  chats = {};
  /** @type {import('./notifications.js').DeskRecord[]} */
  webhooks = [];
  /** @type {Record<string, import('./notifications.js').DeskRecord[]>} */
  #notifications = { fr: notifications('fr'), en: notifications('en') };
  /** @type {Form | null} */
  form = null;
  /** @type {{ detach: () => void, engine: object } | null} */
  plugin = null;
  #dirty = new Set();
  #shell = new Shell({ language: (code) => this.speak(code), theme: () => this.turnTheme(), save: () => this.save() });

  get notifications() {
    return this.#notifications[this.language] ?? [];
  }

  /** @param {string} source */
  translate = (source) => translate(this.language, source);

  get messages() {
    return messages(this.language);
  }

  /** @returns {'light' | 'dark'} */
  get theme() {
    if (this.themeMode !== 'automatic') return this.themeMode;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  async start() {
    const [documents, demo] = await Promise.all([loadDocuments(), fetch('/demo.json').then((answer) => (answer.ok ? answer.json() : { chats: {} }), () => ({ chats: {} }))]);
    this.documents = documents;
    this.earlier = earlier(documents);
    this.chats = published(demo.chats);
    this.webhooks = webhooks(this.chats);
    addEventListener('hashchange', () => this.open());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#dress());
    this.#dress();
    this.open();
  }

  /** @param {string} code */
  speak(code) {
    if (code === this.language) return;
    const place = this.notifications.findIndex((record) => record === this.form?.record);
    this.language = code;
    localStorage.setItem('language', code);
    const same = this.notifications[place];
    if (same) history.replaceState(null, '', `#/notification/${encodeURIComponent(same.name)}`);
    this.open();
  }

  turnTheme() {
    this.themeMode = THEMES[(THEMES.indexOf(this.themeMode) + 1) % THEMES.length] ?? 'automatic';
    localStorage.setItem('theme', this.themeMode);
    this.#dress();
    this.#draw();
  }

  #dress() {
    document.documentElement.dataset.theme = this.theme;
    this.tell('theme');
  }

  save() {
    this.#dirty.delete(this.form?.record);
    this.#indicate();
    this.tell('field');
  }

  get unsaved() {
    return this.#dirty.has(this.form?.record);
  }

  /** @param {'field' | 'document' | 'language' | 'theme'} change */
  tell(change) {
    this.dispatchEvent(new CustomEvent('change', { detail: change }));
  }

  /** The kind and the name that the address says; the first notification when it says nothing known. */
  get #route() {
    const [, kind, name] = decodeURIComponent(location.hash).match(/^#\/(\w+)\/(.+)$/) ?? [];
    const records = { notification: this.notifications, webhook: this.webhooks, document: this.documents }[kind ?? ''] ?? [];
    const record = records.find((known) => known.name === name) ?? this.notifications[0];
    return { kind: record === this.notifications[0] ? 'notification' : (kind ?? ''), record };
  }

  /** Opens the form of the address, with the plugin in it. */
  open() {
    const { kind, record } = this.#route;
    if (!record) return;
    this.plugin?.detach();
    this.plugin = null;
    /** @type {Record<string, () => import('./form.js').Section[]>} */
    const layouts = {
      notification: () => notificationForm(this.webhooks.map(({ name }) => name), [...new Set(this.documents.map(({ doctype }) => doctype))]),
      webhook: webhookForm,
      document: () => documentForm(record.metas[0].fields),
    };
    const data = kind === 'document' ? record.doc : record;
    this.form = new Form(data, layouts[kind]?.() ?? [], this.translate);
    if (kind === 'document') this.#drawTables(record);
    this.form.addEventListener('input', () => {
      this.#dirty.add(data);
      this.#indicate();
      this.tell('field');
    });
    this.#shell.main.replaceChildren(this.form.element);
    this.#draw();
    if (kind === 'notification' || kind === 'webhook') this.plugin = attach(new DemoHost(this, kind));
  }

  /** @param {any} record */
  #drawTables(record) {
    for (const field of record.metas[0].fields) {
      if (field.fieldtype !== 'Table') continue;
      const columns = record.metas.find((/** @type {any} */ meta) => meta.name === field.options)?.fields ?? [];
      const changed = () => this.form?.dispatchEvent(new CustomEvent('input', { detail: field.fieldname }));
      const table = grid(field.label, columns, record.doc[field.fieldname] ?? [], this.translate, changed);
      this.form?.element.append(el('section', { class: 'form-section' }, el('div', { class: 'section-body' }, table)));
    }
  }

  #draw() {
    const { kind, record } = this.#route;
    if (!record) return;
    const to = (/** @type {string} */ section, /** @type {any} */ target, /** @type {string} */ note) => ({ label: target.name, note, href: `#/${section}/${encodeURIComponent(target.name)}`, current: section === kind && target === record });
    const t = this.translate;
    this.#shell.draw({
      language: this.language,
      theme: this.themeMode,
      translate: t,
      crumbs: [t(kind === 'document' ? record.doctype : 'Settings'), t({ notification: 'Notification', webhook: 'Incoming Webhook URL' }[kind] ?? 'To'), record.name].filter((crumb) => crumb !== t('To')),
      title: record.name,
      groups: [
        { title: t('Notification'), links: this.notifications.map((one) => to('notification', one, t(one['document_type']))) },
        { title: t('Incoming Webhook URL'), links: this.webhooks.map((one) => to('webhook', one, one.name.includes(one['service']) ? '' : one['service'])) },
        { title: t('Try a document'), links: this.documents.map((one) => to('document', one, t(one.variant))) },
        { title: t('The chats'), links: Object.entries(this.chats).map(([name, chat]) => ({ label: name, href: chat.channel, external: true })) },
      ],
    });
    this.#indicate();
  }

  #indicate() {
    const dirty = this.#dirty.has(this.form?.record);
    const enabled = this.form?.record['enabled'];
    if (dirty) this.#shell.indicate(this.translate('Not Saved'), 'orange');
    else if (enabled === undefined) this.#shell.indicate(this.translate('Saved'), 'gray');
    else this.#shell.indicate(this.translate('Enabled'), 'green');
  }
}

const desk = new Desk();
/** For tests and the curious. */
Object.assign(globalThis, { desk });
await desk.start();
