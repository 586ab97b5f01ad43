// The document that a notification is tried on, in the desk: found by name and title, open and not saved, before and after a change.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onSite, site } from './browser.mjs';

const OPEN = { open: true };
const NEW = ['Form', 'Notification', 'New ticket'];
const CHANGED = ['Form', 'Notification', 'Status changed'];

const input = (desk) => desk.picker.locator('[part=input]');
const options = (desk) => desk.picker.locator('[part=option]').allInnerTexts();
const said = (desk) => desk.picker.locator('[part=said]').innerText();
const change = (desk) => desk.page.locator('deskbell-value-change:visible');
const searches = () => site.calls.filter(({ method }) => method === 'frappe.desk.search.search_link');

/** Opens a ticket and changes it, without saving, as a person does before going on to a notification. */
async function edited(desk, name, fieldname, value) {
  await desk.go('Form', 'Chat Ticket', name);
  await desk.page.evaluate(([field, to]) => cur_frm.set_value(field, to), [fieldname, value]);
}

describe('the search', () => {
  for (const flavour of ['dodock', 'frappe']) {
    test(`any document is found by its title, read by GET, and chosen by keys: ${flavour}`, onSite({ ...OPEN, flavour }, async (desk) => {
      await desk.go(...NEW);
      await desk.expect(desk.picker, 'data-document', 'CT-00093');
      await input(desk).fill('atelier');
      await eventually(async () => assert.deepEqual(await options(desk), ['CT-00092 · Imprimante en panne à l’atelier']));
      const [call, ...more] = searches();
      assert.deepEqual([call.verb, call.token, call.args.doctype, call.args.txt, more.length], ['GET', undefined, 'Chat Ticket', 'atelier', 0]);
      await input(desk).press('Enter');
      await desk.expect(desk.picker, 'data-document', 'CT-00092');
      assert.equal((await desk.message('*New* {{ doc.name }}')).text, '*New* CT-00092');
      assert.equal(await desk.withForm((frm) => frm.doc.__unsaved), undefined, 'the notification itself is as it was');
    }));
  }

  test('the newest search wins, however late an older one is answered', onSite(OPEN, async (desk) => {
    let late;
    const gate = new Promise((resolve) => (late = resolve));
    await desk.page.route(/search_link\?.*txt=toner/, (route) => gate.then(() => route.continue()));
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    await input(desk).fill('toner');
    await desk.page.waitForTimeout(400);
    await input(desk).fill('atelier');
    await eventually(async () => assert.match((await options(desk)).join(), /CT-00092/));
    late();
    await desk.page.waitForTimeout(400);
    assert.match((await options(desk)).join(), /CT-00092/);
    assert.match(await said(desk), /1/);
  }));

  test('a site that fails, and one that finds nothing, are told apart; both leave the whole name to be tried', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    await input(desk).fill('zzz');
    await eventually(async () => assert.match(await said(desk), /Nothing found for “zzz”/));
    await desk.page.route(/search_link/, (route) => route.abort());
    await input(desk).fill('CT-00092');
    await eventually(async () => assert.match(await said(desk), /did not answer/));
    await input(desk).press('Enter');
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    await input(desk).fill('CT-00000');
    await input(desk).press('Enter');
    await eventually(async () => assert.match(await desk.picker.locator('[part=notice]').innerText(), /CT-00000/));
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
  }));

  test('a search that takes long says so, and Enter takes what comes', onSite(OPEN, async (desk) => {
    let late;
    const gate = new Promise((resolve) => (late = resolve));
    await desk.page.route(/search_link/, (route) => gate.then(() => route.continue()));
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    await input(desk).fill('CT-00092');
    await input(desk).press('Enter');
    await eventually(async () => assert.match(await said(desk), /takes its time/));
    late();
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
  }));

  test('a title that this person may not read leaves the names', onSite(OPEN, async (desk) => {
    await desk.page.route(/get_list\?doctype=Chat.*subject/, (route) => route.fulfill({ status: 403, contentType: 'application/json', body: '{"exc_type":"PermissionError"}' }));
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    assert.equal(await input(desk).inputValue(), 'CT-00093');
    assert.equal(await desk.picker.locator('[part=notice]').isVisible(), false);
  }));

  test('the list lies over the editors below it, and Tab goes into it from the field above', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    await desk.field('document_type').locator('input').first().focus();
    await desk.page.keyboard.press('Tab');
    assert.equal(await desk.page.evaluate(() => document.activeElement.localName), 'deskbell-document-picker');
    await desk.page.keyboard.press('ArrowDown');
    const box = await desk.picker.locator('[part=option]').last().boundingBox();
    assert.equal(await desk.page.evaluate(([x, y]) => document.elementFromPoint(x, y).localName, [box.x + 20, box.y + box.height / 2]), 'deskbell-document-picker');
  }));
});

describe('what is open and not saved', () => {
  test('the document whose form the person comes from is the one to try on, as it is open, and stays untouched', onSite(OPEN, async (desk) => {
    await edited(desk, 'CT-00092', 'status', 'Closed');
    const held = () => desk.page.evaluate(() => JSON.stringify(locals['Chat Ticket']['CT-00092']));
    const before = await held();
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-open', 'changed');
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    assert.match(await input(desk).inputValue(), /with unsaved changes/);
    assert.match(await desk.picker.locator('[part=note]').innerText(), /not saved yet/);
    await desk.type('message', '{{ doc.status }} {{ doc.due_date.year }} {{ doc.modified }}');
    const report = await desk.message('{{ doc.status }} {{ doc.due_date.year }} {{ doc.modified }}');
    assert.equal(report.status, 'server', 'the server stamps it');
    assert.match(report.text, /^Closed 2026 /);
    await desk.type('message', '{{ doc.status }}');
    await desk.message('{{ doc.status }}');
    assert.match(await desk.preview.locator('[part=status]').innerText(), /CT-00092 as it is open, not saved.*unless saving/);
    assert.equal(await held(), before);
    // As it is saved stands below it.
    await input(desk).click();
    await desk.picker.locator('[part=option]').filter({ hasText: /^CT-00092 · Imprimante en panne à l’atelier$/ }).click();
    await eventually(async () => assert.equal((await desk.message('{{ doc.status }}')).text, 'Open'));
    assert.equal(await desk.picker.getAttribute('data-open'), null);
  }));

  test('a document that is saved meanwhile is tried as it is saved', onSite(OPEN, async (desk) => {
    await edited(desk, 'CT-00092', 'status', 'Closed');
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-open', 'changed');
    await desk.go('Form', 'Chat Ticket', 'CT-00092');
    await desk.withForm((frm) => frm.save());
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-open', null);
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
  }));

  test('one from elsewhere is offered, and the last edited is taken', onSite(OPEN, async (desk) => {
    await edited(desk, 'CT-00092', 'status', 'Closed');
    await desk.go('Form', 'Chat Ticket', 'CT-00093');
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    assert.equal(await desk.picker.getAttribute('data-open'), null);
    await input(desk).click();
    assert.match((await options(desk))[0], /CT-00092 .* with unsaved changes/);
  }));

  test('a new document has its values, and leaves its name to the server', onSite(OPEN, async (desk) => {
    await desk.page.evaluate(() => frappe.new_doc('Chat Ticket').then(() => {}));
    await desk.page.evaluate(() => cur_frm.set_value('subject', 'Nouveau'));
    await desk.go(...NEW);
    await desk.expect(desk.picker, 'data-open', 'new');
    await desk.type('message', '{{ doc.subject }}');
    assert.deepEqual((({ status, text }) => [status, text])(await desk.message('{{ doc.subject }}')), ['exact', 'Nouveau']);
    await desk.type('message', '{{ doc.name }}');
    assert.equal((await desk.message('{{ doc.name }}')).status, 'server');
    assert.match(await desk.picker.locator('[part=states]').innerText(), /as inserted/);
    // A form that was given up is none that is open.
    await desk.page.evaluate(() => void frappe.model.get_new_doc('Chat Ticket'));
    await desk.withForm((frm) => frm.refresh());
    await input(desk).click();
    await eventually(async () => assert.equal((await options(desk)).filter((text) => /not saved yet/.test(text)).length, 1));
  }));
});

describe('the event that waits for a change', () => {
  test('a document that nobody changes sends nothing, until the value after is another one', onSite(OPEN, async (desk) => {
    await desk.go(...CHANGED);
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    await desk.expect(change(desk), 'data-change', 'same');
    await desk.expect(desk.condition, 'data-verdict', 'silent');
    assert.match(await desk.condition.locator('[part=verdict]').innerText(), /Nothing is sent: Status keeps its value/);
    assert.match(await change(desk).locator('[part=before]').innerText(), /Closed/);
    await change(desk).locator('[part=after]').selectOption('Open');
    await desk.expect(change(desk), 'data-change', 'changed');
    await desk.expect(desk.condition, 'data-verdict', 'empty');
    await eventually(async () => assert.match((await desk.message('{{ doc.status }} {{ comments }}')).text, /^Open /));
    await desk.type('condition', 'doc.get_doc_before_save().status == "Closed" and doc.has_value_changed("status")');
    await desk.expect(desk.condition, 'data-verdict', 'fires');
    await change(desk).locator('[part=undo]').click();
    await desk.expect(change(desk), 'data-change', 'same');
    await desk.expect(desk.condition, 'data-verdict', 'silent');
    assert.equal(await desk.page.evaluate(() => locals['Chat Ticket']?.['CT-00093']), undefined, 'nothing was put into the desk');
  }));

  test('the change of a document that is open is the one that counts', onSite(OPEN, async (desk) => {
    await edited(desk, 'CT-00092', 'status', 'Closed');
    await desk.go(...CHANGED);
    await desk.expect(change(desk), 'data-change', 'changed');
    assert.match(await change(desk).locator('[part=before]').innerText(), /Open/);
    assert.equal(await change(desk).locator('[part=after]').inputValue(), 'Closed');
  }));

  test('an open document whose other fields changed sends nothing', onSite(OPEN, async (desk) => {
    await edited(desk, 'CT-00092', 'subject', 'Another');
    await desk.go(...CHANGED);
    await desk.expect(desk.picker, 'data-open', 'changed');
    await desk.expect(change(desk), 'data-change', 'same');
  }));

  test('a new document, a table and no field at all are said apart', onSite(OPEN, async (desk) => {
    await desk.go(...CHANGED);
    await desk.expect(change(desk), 'data-change', 'same');
    const watch = (name) => desk.field('value_changed').locator('select').selectOption(name);
    await watch('lines');
    await desk.expect(change(desk), 'data-change', 'no-column');
    await watch('');
    await desk.expect(change(desk), 'data-change', 'no-field');
    await desk.expect(desk.condition, 'data-verdict', 'unsure');
    await watch('due_date');
    await desk.expect(change(desk), 'data-change', 'same');
    assert.match(await change(desk).locator('[part=before]').innerText(), /\d\d\/\d\d\/2026/, 'in the person’s format');
    await change(desk).locator('[part=after]').fill('2027-01-02');
    await desk.expect(change(desk), 'data-change', 'changed');
    await watch('total');
    await desk.expect(change(desk), 'data-change', 'same');
    await change(desk).locator('[part=after]').fill('');
    await eventually(async () => assert.match(await change(desk).getAttribute('data-change'), /changed|version/));
    await desk.field('event').locator('select').selectOption('Save');
    await eventually(async () => assert.equal(await change(desk).count(), 0));
    await desk.page.evaluate(() => frappe.new_doc('Chat Ticket').then(() => {}));
    await desk.go(...CHANGED);
    await desk.field('event').locator('select').selectOption('Value Change');
    await desk.expect(desk.picker, 'data-open', 'new');
    await desk.expect(change(desk), 'data-change', 'new');
    await desk.expect(desk.condition, 'data-verdict', 'silent');
  }));
});

test('comments reach the messages of what is read from the database, and no message of what is posted', onSite(OPEN, async (desk) => {
  await desk.go(...NEW);
  const source = '{% for c in comments %}{{ c.by }}: {{ c.comment|striptags }}{% endfor %}';
  await desk.message('*New* {{ doc.name }}');
  await desk.type('message', source);
  await eventually(async () => assert.equal((await desk.message(source)).text, 'marie@example.com: Called back'));
  await desk.go(...CHANGED);
  await desk.expect(change(desk), 'data-change', 'same');
  await eventually(async () => assert.equal((await desk.message('{{ doc.status }} {{ comments }}')).text, 'Closed None'));
}));
