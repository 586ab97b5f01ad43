// What stands around every form: the navbar, the sidebar and the page's head.
import { el, fill } from './nodes.js';

/** @typedef {{ title: string, links: Array<{ label: string, href: string, note?: string, current?: boolean, external?: boolean }> }} SidebarGroup */
/** @typedef {'automatic' | 'light' | 'dark'} ThemeMode */

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} path */
function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export class Shell {
  #logo = el('a', { class: 'logo', href: '#/', 'aria-label': 'Deskbell' }, icon('M4.2 10.8V7a3.8 3.8 0 0 1 7.6 0v3.8l1 1.2H3.2zM6.7 13.8h2.6'));
  #crumbs = el('nav', { class: 'breadcrumbs', 'aria-label': 'breadcrumb' });
  #languages = el('div', { class: 'segmented', role: 'group', 'aria-label': 'Language' });
  #theme = el('button', { type: 'button', class: 'icon-button' });
  #sidebar = el('nav', { class: 'sidebar' });
  #title = el('h1', { class: 'title', id: 'title' });
  #indicator = el('span', { class: 'indicator', role: 'status' });
  #primary = el('button', { type: 'button', class: 'btn-primary' });
  #skip = el('a', { class: 'skip', href: '#form' });
  #foot = el('footer', { class: 'foot' });
  main = el('main', { id: 'form', tabindex: '-1' });

  /** @param {{ language: (code: string) => void, theme: () => void, save: () => void }} wishes */
  constructor(wishes) {
    for (const code of ['fr', 'en']) {
      this.#languages.append(el('button', { type: 'button', lang: code, title: code === 'fr' ? 'Français' : 'English', onclick: () => wishes.language(code) }, code.toUpperCase()));
    }
    this.#theme.addEventListener('click', wishes.theme);
    this.#primary.addEventListener('click', wishes.save);
    this.#skip.addEventListener('click', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.main.focus();
    });
    document.body.replaceChildren(
      this.#skip,
      el('header', { class: 'navbar' }, this.#logo, this.#crumbs, el('div', { class: 'navbar-end' }, this.#languages, this.#theme, el('span', { class: 'avatar', 'aria-hidden': 'true' }, 'MD'))),
      el(
        'div',
        { class: 'page' },
        el('div', { class: 'page-head', role: 'region', 'aria-labelledby': 'title' }, el('div', { class: 'page-title' }, this.#title, this.#indicator), this.#primary),
        el('div', { class: 'page-body' }, this.#sidebar, el('div', { class: 'form-page' }, this.main)),
      ),
      this.#foot,
    );
  }

  /**
   * @param {{ language: string, theme: ThemeMode, translate: (source: string) => string, crumbs: string[], title: string, groups: SidebarGroup[] }} state
   */
  draw({ language, theme, translate, crumbs, title, groups }) {
    document.documentElement.lang = language;
    document.title = `${title} · Deskbell`;
    for (const button of this.#languages.children) button.setAttribute('aria-pressed', String(button.lang === language));
    const name = { automatic: 'Automatic', light: 'Light', dark: 'Dark' }[theme];
    this.#theme.setAttribute('aria-label', `${translate('Theme')}: ${translate(name)}`);
    this.#theme.title = `${translate('Theme')}: ${translate(name)}`;
    fill(this.#theme, icon({ automatic: 'M8 2a6 6 0 1 0 0 12V2M8 2a6 6 0 0 1 0 12', light: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1', dark: 'M13 9.5A5.6 5.6 0 0 1 6.5 3 5.6 5.6 0 1 0 13 9.5z' }[theme]));
    fill(this.#crumbs, crumbs.map((crumb) => el('span', {}, crumb)));
    fill(this.#title, title);
    fill(this.#primary, translate('Save'));
    fill(this.#skip, translate('Skip to the form'));
    fill(this.#foot, translate('The chats of this demo are stand-ins that run on this computer.'));
    fill(this.#sidebar, groups.map((group) => el('div', { class: 'sidebar-group' }, el('h2', {}, group.title), el('ul', {}, group.links.map(link)))));
  }

  /** @param {string} text @param {'green' | 'orange' | 'gray'} tone */
  indicate(text, tone) {
    this.#indicator.className = `indicator ${tone}`;
    fill(this.#indicator, text);
  }
}

/** @param {SidebarGroup['links'][number]} to */
function link({ label, href, note, current, external }) {
  const target = external ? { target: '_blank', rel: 'noopener' } : {};
  return el('li', {}, el('a', { href, 'aria-current': current ? 'page' : null, ...target }, el('span', {}, label), note && el('small', {}, note), external && icon('M6 3h7v7M13 3L4 12')));
}
