// The host's own test: what is called, what is said before it is pressed, and that no answer of it counts as delivered. No browser is needed.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { dodockTest, frappeTest, sender } from '../../www/plugin/hosts/frappe-test.js';

let calls;
let reply;
beforeEach(() => {
  calls = [];
  globalThis.frappe = { csrf_token: 'fake-csrf' };
  globalThis.fetch = async (address, { method = 'GET', headers, body } = {}) => {
    calls.push({ address, method, csrf: headers['X-Frappe-CSRF-Token'], fields: Object.fromEntries(new URLSearchParams(body)) });
    if (!reply) throw new TypeError('Failed to fetch');
    return { ok: reply.status === 200, status: reply.status, json: async () => { if (reply.body === undefined) throw new SyntaxError('no JSON'); return reply.body; } };
  };
});
const words = (test) => test.differences.map((difference) => difference.words);

describe('Dodock', () => {
  test('the saved notification is sent, once, and nothing that the server says is a success', async () => {
    reply = { status: 200, body: {} };
    const end = await dodockTest({ name: 'New ticket' }, 'CT-1').send('ignored');
    assert.deepEqual(end, { outcome: 'unconfirmed', words: 'server-handed', detail: null });
    assert.deepEqual(calls, [{ address: '/api/method/frappe.email.doctype.notification.notification.send_test_notification', method: 'POST', csrf: 'fake-csrf', fields: { notification: 'New ticket', document: 'CT-1' } }]);
  });
  test('what it does differently is said, and that it changes the document where it does', () => {
    assert.deepEqual(words(dodockTest({ name: 'N' }, 'CT-1')), ['server-saved', 'server-no-condition', 'server-always-green']);
    const changing = dodockTest({ name: 'N', set_property_after_alert: 'status', property_value: 'Closed' }, 'CT-1');
    assert.deepEqual(changing.differences[2], { words: 'server-changes', values: { document: 'CT-1', field: 'status', value: 'Closed' } });
    assert.ok(words(dodockTest({ name: 'N', __unsaved: 1 }, 'CT-1')).includes('server-may-change'));
  });
  test('a notification that was never saved has no test, nor has one without a document', () => {
    assert.equal(dodockTest({ name: 'new-notification-1', __islocal: 1 }, 'CT-1'), null);
    assert.equal(dodockTest({ name: 'N' }, ''), null);
  });
});

describe('Frappe', () => {
  test('the text is sent through the saved webhook', async () => {
    reply = { status: 200, body: { message: 'success' } };
    assert.deepEqual(await frappeTest('Support', 'Ticket', 'CT-1').send('é\n"x"'), { outcome: 'unconfirmed', words: 'server-accepted', detail: null });
    assert.deepEqual([calls[0].address, calls[0].fields.dt, calls[0].fields.dn, calls[0].fields.method], ['/api/method/run_doc_method', 'Notification Webhook URL', 'Support', 'send_test_message']);
    assert.deepEqual(JSON.parse(calls[0].fields.args), { message: 'é\n"x"', reference_doctype: 'Ticket', reference_name: 'CT-1' });
  });
  test('a refusal is told in its own words, and a lost answer is no failure', async () => {
    reply = { status: 417, body: { exception: 'Traceback…\nfrappe.integrations.WebhookDeliveryError: 404: Channel not found' } };
    assert.deepEqual(await frappeTest('Support', 'Ticket', 'CT-1').send('x'), { outcome: 'refused', words: 'server-refused', detail: '404: Channel not found' });
    reply = { status: 403 };
    assert.equal((await frappeTest('Support', 'Ticket', 'CT-1').send('x')).outcome, 'refused');
    for (reply of [null, { status: 502 }]) assert.deepEqual(await frappeTest('Support', 'Ticket', 'CT-1').send('x'), { outcome: 'unconfirmed', words: 'server-lost', detail: null });
  });
});

test('the name and the logo of the site, or that they are not known', async () => {
  reply = { status: 200, body: { message: { app_name: 'ERP', app_logo: null } } };
  assert.deepEqual(await sender(), { appName: 'ERP', appLogo: '' });
  assert.deepEqual([calls[0].method, calls[0].csrf], ['GET', undefined]);
  reply = { status: 403, body: {} };
  assert.deepEqual(await sender(), { appName: '', appLogo: '' });
});
