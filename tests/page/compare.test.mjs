// The same message in several chats side by side, and the way to a URL: narrow and wide, light and dark, by keyboard.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, onDesk } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
const WIDTHS = [360, 1280];
const THEMES = ['light', 'dark'];

const compare = async (desk, message) => {
  await desk.set('message', message);
  await desk.report(desk.preview, message);
  await desk.preview.locator('button[data-view=compare]').click();
  const element = desk.preview.locator('deskbell-chat-compare');
  await eventually(async () => assert.ok(Number(await element.getAttribute('data-chats')) >= 2));
  return element;
};

/** Nothing sticks out of the panel of an element, and nothing scrolls sideways. */
const fits = (desk, element) =>
  element.locator('.panel').first().evaluate((panel) => {
    const edge = panel.getBoundingClientRect().right + 1;
    const parts = [...panel.querySelectorAll('*')].flatMap((node) => [node, ...(node.shadowRoot?.querySelectorAll('*') ?? [])]);
    const out = parts.filter((node) => node.getBoundingClientRect().right > edge && !node.closest('.sr'));
    return panel.scrollWidth <= panel.clientWidth && document.documentElement.scrollWidth <= innerWidth + 1 && out.length === 0;
  });

/** The contrast of an element's text with what is behind it (WCAG), through shadow roots. */
const contrast = (locator) =>
  locator.evaluate((node) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if (colour[3] === 255) return colour;
      }
      return [255, 255, 255];
    };
    const [a, b] = [light(rgba(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  });

for (const width of WIDTHS) {
  for (const theme of THEMES) {
    const options = { viewport: { width, height: 900 }, theme };
    describe(`${width} px, ${theme}`, () => {
      test('two chats side by side, with the places that they draw differently', onDesk(NOTIFICATION, async (desk) => {
        const element = await compare(desk, '**Order** {{ doc.name }}\n~~old~~');
        const columns = element.locator('[part=chats] > section');
        await eventually(async () => assert.equal(await columns.count(), 2));
        const [first, second] = [await columns.nth(0).boundingBox(), await columns.nth(1).boundingBox()];
        if (width > 1000) assert.ok(Math.abs(first.y - second.y) < 2 && second.x > first.x, 'beside each other');
        else assert.ok(second.y > first.y && Math.abs(first.x - second.x) < 2, 'below each other');
        assert.ok(await fits(desk, desk.preview), 'nothing sticks out');
        assert.match(await element.locator('[part=differences] li').first().innerText(), /\*\*Order\*\*/);
        for (const place of ['[part=summary] span', 'dt', 'dd', 'h3', '[part=choose-chats] button[aria-pressed=true]', '[part=look] p']) {
          assert.ok((await contrast(element.locator(place).first())) >= 4.5, `${place}: ${await contrast(element.locator(place).first())}`);
        }
      }, options));

      test('the way to a URL opens beside an empty field, and closes when it is filled', onDesk('/webhook/Support Slack', async (desk) => {
        const steps = desk.url.locator('[part=steps]');
        assert.equal(await steps.evaluate((details) => details.open), false);
        await desk.set('webhook_url', '');
        await eventually(async () => assert.equal(await steps.evaluate((details) => details.open), true));
        assert.match(await steps.locator('summary').innerText(), /^Where do I get the Slack URL\?/);
        assert.match(await steps.locator('[part=needs]').innerText(), /allowed to install apps/);
        assert.ok((await contrast(steps.locator('[part=needs]'))) >= 4.5);
        assert.ok((await contrast(steps.locator('summary'))) >= 4.5);
        assert.ok(await fits(desk, desk.url), 'nothing sticks out');
        await desk.set('webhook_url', desk.chats.Slack.hookUrl);
        await eventually(async () => assert.equal(await steps.evaluate((details) => details.open), false));
        await steps.locator('summary').focus();
        await desk.page.keyboard.press('Enter');
        assert.equal(await steps.evaluate((details) => details.open), true, 'the keyboard opens it again');
        await desk.set('webhook_url', `${desk.chats.Slack.hookUrl}x`);
        await desk.report(desk.url, `${desk.chats.Slack.hookUrl}x`);
        assert.equal(await steps.evaluate((details) => details.open), true, 'what a person opened stays open');
      }, options));
    });
  }
}

test('the chats are chosen by keyboard, and keep the focus', onDesk(NOTIFICATION, async (desk) => {
  const element = await compare(desk, '*Order* {{ doc.name }}');
  const chip = element.locator('button[data-chat=Mattermost]');
  const before = await chip.getAttribute('aria-pressed');
  await chip.focus();
  await desk.page.keyboard.press('Space');
  assert.notEqual(await chip.getAttribute('aria-pressed'), before);
  assert.equal(await chip.evaluate((button) => button.matches(':focus')), true);
  await desk.page.keyboard.press('Tab');
  assert.equal(await element.locator('button[data-chat=Ntfy]').evaluate((button) => button.matches(':focus')), true);
}));

test('chats that draw a message alike are said to, at every keystroke', onDesk(NOTIFICATION, async (desk) => {
  const element = await compare(desk, '*Order*');
  await desk.expect(element, 'data-differences', '1');
  // Until then a screen reader is not told what a person finds by reading.
  await desk.page.waitForTimeout(1500);
  await desk.set('message', 'Order');
  await desk.expect(element, 'data-differences', '0');
  await eventually(async () => assert.equal(await element.locator('[part=summary]').innerText(), 'These chats draw it alike.'));
  await eventually(async () => assert.equal(await element.locator('[part=live]').first().textContent(), 'These chats draw it alike.', 'a screen reader is told'));
  for (const name of ['Mattermost', 'Rocket.Chat', 'Google Chat', 'Discord', 'Ntfy']) {
    const chip = element.locator(`button[data-chat="${name}"]`);
    if ((await chip.getAttribute('aria-pressed')) === 'false') await chip.click();
  }
  await desk.expect(element, 'data-differences', '0');
  await desk.set('message', '**Order**');
  await desk.expect(element, 'data-differences', '1');
  assert.equal(await element.locator('strong').filter({ hasText: /^Order$/ }).count(), 3, 'Mattermost, Rocket.Chat and Discord');
}));

test('what the chats draw is in the language of the desk', onDesk('/notification/Nouveau ticket', async (desk) => {
  const element = await compare(desk, '**Ticket**');
  await eventually(async () => assert.match(await element.locator('[part=summary]').innerText(), /^Passages que ces messageries affichent différemment\s: 1$/));
  assert.match(await element.locator('[part=differences]').innerText(), /tel quel/);
}, { lang: 'fr' }));
