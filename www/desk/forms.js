// Which fields the demo's forms have, in the ERP's own names and order.
import { SERVICES } from './notifications.js';

/** @import { Section } from './form.js' */
/** @import { MetaField } from './documents.js' */

const CHAT = 'External Collaboration Tool';
const EVENTS = ['New', 'Save', 'Submit', 'Cancel', 'Days After', 'Days Before', 'Value Change', 'Custom'];

/** @param {readonly string[]} webhooks @param {readonly string[]} doctypes @returns {Section[]} */
export function notificationForm(webhooks, doctypes) {
  return [
    {
      fields: [{ fieldname: 'enabled', fieldtype: 'Check', label: 'Enabled' }],
      columns: [
        [
          { fieldname: 'channel', fieldtype: 'Select', label: 'Channel', options: ['Email', CHAT, 'System Notification', 'SMS'] },
          { fieldname: 'incoming_webhook_url', fieldtype: 'Link', label: 'Incoming Webhook URL', options: webhooks, shown: (values) => values.channel === CHAT },
        ],
        [
          { fieldname: 'document_type', fieldtype: 'Link', label: 'Document Type', options: doctypes },
          { fieldname: 'event', fieldtype: 'Select', label: 'Send Alert On', options: EVENTS },
          { fieldname: 'date_changed', fieldtype: 'Select', label: 'Reference Date', options: ['due_date', 'opening_date', 'posting_date'], shown: onDays },
          { fieldname: 'days_in_advance', fieldtype: 'Int', label: 'Days Before or After', shown: onDays },
          { fieldname: 'value_changed', fieldtype: 'Select', label: 'Value Changed', options: ['status', 'priority'], shown: (values) => values.event === 'Value Change' },
        ],
      ],
    },
    {
      fields: [
        { fieldname: 'condition_type', fieldtype: 'Select', label: 'Condition Type', options: ['Python', 'Filters'] },
        { fieldname: 'condition', fieldtype: 'Code', label: 'Condition', options: 'Python' },
      ],
    },
    {
      fields: [
        { fieldname: 'subject', fieldtype: 'Data', label: 'Subject' },
        { fieldname: 'message', fieldtype: 'Code', label: 'Message', options: 'Jinja' },
      ],
    },
  ];
}

/** @param {Record<string, any>} values */
function onDays(values) {
  return values.event === 'Days After' || values.event === 'Days Before';
}

/** @returns {Section[]} */
export function webhookForm() {
  return [
    {
      columns: [[{ fieldname: 'webhook_name', fieldtype: 'Data', label: 'Webhook Name' }], [{ fieldname: 'service', fieldtype: 'Select', label: 'Service', options: ['', ...SERVICES] }]],
    },
    { fields: [{ fieldname: 'webhook_url', fieldtype: 'Small Text', label: 'Webhook URL' }] },
  ];
}

/**
 * The form of a document, made from its doctype's description; child tables are drawn apart.
 * @param {readonly MetaField[]} fields
 * @returns {Section[]}
 */
export function documentForm(fields) {
  const long = (/** @type {MetaField} */ field) => ['Small Text', 'Text Editor'].includes(field.fieldtype);
  const drawn = fields.filter((field) => !field.fieldtype.startsWith('Table'));
  const short = drawn.filter((field) => !long(field)).map(definition);
  const half = Math.ceil(short.length / 2);
  return [{ columns: [short.slice(0, half), short.slice(half)] }, { fields: drawn.filter(long).map(definition) }];
}

/** @param {MetaField} field */
function definition({ fieldname, fieldtype, label, options }) {
  return { fieldname, fieldtype, label, ...(fieldtype === 'Select' && { options: (options ?? '').split('\n') }) };
}
