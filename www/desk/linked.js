// What look-ups of the demo's messages find besides its documents: people, customers, a setting, and one thing that is not theirs to read.

/** @param {string} fieldname @param {string} fieldtype @param {string} [options] */
const field = (fieldname, fieldtype, options) => ({ fieldname, fieldtype, label: fieldname, ...(options && { options }) });

export const LINKED = [
  {
    metas: [{ name: 'User', fields: [field('full_name', 'Data'), field('mobile_no', 'Data'), field('birth_date', 'Date'), field('enabled', 'Check')] }],
    docs: [
      { doctype: 'User', name: 'marie@example.com', full_name: 'Marie Durand', mobile_no: '+33 6 00 00 00 01', birth_date: '1988-04-02', enabled: 1 },
      { doctype: 'User', name: 'julie.martin@example.com', full_name: 'Julie Martin', mobile_no: '+33 6 00 00 00 02', birth_date: null, enabled: 1 },
    ],
  },
  {
    metas: [{ name: 'Chat Customer', custom: /** @type {const} */ (1), fields: [field('customer_name', 'Data'), field('city', 'Data'), field('since', 'Date'), field('credit_limit', 'Currency', 'currency'), field('currency', 'Link', 'Currency'), field('premium', 'Check')] }],
    docs: [
      { doctype: 'Chat Customer', name: 'Acme SARL', customer_name: 'Acme SARL', city: 'Nantes', since: '2019-03-11', credit_limit: 15000, currency: 'EUR', premium: 1 },
      { doctype: 'Chat Customer', name: 'Dupont & Fils', customer_name: 'Dupont & Fils', city: 'Lyon', since: '2022-09-01', credit_limit: 3000, currency: 'EUR', premium: 0 },
    ],
  },
  { metas: [{ name: 'Support Settings', fields: [field('hours', 'Float'), field('phone', 'Data')] }], docs: [{ hours: 8, phone: '+33 2 40 00 00 00' }], single: /** @type {const} */ (true) },
  { metas: [{ name: 'Salary', fields: [field('amount', 'Currency')] }], docs: [], readable: /** @type {const} */ (false) },
];
