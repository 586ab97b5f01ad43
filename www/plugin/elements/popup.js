// A list that opens over everything else, beside a place of the page, and how one of it is chosen by keys.
import { el } from '../dom.js';
import { sheet } from './styles.js';

/** @import { CaretBox } from '../hosts/caret-box.js' */

export const POPUP = sheet(`
.popup { position: fixed; inset: auto; margin: 0; padding: 4px; width: min(440px, calc(100vw - 16px)); overflow: auto; color: inherit;
  border: 1px solid var(--db-border); border-radius: 8px; background: var(--db-surface); box-shadow: 0 6px 20px rgb(0 0 0 / .18); }
.popup:not(:popover-open) { display: none !important; }
.option { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; padding: 4px 8px; border-radius: 5px; cursor: pointer; min-width: 0; }
.option[aria-selected="true"] { background: var(--db-info-bg); color: var(--db-info); }
.option .type { margin-inline-start: auto; color: var(--db-muted); font-size: 12px; }
.option .value { flex-basis: 100%; color: var(--db-muted); font-size: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media (forced-colors: active) { .option[aria-selected="true"] { outline: 2px solid Highlight; } }
`);

/** How high a list may be, and how near it comes to the window's edge. */
const HIGH = 320;
const EDGE = 8;

/** A panel of the top layer, closed at first. @param {Record<string, any>} attributes */
export const popup = (attributes) => el('div', { class: 'popup', popover: 'manual', ...attributes });

/**
 * Opens it below a place, or above where there is more room.
 * @param {HTMLElement} panel @param {CaretBox} place
 */
export function open(panel, { left, top, bottom }) {
  if (!panel.isConnected) return;
  if (!panel.matches(':popover-open')) panel.showPopover();
  const below = innerHeight - bottom - EDGE;
  const above = top - EDGE;
  const up = below < Math.min(HIGH, 200) && above > below;
  panel.style.maxHeight = `${Math.min(HIGH, Math.max(80, up ? above : below))}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - panel.offsetWidth - EDGE))}px`;
  panel.style.top = up ? 'auto' : `${bottom + 2}px`;
  panel.style.bottom = up ? `${innerHeight - top + 2}px` : 'auto';
}

/** @param {HTMLElement} panel */
export function close(panel) {
  if (panel.isConnected && panel.matches(':popover-open')) panel.hidePopover();
}

/**
 * The entry that a key leads to from another, around the ends; null for a key that leads nowhere.
 * @param {string} key @param {number} at @param {number} count
 */
export function moved(key, at, count) {
  const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 });
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  if (Math.abs(step) > 1) return Math.max(0, Math.min(count - 1, at + step));
  return (at + step + count) % count;
}
