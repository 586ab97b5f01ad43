// What a Frappe desk knows of its site, its person and its clock, as the engine's context.

/** @import { HostContext } from '../deskbell.js' */
/** @import { Trouble } from './host.js' */

/** The desk's globals; they have no types of their own. @type {any} */
const desk = globalThis;

/** Where the desk is: the first part of the page's own address. @returns {'app' | 'desk'} */
export const deskPath = () => (location.pathname.startsWith('/desk') ? 'desk' : 'app');

/** What crossed to the Worker once, by what the desk has. @type {WeakMap<object, any>} */
const plainOf = new WeakMap();

/**
 * Only plain data can cross to the Worker, and what the desk keeps may carry functions.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function plain(value) {
  return JSON.parse(JSON.stringify(value));
}

/**
 * The same for what is large and stays as it is while the page lives.
 * @template {object} T
 * @param {T | null | undefined} value @param {T} otherwise
 * @returns {T}
 */
function once(value, otherwise) {
  if (!value) return otherwise;
  let known = plainOf.get(value);
  if (!known) plainOf.set(value, (known = plain(value)));
  return known;
}

/** The clock of each zone that was asked for; making one takes a browser some milliseconds. @type {Map<string, Intl.DateTimeFormat | null>} */
const clocks = new Map();

/** @param {string} zone @returns {Intl.DateTimeFormat | null} null: a zone that the browser does not know. */
function clockOf(zone) {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    try {
      // The Swedish way to write a date is the ISO way.
      clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    } catch {
      clock = null;
    }
    clocks.set(zone, clock);
  }
  return clock;
}

/** The system's time zone; null when the desk does not tell one that the browser knows. `sysdefaults.time_zone` is stale on some sites. */
export function timeZone() {
  const boot = desk.frappe?.boot ?? {};
  const zone = String(boot.time_zone?.system ?? boot.sysdefaults?.time_zone ?? '');
  return zone !== '' && clockOf(zone) ? zone : null;
}

export function now() {
  return (clockOf(timeZone() ?? 'UTC') ?? new Intl.DateTimeFormat('sv-SE')).format().replace(' ', 'T');
}

export function language() {
  return String(desk.frappe?.boot?.lang ?? document.documentElement.lang ?? 'en') || 'en';
}

export function theme() {
  const said = document.documentElement.dataset['theme'];
  return said === 'dark' || said === 'light' ? said : null;
}

/**
 * @param {'dodock' | 'frappe'} flavour @param {{ appName: string, appLogo: string }} sender
 * @returns {HostContext}
 */
export function siteContext(flavour, sender) {
  const { boot = {}, session = {}, _messages } = desk.frappe ?? {};
  return {
    siteUrl: location.origin,
    now: now(),
    timeZone: timeZone() ?? 'UTC',
    lang: language(),
    user: { name: String(session.user ?? ''), fullName: session.user_fullname },
    sysdefaults: once(boot.sysdefaults, {}),
    messages: _messages ?? {},
    serverScripts: null,
    flavour,
    deskPath: deskPath(),
    ...sender,
    bootDocs: once(boot.docs, []),
    userPermissions: boot.user?.user_permissions ? once(boot.user.user_permissions, {}) : null,
    userInfo: once(boot.user_info, {}),
  };
}

/** What this desk lacks, each with what follows from it. @returns {Trouble[]} */
export function lacks() {
  /** @type {Trouble[]} */
  const lacking = [];
  if (!timeZone()) lacking.push({ words: 'desk-no-time-zone' });
  if (typeof desk.frappe?.model?.on !== 'function') lacking.push({ words: 'desk-no-events' });
  return lacking;
}
