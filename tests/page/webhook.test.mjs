// The webhook's own form: the verdict under the URL, and fixes that one click applies.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demo, eventually, onDesk } from './browser.mjs';

/** By service: what is pasted, made from a working hook, and the verdict. */
const pasted = {
  'as it is': [(url) => url, 'valid'],
  'with white space around it': [(url) => `  ${url}\n`, null],
  'in angle brackets': [(url) => `<${url}>`, null],
  'as a Markdown link': [(url) => `[the hook](${url})`, null],
  'in a curl command': [(url) => `curl -X POST -H 'Content-type: application/json' --data '{"text":"Hello, World!"}' '${url}'`, null],
  'with its end cut off': [(url) => url.slice(0, -20), 'not valid'],
  'nothing but a word': [() => 'hello', 'invalid'],
};

describe('URLs as people paste them', async () => {
  const { chats } = await demo();
  for (const service of ['Google Chat', 'Mattermost', 'Rocket.Chat', 'Slack']) {
    for (const [how, [make, verdict]] of Object.entries(pasted)) {
      test(`${service}: ${how}`, onDesk(`/webhook/Support ${service}`, async (desk) => {
        const text = make(chats[service].hookUrl);
        await desk.set('webhook_url', text);
        const { report } = await desk.report(desk.url, text);
        if (verdict === 'valid') assert.equal(report.url, chats[service].hookUrl);
        // The self-hosted stand-ins live at http://127.0.0.1, which deserves a remark.
        if (verdict === 'valid') assert.ok(report.verdict === 'valid' || desk.chats[service].realOrigin === null, report.verdict);
        if (verdict === 'invalid') assert.equal(report.verdict, 'invalid');
        if (verdict === 'not valid') assert.notEqual(report.verdict, 'valid');
        if (verdict === null) assert.equal(report.url, chats[service].hookUrl, 'the cleaned URL');
        assert.ok(!report.masked.includes(chats[service].hookUrl.slice(-12)), report.masked);
      }));
    }
  }
});

test('the fixes leave the clean URL in the field', onDesk('/webhook/Support Slack', async (desk) => {
  const clean = desk.chats.Slack.hookUrl;
  await desk.set('webhook_url', ` <${clean}>.`);
  await eventually(async () => {
    const fix = desk.url.locator('[part~=fix]').first();
    if ((await desk.field('webhook_url').inputValue()) !== clean) await fix.click({ timeout: 1000 });
    assert.equal(await desk.field('webhook_url').inputValue(), clean);
  });
  await desk.expect(desk.url, 'data-verdict', 'valid');
  assert.equal(await desk.url.locator('[part~=fix]').count(), 0);
}));

test("another service's URL is recognised, and one click chooses that service", onDesk('/webhook/Support Slack', async (desk) => {
  const text = desk.chats['Google Chat'].hookUrl;
  await desk.set('webhook_url', text);
  await desk.expect(desk.url, 'data-looks-like', 'Google Chat');
  await desk.expect(desk.url, 'data-verdict', 'invalid');
  await desk.url.locator('[part~=choose-service]').click();
  await eventually(async () => assert.equal(await desk.field('service').inputValue(), 'Google Chat'));
  await desk.expect(desk.url, 'data-verdict', 'valid');
}));

test('the way to a URL is told for the chosen service', onDesk('/webhook/Support Slack', async (desk) => {
  for (const service of ['Mattermost', 'Rocket.Chat', 'Google Chat', 'Slack']) {
    await desk.set('service', service);
    await eventually(async () => assert.ok((await desk.url.locator('[part=steps] summary').innerText()).includes(service)));
    assert.ok((await desk.url.locator('[part=steps] li').count()) >= 2);
  }
}));
