// The code field: line numbers, a light tint, marks under places, and a plain textarea on top that does the editing.
import { el, fill } from './nodes.js';

/** @typedef {{ start: number, end: number, tone: 'error' | 'warning' | 'info' }} Mark */

const JINJA = /\{\{[\s\S]*?(?:\}\}|$)|\{%[\s\S]*?(?:%\}|$)|\{#[\s\S]*?(?:#\}|$)/g;
const PYTHON = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*|\b(?:and|or|not|in|is|if|else|for|return|lambda|None|True|False)\b|\b\d[\d_.]*\b/g;
/** Beyond this many characters the tint costs more than it helps. */
const TINT_UP_TO = 20000;

/** Drawn behind the textarea, character for character in the same places. */
export class CodeBackdrop {
  element = el('div', { class: 'code-lines', 'aria-hidden': 'true' });
  /** @type {Mark[]} */
  #marks = [];
  #text = '';
  #pattern;

  /** @param {string} language Jinja or Python. */
  constructor(language) {
    this.#pattern = language === 'Python' ? PYTHON : JINJA;
  }

  /** @param {string} text */
  write(text) {
    // The marks stay until new ones come, a few milliseconds later: taking them away meanwhile would flicker.
    this.#text = text;
    this.#draw();
  }

  /** @param {Mark[]} marks */
  mark(marks) {
    this.#marks = marks;
    this.#draw();
  }

  #draw() {
    const text = this.#text;
    const tints = text.length > TINT_UP_TO ? [] : [...text.matchAll(this.#pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, name: tintOf(match[0]) }));
    const marks = this.#marks.map((mark) => ({ start: mark.start, end: Math.max(mark.end, mark.start + 1), name: `mark-${mark.tone}` }));
    let offset = 0;
    const lines = text.split('\n').map((line) => {
      const made = el('div', {}, pieces(line, offset, [...tints, ...marks]));
      offset += line.length + 1;
      return made;
    });
    fill(this.element, lines);
  }
}

/** @param {string} piece */
function tintOf(piece) {
  if (piece.startsWith('{#') || piece.startsWith('#')) return 'tint-comment';
  if (piece.startsWith('{')) return 'tint-jinja';
  return /^["']/.test(piece) ? 'tint-text' : /^\d/.test(piece) ? 'tint-number' : 'tint-word';
}

/**
 * A line cut where a tint or a mark begins or ends.
 * @param {string} line @param {number} offset Of the line in the text. @param {Array<{ start: number, end: number, name: string }>} ranges
 */
function pieces(line, offset, ranges) {
  const here = ranges.filter((range) => range.start < offset + line.length + 1 && range.end > offset);
  if (here.length === 0) return [line === '' ? '\u200b' : line];
  const cuts = new Set([0, line.length]);
  for (const { start, end } of here) for (const cut of [start - offset, end - offset]) if (cut > 0 && cut < line.length) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, Math.max(1, sorted.length - 1)).map((from, index) => {
    const to = sorted[index + 1] ?? line.length;
    const names = here.filter((range) => range.start - offset <= from && range.end - offset > from).map((range) => range.name);
    return el('span', { class: names.join(' ') || null }, line.slice(from, to) || '\u200b');
  });
}
