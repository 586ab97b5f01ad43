// A chat that fails in every way that a network and a server can, and counts what arrived.
import { createServer } from 'node:http';

/** What each service says when it has posted. */
const POSTED = {
  Discord: [204, ''],
  'Google Chat': [200, JSON.stringify({ name: 'spaces/AAAAfakeFAK/messages/fake', thread: { name: 'fake' } })],
  'Matrix (Hookshot)': [200, '{"ok":true}'],
  Mattermost: [200, 'ok'],
  Ntfy: [200, JSON.stringify({ id: 'fake', event: 'message', topic: 'fake', message: 'fake' })],
  Raven: [201, 'ok'],
  'Rocket.Chat': [200, '{"success":true}'],
  Slack: [200, 'ok'],
  Teams: [202, ''],
};
export const SERVICES = Object.keys(POSTED);

const OPEN = { 'Access-Control-Allow-Origin': '*' };

/**
 * By name: what a hook does with a POST. `take` counts the message as posted; a hook that does not call it has lost it.
 * `preflight` false: the browser's question is refused; true: it is allowed.
 */
const FAULTS = {
  works: { preflight: true, answer: ({ response, posted, take }) => { take(); end(response, ...posted, OPEN); } },
  'hides its answer': { preflight: true, answer: ({ response, posted, take }) => { take(); end(response, ...posted); } },
  'hides its answer from other sites': { preflight: true, answer: ({ response, posted, take }) => { take(); end(response, ...posted, { 'Cross-Origin-Resource-Policy': 'same-origin' }); } },
  'refuses the preflight': { preflight: false, answer: ({ response, posted, take }) => { take(); end(response, ...posted, OPEN); } },
  'hangs up before it reads': { preflight: true, early: true, answer: ({ request }) => request.socket.destroy() },
  'hangs up after it posted': { preflight: true, answer: ({ request, take }) => { take(); request.socket.resetAndDestroy(); } },
  'hangs up half-way': { preflight: true, answer: ({ response, posted, take }) => { take(); cut(response, posted[0] === 204 ? 200 : posted[0]); } },
  'hangs up half-way through a refusal': { preflight: true, answer: ({ response }) => cut(response, 404) },
  'posts, and answers too late': { preflight: true, answer: ({ response, posted, take }) => { take(); setTimeout(() => end(response, ...posted, OPEN), 1500); } },
  'posts, and never answers': { preflight: true, answer: ({ take }) => take() },
  'never answers': { preflight: true, answer: () => {} },
  'has too many': { preflight: true, answer: ({ response }) => end(response, 429, '', { ...OPEN, 'Retry-After': '7', 'Access-Control-Expose-Headers': 'Retry-After' }) },
  'is broken': { preflight: true, answer: ({ response }) => end(response, 500, '<html>oops</html>', OPEN) },
  'posts behind a broken gateway': { preflight: true, answer: ({ response, take }) => { take(); end(response, 502, '<html>bad gateway</html>', OPEN); } },
  'asks to sign in': { preflight: true, answer: ({ response }) => end(response, 200, '<!doctype html><title>Sign in</title>', { ...OPEN, 'Content-Type': 'text/html' }) },
  'says nothing': { preflight: true, answer: ({ response }) => end(response, 200, '', OPEN) },
  'leads to a page': { preflight: true, answer: ({ response }) => end(response, 302, '', { ...OPEN, Location: '/page' }) },
  'leads to a hook that works': { preflight: true, answer: ({ response, url }) => end(response, 307, '', { ...OPEN, Location: url.pathname.replace(/^\/\d+/, '/0') }) },
};
export const NAMES = Object.keys(FAULTS);

/** The address of a hook. */
export const hook = (origin, service, fault) => `${origin}/${NAMES.indexOf(fault)}/${SERVICES.indexOf(service)}/hooks/FAKEfakeFAKEfakeFAKEfake00`;

function end(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(body);
}

function cut(response, status) {
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': '1000', ...OPEN });
  response.write('ok', () => setTimeout(() => response.socket?.resetAndDestroy(), 20));
}

/**
 * The number that a test's text carries, whatever envelope it came in.
 * @param {string} body
 */
export const numberOf = (body) => Number(/number(?:\+|%20| )(\d+)/.exec(body)?.[1] ?? NaN);

/**
 * Starts the chat: `posted` and `asked` count by number what was posted, and what came as a POST at all. Each request has a
 * connection of its own: on a connection that was used before and breaks, Chromium repeats a POST by itself, unseen by the page.
 * @param {{ reuse?: boolean }} [options] `reuse` leaves the connections open.
 */
export async function start({ reuse = false } = {}) {
  const posted = new Map();
  const asked = new Map();
  const count = (map, number) => map.set(number, (map.get(number) ?? 0) + 1);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.shouldKeepAlive = reuse;
    const [, fault, service] = url.pathname.split('/').map(Number);
    const hooked = FAULTS[NAMES[fault]];
    if (!url.pathname.includes('/hooks/') || !hooked) return end(response, 200, '<!doctype html><title>A page</title>', { ...OPEN, 'Content-Type': 'text/html' });
    if (request.method === 'OPTIONS') {
      const allowed = { ...OPEN, 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'content-type', 'Access-Control-Max-Age': '0' };
      return hooked.preflight ? end(response, 200, '', allowed) : end(response, 403, '');
    }
    if (hooked.early) return hooked.answer({ request, response });
    let body = '';
    request.setEncoding('utf8');
    request.on('error', () => {});
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      const number = numberOf(body);
      count(asked, number);
      hooked.answer({ request, response, url, posted: POSTED[SERVICES[service]], take: () => count(posted, number) });
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return { origin, posted, asked, close: () => { server.closeAllConnections(); return new Promise((done) => server.close(done)); } };
}
