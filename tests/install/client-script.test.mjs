// Without access to the server: two uploads and a Client Script bring the first preview, and say what is missing when it is.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_PREVIEW, NOTIFICATION, at, eventually, names, text, visit } from './desk.mjs';

const FOLDER = 'target/client-script';
const [script, engine] = ['.js', '.wasm'].map((ending) => names(`${FOLDER}/upload`).find((name) => name.endsWith(ending)));
const scripts = { Notification: text(`${FOLDER}/notification.js`), 'Incoming Webhook URL': text(`${FOLDER}/incoming-webhook-url.js`) };
/** Both files where a site puts them. */
const uploaded = (folder = '/files', renamed = '') =>
  Object.fromEntries([script, engine].map((name) => [`${folder}/${name.replace('.', `${renamed}.`)}`, at(`${FOLDER}/upload/${name}`)]));

test('two uploads and a script bring the first preview, and the next keystroke the next', async () => {
  const site = await visit({ files: uploaded(), scripts });
  await site.open('Notification', NOTIFICATION);
  const report = await site.preview(FIRST_PREVIEW);
  assert.equal(report.status, 'exact');
  await site.page.locator('[data-fieldname=message] textarea').fill('Closed: {{ doc.name }}');
  await site.preview('Closed: CT-00092');
  await eventually(async () => assert.equal(await site.page.locator('deskbell-condition').getAttribute('data-verdict'), 'fires'));
  await site.close();
});

test('a form opened after another, and a second one, each have one panel', async () => {
  const site = await visit({ files: uploaded(), scripts });
  await site.open('Incoming Webhook URL', { name: 'Support', service: 'Slack', webhook_url: 'https://hooks.slack.com/' });
  await eventually(async () => assert.equal(await site.page.locator('deskbell-webhook-url').count(), 1));
  await site.open('Notification', NOTIFICATION);
  await site.preview(FIRST_PREVIEW);
  await site.open('Notification', { ...NOTIFICATION, name: 'Other', message: 'Other: {{ doc.name }}' });
  await site.preview('Other: CT-00092');
  assert.equal(await site.page.locator('deskbell-message-preview').count(), 1);
  assert.equal(site.asked.filter((line) => line === `GET /files/${script}`).length, 2, 'once for the page, once for its Worker');
  await site.close();
});

test('a script of the list has it in the dialog of a new webhook', async () => {
  const site = await visit({ files: uploaded(), scripts: { 'Incoming Webhook URL list': scripts['Incoming Webhook URL'] } });
  await site.page.evaluate(async () => {
    const openDialog = globalThis.openQuickEntry('Incoming Webhook URL');
    await globalThis[Symbol.for('deskbell')];
    openDialog();
  });
  await eventually(async () => assert.equal(await site.page.locator('deskbell-webhook-url').count(), 1));
  await site.close();
});

describe('files under other URLs', () => {
  test('a URL written into the script is used as it is', async () => {
    const edited = scripts.Notification.replace(`/files/${script}`, `/files/${script.replace('.', '3f2a91.')}`).replace(`/files/${engine}`, `/files/${engine.replace('.', '3f2a91.')}`);
    const site = await visit({ files: uploaded('/files', '3f2a91'), scripts: { Notification: edited } });
    await site.open('Notification', NOTIFICATION);
    await site.preview(FIRST_PREVIEW);
    await site.close();
  });
  for (const [what, folder, renamed] of [['renamed', '/files', '3f2a91'], ['private', '/private/files', ''], ['private and renamed', '/private/files', 'c0ffee']]) {
    test(`${what}: found in the File list`, async () => {
      const site = await visit({ files: uploaded(folder, renamed), scripts });
      await site.open('Notification', NOTIFICATION);
      await site.preview(FIRST_PREVIEW);
      // What the browser itself says of the two names that are not there.
      await site.close({ quiet: false });
      assert.deepEqual(site.complaints.filter((line) => !line.includes('404')), []);
    });
  }
});

describe('what is missing is said in the form', () => {
  for (const [lang, missing, words] of [
    ['en', script, /^Deskbell: the file \/files\/deskbell-\w+\.js was not found\. Upload it to the File list, or /],
    ['en', engine, /^Deskbell: the file \/files\/deskbell-\w+\.wasm was not found\. /],
    ['fr', engine, /^Deskbell : le fichier \/files\/deskbell-\w+\.wasm est introuvable\. Ajoutez-le /],
  ]) {
    test(`${lang}: ${missing.split('.')[1]}`, async () => {
      const files = uploaded();
      delete files[`/files/${missing}`];
      const site = await visit({ files, scripts, lang });
      await site.open('Notification', NOTIFICATION);
      assert.match(await site.notice(), words);
      assert.equal(await site.page.locator('deskbell-message-preview').count(), 0);
      await site.open('Notification', NOTIFICATION);
      assert.match(await site.notice(), words, 'and in the next form again');
      await site.close({ quiet: false });
      assert.deepEqual(site.complaints.filter((line) => !line.includes('404')), []);
    });
  }
  test('a file that is served as no script', async () => {
    const site = await visit({ files: uploaded(), scripts, types: { [`/files/${script}`]: 'application/octet-stream' } });
    await site.open('Notification', NOTIFICATION);
    assert.match(await site.notice(), /^Deskbell: the file \/files\/deskbell-\w+\.js could not be loaded\. /);
    await site.close({ quiet: false });
  });
});

test('a site that does not know WebAssembly by its type only takes longer', async () => {
  const site = await visit({ files: uploaded(), scripts, types: { [`/files/${engine}`]: 'application/octet-stream' } });
  await site.open('Notification', NOTIFICATION);
  await site.preview(FIRST_PREVIEW);
  await site.close({ quiet: false });
});

test('a script is one that an eval takes, says its files, and nothing is left to fill in', () => {
  for (const name of names(FOLDER).filter((file) => file.endsWith('.js'))) {
    const source = text(`${FOLDER}/${name}`);
    assert.doesNotThrow(() => new Function(source), name);
    assert.ok(source.includes(`/files/${script}`) && source.includes(`/files/${engine}`), name);
    assert.ok(!/__|^\s*(import|export) /m.test(source), name);
  }
});
