// Sending the test: what the form says now is rendered, planned, routed by the host and posted once.
import { read } from './ask.js';

/** @import { Engine } from '../engine.js' */
/** @import { DeliveryReport, MessageOptions, ServiceName } from '../deskbell.js' */
/** @import { Host, NotificationFields } from '../hosts/host.js' */
/** @import { Words } from '../language.js' */

/** How long a chat may take to answer. */
const TIMEOUT_MS = 15000;

/**
 * @param {Engine} engine @param {Host} host @param {NotificationFields} form @param {MessageOptions} options
 * @param {string} documentUrl "" while it has none. @param {Words} words
 * @returns {Promise<{ outcome: DeliveryReport | null, notice: string | null }>}
 */
export async function sendTest(engine, host, form, options, documentUrl, words) {
  const lang = host.language();
  const url = form.webhook?.url ?? '';
  const service = /** @type {ServiceName} */ (form.webhook?.service);
  const rendered = read(await engine.ask('test message', 'renderMessage', 'message', form.message, options), words);
  if (!rendered?.value || rendered.value.text === null) return { outcome: null, notice: rendered?.notice ?? null };
  const planned = read(await engine.ask('test plan', 'planTest', service, url, rendered.value, { pageOrigin: location.origin, ...(form.documentLink !== false && documentUrl && { documentUrl }), lang }), words);
  if (!planned?.value) return { outcome: null, notice: planned?.notice ?? null };
  const started = performance.now();
  const sent = await engine.send(host.route(planned.value), { service, timeoutMs: TIMEOUT_MS, lang });
  if (typeof sent !== 'string') return { outcome: sent, notice: planned.value.notices.join(' ') || null };
  const outcome = sent === 'not sent' ? 'failed' : 'unconfirmed';
  const message = words.say(sent === 'not sent' ? 'courier-missing' : 'courier-lost');
  return { outcome: { outcome, status: null, code: 'ui/courier', message, detail: null, retryAfterSeconds: null, elapsedMs: performance.now() - started }, notice: null };
}

/**
 * Checks the webhook without posting.
 * @param {Engine} engine @param {Host} host @param {NotificationFields} form @param {Words} words
 * @returns {Promise<{ outcome: string, message: string, detail: string | null } | null>}
 */
export async function checkWithoutPosting(engine, host, form, words) {
  const lang = host.language();
  const service = /** @type {ServiceName} */ (form.webhook?.service);
  const planned = read(await engine.ask('probe', 'planProbe', service, form.webhook?.url ?? '', { lang }), words);
  if (!planned?.value) return null;
  const { request, message } = planned.value;
  if (!request) return { outcome: 'unconfirmed', message, detail: null };
  const sent = await engine.send(host.route(request), { service, timeoutMs: TIMEOUT_MS, lang }, 'sendProbe');
  return typeof sent === 'string' ? { outcome: 'failed', message: words.say('probe-lost'), detail: null } : sent;
}
