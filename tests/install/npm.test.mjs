// The npm package, packed and installed into an empty project: by Node, by TypeScript and by a plain HTML page.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { at, eventually, text, visit } from './desk.mjs';

const run = promisify(execFile);
const PROJECT = fileURLToPath(at('target/install/project'));
const PACKAGE = `${PROJECT}/node_modules/deskbell`;
let packed;

before(async () => {
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(PROJECT, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', PROJECT], { cwd: fileURLToPath(at('pkg')) });
  const [about] = Object.values(JSON.parse(stdout));
  packed = about;
  writeFileSync(`${PROJECT}/package.json`, JSON.stringify({ name: 'empty', version: '1.0.0', private: true, type: 'module' }));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${about.filename}`], { cwd: PROJECT });
});

const manifest = () => JSON.parse(readFileSync(`${PACKAGE}/package.json`, 'utf8'));

describe('what is in it', () => {
  test('the licence, the words, the types and where the module comes from', () => {
    assert.equal(readFileSync(`${PACKAGE}/LICENSE`, 'utf8'), text('LICENSE'));
    assert.equal(readFileSync(`${PACKAGE}/README.md`, 'utf8'), text('integrations/npm/README.md'));
    const module = readFileSync(`${PACKAGE}/deskbell_bg.wasm`);
    const made = JSON.parse(readFileSync(`${PACKAGE}/provenance.json`, 'utf8'));
    assert.equal(made.sha256, createHash('sha256').update(module).digest('hex'));
    assert.equal(made.bytes, module.length);
    assert.equal(made.cargoLockSha256, createHash('sha256').update(text('Cargo.lock')).digest('hex'));
    assert.match(made.rustc, /^rustc 1\.\d+\.\d+/);
    assert.match(made.wasmBindgen, /^\d+\.\d+\.\d+$/);
  });

  test('nothing that it needs from elsewhere, and nothing that only its makers need', () => {
    const { dependencies, scripts, version } = manifest();
    assert.deepEqual([dependencies, scripts], [undefined, undefined]);
    assert.equal(packed.version, version);
    const endings = new Set(packed.files.map(({ path }) => path.replace(/^.*?(\.d\.ts|\.\w+)$/, '$1')));
    assert.deepEqual([...endings].sort(), ['.d.ts', '.js', '.json', '.md', '.txt', '.wasm', 'LICENSE']);
    for (const { path } of packed.files) assert.ok(!/test|\.map$|tsconfig/.test(path.replace('test-button', '').replace('frappe-test', '')), path);
  });

  test('a type file for every script, and nothing of the machine that built it', () => {
    const files = packed.files.map(({ path }) => path);
    for (const path of files.filter((name) => name.endsWith('.js'))) assert.ok(files.includes(path.replace(/\.js$/, '.d.ts')), path);
    const home = fileURLToPath(at('.'));
    for (const path of files) {
      const content = readFileSync(`${PACKAGE}/${path}`, 'latin1');
      assert.ok(!content.includes(home) && !/\/\.cargo\/registry/.test(content), path);
    }
  });
});

test('Node renders a message with it', async () => {
  writeFileSync(`${PROJECT}/run.js`, `
    import { readFileSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    import { Desk, checkWebhookUrl, initSync, version } from 'deskbell/deskbell.js';
    initSync({ module: readFileSync(fileURLToPath(import.meta.resolve('deskbell/deskbell_bg.wasm'))) });
    const { doc, metas } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
    const desk = new Desk({ siteUrl: 'https://erp.example.com', now: '2026-11-20T10:30:00', timeZone: 'Europe/Paris', lang: 'en', user: { name: 'marie@example.com' } });
    const { status, text } = desk.open(doc, metas, 'stored').renderMessage('New: {{ doc.subject }}, due {{ doc.due_date }}', { service: 'Slack' });
    console.log(JSON.stringify({ status, text, version: version(), verdict: checkWebhookUrl('Slack', 'x').verdict }));`);
  const { stdout } = await run('node', ['run.js', fileURLToPath(at('examples/any-page/ticket.json'))], { cwd: PROJECT });
  assert.deepEqual(JSON.parse(stdout), { status: 'exact', text: 'New: The printer in the workshop is dead, due 2026-11-24', version: manifest().version, verdict: 'invalid' });
});

describe('TypeScript', () => {
  const compile = (source, resolution) => {
    writeFileSync(`${PROJECT}/use.ts`, source);
    const module = resolution === 'bundler' ? 'es2022' : 'nodenext';
    const flags = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable,dom.asynciterable', '--types', '', '--module', module, '--moduleResolution', resolution];
    return run('node', [fileURLToPath(at('node_modules/typescript/bin/tsc')), ...flags, 'use.ts'], { cwd: PROJECT }).then(() => '', ({ stdout }) => stdout);
  };
  const GOOD = `
    import { attach } from 'deskbell';
    import init, { Desk, type MessageReport } from 'deskbell/deskbell.js';
    import type { Host } from 'deskbell/hosts/host.js';
    import { DeskbellNotification } from 'deskbell/page.js';
    export async function use(host: Host): Promise<MessageReport> {
      await init();
      attach(host).detach();
      const element = new DeskbellNotification();
      element.documents = [{ doc: {}, metas: [], comments: null }];
      const desk = new Desk({ siteUrl: '', now: '', timeZone: 'UTC', lang: 'en', user: { name: '' } });
      return desk.open({}, [], 'stored').renderMessage('', { service: 'Slack' });
    }`;
  for (const resolution of ['bundler', 'nodenext']) {
    test(`knows the types (${resolution})`, async () => {
      assert.equal(await compile(GOOD, resolution), '');
      assert.match(await compile(GOOD.replace("'stored'", "'stale'"), resolution), /use\.ts.*error TS2345/);
      assert.match(await compile(GOOD.replace('attach(host)', 'attach(1)'), resolution), /use\.ts.*error TS2345/);
    });
  }
});

describe('a plain page', () => {
  const open = (page = text('examples/any-page/index.html'), { ticket = text('examples/any-page/ticket.json'), ...site } = {}) => {
    const files = { '/index.html': Buffer.from(page), '/ticket.json': Buffer.from(ticket) };
    for (const name of readdirSync(PACKAGE, { recursive: true })) files[`/node_modules/deskbell/${name}`] = pathToFileURL(`${PACKAGE}/${name}`);
    return visit({ files, page: '/index.html', ...site });
  };

  test('three lines show the message, the condition and the URL, at every keystroke', async () => {
    const site = await open();
    await site.preview('New ticket T-0042 for Acme: The printer in the workshop is dead');
    await eventually(async () => assert.equal(await site.page.locator('deskbell-condition').getAttribute('data-verdict'), 'fires'));
    await site.page.locator('#message').fill('{{ doc.customer }} waits until {{ doc.due_date }}');
    await site.preview('Acme waits until 2026-11-24');
    await site.page.locator('#condition').fill('doc.status == "Closed"');
    await eventually(async () => assert.equal(await site.page.locator('deskbell-condition').getAttribute('data-verdict'), 'silent'));
    // A notification without a URL has no test, and the webhook's own element judges its own field.
    assert.equal(await site.page.locator('deskbell-test-button').count(), 0);
    const judged = site.page.locator('deskbell-webhook deskbell-webhook-url');
    await eventually(async () => assert.equal(await judged.evaluate((element) => element.report?.verdict), 'invalid'));
    await site.page.locator('#url').fill('https://hooks.slack.com/services/T00000000/B00000000/fakeFakeFakeFakeFakeFake');
    await eventually(async () => assert.notEqual(await judged.evaluate((element) => element.report?.verdict), 'invalid'));
    await site.close();
  });

  test('a site that is not told gets no answer, and is told what is lacking', async () => {
    const example = JSON.parse(text('examples/any-page/ticket.json'));
    delete example.context.timeZone;
    const site = await open(undefined, { ticket: JSON.stringify(example) });
    await eventually(async () => assert.deepEqual(site.complaints, ['uncaught: <deskbell-notification>: its context lacks timeZone']));
    assert.equal(await site.page.locator('deskbell-message-preview').count(), 0);
    await site.page.evaluate(() => {
      const element = document.querySelector('deskbell-notification');
      element.context = { ...element.context, timeZone: 'Europe/Paris' };
    });
    await site.preview('New ticket T-0042 for Acme: The printer in the workshop is dead');
    await site.close({ quiet: false });
  });

  test('a strict content security policy is enough', async () => {
    const page = text('examples/any-page/index.html').replace(/<style>[^]*<\/style>/, '').replace('href="data:,"', 'href="/index.html"');
    const site = await open(page, { policy: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'" });
    await site.preview('New ticket T-0042 for Acme: The printer in the workshop is dead');
    await eventually(async () => assert.equal(await site.page.locator('deskbell-condition').getAttribute('data-verdict'), 'fires'));
    await site.page.locator('deskbell-message-preview button[data-view=compare]').click();
    await site.page.locator('deskbell-chat-compare').waitFor();
    await site.close();
  });

  test('a click mends the field of the page', async () => {
    const site = await open();
    await eventually(async () => assert.equal(await site.page.locator('deskbell-condition').getAttribute('data-verdict'), 'fires'));
    await site.page.locator('#message').fill('For {{ doc.custommer }}');
    await site.preview("For {{ no such element: frappe.model.document.Document object['custommer'] }}");
    await site.page.locator('deskbell-message-preview [part=finding][data-code="message/unknown-field"] [part=fix]').first().click();
    await site.preview('For Acme');
    assert.equal(await site.page.locator('#message').inputValue(), 'For {{ doc.customer }}');
    await site.close();
  });

  test('documents, the site and look-ups are given by a script, and two notifications do not mix', async () => {
    const site = await open(`<!doctype html><html lang="fr"><title>x</title><link rel="icon" href="data:,"><body><script type="module">
      import 'deskbell-page';
      const metas = [{ name: 'Ticket', custom: 1, fields: [{ fieldname: 'customer', fieldtype: 'Data' }] }];
      for (const customer of ['Acme', 'Umbrella']) {
        const element = document.createElement('deskbell-notification');
        element.setAttribute('message', '{{ doc.customer }} {{ frappe.utils.nowdate() }} {{ frappe.db.get_value("Customer", doc.customer, "city") }}');
        element.setAttribute('service', 'Slack');
        element.id = customer;
        element.context = { now: '2026-11-20T10:30:00', timeZone: 'Europe/Paris', siteUrl: 'https://erp.example.com', flavour: 'dodock', user: { name: 'marie@example.com' } };
        element.ask = async ({ fields }) => ({ value: { city: 'Lyon ' + customer }, metas: [{ name: 'Customer', fields: [{ fieldname: 'city', fieldtype: 'Data' }] }] });
        element.documents = [{ doc: { doctype: 'Ticket', name: 'T-1', customer }, metas, comments: null }];
        document.body.append(element);
      }</script></body></html>`.replace("'deskbell-page'", "'/node_modules/deskbell/page.js'"));
    for (const customer of ['Acme', 'Umbrella']) {
      await eventually(async () => {
        const report = await site.page.locator(`#${customer} deskbell-message-preview`).evaluate((element) => element.report);
        assert.equal(report?.text, `${customer} 2026-11-20 Lyon ${customer}`);
        assert.equal(report.status, 'server', 'what a server told stays the server’s');
      });
    }
    await site.page.locator('#Acme deskbell-message-preview').getByText(/serveur/).first().waitFor();
    await site.page.evaluate(() => document.getElementById('Acme').remove());
    await site.page.evaluate(() => document.getElementById('Umbrella').setAttribute('message', 'x {{ doc.customer }}'));
    await eventually(async () => assert.equal(await site.page.locator('#Umbrella deskbell-message-preview').evaluate((element) => element.report?.text), 'x Umbrella'));
    await site.close();
  });
});
