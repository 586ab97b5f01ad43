// What only the server knows is asked through the host: once, after a pause, and shown as the server's.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';

/** Notes every question that the host is asked. */
const listen = (desk) =>
  desk.page.evaluate(async () => {
    const { DemoHost } = await import('/plugin/hosts/demo.js');
    const ask = DemoHost.prototype.ask;
    globalThis.asked = [];
    DemoHost.prototype.ask = function (question) {
      globalThis.asked.push(JSON.stringify(question));
      return ask.call(this, question);
    };
  });
const asked = (desk) => desk.page.evaluate(() => globalThis.asked.map((question) => JSON.parse(question)));

/** Waits for a report of this text in which `holds`. */
const settled = (desk, text, holds) =>
  eventually(async () => {
    const { report } = await desk.report(desk.preview, text);
    assert.ok(holds(report), JSON.stringify(report.gaps));
    return report;
  });
const answered = (report) => report.gaps.length > 0 && report.gaps.every((gap) => gap.answer);

test('a look-up is answered and marked in text, look and list', onDesk(NOTIFICATION, async (desk) => {
  const template = 'By *{{ frappe.db.get_value("User", doc.assigned, "full_name") }}* for {{ doc.customer }}';
  await desk.set('message', template);
  const report = await settled(desk, template, answered);
  assert.equal(report.status, 'server', 'the server may know another value when it sends');
  assert.equal(report.text, 'By *Marie Durand* for Acme SARL');
  assert.equal(report.payload, undefined, 'nothing is exact here');
  await desk.expect(desk.preview, 'data-answered', '');
  assert.match(await desk.preview.locator('[part=status]').innerText(), /as the server answered at 10:30$/m);
  assert.equal(await desk.preview.locator('[part=look] mark.deskbell-server').innerText(), 'Marie Durand');
  assert.match(await desk.preview.locator('[part~=answered]').innerText(), /answered at 20\/11\/2026 10:30;/);
  await desk.preview.locator('button[data-view=text]').click();
  assert.equal(await desk.preview.locator('[part=source]').innerText(), report.text);
  assert.equal(await desk.preview.locator('[part=source] mark').innerText(), 'Marie Durand');
}));

test('values have the types of the linked doctype', onDesk(NOTIFICATION, async (desk) => {
  const template = '{% set c = frappe.get_doc("Chat Customer", doc.customer) %}{{ c.since.year + 1 }} {{ c.credit_limit }} {{ c.get_formatted("since") }} {{ frappe.db.get_single_value("Support Settings", "hours") }}';
  await desk.set('message', template);
  const report = await settled(desk, template, answered);
  assert.equal(report.text, '2020 15000.0 11/03/2019 8.0');
}));

test('nothing is asked while a look-up is being typed, and nothing twice', onDesk(NOTIFICATION, async (desk) => {
  await listen(desk);
  const template = '{{ frappe.db.get_value("User", doc.assigned, "full_name") }}';
  await desk.set('message', '');
  await desk.field('message').focus();
  for (const character of template) await desk.page.keyboard.insertText(character);
  await settled(desk, template, answered);
  const question = { kind: 'value', doctype: 'User', name: 'marie@example.com', fields: ['full_name'] };
  assert.deepEqual(await asked(desk), [question]);
  for (const more of [`${template}!`, `Hello ${template} ${template}`, template]) {
    await desk.set('message', more);
    await settled(desk, more, answered);
  }
  await new Promise((resolve) => setTimeout(resolve, 900));
  assert.deepEqual(await asked(desk), [question]);
}));

test('a loop asks for each of its rows', onDesk(NOTIFICATION, async (desk) => {
  await listen(desk);
  const template = '{% for name in ["Acme SARL", "Dupont & Fils", "Acme SARL"] %}{{ frappe.db.get_value("Chat Customer", name, "city") }} {% endfor %}';
  await desk.set('message', template);
  const report = await settled(desk, template, answered);
  assert.equal(report.text, 'Nantes Lyon Nantes ');
  assert.equal((await asked(desk)).length, 2);
}));

describe('what the server does not tell stays a gap with its reason', () => {
  for (const [template, reason] of [
    ['{{ frappe.db.get_value("Salary", "A", "amount") }}', /you may not read this document/],
    ['{{ frappe.db.get_value("Chat Customer", {"currency": "EUR"}, "city") }}', /several documents fit/],
    ['{{ frappe.get_doc("Chat Customer", "Nobody").city }}', /no such document/],
    ['{{ frappe.db.get_value("Nothing", "A", "x") }}', /cannot read for certain/],
  ]) {
    test(template, onDesk(NOTIFICATION, async (desk) => {
      await desk.set('message', template);
      const report = await settled(desk, template, ({ gaps }) => reason.test(gaps[0]?.reason));
      assert.equal(report.gaps[0].answer, undefined);
      assert.match(report.text, /^⟦.*⟧$/);
      await eventually(async () => assert.match(await desk.preview.locator('[part=gap]').innerText(), reason));
    }));
  }
});

test('a host that breaks leaves the gap, and is not asked again', onDesk(NOTIFICATION, async (desk) => {
  await desk.page.evaluate(async () => {
    const { DemoHost } = await import('/plugin/hosts/demo.js');
    globalThis.asked = [];
    DemoHost.prototype.ask = (question) => {
      globalThis.asked.push(JSON.stringify(question));
      return Promise.reject(new Error('no line'));
    };
  });
  const template = '{{ frappe.db.get_value("User", "a", "full_name") }}';
  await desk.set('message', template);
  await settled(desk, template, ({ gaps }) => /could not be asked/.test(gaps[0]?.reason));
  await desk.set('message', `${template} `);
  await settled(desk, `${template} `, ({ gaps }) => /could not be asked/.test(gaps[0]?.reason));
  await new Promise((resolve) => setTimeout(resolve, 900));
  assert.equal((await asked(desk)).length, 1);
}));
