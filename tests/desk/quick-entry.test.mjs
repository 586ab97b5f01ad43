// The adapter in a Quick Entry dialog: no form and no form script, a document that the fields learn of late, and a dialog that goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, onSite, site } from './browser.mjs';

const SETTINGS = { open: true, install: 'app' };
const HOOK = 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx';
const newWebhook = (desk, doctype = 'Incoming Webhook URL') => desk.page.evaluate((name) => frappe.new_doc(name).then(() => {}), doctype);
const shown = (desk) => desk.page.evaluate(() => new Promise((resolve) => $(document).one('shown.bs.modal', () => resolve())));

test('a pasted URL is judged at once, and a service that it belongs to can be chosen', onSite(SETTINGS, async (desk) => {
  await newWebhook(desk);
  assert.equal(await desk.page.evaluate(() => globalThis.cur_frm), null, 'there is no form');
  await desk.field('webhook_url').locator('textarea').fill(HOOK);
  const report = await desk.verdict(HOOK);
  assert.equal(report.looksLike, 'Slack');
  await desk.url.locator('[part=choose-service]').click();
  await desk.expect(desk.url, 'data-verdict', 'valid');
  assert.equal(await desk.field('service').locator('select').inputValue(), 'Slack');
  assert.equal(await desk.page.evaluate(() => frappe.quick_entry.doc.service), 'Slack');
}));

test('a fix is written into the dialog’s field and its document', onSite(SETTINGS, async (desk) => {
  await newWebhook(desk);
  await desk.field('service').locator('select').selectOption('Slack');
  await desk.field('webhook_url').locator('textarea').fill(`<${HOOK}>`);
  await desk.verdict(`<${HOOK}>`);
  await desk.url.locator('[part=fix]').first().click();
  await desk.verdict(HOOK);
  await eventually(async () => assert.equal(await desk.page.evaluate(() => frappe.quick_entry.doc.webhook_url), HOOK));
}));

test('the panel is in the dialog before the dialog can be seen', onSite(SETTINGS, async (desk) => {
  await desk.page.evaluate(() => {
    $(document).on('show.bs.modal', ({ target }) => setTimeout(() => (globalThis.slots = [target.querySelectorAll('.deskbell-slot').length, getComputedStyle(target).display])));
    return frappe.new_doc('Incoming Webhook URL').then(() => {});
  });
  await eventually(async () => assert.deepEqual(await desk.page.evaluate(() => globalThis.slots), [1, 'none']));
}));

test('a doctype’s own class for its Quick Entry is found as well', onSite(SETTINGS, async (desk) => {
  await desk.page.evaluate(() => {
    frappe.ui.form.IncomingWebhookURLQuickEntryForm = class k extends frappe.ui.form.QuickEntryForm {};
  });
  await newWebhook(desk);
  await desk.field('webhook_url').locator('textarea').fill('hello');
  assert.equal((await desk.verdict('hello')).verdict, 'invalid');
}));

test('a dialog that is not displayed yet when another form is refreshed has one panel', onSite(SETTINGS, async (desk) => {
  await desk.go('Form', 'Notification', 'New ticket');
  await desk.message('*New* {{ doc.name }}');
  await desk.page.evaluate(() => {
    $(document).one('show.bs.modal', () => setTimeout(() => cur_frm.refresh(), 20));
    return frappe.new_doc('Incoming Webhook URL').then(() => {});
  });
  await desk.field('webhook_url').locator('textarea').fill('hello');
  desk.url = desk.page.locator('.modal deskbell-webhook-url');
  await desk.verdict('hello');
  assert.equal(await desk.page.locator('.modal .deskbell-slot').count(), 1);
}));

test('a dialog that is closed takes its panel along, and the next one has its own', onSite(SETTINGS, async (desk) => {
  for (const text of ['first', 'second']) {
    await newWebhook(desk);
    await desk.field('webhook_url').locator('textarea').fill(text);
    await desk.verdict(text);
    await desk.page.evaluate(() => frappe.quick_entry.dialog.hide());
    await eventually(async () => assert.equal(await desk.page.locator('deskbell-webhook-url').count(), 0));
  }
}));

test('from a link of a notification: the saved webhook is read by the notification’s panels', onSite(SETTINGS, async (desk) => {
  await desk.go('Form', 'Notification', 'New ticket');
  await desk.message('*New* {{ doc.name }}');
  await desk.page.evaluate(() => frappe.ui.form.make_quick_entry('Incoming Webhook URL', (doc) => cur_frm.fields_dict.incoming_webhook_url.pick(doc.name)).then(() => {}));
  await desk.field('webhook_name').locator('input').fill('Discord room');
  await desk.field('service').locator('select').selectOption('Discord');
  await desk.field('webhook_url').locator('textarea').fill('https://discord.com/api/webhooks/123456789012345678/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop');
  await desk.page.locator('.modal .btn-primary').click();
  await desk.expect(desk.preview, 'data-service', 'Discord');
}));

for (const [flavour, doctype] of [['frappe', 'Notification Webhook URL'], ['slack', 'Slack Webhook URL']]) {
  test(`the Quick Entry of ${doctype}`, onSite({ ...SETTINGS, flavour }, async (desk) => {
    await newWebhook(desk, doctype);
    await desk.field('webhook_url').locator('input, textarea').fill('hello');
    assert.equal((await desk.verdict('hello')).verdict, 'invalid');
  }));
}

test('the Quick Entry of another doctype, and other dialogs, are left alone', onSite(SETTINGS, async (desk) => {
  await desk.page.evaluate(() => {
    const dialog = new frappe.ui.Dialog({ title: 'x', fields: [{ fieldname: 'webhook_url', fieldtype: 'Data', label: 'x' }], doc: {} });
    dialog.show();
  });
  await shown(desk);
  assert.equal(await desk.page.locator('.deskbell-slot').count(), 0);
  assert.deepEqual(site.calls, []);
}));
