// Texts that were not saved: kept in the browser, offered when the form is opened again, and gone once they are saved or thrown away.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onSite, site } from './browser.mjs';

const OPEN = { open: true };
const NEW = ['Form', 'Notification', 'New ticket'];
const SLACK = 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx';

const offerOf = (desk, name) => desk.field(name).locator('deskbell-draft-offer');
const text = (desk, name) => desk.withForm((frm, field) => frm.fields_dict[field].editor.getValue(), name);
/** What the browser keeps. */
const kept = (desk) => desk.page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('deskbell:draft:')));
const isKept = (desk, wanted) => eventually(async () => assert.ok((await kept(desk)).some(([, value]) => JSON.parse(value)[0].text === wanted), JSON.stringify(await kept(desk))));

/** The page is loaded again, as after a crash: nothing of the desk's own store is left. */
async function reload(desk, route = NEW) {
  await desk.page.reload();
  await desk.page.waitForFunction(() => globalThis.bed?.ready);
  await desk.go(...route);
  await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
}

describe('a text that was not saved', () => {
  test('is offered after a reload, with what it changes, and restored so that it can be undone', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'first\n*New* {{ doc.name }}\nlast');
    await isKept(desk, 'first\n*New* {{ doc.name }}\nlast');
    await reload(desk);
    const offer = offerOf(desk, 'message');
    await desk.expect(offer, 'data-offered', '');
    assert.match(await offer.locator('[part=words]').innerText(), /^You had unsaved text here, from \d\d\/\d\d\/\d{4} \d\d:\d\d\.$/);
    await offer.locator('summary').click();
    assert.deepEqual(await offer.locator('ins').allInnerTexts(), ['first', 'last']);
    assert.equal(await offer.locator('del').count(), 0);
    await offer.locator('[part=restore]').click();
    assert.equal(await text(desk, 'message'), 'first\n*New* {{ doc.name }}\nlast');
    await desk.expect(offer, 'data-offered', null);
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'first\n*New* {{ doc.name }}\nlast'));
    await desk.page.keyboard.press('Control+Z');
    assert.equal(await text(desk, 'message'), '*New* {{ doc.name }}');
  }));

  test('survives a page that ends right after the key', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('condition', 'doc.status == "Late"');
    await reload(desk);
    await desk.expect(offerOf(desk, 'condition'), 'data-offered', '');
    await desk.expect(offerOf(desk, 'message'), 'data-offered', null);
  }));

  test('is gone when it is thrown away, and when it is saved', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'thrown away');
    await isKept(desk, 'thrown away');
    await reload(desk);
    await offerOf(desk, 'message').locator('[part=discard]').click();
    await desk.expect(offerOf(desk, 'message'), 'data-offered', null);
    assert.deepEqual(await kept(desk), []);
    await desk.type('message', 'saved');
    await isKept(desk, 'saved');
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'saved'));
    await desk.withForm((frm) => frm.save().then(() => {}));
    await eventually(async () => assert.deepEqual(await kept(desk), []));
    await reload(desk);
    await desk.expect(offerOf(desk, 'message'), 'data-offered', null);
  }));

  test('is none when the text is back to what was saved', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'changed');
    await isKept(desk, 'changed');
    await desk.type('message', '*New* {{ doc.name }}');
    await eventually(async () => assert.deepEqual(await kept(desk), []));
  }));

  test('stays offered while another is written, and both are kept', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'older');
    await isKept(desk, 'older');
    await reload(desk);
    await desk.expect(offerOf(desk, 'message'), 'data-offered', '');
    await desk.type('message', 'newer');
    await isKept(desk, 'newer');
    await reload(desk);
    const offer = offerOf(desk, 'message');
    await desk.expect(offer, 'data-offered', '');
    await offer.locator('[part=discard]').click();
    await eventually(async () => assert.equal(await offer.evaluate((one) => one.draft), 'older'));
  }));

  test('says that the notification was saved since', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'mine');
    await isKept(desk, 'mine');
    site.records.find(({ name }) => name === 'New ticket').modified = '2026-11-20 11:11:11.000000';
    await reload(desk);
    await eventually(async () => assert.match(await offerOf(desk, 'message').locator('[part=words]').innerText(), /saved since/));
  }));

  test('belongs to its person and its record', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'of marie');
    await isKept(desk, 'of marie');
    assert.match((await kept(desk))[0][0], /marie%40example\.com\/Notification\/New%20ticket\/message$/);
    await desk.go('Form', 'Notification', 'Overdue invoice');
    await desk.message('{{ doc.name }} is late');
    await desk.expect(offerOf(desk, 'message'), 'data-offered', null);
    await desk.page.addInitScript(() => { if (globalThis.given) given.boot.user.name = 'paul@example.com'; });
    await desk.page.reload();
    await desk.page.waitForFunction(() => globalThis.bed?.ready);
    await desk.page.evaluate(() => { frappe.session.user = 'paul@example.com'; });
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.expect(offerOf(desk, 'message'), 'data-offered', null);
  }));

  test('of a new notification is kept before it has a name, and gone with its first save', onSite(OPEN, async (desk) => {
    const begin = async () => {
      await desk.page.evaluate(() => frappe.new_doc('Notification').then(() => {}));
      await desk.withForm(async (frm) => {
        for (const [field, value] of Object.entries({ channel: 'External Collaboration Tool', message_editor_type: 'HTML Editor', document_type: 'Chat Ticket', event: 'New', incoming_webhook_url: 'Support' })) await frm.set_value(field, value);
      });
      await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report || view.notice)));
    };
    await begin();
    await desk.type('message', 'unnamed');
    await isKept(desk, 'unnamed');
    await desk.page.reload();
    await desk.page.waitForFunction(() => globalThis.bed?.ready);
    await begin();
    await desk.expect(offerOf(desk, 'message'), 'data-offered', '');
    await offerOf(desk, 'message').locator('[part=restore]').click();
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'unnamed'));
    await isKept(desk, 'unnamed');
    await desk.withForm((frm) => ((frm.newName = 'Named'), frm.save().then(() => {})));
    await eventually(async () => assert.deepEqual(await kept(desk), []));
  }));

  test('of a message is kept beside a condition of filters, which are no text', onSite({ ...OPEN, flavour: 'frappe' }, async (desk) => {
    await desk.go(...NEW);
    await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
    await desk.withForm((frm) => Promise.resolve(frm.set_value('condition_type', 'Filters')).then(() => {}));
    await desk.type('message', 'beside filters');
    await isKept(desk, 'beside filters');
    assert.equal((await kept(desk)).length, 1);
  }));
});

describe('a secret', () => {
  test('is not kept: no text with the URL of a webhook in it', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await desk.type('message', 'harmless https://example.com/help');
    await isKept(desk, 'harmless https://example.com/help');
    await desk.type('message', `pasted ${SLACK} here`);
    await desk.message(`pasted ${SLACK} here`);
    await desk.page.waitForTimeout(900);
    await desk.type('message', `pasted ${SLACK.replace('https://', '')} here`);
    await desk.page.waitForTimeout(900);
    await desk.page.reload();
    assert.doesNotMatch(await desk.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), /abcdefghijklmnop/);
  }));

  test('of the webhook’s own form is not kept', onSite(OPEN, async (desk) => {
    await desk.go('Form', 'Incoming Webhook URL', 'Support');
    await desk.field('webhook_url').locator('textarea').first().fill(`${SLACK.slice(0, -1)}z`);
    await desk.verdict(`${SLACK.slice(0, -1)}z`);
    await desk.page.waitForTimeout(900);
    assert.doesNotMatch(await desk.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), /abcdefghijklmnop/);
  }));
});

test('a browser that keeps nothing, and one without room, disturb nobody', onSite({ ...OPEN, before: () => { Storage.prototype.setItem = () => { throw new DOMException('no room', 'QuotaExceededError'); }; Object.defineProperty(Storage.prototype, 'getItem', { value: () => { throw new DOMException('closed', 'SecurityError'); } }); } }, async (desk) => {
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  await desk.type('message', 'typed {{ doc.name }}');
  assert.equal((await desk.message('typed {{ doc.name }}')).text, 'typed CT-00093');
  await desk.page.waitForTimeout(600);
}));
