// A form of a Frappe desk as a host: what is typed before the model has it, and the form's changes wherever they come from.
import { attach } from '../plugin.js';
import { ask } from './frappe-ask.js';
import { deskPath, lacks, language, now, plain, siteContext, theme } from './frappe-context.js';
import { withTitles } from './frappe-currencies.js';
import { getdoc, load, open, recent, refusal, search } from './frappe-documents.js';
import { FrappeField } from './frappe-field.js';
import { CHANNELS, wrapperOf } from './frappe-space.js';
import { dodockTest, frappeTest, sender } from './frappe-test.js';

/** @import { HostContext, RequestPlan } from '../deskbell.js' */
/** @import { Form, Kind } from './frappe.js' */
/** @import { Slots } from './frappe-slots.js' */
/** @import { Change, FieldName, Host, Mark, NotificationFields, RecordState, ServerTest, Trouble, WebhookFields } from './host.js' */

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/** How many documents the picker offers. */
const RECENT = 20;
/** What the DOM of a form tells: typing at once, a choice in a select or in a link's list at once or nearly so. */
const EVENTS = ['input', 'change', 'awesomplete-selectcomplete'];

/** Who hears of changes in the model, by doctype: the desk knows no way to stop listening. @type {Map<string, Set<(name: string) => void>>} */
const followers = new Map();

/** @param {string} doctype @param {(name: string) => void} hear */
function followModel(doctype, hear) {
  let known = followers.get(doctype);
  if (!known) {
    const heard = (known = new Set());
    followers.set(doctype, known);
    desk.frappe.model?.on?.(doctype, '*', (/** @type {unknown} */ _field, /** @type {unknown} */ _value, /** @type {{ name?: string }} */ doc) => {
      for (const one of heard) one(String(doc?.name ?? ''));
    });
  }
  known.add(hear);
}

/**
 * Puts the panels into a form; `refresh` follows the form, also to another record.
 * @param {Form} form @param {Kind} kind @param {Slots} slots
 */
export function attachForm(form, kind, slots) {
  const nameOf = () => String(form.doc['name'] ?? '');
  const put = () => {
    const host = new FrappeHost(form, kind, slots);
    const handle = attach(host);
    slots.reveal(handle.ready);
    return { host, ...handle };
  };
  let name = nameOf();
  let handle = put();
  return {
    refresh() {
      const before = name;
      name = nameOf();
      // A first save gives the record its name and changes nothing else.
      if (name === before || desk.frappe.model?.new_names?.[before] === name) {
        slots.reveal(Promise.resolve());
        return handle.host.refreshed();
      }
      handle.detach();
      handle = put();
    },
    detach: () => handle.detach(),
  };
}

/** @implements {Host} */
export class FrappeHost {
  #frm;
  #slots;
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
  /** The newest reading of the webhook. @type {Promise<void>} */
  #reading = Promise.resolve();
  /** By what was asked last. @type {Map<'documents' | 'webhook' | 'panels', Trouble | null>} */
  #refused = new Map();
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();
  #due = false;

  /** @param {Form} frm @param {Kind} form @param {Slots} slots */
  constructor(frm, form, slots) {
    this.#frm = frm;
    this.form = form;
    this.#slots = slots;
  }

  get #channel() {
    const chosen = this.#text('channel');
    return CHANNELS.find(({ channel }) => channel === chosen) ?? null;
  }

  /** @param {string} name */
  #field(name) {
    const control = this.#frm.fields_dict?.[name];
    if (!control) return null;
    let field = this.#fields.get(name);
    if (field?.control !== control) {
      field?.unfollow(this.#heard);
      this.#fields.set(name, (field = new FrappeField(control, () => this.#frm.doc[name])));
    }
    return field;
  }

  /** @param {string} name */
  #text(name) {
    return this.#field(name)?.text ?? String(this.#frm.doc[name] ?? '');
  }

  /** @param {FieldName} field */
  #nameOf(field) {
    const link = CHANNELS.find((known) => known.link in (this.#frm.fields_dict ?? {}))?.link ?? '';
    return { condition: 'condition', document: 'document_type', message: 'message', service: 'service', test: 'message', url: 'webhook_url', webhook: link }[field];
  }

  /** @returns {NotificationFields} */
  readNotification() {
    const { doc } = this.#frm;
    const channel = this.#channel;
    this.#reading = this.#followWebhook(channel) ?? this.#reading;
    const filters = this.#text('condition_type') === 'Filters';
    const [condition, message] = [this.#text('condition'), this.#text('message')];
    // As it would be saved now, without what the desk notes on it for itself.
    const kept = Object.entries(doc).filter(([key, value]) => !key.startsWith('__') && typeof value !== 'function');
    return {
      chat: channel !== null,
      documentType: String(doc['document_type'] ?? ''),
      event: this.#text('event'),
      valueChanged: this.#text('value_changed'),
      condition: filters ? String(doc['filters'] ?? '') : condition,
      conditionType: filters ? 'Filters' : 'Python',
      message,
      webhook: this.#webhook,
      documentLink: this.#documentLink,
      alert: plain({ ...Object.fromEntries(kept), condition, message }),
    };
  }

  /** @returns {RecordState} */
  record() {
    const { doc } = this.#frm;
    const isNew = Boolean(doc['__islocal']);
    const saved = (/** @type {'condition' | 'message'} */ name) => String((isNew ? this.#frm.fields_dict?.[name]?.df?.default : doc[name]) ?? '');
    const user = String(desk.frappe?.session?.user ?? '');
    return {
      key: [user, doc['doctype'], isNew ? '' : doc['name']].map(encodeURIComponent).join('/'),
      stamp: String(doc['modified'] ?? ''),
      // The model does not tell what it was before an edit.
      saved: isNew || !doc['__unsaved'] ? { condition: saved('condition'), message: saved('message') } : null,
    };
  }

  /**
   * Reads the webhook that the form links to; the listeners hear of it when it has come. null: there is nothing to read.
   * @param {typeof CHANNELS[number] | null} channel @param {boolean} [again] It may have been changed in its own form.
   * @returns {Promise<void> | null}
   */
  #followWebhook(channel, again = false) {
    const name = channel ? String(this.#frm.doc[channel.link] ?? '') : '';
    if (name === this.#webhookName && !again) return null;
    if (name !== this.#webhookName) this.#webhook = null;
    this.#webhookName = name;
    return !channel || name === '' ? null : this.#readWebhook(channel, name);
  }

  /** @param {typeof CHANNELS[number]} channel @param {string} name */
  async #readWebhook(channel, name) {
    const { doc, reply } = await getdoc(channel.doctype, name);
    if (name !== this.#webhookName) return;
    this.#refused.set('webhook', doc ? null : refusal(reply, { name }, 'webhook'));
    if (doc) {
      const { service, webhook_url: url, show_document_link: link } = doc;
      this.#documentLink = link === undefined ? undefined : Boolean(link);
      this.#webhook = { name, service: String(service ?? channel.service), url: String(url ?? '') };
    }
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

  /** The form was shown again: after a save, or after another form in which a document or the webhook may have changed. */
  refreshed() {
    this.#watch();
    if (this.form === 'notification') this.#followWebhook(this.#channel, true);
    this.#tell('document');
  }

  /** One keystroke is heard from the editor, the model and more; it is told once. */
  #heard = () => {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#watch();
      this.#tell('field');
    });
  };

  /** Editors come late, and may be others later. */
  #watch() {
    for (const name of ['condition', 'message']) this.#field(name)?.follow(this.#heard);
  }

  /** @param {(change: Change) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    const wrapper = wrapperOf(this.#frm);
    const hear = (/** @type {Event} */ event) => {
      const target = event.target instanceof Element ? event.target : null;
      // Ace's session has told of it already.
      if (target?.closest('.ace_editor')) return;
      // What is not Ace and has no plain input takes the text over after the event.
      if (target?.closest('[contenteditable]')) setTimeout(this.#heard);
      else this.#heard();
    };
    for (const event of EVENTS) wrapper?.addEventListener(event, hear);
    followModel(this.#frm.doc['doctype'], this.#heardModel);
    const late = new MutationObserver(this.#heard);
    for (const name of ['condition', 'message']) {
      const area = this.#field(name)?.wrapper?.querySelector('.control-input');
      if (area) late.observe(area, { childList: true });
    }
    const painted = new MutationObserver(() => this.#tell('theme'));
    painted.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      for (const event of EVENTS) wrapper?.removeEventListener(event, hear);
      for (const field of this.#fields.values()) field.unfollow(this.#heard);
      followers.get(this.#frm.doc?.['doctype'])?.delete(this.#heardModel);
      late.disconnect();
      painted.disconnect();
    };
  }

  #heardModel = (/** @type {string} */ name) => {
    if (name === String(this.#frm.doc['name'] ?? '')) this.#heard();
  };

  /** @param {FieldName} field @param {string} text */
  write(field, text) {
    // A dialog tells nobody of what is set.
    Promise.resolve(this.#field(this.#nameOf(field))?.write(text)).finally(this.#heard);
  }

  /** @param {FieldName} field @param {number} start @param {number} end @param {string} text */
  replace(field, start, end, text) {
    Promise.resolve(this.#field(this.#nameOf(field))?.replace(start, end, text)).finally(this.#heard);
  }

  /** @param {FieldName} field @param {number} start @param {number} end */
  show(field, start, end) {
    this.#field(this.#nameOf(field))?.show(start, end);
  }

  /** @param {FieldName} field @param {Mark[]} marks */
  mark(field, marks) {
    this.#field(this.#nameOf(field))?.mark(marks);
  }

  /** @param {FieldName} field */
  typing(field) {
    return this.#field(this.#nameOf(field))?.typing ?? null;
  }

  /** @param {FieldName} field */
  caret(field) {
    return this.#field(this.#nameOf(field))?.caret ?? null;
  }

  /** @param {FieldName} field @param {HTMLElement} element */
  mountOver(field, element) {
    const place = this.#field(this.#nameOf(field))?.wrapper?.querySelector('.control-input-wrapper');
    place?.before(element);
    return Boolean(place);
  }

  /** @param {FieldName} field @param {HTMLElement} element */
  mount(field, element) {
    const slot = this.#slots.of(this.#frm, this.#nameOf(field));
    if (!slot) {
      // A form without that field: what belongs to it stands below all the others.
      const wrapper = wrapperOf(this.#frm);
      (wrapper?.querySelector('.form-layout, .modal-body') ?? wrapper)?.append(element);
    } else if (field === 'test') slot.append(element);
    else slot.prepend(element);
  }

  /** @param {string} documentType */
  async documents(documentType) {
    const { documents, trouble } = await recent(documentType, RECENT);
    this.#refused.set('documents', trouble);
    const unsaved = open(documentType);
    return [...unsaved.filter(({ from }) => from), ...documents, ...unsaved.filter(({ from }) => !from)].map(({ name, title, open: state }) => ({ name, ...(title && { title }), ...(state && { open: state }) }));
  }

  searchDocuments = search;

  /** @param {string} documentType @param {number} count */
  async recent(documentType, count) {
    return (await recent(documentType, count)).documents.map(({ name }) => name);
  }

  /** @param {string} documentType @param {string} name @param {import('./host.js').OfferedDocument['open']} [state] */
  async loadDocument(documentType, name, state) {
    const { loaded, trouble } = await load(documentType, name, state);
    this.#refused.set('documents', trouble);
    return loaded;
  }

  ask = ask;

  /** @param {string} documentType @param {string} name */
  documentUrl(documentType, name) {
    const slug = desk.frappe.router?.slug?.(documentType) ?? documentType.toLowerCase().replaceAll(' ', '-');
    return `${location.origin}/${deskPath()}/${slug}/${encodeURIComponent(name)}`;
  }

  /** @returns {HostContext} */
  context() {
    const dodock = 'incoming_webhook_url' in (this.#frm.fields_dict ?? {}) || this.#frm.doc['doctype'] === 'Incoming Webhook URL';
    return siteContext(dodock ? 'dodock' : 'frappe', this.#sender);
  }

  /** Frappe's currencies have no titles. */
  async completeContext() {
    const { flavour, bootDocs = [] } = this.context();
    const [titled, told] = await Promise.all([flavour === 'dodock' ? withTitles(bootDocs) : null, sender(), this.#reading]);
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

  /** @returns {Trouble[]} */
  troubles() {
    /** @type {FieldName[]} */
    const wanted = this.form === 'notification' ? ['document', 'condition', 'message'] : ['url'];
    const missing = wanted.map((field) => this.#nameOf(field)).filter((name) => !(name in (this.#frm.fields_dict ?? {})));
    const refused = [...this.#refused.values()].filter((trouble) => trouble !== null);
    const all = [...lacks(), ...missing.map((field) => ({ words: 'desk-no-field', values: { field } })), ...refused];
    // Two requests may have failed for the same reason.
    return all.filter(({ words }, index) => all.findIndex((other) => other.words === words) === index || words === 'desk-no-field');
  }

  /** @param {unknown} error */
  fail(error) {
    this.#refused.set('panels', { words: 'panels-failed', values: { reason: error instanceof Error ? error.message : String(error) } });
  }

  now = now;
  language = language;
  theme = theme;

  /**
   * From the browser, straight to the chat.
   * @param {RequestPlan} plan
   */
  route(plan) {
    return plan;
  }
}
