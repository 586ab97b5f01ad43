// <deskbell-replay>: the condition on the last documents: for which it would have fired, and why not for the others.
import { el, fill, mark } from '../dom.js';
import { icon } from '../icons.js';
import { byDay, CHART, dayName, drawDays, OUTCOMES, totalOf } from './day-chart.js';
import { sheet } from './styles.js';
import { View } from './view.js';

/** @import { ReplayReport } from '../deskbell.js' */

const STYLE = sheet(`
button { display: inline-flex; align-items: center; gap: 5px; }
progress { flex: 1 1 120px; min-width: 80px; height: 6px; accent-color: var(--db-info); }
.reasons { display: grid; gap: 4px; }
.reasons li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 8px; align-items: baseline; }
.count { min-width: 2.2em; text-align: end; font-variant-numeric: tabular-nums; font-weight: 600; }
.day { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 10px; margin-bottom: 6px; font-weight: 600; }
.names { display: flex; flex-wrap: wrap; gap: 2px 8px; max-height: 9em; overflow: auto; margin-top: 5px; }
`);

/** Before anything is known. @type {ReplayReport} */
const NOTHING = { fired: [], notFired: [], errors: [], unknown: [], reasons: [] };
/** How many names are drawn. */
const NAMES = 100;

/** @typedef {'idle' | 'running' | 'done' | 'stopped'} Phase */

/**
 * Attributes: `data-phase` = idle, running, done or stopped; `data-fired` = for how many it would have fired.
 * Events: `deskbell-replay`, `deskbell-replay-stop`, `deskbell-document` {name}.
 */
export class Replay extends View {
  /** @type {Phase} */
  phase = 'idle';
  done = 0;
  total = 0;
  /** What is known so far. @type {ReplayReport | null} */
  report = null;
  /** The names of the documents, by their indices. @type {string[]} */
  names = [];
  /** Those that the server did not give. @type {string[]} */
  missing = [];
  /** Whether the condition runs outside of a save, so that it cannot block one. */
  stored = false;
  /** The day of each document, by their indices. @type {string[]} */
  days = [];
  /** Which date that is. @type {'creation' | 'modified'} */
  by = 'modified';
  /** Whether the event waits for a change, of which a replay knows nothing. */
  waits = false;

  /** The day whose documents alone are shown. @type {string | null} */
  #day = null;

  #start = el('button', { type: 'button', part: 'start', onclick: () => this.emit('deskbell-replay') });
  #stop = el('button', { type: 'button', part: 'stop', onclick: () => this.emit('deskbell-replay-stop') });
  #progress = el('progress', { part: 'progress' });
  #said = el('span', { class: 'grow', part: 'said' });
  #chart = el('div', { class: 'part', part: 'days' });
  #found = el('div', { class: 'part', part: 'found' });
  #notice = el('div', { class: 'notice', part: 'notice', role: 'status' });

  constructor() {
    super(STYLE, CHART);
    const bar = el('div', { class: 'bar' }, this.#start, this.#said, this.#progress, this.#stop);
    this.root.append(el('div', { class: 'panel' }, bar, this.#chart, this.#found, this.#notice));
  }

  draw() {
    const running = this.phase === 'running';
    mark(this, 'data-phase', this.phase);
    mark(this, 'data-fired', this.phase === 'done' && this.report ? String(this.report.fired.length) : null);
    this.#start.hidden = running;
    this.#stop.hidden = !running;
    this.#progress.hidden = !running;
    this.#progress.max = Math.max(this.total, 1);
    this.#progress.value = this.done;
    this.#progress.setAttribute('aria-label', this.say('replay'));
    fill(this.#start, icon('clock'), ' ', this.say(this.phase === 'idle' ? 'replay' : 'replay-again'));
    fill(this.#stop, this.say('replay-cancel'));
    this.announce(this.#said, 'words', null, this.#words());
    // A chart that grows while it is read says nothing.
    const days = this.report && !running && this.phase !== 'idle' ? byDay(this.report, this.days) : [];
    const chosen = days.length > 1 ? days.find(({ day }) => day === this.#day) : undefined;
    this.#day = chosen?.day ?? null;
    drawDays(this.#chart, days, this.#day, this.by, this.words, (day) => {
      this.#day = day;
      this.draw();
    });
    const waits = this.waits && this.phase !== 'idle' && el('p', { class: 'muted', part: 'waits' }, this.say('replay-change'));
    fill(this.#found, waits, chosen ? this.#ofDay(chosen) : this.#reasons());
    this.drawNotice(this.#notice);
  }

  #words() {
    const report = this.report;
    if (this.phase === 'idle') return '';
    if (this.phase === 'running') return this.say('replay-progress', { done: this.done, total: this.total });
    if (this.phase === 'stopped') return this.say('replay-cancelled', { done: this.done, total: this.total });
    if (!report && this.missing.length === 0) return this.say('replay-none');
    if (!report) return '';
    return this.say('replay-fired', { count: report.fired.length, total: this.done });
  }

  /** The documents of one day, by what became of them. @param {import('./day-chart.js').Day} day */
  #ofDay(day) {
    const said = this.say('replay-on-day', { day: dayName(this.words, day.day), fired: day.fires.length, total: totalOf(day) });
    const all = el('button', { type: 'button', part: 'all-days', onclick: () => ((this.#day = null), this.draw(), this.#chart.querySelector('button')?.focus()) }, this.say('replay-all-days'));
    const lines = OUTCOMES.filter((outcome) => day[outcome].length > 0).map((outcome) =>
      el('li', { part: outcome }, el('span', { class: 'count' }, this.words.number(day[outcome].length)), el('span', {}, `${this.say(`replay-${outcome}`)} `, day[outcome].slice(0, NAMES).flatMap((index) => [' ', this.#link(index)]))),
    );
    return [el('div', { class: 'day', part: 'of-day' }, el('span', { role: 'status' }, said), all), el('ul', { class: 'reasons' }, lines)];
  }

  #reasons() {
    const report = this.report ?? NOTHING;
    if (this.phase === 'idle') return null;
    const line = (/** @type {number} */ count, /** @type {string} */ tone, /** @type {any} */ ...rest) => el('li', {}, el('span', { class: `count ${tone}` }, this.words.number(count)), el('span', {}, rest));
    const lines = report.reasons.map((reason) => line(reason.count, 'muted', `${this.say('replay-because')} `, el('code', {}, reason.expression), ' ', this.#link(reason.example)));
    for (const { text, indices } of alike(report.errors)) {
      lines.push(line(indices.length, 'bad', this.say(this.stored ? 'replay-failing-sent' : 'replay-failing'), ' ', el('code', { class: 'bad' }, text), ' ', this.#link(indices[0] ?? 0), this.#others(indices)));
    }
    const unknown = report.unknown[0];
    if (unknown !== undefined) lines.push(line(report.unknown.length, 'info', this.say('replay-unsure'), ' ', this.#link(unknown)));
    const missing = this.missing.slice(0, NAMES).join(', ');
    if (missing) lines.push(line(this.missing.length, 'warn', this.say('replay-missing'), ' ', el('span', { class: 'muted', part: 'missing' }, missing)));
    const fired = report.fired.slice(0, NAMES).map((index) => this.#link(index));
    const more = report.fired.length > NAMES && el('span', { class: 'muted' }, this.say('more', { count: report.fired.length - NAMES }));
    const names = fired.length > 0 && el('details', {}, el('summary', {}, this.say('replay-which')), el('div', { class: 'names', part: 'fired' }, fired, more));
    return [lines.length > 0 && el('ul', { class: 'reasons', part: 'reasons' }, lines), names || null];
  }

  /** The documents after the first, which the line names. @param {number[]} indices */
  #others(indices) {
    if (indices.length < 2) return null;
    const links = indices.slice(1, NAMES).map((index) => this.#link(index));
    const more = indices.length > NAMES && el('span', { class: 'muted' }, this.say('more', { count: indices.length - NAMES }));
    return el('details', {}, el('summary', {}, this.say('more', { count: indices.length - 1 })), el('div', { class: 'names' }, links, more));
  }

  /** A document by its index: a click tries the condition on it. @param {number} index */
  #link(index) {
    const name = this.names[index] ?? '';
    return el('button', { type: 'button', class: 'link', part: 'document', onclick: () => this.emit('deskbell-document', { name }) }, name);
  }
}

/**
 * The errors by their words, the most frequent first.
 * @param {ReplayReport['errors']} errors
 */
function alike(errors) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  for (const { index, error } of errors) {
    const text = `${error.type}: ${error.message}`;
    const indices = groups.get(text);
    if (indices) indices.push(index);
    else if (groups.size < NAMES) groups.set(text, [index]);
  }
  return [...groups].map(([text, indices]) => ({ text, indices })).sort((a, b) => b.indices.length - a.indices.length);
}

customElements.define('deskbell-replay', Replay);
