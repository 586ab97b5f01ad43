// The condition on the last documents of the demo: for which it would have fired, and why not for the others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';

async function replayed(desk, source) {
  await desk.set('condition', source);
  await desk.report(desk.condition, source);
  const replay = desk.page.locator('deskbell-replay');
  await replay.locator('[part=start]').click();
  await desk.expect(replay, 'data-phase', 'done');
  return { replay, ...(await replay.evaluate(({ report, names }) => ({ report, names }))) };
}

test('every document is either fired, not fired, failing or unknown, and the reasons add up', onDesk(NOTIFICATION, async (desk) => {
  const { replay, report, names } = await replayed(desk, 'doc.status == "Open" and doc.is_urgent');
  assert.equal(names.length, 50);
  assert.equal(report.fired.length + report.notFired.length + report.errors.length + report.unknown.length, 50);
  assert.ok(report.fired.length > 0 && report.notFired.length > 0);
  assert.equal(report.reasons.reduce((sum, { count }) => sum + count, 0), report.notFired.length);
  assert.match(await replay.locator('[part=said]').innerText(), new RegExp(`${report.fired.length} .*50`));
  assert.equal(await replay.locator('[part=reasons] li').count(), report.reasons.length);
}));

test('a click on a document tries the condition on it', onDesk(NOTIFICATION, async (desk) => {
  const { replay } = await replayed(desk, 'doc.status == "Closed"');
  const link = replay.locator('[part=reasons] [part=document]').first();
  const name = await link.innerText();
  await link.click();
  await desk.expect(desk.picker, 'data-document', name);
}));

test('another condition forgets what was found about the one before', onDesk(NOTIFICATION, async (desk) => {
  const { replay } = await replayed(desk, 'doc.status == "Open"');
  await desk.set('condition', 'doc.status == "Closed"');
  await desk.expect(replay, 'data-phase', 'idle');
}));

test('a replay can be stopped, and says how far it came', onDesk(NOTIFICATION, async (desk) => {
  await desk.set('condition', 'doc.status == "Open"');
  await desk.report(desk.condition, 'doc.status == "Open"');
  const replay = desk.page.locator('deskbell-replay');
  await replay.evaluate((element) => {
    element.emit('deskbell-replay');
    element.emit('deskbell-replay-stop');
  });
  await desk.expect(replay, 'data-phase', 'stopped');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(await replay.getAttribute('data-phase'), 'stopped');
}));

test('filters are explained as they read, and a filter that never holds says so', onDesk('/notification/Large urgent tickets', async (desk) => {
  const source = await desk.field('condition').inputValue();
  const { report } = await desk.report(desk.condition, source);
  assert.equal(report.outcome, false);
  assert.ok(report.explanation.some(({ expression, decided }) => expression === 'customer is "set"' && decided));
  assert.equal(await desk.condition.locator('[data-code="condition/filter-never"]').count(), 1);
  await eventually(async () => assert.match(await desk.condition.locator('[part=python] code').innerText(), /doc\.get\("customer"\)/));
}));

test('the three verdicts are said apart', onDesk(NOTIFICATION, async (desk) => {
  const source = 'doc.total > 40000';
  await desk.set('event', 'New');
  await desk.set('condition', source);
  await desk.report(desk.condition, source);
  const tone = (part) => desk.condition.locator(`[part=${part}]`).getAttribute('data-tone');
  await eventually(async () => assert.deepEqual([await tone('verdict-save'), await tone('verdict-now'), await tone('verdict-later')], ['good', 'muted', 'warn']));
  await desk.set('condition', 'doc.status == "Open"');
  await eventually(async () => assert.deepEqual([await tone('verdict-save'), await tone('verdict-now'), await tone('verdict-later')], ['good', 'good', 'good']));
}));

test('failures are grouped by their words, and what the server did not give is named', onDesk(NOTIFICATION, async (desk) => {
  const replay = desk.page.locator('deskbell-replay');
  await eventually(async () => assert.match(await replay.locator('[part=start]').innerText(), /Try it/));
  await replay.evaluate((element) => {
    const error = (message) => ({ type: 'TypeError', message });
    element.update({
      phase: 'done', done: 4, total: 4, names: ['A', 'B', 'C', 'D'], missing: ['E', 'F'], stored: true,
      report: { fired: [0], notFired: [], unknown: [], reasons: [], errors: [{ index: 1, error: error('x') }, { index: 2, error: error('y') }, { index: 3, error: error('y') }] },
    });
  });
  const lines = await replay.locator('[part=reasons] > li').allInnerTexts();
  assert.equal(lines.length, 3);
  assert.match(lines[0], /^2[\s\S]*failed[\s\S]*TypeError: y[\s\S]*C/);
  assert.match(lines[1], /^1[\s\S]*TypeError: x[\s\S]*B/);
  assert.match(lines[2], /^2[\s\S]*E, F/);
}));

test('5,000 failing documents are drawn without holding the page up', onDesk(NOTIFICATION, async (desk) => {
  const replay = desk.page.locator('deskbell-replay');
  const took = await replay.evaluate(async (element) => {
    const names = Array.from({ length: 5000 }, (_, index) => `D-${index}`);
    const errors = names.map((_, index) => ({ index, error: { type: 'KeyError', message: `'${index % 7}'` } }));
    const start = performance.now();
    element.update({ phase: 'done', done: 5000, total: 5000, names, report: { fired: [], notFired: [], unknown: [], reasons: [], errors } });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
  });
  assert.ok(took < 500, `${took} ms`);
  assert.equal(await replay.locator('[part=reasons] > li').count(), 7);
}));

test('the place that can fail is named, and a refused save says why in plain words', onDesk(NOTIFICATION, async (desk) => {
  const accepted = 'doc.status == "Closed" and "x" in doc.subject';
  await desk.set('condition', accepted);
  await desk.report(desk.condition, accepted);
  await eventually(async () => assert.equal(await desk.condition.locator('[part=verdict-later] code').innerText(), '"x" in doc.subject'));
  const refused = '"x" in doc.subject and doc.status == "Open"';
  await desk.set('condition', refused);
  await desk.report(desk.condition, refused);
  await eventually(async () => assert.match(await desk.condition.locator('[part=verdict-save]').innerText(), /Refused: on a blank document [\s\S]*doc\.subject[\s\S]* is not set\./));
}));

test('every bar says its day in words, arrows go from day to day, and a click shows its documents alone', onDesk(NOTIFICATION, async (desk) => {
  const { replay, report, names } = await replayed(desk, 'doc.status == "Open" and doc.is_urgent');
  const days = replay.locator('[part=day]');
  const count = await days.count();
  assert.ok(count > 5, String(count));
  const { fired, of } = await replay.evaluate(({ report, days }) => ({ fired: report.fired, of: days }));
  const labels = await days.evaluateAll((bars) => bars.map((bar) => bar.getAttribute('aria-label')));
  for (const [index, label] of labels.entries()) {
    const day = await days.nth(index).getAttribute('data-day');
    const [year, month, date] = day.split('-');
    const firing = fired.filter((at) => of[at] === day).length;
    const all = of.filter((one) => one === day).length;
    assert.equal(label, `${date}/${month}/${year}: ${firing} fire, ${all - firing} do not`);
  }
  assert.equal(report.fired.length + report.notFired.length, names.length);
  assert.deepEqual(await days.evaluateAll((bars) => bars.filter(({ tabIndex }) => tabIndex === 0).length), 1);
  await days.first().focus();
  await desk.page.keyboard.press('End');
  await desk.page.keyboard.press('ArrowLeft');
  await desk.page.keyboard.press('Enter');
  const chosen = days.nth(count - 2);
  assert.equal(await chosen.getAttribute('aria-pressed'), 'true');
  const day = await chosen.getAttribute('data-day');
  const shown = await replay.locator('[part=document]').allInnerTexts();
  assert.deepEqual(shown.sort(), names.filter((_, index) => of[index] === day).sort());
  await replay.locator('[part=all-days]').click();
  assert.equal(await replay.locator('[part=of-day]').count(), 0);
}));

test('documents that fail or are not known have their own part of a bar, and a day without a date is said', onDesk(NOTIFICATION, async (desk) => {
  const replay = desk.page.locator('deskbell-replay');
  await eventually(async () => assert.match(await replay.locator('[part=start]').innerText(), /Try it/));
  await replay.evaluate((element) => {
    element.update({
      phase: 'done', done: 4, total: 4, names: ['A', 'B', 'C', 'D'], days: ['2026-11-20', '2026-11-20', '2026-11-20', ''], by: 'modified', waits: true,
      report: { fired: [0], notFired: [3], unknown: [1], reasons: [], errors: [{ index: 2, error: { type: 'KeyError', message: 'x' } }] },
    });
  });
  const labels = await replay.locator('[part=day]').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('aria-label')));
  assert.deepEqual(labels, ['without a date: 0 fire, 1 do not', '20/11/2026: 1 fire, 0 do not, 1 fail, 1 not known']);
  assert.equal(await replay.locator('[part=day] .failed').count(), 1);
  assert.match(await replay.locator('[part=waits]').innerText(), /Only the condition is tried/);
}));

test('another event forgets what was found at the one before', onDesk(NOTIFICATION, async (desk) => {
  const { replay } = await replayed(desk, 'doc.status == "Open"');
  await desk.set('event', 'Days Before');
  await desk.expect(replay, 'data-phase', 'idle');
}));
