// Findings of messages: a click mends the text, and an error says what the host does with it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';

describe('a click mends the message', () => {
  for (const [code, template, fixed, text] of [
    ['message/unknown-field', 'For {{ doc.custommer }}', 'For {{ doc.customer }}', 'For Acme SARL'],
    ['message/raw-date', 'Due {{ doc.due_date }}', 'Due {{ doc.get_formatted("due_date") }}', 'Due 24/11/2026'],
    ['message/raw-html', '{{ doc.resolution }}', '{{ doc.resolution|striptags }}', 'Câble remplacé, à vérifier.'],
    ['message/util-without-prefix', '{{ today() }}', '{{ frappe.utils.today() }}', '2026-11-20'],
    ['message/slip', '{% if doc.status = "Open" %}x{% endif %}', '{% if doc.status == "Open" %}x{% endif %}', 'x'],
    ['message/file-path', 'See page.html', 'See page.html\n', 'See page.html'],
    ['message/unknown-field', '{% for l in doc.lines %}{{ l.itm }} {% endfor %}', '{% for l in doc.lines %}{{ l.item }} {% endfor %}', 'Diagnostic Câble USB '],
  ]) {
    test(template, onDesk(NOTIFICATION, async (desk) => {
      await desk.set('message', template);
      await desk.report(desk.preview, template);
      await desk.preview.locator(`[part=finding][data-code="${code}"] [part=fix]`).first().click();
      const { report } = await desk.report(desk.preview, fixed);
      assert.equal(report.status, 'exact');
      assert.equal(report.text, text);
      assert.ok(!report.findings.some((finding) => finding.code === code), JSON.stringify(report.findings));
    }));
  }
});

describe('an error says what the host does with it', () => {
  for (const [template, code, sentence] of [
    ['{{ 1/0 }}', 'silent', /nobody sees this error/],
    ['{{ nothing.at.all }}', 'dialog', /red dialog/],
    ['a\n{{ doc.name }', 'refused-at-save', /shows “Line 2: unexpected '}'”/],
  ]) {
    test(template, onDesk(NOTIFICATION, async (desk) => {
      await desk.set('message', template);
      await desk.report(desk.preview, template);
      const consequence = desk.preview.locator('[part=consequence]');
      await eventually(async () => assert.equal(await consequence.count(), 1));
      assert.equal(await consequence.getAttribute('data-consequence'), code);
      assert.match(await consequence.innerText(), sentence);
    }));
  }
});
