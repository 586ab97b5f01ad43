// The condition, explained at every keystroke. Expectations: what the running host did (its condition table).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';

describe('what a condition does on the sample ticket', () => {
  for (const [event, source, verdict, save] of [
    ['New', 'doc.status=="Open"', 'fires', 'accepted'],
    ['New', 'doc.status == "Closed"', 'silent', 'accepted'],
    ['New', '(doc.status == "Open"\n and doc.priority == "High")  # both', 'fires', 'accepted'],
    // The page cannot know whether server scripts run: where they would change the answer, it is unsure.
    ['Save', 'doc.statuss == "Open"', 'unsure', 'accepted'],
    ['New', 'len(doc.subject) > 1', 'unsure', 'unsure'],
    ['New', 'true', 'error', 'refused'],
    ['Save', '"x" in doc.subject', 'silent', 'refused'],
    ['Days Before', 'doc.due_date == nowdate()', 'silent', 'accepted'],
  ]) {
    test(`${event}: ${source}`, onDesk(NOTIFICATION, async (desk) => {
      await desk.set('event', event);
      await desk.set('condition', source);
      await desk.report(desk.condition, source);
      await desk.expect(desk.condition, 'data-verdict', verdict);
      await desk.expect(desk.condition, 'data-save', save);
    }));
  }
});

test('the part that decided is shown with its value', onDesk(NOTIFICATION, async (desk) => {
  const source = 'doc.status == "Open" and doc.priority == "Low"';
  await desk.set('condition', source);
  const { report } = await desk.report(desk.condition, source);
  assert.equal(report.outcome, false);
  const decided = desk.condition.locator('[part~=decided]');
  assert.match(await decided.first().innerText(), /doc\.priority == "Low"[\s\S]*False/);
}));

test('an empty condition always fires and has nothing to explain', onDesk(NOTIFICATION, async (desk) => {
  await desk.set('condition', '');
  await desk.expect(desk.condition, 'data-verdict', 'empty');
  assert.equal(await desk.condition.locator('[part~=row]').count(), 0);
}));

test('another document gives another answer', onDesk(NOTIFICATION, async (desk) => {
  const source = 'doc.priority == "High"';
  await desk.set('condition', source);
  await desk.expect(desk.condition, 'data-verdict', 'fires');
  await desk.pick('CT-00093');
  await desk.expect(desk.picker, 'data-document', 'CT-00093');
  await desk.expect(desk.condition, 'data-verdict', 'silent');
}));

test('a condition that runs away leaves the page usable', onDesk(NOTIFICATION, async (desk) => {
  for (const source of ['9**9**9**9', `${'('.repeat(3000)}1${')'.repeat(3000)}`, `1${'+1'.repeat(20000)}`, '[[[i for i in range(10**6)] for j in range(10**6)] for k in range(10**6)]', '"x" * 10**12']) {
    await desk.field('condition').evaluate((input, text) => {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, source);
    await desk.report(desk.condition, source);
    await desk.set('condition', 'doc.status=="Open"');
    await desk.expect(desk.condition, 'data-verdict', 'fires', 6000);
  }
}));
