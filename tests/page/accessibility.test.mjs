// What a screen reader and a person with low vision meet: axe-core on every state of the page, in both themes, wide and narrow.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations } from '../axe.mjs';
import { eventually, later, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
const SETTINGS = ['light', 'dark'].flatMap((theme) => [1280, 360].map((width) => ({ theme, viewport: { width, height: 900 } })));
/** Errors, remarks with fixes, a gap and every kind of part in one text each. */
const CONDITION = 'doc.status = "Open"';
const MESSAGE = '**{{ doc.subjct }}** {{ doc.customer_name or doc.customer }} {{ frappe.db.get_value("Customer", doc.customer, "territory") }} <b>x</b> {{ doc.resolution }}';

const clean = async (desk, what) => assert.deepEqual(await violations(desk.page), [], what);

for (const settings of SETTINGS) {
  describe(`${settings.theme}, ${settings.viewport.width} pixels`, () => {
    test('a notification in every view, with remarks, errors and gaps, after a replay and after a test', onDesk(NOTIFICATION, async (desk) => {
      await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
      for (const view of ['chat', 'text', 'request', 'compare']) {
        const tab = desk.preview.locator(`[data-view="${view}"]`);
        await tab.click();
        if (view === 'compare') for (const chat of await desk.preview.locator('[part=choose-chats] button').all()) if ((await chat.getAttribute('aria-pressed')) === 'false') await chat.click();
        await clean(desk, `view ${view}`);
      }
      await desk.preview.locator('[data-view="chat"]').click();
      await desk.page.locator('deskbell-replay [part=start]').click();
      await desk.expect(desk.page.locator('deskbell-replay'), 'data-phase', 'done');
      for (const summary of await desk.page.locator('deskbell-replay summary').all()) await summary.click();
      await desk.useHook('Support Discord');
      await later(desk.chats.Discord);
      await desk.send();
      await clean(desk, 'after a replay and a test');
      await desk.set('condition', CONDITION);
      await desk.set('message', MESSAGE);
      await desk.report(desk.condition, CONDITION);
      await desk.report(desk.preview, MESSAGE);
      await clean(desk, 'remarks and errors');
      await desk.set('condition', '');
      await desk.set('message', '{{ doc.');
      await desk.report(desk.preview, '{{ doc.');
      await clean(desk, 'a syntax error and no condition');
    }, settings));

    test('a webhook that is empty, right, wrong, and pasted with more around it', onDesk('/webhook/Support Slack', async (desk) => {
      for (const url of ['', desk.chats.Slack.hooks.ok ?? Object.values(desk.chats.Slack.hooks)[0], 'https://discord.com/channels/1/2', '  <https://hooks.slack.com/services/T0/B0/fake> ']) {
        await desk.set('webhook_url', url);
        await desk.report(desk.url, url);
        await clean(desk, url.slice(0, 20));
      }
    }, settings));
  });
}
