// The stand-in chats, asked by clients that somebody else wrote against the real services.
import { before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { IncomingWebhook } from '@slack/webhook';

const desk = process.env.DESKBELL_DESK;
let chats;
before(async () => {
  ({ chats } = await (await fetch(`${desk}/demo.json`)).json());
});

/** A hook of a stand-in at its own origin, whatever host people would type. */
const local = ({ origin, hooks }, name) => new URL(new URL(hooks[name]).pathname + new URL(hooks[name]).search, origin).href;
const posts = async ({ origin }) => (await fetch(`${origin}/messages.json`)).json();

describe("Slack's own client", () => {
  test('is told ok, and the message is in the channel', async () => {
    const answer = await new IncomingWebhook(local(chats.Slack, 'works')).send({ text: 'from @slack/webhook', attachments: [] });
    assert.equal(answer.text, 'ok');
    assert.equal((await posts(chats.Slack)).at(-1).text, 'from @slack/webhook');
  });

  for (const [name, status, words] of [['archived', 410, 'channel_is_archived'], ['revoked', 404, 'no_active_hooks'], ['forbidden', 403, 'action_prohibited']]) {
    test(`understands why it is refused: ${words}`, async () => {
      const sent = new IncomingWebhook(local(chats.Slack, name)).send('never shown');
      await assert.rejects(sent, (error) => {
        const answer = error.original?.response ?? error.original ?? error;
        assert.ok(JSON.stringify([answer.status, error.message, answer.data]).includes(String(status)), error.message);
        return true;
      });
      assert.ok((await posts(chats.Slack)).every((post) => post.text !== 'never shown'));
    });
  }

  test('reads a request of the rate limit', async () => {
    const answer = await fetch(local(chats.Slack, 'busy'), { method: 'POST', body: '{"text":"x"}' });
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('retry-after'), '30');
  });
});

test('every chat shows its channel and tells nothing about another one', async () => {
  for (const [key, chat] of Object.entries(chats)) {
    const page = await (await fetch(chat.channel)).text();
    assert.ok(page.includes(`<title>${key}: channel</title>`), key);
  }
  assert.equal(new Set(Object.values(chats).map(({ origin }) => origin)).size, Object.keys(chats).length);
});

test('nobody listens where the desk says that nobody listens', async () => {
  const { closed } = await (await fetch(`${desk}/demo.json`)).json();
  await assert.rejects(fetch(closed));
});
