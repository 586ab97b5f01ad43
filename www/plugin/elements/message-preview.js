// <deskbell-message-preview>: the message as the chat will show it, its size, and everything that is odd about it.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { ChatCompare } from './chat-compare.js';
import { ChatLook } from './chat-look.js';
import { curl } from './curl.js';
import { findingList, place, toned } from './finding-list.js';
import { gapList } from './gap-list.js';
import { PREVIEW } from './preview-styles.js';
import { View } from './view.js';

/** @import { LookComparison, MessageReport } from '../deskbell.js' */

const VIEWS = /** @type {const} */ (['chat', 'text', 'request', 'compare']);

/** @type {Record<MessageReport['status'], { icon: import('../icons.js').IconName, tone: string }>} */
const STATUSES = {
  exact: { icon: 'check', tone: 'good' },
  server: { icon: 'server', tone: 'info' },
  unsupported: { icon: 'question', tone: 'info' },
  error: { icon: 'cross', tone: 'bad' },
};

/**
 * Attributes: `data-status` as in the report (or none before the first), `data-view` = chat, text, request or compare, `data-service`,
 * `data-over` when the message is longer than the service takes. Events: `deskbell-fix`, `deskbell-show`, and `deskbell-view` {view}:
 * whoever hears of the view "compare" gives the comparison.
 */
export class MessagePreview extends View {
  /** @type {MessageReport | null} */
  report = null;
  /** What the host says when the notification itself is saved. @type {MessageReport | null} */
  saveReport = null;
  /** The template that was rendered. */
  text = '';
  service = '';
  /** The webhook, safe to show. */
  masked = '';
  documentName = '';
  /** Whether that document is open and not saved yet. */
  unsaved = false;
  /** Who seems to write in the chat, and when. */
  sender = '';
  time = '';
  /** @type {typeof VIEWS[number]} */
  view = 'chat';
  /** The message in every chat, for the view "compare". @type {LookComparison | null} */
  comparison = null;
  /** The chats that are compared; chosen here at first. @type {readonly string[]} */
  compared = [];

  #status = el('div', { class: 'verdict grow', part: 'status' });
  #size = el('div', { class: 'size', part: 'size' });
  #tabs = el('div', { class: 'tabs', role: 'group', part: 'views' });
  #chat = new ChatLook();
  #compare = new ChatCompare();
  #source = el('pre', { class: 'source', part: 'source', tabindex: '0' });
  #copied = el('span', { class: 'muted', role: 'status', part: 'copied' });
  #copies = el('div', { class: 'copies', part: 'copies' }, el('button', { type: 'button', part: 'copy-payload', onclick: () => this.#copy((payload) => payload) }), el('button', { type: 'button', part: 'copy-curl', onclick: () => this.#copy((payload) => curl(payload, this.say('curl-url', { masked: this.masked }).trim())) }), this.#copied);
  #error = el('div', { class: 'part error', part: 'error' });
  #gaps = el('div', { class: 'part', part: 'gaps' });
  #findings = el('div', { class: 'part' });
  #reads = el('div', { class: 'part', part: 'reads' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });

  constructor() {
    super(PREVIEW);
    const bar = el('div', { class: 'bar' }, this.#status, this.#size, this.#tabs);
    const side = el('div', { class: 'side' }, this.#error, this.#findings, this.#gaps, this.#reads);
    const body = el('div', { class: 'columns' }, el('div', { class: 'stage' }, this.#chat, this.#copies, this.#source, this.#compare), side);
    this.#compare.addEventListener('deskbell-choose', (event) => { this.compared = /** @type {CustomEvent} */ (event).detail.services; });
    this.root.append(el('div', { class: 'panel' }, bar, body, this.#notice));
  }

  draw() {
    const report = this.report;
    mark(this, 'data-status', report?.status ?? null);
    mark(this, 'data-view', this.view);
    mark(this, 'data-service', this.service || null);
    this.#drawStatus(report);
    this.#drawTabs();
    this.#drawSize(report);
    this.#drawStage(report);
    this.#drawError(report);
    fill(this.#findings, report && findingList(this, report.findings, this.text));
    fill(this.#gaps, report && gapList(this, report.gaps, this.text));
    this.#drawReads(report);
    this.drawNotice(this.#notice);
  }

  /** @param {MessageReport | null} report */
  #drawStatus(report) {
    if (!report) return this.announce(this.#status, 'muted', null, this.say(this.notice === null ? 'message-waiting' : 'not-checked'));
    const open = report.gaps.filter((gap) => !gap.answer).length;
    const answered = report.status === 'server' && open === 0;
    const refused = report.error?.consequence?.code === 'refused-at-save';
    mark(this, 'data-answered', answered ? '' : null);
    // What is not saved yet is what the server gets, and not for certain what it keeps.
    const unsaved = this.unsaved && report.status === 'exact';
    const look = STATUSES[unsaved ? 'server' : report.status];
    const key = unsaved ? 'message-unsaved' : answered ? 'message-answered' : refused ? 'message-refused' : `message-${report.status}`;
    const when = report.gaps.map((gap) => gap.answer?.askedAt ?? '').sort().at(-1) ?? '';
    this.announce(this.#status, look.tone, icon(look.icon), this.say(key, { document: this.documentName, count: open, when: this.words.time(when) }));
  }

  #drawTabs() {
    const words = VIEWS.map((view) => this.say(`view-${view}`)).join('');
    if (this.#tabs.dataset.words !== words) {
      this.#tabs.dataset.words = words;
      this.#tabs.setAttribute('aria-label', this.say('views'));
      const tabs = VIEWS.map((view) => el('button', { type: 'button', 'data-view': view, onclick: () => this.#choose(view) }, this.say(`view-${view}`)));
      fill(this.#tabs, tabs);
    }
    for (const tab of this.#tabs.querySelectorAll('button')) tab.setAttribute('aria-pressed', String(tab.dataset.view === this.view));
  }

  /** @param {typeof VIEWS[number]} view */
  #choose(view) {
    this.view = view;
    this.redraw();
    this.emit('deskbell-view', { view });
  }

  /** The host's theme is set as an attribute, and what is inside follows it. */
  static observedAttributes = ['data-theme'];

  attributeChangedCallback() {
    this.redraw();
  }

  /** @param {MessageReport | null} report */
  #drawSize(report) {
    const size = report?.size;
    this.#size.hidden = !size;
    if (!size) return mark(this, 'data-over', null);
    const over = size.length > size.max;
    mark(this, 'data-over', over ? '' : null);
    const share = Math.min(100, (100 * size.length) / size.max);
    const meter = el('span', { class: 'meter', style: `--share:${share.toFixed(1)}%`, 'aria-hidden': 'true' });
    const words = this.say(`size-${size.unit}`, { length: size.length, max: size.max });
    fill(this.#size, over && toned(icon('warning'), 'warn'), meter, el('span', { class: over ? 'warn' : 'muted' }, words));
  }

  /** @param {MessageReport | null} report */
  #drawStage(report) {
    const theme = this.dataset['theme'] ?? null;
    const look = this.view === 'chat' ? (report?.look ?? null) : null;
    this.#chat.hidden = look === null;
    if (look !== null) {
      mark(this.#chat, 'data-theme', theme);
      this.#chat.update({ service: this.service, look, unsure: report?.lookUnsure ?? '', label: this.say('view-chat'), sender: this.sender, time: this.time, words: this.words });
    }
    this.#compare.hidden = this.view !== 'compare';
    if (this.view === 'compare') {
      mark(this.#compare, 'data-theme', theme);
      this.#compare.update({ report: this.comparison, chosen: this.#chosen(), sender: this.sender, time: this.time, words: this.words });
    }
    this.#drawCopies(report);
    this.#source.hidden = look !== null || report === null || this.view === 'compare';
    if (this.#source.hidden) return fill(this.#source);
    const text = this.view === 'request' ? report?.payload : report?.text;
    this.#source.setAttribute('aria-label', this.say(`view-${this.view}`));
    const parts = this.view === 'request' ? [] : (report?.fromServer ?? []);
    fill(this.#source, typeof text === 'string' ? marked(text, parts) : el('span', { class: 'muted' }, this.say('nothing-sent')));
  }

  /** @param {MessageReport | null} report */
  #drawCopies(report) {
    this.#copies.hidden = this.view !== 'request' || typeof report?.payload !== 'string';
    if (this.#copies.hidden) return;
    const [payload, command] = this.#copies.querySelectorAll('button');
    if (payload) fill(payload, icon('copy'), this.say('copy-payload'));
    if (command) fill(command, icon('copy'), this.say('copy-curl'));
    if (this.#copied.dataset['of'] !== report?.payload) fill(this.#copied);
  }

  /**
   * Into the clipboard; where the browser does not allow that, the text is shown and selected.
   * @param {(payload: string) => string} write
   */
  async #copy(write) {
    const payload = this.report?.payload;
    if (typeof payload !== 'string') return;
    const text = write(payload);
    this.#copied.dataset['of'] = payload;
    try {
      await navigator.clipboard.writeText(text);
      fill(this.#copied, this.say('copied'));
    } catch {
      fill(this.#source, text);
      getSelection()?.selectAllChildren(this.#source);
      fill(this.#copied, this.say('copy-failed'));
    }
  }

  /** The form's chat and the first that draws something else, until a person chooses. */
  #chosen() {
    const report = this.comparison;
    if (this.compared.length > 0 || !report) return this.compared;
    const own = report.chats.find(({ service }) => service === this.service)?.service ?? report.chats[0]?.service ?? '';
    const differs = report.differences[0]?.ways.find(({ services }) => !services.some((service) => service === own))?.services[0];
    return [own, differs ?? report.chats.find(({ service, look }) => service !== own && look !== null)?.service ?? ''];
  }

  /** @param {MessageReport | null} report */
  #drawError(report) {
    const rows = [];
    const run = report?.error;
    const save = this.saveReport?.error;
    // What cannot be saved never runs: one row says it.
    if (run && run.message !== save?.message) rows.push(this.#errorRow('error-when-run', run));
    if (save) rows.push(this.#errorRow('error-at-save', save));
    fill(this.#error, rows);
  }

  /** @param {string} key @param {import('../deskbell.js').HostError} error */
  #errorRow(key, error) {
    const where = el('p', { class: 'muted' }, this.say(key), ' ', place(this, error, this.text));
    const words = el('p', {}, el('code', { class: 'bad' }, `${error.type}: ${error.message}`));
    const consequence = error.consequence && el('p', { part: 'consequence', 'data-consequence': error.consequence.code }, error.consequence.message);
    return el('div', { class: 'failure' }, where, consequence, words);
  }

  /** @param {MessageReport | null} report */
  #drawReads(report) {
    const reads = report?.reads ?? [];
    if (reads.length === 0) return fill(this.#reads);
    const chips = reads.map((read) =>
      el(
        'li',
        { class: read.empty ? 'pill warn' : 'pill', part: read.empty ? 'read empty' : 'read', 'data-field': read.field, 'data-empty': read.empty },
        el('code', {}, read.field),
        read.empty && this.say('empty-field'),
      ),
    );
    fill(this.#reads, el('p', { class: 'caption' }, this.say('fields-read')), el('ul', { class: 'chips' }, chips));
  }
}

/**
 * A text whose parts from the server are marked.
 * @param {string} text @param {Array<{ start: number, end: number }>} parts
 */
function marked(text, parts) {
  let done = 0;
  const pieces = parts.flatMap(({ start, end }) => {
    const before = text.slice(done, start);
    done = end;
    return [before, el('mark', { class: 'deskbell-server' }, text.slice(start, end))];
  });
  return [...pieces, text.slice(done)];
}

customElements.define('deskbell-message-preview', MessagePreview);
