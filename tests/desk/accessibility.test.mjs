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
