// Texts that were not saved, on the demo desk and on a page of its own that names its record.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK, eventually, onDesk } from './browser.mjs';

const kept = (desk) => desk.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('deskbell:draft:')));

test('a reload of the demo offers what was typed; saving forgets it', onDesk('/notification/New ticket', async (desk) => {
  const offer = desk.page.locator('.frappe-control[data-fieldname="message"] deskbell-draft-offer');
  await desk.set('message', 'typed {{ doc.name }}');
  await eventually(async () => assert.equal((await kept(desk)).length, 1));
  await desk.page.reload();
  await desk.expect(offer, 'data-offered', '');
  await eventually(async () => assert.match(await offer.locator('[part=words]').innerText(), /You had unsaved text here/));
  await offer.locator('[part=restore]').click();
  assert.equal(await desk.field('message').inputValue(), 'typed {{ doc.name }}');
  await desk.expect(offer, 'data-offered', null);
  await desk.page.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => assert.deepEqual(await kept(desk), []));
}));

test('in French', onDesk('/notification/Nouveau ticket', async (desk) => {
  const offer = desk.page.locator('.frappe-control[data-fieldname="message"] deskbell-draft-offer');
  // What stands in a field when the plugin comes is what was there; a person writes after it.
  await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
  await desk.set('message', 'écrit');
  await eventually(async () => assert.equal((await kept(desk)).length, 1));
  await desk.page.reload();
  await eventually(async () => assert.match(await offer.locator('[part=words]').innerText(), /Vous aviez ici un texte non enregistré/));
  await offer.locator('[part=discard]').click();
  await eventually(async () => assert.deepEqual(await kept(desk), []));
}, { lang: 'fr' }));

test('a page of its own is kept from losing texts when it names its record, and says what it saved', onDesk('/notification/New ticket', async (desk) => {
  const html = (record) => `<!doctype html><html lang="en"><body><textarea id="m" rows="5" cols="50">stored</textarea><deskbell-notification ${record} message="#m" document="/documents.json"></deskbell-notification>
    <script type="module">import '/plugin/page.js'; document.querySelector('deskbell-notification').saved = { condition: '', message: 'stored' };</script></body></html>`;
  const context = { flavour: 'frappe', siteUrl: 'https://erp.example.com', timeZone: 'Europe/Paris', user: { name: 'marie@example.com' } };
  await desk.page.route('**/own.html', (route) => route.fulfill({ contentType: 'text/html', body: html('record="order-5"') }));
  await desk.page.route('**/none.html', (route) => route.fulfill({ contentType: 'text/html', body: html('') }));
  await desk.page.route('**/documents.json', (route) => route.fulfill({ json: { doc: { doctype: 'Order', name: 'SO-1' }, metas: [{ name: 'Order', custom: 1, fields: [] }], context } }));
  const offer = desk.page.locator('deskbell-draft-offer').first();
  for (const [page, count] of [['none', 0], ['own', 1]]) {
    await desk.page.goto(`${DESK}/${page}.html`);
    await desk.preview.waitFor();
    await desk.page.locator('#m').fill('changed');
    await desk.report(desk.preview, 'changed');
    await desk.page.waitForTimeout(600);
    assert.equal((await kept(desk)).length, count, page);
  }
  await desk.page.reload();
  await eventually(async () => assert.ok(await desk.page.locator('deskbell-draft-offer[data-offered]').count()));
  await desk.page.locator('deskbell-draft-offer[data-offered] >> [part=restore]').click();
  assert.equal(await desk.page.locator('#m').inputValue(), 'changed');
  await desk.page.evaluate(() => { document.querySelector('deskbell-notification').saved = { condition: '', message: 'changed' }; });
  await eventually(async () => assert.deepEqual(await kept(desk), []));
  assert.equal(await offer.getAttribute('data-offered'), null);
}));
