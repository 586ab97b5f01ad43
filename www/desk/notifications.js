// The records that the demo starts with: notifications, and one incoming webhook per chat.

/** @typedef {{ name: string, [field: string]: any }} DeskRecord */

/** The services of the demo's Select: Dodock's five, then those that newer Frappe adds. */
export const SERVICES = ['Slack', 'Mattermost', 'Rocket.Chat', 'Google Chat', 'Discord', 'Matrix (Hookshot)', 'Ntfy', 'Raven', 'Teams'];

/** Where the ERP of this demo would be, with everything that is installed on its site. */
const SITE = 'https://erp.example.com';

/** @param {string} language @returns {DeskRecord[]} */
export function notifications(language) {
  const french = language === 'fr';
  const common = { doctype: 'Notification', enabled: 1, channel: 'External Collaboration Tool', days_in_advance: 0, date_changed: 'due_date', condition_type: 'Python' };
  return [
    {
      ...common,
      name: french ? 'Nouveau ticket' : 'New ticket',
      incoming_webhook_url: 'Support Slack',
      document_type: 'Chat Ticket',
      event: 'New',
      condition: 'doc.status=="Open"',
      subject: french ? 'Nouveau ticket {{ doc.name }}' : 'New ticket {{ doc.name }}',
      message: (french
        ? ['*Nouveau ticket*', '', 'Nouvelle demande n° {{ doc.name }}.', '', '*Détails*', '', '• Client : {{ doc.customer }}', '• Sujet : {{ doc.subject }}', '• Message : {{ doc.description }}']
        : ['*New ticket*', '', 'New request no. {{ doc.name }}.', '', '*Details*', '', '• Customer: {{ doc.customer }}', '• Subject: {{ doc.subject }}', '• Message: {{ doc.description }}']
      ).join('\n'),
    },
    {
      ...common,
      name: french ? 'Facture en retard' : 'Overdue invoice',
      incoming_webhook_url: 'Support Mattermost',
      document_type: 'Invoice',
      event: 'Days After',
      days_in_advance: 3,
      condition: 'doc.outstanding_amount > 0 and doc.status != "Paid"',
      subject: '{{ doc.name }}',
      message: (french
        ? ['**Facture {{ doc.name }} en retard**', '', '{{ doc.customer }} doit encore {{ doc.get_formatted("outstanding_amount") }} depuis le {{ doc.get_formatted("due_date") }}.', '', '{% for row in doc.get("items") -%}', '- {{ row.qty }} × {{ row.item_name }}', '{% endfor %}']
        : ['**Invoice {{ doc.name }} is overdue**', '', '{{ doc.customer }} still owes {{ doc.get_formatted("outstanding_amount") }} since {{ doc.get_formatted("due_date") }}.', '', '{% for row in doc.get("items") -%}', '- {{ row.qty }} × {{ row.item_name }}', '{% endfor %}']
      ).join('\n'),
    },
    {
      ...common,
      name: french ? 'Gros tickets urgents' : 'Large urgent tickets',
      incoming_webhook_url: 'Support Google Chat',
      document_type: 'Chat Ticket',
      event: 'Save',
      condition_type: 'Filters',
      condition: '[["Chat Ticket", "status", "=", "Open"],\n ["Chat Ticket", "total", ">", 1000],\n ["Chat Ticket", "customer", "is", "set"]]',
      subject: '{{ doc.name }}',
      message: french ? '*Ticket urgent* {{ doc.name }} : {{ doc.get_formatted("total") }}' : '*Urgent ticket* {{ doc.name }}: {{ doc.get_formatted("total") }}',
    },
    {
      ...common,
      name: french ? 'Rappel plein de pièges' : 'A reminder full of traps',
      incoming_webhook_url: 'Support Slack',
      document_type: 'Chat Ticket',
      event: 'Days Before',
      days_in_advance: 2,
      condition: 'doc.due_date == nowdate()',
      subject: '{{ doc.name }}',
      message: (french
        ? ['**Rappel** pour {{ doc.custommer }}', '', 'À traiter avant le {{ doc.due_date }} : {{ doc.resolution }}', 'Responsable : {{ frappe.db.get_value("User", doc.assigned, "full_name") }}', '[Ouvrir](https://erp.example.com)']
        : ['**Reminder** for {{ doc.custommer }}', '', 'To be done before {{ doc.due_date }}: {{ doc.resolution }}', 'In charge: {{ frappe.db.get_value("User", doc.assigned, "full_name") }}', '[Open](https://erp.example.com)']
      ).join('\n'),
    },
  ];
}

/** One chat as `/demo.json` says it. @typedef {{ service: string, origin: string, realOrigin: string | null, hookUrl: string, channel: string, hooks: Record<string, string> }} Chat */

/**
 * A chat that people host themselves stands at a name of its own, as it would; the host adapter knows where it really is.
 * @param {Record<string, Chat>} chats
 * @returns {Record<string, Chat>}
 */
export function published(chats) {
  const entries = Object.entries(chats).map(([key, chat]) => {
    if (chat.realOrigin) return [key, chat];
    const name = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replace(/-$/, '');
    const realOrigin = chat.origin === location.origin ? SITE : `https://${name}.example.com`;
    return [key, { ...chat, realOrigin, hookUrl: chat.hookUrl.replace(chat.origin, realOrigin) }];
  });
  return Object.fromEntries(entries);
}

/**
 * One webhook per chat that has a stand-in, and one that its chat no longer accepts.
 * @param {Record<string, Chat>} chats
 * @returns {DeskRecord[]}
 */
export function webhooks(chats) {
  const record = (/** @type {string} */ name, /** @type {string} */ service, /** @type {string} */ url) => ({ doctype: 'Incoming Webhook URL', name, webhook_name: name, service, webhook_url: url });
  const working = Object.entries(chats).map(([key, chat]) => record(`Support ${key}`, chat.service, chat.hookUrl));
  working.sort((a, b) => SERVICES.indexOf(a.service) - SERVICES.indexOf(b.service));
  const revoked = chats['Slack']?.hooks?.['revoked'];
  return revoked ? [...working, record('Slack (revoked)', 'Slack', revoked)] : working;
}
