// Equipment that no independent client has talked to proves nothing: which client has been at which stand-in, and was answered
// by it both when all was well and when it was refused. Runs after the clients; the stand-ins wrote their names down.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { chats, visits } from './stand-ins.mjs';

/** Clients by what they call themselves. @type {Record<string, RegExp>} */
const AGENTS = {
  '@googleapis/chat': /^google-api-nodejs-client\//,
  '@slack/webhook': /^@slack:webhook\//,
  apprise: /^Apprise$/,
  'discord.js': /^DiscordBot \(https:\/\/discord\.js\.org/,
  'pymsteams': /^python-requests\//,
  'pymsteams async': /^python-httpx\//,
  requests: /^python-requests\//,
};

/** Who has to have been where. */
const WITNESSES = {
  Discord: ['apprise', 'discord.js'],
  'Google Chat': ['@googleapis/chat', 'apprise'],
  'Matrix (Hookshot)': ['apprise'],
  Mattermost: ['apprise'],
  Ntfy: ['apprise'],
  // No client of Raven's is on a registry: the call that Frappe makes.
  Raven: ['requests'],
  'Raven (other site)': ['requests'],
  'Rocket.Chat': ['apprise'],
  'Rocket.Chat 7.5': ['apprise'],
  Slack: ['@slack/webhook', 'apprise'],
  Teams: ['apprise'],
  'Teams (connector)': ['pymsteams', 'pymsteams async'],
  'Teams (no CORS)': ['apprise'],
};

test('every stand-in has a witness', () => {
  assert.deepEqual(Object.keys(WITNESSES).sort(), Object.keys(chats).sort());
});

for (const [key, clients] of Object.entries(WITNESSES)) {
  for (const client of clients) {
    test(`${client} has been at ${key}`, async () => {
      const seen = (await visits(chats[key])).filter(({ agent }) => AGENTS[client].test(agent)).map(({ status }) => status);
      assert.ok(seen.some((status) => status >= 200 && status < 300), `accepted: ${seen}`);
      assert.ok(seen.some((status) => status >= 400), `refused: ${seen}`);
    });
  }
}
