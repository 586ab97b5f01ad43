// The other ways beside the test button: a check without posting, and the host's own test.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onDesk, posts } from './browser.mjs';

/** The demo has no server: one is put into its place. */
async function withServer(desk) {
  await desk.page.evaluate(async () => {
    const { DemoHost } = await import('/plugin/hosts/demo.js');
    globalThis.sentByServer = [];
    DemoHost.prototype.serverTest = (document) => ({
      differences: [{ words: 'server-saved' }, { words: 'server-changes', values: { document, field: 'status', value: 'Closed' } }],
      send: async (message) => { globalThis.sentByServer.push(message); return { outcome: 'unconfirmed', words: 'server-handed', detail: null }; },
    });
  });
  return desk.page.locator('deskbell-other-ways');
}

describe('in the page', () => {
  test('it is offered when the browser could not tell, and pressed twice: first what it changes, then the call', onDesk('/notification/New ticket', async (desk) => {
    const ways = await withServer(desk);
    await desk.useHook('Support Mattermost');
    const text = 'by the server {{ doc.name }}';
    await desk.set('message', text);
    await desk.report(desk.preview, text);
    assert.equal(await ways.locator('[part=server]').count(), 0);
    await desk.send();
    await ways.locator('[part=server]').click();
    const said = await ways.locator('[part=confirm]').innerText();
    assert.ok(said.includes('CT-00092') && said.includes('Closed') && said.includes('last saved'), said);
    assert.deepEqual(await desk.page.evaluate(() => globalThis.sentByServer), []);
    await ways.locator('[part=server-cancel]').click();
    await ways.locator('[part=server]').click();
    await ways.locator('[part=server-send]').click();
    await desk.expect(ways, 'data-server', 'unconfirmed');
    assert.deepEqual(await desk.page.evaluate(() => globalThis.sentByServer), ['🔔 Notification test\nby the server CT-00092']);
  }));

  test('a webhook is checked without posting', onDesk('/notification/New ticket', async (desk) => {
    const ways = desk.page.locator('deskbell-other-ways');
    await desk.useHook('Support Slack');
    const before = (await posts(desk.chats.Slack)).length;
    await ways.locator('[part=probe]').click();
    await desk.expect(ways, 'data-probe', 'alive');
    await desk.useHook('Support Slack', desk.chats.Slack.hooks.revoked);
    await eventually(async () => {
      await ways.locator('[part=probe]').click({ timeout: 1000 });
      await desk.expect(ways, 'data-probe', 'refused', 1000);
    });
    assert.equal((await posts(desk.chats.Slack)).length, before);
    await desk.useHook('Support Mattermost');
    await eventually(async () => assert.equal(await ways.locator('[part=probe]').count(), 0));
  }));
});
