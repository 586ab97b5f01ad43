// Conditions of one thing many times: the package answers as `tests/suite/long-conditions.json` says, and lives on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plugin } from './plugin.mjs';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const { doc, metas } = read('../cases/desk/ticket.json');
const open = new plugin.Desk({ ...read('../cases/desk/context.json'), lang: 'en' }).open(doc, metas, 'stored');

/** The status, or the error. */
function answered(text, serverScripts) {
  const report = open.checkCondition(text, { serverScripts });
  if (report.error) return `${report.error.type}: ${report.error.message}`;
  return report.status === 'unsupported' ? `unsupported: ${report.gaps[0].reason}` : report.status;
}

/** Far more than the tenth of a second that the bench measures: a busy machine must not fail it, and a hang must. */
const GUARD = 5000;

for (const { parts, off, on = off } of read('../suite/long-conditions.json').cases) {
  test(JSON.stringify(parts).slice(0, 60), () => {
    const text = parts.map(([part, times]) => part.repeat(times)).join('');
    const start = performance.now();
    assert.ok(answered(text, false).startsWith(off), answered(text, false));
    assert.ok(answered(text, true).startsWith(on), answered(text, true));
    assert.ok(performance.now() - start < GUARD);
    assert.equal(open.checkCondition('1 + 1', {}).value, '2');
  });
}
