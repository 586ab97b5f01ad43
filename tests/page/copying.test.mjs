// What is posted, copied: the body byte for byte, and a command that a real shell takes apart again; never the webhook's secret.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { eventually, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
const TEXT = `it's "quoted" \`twice\` $HOME \\n {{ doc.name }}\nnew line é 😀 !`;

/** What a POSIX shell makes of the words of a command. */
const words = (command) => JSON.parse(execFileSync('sh', ['-c', `curl() { node -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- "$@"; }\n${command}`], { encoding: 'utf8' }));

async function show(desk, text = TEXT) {
  await desk.set('message', text);
  const { report } = await desk.report(desk.preview, text);
  await desk.preview.locator('[data-view=request]').click();
  return report.payload;
}

describe('into the clipboard', () => {
  test('the body, byte for byte', onDesk(NOTIFICATION, async (desk) => {
    await desk.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const payload = await show(desk);
    assert.ok(JSON.parse(payload).text.includes("it's"));
    await desk.preview.locator('[part=copy-payload]').click();
    await eventually(async () => assert.equal(await desk.preview.locator('[part=copied]').innerText(), 'Copied'));
    assert.equal(await desk.page.evaluate(() => navigator.clipboard.readText()), payload);
  }));

  test('a command for a shell, with the body whole and the URL left to the person', onDesk(NOTIFICATION, async (desk) => {
    await desk.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const payload = await show(desk);
    await desk.preview.locator('[part=copy-curl]').click();
    await eventually(async () => assert.equal(await desk.preview.locator('[part=copied]').innerText(), 'Copied'));
    const command = await desk.page.evaluate(() => navigator.clipboard.readText());
    const [...given] = words(command);
    assert.deepEqual(given.slice(0, 6), ['--request', 'POST', '--header', 'Content-Type: application/json', '--data-raw', payload]);
    assert.match(given[6], /^URL of the webhook hooks\.slack\.com\/…\w{4}$/);
    assert.equal(given.length, 7);
  }));
});

test('a browser that does not allow it shows the text, selected', onDesk(NOTIFICATION, async (desk) => {
  const payload = await show(desk);
  await desk.page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
  await desk.preview.locator('[part=copy-curl]').click();
  await eventually(async () => assert.match(await desk.preview.locator('[part=copied]').innerText(), /selected/));
  assert.match(await desk.preview.locator('[part=source]').innerText(), /^curl --request POST/);
  assert.match(await desk.page.evaluate(() => getSelection().toString()), /^curl --request POST/);
  await desk.set('message', 'another');
  await desk.report(desk.preview, 'another');
  await eventually(async () => assert.equal(await desk.preview.locator('[part=copied]').innerText(), ''));
  assert.notEqual(await desk.preview.locator('[part=source]').innerText(), payload);
}));

test('without a body there is nothing to copy', onDesk(NOTIFICATION, async (desk) => {
  await show(desk);
  await desk.set('message', '{{ doc.name');
  await desk.report(desk.preview, '{{ doc.name');
  assert.equal(await desk.preview.locator('[part=copies]').isVisible(), false);
}));
