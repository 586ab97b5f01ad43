// 5,000 hostile messages, drawn for every chat in a real browser: nothing runs, nothing loads, nothing leads anywhere.
// DESKBELL_SEED chooses others.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { onDesk } from './browser.mjs';
import { plugin } from '../wasm/plugin.mjs';

const MESSAGES = 5000;
const BATCH = 500;
const PIECES = [
  '*', '**', '_', '__', '~', '~~', '||', '`', '```', '\n', '\n\n', ' ', '> ', '>>> ', '# ', '- ', '1. ', '|', '|---|\n', '[', '](', ')', '<', '>', '|x>', '!', '![', '\\', '&', ':', '@', 'a', 'é', '\u202e', '\u0000', '\u200b',
  '<script>document.title="run"</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<a href="javascript:alert(1)">', '<iframe src="//evil.example">', '<style>*{color:red}</style>', '<base href="//evil.example">',
  'javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', '[x](javascript:alert(1))', '<javascript:alert(1)|x>', '![x](https://evil.example/x.png)', '![](//evil.example/x)', '[x](https://evil.example" onmouseover="alert(1))',
  '<https://evil.example/?q="><b>|x>', "'", '"', '" onclick="alert(1)', '&lt;script&gt;', '&#60;img src=x&#62;', '&amp;', '&quot;', '--></p>', '</code></pre>', '<!--', ']]>', 'https://evil.example/a', ':tada:', ':"><img src=x>:',
  '<@U1|"><script>>', '<!date^1^{date}^https://evil.example|x>', '<#C1|<b>>', '@here', '#general', '<t:1:R>', '\ufdd0', '\ufdd1', '<users/all>', '%0a', '=', ';', 'style="x"',
];
const ELEMENTS = 'blockquote br code div em hr li mark ol p pre s span strong sub table tbody td th thead tr u ul'.split(' ');

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

test(`${MESSAGES} hostile messages in every chat`, { timeout: 60_000 }, onDesk('/notification/New ticket', async (desk) => {
  const next = random(Number(process.env.DESKBELL_SEED ?? 1));
  const context = JSON.parse(readFileSync(new URL('../cases/desk/context.json', import.meta.url), 'utf8'));
  const { doc, metas } = JSON.parse(readFileSync(new URL('../cases/desk/ticket.json', import.meta.url), 'utf8'));
  const document = new plugin.Desk(context).open(doc, metas, 'stored');
  const services = plugin.services().map(({ name }) => name);
  const requests = [];
  desk.page.on('request', (request) => requests.push(request.url()));
  const title = await desk.page.title();
  const drawn = Object.fromEntries(services.map((service) => [service, 0]));
  for (let left = MESSAGES; left > 0; left -= BATCH) {
    const looks = Array.from({ length: BATCH }, (_, index) => {
      const text = Array.from({ length: 1 + Math.floor(next() * 14) }, () => PIECES[Math.floor(next() * PIECES.length)]).join('');
      const service = services[(left + index) % services.length];
      // The message has no Jinja of its own.
      const report = document.renderMessage(`{{ ${JSON.stringify(text).replace(/[\u0000\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)} }}`, { service });
      return { service, text, look: report.look ?? '' };
    });
    for (const { service, look } of looks) drawn[service] += Number(look !== '');
    const wrong = await desk.page.evaluate(([looks, elements]) => {
      const place = document.body.appendChild(document.createElement('div'));
      const found = [];
      for (const { service, text, look } of looks) {
        place.innerHTML = look;
        const complaint = [...place.querySelectorAll('*')].flatMap((node) => [
          ...(elements.includes(node.localName) ? [] : [`<${node.localName}>`]),
          ...[...node.attributes].filter(({ name, value }) => !(name === 'title' || (name === 'start' && /^\d+$/.test(value)) || (name === 'class' && /^deskbell-[\w -]+$/.test(value)))).map(({ name, value }) => `${name}=${value}`),
        ]);
        // The browser reads what was written, and moves nothing.
        const written = document.createElement('template');
        written.innerHTML = place.innerHTML;
        if (written.innerHTML !== place.innerHTML) complaint.push('is read otherwise');
        if (complaint.length > 0) found.push({ service, text, look, complaint });
      }
      place.remove();
      return found;
    }, [looks, ELEMENTS]);
    assert.deepEqual(wrong.slice(0, 3), []);
  }
  await desk.page.waitForTimeout(200);
  // Where a chat reads HTML, some messages cannot be drawn faithfully, and are not.
  for (const service of services) assert.ok(drawn[service] > 50, JSON.stringify(drawn));
  assert.deepEqual(requests.filter((url) => /evil|^data:|\/x$/.test(url)), []);
  assert.equal(await desk.page.title(), title);
}));
