// The icons, drawn with strokes on a 16-unit square; they take the colour of the text around them.

const CIRCLE = 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z';
const BELL = 'M4 11V7a4 4 0 0 1 8 0v4l1 1.3H3zM6.7 14h2.6';

/** Name and path. */
const PATHS = {
  bell: BELL,
  'bell-off': `${BELL}M2.5 2.5l11 11`,
  check: `${CIRCLE}M5.2 8.2l2 2 3.6-4`,
  chevron: 'M6 4l4 4-4 4',
  clock: `${CIRCLE}M8 4.8V8l2.2 1.5`,
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  cross: `${CIRCLE}M6 6l4 4M10 6l-4 4`,
  fix: 'M3 13l6.5-6.5M11 2.5v2.6M13.6 6.4H11M13 3l-1.2 1.2M8.6 3.6l.9.9',
  info: `${CIRCLE}M8 7.3v3.9M8 4.8v.1`,
  plus: 'M8 3v10M3 8h10',
  question: `${CIRCLE}M6.2 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.2-.9.6-.9 1.2M8 11.4v.1`,
  save: 'M3 3h8l2 2v8H3zM5.5 3v3h4V3M5.5 13V9.5h5V13',
  send: 'M14 2L7 9M14 2L9.6 14 7 9 2 6.4z',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5v.1M5 11v.1',
  warning: 'M8 2.3l6.4 11.2H1.6zM8 6.4v3.4M8 11.6v.1',
};

/** @typedef {keyof typeof PATHS} IconName */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A decoration: the words beside it say the same.
 * @param {IconName} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
