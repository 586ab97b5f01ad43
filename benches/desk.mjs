// What the plugin costs a desk: from a key to the drawn preview, and what opening a notification takes more than without it. In the
// test bed of tests/desk, in Chromium; figures are for people, so no check depends on them. Run with `cargo xtask bench`.
import { launch } from '../tests/browsers.mjs';
import { Site } from '../tests/desk/site.mjs';

const KEYS = 150;
const OPENINGS = 9;
const MESSAGES = [
  ['one line', '{{ doc.name }} {{ doc.get_formatted("grand_total") }} '],
  ['1,000 lines, one a row', '{% for row in doc.get("items") %}{{ row.qty }} x {{ row.item_name }}\n{% endfor %} '],
];

const sorted = (numbers) => numbers.toSorted((a, b) => a - b);
const at = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
const ms = (number) => `${number.toFixed(1)} ms`.padStart(10);

const site = new Site();
await site.start();
const browser = await launch();

/** A page on a desk with these settings. */
async function open(settings) {
  site.reset({ open: true, warm: true, rows: true, ...settings });
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.long = [];
    globalThis.shift = 0;
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${site.address}/app`);
  await page.waitForFunction(() => globalThis.bed?.ready && (given.settings.install !== 'app' || bed.installed));
  return { context, page };
}

const drawn = (page) => page.waitForFunction(() => document.querySelector('deskbell-message-preview')?.report);

/** What the page's main thread has run so far, in milliseconds of its own, so that a busy machine counts for nothing. */
async function busy(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

console.log(`${KEYS} keys, 1,000 rows         median        p95        max   main thread a key   tasks above 50 ms`);
for (const [name, message, install = 'app'] of [['without the plugin', 'x ', 'none'], ...MESSAGES]) {
  const { context, page } = await open({ install });
  await page.evaluate(() => frappe.set_route('Form', 'Notification', 'Overdue invoice').then(() => {}));
  if (install !== 'none') await drawn(page);
  await page.evaluate((text) => cur_frm.set_value('message', text), message);
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    const { editor } = cur_frm.fields_dict.message;
    editor.focus();
    editor.navigateFileEnd();
    globalThis.took = [];
    globalThis.long.length = 0;
    let start = null;
    addEventListener('keydown', ({ timeStamp }) => (start = timeStamp), true);
    const view = document.querySelector('deskbell-message-preview');
    if (!view) return;
    const draw = view.draw;
    view.draw = function () {
      draw.call(this);
      if (start === null || this.text !== editor.getValue()) return;
      took.push(performance.now() - start);
      start = null;
    };
  });
  const ran = await busy(context, page);
  const before = await ran();
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('abcdefgh'[key % 8]);
    await page.waitForTimeout(40 + (key % 7) * 15);
  }
  await page.waitForTimeout(500);
  const { took, long } = await page.evaluate(() => ({ took, long }));
  const waits = took.length > 0 ? [at(took, 0.5), at(took, 0.95), Math.max(...took)].map(ms).join(' ') : ' '.repeat(32);
  console.log(`${name.padEnd(22)} ${waits} ${ms(((await ran()) - before) / KEYS)}           ${long.length}`);
  await context.close();
}

console.log(`\nopening a notification     the form     panels   main thread  layout shift   (median of ${OPENINGS})`);
for (const install of ['none', 'app', 'client-script']) {
  const runs = [];
  for (let run = 0; run < OPENINGS; run += 1) {
    const { context, page } = await open({ install });
    const ran = await busy(context, page);
    const before = await ran();
    const [form, panels] = await page.evaluate(async (wanted) => {
      const start = performance.now();
      await frappe.set_route('Form', 'Notification', 'Overdue invoice');
      const form = performance.now() - start;
      const view = () => document.querySelector('deskbell-message-preview');
      while (wanted && !(view()?.report && getComputedStyle(view()).visibility === 'visible')) await new Promise((resolve) => setTimeout(resolve, 4));
      return [form, performance.now() - start];
    }, install !== 'none');
    await page.waitForTimeout(700);
    runs.push({ form, panels, busy: (await ran()) - before, shift: await page.evaluate(() => shift) });
    await context.close();
  }
  const median = (key) => at(runs.map((run) => run[key]), 0.5);
  console.log(`${install.padEnd(22)} ${ms(median('form'))} ${ms(median('panels'))} ${ms(median('busy'))}    ${median('shift').toFixed(4)}`);
}

await browser.close();
await site.stop();
