// The one place where the engine's HTML enters the page.

/**
 * Shows a message as the chat draws it. `look` is the output of the engine's only escaper (src/look): escaped, self-contained, without
 * scripts, styles or remote content. It is parsed into an inert document first, and whatever the escaper could never have written
 * is left out, so that even a defect there cannot run anything here.
 * @param {HTMLElement} place @param {string} look
 */
export function showLook(place, look) {
  const inert = new DOMParser().parseFromString(look, 'text/html');
  for (const node of inert.body.querySelectorAll('*')) {
    if (!ALLOWED.has(node.localName)) node.remove();
    else for (const { name } of [...node.attributes]) if (!harmless(name)) node.removeAttribute(name);
  }
  for (const link of inert.body.querySelectorAll('a')) {
    if (!/^(https?|mailto|tel):/i.test(link.getAttribute('href') ?? '')) link.removeAttribute('href');
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  place.replaceChildren(...inert.body.childNodes);
}

const ALLOWED = new Set(
  'a b blockquote br button code del details div em figure h1 h2 h3 h4 h5 h6 hr i li mark ol p pre s section small span strong sub summary sup table tbody td th thead time tr u ul'.split(' '),
);

/** @param {string} name */
function harmless(name) {
  return ['alt', 'class', 'colspan', 'datetime', 'dir', 'href', 'lang', 'role', 'start', 'title'].includes(name) || /^(aria|data)-[\w-]+$/.test(name);
}
