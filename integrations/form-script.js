// Brings the plugin into a form of the desk, and keeps space for it until it is there. SCRIPT and ENGINE, where the two files are,
// stand above it.
import { giveSpaceBack, keepSpace } from '../www/plugin/hosts/frappe-space.js';

const french = String(frappe.boot?.lang ?? 'en').startsWith('fr');

// A HEAD that a proxy refuses, or that gets no answer, says nothing about the file.
const there = async (url) => {
  const answer = await fetch(url, { method: 'HEAD' }).catch(() => null);
  return !answer || answer.ok || answer.status === 405 || answer.status === 501;
};

// Frappe puts a few letters behind a name that is taken, and keeps private files elsewhere.
const uploaded = async (url) => {
  const [, stem, ending] = /([^/]+)(\.\w+)$/.exec(url) ?? [];
  if (!stem) return null;
  const options = { filters: [['file_name', 'like', `${stem}%${ending}`]], fields: ['file_url'], order_by: 'creation desc', limit: 1 };
  const rows = await Promise.resolve(frappe.db.get_list('File', options)).catch(() => []);
  return rows?.[0]?.file_url ?? null;
};

const found = async (url) => {
  if (url.startsWith('/assets/') || (await there(url))) return url;
  const other = await uploaded(url);
  if (other && (await there(other))) return other;
  const where = french
    ? 'Ajoutez-le à la liste des fichiers, ou écrivez l’URL que cette liste affiche dans le script client de ce formulaire.'
    : 'Upload it to the File list, or write the URL that the list shows into the Client Script of this form.';
  throw new Error(french ? `le fichier ${url} est introuvable. ${where}` : `the file ${url} was not found. ${where}`);
};

const load = async () => {
  const [script, engine] = await Promise.all([found(SCRIPT), found(ENGINE)]);
  const plugin = await import(script).catch((error) => {
    throw new Error(french ? `le fichier ${script} n’a pas pu être chargé. ${error.message}` : `the file ${script} could not be loaded. ${error.message}`);
  });
  await plugin.start({ engine });
};

const say = ({ message }) => {
  giveSpaceBack();
  const layout = globalThis.cur_frm?.layout?.wrapper;
  const place = layout?.[0] ?? layout;
  if (!place?.prepend || place.querySelector('[data-deskbell-notice]')) return;
  const notice = document.createElement('div');
  notice.className = 'form-message orange';
  notice.dataset.deskbellNotice = '';
  notice.setAttribute('role', 'status');
  notice.textContent = french ? `Deskbell : ${message}` : `Deskbell: ${message}`;
  place.prepend(notice);
};

// One plugin for all forms, however many scripts ask for it. Until it is there, the forms keep space for it.
const key = Symbol.for('deskbell');
if (!globalThis[key]) {
  const keep = (_event, form) => keepSpace(form);
  $(document).on('form-refresh', keep);
  globalThis[key] = load();
  globalThis[key].then(() => $(document).off('form-refresh', keep), () => $(document).off('form-refresh', keep));
}
globalThis[key].catch(say);
