// The chart of a replay: a bar for each day, one part for each outcome; every bar is a button that says its numbers in words.
import { el, fill } from '../dom.js';
import { sheet } from './styles.js';

/** @import { ReplayReport } from '../deskbell.js' */
/** @import { Words } from '../language.js' */

/** What became of a document, from the foot of a bar to its top. */
export const OUTCOMES = /** @type {const} */ (['fires', 'silent', 'failed', 'unknown']);

/** @typedef {typeof OUTCOMES[number]} Outcome */
/** The documents of one day by their indices; the day is "" where a document has no date. @typedef {{ day: string } & Record<Outcome, number[]>} Day */

export const CHART = sheet(`
.chart { display: flex; align-items: flex-end; gap: 1px; height: 74px; padding-top: 14px; }
.chart button { display: flex; flex: 1 1 0; flex-direction: column-reverse; gap: 1px; min-width: 4px; max-width: 30px; height: 100%; padding: 0; border: 0; border-radius: 3px 3px 0 0; background: none; }
.chart button:hover { background: var(--db-sunken); }
.chart button[aria-pressed="true"] { background: var(--db-info-bg); box-shadow: 0 3px 0 var(--db-info); }
.chart i, .key i { display: block; forced-color-adjust: none; border-radius: 1px; }
.chart i { flex: none; width: 100%; }
.fires { background: var(--db-good); } .silent { background: var(--db-faint); opacity: .55; } .failed { background: var(--db-bad); }
.unknown { background: repeating-linear-gradient(45deg, var(--db-info) 0 2px, var(--db-surface) 2px 4px); }
.axis { display: flex; justify-content: space-between; gap: 8px; padding-top: 4px; border-top: 1px solid var(--db-border); font-size: 12px; color: var(--db-muted); }
.keys { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-bottom: 2px; font-size: 12px; color: var(--db-muted); }
.key { display: inline-flex; align-items: center; gap: 5px; }
.key i { width: 9px; height: 9px; }
`);

/**
 * The documents of a report by day, the oldest day first.
 * @param {ReplayReport} report @param {readonly string[]} days The day of each document.
 * @returns {Day[]}
 */
export function byDay(report, days) {
  /** @type {Map<string, Day>} */
  const found = new Map();
  const put = (/** @type {Outcome} */ outcome, /** @type {number} */ index) => {
    const day = days[index] ?? '';
    let entry = found.get(day);
    if (!entry) found.set(day, (entry = { day, fires: [], silent: [], failed: [], unknown: [] }));
    entry[outcome].push(index);
  };
  for (const index of report.fired) put('fires', index);
  for (const index of report.notFired) put('silent', index);
  for (const { index } of report.errors) put('failed', index);
  for (const index of report.unknown) put('unknown', index);
  return [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** @param {Day} day */
export const totalOf = (day) => OUTCOMES.reduce((sum, outcome) => sum + day[outcome].length, 0);

/** A day in the person's format. @param {Words} words @param {string} day */
export const dayName = (words, day) => (day === '' ? words.say('replay-undated') : words.moment(day));

/**
 * @param {Words} words @param {string} day
 * @param {Record<Outcome, number[]>} counts
 */
function said(words, day, { fires, silent, failed, unknown }) {
  const more = [failed.length > 0 && words.say('replay-bar-failed', { count: failed.length }), unknown.length > 0 && words.say('replay-bar-unknown', { count: unknown.length })];
  return [words.say('replay-bar', { day: dayName(words, day), fired: fires.length, silent: silent.length }), ...more].filter(Boolean).join(', ');
}

/**
 * Draws the days into `place`. One of them is in the order of the keyboard; arrows go to the others.
 * @param {HTMLElement} place @param {readonly Day[]} days @param {string | null} chosen @param {'creation' | 'modified'} by @param {Words} words
 * @param {(day: string | null) => void} choose
 */
export function drawDays(place, days, chosen, by, words, choose) {
  const first = days[0];
  const last = days.at(-1);
  // One bar compares nothing.
  if (!first || !last || days.length < 2) return fill(place);
  const most = Math.max(...days.map(totalOf));
  const current = Math.max(days.findIndex(({ day }) => day === chosen), 0);
  // What has the focus keeps it when the chart is drawn again.
  const root = place.getRootNode();
  const focused = root instanceof ShadowRoot && root.activeElement instanceof HTMLElement ? root.activeElement.dataset['day'] : undefined;
  const bars = days.map((day, index) => {
    const sentence = said(words, day.day, day);
    const parts = OUTCOMES.filter((outcome) => day[outcome].length > 0).map((outcome) => el('i', { class: outcome, style: `height:${(day[outcome].length / most) * 56}px` }));
    const pressed = day.day === chosen;
    return el('button', { type: 'button', part: 'day', 'data-day': day.day, 'aria-pressed': String(pressed), 'aria-label': sentence, title: sentence, tabindex: index === current ? '0' : '-1', onclick: () => choose(pressed ? null : day.day) }, parts);
  });
  const move = (/** @type {KeyboardEvent} */ event) => {
    const at = bars.findIndex((bar) => bar === event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    const next = to === undefined ? undefined : bars[to];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    for (const bar of bars) bar.tabIndex = bar === next ? 0 : -1;
    next.focus();
  };
  const shown = OUTCOMES.filter((outcome) => days.some((day) => day[outcome].length > 0));
  const caption = words.say(by === 'creation' ? 'replay-by-created' : 'replay-by-modified');
  fill(
    place,
    el('p', { class: 'caption', id: 'chart' }, caption),
    el('p', { class: 'keys', 'aria-hidden': 'true' }, shown.map((outcome) => el('span', { class: 'key' }, el('i', { class: outcome }), words.say(`replay-${outcome}`)))),
    el('div', { class: 'plot', style: `max-width:max(${days.length * 31}px, 190px)` },
      el('div', { class: 'chart', part: 'chart', role: 'group', 'aria-labelledby': 'chart', onkeydown: move }, bars),
      el('div', { class: 'axis', 'aria-hidden': 'true' }, el('span', {}, dayName(words, first.day)), el('span', {}, dayName(words, last.day))),
    ),
  );
  if (focused !== undefined) bars.find((bar) => bar.dataset['day'] === focused)?.focus();
}
