// The plugin for any HTML page: <deskbell-notification> and <deskbell-webhook> beside the page's own fields.
//
// An attribute that begins with "#" is the id of a field of the page, read at every keystroke; any other is the value itself.
import { Engine } from './engine.js';
import { PageHost } from './hosts/page.js';
import { attach } from './plugin.js';

/** @import { HostContext, ServerQuestion } from './deskbell.js' */
/** @import { Change, LoadedDocument, Told } from './hosts/host.js' */

/** What no page can guess, and nearly every answer depends on. @type {Array<keyof HostContext>} */
const SITE = ['flavour', 'siteUrl', 'timeZone', 'user'];

/** What both elements have. Attributes: `service`, `url`; `context` is the site, as far as the page knows better. */
export class DeskbellElement extends HTMLElement {
  static observedAttributes = ['service', 'url'];
  /** @type {Partial<HostContext>} */
  #context = {};
  /** @type {LoadedDocument[]} */
  #documents = [];
  /** The notification itself, as templates see it. @type {Record<string, unknown>} */
  alert = {};
  /** How the page answers look-ups; set before the element is connected. @type {((question: ServerQuestion) => Promise<Told>) | null} */
  ask = null;
  /** What the page has saved of a notification, when its `record` is named: its unsaved texts are kept in the browser then. @type {{ condition: string, message: string } | null} */
  #saved = null;
  /** @type {{ detach: () => void, engine: Engine } | null} */
  #plugin = null;

  get context() {
    return this.#context;
  }

  set context(context) {
    this.#context = context;
    this.begin();
    this.tell('language');
  }

  /** The documents to try on, the likeliest first; each with the descriptions of its doctypes. */
  get documents() {
    return this.#documents;
  }

  set documents(documents) {
    this.#documents = documents;
    this.tell('document');
  }

  get saved() {
    return this.#saved;
  }

  set saved(saved) {
    this.#saved = saved;
    this.tell('field');
  }

  /** @returns {'notification' | 'webhook'} */
  get kind() {
    return 'webhook';
  }

  connectedCallback() {
    this.begin();
  }

  /** What is not told yet of the site, without which nothing is answered. @returns {string[]} */
  get lacking() {
    return [];
  }

  /** Attaches the plugin once the element is in a page and knows its site. */
  begin() {
    if (this.#plugin || !this.isConnected || this.lacking.length > 0) return;
    // The engine holds documents under fixed names, so each element has its own.
    this.#plugin = attach(new PageHost(this, this.kind), { engine: new Engine() });
  }

  disconnectedCallback() {
    this.#plugin?.detach();
    this.#plugin?.engine.close();
    this.#plugin = null;
  }

  /** @param {string} _name @param {string | null} _before @param {string | null} _now */
  attributeChangedCallback(_name, _before, _now) {
    this.tell('field');
  }

  /** @param {Change} change */
  tell(change) {
    this.dispatchEvent(new CustomEvent('deskbell-change', { detail: change }));
  }
}

/**
 * A notification: what it would post and whether its condition holds. Attributes besides: `message`, `condition`, `condition-type`
 * ("Python" or "Filters"), `event`, `value-changed`, `document`, the address of a JSON file with `doc`, `metas` and `context`, and `record`, a name under which
 * texts are kept that are not `saved` yet.
 */
export class DeskbellNotification extends DeskbellElement {
  static observedAttributes = [...DeskbellElement.observedAttributes, 'condition', 'condition-type', 'document', 'event', 'message', 'value-changed'];

  /** @returns {'notification'} */
  get kind() {
    return 'notification';
  }

  get lacking() {
    return SITE.filter((name) => this.context[name] === undefined);
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (name === 'document' && now) this.#load(now);
    else super.attributeChangedCallback(name, before, now);
  }

  /** @param {string} address */
  async #load(address) {
    const answer = await fetch(new URL(address, this.baseURI));
    if (!answer.ok) throw new Error(`<deskbell-notification document="${address}">: the server answers ${answer.status}`);
    const { doc, metas, comments = null, context } = await answer.json();
    if (this.getAttribute('document') !== address) return;
    if (context) this.context = context;
    this.documents = [{ doc, metas, comments }];
    if (this.lacking.length > 0) throw new TypeError(`<deskbell-notification>: its context lacks ${this.lacking.join(', ')}`);
  }
}

customElements.define('deskbell-notification', DeskbellNotification);
customElements.define('deskbell-webhook', class DeskbellWebhook extends DeskbellElement {});
