// The demo desk as a host: the same few doors that a real desk offers, found under other names.
import { caretBox } from './caret-box.js';

/** @import { DocTypeMeta, HostContext, RequestPlan, ServerQuestion } from '../deskbell.js' */
/** @import { Change, FieldName, Host, LoadedDocument, Mark, NotificationFields, Told, WebhookFields } from './host.js' */

/**
 * A control of the demo's forms.
 * @typedef {object} DemoControl
 * @property {HTMLElement} wrapper
 * @property {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} input
 * @property {string} text
 * @property {(text: string) => void} write
 * @property {(start: number, end: number, text: string) => void} replace
 * @property {(start: number, end: number) => void} show
 * @property {(marks: Mark[]) => void} mark
 */

/**
 * What the demo page offers to this adapter, and nothing more is used.
 * @typedef {object} DemoDesk
 * @property {string} language
 * @property {'light' | 'dark'} theme
 * @property {string | null} fixedNow
 * @property {Record<string, string>} messages
 * @property {(source: string) => string} translate
 * @property {{ fields: Record<string, DemoControl>, record: Record<string, any> } | null} form
 * @property {Array<Record<string, any>>} webhooks
 * @property {Array<{ doctype: string, name: string, variant: string, doc: Record<string, any>, metas: import('../deskbell.js').DocTypeMeta[] }>} documents
 * @property {Array<{ metas: DocTypeMeta[], docs: Array<Record<string, any>>, single?: true, readable?: false }>} linked What look-ups find besides.
 * @property {DemoDesk['documents']} earlier Older documents, which the picker does not offer.
 * @property {Record<string, { origin: string, realOrigin: string | null }>} chats
 * @property {boolean} unsaved Whether the record of the form has edits that were not saved.
 * @property {EventTarget['addEventListener']} addEventListener
 * @property {EventTarget['removeEventListener']} removeEventListener
 */

const SITE = 'https://erp.example.com';
const TIME_ZONE = 'Europe/Paris';
/** How many documents a search gives. */
const FOUND = 10;
/** What a look-up costs on a site near by. */
const ROUND_TRIP_MS = 30;

/** The plugin's names of fields, and the form's. @type {Record<FieldName, string>} */
const FIELDS = { condition: 'condition', document: 'document_type', message: 'message', service: 'service', test: 'message', url: 'webhook_url', webhook: 'incoming_webhook_url' };

/** What the demo's site is set to, as `frappe.boot.sysdefaults` says it. */
const SYSDEFAULTS = {
  country: 'France',
  currency: 'EUR',
  currency_precision: '',
  date_format: 'dd/mm/yyyy',
  float_precision: '3',
  first_day_of_the_week: 'Monday',
  language: 'fr',
  number_format: '# ###,##',
  rounding_method: "Banker's Rounding",
  time_format: 'HH:mm',
};

/** @param {string} name @param {string} symbol @param {0 | 1} right */
function currency(name, symbol, right) {
  return { doctype: ':Currency', name, symbol, symbol_on_right: right, number_format: right ? '# ###,##' : '#,###.##', fraction: 'Cent', fraction_units: 100, smallest_currency_fraction_value: 0.01 };
}

const BOOT_DOCS = [currency('EUR', '€', 1), currency('USD', '$', 0)];
const USER_INFO = { 'marie@example.com': { fullname: 'Marie Durand' }, 'julie.martin@example.com': { fullname: 'Julie Martin' } };

/** @implements {Host} */
export class DemoHost {
  #desk;
  form;

  /** @param {DemoDesk} desk @param {'notification' | 'webhook'} form */
  constructor(desk, form) {
    this.#desk = desk;
    this.form = form;
  }

  /** @param {FieldName} field */
  #control(field) {
    return this.#desk.form?.fields[FIELDS[field]] ?? null;
  }

  /** @param {FieldName} field */
  #text(field) {
    return this.#control(field)?.text ?? '';
  }

  /** @returns {NotificationFields} */
  readNotification() {
    const record = this.#desk.form?.record ?? {};
    const webhook = this.#desk.webhooks.find((known) => known['name'] === this.#text('webhook'));
    return {
      chat: record['channel'] === 'External Collaboration Tool',
      documentType: this.#text('document'),
      event: String(record['event'] ?? ''),
      valueChanged: String(record['value_changed'] ?? ''),
      condition: this.#text('condition'),
      conditionType: record['condition_type'] === 'Filters' ? 'Filters' : 'Python',
      message: this.#text('message'),
      webhook: webhook ? { name: webhook['name'], service: webhook['service'], url: webhook['webhook_url'] ?? '' } : null,
      documentLink: undefined,
      alert: record,
    };
  }

  record() {
    const record = this.#desk.form?.record ?? {};
    // What this demo saves is gone when its page is loaded again.
    const saved = this.#desk.unsaved ? null : { condition: String(record['condition'] ?? ''), message: String(record['message'] ?? '') };
    return { key: `demo/${this.#desk.language}/${encodeURIComponent(String(record['name'] ?? ''))}`, stamp: '', saved };
  }

  /** @returns {WebhookFields} */
  readWebhook() {
    const select = this.#control('service')?.wrapper.querySelector('select');
    const services = select ? [...select.options].map((option) => option.value).filter(Boolean) : [];
    return { service: this.#text('service'), url: this.#text('url'), services };
  }

  /** @param {(change: Change) => void} listener */
  onChange(listener) {
    const hear = (/** @type {Event} */ event) => listener(/** @type {CustomEvent<Change>} */ (event).detail);
    this.#desk.addEventListener('change', hear);
    return () => this.#desk.removeEventListener('change', hear);
  }

  /** @param {FieldName} field @param {string} text */
  write(field, text) {
    this.#control(field)?.write(text);
  }

  /** @param {FieldName} field @param {number} start @param {number} end @param {string} text */
  replace(field, start, end, text) {
    this.#control(field)?.replace(start, end, text);
  }

  /** @param {FieldName} field @param {number} start @param {number} end */
  show(field, start, end) {
    this.#control(field)?.show(start, end);
  }

  /** @param {FieldName} field @param {Mark[]} marks */
  mark(field, marks) {
    this.#control(field)?.mark(marks);
  }

  /** @param {FieldName} field @param {HTMLElement} element */
  mountOver(field, element) {
    const wrapper = this.#control(field)?.wrapper.querySelector('.control-input-wrapper');
    wrapper?.before(element);
    return Boolean(wrapper);
  }

  /** @param {FieldName} field @returns {HTMLElement | null} */
  typing(field) {
    return this.#control(field)?.wrapper.querySelector('.control-input') ?? null;
  }

  /** @param {FieldName} field */
  caret(field) {
    const input = this.#control(field)?.input;
    if (!input || input instanceof HTMLSelectElement) return null;
    const start = input.selectionStart ?? 0;
    return { text: input.value, start, end: input.selectionEnd ?? start, box: caretBox(input, start) };
  }

  /** @param {FieldName} field @param {HTMLElement} element */
  mount(field, element) {
    const wrapper = this.#control(field)?.wrapper.querySelector('.control-input-wrapper');
    // The test button's place is after what stands under the message already.
    if (field === 'test') wrapper?.parentElement?.append(element);
    else wrapper?.after(element);
  }

  /** @param {string} documentType */
  async documents(documentType) {
    const known = this.#desk.documents.filter((one) => one.doctype === documentType);
    return known.map((one) => ({ name: one.name, title: this.#desk.translate(one.variant) }));
  }

  /**
   * As a server would: in all documents, by name and title.
   * @param {string} documentType @param {string} text
   */
  async searchDocuments(documentType, text) {
    await new Promise((resolve) => setTimeout(resolve, ROUND_TRIP_MS));
    const wanted = text.toLowerCase();
    return [...this.#desk.documents, ...this.#desk.earlier]
      .filter((one) => one.doctype === documentType && `${one.name} ${one.doc['subject'] ?? one.doc['customer_name'] ?? ''}`.toLowerCase().includes(wanted))
      .slice(0, FOUND)
      .map((one) => ({ name: one.name, title: String(one.doc['subject'] ?? one.doc['customer_name'] ?? '') }));
  }

  /** @param {string} documentType @param {number} count */
  async recent(documentType, count) {
    return [...this.#desk.documents, ...this.#desk.earlier]
      .filter((one) => one.doctype === documentType)
      .slice(0, count)
      .map((one) => one.name);
  }

  /**
   * @param {string} documentType @param {string} name
   * @returns {Promise<LoadedDocument | null>}
   */
  async loadDocument(documentType, name) {
    const found = [...this.#desk.documents, ...this.#desk.earlier].find((one) => one.doctype === documentType && one.name === name);
    return found ? { doc: found.doc, metas: found.metas, comments: null } : null;
  }

  /**
   * As a server would: from all documents, those of the pickers included.
   * @param {ServerQuestion} question
   * @returns {Promise<Told>}
   */
  async ask({ kind, doctype, name, filters, fields = ['name'] }) {
    const own = this.#desk.documents.filter((one) => one.doctype === doctype);
    const table = this.#desk.linked.find(({ metas }) => metas[0]?.name === doctype) ?? (own[0] && { metas: own[0].metas, docs: own.map(({ doc }) => doc) });
    await new Promise((resolve) => setTimeout(resolve, ROUND_TRIP_MS));
    if (!table || Boolean('single' in table && table.single) !== (kind === 'single')) return { value: null, metas: [], refused: 'unclear' };
    if ('readable' in table && table.readable === false) return { value: null, metas: [], refused: 'permission' };
    const fits = (/** @type {Record<string, any>} */ doc) => (filters ? Object.entries(filters).every(([field, value]) => doc[field] === value) : doc['name'] === name);
    const found = kind === 'single' ? table.docs : table.docs.filter(fits);
    const [doc] = found;
    if (found.length > 1) return { value: null, metas: [], refused: 'ambiguous' };
    if (!doc || kind === 'document') return { value: doc ?? null, metas: table.metas };
    return { value: Object.fromEntries(fields.map((field) => [field, doc[field] ?? null])), metas: table.metas };
  }

  /** @param {string} documentType @param {string} name */
  documentUrl(documentType, name) {
    return `${SITE}/app/${documentType.toLowerCase().replaceAll(' ', '-')}/${encodeURIComponent(name)}`;
  }

  /** @returns {HostContext} */
  context() {
    return {
      siteUrl: SITE,
      now: this.now(),
      timeZone: TIME_ZONE,
      lang: this.#desk.language,
      user: { name: 'marie@example.com', fullName: 'Marie Durand' },
      sysdefaults: SYSDEFAULTS,
      messages: this.#desk.messages,
      // As on a real site, the page cannot know.
      serverScripts: null,
      flavour: 'dodock',
      appName: 'Dodock',
      bootDocs: BOOT_DOCS,
      userInfo: USER_INFO,
    };
  }

  now() {
    // The Swedish way to write a date is the ISO way.
    return this.#desk.fixedNow ?? new Date().toLocaleString('sv-SE', { timeZone: TIME_ZONE }).replace(' ', 'T');
  }

  language() {
    return this.#desk.language;
  }

  theme() {
    return this.#desk.theme;
  }

  /**
   * To the stand-in in the place of the real service: in this demo nothing leaves the computer.
   * @param {RequestPlan} plan
   * @returns {RequestPlan}
   */
  route(plan) {
    const url = new URL(plan.url);
    const chat = Object.values(this.#desk.chats).find((known) => known.realOrigin === url.origin);
    const routed = chat ? chat.origin + url.pathname + url.search : plan.url;
    return { ...plan, url: routed, fallback: plan.fallback && this.route(plan.fallback) };
  }
}
