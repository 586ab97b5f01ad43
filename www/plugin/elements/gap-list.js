// The places that only the server knows, or that this engine does not know yet, each with its reason.
import { el } from '../dom.js';
import { icon } from '../icons.js';
import { ITEMS, place, toned } from './finding-list.js';

/** @import { Gap } from '../deskbell.js' */
/** @import { View } from './view.js' */

/** @param {View} view @param {Gap[]} gaps @param {string} text The text that the offsets are of. */
export function gapList(view, gaps, text) {
  if (gaps.length === 0) return null;
  return el(
    'ul',
    { class: 'findings' },
    gaps.slice(0, ITEMS).map((gap) =>
      el(
        'li',
        { class: 'finding', part: 'gap' },
        toned(icon('server'), 'info'),
        el('p', {}, el('code', {}, gap.expression), ' ', el('span', { class: 'muted' }, gap.reason), ' ', place(view, gap, text)),
      ),
    ),
    gaps.length > ITEMS && el('li', { class: 'muted' }, view.say('more', { count: gaps.length - ITEMS })),
  );
}
