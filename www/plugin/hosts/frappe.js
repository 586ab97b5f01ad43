// The desk of Frappe and of Dokos as a host, and `install`, which a Client Script or an app's include calls once.
import { attach } from '../plugin.js';
import { ask } from './frappe-ask.js';
import { withTitles } from './frappe-currencies.js';
import { getdoc } from './frappe-documents.js';
import { FrappeField } from './frappe-field.js';
import { dodockTest, frappeTest, sender } from './frappe-test.js';

/** @import { HostContext, RequestPlan } from '../deskbell.js' */
/** @import { Change, FieldName, Host, LoadedDocument, Mark, NotificationFields, ServerTest, WebhookFields } from './host.js' */
/** @import { Control } from './frappe-field.js' */

/**
 * What is used of a form; a Quick Entry dialog has the same.
 * @typedef {object} Form
 * @property {Record<string, any>} doc
 * @property {Record<string, Control>} fields_dict
 * @property {{ 0?: HTMLElement } | HTMLElement} wrapper
 */

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/**
 * The chat channels of the three generations of the host: the channel's name, the link on the notification, the doctype behind
 * the link, and the service where the doctype has no field for it.
 */
const CHANNELS = [
  { channel: 'External Collaboration Tool', link: 'incoming_webhook_url', doctype: 'Incoming Webhook URL', service: '' },
  { channel: 'Webhook', link: 'notification_webhook_url', doctype: 'Notification Webhook URL', service: '' },
  { channel: 'Slack', link: 'slack_webhook_url', doctype: 'Slack Webhook URL', service: 'Slack' },
];

/** Where the desk is: the first part of the page's own address. @returns {'app' | 'desk'} */
const deskPath = () => (location.pathname.startsWith('/desk') ? 'desk' : 'app');

/** How many documents the picker offers. */
const RECENT = 20;

/** By form or dialog: what is attached, and for which document. @type {WeakMap<object, { name: string, refresh: () => void, detach: () => void }>} */
const attached = new WeakMap();

/** Puts the plugin into every notification and webhook form that is opened from now on. */
export function install() {
  const forms = desk.frappe.ui.form;
  forms.on('Notification', { refresh: (/** @type {Form} */ form) => attachOnce(form, 'notification') });
  for (const { doctype } of CHANNELS) forms.on(doctype, { refresh: (/** @type {Form} */ form) => attachOnce(form, 'webhook') });
  // "New" from a list opens a Quick Entry dialog, where form scripts do not run.
  desk.$?.(document).on('shown.bs.modal', () => {
    const entry = desk.frappe.quick_entry;
    if (entry?.dialog && CHANNELS.some(({ doctype }) => doctype === entry.doctype)) {
      attachOnce({ doc: entry.doc ?? entry.dialog.doc ?? {}, fields_dict: entry.dialog.fields_dict, wrapper: entry.dialog.$wrapper }, 'webhook', entry.dialog);
    }
  });
}

/**
 * A refresh keeps what was put in before, and brings another document into the same form.
 * @param {Form} form @param {'notification' | 'webhook'} kind @param {object} [key]
 */
function attachOnce(form, kind, key = form) {
  const name = String(form.doc['name'] ?? '');
  const before = attached.get(key);
  if (before?.name === name) return before.refresh();
  before?.detach();
  attached.set(key, { name, ...attach(new FrappeHost(form, kind)) });
}

/** @implements {Host} */
export class FrappeHost {
  #frm;
  form;
  /** @type {Map<string, FrappeField>} */
  #fields = new Map();
  /** The webhook that the notification links to, once it is read. @type {{ name: string, service: string, url: string } | null} */
  #webhook = null;
  /** Whether that webhook adds a link to the document; undefined where it has no such switch. @type {boolean | undefined} */
  #documentLink;
  /** Not known before the site has told. */
  #sender = { appName: '', appLogo: '' };
  #webhookName = '';
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();

  /** @param {Form} frm @param {'notification' | 'webhook'} form */
  constructor(frm, form) {
    this.#frm = frm;
    this.form = form;
  }

  get #channel() {
    const chosen = this.#text('channel');
    return CHANNELS.find(({ channel }) => channel === chosen) ?? null;
  }

  /** @param {string} name */
  #field(name) {
    const control = this.#frm.fields_dict[name];
    if (!control) return null;
    let field = this.#fields.get(name);
    if (!field) this.#fields.set(name, (field = new FrappeField(control, () => this.#frm.doc[name])));
    return field;
  }

  /** @param {string} name */
  #text(name) {
    return this.#field(name)?.text ?? String(this.#frm.doc[name] ?? '');
  }

  /** @param {FieldName} field */
  #named(field) {
    const link = CHANNELS.find((known) => known.link in this.#frm.fields_dict)?.link ?? '';
    return this.#field({ condition: 'condition', document: 'document_type', message: 'message', service: 'service', test: 'message', url: 'webhook_url', webhook: link }[field]);
  }

  /** @returns {NotificationFields} */
  readNotification() {
    const { doc } = this.#frm;
    const channel = this.#channel;
    this.#followWebhook(channel);
    const filters = doc['condition_type'] === 'Filters';
    return {
      chat: channel !== null,
      documentType: String(doc['document_type'] ?? ''),
      event: String(doc['event'] ?? ''),
      condition: filters ? String(doc['filters'] ?? '') : this.#text('condition'),
      conditionType: filters ? 'Filters' : 'Python',
      message: this.#text('message'),
      webhook: this.#webhook,
      documentLink: this.#documentLink,
      alert: doc,
    };
  }

  /**
   * Reads the webhook that the form links to; the listeners hear of it when it has come.
   * @param {typeof CHANNELS[number] | null} channel
   */
  async #followWebhook(channel) {
    const name = channel ? String(this.#frm.doc[channel.link] ?? '') : '';
    if (name === this.#webhookName) return;
    this.#webhookName = name;
    this.#webhook = null;
    if (!channel || name === '') return;
    const loaded = await getdoc(channel.doctype, name);
    if (!loaded || name !== this.#webhookName) return;
    const { service, webhook_url: url, show_document_link: link } = loaded.doc;
    this.#documentLink = link === undefined ? undefined : Boolean(link);
    this.#webhook = { name, service: String(service ?? channel.service), url: String(url ?? '') };
    this.#tell('field');
  }

  /** @returns {WebhookFields} */
  readWebhook() {
    const service = this.#field('service');
    return { service: service ? service.text : 'Slack', url: this.#text('webhook_url'), services: service?.choices ?? ['Slack'] };
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }

  /** @param {(change: Change) => void} listener */
  onChange(listener) {
    const heard = () => listener('field');
    this.#listeners.add(listener);
    const wrapper = this.#frm.wrapper instanceof HTMLElement ? this.#frm.wrapper : this.#frm.wrapper[0];
    // Typing is heard at once; choices and what the desk sets by itself are heard when the model has them.
    for (const event of ['input', 'change', 'awesomplete-selectcomplete']) wrapper?.addEventListener(event, heard);
    const ends = ['condition', 'message'].map((name) => this.#field(name)?.listen(heard));
    const { doctype, name } = this.#frm.doc;
    desk.frappe.model.on?.(doctype, '*', (/** @type {string} */ _field, /** @type {unknown} */ _value, /** @type {{ name: string }} */ doc) => {
      if (doc?.name === name && this.#listeners.has(listener)) heard();
    });
    const theme = new MutationObserver(() => listener('theme'));
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      this.#listeners.delete(listener);
      for (const event of ['input', 'change', 'awesomplete-selectcomplete']) wrapper?.removeEventListener(event, heard);
      for (const end of ends) end?.();
      theme.disconnect();
    };
  }

  /** @param {FieldName} field @param {string} text */
  write(field, text) {
    this.#named(field)?.write(text);
  }

  /** @param {FieldName} field @param {number} start @param {number} end @param {string} text */
  replace(field, start, end, text) {
    this.#named(field)?.replace(start, end, text);
  }

  /** @param {FieldName} field @param {number} start @param {number} end */
  show(field, start, end) {
    this.#named(field)?.show(start, end);
  }

  /** @param {FieldName} field @param {Mark[]} marks */
  mark(field, marks) {
    this.#named(field)?.mark(marks);
  }

  /** @param {FieldName} field @param {HTMLElement} element */
  mount(field, element) {
    const wrapper = this.#named(field)?.wrapper;
    // After this wrapper an element survives the form's refreshes.
    const place = wrapper?.querySelector('.control-input-wrapper') ?? null;
    if (place && field !== 'test') place.after(element);
    else (place?.parentElement ?? wrapper)?.append(element);
  }

  /** @param {string} documentType */
  async documents(documentType) {
    if (documentType === '') return [];
    try {
      const rows = await desk.frappe.db.get_list(documentType, { fields: ['name'], order_by: 'modified desc', limit: RECENT });
      return rows.map((/** @type {{ name: string }} */ { name }) => ({ name: String(name), label: String(name) }));
    } catch {
      return [];
    }
  }

  /** @param {string} documentType @param {number} count */
  async recent(documentType, count) {
    if (documentType === '') return [];
    try {
      const rows = await desk.frappe.db.get_list(documentType, { fields: ['name'], order_by: 'modified desc', limit: count });
      return rows.map((/** @type {{ name: string }} */ { name }) => String(name));
    } catch {
      return [];
    }
  }

  /**
   * @param {string} documentType @param {string} name
   * @returns {Promise<LoadedDocument | null>}
   */
  async loadDocument(documentType, name) {
    await desk.frappe.model.with_doctype(documentType);
    const meta = desk.frappe.get_meta(documentType);
    const loaded = await getdoc(documentType, name);
    if (!meta || !loaded) return null;
    const children = meta.fields.filter((/** @type {any} */ field) => ['Table', 'Table MultiSelect'].includes(field.fieldtype));
    const metas = [meta, ...children.map((/** @type {any} */ field) => desk.frappe.get_meta(field.options)).filter(Boolean)];
    // Only plain data can cross to the Worker; a meta of the desk carries functions.
    return { doc: loaded.doc, metas: JSON.parse(JSON.stringify(metas)), comments: loaded.comments };
  }

  ask = ask;

  /** @param {string} documentType @param {string} name */
  documentUrl(documentType, name) {
    return `${location.origin}/${deskPath()}/${desk.frappe.router.slug(documentType)}/${encodeURIComponent(name)}`;
  }

  /** @returns {HostContext} */
  context() {
    const { boot, session, _messages } = desk.frappe;
    return {
      siteUrl: location.origin,
      now: this.now(),
      timeZone: boot.time_zone?.system ?? 'UTC',
      lang: this.language(),
      user: { name: session.user, fullName: session.user_fullname },
      sysdefaults: boot.sysdefaults ?? {},
      messages: _messages ?? {},
      serverScripts: null,
      flavour: 'incoming_webhook_url' in this.#frm.fields_dict || this.#frm.doc['doctype'] === 'Incoming Webhook URL' ? 'dodock' : 'frappe',
      deskPath: deskPath(),
      ...this.#sender,
      bootDocs: boot.docs ?? [],
      userPermissions: boot.user?.user_permissions ?? null,
      userInfo: boot.user_info ?? {},
    };
  }

  /** Frappe's currencies have no titles. */
  async completeContext() {
    const { flavour, bootDocs = [] } = this.context();
    const [titled, told] = await Promise.all([flavour === 'dodock' ? withTitles(bootDocs) : null, sender()]);
    this.#sender = told;
    return { ...this.context(), bootDocs: titled ?? bootDocs };
  }

  /** @param {string} document @returns {ServerTest | null} */
  serverTest(document) {
    const { channel, doctype } = this.#channel ?? {};
    if (channel === 'External Collaboration Tool') return dodockTest(this.#frm.doc, document);
    const many = doctype === 'Notification Webhook URL';
    return many ? frappeTest(this.#webhook?.name ?? '', String(this.#frm.doc['document_type'] ?? ''), document) : null;
  }

  now() {
    // The Swedish way to write a date is the ISO way. `sysdefaults.time_zone` is stale on some sites; `time_zone.system` is not.
    return new Date().toLocaleString('sv-SE', { timeZone: desk.frappe.boot.time_zone?.system ?? 'UTC' }).replace(' ', 'T');
  }

  language() {
    return String(desk.frappe.boot.lang ?? 'en');
  }

  theme() {
    const theme = document.documentElement.dataset['theme'];
    return theme === 'dark' || theme === 'light' ? theme : null;
  }

  /**
   * From the browser, straight to the chat.
   * @param {RequestPlan} plan
   */
  route(plan) {
    return plan;
  }
}
