// Asking the engine on behalf of an element: what the answer is, and what to say when there is none.

/** @import { Settled } from '../engine.js' */
/** @import { Finding, Gap, HostError } from '../deskbell.js' */
/** @import { Mark } from '../hosts/host.js' */
/** @import { Words } from '../language.js' */

/**
 * @template T
 * @param {Settled<T>} settled @param {Words} words
 * @returns {{ value: T | null, notice: string | null } | null} null: a newer question is under way, leave the element alone.
 */
export function read(settled, words) {
  switch (settled.kind) {
    case 'answer':
      return { value: settled.value, notice: null };
    case 'superseded':
      return null;
    case 'restarted':
      return { value: null, notice: words.say(`restarted-${settled.reason}`) };
    case 'unavailable':
      return { value: null, notice: words.say('unavailable') };
  }
}

/**
 * The places of a text that deserve a mark; what is merely good to know deserves none.
 * @param {{ findings: Finding[], gaps?: Gap[], error?: HostError | null } | null} report
 * @returns {Mark[]}
 */
export function marksOf(report) {
  if (!report) return [];
  /** @type {Mark[]} */
  const marks = [];
  const { error } = report;
  if (error?.start !== undefined) marks.push({ start: error.start, end: error.end ?? error.start + 1, tone: 'error' });
  for (const { start, end, severity } of report.findings) if (severity !== 'info' && start !== undefined && end !== undefined) marks.push({ start, end, tone: severity });
  for (const { start, end, answer } of report.gaps ?? []) if (!answer) marks.push({ start, end, tone: 'info' });
  return marks;
}
