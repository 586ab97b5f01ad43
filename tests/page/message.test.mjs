// The message's preview, at every keystroke.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onDesk, eventually } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
const SERVICES = ['Google Chat', 'Mattermost', 'Rocket.Chat', 'Slack'];
const SAMPLE = ['*New ticket*', '', 'New request no. {{ doc.name }}.', '', '• Customer: {{ doc.customer }}', '• Subject: {{ doc.subject }}'].join('\n');

/** Plain text fields only: what Jinja makes of them is their value. */
const filledIn = (template, doc) => template.replace(/\{\{ doc\.(\w+) \}\}/g, (_, field) => doc[field]);
const openDocument = (desk) => desk.page.evaluate(() => globalThis.desk.documents.find(({ name }) => name === 'CT-00092').doc);

describe('the sample message, typed character by character', () => {
  for (const service of SERVICES) {
    test(`for ${service}`, onDesk(NOTIFICATION, async (desk) => {
      await desk.set('incoming_webhook_url', `Support ${service}`);
      await desk.set('message', '');
      await desk.field('message').focus();
      const doc = await openDocument(desk);
      let typed = '';
      for (const character of SAMPLE) {
        await desk.page.keyboard.insertText(character);
        typed += character;
        const { report, notice } = await desk.report(desk.preview, typed);
        assert.equal(notice, null, `after ${JSON.stringify(typed)}`);
        assert.ok(['exact', 'error'].includes(report.status), `${report.status} after ${JSON.stringify(typed)}`);
        if (report.status === 'error') assert.match(report.error.type, /TemplateSyntaxError|ValidationError|UndefinedError/);
      }
      const { report } = await desk.report(desk.preview, SAMPLE);
      assert.equal(report.status, 'exact');
      assert.equal(report.text, filledIn(SAMPLE, doc));
      assert.ok(JSON.parse(report.payload).text.startsWith(report.text));
      assert.equal(await desk.preview.getAttribute('data-status'), 'exact');
      const look = await desk.preview.locator('[part=look]').innerText();
      assert.ok(look.includes(doc.customer), look);
    }));
  }
});

test('the three views show the chat, the text and the request', onDesk(NOTIFICATION, async (desk) => {
  await desk.set('message', 'Hello {{ doc.customer }}');
  await desk.report(desk.preview, 'Hello {{ doc.customer }}');
  await desk.preview.locator('button[data-view=text]').click();
  assert.equal(await desk.preview.locator('[part=source]').innerText(), 'Hello Acme SARL');
  await desk.preview.locator('button[data-view=request]').click();
  assert.match(await desk.preview.locator('[part=source]').innerText(), /^\{"text": "Hello Acme SARL"/);
}));

test('an error names its line and the rest of the form goes on', onDesk(NOTIFICATION, async (desk) => {
  const broken = 'fine\n{{ doc.name }';
  await desk.set('message', broken);
  const { report } = await desk.report(desk.preview, broken);
  assert.equal(report.status, 'error');
  assert.equal(report.error.line, 2);
  assert.ok((await desk.preview.locator('[part=error]').innerText()).includes(report.error.message));
  await desk.set('message', 'fine');
  await eventually(async () => assert.equal((await desk.report(desk.preview, 'fine')).report.status, 'exact'));
}));

test('what only the server knows is marked and never guessed', onDesk(NOTIFICATION, async (desk) => {
  const template = 'By {{ frappe.db.get_value("User", doc.assigned, "full_name") }}';
  await desk.set('message', template);
  const { report } = await desk.report(desk.preview, template);
  assert.equal(report.status, 'server');
  assert.equal(report.gaps.length, 1);
  assert.equal(template.slice(report.gaps[0].start, report.gaps[0].end).includes('get_value'), true);
}));

test("the document's HTML is text in the preview", onDesk(NOTIFICATION, async (desk) => {
  const template = '<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script> {{ doc.name }}';
  await desk.set('message', template);
  await desk.report(desk.preview, template);
  assert.equal(await desk.page.evaluate(() => globalThis.hit), undefined);
  assert.equal(await desk.preview.locator('[part=look] img, [part=look] script').count(), 0);
}));

describe('a template that runs away leaves the page usable', () => {
  const runaways = {
    'a long loop': '{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}',
    'a doubling string': '{% set ns = namespace(x="abcdefgh") %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}',
    'a long chain of elif': `{% if 0 %}${'{% elif 0 %}'.repeat(20000)}{% endif %}`,
    'a long sum': `{{ 1${'+1'.repeat(20000)} }}`,
    'deep parentheses': `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`,
    'deep lists': `{{ ${'['.repeat(5000)}${']'.repeat(5000)} }}`,
    'many nots': `{{ ${'not '.repeat(20000)}1 }}`,
    'endless recursion': '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
    'a large power': '{{ 9 ** (9 ** 9) }}',
    'a megabyte': 'x{{ doc.name }}'.repeat(70000),
  };
  for (const [name, template] of Object.entries(runaways)) {
    test(name, onDesk(NOTIFICATION, async (desk) => {
      await desk.field('message').evaluate((input, text) => {
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }, template);
      const { report, notice } = await desk.report(desk.preview, template);
      assert.ok(notice || ['error', 'unsupported'].includes(report.status), report?.status);
      const start = Date.now();
      await desk.set('message', 'Hello {{ doc.name }}');
      const next = await desk.report(desk.preview, 'Hello {{ doc.name }}');
      assert.equal(next.report?.text, 'Hello CT-00092');
      assert.ok(Date.now() - start < 4000, `${Date.now() - start} ms until the next answer`);
    }));
  }
});
