// The test bed's desk: the globals and shapes that notes from a running desk describe, and none of its code.

const { boot, csrf_token, script, settings } = globalThis.given;
const frappe = (globalThis.frappe = { boot, csrf_token, ui: { form: {} }, session: { user: 'marie@example.com', user_fullname: 'Marie Durand' }, quick_entry: null });
globalThis.cur_frm = null;

const listeners = [];
const { dialogs } = await import('./model.js');
const { removeForm, showForm } = await import('./form.js');
await import('./dialog.js');

frappe.router = {
  current_route: [],
  on: (event, hear) => void (event === 'change' && listeners.push(hear)),
  slug: (name) => name.toLowerCase().replaceAll(' ', '-'),
  replace(route) {
    this.current_route = route;
    history.replaceState(null, '', address(route));
  },
};
const address = ([view, doctype, name]) => `/app/${frappe.router.slug(doctype)}${view === 'Form' ? `/${encodeURIComponent(name)}` : ''}`;

/** Every route that was shown, the one that is shown now being the last. */
frappe.route_history = [];
frappe.get_route = () => frappe.router.current_route;
frappe.set_route = async (...route) => {
  frappe.router.current_route = route;
  frappe.route_history.push(route);
  history.pushState(null, '', address(route));
  const [view, doctype, name] = route;
  if (view === 'List') $('#body > .page-container').hide();
  const frm = view === 'Form' ? await showForm(doctype, name) : null;
  for (const hear of listeners) hear();
  return frm;
};

/** "New" as a list does it. */
frappe.new_doc = async (doctype) => {
  await new Promise((resolve) => resolve(frappe.model.with_doctype(doctype)));
  if (frappe.get_meta(doctype).quick_entry) return frappe.ui.form.make_quick_entry(doctype);
  return frappe.set_route('Form', doctype, frappe.model.get_new_doc(doctype).name);
};

/** As an administrator installs it without an app: a Client Script per form, which the desk reads when it makes the form. */
frappe.scripts = {};
if (settings.install === 'client-script') {
  for (const doctype of ['Notification', 'Incoming Webhook URL', 'Notification Webhook URL', 'Slack Webhook URL']) frappe.scripts[doctype] = [script];
}
// What every form runs besides: whether it came so far.
for (const doctype of boot.user.can_read) frappe.ui.form.on(doctype, { onload_post_render: () => void bed.rendered.push(doctype) });
// As an app's include does it: once, whenever the desk has loaded it.
if (settings.install === 'app') import('/assets/deskbell/hosts/frappe.js').then(({ install }) => [install(), (bed.installed = true)]);
for (const path of settings.missing.filter((name) => name.startsWith('frappe.'))) {
  const names = path.split('.').slice(1);
  const last = names.pop();
  delete names.reduce((object, name) => object?.[name], frappe)?.[last];
}

const bed = (globalThis.bed = { dialogs, removeForm, rendered: [] });
bed.ready = true;
