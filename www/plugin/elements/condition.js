// <deskbell-condition>: would it fire on this document, why, and would the host accept it when it is saved?
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { findingList, place, toned } from './finding-list.js';
import { gapList } from './gap-list.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { ConditionReport } from '../deskbell.js' */

const STYLE = sheet(`
.tree { display: grid; gap: 1px; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 12px; align-items: baseline; padding: 2px 8px; border-radius: 5px; border-inline-start: 2px solid transparent; }
.row:nth-child(odd) { background: color-mix(in srgb, var(--db-sunken) 55%, transparent); }
.row code { white-space: pre-wrap; }
.row > span { padding-inline-start: calc(var(--depth) * 16px); min-width: 0; }
.row .value { text-align: end; max-width: 45cqi; max-height: 4.5em; overflow: auto; color: var(--db-info); }
.row.decided { border-inline-start-color: currentColor; font-weight: 600; }
.row .why { margin-inline-start: 8px; font-size: 11px; font-weight: 500; color: var(--db-muted); white-space: nowrap; }
.error { display: grid; gap: 2px; }
.row.skipped { color: var(--db-faint); font-style: italic; }
.row.skipped .value { color: inherit; }
.verdicts { display: grid; gap: 5px; }
.verdicts li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1px 8px; align-items: start; }
.verdicts .icon { margin-top: 2px; }
.verdicts .when { display: block; font-size: 12px; color: var(--db-muted); }
.python { display: flex; gap: 8px; align-items: start; justify-content: space-between; }
.python code { white-space: pre-wrap; min-width: 0; }
@media (forced-colors: active) { .row:not(.decided) { border-color: Canvas; } }
@container (max-width: 420px) { .row { grid-template-columns: 1fr; gap: 0; } .row .value { text-align: start; padding-inline-start: calc(var(--depth) * 16px); max-width: none; } }
`);

/** How many parts of a condition are drawn. */
const ROWS = 100;

/** @typedef {'fires' | 'silent' | 'error' | 'unsure' | 'empty'} Verdict */

/** @type {Record<Verdict, { icon: import('../icons.js').IconName, tone: string }>} */
const VERDICTS = {
  fires: { icon: 'bell', tone: 'good' },
  silent: { icon: 'bell-off', tone: 'muted' },
  error: { icon: 'cross', tone: 'bad' },
  unsure: { icon: 'question', tone: 'info' },
  empty: { icon: 'bell', tone: 'muted' },
};

/** @type {Record<ConditionReport['status'], [import('../icons.js').IconName, string]>} */
const SAVING = { exact: ['check', 'good'], error: ['cross', 'bad'], server: ['server', 'info'], unsupported: ['question', 'info'] };

/** @param {ConditionReport} report */
function savingOf(report) {
  return { exact: 'saving-accepted', error: 'saving-refused', server: 'saving-unsure', unsupported: 'saving-unknown' }[report.status];
}

/**
 * @param {ConditionReport} report
 * @returns {[import('../icons.js').IconName, string]}
 */
function nowLook(report) {
  const look = VERDICTS[verdictOf(report, ' x')];
  return [look.icon, look.tone];
}

/**
 * Whether the condition can raise on another document: the words, and how they look.
 * @param {ConditionReport} report @param {ConditionReport | null} saveReport
 * @param {boolean} stored Whether it runs outside of a save, so that nothing can block one.
 * @returns {[string, [import('../icons.js').IconName, string]]}
 */
function laterOf(report, saveReport, stored) {
  const end = stored ? '-sent' : '';
  if (failsAnyway(report)) return [`later-fails${end}`, ['cross', 'bad']];
  if (saveReport?.status === 'error') return ['later-refused', ['cross', 'bad']];
  if (report.mayRaise.length > 0 || (saveReport?.mayRaise.length ?? 0) > 0) return [`later-may-fail${end}`, ['warning', 'warn']];
  return report.status === 'exact' ? ['later-none', ['check', 'good']] : ['later-unsure', ['question', 'info']];
}

/**
 * Whether it fails however the site is set up: only which error it is depends on that.
 * @param {ConditionReport} report
 */
function failsAnyway(report) {
  return report.status === 'error' || report.findings.some(({ code }) => code === 'condition/fails-either-way');
}

/**
 * What a report means for the person.
 * @param {ConditionReport | null} report @param {string} source
 * @returns {Verdict}
 */
export function verdictOf(report, source) {
  if (source.trim() === '') return 'empty';
  if (!report) return 'unsure';
  if (failsAnyway(report)) return 'error';
  if (report.status !== 'exact' || report.outcome === null) return 'unsure';
  return report.outcome ? 'fires' : 'silent';
}

/**
 * Attributes: `data-verdict` = fires, silent, error, unsure or empty; `data-status` as in the report; `data-save` = accepted,
 * refused or unsure. Events: `deskbell-fix`, `deskbell-show`.
 */
export class Condition extends View {
  /** @type {ConditionReport | null} */
  report = null;
  /** What the host answers when the notification itself is saved. @type {ConditionReport | null} */
  saveReport = null;
  /** The condition that was checked. */
  text = '';
  /** The document it was tried on. */
  documentName = '';
  /** What the event makes of a condition that holds, where it does not simply send. @type {{ verdict: 'silent' | 'unsure', words: string } | null} */
  beyond = null;
  /** The event that the notification waits for, as the host writes it. */
  event = '';
  /** The life that the event gives the document. @type {import('../deskbell.js').DocumentState | null} */
  state = null;

  #verdict = el('div', { class: 'verdict grow', part: 'verdict' });
  #save = el('span', { class: 'pill', part: 'save' });
  #verdicts = el('div', { class: 'part', part: 'verdicts' });
  #error = el('div', { class: 'part', part: 'error' });
  #findings = el('div', { class: 'part' });
  #gaps = el('div', { class: 'part', part: 'gaps' });
  #tree = el('div', { class: 'part', part: 'explanation' });
  #python = el('div', { class: 'part', part: 'python' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });

  constructor() {
    super(STYLE);
    const bar = el('div', { class: 'bar' }, this.#verdict, this.#save);
    this.root.append(el('div', { class: 'panel' }, bar, this.#verdicts, this.#error, this.#findings, this.#gaps, this.#tree, this.#python, this.#notice));
  }

  draw() {
    const judged = verdictOf(this.report, this.text);
    const report = judged === 'empty' ? null : this.report;
    const beyond = ['empty', 'fires'].includes(judged) ? this.beyond : null;
    const verdict = beyond?.verdict ?? judged;
    mark(this, 'data-verdict', verdict);
    mark(this, 'data-status', report?.status ?? null);
    const look = VERDICTS[verdict];
    const known = report || verdict === 'empty' ? `condition-${verdict}` : this.notice === null ? 'condition-waiting' : 'not-checked';
    const key = report?.status === 'unsupported' ? 'condition-unsupported' : known;
    this.announce(this.#verdict, look.tone, icon(look.icon), beyond?.words ?? this.say(key, { document: this.documentName }));
    this.#drawSave();
    this.#drawVerdicts(report);
    this.#drawError(report);
    fill(this.#findings, report && findingList(this, allFindings(report, this.saveReport).filter(({ code }) => code !== 'condition/outcome'), this.text));
    fill(this.#gaps, report && gapList(this, report.gaps, this.text));
    this.#drawTree(report);
    this.#drawPython(report);
    this.drawNotice(this.#notice);
  }

  /**
   * Three questions that the host answers apart: may it be saved, does it hold, can it fail later.
   * @param {ConditionReport | null} report
   */
  #drawVerdicts(report) {
    if (!report) return fill(this.#verdicts);
    const line = (/** @type {string} */ name, /** @type {[import('../icons.js').IconName, string]} */ [symbol, tone], /** @type {string} */ when, /** @type {any} */ words) =>
      el('li', { part: name, 'data-tone': tone }, toned(icon(symbol), tone), el('span', {}, el('span', { class: 'when' }, when), words));
    const { saveReport, documentName: document, event } = this;
    const state = this.state === null ? '' : this.say(`state-${this.state}`);
    const [later, tone] = laterOf(report, saveReport, this.state === 'stored');
    const risk = later.startsWith('later-may-fail') && this.#risk(report, saveReport);
    fill(
      this.#verdicts,
      el(
        'ul',
        { class: 'verdicts' },
        saveReport && line('verdict-save', SAVING[saveReport.status], this.say('saving'), this.say(savingOf(saveReport), { why: whyRefused(saveReport) })),
        line('verdict-now', nowLook(report), this.say('now', { document, event, state }), this.#now(report)),
        line('verdict-later', tone, this.say('later'), [this.say(later), risk && ' ', risk && el('code', {}, risk)]),
      ),
    );
  }

  /** @param {ConditionReport} report */
  #now(report) {
    const said = report.findings.find(({ code }) => code === 'condition/outcome');
    if (said) return said.message;
    const verdict = verdictOf(report, this.text);
    return this.say(report.status === 'unsupported' ? 'now-unsupported' : `now-${verdict}`);
  }

  /**
   * The place of the first finding that tells of an error on other documents; the finding itself stands below.
   * @param {ConditionReport} report @param {ConditionReport | null} saveReport
   */
  #risk(report, saveReport) {
    const risks = new Set([...report.mayRaise, ...(saveReport?.mayRaise ?? [])]);
    const found = allFindings(report, saveReport).find(({ code }) => risks.has(code));
    return found && this.text.slice(found.start ?? 0, found.end ?? this.text.length);
  }

  /** @param {ConditionReport | null} report */
  #drawPython(report) {
    const python = report?.asPython;
    if (!python) return fill(this.#python);
    const copy = el('button', { type: 'button', part: 'copy', onclick: () => this.#copy(copy, python) }, this.say('python-copy'));
    fill(this.#python, el('p', { class: 'caption' }, this.say(report?.asPythonIsMeant ? 'python-meant' : 'python-condition')), el('div', { class: 'python' }, el('code', {}, python), copy));
  }

  /** @param {HTMLElement} button @param {string} text */
  async #copy(button, text) {
    await navigator.clipboard?.writeText(text).catch(() => {});
    fill(button, this.say('python-copied'));
  }

  #drawSave() {
    const saved = this.saveReport;
    this.#save.hidden = this.text.trim() === '' || !saved;
    if (!saved || this.#save.hidden) return mark(this, 'data-save', null);
    const answer = saved.status === 'exact' ? 'accepted' : saved.status === 'error' ? 'refused' : 'unsure';
    const words = saved.status === 'unsupported' ? 'save-unknown' : `save-${answer}`;
    mark(this, 'data-save', answer);
    this.#save.className = `pill ${{ accepted: '', refused: 'bad', unsure: 'info' }[answer]}`;
    this.announce(this.#save, 'words', icon('save'), this.say(words));
  }

  /** @param {ConditionReport | null} report */
  #drawError(report) {
    const rows = [];
    const run = report?.error;
    const save = this.text.trim() === '' ? null : this.saveReport?.error;
    if (run) rows.push(this.#errorRow('error-when-run', run));
    if (save && save.message !== run?.message) rows.push(this.#errorRow('error-at-save', save));
    fill(this.#error, rows);
  }

  /** @param {string} key @param {import('../deskbell.js').HostError} error */
  #errorRow(key, error) {
    return el('p', { class: 'error' }, el('span', { class: 'muted' }, this.say(key), ' ', place(this, error, this.text)), el('code', { class: 'bad' }, `${error.type}: ${error.message}`));
  }

  /** @param {ConditionReport | null} report */
  #drawTree(report) {
    const rows = report?.explanation ?? [];
    if (rows.length === 0) return fill(this.#tree);
    const list = rows.slice(0, ROWS).map((row) =>
      el(
        'li',
        { class: row.decided ? 'row decided' : row.evaluated ? 'row' : 'row skipped', part: row.decided ? 'row decided' : 'row', style: `--depth:${row.depth}`, 'data-decided': row.decided },
        el('span', {}, el('code', {}, row.expression), row.decided && el('span', { class: 'why' }, this.say('decided'))),
        el('code', { class: 'value' }, row.value),
      ),
    );
    const more = rows.length > ROWS && el('p', { class: 'muted' }, this.say('more', { count: rows.length - ROWS }));
    fill(this.#tree, el('p', { class: 'caption' }, this.say('explanation')), el('ul', { class: 'tree' }, list), more);
  }
}

/**
 * Why the notification cannot be saved: in plain words where there are some.
 * @param {ConditionReport} saved
 */
function whyRefused(saved) {
  const said = saved.findings.find(({ code }) => code === 'condition/outcome')?.message;
  const why = said ?? (saved.error ? saved.error.message || saved.error.type : '');
  return /[.!?]$/.test(why) ? why : `${why}.`;
}

/**
 * The findings of the run and of the save, each said once.
 * @param {ConditionReport} report @param {ConditionReport | null} saveReport
 */
function allFindings(report, saveReport) {
  const known = new Set(report.findings.map((finding) => `${finding.code} ${finding.start}`));
  const more = saveReport?.findings.filter((finding) => !known.has(`${finding.code} ${finding.start}`)) ?? [];
  return [...report.findings, ...more];
}

customElements.define('deskbell-condition', Condition);
