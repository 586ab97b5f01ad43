// The little of a desk that installing needs, in its own order: a form is set up, its scripts are evaluated, it is refreshed.
// What the adapter relies on beyond that has its own tests.

const SCRIPTS = JSON.parse(document.getElementById('scripts').textContent);
const SITE = JSON.parse(document.getElementById('site').textContent);

const FIELDS = {
  Notification: { channel: 'select', document_type: 'input', incoming_webhook_url: 'input', event: 'select', condition: 'textarea', message: 'textarea' },
  'Incoming Webhook URL': { service: 'select', webhook_url: 'textarea' },
  ToDo: { description: 'textarea' },
};
const CHOICES = { channel: ['Email', 'External Collaboration Tool'], event: ['New', 'Save'], service: ['Slack', 'Discord'] };

const handlers = {};
const jquery = (element) => ({ 0: element, length: 1, prepend: (child) => element.prepend(child) });
globalThis.$ = (element) => ({
  on: (events, hear) => events.split(' ').forEach((event) => element.addEventListener(event, hear)),
  off: (events, hear) => events.split(' ').forEach((event) => element.removeEventListener(event, hear)),
});

const api = async (method, query) => {
  const answer = await fetch(`/api/method/${method}?${new URLSearchParams(query)}`);
  return answer.json();
};

globalThis.frappe = {
  boot: { lang: SITE.lang, sysdefaults: SITE.sysdefaults, time_zone: { system: 'Europe/Paris' }, docs: [], user_info: {} },
  session: { user: 'marie@example.com', user_fullname: 'Marie Durand' },
  csrf_token: 'fake-csrf',
  _messages: {},
  router: { slug: (name) => name.toLowerCase().replaceAll(' ', '-') },
  model: { on() {}, with_doctype: async () => {} },
  get_meta: (doctype) => SITE.metas.find(({ name }) => name === doctype),
  call: async ({ method, args = {} }) => api(method, args),
  db: {
    get_list: async (doctype, options) => (await api('frappe.client.get_list', { doctype, options: JSON.stringify(options) })).message,
  },
  ui: {
    form: {
      handlers,
      on(doctype, events) {
        for (const [event, handler] of Object.entries(events)) ((handlers[doctype] ??= {})[event] ??= []).push(handler);
      },
    },
  },
};

/** A control as the desk draws it. */
function control(fieldname, tag, value) {
  const wrapper = document.createElement('div');
  wrapper.className = 'frappe-control';
  wrapper.dataset.fieldname = fieldname;
  const inner = document.createElement('div');
  inner.className = 'control-input-wrapper';
  const holder = document.createElement('div');
  holder.className = 'control-input';
  const input = document.createElement(tag);
  for (const choice of CHOICES[fieldname] ?? []) input.append(new Option(choice, choice));
  input.value = value ?? '';
  const label = document.createElement('label');
  label.textContent = fieldname.replaceAll('_', ' ');
  wrapper.append(label, inner);
  inner.append(holder);
  holder.append(input);
  return { wrapper, $wrapper: jquery(wrapper), df: { fieldname }, set_value: (text) => { input.value = text; } };
}

/** The desk evaluates scripts inside of a method of a class; `this` and the local names are its own. */
class ScriptManager {
  setup(script) {
    eval(script);
  }
}

/** Opens a form as the desk does: the scripts are evaluated once, before the first refresh. */
globalThis.openForm = async (doctype, doc) => {
  const layout = document.createElement('div');
  layout.className = 'form-layout';
  const fields = Object.entries(FIELDS[doctype]).map(([name, tag]) => [name, control(name, tag, doc[name])]);
  layout.append(...fields.map(([, { wrapper }]) => wrapper));
  document.querySelector('main').replaceChildren(layout);
  const form = { doctype, docname: doc.name, doc: { doctype, ...doc }, fields_dict: Object.fromEntries(fields), wrapper: layout, layout: { wrapper: jquery(layout) } };
  globalThis.cur_frm = form;
  if (SCRIPTS[doctype]) new ScriptManager().setup(`\n\n/* Adding a script */\n\n${SCRIPTS[doctype]}\n\n//# sourceURL=${doctype}__js`);
  for (const refresh of handlers[doctype]?.refresh ?? []) await refresh(form);
};

/** Opens the dialog that "New" opens in a list, whose own script has been evaluated before. */
globalThis.openQuickEntry = (doctype) => {
  if (SCRIPTS[`${doctype} list`]) new ScriptManager().setup(SCRIPTS[`${doctype} list`]);
  globalThis.cur_frm = undefined;
  return () => {
    const modal = document.createElement('div');
    const fields = Object.entries(FIELDS[doctype]).map(([name, tag]) => [name, control(name, tag, '')]);
    modal.append(...fields.map(([, { wrapper }]) => wrapper));
    document.querySelector('main').replaceChildren(modal);
    const doc = { doctype, name: 'new-webhook-1' };
    globalThis.frappe.quick_entry = { doctype, doc, dialog: { fields_dict: Object.fromEntries(fields), $wrapper: jquery(modal), doc } };
    document.dispatchEvent(new Event('shown.bs.modal'));
  };
};
