// A thousand tests through chats that fail, from Node and from a browser: no message arrives twice, and none is called
// delivered that was not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { launch } from '../browsers.mjs';
import { plugin } from '../wasm/plugin.mjs';
import { NAMES, SERVICES, hook, start } from './server.mjs';

/** Of each fault at each service. */
const TIMES = 4;
const TIMEOUT_MS = 500;
const TOGETHER = 24;

/** What the page cannot read anyway is sent without asking to read it. */
const OPAQUE = ['Matrix (Hookshot)', 'Mattermost'];

let chat;
before(async () => { chat = await start(); });
after(() => chat.close());

/** Every fault of every service, several times: what is sent, with a number that the message carries. */
function errands(from) {
  const errands = [];
  for (let time = 0; time < TIMES; time += 1) {
    for (const fault of NAMES) for (const service of SERVICES) errands.push({ number: from + errands.length, service, fault, url: hook(chat.origin, service, fault) });
  }
  return errands;
}

/** Runs in Node and in the page: plans and sends every errand, a few at a time. */
async function sendAll({ planTest, sendTest }, errands, timeoutMs, together) {
  const waiting = [...errands];
  const reports = [];
  const work = async () => {
    for (let errand = waiting.shift(); errand; errand = waiting.shift()) {
      const { number, service, url } = errand;
      const plan = planTest(service, url, { text: `number ${number}` }, { pageOrigin: globalThis.location?.origin, lang: 'en' });
      const report = await sendTest(plan, { service, timeoutMs, lang: 'en' });
      reports.push({ ...errand, report });
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return reports;
}

/** A page of its own origin with the plugin in `plugin`. */
async function inBrowser(body) {
  const files = { '/': ['text/html', '<!doctype html><title>A page</title>'] };
  for (const [name, type] of [['deskbell.js', 'text/javascript'], ['deskbell_bg.wasm', 'application/wasm']]) files[`/${name}`] = [type, readFileSync(new URL(`../../pkg/${name}`, import.meta.url))];
  const site = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ['text/plain', ''];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise((ready) => site.listen(0, '127.0.0.1', () => ready(undefined)));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (site.address()).port}/`);
    await page.evaluate("(async () => { globalThis.plugin = await import('/deskbell.js'); await plugin.default(); })()");
    await body(page);
  } finally {
    await browser.close();
    site.closeAllConnections();
    site.close();
  }
}

/** What must hold of every send, whatever the chat did; says how they ended. */
function judge(sent) {
  const wrong = [];
  const ends = {};
  for (const { number, service, fault, report } of sent) {
    const [posted, asked] = [chat.posted.get(number) ?? 0, chat.asked.get(number) ?? 0];
    const say = (what) => wrong.push(`${service} ${fault}: ${what} (${report.outcome} ${report.code}, posted ${posted}, asked ${asked})`);
    ends[report.outcome] = (ends[report.outcome] ?? 0) + 1;
    if (posted > 1) say('was posted twice');
    // Without a readable answer the standard lets a request only follow a redirect: the first address has posted nothing then.
    if (asked > (fault === 'leads to a hook that works' && OPAQUE.includes(service) ? 2 : 1)) say('came twice');
    if (report.outcome === 'delivered' && posted !== 1) say('called delivered, and was not');
    if (report.outcome === 'refused' && posted !== 0) say('called refused, and was posted');
    if (fault === 'works' && posted !== 1) say('did not arrive');
    if (posted > 0 && !/channel|posted|Nothing was posted/i.test(report.message)) say(`does not say where to look: ${report.message}`);
    if (JSON.stringify(report).includes('FAKEfake')) say('shows the secret');
  }
  assert.deepEqual([...new Set(wrong)], []);
  return ends;
}

describe('a thousand tests through chats that fail', () => {
  test('from Node', async () => {
    const sent = await sendAll(plugin, errands(1), TIMEOUT_MS, TOGETHER);
    const ends = judge(sent);
    assert.equal(sent.length, NAMES.length * SERVICES.length * TIMES);
    assert.ok(ends.delivered > 0 && ends.refused > 0 && ends.unconfirmed > 0 && ends.failed > 0, JSON.stringify(ends));
  });

  test('from a browser, whose own rules hide answers and refuse requests', async () => {
    await inBrowser(async (page) => {
      const sent = await page.evaluate(`(${sendAll.toString()})(plugin, ${JSON.stringify(errands(1_000_000))}, ${TIMEOUT_MS}, ${TOGETHER})`);
      const ends = judge(sent);
      assert.equal(sent.length, NAMES.length * SERVICES.length * TIMES);
      assert.ok(ends.delivered > 0 && ends.refused > 0 && ends.unconfirmed > 0, JSON.stringify(ends));
    });
  });
});

test('on connections that are kept and break, the page itself sends once, and says no more than it knows', async () => {
  const kept = await start({ reuse: true });
  try {
    await inBrowser(async (page) => {
      const errands = Array.from({ length: 60 }, (_, index) => {
        const service = SERVICES[index % SERVICES.length];
        return { number: 7_000_000 + index, service, url: hook(kept.origin, service, index % 2 ? 'hangs up after it posted' : 'works') };
      });
      const { sent, calls } = await page.evaluate(`(async () => {
        const calls = {};
        const fetch = globalThis.fetch;
        globalThis.fetch = (url, init) => { if (init.method === 'POST') calls[/number(?:\\+|%20| )(\\d+)/.exec(init.body)[1]] = (calls[/number(?:\\+|%20| )(\\d+)/.exec(init.body)[1]] ?? 0) + 1; return fetch(url, init); };
        return { sent: await (${sendAll.toString()})(plugin, ${JSON.stringify(errands)}, ${TIMEOUT_MS}, 4), calls };
      })()`);
      assert.deepEqual([...new Set(Object.values(calls))], [1]);
      assert.equal(Object.keys(calls).length, errands.length);
      for (const { number, url, report } of sent) {
        if (report.outcome === 'delivered') assert.equal(kept.posted.get(number), 1, report.message);
        if (!url.includes(`/${NAMES.indexOf('works')}/`)) assert.notEqual(report.outcome, 'delivered');
      }
    });
  } finally {
    await kept.close();
  }
});

test('the same plan twice at once is one send, and both are told its end', async () => {
  for (const fault of ['works', 'posts, and answers too late', 'is broken']) {
    const number = 5_000_000 + NAMES.indexOf(fault);
    const plan = plugin.planTest('Slack', hook(chat.origin, 'Slack', fault), { text: `number ${number}` }, { lang: 'en' });
    const options = { service: 'Slack', timeoutMs: 5000 };
    const both = await Promise.all([plugin.sendTest(plan, options), plugin.sendTest(plan, options), plugin.sendTest(plan, options)]);
    assert.equal(chat.asked.get(number), 1, fault);
    assert.equal(new Set(both.map(({ outcome }) => outcome)).size, 1);
    // When it has ended, the same plan is a new wish.
    await plugin.sendTest(plan, options);
    assert.equal(chat.asked.get(number), 2, fault);
  }
});

test('a test that was stopped before it left sends nothing, and one that is stopped on its way is unconfirmed', async () => {
  const plan = (number) => plugin.planTest('Slack', hook(chat.origin, 'Slack', 'posts, and never answers'), { text: `number ${number}` }, { lang: 'en' });
  const stopped = await plugin.sendTest(plan(6_000_001), { service: 'Slack', signal: AbortSignal.abort() });
  assert.deepEqual([stopped.outcome, stopped.code, chat.asked.get(6_000_001)], ['failed', 'delivery/not-sent', undefined]);
  const late = await plugin.sendTest(plan(6_000_002), { service: 'Slack', signal: AbortSignal.timeout(200) });
  assert.deepEqual([late.outcome, late.code, chat.asked.get(6_000_002)], ['unconfirmed', 'delivery/aborted', 1]);
});
