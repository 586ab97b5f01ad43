// What the hosts post and what a test posts, against what the services publish: types for Discord, Google Chat and Slack, the
// reader of Adaptive Cards for Teams, and the documented lists of fields for the others.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import cards from 'adaptivecards/dist/adaptivecards.js';
import { plugin } from '../wasm/plugin.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(root, 'tests/cases/desk', `${name}.json`), 'utf8'));
const SERVICES = plugin.services().map(({ name }) => name);
const DODOCK = ['Discord', 'Google Chat', 'Mattermost', 'Rocket.Chat', 'Slack'];
const TEXTS = ['*Hello* {{ doc.name }}', '', 'é😀"\\ <&>\n{{ "x" * 3000 }}'];

/** Every body, with where it comes from: both hosts, with the link and without, and the browser's test of each. */
function bodies() {
  const { doc, metas } = read('ticket');
  const found = [];
  for (const [flavour, known] of [['dodock', DODOCK], ['frappe', SERVICES]]) {
    const open = new plugin.Desk({ ...read('context'), flavour, deskPath: 'desk' }).open(doc, metas, 'stored');
    for (const service of known) {
      for (const documentLink of [true, false]) {
        for (const text of TEXTS) {
          const report = open.renderMessage(text, { service, documentLink });
          assert.equal(typeof report.payload, 'string', `${flavour} ${service}`);
          found.push({ service, from: `${flavour}, link ${documentLink}`, body: service === 'Ntfy' ? report.payload : JSON.parse(report.payload) });
          const plan = plugin.planTest(service, plugin.services().find(({ name }) => name === service).example, report, { lang: 'fr', documentUrl: 'https://erp.example.com/app/x/y' });
          const form = new URLSearchParams(plan.body);
          const isForm = plan.headers['Content-Type'] === 'application/x-www-form-urlencoded';
          const body = service === 'Ntfy' ? plan.body : isForm ? form.has('payload') ? JSON.parse(form.get('payload')) : Object.fromEntries(form) : JSON.parse(plan.body);
          found.push({ service, from: `a test, ${flavour}, link ${documentLink}`, body });
        }
      }
    }
  }
  return found;
}
const ALL = bodies();
const of = (...services) => ALL.filter(({ service }) => services.includes(service));

test('nine services have bodies of both kinds', () => {
  assert.deepEqual([...new Set(ALL.map(({ service }) => service))].sort(), [...SERVICES].sort());
});

/** What TypeScript says about a file that lies beside the types. */
function check(lines) {
  mkdirSync(join(root, 'target'), { recursive: true });
  const folder = mkdtempSync(join(root, 'target', 'bodies-'));
  try {
    writeFileSync(join(folder, 'bodies.ts'), lines.join('\n'));
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--types', '', '--module', 'nodenext', '--target', 'es2022', join(folder, 'bodies.ts')], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return `${error.stdout}${error.stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('Discord, Google Chat and Slack: the published types take them, and nothing that they do not name', () => {
  const head = [
    "import type { RESTPostAPIWebhookWithTokenJSONBody as Discord } from 'discord-api-types/v10';",
    "import type { chat_v1 } from '@googleapis/chat';",
    "import type { IncomingWebhookSendArguments as Slack } from '@slack/webhook';",
    'type GoogleChat = chat_v1.Schema$Message;',
  ];
  const types = { Discord: 'Discord', 'Google Chat': 'GoogleChat', Slack: 'Slack' };
  const lines = of(...Object.keys(types)).map(({ service, body }, index) => `export const body${index}: ${types[service]} = ${JSON.stringify(body)};`);
  assert.equal(check([...head, ...lines]), '');
  for (const type of Object.values(types)) assert.match(check([...head, `export const body: ${type} = { no_such_field: 1 };`]), /no_such_field/, `${type} cannot fail`);
});

test('Discord: within its limits', () => {
  for (const { body, from } of of('Discord')) {
    assert.ok([...body.content].length >= 0 && [...body.content].length <= 2000, from);
    if (body.username !== undefined) assert.ok(/^.{1,80}$/u.test(body.username) && !/discord|clyde/i.test(body.username), from);
    for (const embed of body.embeds ?? []) assert.ok(embed.title.length <= 256 && URL.canParse(embed.url), from);
    if (from.startsWith('a test')) assert.deepEqual(body.allowed_mentions, { parse: [] });
  }
});

test('Teams: an Adaptive Card that its own reader takes whole', () => {
  for (const { body, from } of of('Teams')) {
    assert.deepEqual([body.type, body.attachments.length, body.attachments[0].contentType], ['message', 1, 'application/vnd.microsoft.card.adaptive'], from);
    const { $schema, ...card } = body.attachments[0].content;
    assert.match($schema, /^https:\/\/adaptivecards\.io\/schemas\/adaptive-card\.json$/);
    const context = new cards.SerializationContext();
    const parsed = new cards.AdaptiveCard();
    parsed.parse(card, context);
    assert.equal(context.eventCount, 0, from);
    const { $schema: _, ...again } = parsed.toJSON();
    // What the reader does not know it leaves out; an empty text is its default.
    if (card.body[0].text !== '') assert.deepEqual(again, card, from);
  }
  const odd = new cards.SerializationContext();
  new cards.AdaptiveCard().parse({ type: 'AdaptiveCard', version: '1.2', body: [{ type: 'NoSuchElement' }] }, odd);
  assert.notEqual(odd.eventCount, 0, 'the reader cannot complain');
});

/** Fields that the services document (services.md 2C, 3C, 7C, 9C); Raven's host sends what Discord's does, and Raven reads `content`. */
const FIELDS = {
  'Matrix (Hookshot)': { '': ['html', 'text', 'username'] },
  Mattermost: { '': ['attachments', 'channel', 'icon_emoji', 'icon_url', 'priority', 'props', 'text', 'type', 'username'] },
  Raven: { '': ['avatar_url', 'content', 'embeds', 'username'], embeds: ['title', 'url'] },
  'Rocket.Chat': { '': ['alias', 'attachments', 'avatar', 'channel', 'emoji', 'text'], attachments: ['text', 'title', 'title_link'] },
};

test('Mattermost, Rocket.Chat, Hookshot and Raven: the documented fields alone, and addresses that are whole', () => {
  for (const { service, body, from } of of(...Object.keys(FIELDS))) {
    for (const [key, value] of Object.entries(body)) {
      assert.ok(FIELDS[service][''].includes(key), `${service}, ${from}: ${key}`);
      if (!Array.isArray(value)) assert.equal(typeof value, 'string', `${service}, ${from}: ${key}`);
      for (const part of Array.isArray(value) ? value : []) for (const [name, text] of Object.entries(part)) {
        assert.ok(FIELDS[service][key].includes(name), `${service}, ${from}: ${key}.${name}`);
        if (/url|link/.test(name)) assert.ok(URL.canParse(text), `${service}, ${from}: ${text}`);
      }
    }
  }
});

test('ntfy: the text itself', () => {
  for (const { body, from } of of('Ntfy')) assert.equal(typeof body, 'string', from);
});
