// Any HTML page as a host: the fields, the values and the documents that an element of `page.js` was given.
import { caretBox } from './caret-box.js';

/** @import { HostContext, RequestPlan, ServerQuestion } from '../deskbell.js' */
/** @import { Change, FieldName, Host, LoadedDocument, NotificationFields, OfferedDocument, Told, WebhookFields } from './host.js' */
/** @import { DeskbellElement } from '../page.js' */

/** Where the elements stand, one under the other. @type {FieldName[]} */
const ORDER = ['webhook', 'url', 'service', 'document', 'condition', 'message', 'test'];

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} PageField */

/** A document as the picker offers it. @param {LoadedDocument} loaded @returns {OfferedDocument} */
function offered({ doc, metas }) {
  const values = /** @type {Record<string, unknown>} */ (doc);
  const title = values[metas[0]?.title_field ?? ''];
  const open = values['__islocal'] ? 'new' : values['__unsaved'] ? 'changed' : undefined;
  return { name: String(values['name'] ?? ''), ...(typeof title === 'string' && title !== '' && { title }), ...(open && { open }) };
}

/** @implements {Host} */
export class PageHost {
  #element;
  form;

  /** @param {DeskbellElement} element @param {'notification' | 'webhook'} form */
  constructor(element, form) {
    this.#element = element;
    this.form = form;
    // Without this, the page's own ways to answer a look-up are none.
    if (element.ask) this.ask = (/** @type {ServerQuestion} */ question) => /** @type {Promise<Told>} */ (element.ask?.(question));
  }

  /** @type {Host['ask']} */
  ask;

  /** The attributes that name what a field of the host holds. @param {FieldName} field */
  #attribute(field) {
    return field === 'webhook' ? 'url' : field === 'test' ? 'url' : field;
  }

  /** The field of the page that an attribute points to, "#its-id". @param {string} attribute @returns {PageField | null} */
  #field(attribute) {
    const value = this.#element.getAttribute(attribute) ?? '';
    if (!value.startsWith('#')) return null;
    const found = this.#element.ownerDocument.getElementById(value.slice(1));
    return found instanceof HTMLInputElement || found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement ? found : null;
  }

  /** What a field of the page holds, or the attribute itself. @param {string} attribute */
  #text(attribute) {
    const value = this.#element.getAttribute(attribute) ?? '';
    return value.startsWith('#') ? (this.#field(attribute)?.value ?? '') : value;
  }

  /** @returns {NotificationFields} */
  readNotification() {
    const has = this.#element.hasAttribute('service') || this.#element.hasAttribute('url');
    return {
      chat: true,
      documentType: String(/** @type {any} */ (this.#element.documents[0]?.doc)?.doctype ?? ''),
      event: this.#text('event') || 'New',
      valueChanged: this.#text('value-changed'),
      condition: this.#text('condition'),
      conditionType: this.#text('condition-type') === 'Filters' ? 'Filters' : 'Python',
      message: this.#text('message'),
      webhook: has ? { name: '', service: this.#text('service'), url: this.#text('url') } : null,
      documentLink: undefined,
      alert: this.#element.alert,
    };
  }

  /** Only a page that names its record has it kept. */
  record() {
    const key = this.#element.getAttribute('record');
    return key === null ? null : { key: `page/${encodeURIComponent(key)}`, stamp: '', saved: this.#element.saved };
  }

  /** @returns {WebhookFields} */
  readWebhook() {
    const select = this.#field('service');
    const services = select instanceof HTMLSelectElement ? [...select.options].map(({ value }) => value).filter(Boolean) : [this.#text('service')];
    return { service: this.#text('service'), url: this.#text('url'), services };
  }

  /** @param {(change: Change) => void} listener */
  onChange(listener) {
    const page = this.#element.ownerDocument;
    const typed = (/** @type {Event} */ event) => {
      const id = event.target instanceof HTMLElement ? event.target.id : '';
      if (id !== '' && [...this.#element.attributes].some(({ value }) => value === `#${id}`)) listener('field');
    };
    const told = (/** @type {Event} */ event) => listener(/** @type {CustomEvent<Change>} */ (event).detail);
    for (const event of ['input', 'change']) page.addEventListener(event, typed);
    this.#element.addEventListener('deskbell-change', told);
    return () => {
      for (const event of ['input', 'change']) page.removeEventListener(event, typed);
      this.#element.removeEventListener('deskbell-change', told);
    };
  }

  /** @param {FieldName} name @param {string} text */
  write(name, text) {
    const field = this.#field(this.#attribute(name));
    if (!field) return;
    field.value = text;
    for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
  }

  /** @param {FieldName} name @param {number} start @param {number} end @param {string} text */
  replace(name, start, end, text) {
    const field = this.#field(this.#attribute(name));
    if (!field || field instanceof HTMLSelectElement) return;
    this.show(name, start, end);
    // Deprecated and yet the only way that the browser's undo knows of.
    if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** @param {FieldName} name @param {number} start @param {number} end */
  show(name, start, end) {
    const field = this.#field(this.#attribute(name));
    if (!field || field instanceof HTMLSelectElement) return;
    field.focus();
    field.setSelectionRange(start, end);
  }

  /** @param {FieldName} name */
  typing(name) {
    const field = this.#field(this.#attribute(name));
    return field && !(field instanceof HTMLSelectElement) && !field.readOnly && !field.disabled ? field : null;
  }

  /** @param {FieldName} name */
  caret(name) {
    const field = this.#field(this.#attribute(name));
    if (!field || field instanceof HTMLSelectElement) return null;
    const start = field.selectionStart ?? field.value.length;
    return { text: field.value, start, end: field.selectionEnd ?? start, box: caretBox(field, start) };
  }

  /** Plain fields cannot underline a part of their text. */
  mark() {}

  /** What belongs to a field that the page does not have is not shown. @param {FieldName} field @param {HTMLElement} element */
  mount(field, element) {
    const needed = this.#attribute(field);
    if (needed !== 'document' && !this.#element.hasAttribute(needed)) return;
    element.dataset['field'] = field;
    // Of two elements of one field the later is nearer to it; the tests stand in the order in which they come.
    const place = ORDER.indexOf(field) + (field === 'test' ? 1 : 0);
    const after = [...this.#element.children].find((child) => child instanceof HTMLElement && ORDER.indexOf(/** @type {FieldName} */ (child.dataset['field'])) >= place);
    this.#element.insertBefore(element, after ?? null);
  }

  async documents() {
    return this.#element.documents.map(offered);
  }

  /** @param {string} _documentType @param {number} count */
  async recent(_documentType, count) {
    return (await this.documents()).slice(0, count).map(({ name }) => name);
  }

  /** @param {string} _documentType @param {string} name @param {OfferedDocument['open']} [open] @returns {Promise<LoadedDocument | null>} */
  async loadDocument(_documentType, name, open) {
    const fits = (/** @type {OfferedDocument} */ one) => one.name === name && one.open === open;
    return this.#element.documents.find((one) => fits(offered(one))) ?? null;
  }

  /** @param {string} documentType @param {string} name */
  documentUrl(documentType, name) {
    const { siteUrl, deskPath } = this.context();
    return `${siteUrl}/${deskPath ?? 'app'}/${documentType.toLowerCase().replaceAll(' ', '-')}/${encodeURIComponent(name)}`;
  }

  /** Complete for a notification, which waits for it; nothing of it is asked for a webhook's URL. @returns {HostContext} */
  context() {
    return { siteUrl: '', timeZone: 'UTC', user: { name: '' }, serverScripts: null, ...this.#element.context, lang: this.language(), now: this.now() };
  }

  now() {
    const { now, timeZone } = this.#element.context;
    // The Swedish way to write a date is the ISO way.
    return now ?? new Date().toLocaleString('sv-SE', { ...(timeZone && { timeZone }) }).replace(' ', 'T');
  }

  language() {
    return this.#element.context.lang ?? (this.#element.closest('[lang]')?.getAttribute('lang') || navigator.language).slice(0, 2);
  }

  theme() {
    const theme = this.#element.dataset['theme'];
    return theme === 'dark' || theme === 'light' ? theme : null;
  }

  /** From the browser, straight to the chat. @param {RequestPlan} plan */
  route(plan) {
    return plan;
  }
}
