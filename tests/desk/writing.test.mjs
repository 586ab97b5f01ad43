// Help while a text is written, in the real Ace: fields behind a button, names behind a dot, and keys that stay the editor's.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onSite } from './browser.mjs';

const OPEN = { open: true };
const NEW = ['Form', 'Notification', 'New ticket'];
const LATE = ['Form', 'Notification', 'Overdue invoice'];

/** The help of a field: its button, its list of fields, its list of names. */
const help = (desk, name) => {
  const control = desk.field(name);
  return { picker: control.locator('deskbell-field-picker'), list: control.locator('deskbell-completion-list') };
};
const text = (desk, name) => desk.withForm((frm, field) => frm.fields_dict[field].editor.getValue(), name);

/** Types as a person does, at the end of an emptied editor. */
async function typed(desk, name, keys) {
  await desk.type(name, '');
  await desk.page.keyboard.press('Delete');
  await desk.page.keyboard.type(keys);
}

describe('a field is inserted', () => {
  test('by keyboard: Ctrl+Space, a search, Enter; it can be undone', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { picker } = help(desk, 'message');
    await desk.type('message', 'for ');
    await desk.page.keyboard.press('Control+Space');
    await eventually(async () => assert.ok(await picker.locator('[role=option]').count()));
    assert.ok(await picker.locator('[part=search]').evaluate((input) => input.matches(':focus')));
    await desk.page.keyboard.type('Customer');
    await eventually(async () => assert.equal(await picker.locator('[role=option]').first().getAttribute('data-field'), 'customer'));
    await desk.page.keyboard.press('Enter');
    assert.equal(await text(desk, 'message'), 'for {{ doc.customer }}');
    await desk.message('for {{ doc.customer }}');
    // The cursor stands behind it, in the editor.
    await desk.page.keyboard.type('!');
    assert.equal(await text(desk, 'message'), 'for {{ doc.customer }}!');
    await eventually(async () => assert.equal(await desk.withForm((frm) => frm.doc.message), 'for {{ doc.customer }}!'));
    for (const _ of [1, 2]) await desk.page.keyboard.press('Control+Z');
    assert.equal(await text(desk, 'message'), 'for ');
  }));

  test('Escape gives the place back, and the selection with it', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { picker } = help(desk, 'message');
    await desk.type('message', 'one two');
    await desk.withForm((frm) => frm.fields_dict.message.editor.selection.setRange({ start: { row: 0, column: 0 }, end: { row: 0, column: 3 } }));
    await picker.locator('[part=open]').click();
    await desk.expect(picker, 'data-open', '');
    await desk.page.keyboard.press('Escape');
    await desk.expect(picker, 'data-open', null);
    await desk.page.keyboard.type('1');
    assert.equal(await text(desk, 'message'), '1 two');
  }));

  test('a table opens to its columns, which come with a loop; inside of it with the name of the row', onSite(OPEN, async (desk) => {
    await desk.go(...LATE);
    await desk.message('{{ doc.name }} is late');
    const { picker } = help(desk, 'message');
    await desk.type('message', '');
    await desk.page.keyboard.press('Delete');
    await picker.locator('[part=open]').click();
    await eventually(async () => assert.ok(await picker.locator('[data-field=items]').count()));
    assert.equal(await picker.locator('[data-field="items.qty"]').count(), 0);
    await picker.locator('[data-field=items] .turn').click();
    await picker.locator('[data-field="items.item_code"], [data-field="items.item_name"]').first().waitFor();
    await picker.locator('[data-field=items]').click();
    assert.equal(await text(desk, 'message'), '{% for row in doc.items %}\n{% endfor %}');
    await desk.page.keyboard.press('Control+Space');
    // The list of before is still in the page, closed.
    await desk.expect(picker, 'data-open', '');
    await eventually(async () => assert.ok(await picker.locator('[role=option]').count()));
    await desk.page.keyboard.type('items.qty');
    await desk.page.keyboard.press('Enter');
    assert.match(await text(desk, 'message'), /^\{% for row in doc\.items %\}\{\{ row\.(qty|get_formatted\("qty", doc\)) \}\}\n\{% endfor %\}$/);
    assert.equal((await desk.message(await text(desk, 'message'))).status, 'exact');
  }));

  test('into a condition as an expression, with the value as Python shows it', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { picker } = help(desk, 'condition');
    await desk.type('condition', '');
    await desk.page.keyboard.press('Delete');
    await picker.locator('[part=open]').click();
    await eventually(async () => assert.equal(await picker.locator('[data-field=status] [part=value]').innerText(), "'Closed'"));
    await picker.locator('[data-field=status]').click();
    assert.equal(await text(desk, 'condition'), 'doc.status');
  }));

  test('not where nothing can be typed', onSite({ ...OPEN, readOnly: true }, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    assert.equal(await desk.page.locator('deskbell-field-picker:visible').count(), 0);
  }));

  test('its button takes no room: the field stands where it stood', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const [over, box] = await desk.field('message').evaluate((control) => [control.querySelector('deskbell-field-picker').offsetHeight, control.querySelector('deskbell-completion-list').offsetHeight]);
    assert.deepEqual([over, box], [0, 0]);
  }));
});

describe('a name that was begun', () => {
  test('opens behind a dot, narrows with each key, and is completed by Enter', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { list } = help(desk, 'message');
    await typed(desk, 'message', 'x {{ doc.');
    await desk.expect(list, 'data-open', '');
    await desk.page.keyboard.type('cust');
    await eventually(async () => assert.equal(await list.evaluate((one) => one.suggestions[0]?.name), 'customer'));
    await desk.page.keyboard.press('Enter');
    assert.match(await text(desk, 'message'), /^x \{\{ doc\.customer(?:\}\})?$/);
    await desk.expect(list, 'data-open', null);
  }));

  test('stands at the cursor', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { list } = help(desk, 'condition');
    await typed(desk, 'condition', 'doc.');
    await desk.expect(list, 'data-open', '');
    const [popup, cursor] = await desk.field('condition').evaluate((control) => [control.querySelector('deskbell-completion-list').shadowRoot.querySelector('[part=list]').getBoundingClientRect().toJSON(), control.querySelector('.ace_cursor').getBoundingClientRect().toJSON()]);
    assert.ok(Math.abs(popup.left - cursor.left) < 12 && popup.top >= cursor.bottom - 2 && popup.top < cursor.bottom + 12, JSON.stringify([popup, cursor]));
  }));

  test('arrows choose, Escape closes, and then the keys are the editor’s again', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { list } = help(desk, 'condition');
    await typed(desk, 'condition', 'doc.');
    await desk.expect(list, 'data-open', '');
    await desk.page.keyboard.press('ArrowDown');
    assert.equal(await list.evaluate((one) => one.chosen), 1);
    await desk.page.keyboard.press('Escape');
    await desk.expect(list, 'data-open', null);
    await desk.page.keyboard.press('Enter');
    assert.equal(await text(desk, 'condition'), 'doc.\n');
  }));

  test('Enter and Tab are the editor’s while nothing is open', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await typed(desk, 'message', 'doc.');
    await desk.page.waitForTimeout(300);
    await desk.expect(help(desk, 'message').list, 'data-open', null);
    await desk.page.keyboard.press('Enter');
    await desk.page.keyboard.press('Tab');
    assert.match(await text(desk, 'message'), /^doc\.\n\s+$/);
  }));

  test('a method leaves the cursor where its field goes', onSite(OPEN, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const { list } = help(desk, 'message');
    await typed(desk, 'message', '{{ doc.get_form');
    await desk.expect(list, 'data-open', '');
    await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.insertText('due_date');
    assert.match(await text(desk, 'message'), /^\{\{ doc\.get_formatted\("due_date"\)/);
  }));
});
