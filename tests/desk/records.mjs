// The doctypes and records of the test bed's site: the host's own forms as far as the plugin meets them, and documents to try on.
import { readFileSync } from 'node:fs';

const sample = (name) => JSON.parse(readFileSync(new URL(`../../www/desk/documents/${name}.json`, import.meta.url), 'utf8'));
const [TICKET, INVOICE] = ['ticket', 'invoice'].map(sample);
TICKET.metas[0].title_field = 'subject';
const MANY = 1000;

const EVENTS = ['', 'New', 'Save', 'Submit', 'Cancel', 'Days After', 'Days Before', 'Value Change', 'Method', 'Custom'];

/** How the three generations of the host name their chat channel and what stands behind it. */
const GENERATIONS = {
  dodock: { channel: 'External Collaboration Tool', link: 'incoming_webhook_url', doctype: 'Incoming Webhook URL', services: ['Google Chat', 'Mattermost', 'Rocket.Chat', 'Slack', 'Discord'] },
  frappe: { channel: 'Webhook', link: 'notification_webhook_url', doctype: 'Notification Webhook URL', services: ['Google Chat', 'Matrix (Hookshot)', 'Mattermost', 'Rocket.Chat', 'Slack', 'Teams', 'Discord', 'Ntfy', 'Raven'] },
  slack: { channel: 'Slack', link: 'slack_webhook_url', doctype: 'Slack Webhook URL', services: null },
};

const field = (fieldtype, fieldname, label, more = {}) => ({ fieldtype, fieldname, label, ...more });

/** The Notification form of a generation: its sections, what depends on what, and where its code is written. */
function notification({ channel, link, doctype }, flavour) {
  const chat = `doc.channel === ${JSON.stringify(channel)}`;
  const editor = flavour === 'dodock' ? [field('Select', 'message_editor_type', 'Editor', { options: 'HTML Editor\nBlock Editor', default: 'Block Editor' })] : [];
  const filters = flavour === 'dodock' ? [] : [field('Select', 'condition_type', 'Condition Type', { options: 'Python\nFilters', default: 'Python' }), field('Code', 'filters', 'Filters', { options: 'JSON', hidden: 1 })];
  return {
    doctype: 'DocType', name: 'Notification', module: 'Email', autoname: 'Prompt',
    fields: [
      field('Check', 'enabled', 'Enabled', { default: '1' }),
      field('Section Break', 'expedition_section', 'Sending channel', { collapsible: 1 }),
      field('Select', 'channel', 'Channel', { options: `Email\n${channel}\nSystem Notification\nSMS`, default: 'Email', set_only_once: 1 }),
      field('Link', link, doctype, { options: doctype, depends_on: chat }),
      field('Section Break', 'trigger_section', 'Trigger', { collapsible: 1 }),
      field('Link', 'document_type', 'Document Type', { options: 'DocType' }),
      field('Select', 'event', 'Send Alert On', { options: EVENTS.join('\n') }),
      field('Select', 'value_changed', 'Value Changed', { options: '\nstatus\npriority\ntotal\ndue_date\nlines', depends_on: 'doc.event === "Value Change"' }),
      ...filters,
      field('Code', 'condition', 'Condition', { options: flavour === 'dodock' ? 'PythonBlock' : 'PythonExpression', depends_on: 'doc.event' }),
      field('Section Break', 'column_break_5', 'Recipients', { collapsible: 1, depends_on: `!(${chat})` }),
      field('Table', 'recipients', 'Recipients', { options: 'Notification Recipient' }),
      field('Section Break', 'message_sb', 'Message', { collapsible: 1, depends_on: 'doc.document_type && doc.event' }),
      field('Data', 'subject', 'Subject'),
      ...editor,
      field('Code', 'message', 'Message', { options: 'HTML', depends_on: '!doc.message_editor_type || doc.message_editor_type === "HTML Editor"' }),
      field('HTML', 'message_examples', 'Message Examples', { options: '<pre>{{ doc.name }}</pre>', depends_on: chat }),
      field('Section Break', 'property_section', 'Set Property After Alert', { collapsible: 1 }),
      field('Data', 'property_value', 'Value To Be Set'),
    ],
  };
}

/** The form of a generation's webhook, which has a Quick Entry. */
function webhook({ doctype, services }) {
  const service = services ? [field('Select', 'service', 'Service', { options: services.join('\n'), reqd: 1, bold: 1 })] : [];
  const fields = [field('Data', 'webhook_name', 'Name', { reqd: 1 }), ...service, field(services ? 'Small Text' : 'Data', 'webhook_url', 'Webhook URL', { reqd: 1 })];
  return { doctype: 'DocType', name: doctype, module: 'Integrations', autoname: 'field:webhook_name', quick_entry: 1, fields };
}

/** @param {string} flavour */
export function doctypes(flavour) {
  const generation = GENERATIONS[flavour];
  const recipient = { doctype: 'DocType', name: 'Notification Recipient', istable: 1, fields: [field('Data', 'cc', 'CC')] };
  const todo = { doctype: 'DocType', name: 'ToDo', module: 'Desk', fields: [field('Data', 'title', 'Title'), field('Code', 'message', 'Message', { options: 'HTML' })] };
  const known = [notification(generation, flavour), webhook(generation), recipient, todo, ...[...TICKET.metas, ...INVOICE.metas].map((meta) => ({ doctype: 'DocType', ...meta }))];
  return Object.fromEntries(known.map((meta) => [meta.name, meta]));
}

const HOOKS = { Slack: 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx', Mattermost: 'https://chat.example.com/hooks/abcdefghijklmnopqrstuvwxyz' };

/** @param {{ flavour: string, rows?: boolean }} settings */
export function records({ flavour, rows = false }) {
  const { channel, link, doctype, services } = GENERATIONS[flavour];
  const common = { doctype: 'Notification', enabled: 1, channel, subject: 'x', recipients: [], owner: 'marie@example.com', modified: '2026-11-20 09:00:00.000000', docstatus: 0, idx: 0, ...(flavour === 'dodock' ? { message_editor_type: 'HTML Editor' } : {}), ...(flavour === 'frappe' ? { condition_type: 'Python' } : {}) };
  const hook = (name, service) => ({ doctype, name, webhook_name: name, ...(services ? { service } : {}), webhook_url: HOOKS[service], modified: '2026-11-01 09:00:00.000000' });
  const many = { ...INVOICE.doc, name: 'FACT-2026-01000', modified: '2026-11-20 10:00:00.000000', items: Array.from({ length: MANY }, (_, index) => ({ ...INVOICE.doc.items[index % 3], name: `row${index}`, idx: index + 1, parent: 'FACT-2026-01000' })) };
  return structuredClone([
    { ...common, name: 'New ticket', [link]: 'Support', document_type: 'Chat Ticket', event: 'New', condition: 'doc.status=="Open"', message: '*New* {{ doc.name }}' },
    { ...common, name: 'Overdue invoice', [link]: 'Support', document_type: 'Invoice', event: 'Days After', condition: 'doc.outstanding_amount > 0', message: '{{ doc.name }} is late' },
    { ...common, name: 'Status changed', [link]: 'Support', document_type: 'Chat Ticket', event: 'Value Change', value_changed: 'status', condition: '', message: '{{ doc.status }} {{ comments }}' },
    { ...common, name: 'By mail', channel: 'Email', [link]: null, document_type: 'Chat Ticket', event: 'New', condition: '', message: 'Mail {{ doc.name }}' },
    { ...common, name: 'In blocks', [link]: 'Support', ...(flavour === 'dodock' ? { message_editor_type: 'Block Editor' } : {}), document_type: 'Chat Ticket', event: 'Save', condition: '', message: 'Hidden {{ doc.name }}' },
    hook('Support', 'Slack'),
    hook('Sales', services ? 'Mattermost' : 'Slack'),
    { doctype: 'ToDo', name: 'TODO-1', title: 'Nothing to do with notifications', message: 'x', modified: '2026-11-20 09:00:00.000000' },
    TICKET.doc,
    { ...TICKET.doc, name: 'CT-00093', subject: 'Toner vide', status: 'Closed', modified: '2026-11-21 09:00:00.000000' },
    INVOICE.doc,
    ...(rows ? [many] : []),
  ]);
}
