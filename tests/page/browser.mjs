// A browser on the demo desk, for every test of the page: a fresh profile, and nothing that goes wrong in silence.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { complaintsOf, eventually, launch } from '../browsers.mjs';

/** Where `cargo xtask test` or `cargo xtask demo` serves the desk. */
export const DESK = (process.env.DESKBELL_DESK ?? '').replace(/\/$/, '');

let browser;
before(async () => {
  assert.ok(DESK, 'say where the desk is in DESKBELL_DESK');
  browser = await launch();
});
after(() => browser?.close());

/** What `/demo.json` says: the chats and their hooks. */
export const demo = async () => (await fetch(`${DESK}/demo.json`)).json();
/** What arrived at a chat. */
export const posts = async (chat) => (await fetch(`${chat.origin}/messages.json`)).json();

/** Puts the clock of a chat forward, past its rate limits. */
export const later = (chat) => fetch(`${chat.origin}/clock.json?later=300`, { method: 'POST' });

export { eventually };

/** Keeps every text and attribute that is drawn, even for a moment, and in whatever shadow root: runs in the page, before its scripts. */
function keepWhatIsDrawn() {
  const drawn = new Set();
  globalThis.everDrawn = drawn;
  const own = (node) => (node instanceof Element ? node : node.parentElement)?.closest('.frappe-control[data-fieldname="webhook_url"]');
  const keep = (node) => {
    // The URL's own field shows the URL.
    if (own(node)) return;
    if (node.nodeType === Node.TEXT_NODE) drawn.add(node.data);
    else if (node instanceof Element) for (const { name, value } of node.attributes) drawn.add(`${name}=${value}`);
    for (const child of node.childNodes) keep(child);
  };
  const watch = (root) =>
    new MutationObserver((changes) => {
      for (const { target, type, oldValue, addedNodes, removedNodes } of changes) {
        if (own(target)) continue;
        if (oldValue) drawn.add(oldValue);
        for (const node of type === 'childList' ? [...addedNodes, ...removedNodes] : [target]) keep(node);
      }
    }).observe(root, { subtree: true, childList: true, characterData: true, characterDataOldValue: true, attributes: true, attributeOldValue: true });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };
  watch(document);
}

/**
 * The desk in a browser of its own. `close` fails when the page complained, or when it ever showed a secret.
 * @param {string} route After the `#`, e.g. "/notification/New ticket".
 * @param {{ lang?: string, now?: string, viewport?: { width: number, height: number }, theme?: string }} [options]
 */
export async function open(route, { lang = 'en', now = '2026-11-20T10:30:00', viewport = { width: 1280, height: 1000 }, theme = 'light' } = {}) {
  const context = await browser.newContext({ viewport, locale: lang });
  const page = await context.newPage();
  await page.addInitScript(keepWhatIsDrawn);
  // What the browser itself says of a refused or failed request quotes its URL and has no arguments.
  const ownWords = (line) => line.args().length === 0 && /Failed to load resource|blocked by CORS policy/.test(line.text());
  const complaints = await complaintsOf(page, ownWords);
  const lines = [];
  // A post goes to its chat and to nobody else; the files of the desk are asked for without anything of a hook.
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === DESK && !pathname.startsWith('/api/')) lines.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`);
  });
  page.on('console', (line) => void (ownWords(line) || lines.push(line.text())));
  page.on('response', (response) => {
    // A chat on the ERP's own site refuses at the desk's own address.
    const isFile = response.url().startsWith(`${DESK}/`) && !response.url().startsWith(`${DESK}/api/`);
    if (isFile && response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${DESK}/?lang=${lang}&theme=${theme}&now=${now}#${encodeURI(route)}`);
  await page.waitForFunction(() => globalThis.desk?.plugin || globalThis.desk?.form);
  return new Desk(page, lines, complaints, await demo());
}

/** The page, in the words of a person at the form. */
class Desk {
  constructor(page, lines, complaints, { chats, closed }) {
    Object.assign(this, { page, lines, complaints, chats, closed });
    this.url = page.locator('deskbell-webhook-url');
    this.condition = page.locator('deskbell-condition');
    this.preview = page.locator('deskbell-message-preview');
    this.picker = page.locator('deskbell-document-picker');
    this.test = page.locator('deskbell-test-button');
  }

  /** The input of a field. */
  field(name) {
    return this.page.locator(`.frappe-control[data-fieldname="${name}"] .control-input`).locator('input, textarea, select').first();
  }

  /** Types over what is in a field, or chooses. */
  async set(name, value) {
    const field = this.field(name);
    if (await field.evaluate((input) => input instanceof HTMLSelectElement)) await field.selectOption(value);
    else await field.fill(value);
  }

  /** Chooses another document to try on, by typing its name. */
  async pick(name) {
    await this.picker.locator('[part=input]').fill(name);
    await this.picker.locator('[part=option]', { hasText: name }).first().click();
  }

  /** Goes to another record of the desk. */
  async go(route) {
    await this.page.evaluate((hash) => { location.hash = hash; }, encodeURI(route));
    await this.page.waitForFunction((name) => globalThis.desk.form?.record?.name === name, route.split('/').at(-1));
  }

  /** What an element answers: waits until it speaks of this text. */
  async report(element, text) {
    return eventually(async () => {
      const { report, notice, of } = await element.evaluate((view) => ({ report: view.report, notice: view.notice, of: view.text }));
      assert.equal(of, text);
      assert.ok(report || notice, 'neither a report nor a notice');
      return { report, notice };
    });
  }

  /** An attribute that an element should have by now. */
  async expect(element, name, value, patience) {
    await eventually(async () => assert.equal(await element.getAttribute(name), value), patience);
  }

  /** Points the notification that is open at a hook, as a person would: in the webhook's own form. */
  async useHook(webhook, url, notification = 'New ticket') {
    await this.go(`/webhook/${webhook}`);
    if (url) await this.set('webhook_url', url);
    await this.go(`/notification/${notification}`);
    await this.set('incoming_webhook_url', webhook);
  }

  /** Clicks the test button and waits for what became of it. */
  async send(patience = 8000) {
    await eventually(async () => assert.equal(await this.test.locator('[part~=send]').getAttribute('aria-disabled'), 'false', await this.test.innerText()));
    await this.test.locator('[part~=send]').click();
    return eventually(async () => {
      const outcome = await this.test.evaluate((view) => view.outcome);
      assert.ok(outcome, 'no outcome yet');
      return outcome;
    }, patience);
  }

  /** Everything that the page holds and shows, inside the shadow roots too: but not what stands in the URL's own field. */
  async everything() {
    return this.page.evaluate(() => {
      const texts = [...globalThis.everDrawn, document.title, location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
      const visit = (root) => {
        for (const node of root.querySelectorAll('*')) {
          if (node.shadowRoot) visit(node.shadowRoot);
          const isUrlField = node.closest('.frappe-control[data-fieldname="webhook_url"]') !== null;
          for (const { name, value } of node.attributes) texts.push(`${name}=${value}`);
          if (!isUrlField && 'value' in node) texts.push(String(node.value));
          for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE && !['SCRIPT', 'STYLE'].includes(node.tagName)) texts.push(child.data);
        }
      };
      visit(document);
      return texts.join('\n');
    });
  }

  /** No token of any hook is readable in what the page has drawn since it was opened, in what it logs, or in what it throws. */
  async keepsSecrets() {
    const shown = [await this.everything(), ...this.lines, ...this.complaints].join('\n');
    for (const { service, secret } of secretsOf(this.chats)) {
      const place = shown.indexOf(secret);
      const around = shown.slice(Math.max(0, place - 60), place + secret.length + 20).replaceAll(secret, '••••');
      assert.equal(place, -1, `${service}: a token can be read in ${around}`);
    }
  }

  async close() {
    await this.keepsSecrets();
    await this.page.context().close();
    assert.deepEqual(this.complaints, []);
  }
}

/** The secrets of all hooks. A workflow for the members of a tenant alone has none. */
export function secretsOf(chats) {
  return Object.values(chats).flatMap(({ service, hooks }) =>
    Object.values(hooks).flatMap((hook) => {
      const { pathname, searchParams } = new URL(hook);
      const secret = searchParams.get('token') ?? searchParams.get('sig') ?? pathname.split('/').at(-1);
      return secret === 'invoke' ? [] : [{ service, secret }];
    }),
  );
}

/** A test on a desk that is closed, and complains, at its end. */
export function onDesk(route, body, options) {
  return async () => {
    const desk = await open(route, options);
    try {
      await body(desk);
    } catch (error) {
      await desk.page.context().close();
      error.message += desk.complaints.length ? `\nthe page said: ${desk.complaints.join('\n')}` : '';
      throw error;
    }
    await desk.close();
  };
}
