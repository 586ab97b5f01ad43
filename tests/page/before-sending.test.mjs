// What a person is told before a test is sent, what the chat then gets, and that the document stays as it was.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { later, onDesk, posts } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
const MARKS = { en: '🔔 Notification test', fr: '🔔 Test de notification' };

describe("the condition's verdict is said before anything is sent", () => {
  for (const [source, verdict, words] of [
    ['doc.status == "Open"', 'fires', /would fire/],
    ['doc.status == "Closed"', 'silent', /would not fire.*sent all the same/],
    ['', 'empty', /no condition/],
    ['1/0', 'error', /fails.*sent all the same/],
    // AttributeError without server scripts, TypeError with them: which one is the site's affair, that it fails is not.
    ['doc.nope > 40000', 'error', /fails.*sent all the same/],
    ['doc.nope == "Open"', 'unsure', /not known/],
  ]) {
    test(source || 'no condition', onDesk(NOTIFICATION, async (desk) => {
      const before = (await posts(desk.chats.Slack)).length;
      await desk.set('condition', source);
      await desk.report(desk.condition, source);
      await desk.expect(desk.test, 'data-condition', verdict);
      assert.match(await desk.test.locator('[part=condition]').innerText(), words);
      assert.equal((await posts(desk.chats.Slack)).length, before, 'nothing was sent by looking');
      // A test is about the webhook: it goes whatever the condition says.
      assert.equal((await desk.send()).outcome, 'delivered');
      assert.equal((await posts(desk.chats.Slack)).length, before + 1);
    }));
  }

  test('a condition that fails either way is told as one that fails, with both errors', onDesk(NOTIFICATION, async (desk) => {
    const source = 'doc.nope > 40000';
    await desk.set('condition', source);
    const { report } = await desk.report(desk.condition, source);
    assert.equal(report.status, 'server');
    await desk.expect(desk.condition, 'data-verdict', 'error');
    const said = (await Promise.all(['verdict', 'verdicts', 'finding'].map((part) => desk.condition.locator(`[part~=${part}]`).allInnerTexts()))).flat().join('\n');
    assert.match(said, /The condition fails on CT-00092/);
    assert.ok(said.includes('AttributeError') && said.includes('TypeError'), said);
    assert.doesNotMatch(said, /Only the server knows for CT-00092/);
    assert.equal(await desk.condition.locator('[part=verdict-later]').getAttribute('data-tone'), 'bad');
  }));
});

describe('what arrives says that it is a test', () => {
  for (const [lang, mark] of Object.entries(MARKS)) {
    test(lang, onDesk(lang === 'fr' ? '/notification/Nouveau ticket' : NOTIFICATION, async (desk) => {
      for (const chat of ['Discord', 'Google Chat', 'Matrix (Hookshot)', 'Mattermost', 'Ntfy', 'Raven', 'Rocket.Chat', 'Slack', 'Teams']) {
        await desk.useHook(`Support ${chat}`, undefined, lang === 'fr' ? 'Nouveau ticket' : 'New ticket');
        const text = `marked in ${lang} for {{ doc.name }}`;
        await desk.set('message', text);
        await desk.report(desk.preview, text);
        await later(desk.chats[chat]);
        const before = (await posts(desk.chats[chat])).length;
        await desk.send();
        const [post, ...more] = (await posts(desk.chats[chat])).slice(before);
        assert.ok(post.text.startsWith(`${mark}\nmarked in ${lang} for CT-00092`), `${chat}: ${post.text}`);
        assert.deepEqual(more, [], chat);
      }
    }, { lang }));
  }
});

test('nothing on the document changes, and nothing is asked of the ERP', onDesk(NOTIFICATION, async (desk) => {
  // What the host's own test would apply.
  await desk.page.evaluate(() => Object.assign(globalThis.desk.form.record, { set_property_after_alert: 'status', property_value: 'Closed' }));
  const state = () => desk.page.evaluate(() => JSON.stringify({ documents: globalThis.desk.documents, earlier: globalThis.desk.earlier, linked: globalThis.desk.linked, notifications: globalThis.desk.notifications, webhooks: globalThis.desk.webhooks }));
  const text = 'looking only {{ doc.status }}';
  await desk.set('message', text);
  await desk.report(desk.preview, text);
  await later(desk.chats.Slack);
  const before = await state();
  const asked = [];
  desk.page.context().on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).origin}`));
  assert.equal((await desk.send()).outcome, 'delivered');
  assert.equal(await state(), before);
  assert.ok(before.includes('"set_property_after_alert":"status"') && before.includes('"status":"Open"'));
  assert.deepEqual(asked.filter((request) => !request.startsWith('GET ')), [`POST ${desk.chats.Slack.origin}`]);
  assert.equal((await posts(desk.chats.Slack)).at(-1).text, `${MARKS.en}\nlooking only Open`);
}));
