// The stand-ins beside what is known of the services: what a browser may do, and every documented answer.
//
// The facts are those of services.md 0.2 and the sections B and E of each service, written down a second time and by hand:
// a stand-in that drifts away from them fails here. "assumed" marks what is documented nowhere; the stand-ins say so too.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { chats, later, local, posts } from './stand-ins.mjs';

const PAGE = 'https://erp.example.com';

/** Whether a page may post JSON, and whether it may read the answer to a simple request when all is well and when it is refused. */
const BROWSER = {
  Discord: { json: true, reads: true, readsRefusals: true },
  'Google Chat': { json: true, reads: true, readsRefusals: true, assumed: true },
  'Matrix (Hookshot)': { json: false, reads: false, readsRefusals: false, policy: 'same-site' },
  Mattermost: { json: false, reads: false, readsRefusals: false },
  Ntfy: { json: true, reads: true, readsRefusals: true },
  Raven: { json: false, reads: false, readsRefusals: false },
  'Raven (other site)': { json: false, reads: false, readsRefusals: false },
  'Rocket.Chat': { json: false, reads: false, readsRefusals: false },
  'Rocket.Chat 7.5': { json: true, reads: true, readsRefusals: true },
  Slack: { json: false, reads: true, readsRefusals: true, assumed: true },
  Teams: { json: true, reads: true, readsRefusals: true, assumed: true },
  'Teams (connector)': { json: false, reads: false, readsRefusals: false },
  'Teams (no CORS)': { json: false, reads: false, readsRefusals: false, assumed: true },
};

/** The message of each service that is never refused for itself. */
const CARD = { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.2', body: [{ type: 'TextBlock', text: 'facts' }] } }] };
const GOOD = { Discord: { content: 'facts' }, Raven: { content: 'facts' }, Teams: CARD };

/** Asks as a page would, without a browser's rules. */
async function ask(chat, name, { method = 'POST', body = GOOD[chat.service] ?? { text: 'facts' }, type = 'application/json', headers = {}, query = '' } = {}) {
  const url = local(chat, name);
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url + (query && (url.includes('?') ? '&' : '?') + query), {
    method,
    headers: { Origin: PAGE, ...(type && { 'Content-Type': type }), ...headers },
    ...(method !== 'GET' && method !== 'OPTIONS' && { body: sent }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const readable = ({ headers }) => ['*', PAGE].includes(headers.get('access-control-allow-origin'));

/** Whether a browser goes on to post JSON after this answer to its preflight. */
function allowsJson({ status, headers }) {
  const names = (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',').map((name) => name.trim());
  return status >= 200 && status < 300 && readable({ headers }) && (names.includes('content-type') || names.includes('*'));
}

test('the facts are about every stand-in, and nothing else', () => {
  assert.deepEqual(Object.keys(BROWSER).sort(), Object.keys(chats).sort());
  assert.deepEqual(Object.keys(ANSWERS).sort(), Object.keys(chats).sort());
});

describe('what a browser may do', () => {
  for (const [key, { json, reads, readsRefusals, policy = null }] of Object.entries(BROWSER)) {
    test(`${key}: JSON ${json ? 'passes' : 'does not pass'} a preflight, answers ${reads ? 'can' : 'cannot'} be read`, async () => {
      const chat = chats[key];
      await later(chat);
      const preflight = await ask(chat, 'works', { method: 'OPTIONS', type: '', headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' } });
      assert.equal(allowsJson(preflight), json, 'preflight');
      const refused = await ask(chat, 'broken');
      assert.equal(readable(refused), readsRefusals, 'refusal');
      const good = await ask(chat, 'works', chat.service === 'Ntfy' ? { body: 'facts', type: 'text/plain' } : {});
      assert.equal(readable(good), reads, 'answer');
      for (const { headers } of [preflight, refused, good]) assert.equal(headers.get('cross-origin-resource-policy'), policy);
    });
  }
});

const error = (words) => ({ error: words });
const app = (id, status) => ({ id, status_code: status });
const google = (code, status) => ({ error: { code, status } });
const discord = (code) => ({ code });
const flow = (code) => ({ error: { code } });
const ntfy = (code, http) => ({ code, http });
const rocket = (words) => ({ success: false, error: words });
const connector = (code) => new RegExp(`^Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${code} with ContextId `);
const FORM = 'application/x-www-form-urlencoded';
const form = (payload) => `payload=${encodeURIComponent(JSON.stringify(payload))}`;

const rocketChat = (unknown) => [
  ['works', 200, { success: true }],
  ['works', 200, { success: true }, { body: {}, posted: 0 }],
  ['works', 200, { success: true }, { type: FORM, body: form({ text: 'x' }) }],
  ['works', 200, { success: true }, { type: `${FORM};charset=UTF-8`, body: form({ text: 'x' }), posted: 0 }],
  ['works', 200, { success: true }, { type: 'text/plain', posted: 0 }],
  ['works', 400, rocket('overriding destination channel is disabled for this integration'), { body: { text: 'x', channel: '#other' } }],
  ['works', 400, rocket('Invalid href value provided'), { body: { attachments: [{ title: 'x', title_link: '/app/x' }] } }],
  ['deleted', 400, rocket('invalid-channel')],
  ['forbidden', 400, rocket('error-not-allowed')],
  ['disabled', 503, 'Service Unavailable'],
  ['busy', 429, rocket('Error, too many requests. Please slow down. You must wait 30 seconds before trying this endpoint again.')],
  ['unknown', unknown, rocket('Invalid integration id or token provided.')],
];
const raven = [
  ['works', 201, 'ok'],
  ['works', 201, 'ok', { body: {} }],
  ['works', 400, { message: 'POST request expected' }, { method: 'GET' }],
  ['works', 400, { message: 'json expected' }, { type: 'text/plain' }],
  ['works', 400, { message: 'json expected' }, { type: FORM, body: 'content=x' }],
  ['works', 400, { message: 'dict expected' }, { body: [] }],
  ['works', 400, { exc_type: 'CSRFTokenError' }, { headers: { Cookie: 'sid=FAKE' } }],
  ['works', 201, 'ok', { headers: { Cookie: 'sid=FAKE', 'X-Frappe-CSRF-Token': 'FAKE' } }],
  ['csrf', 400, { exc_type: 'CSRFTokenError' }],
  ['deleted', 404, { message: 'webhook not found' }],
  ['unknown', 404, { message: 'webhook not found' }],
  ['v2', 400, { message: 'invalid webhook url' }],
  ['broken', 502, /<html/],
];
const workflow = [
  ['works', 202, ''],
  ['works', 202, '', { body: { text: 'x' }, posted: 0 }], // assumed
  ['works', 202, '', { type: 'text/plain', posted: 0 }], // assumed
  ['works', 400, flow('DirectApiRequestHasMoreThanOneAuthorization'), { headers: { Authorization: 'Bearer FAKE' } }],
  ['tenant-only', 401, flow('DirectApiAuthorizationRequired')],
  ['revoked', 401, flow('DirectApiInvalidAuthorizationScheme')], // assumed
  ['disabled', 400, flow('WorkflowTriggerIsNotEnabled')],
  ['suspended', 400, flow('WorkflowTriggerIsNotEnabled')],
  ['strict', 400, flow('TriggerInputSchemaMismatch'), { body: { text: 'x' } }],
  ['deleted', 404, flow('WorkflowNotFound')],
  ['busy', 429, flow('WorkflowRunActionsThrottled')], // assumed
];

/** Hook, status, body (a text, a pattern, or members of JSON), how it is asked, and how much of it is posted. */
const ANSWERS = {
  Discord: [
    ['works', 204, ''],
    ['works', 200, { content: 'facts' }, { query: 'wait=true' }],
    ['works', 200, { type: 1 }, { method: 'GET', posted: 0 }],
    ['deleted', 404, { message: 'Unknown Webhook', code: 10015 }],
    ['revoked', 401, { message: 'Invalid Webhook Token', code: 50027 }],
    ['works', 400, { message: 'Cannot send an empty message', code: 50006 }, { body: { content: '' } }],
    ['works', 400, { message: 'Invalid Form Body', code: 50035 }, { body: { content: 'x'.repeat(2001) } }],
    ['works', 400, { message: 'Invalid Form Body', code: 50035 }, { body: { content: 'x', username: 'Discordia' } }],
    ['works', 400, { message: 'The request body contains invalid JSON.', code: 50109 }, { type: 'text/plain' }],
    ['forum', 400, discord(220001)],
    ['thread-and-name', 400, discord(220002)],
    ['too-large', 413, discord(40005)],
    ['channel-deleted', 404, discord(10003)],
    ['busy', 429, { retry_after: 30, global: false }],
  ],
  'Google Chat': [
    ['works', 200, { text: 'facts' }],
    ['works', 400, google(400, 'INVALID_ARGUMENT'), { body: { text: 'x', body: 'y' } }],
    ['works', 400, google(400, 'INVALID_ARGUMENT'), { body: 'hello' }],
    ['works', 400, google(400, 'INVALID_ARGUMENT'), { body: {} }],
    ['works', 400, google(400, 'INVALID_ARGUMENT'), { type: FORM, body: form({ text: 'x' }) }],
    ['forbidden', 403, google(403, 'PERMISSION_DENIED')],
    ['deleted', 404, google(404, 'NOT_FOUND')],
    ['busy', 429, google(429, 'RESOURCE_EXHAUSTED')],
  ],
  'Matrix (Hookshot)': [
    ['works', 200, { ok: true }],
    ['works', 200, { ok: true }, { type: FORM, body: 'text=facts' }],
    ['works', 200, { ok: true }, { method: 'PUT' }],
    ['queued', 202, { ok: true }],
    ['unknown', 404, { ok: false, ...error('Webhook not found') }],
    ['expired', 404, { ok: false, ...error('This hook has expired') }],
    ['works', 405, { errcode: 'HS_METHOD_NOT_ALLOWED', error: 'Invalid Method. Expecting PUT, GET or POST' }, { method: 'OPTIONS' }],
    ['forbidden', 500, { ok: false, ...error('Failed to process webhook') }],
    ['broken', 500, { ok: false, ...error('Failed to handle webhook') }],
  ],
  Mattermost: [
    ['works', 200, 'ok'],
    ['works', 200, 'ok', { type: 'text/plain' }],
    ['works', 200, 'ok', { type: FORM, body: form({ text: 'x' }) }],
    ['disabled', 501, app('web.incoming_webhook.disabled.app_error', 501)],
    ['unknown', 400, app('web.incoming_webhook.invalid.app_error', 400)],
    ['works', 400, app('web.incoming_webhook.parse.app_error', 400), { body: 'hello' }],
    ['works', 400, app('web.incoming_webhook.text.app_error', 400), { body: {} }],
    ['orphan', 400, app('web.incoming_webhook.user.app_error', 400)],
    ['deleted', 404, app('web.incoming_webhook.channel.app_error', 404)],
    ['forbidden', 403, app('web.incoming_webhook.channel_locked.app_error', 403)],
    ['broken', 500, app('api.post.create_webhook_post.creating.app_error', 500)],
    ['works', 413, app('api.context.request_body_too_large.app_error', 413), { body: { text: 'x'.repeat(300_001) } }],
  ],
  Ntfy: [
    ['works', 200, { event: 'message', message: 'facts' }, { body: 'facts', type: 'text/plain' }],
    ['works', 200, { event: 'message', title: 'T', click: PAGE }, { body: 'facts', query: `title=T&click=${PAGE}` }],
    ['works', 200, { message: '{"text":"facts"}' }],
    ['works', 400, ntfy(40007, 400), { query: 'priority=9' }],
    ['works', 400, ntfy(40013, 400), { query: 'attach=nowhere' }],
    ['works', 400, ntfy(40018, 400), { query: 'actions=nothing' }],
    ['works', 400, ntfy(40021, 400), { query: 'icon=nothing' }],
    ['root', 400, ntfy(40009, 400), { body: { topic: 'a b' } }],
    ['root', 400, ntfy(40024, 400), { body: 'hello' }],
    ['root', 413, ntfy(41303, 413), { body: { topic: 'x', message: 'x'.repeat(9000) } }],
    ['taken', 400, ntfy(40010, 400)],
    ['no-files', 400, ntfy(40014, 400), { body: 'x'.repeat(4097) }],
    ['works', 413, ntfy(41301, 413), { body: 'x'.repeat(2 * 1024 * 1024 + 1) }],
    ['unauthorized', 401, ntfy(40101, 401)],
    ['protected', 403, ntfy(40301, 403)],
    ['subpath', 404, ntfy(40401, 404)],
    ['busy', 429, ntfy(42901, 429)],
    ['bandwidth', 429, ntfy(42905, 429)],
    ['quota', 429, ntfy(42908, 429)],
    ['auth-failures', 429, ntfy(42909, 429)],
    ['push-only', 507, ntfy(50701, 507)],
  ],
  Raven: raven,
  'Raven (other site)': raven,
  'Rocket.Chat': rocketChat(400),
  'Rocket.Chat 7.5': rocketChat(404),
  Slack: [
    ['works', 200, 'ok'],
    ['works', 200, 'ok', { type: 'text/plain' }],
    ['works', 200, 'ok', { type: FORM, body: form({ text: 'x' }) }],
    ['works', 400, 'invalid_payload', { body: 'hello' }],
    ['works', 400, 'no_text', { body: {} }],
    ['works', 400, 'too_many_attachments', { body: { text: 'x', attachments: Array(101).fill({}) } }],
    ['forbidden', 403, 'action_prohibited'],
    ['unknown', 403, 'invalid_token'],
    ['deleted', 404, 'channel_not_found'],
    ['revoked', 404, 'no_active_hooks'],
    ['disabled', 404, 'team_disabled'],
    ['archived', 410, 'channel_is_archived'],
    ['busy', 429, 'rate_limited'],
    ['broken', 500, 'rollup_error'],
  ],
  Teams: workflow,
  'Teams (connector)': [
    ['works', 200, '1'],
    ['works', 200, '1', { type: 'text/plain', body: { text: 'x' } }],
    ['works', 400, 'Summary or Text is required.', { body: {} }],
    ['works', 200, connector(413), { body: { text: 'x'.repeat(28 * 1024) }, posted: 0 }],
    ['busy', 200, connector(429), { posted: 0 }],
    ['forbidden', 200, connector(403), { posted: 0 }],
    ['removed', 200, connector(404), { posted: 0 }],
    ['deleted', 404, ''],
  ],
  'Teams (no CORS)': workflow,
};

/** URLs that no hook has, made from the one that works. */
const OTHER_URLS = {
  root: (url) => new URL('/', url).href,
  subpath: (url) => url.replace(/\/([^/]+)$/, '/sub/$1'),
  taken: (url) => new URL('/docs', url).href,
  unknown: (url) => url.replace(/(....)$/, (end) => (/^\d+$/.test(end) ? '9999' : 'zzzz')),
  v2: (url) => url.replace('/api/method/', '/api/v2/method/'),
};

function matches(text, wanted, where) {
  if (typeof wanted === 'string') return assert.equal(text, wanted, where);
  if (wanted instanceof RegExp) return assert.match(text, wanted, where);
  return contains(JSON.parse(text), wanted, where);
}
function contains(found, wanted, where) {
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== null && typeof value === 'object') contains(found[name], value, where);
    else assert.equal(found[name], value, `${where}: ${name}`);
  }
}

describe('every documented answer', () => {
  for (const [key, rows] of Object.entries(ANSWERS)) {
    test(`${key}: ${rows.length} answers`, async () => {
      const chat = chats[key];
      for (const [name, status, wanted, { posted, ...how } = {}] of rows) {
        await later(chat);
        const before = (await posts(chat)).length;
        const made = OTHER_URLS[name];
        const asked = made ? { ...chat, hooks: { ...chat.hooks, [name]: made(chat.hooks.works) } } : chat;
        const answer = await ask(asked, name, how);
        const where = `${key} ${name} ${JSON.stringify(how).slice(0, 120)}`;
        assert.equal(answer.status, status, `${where}: ${answer.text.slice(0, 200)}`);
        matches(answer.text, wanted, where);
        if (status === 429 && ['Discord', 'Slack'].includes(key)) assert.equal(answer.headers.get('retry-after'), '30', where);
        assert.equal((await posts(chat)).length - before, posted ?? (status < 300 ? 1 : 0), where);
      }
    });
  }
});
