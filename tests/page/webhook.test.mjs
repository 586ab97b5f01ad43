// The webhook's own form, for every chat: the verdict under the URL, what is wrong with it, a fix that one click applies, and the way to a URL.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demo, eventually, onDesk } from './browser.mjs';

const curl = (url) => `curl -X POST -H 'Content-type: application/json' --data '{"text":"Hello, World!"}' '${url}'`;
/** What is pasted, made from a working hook: the same URL is in it. */
const PASTED = {
  'with white space around it': (url) => `  ${url}\n`,
  'in angle brackets': (url) => `<${url}>`,
  'as a Markdown link': (url) => `[the hook](${url})`,
  'in a curl command': curl,
};

/** By service: a page that people copy instead (services.md 1A to 9A), and words of the way to a URL, as the service itself calls things, in English and in French. */
const SERVICES = {
  Discord: {
    page: 'https://discord.com/channels/100000000000000000/100000000000000001',
    steps: { en: ['Integrations', 'Copy Webhook URL'], fr: ['Intégrations', 'Copier l’URL du webhook'] },
  },
  'Google Chat': {
    page: 'https://chat.google.com/room/AAAAfakeFAK',
    steps: { en: ['Apps & integrations', 'Add webhooks'], fr: ['Applications et intégrations', 'Ajouter des webhooks'] },
  },
  'Matrix (Hookshot)': {
    page: 'https://app.element.io/#/room/!fake:example.com',
    steps: { en: ['!hookshot webhook'], fr: ['!hookshot webhook'] },
  },
  Mattermost: {
    page: 'https://chat.example.com/sales/channels/town-square',
    steps: { en: ['Incoming Webhooks', 'Add Incoming Webhook'], fr: ['Webhooks entrants', 'Ajouter un webhook entrant'] },
  },
  Ntfy: {
    page: 'https://ntfy.sh/docs',
    steps: { en: ['topic', 'ntfy.sh'], fr: ['sujet', 'ntfy.sh'] },
  },
  Raven: {
    page: 'https://erp.example.com/app/raven-incoming-webhook/fake',
    steps: { en: ['/app/raven-incoming-webhook'], fr: ['/app/raven-incoming-webhook'] },
  },
  'Rocket.Chat': {
    page: 'https://chat.example.com/channel/general',
    steps: { en: ['Integrations', 'Incoming'], fr: ['Intégrations', 'Entrant'] },
  },
  Slack: {
    page: 'https://app.slack.com/client/T00000000/C00000000',
    steps: { en: ['api.slack.com/apps', 'Incoming Webhooks'], fr: ['api.slack.com/apps', 'Incoming Webhooks'] },
  },
  Teams: {
    page: 'https://teams.microsoft.com/l/channel/19%3afake%40thread.tacv2/General',
    steps: { en: ['Workflows', 'sig'], fr: ['Workflows', 'sig'] },
  },
};

test('the services are those of the desk', async () => {
  const { chats } = await demo();
  assert.deepEqual([...new Set(Object.values(chats).map(({ service }) => service))].sort(), Object.keys(SERVICES).sort());
});

for (const [service, { page, steps }] of Object.entries(SERVICES)) {
  describe(service, () => {
    test('a working URL is right, and found in whatever was pasted', onDesk(`/webhook/Support ${service}`, async (desk) => {
      const hook = desk.chats[service].hookUrl;
      await desk.set('webhook_url', hook);
      // A server of one's own may stand anywhere: in the demo it stands where a remark is due.
      const { report } = await desk.report(desk.url, hook);
      assert.equal(report.url, hook);
      assert.notEqual(report.verdict, 'invalid');
      await desk.expect(desk.url, 'data-verdict', report.verdict);
      for (const [how, make] of Object.entries(PASTED)) {
        const text = make(hook);
        await desk.set('webhook_url', text);
        const pasted = (await desk.report(desk.url, text)).report;
        assert.equal(pasted.url, hook, how);
        assert.ok(!pasted.masked.includes(hook.slice(-12)), pasted.masked);
      }
    }));

    test('one click leaves the clean URL in the field', onDesk(`/webhook/Support ${service}`, async (desk) => {
      const clean = desk.chats[service].hookUrl;
      await desk.set('webhook_url', ` <${clean}>.`);
      await desk.report(desk.url, ` <${clean}>.`);
      await desk.url.locator('[part~=fix]').first().click();
      await eventually(async () => assert.equal(await desk.field('webhook_url').inputValue(), clean));
      await desk.report(desk.url, clean);
      assert.equal(await desk.url.locator('[part~=fix]').count(), 0);
    }));

    test('a page of it is no webhook: the verdict, and what to do', onDesk(`/webhook/Support ${service}`, async (desk) => {
      await desk.set('webhook_url', page);
      const { report } = await desk.report(desk.url, page);
      await desk.expect(desk.url, 'data-verdict', 'invalid');
      const found = report.findings.find(({ code }) => ['url/channel-page', 'url/settings-page'].includes(code));
      assert.ok(found, JSON.stringify(report.findings));
      assert.ok(found.message.includes(service), found.message);
      const told = await desk.url.locator('[part~=finding]').allInnerTexts();
      assert.ok(told.some((text) => text.includes(found.message)), `${found.message} is not in ${told}`);
      await desk.set('webhook_url', 'hello');
      await desk.report(desk.url, 'hello');
      await desk.expect(desk.url, 'data-verdict', 'invalid');
    }));

    // Any name is a topic of ntfy's.
    if (service !== 'Ntfy') {
      test('a URL that was cut off is not called right', onDesk(`/webhook/Support ${service}`, async (desk) => {
        const text = desk.chats[service].hookUrl.slice(0, -20);
        await desk.set('webhook_url', text);
        assert.notEqual((await desk.report(desk.url, text)).report.verdict, 'valid');
      }));
    }

    for (const lang of ['en', 'fr']) {
      test(`the way to a URL is told in ${lang}, and is there when the field is empty`, onDesk(`/webhook/Support ${service}`, async (desk) => {
        const told = desk.url.locator('[part=steps]');
        await eventually(async () => assert.ok((await told.locator('summary').innerText()).includes(service)));
        await desk.set('webhook_url', '');
        await desk.expect(desk.url, 'data-verdict', 'empty');
        await told.locator('li').first().waitFor({ state: 'visible' });
        assert.ok((await told.locator('li').count()) >= 3);
        const words = await told.innerText();
        for (const word of steps[lang]) assert.ok(words.includes(word), `${word} is not in: ${words}`);
        assert.match(await told.locator('[part=needs]').innerText(), lang === 'en' ? /^What you need:\s+\S/ : /^Ce qu’il faut\s?:\s+\S/);
        assert.match(words, lang === 'en' ? /\b(paste|Paste)\b/ : /\b[Cc]ollez\b/);
      }, { lang }));
    }
  });
}

test("another service's URL is recognised, and one click chooses that service", onDesk('/webhook/Support Slack', async (desk) => {
  for (const service of Object.keys(SERVICES).filter((name) => name !== 'Slack')) {
    await desk.set('service', 'Slack');
    await desk.set('webhook_url', desk.chats[service].hookUrl);
    await desk.expect(desk.url, 'data-looks-like', service);
    await desk.expect(desk.url, 'data-verdict', 'invalid');
    await desk.url.locator('[part~=choose-service]').click();
    await eventually(async () => assert.equal(await desk.field('service').inputValue(), service));
    await eventually(async () => assert.notEqual(await desk.url.getAttribute('data-verdict'), 'invalid'));
  }
}));
