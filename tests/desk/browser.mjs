// A browser on the test bed: a fresh profile for each test, and nothing that goes wrong in silence.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { complaintsOf, eventually, launch } from '../browsers.mjs';
import { Site } from './site.mjs';

export const site = new Site();
let browser;
before(async () => {
  await site.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site.stop();
});

export { eventually };

/** The desk in the words of a person at it. */
export class Desk {
  constructor(page, complaints) {
    Object.assign(this, { page, complaints });
    this.preview = page.locator('deskbell-message-preview:visible');
    this.condition = page.locator('deskbell-condition:visible');
    this.picker = page.locator('deskbell-document-picker:visible');
    this.url = page.locator('deskbell-webhook-url:visible');
  }

  /** Goes to a record as a click in the desk would. */
  async go(...route) {
    await this.page.evaluate((parts) => frappe.set_route(...parts).then(() => {}), route);
  }

  /** Runs in the page with the form that is open: `frm` and the arguments. */
  withForm(call, argument) {
    return this.page.evaluate(`(${call})(cur_frm, ${JSON.stringify(argument ?? null)})`);
  }

  /** The field of the form that is open, or of the dialog. */
  field(name) {
    return this.page.locator(`.frappe-control[data-fieldname="${name}"]:visible`).last();
  }

  /** The text of a Code field is replaced by keys, as a person does it. */
  async type(name, text) {
    const area = this.field(name).locator('.ace_text-input');
    await area.focus();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  /** What the preview says of this text. */
  async message(text) {
    return eventually(async () => {
      const { report, notice, of } = await this.preview.evaluate((view) => ({ report: view.report, notice: view.notice, of: view.text }));
      assert.equal(of, text);
      assert.ok(report || notice, 'neither a report nor a notice');
      return report;
    });
  }

  /** Chooses another document to try on, by typing its name. */
  async pick(name) {
    await this.picker.locator('[part=input]').fill(name);
    await this.picker.locator('[part=option]', { hasText: name }).first().click();
  }

  async expect(element, name, value) {
    await eventually(async () => assert.equal(await element.getAttribute(name, { timeout: 200 }), value));
  }

  /** What is said of the URL in the field. */
  async verdict(url) {
    return eventually(async () => {
      const { report, of } = await this.url.evaluate((view) => ({ report: view.report, of: view.text }));
      assert.equal(of, url);
      assert.ok(report);
      return report;
    });
  }
}

/**
 * A test on a desk with these settings; it fails when the page complains or the desk has shown a dialog.
 * @param {object} settings @param {(desk: Desk) => Promise<void>} body
 */
export function onSite(settings, body) {
  return async () => {
    site.reset(settings);
    const context = await browser.newContext({ viewport: settings.viewport ?? { width: 1280, height: 1000 }, locale: site.settings.lang, ...settings.context });
    const page = await context.newPage();
    const complaints = await complaintsOf(page, (line) => /Failed to load resource/.test(line.text()));
    if (settings.before) await page.addInitScript(settings.before);
    try {
      await page.goto(`${site.address}/app`);
      await page.waitForFunction(() => globalThis.bed?.ready && (given.settings.install !== 'app' || bed.installed));
      await body(new Desk(page, complaints));
      assert.deepEqual(complaints, []);
      if (!settings.dialogs) assert.deepEqual(await page.evaluate(() => bed.dialogs), []);
    } catch (error) {
      if (complaints.length) error.message += `\nthe page said: ${complaints.join('\n')}`;
      throw error;
    } finally {
      await context.close();
    }
  };
}
