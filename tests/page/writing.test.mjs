// Help while a text is written in a plain textarea: on the demo desk, and on a page of its own with three elements.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DESK, eventually, onDesk } from './browser.mjs';

const INVOICE = '/notification/Overdue invoice';

const help = (desk, name) => {
  const control = desk.page.locator(`.frappe-control[data-fieldname="${name}"]`);
  return { picker: control.locator('deskbell-field-picker'), list: control.locator('deskbell-completion-list') };
};

describe('fields behind a button', () => {
  test('each with its label, its type and what the host prints of it; a click writes it at the cursor, and it can be undone', onDesk(INVOICE, async (desk) => {
    const { picker } = help(desk, 'message');
    await desk.set('message', 'due: , today');
    await desk.field('message').evaluate((area) => area.setSelectionRange(5, 5));
    await picker.locator('[part=open]').click();
    const option = picker.locator('[data-field=due_date]');
    await option.waitFor();
    assert.equal((await option.innerText()).replace(/\s+/g, ' '), 'Due Date due_date Date 17/11/2026');
    await option.click();
    assert.equal(await desk.field('message').inputValue(), 'due: {{ doc.get_formatted("due_date") }}, today');
    const { report } = await desk.report(desk.preview, 'due: {{ doc.get_formatted("due_date") }}, today');
    assert.equal(report.text, 'due: 17/11/2026, today');
    await desk.page.keyboard.press('Control+Z');
    assert.equal(await desk.field('message').inputValue(), 'due: , today');
  }));

  test('in French with the labels of the host; found by label', onDesk('/notification/Facture en retard', async (desk) => {
    const { picker } = help(desk, 'message');
    await picker.locator('[part=open]').click();
    await picker.locator('[role=option]').first().waitFor();
    await desk.page.keyboard.type('échéance');
    await eventually(async () => assert.deepEqual(await picker.locator('[role=option]').evaluateAll((all) => all.map((one) => one.dataset.field)), ['due_date']));
  }, { lang: 'fr' }));

  test('fields without a value are not offered', onDesk(INVOICE, async (desk) => {
    const { picker } = help(desk, 'message');
    await picker.locator('[part=open]').click();
    await picker.locator('[role=option]').first().waitFor();
    const types = await picker.evaluate((one) => one.choices.map(({ fieldtype }) => fieldtype));
    assert.ok(types.includes('Table') && types.includes('Currency'));
    for (const none of ['Section Break', 'Column Break', 'HTML', 'Button', 'Tab Break', 'Heading']) assert.ok(!types.includes(none), none);
  }));

  test('what is searched and not found is said; arrows go around; a click elsewhere closes', onDesk(INVOICE, async (desk) => {
    const { picker } = help(desk, 'condition');
    await picker.locator('[part=open]').click();
    await picker.locator('[role=option]').first().waitFor();
    await desk.page.keyboard.press('ArrowUp');
    const last = await picker.locator('[role=option][aria-selected=true]').getAttribute('id');
    assert.equal(await picker.locator('[part=search]').getAttribute('aria-activedescendant'), last);
    assert.equal(await picker.locator('[role=option]').last().getAttribute('id'), last);
    await desk.page.keyboard.type('zzzz');
    assert.match(await picker.locator('p[role=status]').innerText(), /No field/);
    await desk.page.mouse.click(5, 5);
    await desk.expect(picker, 'data-open', null);
  }));
});

describe('names behind a dot', () => {
  test('a field by its label, a filter, a column of the row that a loop has', onDesk(INVOICE, async (desk) => {
    const { list } = help(desk, 'message');
    await desk.set('message', '');
    for (const [keys, first] of [['{{ doc.outst', 'outstanding_amount'], ['}} {{ doc.name | upp', 'upper'], ['}} {% for r in doc.items %}{{ r.item_n', 'item_name']]) {
      await desk.page.keyboard.type(keys);
      await eventually(async () => assert.equal(await list.evaluate((one) => one.place && one.suggestions[one.chosen]?.name), first));
      await desk.page.keyboard.press('Tab');
      await desk.page.keyboard.type(' ');
    }
    assert.equal(await desk.field('message').inputValue(), '{{ doc.outstanding_amount }} {{ doc.name | upper }} {% for r in doc.items %}{{ r.item_name ');
  }));

  test('nothing opens in a text, a comment or a string, and nothing is ever written by itself', onDesk(INVOICE, async (desk) => {
    const { list } = help(desk, 'message');
    await desk.set('message', '');
    for (const text of ['doc.', '{# doc.', '{{ "doc.']) {
      await desk.set('message', '');
      await desk.page.keyboard.type(text);
      await desk.report(desk.preview, text);
      await desk.page.waitForTimeout(60);
      assert.equal(await list.getAttribute('data-open'), null, text);
      assert.equal(await desk.field('message').inputValue(), text);
    }
  }));

  test('what is chosen is said to who does not see it', onDesk(INVOICE, async (desk) => {
    const { list } = help(desk, 'condition');
    await desk.set('condition', '');
    await desk.page.keyboard.type('doc.due');
    await desk.expect(list, 'data-open', '');
    assert.match(await list.locator('[aria-live]').innerText(), /^due_date \(Due Date\), 1 of \d+$/);
  }));
});

test('a page of its own has the same help beside its fields', onDesk(INVOICE, async (desk) => {
  const html = `<!doctype html><html lang="en"><body style="padding:40px"><textarea id="m" rows="5" cols="50"></textarea><deskbell-notification message="#m" document="/documents.json"></deskbell-notification>
    <script type="module" src="/plugin/page.js"></script></body></html>`;
  const metas = [{ name: 'Order', custom: 1, fields: [{ fieldname: 'customer', fieldtype: 'Link', label: 'Customer' }] }];
  const context = { flavour: 'frappe', siteUrl: 'https://erp.example.com', timeZone: 'Europe/Paris', user: { name: 'marie@example.com' } };
  await desk.page.route('**/own.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await desk.page.route('**/documents.json', (route) => route.fulfill({ json: { doc: { doctype: 'Order', name: 'SO-1', customer: 'Acme' }, metas, context } }));
  await desk.page.goto(`${DESK}/own.html`);
  const picker = desk.page.locator('deskbell-field-picker');
  await picker.locator('[part=open]').click();
  await picker.locator('[data-field=customer]').click();
  assert.equal(await desk.page.locator('#m').inputValue(), '{{ doc.customer }}');
  await desk.page.locator('#m').fill('');
  await desk.page.keyboard.type('{{ doc.cus');
  await eventually(async () => assert.equal(await desk.page.locator('deskbell-completion-list').getAttribute('data-open'), ''));
  await desk.page.keyboard.press('Enter');
  assert.equal(await desk.page.locator('#m').inputValue(), '{{ doc.customer');
}));
