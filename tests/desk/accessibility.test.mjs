// The panels in a desk for a person with a screen reader or low vision: axe-core finds nothing in them, in either theme, wide and narrow.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations } from '../axe.mjs';
import { eventually, onSite } from './browser.mjs';

const NEW = ['Form', 'Notification', 'New ticket'];
const BROKEN = 'doc.statuss == "Open" and true';
const OURS = '.deskbell-slot:not([hidden])';

describe('axe-core finds nothing', () => {
  for (const theme of ['light', 'dark']) {
    for (const width of [1280, 360]) {
      test(`in a notification: ${theme}, ${width} pixels`, onSite({ open: true, theme, viewport: { width, height: 900 } }, async (desk) => {
        await desk.go(...NEW);
        await desk.message('*New* {{ doc.name }}');
        assert.deepEqual(await violations(desk.page, OURS), []);
        const broken = '{{ doc.subjct }} {{ frappe.db.get_value("Customer", doc.customer, "territory") }}';
        await desk.type('message', broken);
        await desk.type('condition', BROKEN);
        await desk.message(broken);
        await eventually(async () => assert.equal(await desk.condition.evaluate((view) => view.report && view.text), BROKEN));
        assert.deepEqual(await violations(desk.page, OURS), []);
      }));
    }
  }
});

/** What has the keyboard: a panel's name and the part, or the editor. */
const focused = (desk) => desk.page.evaluate(() => {
  const active = document.activeElement;
  return active.matches('.ace_text-input') ? 'editor' : `${active.localName} ${active.shadowRoot?.activeElement?.localName ?? ''}`.trim();
});

test('Escape and then Tab lead out of an editor, which a person who only presses Tab is told, once', onSite({ open: true }, async (desk) => {
  await desk.go(...NEW);
  await desk.type('message', '*New* {{ doc.name }}');
  await desk.message('*New* {{ doc.name }}');
  const keys = desk.preview.locator('[part~=keys]');
  await desk.page.keyboard.press('Tab');
  assert.equal(await focused(desk), 'editor');
  assert.match(await desk.withForm((frm) => frm.fields_dict.message.editor.getValue()), /\s$/, 'Tab is the editor’s own');
  await eventually(async () => assert.match(await keys.innerText(), /Escape.*Tab/));
  await eventually(async () => assert.match(await desk.preview.locator('[part=live]').first().textContent(), /Escape.*Tab/));
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('Tab');
  assert.equal(await focused(desk), 'deskbell-message-preview button');
  // Where the browser itself leads, it may arrive after the key.
  await desk.page.keyboard.press('Shift+Tab');
  await eventually(async () => assert.equal(await focused(desk), 'editor'));
  const before = await desk.withForm((frm) => frm.fields_dict.message.editor.getValue());
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('Shift+Tab');
  await eventually(async () => assert.notEqual(await focused(desk), 'editor'));
  assert.equal(await desk.withForm((frm) => frm.fields_dict.message.editor.getValue()), before, 'nothing is indented on the way out');
  await desk.field('condition').locator('.ace_text-input').focus();
  await desk.page.keyboard.press('Tab');
  assert.equal(await desk.condition.locator('[part~=keys]').count(), 0, 'said once');
}));

for (const [what, forcedColors, theme] of [['high contrast', 'active', 'light'], ['high contrast, dark', 'active', 'dark']]) {
  test(`a panel keeps its frame, its buttons and its verdicts in ${what}`, onSite({ open: true, theme, context: { forcedColors, colorScheme: theme } }, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const shown = await desk.preview.evaluate((view) => {
      const style = (selector) => getComputedStyle(view.root.querySelector(selector));
      return { frame: style('.panel').borderTopStyle, button: style('button').borderTopStyle, chosen: style('.tabs [aria-pressed="true"]').backgroundColor, panel: style('.panel').backgroundColor };
    });
    assert.deepEqual([shown.frame, shown.button], ['solid', 'solid']);
    assert.notEqual(shown.chosen, shown.panel, 'which view is chosen can be seen');
  }));
}
