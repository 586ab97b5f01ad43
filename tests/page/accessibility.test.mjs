// What a screen reader and a person with low vision meet: axe-core on every state of the page, in both themes, wide and narrow.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations } from '../axe.mjs';
import { eventually, later, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
const SETTINGS = ['light', 'dark'].flatMap((theme) => [1280, 360].map((width) => ({ theme, viewport: { width, height: 900 } })));
/** Errors, remarks with fixes, a gap and every kind of part in one text each. */
const CONDITION = 'doc.status = "Open"';
const MESSAGE = '**{{ doc.subjct }}** {{ doc.customer_name or doc.customer }} {{ frappe.db.get_value("Customer", doc.customer, "territory") }} <b>x</b> {{ doc.resolution }}';

const clean = async (desk, what) => assert.deepEqual(await violations(desk.page), [], what);

for (const settings of SETTINGS) {
  describe(`${settings.theme}, ${settings.viewport.width} pixels`, () => {
    test('a notification in every view, with remarks, errors and gaps, after a replay and after a test', onDesk(NOTIFICATION, async (desk) => {
      await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
      for (const view of ['chat', 'text', 'request', 'compare']) {
        const tab = desk.preview.locator(`[data-view="${view}"]`);
        await tab.click();
        if (view === 'compare') for (const chat of await desk.preview.locator('[part=choose-chats] button').all()) if ((await chat.getAttribute('aria-pressed')) === 'false') await chat.click();
        await clean(desk, `view ${view}`);
      }
      await desk.preview.locator('[data-view="chat"]').click();
      await desk.page.locator('deskbell-replay [part=start]').click();
      await desk.expect(desk.page.locator('deskbell-replay'), 'data-phase', 'done');
      for (const summary of await desk.page.locator('deskbell-replay summary').all()) await summary.click();
      await desk.useHook('Support Discord');
      await later(desk.chats.Discord);
      await desk.send();
      await clean(desk, 'after a replay and a test');
      await desk.set('condition', CONDITION);
      await desk.set('message', MESSAGE);
      await desk.report(desk.condition, CONDITION);
      await desk.report(desk.preview, MESSAGE);
      await clean(desk, 'remarks and errors');
      await desk.set('condition', '');
      await desk.set('message', '{{ doc.');
      await desk.report(desk.preview, '{{ doc.');
      await clean(desk, 'a syntax error and no condition');
    }, settings));

    test('a webhook that is empty, right, wrong, and pasted with more around it', onDesk('/webhook/Support Slack', async (desk) => {
      for (const url of ['', desk.chats.Slack.hooks.ok ?? Object.values(desk.chats.Slack.hooks)[0], 'https://discord.com/channels/1/2', '  <https://hooks.slack.com/services/T0/B0/fake> ']) {
        await desk.set('webhook_url', url);
        await desk.report(desk.url, url);
        await clean(desk, url.slice(0, 20));
      }
    }, settings));
  });
}

/** Runs in the page: keeps what a screen reader is told, in order. */
function keepWhatIsSaid() {
  globalThis.told = [];
  for (const view of document.querySelectorAll('deskbell-condition, deskbell-message-preview, deskbell-test-button, deskbell-replay')) {
    const live = view.root.querySelector('[part=live]');
    new MutationObserver(() => live.textContent && globalThis.told.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
  }
}

describe('a screen reader', () => {
  test('is told a verdict once, when the person has stopped typing, and nothing when it is the same', onDesk(NOTIFICATION, async (desk) => {
    await eventually(async () => assert.ok(await desk.condition.evaluate((view) => view.report)));
    await desk.page.waitForTimeout(1500);
    await desk.page.evaluate(keepWhatIsSaid);
    await desk.set('condition', '');
    await desk.field('condition').pressSequentially('doc.status == "Closed"', { delay: 25 });
    await desk.expect(desk.condition, 'data-verdict', 'silent');
    await desk.page.waitForTimeout(1500);
    const verdict = await desk.condition.locator('[part~=verdict]').innerText();
    assert.deepEqual(await desk.page.evaluate(() => globalThis.told), [verdict]);
    await desk.field('condition').pressSequentially(' ', { delay: 25 });
    await desk.page.waitForTimeout(1500);
    assert.equal((await desk.page.evaluate(() => globalThis.told)).length, 1);
  }));

  test('is told nothing of what a form says when it is opened', onDesk(NOTIFICATION, async (desk) => {
    await desk.page.evaluate(keepWhatIsSaid);
    await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
    await desk.page.waitForTimeout(1500);
    assert.deepEqual(await desk.page.evaluate(() => globalThis.told), []);
  }));
});

/** Runs in the page: what can have the keyboard in the panels, in the page's order. */
function markControls() {
  const controls = [];
  const visit = (root, panel) => {
    for (const node of root.querySelectorAll('*')) {
      const inside = panel || node.localName.startsWith('deskbell-');
      // Of a group such as the days of a chart Tab comes to one, and the arrows to the others.
      const grouped = node.matches('[tabindex="-1"]');
      if (inside && !grouped && node.matches('button, input, select, summary, a[href], [tabindex="0"]') && node.checkVisibility()) controls.push(node);
      if (node.shadowRoot) visit(node.shadowRoot, inside);
    }
  };
  visit(document, false);
  controls.forEach((control, index) => control.setAttribute('data-walk', String(index)));
  return controls.map((control) => `${control.localName} ${control.textContent.trim().slice(0, 30)}`);
}

/** Runs in the page: which control has the keyboard, and whether that can be seen. */
function whereIsFocus() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  // On its way round a browser passes its own buttons, and a page keeps what was active.
  if (!active?.matches(':focus')) return { walk: null, seen: false };
  const { outlineStyle, outlineWidth } = getComputedStyle(active);
  return { walk: active?.getAttribute('data-walk'), seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 };
}

describe('a keyboard', () => {
  test('reaches every control with Tab, goes back with Shift+Tab, and is seen everywhere', onDesk(NOTIFICATION, async (desk) => {
    await desk.useHook('Support Slack');
    await desk.set('message', MESSAGE);
    await desk.report(desk.preview, MESSAGE);
    await desk.page.locator('deskbell-replay [part=start]').click();
    await desk.expect(desk.page.locator('deskbell-replay'), 'data-phase', 'done');
    // What the site says of the look-up draws the remarks anew.
    await desk.page.waitForTimeout(1500);
    const controls = await desk.page.evaluate(markControls);
    assert.ok(controls.length > 15, controls.join('\n'));
    for (const key of ['Tab', 'Shift+Tab']) {
      // The way back begins where the way there has ended.
      const visited = new Set(key === 'Tab' ? [] : [(await desk.page.evaluate(whereIsFocus)).walk]);
      const unseen = [];
      if (key === 'Tab') await desk.page.locator('main').focus();
      for (let press = 0; press < 200 && visited.size < controls.length; press += 1) {
        await desk.page.keyboard.press(key);
        const { walk, seen } = await desk.page.evaluate(whereIsFocus);
        if (walk === null) continue;
        visited.add(walk);
        if (!seen) unseen.push(controls[Number(walk)]);
      }
      assert.deepEqual([...controls.keys()].filter((index) => !visited.has(String(index))).map((index) => controls[index]), [], `${key} does not come to`);
      assert.deepEqual(unseen, [], key);
    }
  }));

  test('keeps its place when what it was on is drawn anew or gives way', onDesk(NOTIFICATION, async (desk) => {
    await desk.useHook('Support Slack');
    await desk.set('message', MESSAGE);
    await desk.report(desk.preview, MESSAGE);
    const focused = () => desk.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active.getAttribute('part') ?? active.localName;
    });
    await desk.preview.locator('[part~=place]').first().focus();
    await desk.page.evaluate(() => globalThis.desk.tell('clock'));
    await desk.page.waitForTimeout(300);
    assert.equal(await focused(), 'place', 'a remark');
    const tab = desk.preview.locator('[data-view="text"]');
    await tab.focus();
    await desk.page.keyboard.press('Enter');
    await desk.expect(desk.preview, 'data-view', 'text');
    assert.equal(await tab.evaluate((button) => button.matches(':focus')), true);
    await desk.page.locator('deskbell-replay [part=start]').focus();
    await desk.page.keyboard.press('Space');
    await desk.expect(desk.page.locator('deskbell-replay'), 'data-phase', 'done');
    assert.equal(await focused(), 'start', 'the replay');
    const probe = desk.page.locator('deskbell-other-ways [part=probe]');
    await probe.focus();
    await desk.page.keyboard.press('Enter');
    await desk.expect(desk.page.locator('deskbell-other-ways'), 'data-probe', 'alive');
    assert.equal(await focused(), 'probe', 'the check');
  }));
});

describe('a page that is enlarged', () => {
  for (const [zoom, width] of [['200 %', 640], ['400 %', 320]]) {
    test(`loses nothing and scrolls in one direction at ${zoom}`, onDesk(NOTIFICATION, async (desk) => {
      await desk.useHook('Support Slack');
      for (const text of [MESSAGE, `${'x'.repeat(300)} {{ doc.name }}`]) {
        await desk.set('message', text);
        await desk.report(desk.preview, text);
        for (const view of ['chat', 'text', 'request', 'compare']) {
          await desk.preview.locator(`[data-view="${view}"]`).click();
          assert.ok(await desk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), view);
          assert.deepEqual(await desk.page.evaluate(cutOff), [], view);
        }
      }
    }, { viewport: { width, height: 500 } }));
  }
});

/** Runs in the page: what is cut off in a panel, beyond what is shortened with an ellipsis on purpose. */
function cutOff() {
  const cut = [];
  const visit = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) visit(node.shadowRoot);
      const { overflowX, textOverflow } = getComputedStyle(node);
      if (root !== document && node.checkVisibility() && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && overflowX === 'hidden' && textOverflow !== 'ellipsis' && !node.matches('.sr')) cut.push(`${node.localName}.${node.className}`);
    }
  };
  visit(document);
  return cut;
}

test('nothing moves for a person who asked for less motion', onDesk(NOTIFICATION, async (desk) => {
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
  await eventually(async () => assert.ok(await desk.preview.evaluate((view) => view.report)));
  const moving = await desk.page.evaluate(() => {
    const found = [];
    const visit = (root) => {
      for (const node of root.querySelectorAll('*')) {
        if (node.shadowRoot) visit(node.shadowRoot);
        const { transitionDuration, animationName } = getComputedStyle(node);
        if (animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0)) found.push(node.className || node.localName);
      }
    };
    visit(document);
    return found;
  });
  assert.deepEqual(moving, []);
}));
