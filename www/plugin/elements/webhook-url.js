// <deskbell-webhook-url>: is this the URL of an incoming webhook of that service, and where does one get it?
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { findingList } from './finding-list.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { ServiceInfo, UrlReport } from '../deskbell.js' */

const STYLE = sheet(`
.masked { color: var(--db-muted); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 100%; direction: ltr; }
.hint { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; }
.clean { margin-bottom: 6px; }
ol { list-style: decimal; padding-inline-start: 22px; margin-top: 6px; display: grid; gap: 3px; }
.needs { margin-top: 6px; } .example { margin-top: 6px; color: var(--db-muted); }
`);

/** @type {Record<UrlReport['verdict'], { icon: import('../icons.js').IconName, tone: string }>} */
const VERDICTS = {
  valid: { icon: 'check', tone: 'good' },
  suspicious: { icon: 'warning', tone: 'warn' },
  invalid: { icon: 'cross', tone: 'bad' },
};

/**
 * Attributes for tests and styles: `data-verdict` = valid, suspicious, invalid or empty; `data-looks-like` = a service.
 * Events: `deskbell-fix`, `deskbell-show`, `deskbell-service` {service}.
 */
export class WebhookUrl extends View {
  /** @type {UrlReport | null} */
  report = null;
  /** The text that was checked: what the offsets are of. */
  text = '';
  /** The chosen service, as the form stores it. */
  service = '';
  /** @type {ServiceInfo | null} */
  info = null;
  /** The services that the form's list offers. @type {readonly string[]} */
  offered = [];
  /** Where the form only links to a webhook: the verdict, without the way to get a URL. */
  compact = false;

  #verdict = el('div', { class: 'verdict grow', part: 'verdict' });
  #masked = el('code', { class: 'masked', part: 'masked' });
  #hint = el('div', { class: 'part hint', part: 'hint' });
  #findings = el('div', { class: 'part' });
  #steps = el('details', { class: 'part', part: 'steps' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });
  #stepsOf = '';
  #wasEmpty = false;

  constructor() {
    super(STYLE);
    const bar = el('div', { class: 'bar' }, this.#verdict, this.#masked);
    this.root.append(el('div', { class: 'panel' }, bar, this.#hint, this.#findings, this.#steps, this.#notice));
  }

  draw() {
    const report = this.text.trim() === '' ? null : this.report;
    mark(this, 'data-verdict', report?.verdict ?? 'empty');
    mark(this, 'data-looks-like', report?.looksLike ?? null);
    this.#drawVerdict(report);
    fill(this.#masked, report?.masked);
    this.#drawHint(report);
    this.#drawFindings(report);
    this.#drawSteps();
    this.drawNotice(this.#notice);
  }

  /** @param {UrlReport | null} report */
  #drawVerdict(report) {
    if (!report) {
      this.announce(this.#verdict, 'muted', icon('info'), this.say(this.service ? 'url-empty' : 'url-no-service'));
      return;
    }
    const look = VERDICTS[report.verdict];
    const key = this.service === '' ? 'url-no-service' : `url-${report.verdict}`;
    this.announce(this.#verdict, look.tone, icon(look.icon), this.say(key, { service: this.service }));
  }

  /** @param {UrlReport | null} report */
  #drawHint(report) {
    const other = report?.looksLike;
    const wrong = other && other !== this.service;
    this.#hint.hidden = !wrong;
    if (!wrong) return fill(this.#hint);
    const choose = el(
      'button',
      { type: 'button', part: 'choose-service', onclick: () => this.emit('deskbell-service', { service: other }) },
      this.say('choose-service', { service: other }),
    );
    fill(this.#hint, el('span', {}, this.say('looks-like', { service: other })), this.offered.includes(other) && choose);
  }

  /**
   * When more was pasted than the URL, one click keeps the URL; the remarks then say why, each once, without fixes of their own.
   * @param {UrlReport | null} report
   */
  #drawFindings(report) {
    const url = report?.url ?? null;
    if (!report || url === null || url === this.text) return fill(this.#findings, report && findingList(this, report.findings, this.text));
    const clean = () => this.emit('deskbell-fix', { start: 0, end: this.text.length, text: url });
    const said = new Map(report.findings.map((finding) => [finding.code, { ...finding, fix: undefined }]));
    fill(
      this.#findings,
      el('p', { class: 'clean' }, el('button', { type: 'button', class: 'fix', part: 'fix', onclick: clean }, icon('fix'), this.say('clean-url'))),
      findingList(this, [...said.values()], this.text),
    );
  }

  #drawSteps() {
    const info = this.compact ? null : this.info;
    this.#steps.hidden = !info;
    const empty = this.text.trim() === '';
    // It opens and closes by itself when the field becomes empty or is filled; in between it is the person's.
    if (info && empty !== this.#wasEmpty) {
      this.#steps.open = empty;
      this.#wasEmpty = empty;
    }
    const key = info ? `${info.name}\n${info.setupNeeds}\n${info.setupSteps.join('\n')}` : '';
    if (key === this.#stepsOf || !info) return;
    this.#stepsOf = key;
    fill(
      this.#steps,
      el('summary', {}, this.say('setup-steps', { service: info.name })),
      el('p', { class: 'needs', part: 'needs' }, el('b', {}, this.say('setup-needs')), ' ', info.setupNeeds),
      el('ol', {}, info.setupSteps.map((step) => el('li', {}, step))),
      el('p', { class: 'example' }, this.say('url-example'), ' ', el('code', {}, info.example)),
    );
  }
}

customElements.define('deskbell-webhook-url', WebhookUrl);
