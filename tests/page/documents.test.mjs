// The document that a notification is tried on, in the demo and on any page: the field that finds it, by keys, and a value that changes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';

const input = (desk) => desk.picker.locator('[part=input]');
const options = (desk) => desk.picker.locator('[part=option]').allInnerTexts();

describe('the field that finds a document', () => {
  test('says what it is, which list it has, and which option is marked', onDesk(NOTIFICATION, async (desk) => {
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    const field = desk.page.getByRole('combobox', { name: 'Try it on' });
    assert.equal(await field.getAttribute('aria-expanded'), 'false');
    await field.focus();
    await desk.page.keyboard.press('ArrowDown');
    assert.equal(await field.getAttribute('aria-expanded'), 'true');
    assert.ok(await desk.page.getByRole('listbox', { name: 'Try it on' }).isVisible());
    const marked = async () => desk.picker.evaluate(({ root }) => root.getElementById(root.querySelector('input').getAttribute('aria-activedescendant'))?.textContent);
    assert.match(await marked(), /CT-00092/);
    await desk.page.keyboard.press('ArrowUp');
    assert.match(await marked(), /CT-00094/);
    await desk.page.keyboard.press('ArrowDown');
    await desk.page.keyboard.press('ArrowDown');
    assert.match(await marked(), /CT-00093/);
    await desk.page.keyboard.press('Enter');
    await desk.expect(desk.picker, 'data-document', 'CT-00093');
    assert.equal(await field.getAttribute('aria-expanded'), 'false');
    assert.equal(await field.getAttribute('aria-activedescendant'), null);
  }));

  test('Escape gives back what was chosen, and so does leaving', onDesk(NOTIFICATION, async (desk) => {
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    const before = await input(desk).inputValue();
    await input(desk).fill('CT-0003');
    await eventually(async () => assert.ok((await options(desk)).length > 3));
    await input(desk).press('Escape');
    assert.equal(await input(desk).inputValue(), before);
    await input(desk).fill('nothing');
    await desk.field('message').focus();
    assert.equal(await input(desk).inputValue(), before);
    assert.equal(await desk.picker.locator('[part=list]').isVisible(), false);
    assert.equal(await desk.picker.getAttribute('data-document'), 'CT-00092');
  }));

  test('an older document than the offered ones is found and tried', onDesk(NOTIFICATION, async (desk) => {
    await desk.set('message', '{{ doc.name }}');
    await desk.pick('CT-00050');
    await desk.expect(desk.picker, 'data-document', 'CT-00050');
    await eventually(async () => assert.equal((await desk.report(desk.preview, '{{ doc.name }}')).report.text, 'CT-00050'));
  }));

  test('what is typed in it is no change of the form', onDesk(NOTIFICATION, async (desk) => {
    await desk.expect(desk.picker, 'data-document', 'CT-00092');
    await desk.page.evaluate(() => {
      globalThis.heard = [];
      for (const event of ['input', 'change', 'keydown']) document.addEventListener(event, ({ type }) => heard.push(type));
    });
    await input(desk).pressSequentially('CT');
    assert.deepEqual(await desk.page.evaluate(() => heard), []);
  }));
});

describe('the value that has to change', () => {
  test('nothing is sent until it does, and the message has the value after', onDesk(NOTIFICATION, async (desk) => {
    const change = desk.page.locator('deskbell-value-change').first();
    await desk.set('condition', '');
    await desk.set('message', '{{ doc.priority }}');
    await desk.set('event', 'Value Change');
    await desk.set('value_changed', 'priority');
    await desk.expect(change, 'data-change', 'same');
    await desk.expect(desk.condition, 'data-verdict', 'silent');
    const before = await change.locator('[part=after]').inputValue();
    await change.locator('[part=after]').selectOption('Low');
    assert.notEqual(before, 'Low');
    await desk.expect(change, 'data-change', 'changed');
    await eventually(async () => assert.equal((await desk.report(desk.preview, '{{ doc.priority }}')).report.text, 'Low'));
    await desk.pick('CT-00050');
    await eventually(async () => assert.equal(await change.getAttribute('data-change'), 'same', 'another document keeps its own value'));
    await desk.set('event', 'Save');
    await desk.expect(change, 'data-change', null);
  }));

  test('the life of the document is said in one or two parts', onDesk(NOTIFICATION, async (desk) => {
    const states = async (event) => {
      await desk.set('event', event);
      return desk.picker.locator('[part=states]');
    };
    const says = async (event, words) => {
      const place = await states(event);
      await eventually(async () => assert.equal(await place.innerText(), words));
    };
    await says('New', 'Condition: values as inserted · Message: values from the database');
    await says('Save', 'Condition: values as the form posts them · Message: values from the database');
    await says('Value Change', 'Condition and message: values as the form posts them');
    await says('Days Before', 'Condition and message: values from the database');
  }));
});

test('a page may hand over a document that is open, with what the database holds of it', onDesk(NOTIFICATION, async (desk) => {
  await desk.page.evaluate(async () => {
    const { doc, metas } = globalThis.desk.documents[0];
    await import('/plugin/page.js');
    const element = document.createElement('deskbell-notification');
    element.setAttribute('message', '{{ doc.get_doc_before_save().status }} {{ doc.status }}');
    element.setAttribute('event', 'Value Change');
    element.setAttribute('value-changed', 'status');
    element.context = { flavour: 'dodock', siteUrl: 'https://erp.example.com', timeZone: 'UTC', user: { name: 'marie@example.com' }, lang: 'en' };
    element.documents = [{ doc: { ...doc, status: 'Closed', __unsaved: 1 }, before: doc, metas, comments: null }, { doc, metas, comments: null }];
    document.body.append(element);
  });
  const page = desk.page.locator('deskbell-notification');
  await desk.expect(page.locator('deskbell-value-change'), 'data-change', 'changed');
  await eventually(async () => assert.equal(await page.locator('deskbell-message-preview').evaluate(({ report }) => report?.text), 'Open Closed'));
  const field = page.locator('deskbell-document-picker [part=input]');
  await field.fill('ct-00092');
  await eventually(async () => assert.equal(await page.locator('deskbell-document-picker [part=option]').count(), 2));
  await page.locator('deskbell-document-picker [part=option]').last().click();
  await desk.expect(page.locator('deskbell-value-change'), 'data-change', 'same');
}));
