// A site for the test bed: its desk, its files and the few methods of its API that a form and the plugin call.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { doctypes, records } from './records.mjs';

const ROOT = new URL('../../', import.meta.url);
const TYPES = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm' };
/** Where each part of the address space is; the plugin's sources come before what the build made. */
const PLACES = [
  ['/assets/frappe/node_modules/ace-builds/', ['node_modules/ace-builds/']],
  ['/assets/frappe/jquery/', ['node_modules/jquery/dist/']],
  ['/assets/deskbell/', ['www/plugin/', 'pkg/']],
  ['/bed/', ['tests/desk/bed/']],
];
/** The script of a form as it is generated, with the plugin file by file instead of joined. */
const FORM_SCRIPT = (() => {
  const entry = fileURLToPath(new URL('integrations/form-script.js', ROOT));
  const [file] = buildSync({ entryPoints: [entry], bundle: true, format: 'esm', charset: 'utf8', write: false }).outputFiles;
  return `(() => {\nconst SCRIPT = '/assets/deskbell/hosts/one-file.js';\nconst ENGINE = '/assets/deskbell/deskbell_bg.wasm';\n${file.text}\n})();`;
})();
const CSRF = 'a-token-of-this-session';

/** What a site is set to when a test does not say. */
const SETTINGS = { lang: 'en', theme: 'light', rtl: false, flavour: 'dodock', install: 'client-script', missing: [], slow: 0, open: false, warm: false, readOnly: false };

export class Site {
  /** What was called, in order. */
  calls = [];
  #server;
  #sockets = new Set();

  constructor() {
    this.reset();
  }

  /** Everything as it was at the start, and the settings of a test. */
  reset(settings = {}) {
    this.settings = { ...SETTINGS, ...settings };
    this.records = records(this.settings);
    this.doctypes = doctypes(this.settings.flavour);
    this.forbidden = new Set();
    this.expired = false;
    this.calls.length = 0;
  }

  async start() {
    this.#server = createServer((request, response) => this.#serve(request, response).catch((error) => response.writeHead(500).end(String(error))));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.address = `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** What the page is given before its scripts run. */
  get boot() {
    const { lang, flavour } = this.settings;
    return {
      lang,
      developer_mode: 0,
      sysdefaults: { country: 'France', currency: 'EUR', date_format: 'dd/mm/yyyy', time_format: 'HH:mm', number_format: '# ###,##', float_precision: '3', currency_precision: '', rounding_method: "Banker's Rounding", language: lang, time_zone: 'Asia/Kolkata' },
      time_zone: { system: 'Europe/Paris', user: 'Europe/Paris' },
      user: { name: 'marie@example.com', can_read: Object.keys(this.doctypes), user_permissions: {} },
      user_info: { 'marie@example.com': { fullname: 'Marie Durand' } },
      docs: [{ doctype: ':Currency', name: 'EUR', symbol: '€', symbol_on_right: 1, number_format: '# ###,##', fraction: 'Cent', fraction_units: 100, smallest_currency_fraction_value: 0.01 }],
      versions: { frappe: flavour === 'dodock' ? '3.40.0' : '16.0.0' },
    };
  }

  async #serve(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.address);
    const path = decodeURIComponent(pathname);
    if (path.startsWith('/api/method/')) return this.#answer(path.slice('/api/method/'.length), request, searchParams, response);
    if (path === '/app' || path.startsWith('/app/')) return this.#page(response);
    const [prefix, folders] = PLACES.find(([start]) => path.startsWith(start)) ?? [];
    const name = prefix && normalize(path.slice(prefix.length));
    if (!name || name.startsWith('..')) return response.writeHead(404).end();
    for (const folder of folders) {
      const bytes = await readFile(new URL(folder + name, ROOT)).catch(() => null);
      // As behind the host's own server: assets are kept for a year, and anything that is not known is a stream of bytes.
      if (bytes) return response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=31536000' }).end(bytes);
    }
    return response.writeHead(404).end();
  }

  async #page(response) {
    const html = await readFile(new URL('tests/desk/bed/index.html', ROOT), 'utf8');
    const { lang, theme, rtl } = this.settings;
    const given = { boot: this.boot, csrf_token: CSRF, script: FORM_SCRIPT, settings: this.settings };
    const page = html.replace('<html>', `<html lang="${lang}" data-theme="${theme}" data-theme-mode="${theme}"${rtl ? ' dir="rtl"' : ''}>`).replace('{{ given }}', JSON.stringify(given).replaceAll('<', '\\u003c'));
    response.writeHead(200, { 'Content-Type': TYPES['.html'] }).end(page);
  }

  async #answer(method, request, query, response) {
    const body = new URLSearchParams(await read(request));
    const args = Object.fromEntries([...query, ...body]);
    const token = request.headers['x-frappe-csrf-token'];
    this.calls.push({ method, verb: request.method, args, token });
    const give = (status, content) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(content));
    if (this.settings.slow) await new Promise((resolve) => setTimeout(resolve, this.settings.slow));
    if (this.expired) return give(403, { session_expired: 1, exc_type: 'PermissionError' });
    if (request.method === 'POST' && token !== CSRF) return give(400, { exc_type: 'CSRFTokenError', exception: 'frappe.exceptions.CSRFTokenError' });
    if (this.forbidden.has(args.doctype ?? args.dt)) return give(403, { exc_type: 'PermissionError', exception: 'frappe.exceptions.PermissionError: No' });
    const answer = this[method];
    return answer ? give(...answer.call(this, args)) : give(404, { exc_type: 'DoesNotExistError' });
  }

  'frappe.desk.form.load.getdoctype'({ doctype }) {
    const meta = this.doctypes[doctype];
    if (!meta) return [404, { exc_type: 'DoesNotExistError' }];
    const children = meta.fields.filter(({ fieldtype }) => fieldtype === 'Table').map(({ options }) => this.doctypes[options]).filter(Boolean);
    return [200, { docs: [meta, ...children], user_settings: '{}' }];
  }

  'frappe.desk.form.load.getdoc'({ doctype, name }) {
    const doc = this.records.find((one) => one.doctype === doctype && one.name === name);
    if (!doc) return [404, { exc_type: 'DoesNotExistError' }];
    const comments = doctype === 'Chat Ticket' ? [{ name: 'b7c71ffa3c', creation: '2026-11-19 09:00:00.000000', content: '<div class="ql-editor read-mode"><p>Called back</p></div>', owner: 'marie@example.com', comment_type: 'Comment' }] : [];
    return [200, { docs: [doc], docinfo: { doctype, name, comments } }];
  }

  /** As the site answers: name, what it is found by besides, and the title where links show it. */
  'frappe.desk.search.search_link'({ doctype, txt = '', page_length: count = 10 }) {
    const meta = this.doctypes[doctype];
    const title = meta?.title_field;
    const wanted = txt.trim().toLowerCase();
    const found = this.records.filter((one) => one.doctype === doctype && [one.name, title && one[title]].some((text) => String(text ?? '').toLowerCase().includes(wanted)));
    const rows = found.slice(0, Number(count)).map((one) => ({ value: one.name, description: title ? String(one[title] ?? '') : '' }));
    return [200, this.settings.flavour === 'frappe' ? { message: rows } : { results: rows }];
  }

  'frappe.client.get_list'({ doctype, fields = '["name"]', limit_page_length: limit = 20 }) {
    const known = this.records.filter((one) => one.doctype === doctype).sort((a, b) => (a.modified < b.modified ? 1 : -1));
    return [200, { message: known.slice(0, Number(limit) || undefined).map((one) => Object.fromEntries(JSON.parse(fields).map((field) => [field, one[field] ?? null]))) }];
  }

  'frappe.client.get_value'({ doctype }) {
    return [200, { message: doctype === 'Website Settings' ? { app_name: 'Dodock', app_logo: null } : {} }];
  }

  /** Gives a new record its name, and the server's own stamp. */
  'frappe.desk.form.save.savedocs'({ doc }) {
    const sent = JSON.parse(doc);
    const { __islocal: local, __newname: asked, __unsaved, ...kept } = sent;
    const name = local ? (asked ?? kept.webhook_name ?? `${kept.doctype} ${this.records.length}`) : kept.name;
    const saved = { ...kept, name, modified: '2026-11-20 10:31:00.000000' };
    this.records = [...this.records.filter((one) => one.doctype !== saved.doctype || one.name !== name), saved];
    return [200, { docs: [local ? { ...saved, localname: sent.name } : saved], docinfo: { doctype: saved.doctype, name, comments: [] }, message: saved }];
  }

  'frappe.client.save'(args) {
    return this['frappe.desk.form.save.savedocs'](args);
  }

  'frappe.email.doctype.notification.notification.send_test_notification'() {
    return [200, {}];
  }
}

/** The body of a request. */
async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
