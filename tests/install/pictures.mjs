// Takes the pictures of docs/ again: `cargo xtask frappe-app`, `cargo xtask client-script`, then `node tests/install/pictures.mjs`.
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FIRST_PREVIEW, NOTIFICATION, at, names, text, visit } from './desk.mjs';

const FOLDER = 'target/client-script';
const files = Object.fromEntries(names(`${FOLDER}/upload`).map((name) => [`/files/${name}`, at(`${FOLDER}/upload/${name}`)]));
const scripts = { Notification: text(`${FOLDER}/notification.js`) };
const viewport = { width: 800, height: 900 };
const picture = (name) => fileURLToPath(at(`docs/${name}.png`));
const settle = () => new Promise((resolve) => setTimeout(resolve, 600));

test('a form with the plugin', async () => {
  const site = await visit({ files, scripts, viewport });
  await site.open('Notification', NOTIFICATION);
  await site.preview(FIRST_PREVIEW);
  await settle();
  await site.page.locator('.form-layout').screenshot({ path: picture('installed') });
  await site.close();
});

test('a form that misses a file', async () => {
  const site = await visit({ files: {}, scripts, viewport });
  await site.open('Notification', NOTIFICATION);
  await site.notice();
  await site.page.locator('.form-layout').screenshot({ path: picture('missing-file'), clip: undefined });
  await site.close({ quiet: false });
});

test('any page', async () => {
  const page = { '/index.html': at('examples/any-page/index.html'), '/ticket.json': at('examples/any-page/ticket.json') };
  for (const name of readdirSync(at('pkg'), { recursive: true })) page[`/node_modules/deskbell/${name}`] = at(`pkg/${name}`);
  const site = await visit({ files: page, page: '/index.html', viewport });
  await site.preview('New ticket T-0042 for Acme: The printer in the workshop is dead');
  await settle();
  await site.page.screenshot({ path: picture('any-page'), fullPage: true });
  await site.close();
});
