// The search for tokens that ends every test of the page: a token that is drawn for a moment, logged, thrown, kept or sent to the desk is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, open, secretsOf } from './browser.mjs';

/** How a page could give a token away; each runs in the page. */
const LEAKS = {
  'drawn and gone again, in a shadow root': async (token) => {
    const host = document.body.appendChild(document.createElement('div'));
    const code = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('code'));
    code.textContent = `the URL ends with ${token}`;
    await new Promise((resolve) => setTimeout(resolve, 50));
    host.remove();
  },
  'in a text that is rewritten': async (token) => {
    const text = document.body.appendChild(document.createTextNode(''));
    text.data = token;
    text.data = '…';
  },
  'in an attribute': (token) => document.body.setAttribute('data-url', token),
  logged: (token) => console.log('posting to', { url: token }.url),
  thrown: (token) => void setTimeout(() => { throw new Error(`cannot post to ${token}`); }),
  kept: (token) => localStorage.setItem('draft', token),
  'in the address of the page': (token) => history.replaceState(null, '', `?hook=${token}${location.hash}`),
  'asked of the desk': (token) => fetch(`/demo.json?from=${token}`).then(() => {}),
};

for (const [how, leak] of Object.entries(LEAKS)) {
  test(`a token is found: ${how}`, async () => {
    const desk = await open('/notification/New ticket');
    try {
      await desk.keepsSecrets();
      const [{ secret }] = secretsOf({ Slack: desk.chats.Slack });
      await desk.page.evaluate(leak, secret);
      await eventually(() => assert.rejects(desk.keepsSecrets(), /a token can be read/));
    } finally {
      await desk.page.context().close();
    }
  });
}
