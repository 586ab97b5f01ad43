// The test button, against stand-in chats with the real services' rules. An outcome is never better than what is known.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, later, onDesk, posts } from './browser.mjs';

const NOTIFICATION = '/notification/New ticket';
let serial = 0;

/** Sends a message of its own through a hook; says what the button showed and whether it arrived. */
async function sendThrough(desk, chat, url, patience) {
  serial += 1;
  const text = `test ${serial} of {{ doc.name }}`;
  await desk.useHook(`Support ${chat}`, url);
  await desk.set('message', text);
  await desk.report(desk.preview, text);
  await later(desk.chats[chat]);
  const outcome = await desk.send(patience);
  const arrived = (await posts(desk.chats[chat])).filter((post) => post.text.includes(`\ntest ${serial} of CT-00092`)).length;
  return { ...outcome, arrived };
}

describe('a working hook', () => {
  for (const [chat, outcome] of [
    ['Discord', 'delivered'],
    ['Google Chat', 'delivered'],
    ['Mattermost', 'unconfirmed'],
    ['Ntfy', 'delivered'],
    ['Raven', 'delivered'],
    ['Rocket.Chat', 'unconfirmed'],
    ['Slack', 'delivered'],
    // A workflow says that it has started.
    ['Teams', 'unconfirmed'],
  ]) {
    test(`${chat}: ${outcome}, and posted once`, onDesk(NOTIFICATION, async (desk) => {
      const end = await sendThrough(desk, chat);
      assert.deepEqual([end.outcome, end.arrived], [outcome, 1], end.message);
      assert.equal(await desk.test.getAttribute('data-outcome'), outcome);
    }));
  }

  // The browser drops the answer when it reads whom it is for: to the page that is a failure, though the message is there.
  test('Matrix (Hookshot): posted once', onDesk(NOTIFICATION, async (desk) => {
    const end = await sendThrough(desk, 'Matrix (Hookshot)');
    assert.deepEqual([end.outcome, end.arrived], ['unconfirmed', 1], end.message);
  }));

  // They take JSON only, and no preflight: nothing leaves the browser, which does not say so.
  test('Raven on another site, connectors, workflows without CORS: not posted, and not called delivered', onDesk(NOTIFICATION, async (desk) => {
    for (const chat of ['Raven (other site)', 'Teams (no CORS)', 'Teams (connector)']) {
      const end = await sendThrough(desk, chat);
      assert.equal(end.arrived, 0, `${chat}: ${end.message}`);
      assert.ok(['failed', 'unconfirmed'].includes(end.outcome), `${chat}: ${end.outcome}`);
    }
  }));

  test('Rocket.Chat before 7.6: posted once, and never more than is known', onDesk(NOTIFICATION, async (desk) => {
    const end = await sendThrough(desk, 'Rocket.Chat 7.5');
    assert.equal(end.arrived, 1);
    assert.ok(['delivered', 'unconfirmed'].includes(end.outcome), end.outcome);
  }));
});

describe('a refusal is told in the words of the service', () => {
  for (const [chat, refusals] of Object.entries({
    Discord: [
      ['deleted', 404, 'Unknown Webhook'],
      ['revoked', 401, 'Invalid Webhook Token'],
      ['channel-deleted', 404, 'Unknown Channel'],
      ['forum', 400, 'thread_name'],
      ['busy', 429, 'rate limited'],
    ],
    'Google Chat': [
      ['forbidden', 403, 'without a valid token'],
      ['deleted', 404, 'Requested entity was not found'],
      ['busy', 429, 'Resource has been exhausted'],
    ],
    Ntfy: [
      ['protected', 403, 'forbidden'],
      ['unauthorized', 401, 'unauthorized'],
      ['quota', 429, 'too many messages'],
    ],
    Raven: [
      ['deleted', 404, 'webhook not found'],
      ['csrf', 400, 'CSRFTokenError'],
    ],
    Slack: [
      ['revoked', 404, 'no_active_hooks'],
      ['archived', 410, 'channel_is_archived'],
      ['forbidden', 403, 'action_prohibited'],
      ['busy', 429, 'rate_limited'],
    ],
    Teams: [
      ['revoked', 401, 'DirectApiInvalidAuthorizationScheme'],
      ['disabled', 400, 'WorkflowTriggerIsNotEnabled'],
      ['deleted', 404, 'WorkflowNotFound'],
    ],
  })) {
    test(`${chat}: ${refusals.map(([hook]) => hook).join(', ')}`, onDesk(NOTIFICATION, async (desk) => {
      for (const [hook, status, words] of refusals) {
        const end = await sendThrough(desk, chat, desk.chats[chat].hooks[hook]);
        assert.deepEqual([end.outcome, end.status, end.arrived], ['refused', status, 0], `${hook}: ${end.message}`);
        assert.ok((end.detail ?? '').includes(words), `${hook}: ${end.detail}`);
      }
    }));
  }
});

test('a problem of the service itself is a failure, with its status', onDesk(NOTIFICATION, async (desk) => {
  for (const [chat, status] of [['Discord', 500], ['Ntfy', 500], ['Raven', 502], ['Slack', 500], ['Teams', 500]]) {
    const end = await sendThrough(desk, chat, desk.chats[chat].hooks.broken);
    assert.deepEqual([end.outcome, end.status, end.arrived], ['failed', status, 0], `${chat}: ${end.message}`);
  }
}));

describe('what cannot be read is never called delivered', () => {
  for (const [chat, hook] of [['Mattermost', 'disabled'], ['Mattermost', 'forbidden'], ['Rocket.Chat', 'deleted'], ['Rocket.Chat', 'busy']]) {
    test(`${chat} ${hook}`, onDesk(NOTIFICATION, async (desk) => {
      const end = await sendThrough(desk, chat, desk.chats[chat].hooks[hook]);
      assert.deepEqual([end.outcome, end.arrived], ['unconfirmed', 0], end.message);
    }));
  }

  test('Matrix (Hookshot): not posted, or posted, looks the same', onDesk(NOTIFICATION, async (desk) => {
    const chat = 'Matrix (Hookshot)';
    for (const hook of ['works', 'expired']) {
      const end = await sendThrough(desk, chat, desk.chats[chat].hooks[hook]);
      assert.deepEqual([end.outcome, end.arrived], ['unconfirmed', hook === 'works' ? 1 : 0], end.message);
    }
  }));

  test('a chat hangs up', onDesk(NOTIFICATION, async (desk) => {
    for (const chat of ['Discord', 'Google Chat', 'Matrix (Hookshot)', 'Mattermost', 'Ntfy', 'Raven', 'Rocket.Chat', 'Slack', 'Teams']) {
      const end = await sendThrough(desk, chat, desk.chats[chat].hooks['hangs-up']);
      assert.ok(['failed', 'unconfirmed'].includes(end.outcome), `${chat}: ${end.outcome}`);
      assert.equal(end.arrived, 0, chat);
    }
  }));

  test('nobody listens at the address', onDesk(NOTIFICATION, async (desk) => {
    const end = await sendThrough(desk, 'Mattermost', desk.chats.Mattermost.hookUrl.replace(desk.chats.Mattermost.origin, desk.closed));
    assert.equal(end.outcome, 'failed', end.message);
  }));

  test('a chat that never answers is given up, and said so', onDesk(NOTIFICATION, async (desk) => {
    const end = await sendThrough(desk, 'Slack', desk.chats.Slack.hooks.mute, 25000);
    assert.ok(['failed', 'unconfirmed'].includes(end.outcome), end.outcome);
    assert.ok(end.elapsedMs >= 10000 && end.elapsedMs < 20000, String(end.elapsedMs));
  }));
});

describe('one wish is one post', () => {
  test('a double click', onDesk(NOTIFICATION, async (desk) => {
    const before = (await posts(desk.chats.Slack)).length;
    const text = 'only once {{ doc.name }}';
    await desk.set('message', text);
    await desk.report(desk.preview, text);
    const button = desk.test.locator('[part~=send]');
    await desk.expect(button, 'aria-disabled', 'false');
    // The second click comes with the answer, as late as a double click can be.
    await desk.test.evaluate((view) => {
      new MutationObserver(() => view.outcome && view.shadowRoot.querySelector('[part~=send]').click()).observe(view, { attributeFilter: ['data-outcome'] });
    });
    await button.dblclick();
    await desk.expect(desk.test, 'data-outcome', 'delivered');
    await desk.page.waitForTimeout(300);
    assert.equal((await posts(desk.chats.Slack)).length, before + 1);
  }));

  test('clicks while the chat takes its time', onDesk(NOTIFICATION, async (desk) => {
    await desk.useHook('Support Slack', desk.chats.Slack.hooks.mute);
    const button = desk.test.locator('[part~=send]');
    await desk.expect(button, 'aria-disabled', 'false');
    const sent = [];
    desk.page.context().on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await button.click();
    await eventually(() => assert.equal(sent.length, 1), 15000);
    for (let click = 0; click < 3; click += 1) {
      // Not what a person can do to a button that says it is busy, but what a script or a keyboard can.
      await button.evaluate((element) => element.click());
      await desk.page.waitForTimeout(200);
    }
    assert.equal(sent.length, 1);
  }));
});

describe('what may have arrived is not sent again without a question', () => {
  const ask = async (desk) => {
    await desk.page.waitForTimeout(700);
    await desk.test.locator('[part~=send]').click();
    await desk.expect(desk.test, 'data-asking', '');
  };
  const arrived = async (chat, text) => (await posts(chat)).filter((post) => post.text.includes(text)).length;

  test('a second click asks, and sends when the person says so', onDesk(NOTIFICATION, async (desk) => {
    const chat = desk.chats.Mattermost;
    assert.equal((await sendThrough(desk, 'Mattermost')).outcome, 'unconfirmed');
    const text = `test ${serial} of CT-00092`;
    assert.equal(await desk.test.getAttribute('data-asking'), null, 'nobody has clicked again');
    await ask(desk);
    await desk.test.locator('[part~=send]').click();
    await desk.page.waitForTimeout(300);
    assert.equal(await arrived(chat, text), 1);
    await desk.test.locator('[part~=keep-quiet]').click();
    await desk.expect(desk.test, 'data-asking', null);
    assert.equal(await arrived(chat, text), 1);
    await ask(desk);
    await desk.test.locator('[part~=send-again]').click();
    await eventually(async () => assert.equal(await arrived(chat, text), 2));
  }));

  test('a confirmed test and another webhook need no question', onDesk(NOTIFICATION, async (desk) => {
    assert.equal((await sendThrough(desk, 'Mattermost')).outcome, 'unconfirmed');
    assert.equal((await sendThrough(desk, 'Slack')).outcome, 'delivered');
    await desk.page.waitForTimeout(700);
    assert.equal((await sendThrough(desk, 'Slack')).outcome, 'delivered');
  }));
});

test('nothing leaves this computer', onDesk(NOTIFICATION, async (desk) => {
  const asked = [];
  desk.page.context().on('request', (request) => asked.push(new URL(request.url()).hostname));
  await sendThrough(desk, 'Slack');
  await sendThrough(desk, 'Google Chat');
  assert.deepEqual([...new Set(asked)].filter((host) => host !== '127.0.0.1'), []);
}));
