// How the panels stand in the desk's page: nothing moves while a form opens, and they follow its theme, direction and width.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onSite } from './browser.mjs';

const OPEN = { open: true };
const NEW = ['Form', 'Notification', 'New ticket'];
const LATE = ['Form', 'Notification', 'Overdue invoice'];

/** Counts from before the page's first script: what moved without a person's doing, and how far. */
const WATCH = `
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const moved = sources.map(({ node, previousRect, currentRect }) => (node?.className || node?.nodeName) + ' from ' + previousRect.y + ' to ' + currentRect.y);
    if (!hadRecentInput) shifts.push({ value, moved });
  }
}).observe({ type: 'layout-shift', buffered: true });`;

/** What a person reads in a panel. */
const text = (panel) => panel.evaluate((view) => view.root.textContent);
const settled = (desk) => desk.page.waitForTimeout(800);

/** Long enough that everything of the form is in the window, on a desk whose own editors are there at once. */
const WHOLE = { ...OPEN, warm: true, before: WATCH, viewport: { width: 1280, height: 2600 } };

describe('nothing moves', () => {
  for (const install of ['none', 'app', 'client-script']) {
    test(`while a notification opens, and another one in the same form (${install})`, onSite({ ...WHOLE, install }, async (desk) => {
      for (const route of [NEW, LATE, NEW]) {
        await desk.go(...route);
        await settled(desk);
        if (install !== 'none') await desk.message(route === LATE ? '{{ doc.name }} is late' : '*New* {{ doc.name }}');
      }
      assert.deepEqual(await desk.page.evaluate(() => globalThis.shifts), []);
    }));
  }

  test('when a report is longer than the place that was kept, until the person comes to the field', onSite({ ...OPEN, install: 'app', before: WATCH }, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    await settled(desk);
    const height = () => desk.page.evaluate(() => document.querySelector('.frappe-control[data-fieldname=message] .deskbell-slot').offsetHeight);
    const before = await height();
    const long = Array.from({ length: 40 }, (_, index) => `line ${index} {{ doc.nam${index} }}`).join('\n');
    await desk.withForm((frm, text) => frm.set_value('message', text), long);
    await desk.message(long);
    assert.equal(await height(), before);
    await desk.field('message').locator('.ace_text-input').focus();
    assert.ok((await height()) > before);
  }));
});

test('the heights of the last time are kept for the next page', onSite({ ...OPEN, install: 'app' }, async (desk) => {
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  await settled(desk);
  const kept = await desk.page.evaluate(() => JSON.parse(localStorage.getItem('deskbell:heights')));
  for (const name of ['condition', 'document_type', 'incoming_webhook_url', 'message']) assert.ok(kept[name] > 20, `${name}: ${kept[name]}`);
}));

test('the desk’s theme is followed when it is switched', onSite(OPEN, async (desk) => {
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  const surface = () => desk.preview.locator('.panel').first().evaluate((panel) => getComputedStyle(panel).backgroundColor);
  const light = await surface();
  await desk.page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await eventually(async () => assert.notEqual(await surface(), light));
  await desk.expect(desk.preview, 'data-theme', 'dark');
}));

for (const [what, settings, width] of [['narrow', {}, 360], ['from right to left', { rtl: true, lang: 'ar' }, 1280], ['narrow, from right to left', { rtl: true, lang: 'ar' }, 360]]) {
  test(`no panel is wider than its form: ${what}`, onSite({ ...OPEN, ...settings, viewport: { width, height: 900 } }, async (desk) => {
    await desk.go(...NEW);
    await desk.message('*New* {{ doc.name }}');
    const wide = await desk.page.evaluate(() => [...document.querySelectorAll('.deskbell-slot')].filter((slot) => slot.offsetParent && slot.scrollWidth > slot.clientWidth).map((slot) => slot.innerHTML));
    assert.deepEqual(wide, []);
    assert.ok(await desk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }));
}

test('the panels speak the desk’s language', onSite({ ...OPEN, lang: 'fr' }, async (desk) => {
  await desk.go(...NEW);
  await desk.message('*New* {{ doc.name }}');
  await eventually(async () => assert.match(await text(desk.preview), /exactement/i));
  await eventually(async () => assert.match(await text(desk.condition), /Nouveau/, 'the event in the host’s own words'));
}));
