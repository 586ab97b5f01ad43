// The tests that Dodock and Frappe send themselves: what is called, what each does differently, and what its answer is worth.

/** @import { NotificationFields, ServerEnd, ServerTest } from './host.js' */

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/**
 * Posts to the site as a signed-in person does. The sites answer a failure with `exception` or `_server_messages`.
 * @param {string} method @param {Record<string, string>} fields
 * @returns {Promise<{ status: number, message: unknown, words: string | null }>}
 */
async function call(method, fields) {
  try {
    const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded', 'X-Frappe-CSRF-Token': desk.frappe.csrf_token ?? '' };
    const answer = await fetch(`/api/method/${method}`, { method: 'POST', headers, body: String(new URLSearchParams(fields)) });
    const body = await answer.json().catch(() => ({}));
    const words = String(body.exception ?? '').split('\n').at(-1)?.replace(/^[\w.]+: /, '').slice(0, 300);
    return { status: answer.status, message: body.message, words: words || null };
  } catch {
    return { status: 0, message: undefined, words: null };
  }
}

/**
 * An answer is never a success: Dodock is content whatever the chat said (host.md 3), Frappe with every 2xx.
 * @param {Awaited<ReturnType<typeof call>>} reply @param {string} sent
 * @returns {ServerEnd}
 */
function end({ status, words }, sent) {
  if (status === 200) return { outcome: 'unconfirmed', words: sent, detail: null };
  if (status === 0 || status >= 502) return { outcome: 'unconfirmed', words: 'server-lost', detail: null };
  return { outcome: 'refused', words: 'server-refused', detail: words };
}

/**
 * Dodock's "Test this notification": the saved notification on a document.
 * @param {Record<string, any>} notification As the form has it. @param {string} document
 * @returns {ServerTest | null} null while there is nothing saved to send.
 */
export function dodockTest(notification, document) {
  if (notification['__islocal'] || !notification['name'] || document === '') return null;
  const field = String(notification['set_property_after_alert'] ?? '');
  const changes = { words: 'server-changes', values: { document, field, value: String(notification['property_value'] ?? '') } };
  // What is saved may differ from a form with changes.
  const change = field !== '' ? [changes] : notification['__unsaved'] ? [{ words: 'server-may-change', values: { document } }] : [];
  return {
    differences: [{ words: 'server-saved' }, { words: 'server-no-condition' }, ...change, { words: 'server-always-green' }],
    send: async () => end(await call('frappe.email.doctype.notification.notification.send_test_notification', { notification: notification['name'], document }), 'server-handed'),
  };
}

/**
 * Frappe's "Send Test Message" of the webhook's own form: any text, through the saved webhook.
 * @param {string} webhook @param {string} documentType @param {string} document
 * @returns {ServerTest | null}
 */
export function frappeTest(webhook, documentType, document) {
  if (webhook === '' || document === '') return null;
  return {
    differences: [{ words: 'server-text' }, { words: 'server-role' }],
    send: async (message) => {
      const args = JSON.stringify({ message, reference_doctype: documentType, reference_name: document });
      return end(await call('run_doc_method', { dt: 'Notification Webhook URL', dn: webhook, method: 'send_test_message', args }), 'server-accepted');
    },
  };
}

/**
 * The app name and the logo of the site, which Discord and Raven are told; an empty name says that the site did not tell.
 * @returns {Promise<{ appName: string, appLogo: string }>}
 */
export async function sender() {
  try {
    const query = new URLSearchParams({ doctype: 'Website Settings', fieldname: '["app_name","app_logo"]' });
    const answer = await fetch(`/api/method/frappe.client.get_value?${query}`, { headers: { Accept: 'application/json' } });
    const { app_name: appName, app_logo: appLogo } = (await answer.json()).message;
    return { appName: String(appName ?? ''), appLogo: String(appLogo ?? '') };
  } catch {
    return { appName: '', appLogo: '' };
  }
}
