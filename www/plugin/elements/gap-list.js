// The places that only the server knows, or that this engine does not know yet, each with its reason; what the server has
// answered, with the moment it was asked.
import { el } from '../dom.js';
import { icon } from '../icons.js';
import { ITEMS, place, toned } from './finding-list.js';

/** @import { Gap } from '../deskbell.js' */
/** @import { View } from './view.js' */

/** @param {View} view @param {Gap[]} gaps @param {string} text The text that the offsets are of. */
export function gapList(view, gaps, text) {
  if (gaps.length === 0) return null;
  const rows = grouped(gaps);
  return el(
    'ul',
    { class: 'findings' },
    rows.slice(0, ITEMS).map(({ gap, count }) => item(view, gap, count, text)),
    rows.length > ITEMS && el('li', { class: 'muted' }, view.say('more', { count: rows.length - ITEMS })),
  );
}

/**
 * A look-up in a loop is one place with many questions.
 * @param {Gap[]} gaps
 */
function grouped(gaps) {
  /** @type {Map<string, { gap: Gap, count: number }>} */
  const rows = new Map();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.start, gap.end, gap.reason]);
    const row = rows.get(key);
    if (row) row.count += 1;
    else rows.set(key, { gap, count: 1 });
  }
  return [...rows.values()];
}

/** @param {View} view @param {Gap} gap @param {number} count @param {string} text */
function item(view, gap, count, text) {
  const tone = gap.answer ? 'good' : 'info';
  return el(
    'li',
    { class: 'finding', part: gap.answer ? 'gap answered' : 'gap' },
    toned(icon(gap.answer ? 'check' : 'server'), tone),
    el('p', {}, el('code', {}, gap.expression), count > 1 && ` × ${view.words.number(count)}`, ' ', place(view, gap, text), el('span', { class: 'muted reason' }, gap.reason)),
  );
}
