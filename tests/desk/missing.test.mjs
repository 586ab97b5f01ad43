// A desk that lacks something, or a site that refuses: a panel says so once, and the form goes on as if nothing were there.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onSite, site } from './browser.mjs';

const OPEN = { open: true };
const NEW = ['Form', 'Notification', 'New ticket'];

/** Everything that is said in notices, once each. */
const notices = (desk) => desk.page.evaluate(() => [...document.querySelectorAll('deskbell-document-picker, deskbell-message-preview, deskbell-condition, deskbell-webhook-url')].map((view) => view.notice).filter(Boolean));

async function says(desk, pattern) {
  await eventually(async () => {
    const said = (await notices(desk)).filter((notice) => pattern.test(notice));
    assert.equal(said.length, 1, `${pattern} in ${JSON.stringify(await notices(desk))}`);
  });
}

/** The form itself is complete: its last script ran, and it can be saved. */
async function works(desk) {
  await eventually(async () => assert.deepEqual(await desk.page.evaluate(() => bed.rendered), ['Notification']));
  await desk.withForm((frm) => frm.set_value('subject', 'changed'));
  await desk.withForm((frm) => frm.save());
  assert.equal(site.records.find(({ name }) => name === 'New ticket').subject, 'changed');
}

describe('a desk without', () => {
  for (const [missing, pattern] of [
    ['frappe.model.on', null],
    ['frappe.boot.time_zone', null],
    ['frappe.router', null],
    ['frappe.session', null],
    ['frappe.get_meta', null],
    ['frappe.db', null],
    ['frappe._messages', null],
    ['frappe.csrf_token', null],
    ['frappe.boot.docs', null],
    ['frappe.boot.user_info', null],
    ['frappe.boot.sysdefaults', null],
    ['message', /no field .message/],
    ['condition', /no field .condition/],
    ['document_type', /no field .document_type/],
    ['incoming_webhook_url', null],
    ['channel', null],
    ['event', null],
  ]) {
    test(missing, onSite({ ...OPEN, missing: missing.startsWith('frappe.model') || missing === 'frappe.get_meta' || missing === 'frappe.router' ? [] : [missing] }, async (desk) => {
      // What the desk itself needs for its form is only hidden from the plugin.
      if (/^frappe\.(model\.on|get_meta|router)$/.test(missing)) {
        await desk.page.evaluate((path) => {
          const [, first, second] = path.split('.');
          const real = globalThis.frappe;
          const model = Object.create(real.model, { on: { get: () => (new Error().stack.includes('/assets/deskbell/') ? undefined : real.model.on) } });
          const hidden = second ? { model: { value: model } } : { [first]: { get: () => (new Error().stack.includes('/assets/deskbell/') ? undefined : real[first]) } };
          globalThis.frappe = Object.create(real, hidden);
        }, missing);
      }
      await desk.go(...NEW);
      const view = desk.page.locator('deskbell-message-preview');
      await eventually(async () => assert.equal(await view.evaluate(({ report }) => report?.text), '*New* CT-00093'));
      if (missing === 'frappe.model.on') await says(desk, /scripts change/);
      if (pattern) await says(desk, pattern);
      if (!/csrf/.test(missing)) await works(desk);
    }));
  }

  test('any time zone', onSite({ ...OPEN, before: "Object.defineProperty(globalThis, 'given', { configurable: true, set(given) { delete given.boot.time_zone; delete given.boot.sysdefaults.time_zone; Object.defineProperty(globalThis, 'given', { value: given }); } });" }, async (desk) => {
    await desk.go(...NEW);
    await says(desk, /time zone/);
    await works(desk);
  }));

  test('a time zone that the browser knows', onSite({ ...OPEN, before: "Object.defineProperty(globalThis, 'given', { configurable: true, set(given) { given.boot.time_zone.system = 'Mars/Base'; Object.defineProperty(globalThis, 'given', { value: given }); } });" }, async (desk) => {
    await desk.go(...NEW);
    await says(desk, /time zone/);
    await works(desk);
  }));
});

test('the time is that of the system’s zone, whatever the older setting says', onSite({ ...OPEN, context: { timezoneId: 'America/New_York' } }, async (desk) => {
  await desk.go(...NEW);
  await desk.type('condition', 'frappe.utils.now()');
  const here = () => new Date().toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).slice(0, 13);
  await eventually(async () => assert.match(await desk.condition.evaluate((view) => view.report?.value ?? ''), new RegExp(here())));
}));

describe('a site that refuses', () => {
  test('the documents', onSite(OPEN, async (desk) => {
    site.forbidden.add('Chat Ticket');
    await desk.go(...NEW);
    await says(desk, /may not read documents of the type Chat Ticket/);
    await works(desk);
  }));

  test('the webhook', onSite(OPEN, async (desk) => {
    site.forbidden.add('Incoming Webhook URL');
    await desk.go(...NEW);
    await says(desk, /may not read the webhook Support/);
    await desk.message('*New* {{ doc.name }}');
    await works(desk);
  }));

  test('everything, because the session has ended', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    site.expired = true;
    await desk.withForm((frm) => frm.set_value('document_type', 'Invoice'));
    await says(desk, /session has ended/);
  }));

  test('in French', onSite({ ...OPEN, lang: 'fr' }, async (desk) => {
    site.forbidden.add('Chat Ticket');
    await desk.go(...NEW);
    await says(desk, /pas le droit de lire les documents de type Chat Ticket/);
  }));

  test('to answer at all', onSite(OPEN, async (desk) => {
    await desk.page.route(/getdoc\?doctype=Chat|get_list\?doctype=Chat/, (route) => route.abort());
    await desk.go(...NEW);
    await says(desk, /does not answer/);
    await works(desk);
  }));
});

describe('a plugin that cannot be loaded', () => {
  for (const file of ['frappe-form.js', 'host']) {
    test(`(${file})`, onSite({ ...OPEN, context: {} }, async (desk) => {
      await desk.page.route(`**/assets/deskbell/**/${file === 'host' ? 'notification.js' : file}`, (route) => route.fulfill({ status: 404 }));
      await desk.go(...NEW);
      const said = desk.page.locator('.deskbell-failed, [data-deskbell-notice]');
      await eventually(async () => assert.match(await said.innerText(), /Deskbell/));
      await desk.withForm((frm) => frm.refresh());
      await desk.page.waitForTimeout(200);
      assert.equal(await said.count(), 1);
      const kept = await desk.page.evaluate(() => [...document.querySelectorAll('.deskbell-slot')].filter((slot) => slot.offsetHeight > 0 && !slot.innerText.trim()).length);
      assert.equal(file === 'host' ? kept : 0, 0, 'no space is kept for panels that do not come');
      await works(desk);
    }));
  }

  test('(its first file, with the Client Script)', onSite(OPEN, async (desk) => {
    await desk.page.route('**/assets/deskbell/hosts/frappe.js', (route) => route.fulfill({ status: 404 }));
    await desk.go(...NEW);
    await works(desk);
  }));

  test('(its WebAssembly module)', onSite(OPEN, async (desk) => {
    await desk.page.route('**/*.wasm', (route) => route.fulfill({ status: 404 }));
    await desk.go(...NEW);
    await eventually(async () => assert.match((await notices(desk)).join(), /WebAssembly/));
    await works(desk);
  }));
});

test('something that goes wrong in the panels is said there, and the form goes on', onSite(OPEN, async (desk) => {
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  await desk.withForm((frm) => Object.defineProperty(frm.doc, 'document_type', { get() { throw new Error('odd'); } }));
  await desk.page.evaluate(() => document.querySelector('.frappe-control[data-fieldname=subject] input').dispatchEvent(new Event('input', { bubbles: true })));
  await says(desk, /went wrong here.*odd/);
}));

test('the desk’s store keeps the edits of a document that the plugin reads', onSite(OPEN, async (desk) => {
  await desk.page.evaluate(() => frappe.model.with_doc('Chat Ticket', 'CT-00093').then(() => {}));
  await desk.page.evaluate(() => void (locals['Chat Ticket']['CT-00093'].subject = 'not saved yet'));
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  assert.equal(await desk.page.evaluate(() => locals['Chat Ticket']['CT-00093'].subject), 'not saved yet');
}));

test('the host’s own test is called with the token of the session', onSite(OPEN, async (desk) => {
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  const ended = await desk.page.evaluate(async () => {
    const { dodockTest } = await import('/assets/deskbell/hosts/frappe-test.js');
    return dodockTest(cur_frm.doc, 'CT-00093').send('');
  });
  assert.equal(ended.outcome, 'unconfirmed');
  const call = site.calls.find(({ method }) => method.endsWith('send_test_notification'));
  assert.deepEqual([call.verb, call.token, call.args], ['POST', 'a-token-of-this-session', { notification: 'New ticket', document: 'CT-00093' }]);
}));
