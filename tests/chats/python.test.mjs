// Python clients that others wrote, sending to every stand-in: what they make of an answer must agree with what was answered.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chats, later, local, posts } from './stand-ins.mjs';

const PYTHON = process.env.DESKBELL_PYTHON ?? 'python3';
const PACKAGES = fileURLToPath(new URL('../../target/python-packages/chats', import.meta.url));
const WANTED = ['apprise==2.3.0', 'pymsteams[async]==0.2.5'];

/** How Apprise names a hook: one of a real service by its URL, one that people host themselves by a scheme of Apprise's. */
function appriseUrl({ service, origin, hooks }, name) {
  const { host } = new URL(origin);
  const [last, before] = new URL(hooks[name]).pathname.split('/').reverse();
  const schemes = { Mattermost: `mmost://${host}/${last}`, 'Matrix (Hookshot)': `matrix://${last}@${host}?mode=hookshot&path=/webhook`, 'Rocket.Chat': `rocket://${before}/${last}@${host}` };
  const url = schemes[service] ?? hooks[name];
  // It need not wait long for a chat that says nothing.
  return name === 'mute' ? `${url}${url.includes('?') ? '&' : '?'}rto=0.5` : url;
}

/** The hooks that a client is sent to; to the one that never answers, only the client that can be told how long to wait. */
const named = (key, client) => Object.keys(chats[key].hooks).filter((name) => name !== 'mute' || client === 'apprise');
/** Which client addresses which stand-in; Apprise knows neither Raven nor, any more, the connectors. */
const pairs = Object.keys(chats).flatMap((key) => {
  const clients = { Raven: ['requests'], 'Teams (connector)': ['pymsteams', 'pymsteams async'] }[key.startsWith('Raven') ? 'Raven' : key] ?? ['apprise'];
  return clients.map((client) => [client, key]);
});
const jobs = pairs.flatMap(([client, key]) => named(key, client).map((name) => ({ client, key, name, url: client === 'apprise' ? appriseUrl(chats[key], name) : local(chats[key], name) })));
jobs.forEach((job, index) => Object.assign(job, { text: `job ${index}; *b* & <i>` }));
// The one refusal that depends on the text.
jobs.push({ client: 'apprise', key: 'Ntfy', name: 'no-files', url: chats.Ntfy.hooks['no-files'], text: `job ${jobs.length}; ${'x'.repeat(4096)}`, long: true });

/** Statuses that Apprise counts as sent, by service; 200 alone for the others. */
const SENT = { Discord: [200, 204], 'Google Chat': [200, 204], 'Matrix (Hookshot)': [200, 202], Teams: [200, 202] };
/** What a client must say of the statuses that it saw; of several, the last one counts. */
const verdicts = {
  apprise: (key, status) => (SENT[chats[key].service] ?? [200]).includes(status),
  // It looks at the status alone, which connectors answer with 200 when they fail.
  pymsteams: (key, status) => status >= 200 && status < 300,
  'pymsteams async': null,
  requests: (key, status) => status < 400,
};

function run() {
  if (!existsSync(`${PACKAGES}/apprise`) || !existsSync(`${PACKAGES}/pymsteams`)) {
    spawnSync(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', PACKAGES, ...WANTED], { stdio: 'ignore' });
  }
  const origins = Object.fromEntries(Object.values(chats).flatMap(({ realOrigin, origin }) => (realOrigin ? [[realOrigin, origin]] : [])));
  const input = jobs.map(({ client, url, text }, index) => JSON.stringify({ client, url, text, ...(index === 0 && { origins }) }));
  const env = { ...process.env, PYTHONPATH: PACKAGES, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };
  const ended = spawnSync(PYTHON, [fileURLToPath(new URL('python_clients.py', import.meta.url))], { input: input.join('\n'), encoding: 'utf8', env });
  if (ended.error || ended.status !== 0) return { ends: [], words: `${ended.error ?? ended.stderr}\nThe stand-ins are asked by ${WANTED.join(' and ')}, which pip installs for ${PYTHON}.` };
  return { ends: ended.stdout.trim().split('\n').map((line) => JSON.parse(line)), words: '' };
}

await Promise.all(Object.values(chats).map((chat) => later(chat)));
const { ends, words } = run();
const arrivals = Object.fromEntries(await Promise.all(Object.entries(chats).map(async ([key, chat]) => [key, (await posts(chat)).map(({ payload }) => JSON.stringify(payload))])));
jobs.forEach((job, index) => Object.assign(job, ends[index], { arrived: arrivals[job.key].filter((payload) => payload.includes(`job ${index};`)).length }));

test('the clients ran', () => assert.equal(ends.length, jobs.length, words));

for (const [client, key] of ends.length ? pairs : []) {
  const own = jobs.filter((job) => job.client === client && job.key === key && !job.long);
  const of = (name) => own.find((job) => job.name === name);

  describe(`${client} and ${key}`, () => {
    test('a message is sent, and is there once', () => {
      assert.deepEqual([of('works').sent, of('works').arrived], [true, 1], JSON.stringify(of('works')));
    });

    test('it says of every answer what its status says', () => {
      for (const job of own) {
        const status = job.statuses.at(-1);
        if (job.sent === null) {
          assert.equal(job.name, 'tenant-only', 'a URL that the client does not take');
          continue;
        }
        if (status === undefined) assert.ok(['hangs-up', 'mute'].includes(job.name) && job.sent !== true, JSON.stringify(job));
        else if (verdicts[client]) assert.equal(job.sent, verdicts[client](key, status), JSON.stringify(job));
        // Only the body tells; what was sent is what arrived.
        else assert.equal(job.sent, job.arrived === 1, JSON.stringify(job));
      }
    });

    test('what was refused is not there, and what is there was sent', () => {
      for (const job of own) {
        const accepted = job.arrived === 1;
        assert.ok(job.arrived <= 1, JSON.stringify(job));
        // A connector's 200 is no proof to a client that reads no bodies.
        if (client !== 'pymsteams') assert.equal(job.sent === true, accepted, JSON.stringify(job));
        else assert.ok(job.sent === true || !accepted, JSON.stringify(job));
      }
    });
  });
}

test('a text above the limit is refused where files are off', () => {
  const job = jobs.find(({ long }) => long);
  assert.deepEqual([job.sent, job.statuses, job.arrived], [false, [400], 0]);
});
