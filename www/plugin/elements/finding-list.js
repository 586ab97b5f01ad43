// The list of findings, with one button per fix: the same in every element.
import { el } from '../dom.js';
import { icon } from '../icons.js';

/** @import { Finding, HostError } from '../deskbell.js' */
/** @import { View } from './view.js' */

/** How many findings, or gaps, are drawn. */
export const ITEMS = 30;

/** @type {Record<Finding['severity'], { icon: import('../icons.js').IconName, tone: string, word: string }>} */
const SEVERITIES = {
  error: { icon: 'cross', tone: 'bad', word: 'severity-error' },
  warning: { icon: 'warning', tone: 'warn', word: 'severity-warning' },
  info: { icon: 'info', tone: 'info', word: 'severity-info' },
};

/**
 * Errors first, then warnings, then the rest, each in the order of the text.
 * @param {View} view @param {Finding[]} findings @param {string} text The text that the offsets are of.
 */
export function findingList(view, findings, text) {
  const order = Object.keys(SEVERITIES);
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  if (sorted.length === 0) return null;
  const more = sorted.length > ITEMS && el('li', { class: 'muted' }, view.say('more', { count: sorted.length - ITEMS }));
  return el('ul', { class: 'findings', part: 'findings' }, sorted.slice(0, ITEMS).map((finding) => item(view, finding, text)), more);
}

/** @param {View} view @param {Finding} finding @param {string} text */
function item(view, finding, text) {
  const look = SEVERITIES[finding.severity];
  const fix = finding.fix;
  return el(
    'li',
    { class: 'finding', part: 'finding', 'data-code': finding.code, 'data-severity': finding.severity },
    toned(icon(look.icon), look.tone),
    el(
      'div',
      { class: 'remark' },
      el('p', {}, el('span', { class: 'sr' }, view.say(look.word), ' '), finding.message, ' ', place(view, finding, text)),
      fix &&
        el(
          'button',
          { type: 'button', class: 'fix', part: 'fix', onclick: () => view.emit('deskbell-fix', { start: fix.start, end: fix.end, text: fix.text }) },
          icon('fix'),
          fix.label,
        ),
    ),
  );
}

/**
 * A link to the place in the text; nothing for a remark about the whole.
 * @param {View} view @param {{ start?: number, end?: number, line?: number }} where @param {string} text
 */
export function place(view, where, text) {
  const { start } = where;
  if (start === undefined) return where.line === undefined ? null : el('span', { class: 'place' }, view.say('line', { line: where.line }));
  if (start === 0 && (where.end ?? 0) >= text.length) return null;
  const line = text.slice(0, start).split('\n').length;
  const label = text.includes('\n') ? view.say('line', { line }) : view.say('show-place');
  return el(
    'button',
    { type: 'button', class: 'link place', part: 'place', onclick: () => view.emit('deskbell-show', { start, end: where.end ?? start }) },
    label,
  );
}

/** @param {SVGElement} svg @param {string} tone */
export function toned(svg, tone) {
  svg.classList.add(tone);
  return svg;
}
