// The stand-in chats, asked by clients that somebody else wrote against the real services, and what Deskbell plans to send
// read by the services' own libraries.
import { after, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chat as googleChat } from '@googleapis/chat';
import { IncomingWebhook } from '@slack/webhook';
import adaptiveCards from 'adaptivecards/dist/adaptivecards.js';
import { RateLimitError, Routes, WebhookClient } from 'discord.js';
import { plugin } from '../wasm/plugin.mjs';
import { chats, closed, later, local, posts } from './stand-ins.mjs';

const ROOT = new URL('../../', import.meta.url);
const DOCUMENT = 'https://erp.example.com/app/chat-ticket/CT-00092';

/** Posts to a stand-in what Deskbell plans for its service; answers the payload that arrived, and what the stand-in said. */
async function planned(chat, text, query = '') {
  await later(chat);
  const plan = plugin.planTest(chat.service, local(chat, 'works'), { text, payload: null }, { documentUrl: DOCUMENT, lang: 'en' });
  const answer = await fetch(plan.url + query, { method: plan.method, headers: plan.headers, body: plan.body });
  const arrived = (await posts(chat)).at(-1);
  assert.ok(arrived.text.includes(text), arrived.text);
  return { payload: arrived.payload, said: await answer.text() };
}

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

describe('discord.js', () => {
  const made = [];
  after(() => Promise.all(made.map((client) => client.destroy())));
  const clientOf = (name) => {
    const [, , , id, token] = new URL(chats.Discord.hooks[name]).pathname.split('/');
    const rest = { api: `${chats.Discord.origin}/api`, retries: 0, rejectOnRateLimit: () => true };
    const client = new WebhookClient({ id, token }, { rest });
    made.push(client);
    return client;
  };

  test('gets the message that it posted', async () => {
    const message = await clientOf('works').send({ content: 'from discord.js', username: 'Dodock', embeds: [{ title: 'Document link', url: DOCUMENT }] });
    assert.deepEqual([message.content, message.author.username, message.embeds[0].title], ['from discord.js', 'Dodock', 'Document link']);
    const arrived = (await posts(chats.Discord)).at(-1);
    assert.deepEqual([arrived.text, arrived.author, arrived.links], ['from discord.js', 'Dodock', [{ label: 'Document link', url: DOCUMENT }]]);
  });

  test('posts a file in a multipart form', async () => {
    await clientOf('works').send({ content: 'with a file', files: [{ attachment: Buffer.from('x'), name: 'x.txt' }] });
    assert.equal((await posts(chats.Discord)).at(-1).text, 'with a file');
  });

  test('is told about the hook without posting', async () => {
    const before = (await posts(chats.Discord)).length;
    const client = clientOf('works');
    const hook = await client.rest.get(Routes.webhook(client.id, client.token), { auth: false });
    assert.deepEqual([hook.id, hook.type], [client.id, 1]);
    assert.equal((await posts(chats.Discord)).length, before);
  });

  for (const [name, status, code] of [['deleted', 404, 10015], ['revoked', 401, 50027], ['channel-deleted', 404, 10003], ['forum', 400, 220001], ['thread-and-name', 400, 220002], ['too-large', 413, 40005]]) {
    test(`understands why it is refused: ${code}`, async () => {
      await assert.rejects(clientOf(name).send('never shown'), (error) => {
        assert.deepEqual([error.name, error.status, error.code], [`DiscordAPIError[${code}]`, status, code]);
        return true;
      });
    });
  }

  for (const [what, message, place] of [['a text that is too long', { content: 'x'.repeat(2001) }, 'content'], ['a name that is not allowed', { content: 'x', username: 'My Discord' }, 'username']]) {
    test(`finds ${what} in the tree of errors`, async () => {
      await assert.rejects(clientOf('works').send(message), (error) => {
        assert.equal(error.code, 50035);
        assert.ok(error.rawError.errors[place]._errors[0].code, place);
        assert.ok(error.message.startsWith(`Invalid Form Body\n${place}[`), error.message);
        return true;
      });
    });
  }

  test('waits as long as it is told', async () => {
    await assert.rejects(clientOf('busy').send('never shown'), (error) => {
      assert.ok(error instanceof RateLimitError, error.message);
      assert.deepEqual([error.retryAfter >= 30_000 && error.retryAfter < 31_000, error.global], [true, false]);
      return true;
    });
  });

  test('is held back after five messages in two seconds', async () => {
    await later(chats.Discord);
    const client = clientOf('works');
    const sent = Array.from({ length: 6 }, (_, index) => client.send(`burst ${index}`));
    const outcomes = await Promise.allSettled(sent);
    const held = outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => [reason instanceof RateLimitError, reason.limit]);
    assert.deepEqual(held, [[true, 5]]);
    assert.equal((await posts(chats.Discord)).filter(({ text }) => text.startsWith('burst')).length, 5);
  });

  test('gives up on a problem of the service', async () => {
    await assert.rejects(clientOf('broken').send('never shown'), (error) => {
      assert.equal(error.status, 500);
      return true;
    });
  });

  test('takes what Deskbell plans', async () => {
    const { payload } = await planned(chats.Discord, 'planned for Discord');
    const message = await clientOf('works').send(payload);
    assert.equal(message.content, payload.content);
  });
});

describe("Google's own client", () => {
  const { origin, hooks } = chats['Google Chat'];
  const client = googleChat({ version: 'v1', rootUrl: `${origin}/` });
  const sendTo = (name, requestBody) => {
    const url = new URL(hooks[name]);
    const query = Object.fromEntries(url.searchParams);
    return client.spaces.messages.create({ parent: url.pathname.split('/').slice(2, 4).join('/'), ...query, requestBody }, { retry: false });
  };

  test('posts, and reads what is answered', async () => {
    await later(chats['Google Chat']);
    const { status, data } = await sendTo('works', { text: 'from @googleapis/chat' });
    assert.deepEqual([status, data.text, data.name.startsWith('spaces/')], [200, 'from @googleapis/chat', true]);
    assert.equal((await posts(chats['Google Chat'])).at(-1).text, 'from @googleapis/chat');
  });

  for (const [name, code, status] of [['forbidden', 403, 'PERMISSION_DENIED'], ['deleted', 404, 'NOT_FOUND'], ['busy', 429, 'RESOURCE_EXHAUSTED'], ['broken', 500, 'INTERNAL']]) {
    test(`understands why it is refused: ${status}`, async () => {
      await assert.rejects(sendTo(name, { text: 'never shown' }), (error) => {
        assert.deepEqual([Number(error.code ?? error.status), error.response.data.error.status], [code, status]);
        return true;
      });
    });
  }

  test('is told which name nobody knows, and that there is no text', async () => {
    await assert.rejects(sendTo('works', { body: 'x' }), /Unknown name "body" at 'message': Cannot find field/);
    await assert.rejects(sendTo('works', {}), /Message cannot be empty/);
  });
});

describe("Teams' own card library", () => {
  /** What the library says of a card: its warnings, and the card as it understood it. */
  function parsed(content) {
    const context = new adaptiveCards.SerializationContext();
    const card = new adaptiveCards.AdaptiveCard();
    card.parse(content, context);
    const warnings = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
    return { warnings: [...warnings, ...card.validateProperties().validationEvents.map(({ message }) => message)], card: card.toJSON() };
  }

  test('reads the card that Deskbell plans', async () => {
    for (const key of ['Teams', 'Teams (no CORS)', 'Teams (connector)']) {
      const { payload } = await planned(chats[key], `planned for ${key}`);
      assert.deepEqual([payload.type, payload.attachments.length], ['message', 1]);
      const [{ contentType, content }] = payload.attachments;
      assert.equal(contentType, 'application/vnd.microsoft.card.adaptive');
      const { warnings, card } = parsed(content);
      assert.deepEqual(warnings, []);
      assert.deepEqual(card.body, content.body);
      assert.deepEqual([card.actions[0].type, card.actions[0].url], ['Action.OpenUrl', DOCUMENT]);
    }
  });

  test('complains of a card that is none', () => {
    assert.notDeepEqual(parsed({ type: 'AdaptiveCard', version: '1.2', body: [{ type: 'Nothing' }] }).warnings, []);
    assert.notDeepEqual(parsed({ type: 'AdaptiveCard', version: '1.2', body: [], actions: [{ type: 'Action.OpenUrl', title: 'no address' }] }).warnings, []);
  });
});

describe('the types that the services publish', () => {
  const folder = new URL('target/schema-check/', ROOT);
  after(() => rmSync(folder, { recursive: true, force: true }));
  const TYPES = {
    'Discord message': ['discord-api-types/v10', 'RESTPostAPIWebhookWithTokenJSONBody'],
    'Discord answer': ['discord-api-types/v10', 'APIMessage'],
    'Google Chat message': ['@googleapis/chat', 'chat_v1.Schema$Message'],
    'Slack message': ['@slack/webhook', 'IncomingWebhookSendArguments'],
  };

  /** Complaints of the compiler when values are written down as literals of these types. @param {Array<[keyof TYPES, any]>} values */
  function complaints(values) {
    mkdirSync(folder, { recursive: true });
    const lines = values.map(([type, value], index) => {
      const [module, name] = TYPES[type];
      return `export const value${index}: import('${module}').${name} = ${JSON.stringify(value)};`;
    });
    const file = new URL('values.ts', folder);
    writeFileSync(file, lines.join('\n'));
    const compiler = ['node_modules/typescript/bin/tsc', '--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', 'node', fileURLToPath(file)];
    const { stdout } = spawnSync('node', compiler, { cwd: ROOT, encoding: 'utf8' });
    return stdout.split('\n').filter((line) => /error TS/.test(line)).map((line) => line.replace(/^.*values/, ''));
  }

  test('fit what Deskbell plans, and what the stand-ins answer', async () => {
    const google = await planned(chats['Google Chat'], 'planned for Google Chat');
    const discord = await planned(chats.Discord, 'planned for Discord', '?wait=true');
    const slack = await planned(chats.Slack, 'planned for Slack');
    // "No flag" has no name in an enumeration, so no literal of JSON fits it.
    const withoutFlags = (name, value) => (name === 'flags' && value === 0 ? undefined : value);
    assert.deepEqual(complaints([
      ['Google Chat message', google.payload],
      ['Google Chat message', JSON.parse(google.said)],
      ['Discord message', discord.payload],
      ['Discord answer', JSON.parse(discord.said, withoutFlags)],
      ['Slack message', slack.payload],
    ]), []);
  });

  test('do not fit everything', () => {
    const wrong = [['Google Chat message', { text: 1 }], ['Google Chat message', { txt: 'x' }], ['Discord message', { contents: 'x' }], ['Discord answer', { id: 'x' }], ['Slack message', { text: 'x', user_name: 'x' }]];
    assert.equal(complaints(wrong).length, wrong.length);
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
  await assert.rejects(fetch(closed));
});
