// A site for the tests of installing: serves uploaded files and assets with the types that a site gives them, and a small desk.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { complaintsOf, eventually, launch } from '../browsers.mjs';

const ROOT = new URL('../../', import.meta.url);

export const at = (path) => new URL(path, ROOT);
export const text = (path) => readFileSync(at(path), 'utf8');
export const names = (path) => readdirSync(at(path));

const ticket = JSON.parse(text('www/desk/documents/ticket.json'));

/** nginx serves /assets and /files; /private/files goes through Python, whose types these are up to 3.11. */
const TYPES = { js: 'application/javascript', wasm: 'application/wasm', css: 'text/css', html: 'text/html; charset=utf-8', json: 'application/json', ts: 'text/plain' };
export const typeOf = (name) => TYPES[name.split('.').at(-1)] ?? 'application/octet-stream';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

export { eventually };

/** What a site answers beside files. */
function api(path, query, uploads) {
  if (path.endsWith('.getdoc')) {
    const webhook = { doctype: 'Incoming Webhook URL', name: 'Support', service: 'Slack', webhook_url: 'https://hooks.slack.com/services/T00000000/B00000000/fakeFakeFakeFakeFakeFake' };
    return { docs: [query.get('doctype') === 'Chat Ticket' ? ticket.doc : webhook], docinfo: { comments: [] } };
  }
  if (query.get('doctype') === 'File') {
    const [, , like] = JSON.parse(query.get('options') ?? '{}').filters[0];
    const [start, end] = like.split('%');
    return { message: uploads.filter((url) => url.split('/').at(-1).startsWith(start) && url.endsWith(end)).map((file_url) => ({ file_url })) };
  }
  if (query.get('doctype') === 'Website Settings') return { message: { app_name: 'Dodock', app_logo: null } };
  if (query.get('doctype') === 'Chat Ticket') return { message: [{ name: ticket.doc.name }] };
  return { message: [] };
}

/**
 * A page of a site in a browser of its own.
 * @param {{ files: Record<string, string | URL | Buffer>, scripts?: Record<string, string>, lang?: string, page?: string, types?: Record<string, string>, policy?: string, viewport?: { width: number, height: number } }} site
 *   `files` by their URLs; `scripts` by doctype, as the desk has them; `page` another page than the desk.
 */
export async function visit({ files, scripts = {}, lang = 'en', page: path = '/app', types = {}, policy = null, viewport = { width: 1100, height: 1000 } }) {
  const asked = [];
  const site = { lang, sysdefaults: { date_format: 'dd/mm/yyyy', time_format: 'HH:mm', number_format: '# ###,##', float_precision: '3' }, metas: ticket.metas };
  const json = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');
  const deskPage = () => `<!doctype html><html lang="${lang}"><title>Desk</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/desk-page.css"><main></main>
<script type="application/json" id="scripts">${json(scripts)}</script><script type="application/json" id="site">${json(site)}</script><script src="/desk-page.js"></script></html>`;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://site');
    asked.push(`${request.method} ${pathname}`);
    const give = (status, type, body) => response.writeHead(status, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', ...(policy && { 'Content-Security-Policy': policy }) }).end(request.method === 'HEAD' ? undefined : body);
    if (pathname === '/app') return give(200, TYPES.html, deskPage());
    if (pathname.startsWith('/desk-page.')) return give(200, typeOf(pathname), text(`tests/install${pathname}`));
    if (pathname.startsWith('/api/')) return give(200, TYPES.json, JSON.stringify(api(pathname, searchParams, Object.keys(files))));
    const file = files[pathname];
    if (file === undefined) return give(404, TYPES.html, '<h1>Not Found</h1>');
    give(200, types[pathname] ?? typeOf(pathname), file instanceof URL ? readFileSync(file) : file);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A test that fails half-way must not keep the run alive.
  server.unref();
  const origin = `http://127.0.0.1:${server.address().port}`;
  const context = await browser.newContext({ viewport, locale: lang });
  const page = await context.newPage();
  const complaints = await complaintsOf(page);
  await page.goto(origin + path);
  return {
    page,
    origin,
    asked,
    complaints,
    open: (doctype, doc) => page.evaluate(([name, values]) => globalThis.openForm(name, values), [doctype, doc]),
    notice: () => page.locator('[data-deskbell-notice]').innerText(),
    /** The preview under the message, once it says this. */
    preview: (said) =>
      eventually(async () => {
        const report = await page.locator('deskbell-message-preview').evaluate((element) => element.report);
        assert.equal(report?.text, said);
        return report;
      }),
    async close({ quiet = true } = {}) {
      await context.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (quiet) assert.deepEqual(complaints, []);
    },
  };
}

/** The notification that the tests open. */
export const NOTIFICATION = {
  name: 'New ticket', channel: 'External Collaboration Tool', document_type: 'Chat Ticket', incoming_webhook_url: 'Support', event: 'New',
  condition: 'doc.status == "Open"', message: 'New: {{ doc.subject }}',
};
export const FIRST_PREVIEW = `New: ${ticket.doc.subject}`;
