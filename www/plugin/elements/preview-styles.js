// The layout of the message's preview: the chat on one side, what there is to say about it on the other.
import { sheet } from './styles.js';

export const PREVIEW = sheet(`
.columns { border-top: 1px solid var(--db-border); }
.stage { min-width: 0; } .stage > * { margin: 0; }
.source { margin: 0; padding: 12px 14px; max-height: 420px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.55 var(--db-mono); tab-size: 4; }
.side:not(:has(.part:not(:empty))) { display: none; }
@container (min-width: 820px) {
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .columns:not(:has(.side .part:not(:empty))) { grid-template-columns: 1fr; }
  :host([data-view="compare"]) .columns { grid-template-columns: 1fr; } :host([data-view="compare"]) .side { border-inline-start: 0; }
  .side { border-inline-start: 1px solid var(--db-border); }
  .side .part:first-child, .side .part:empty + .part { border-top: 0; }
}
.tabs { display: inline-flex; flex-wrap: wrap; padding: 2px; gap: 2px; border-radius: 7px; background: var(--db-sunken); }
.tabs button { padding: 1px 9px; background: none; color: var(--db-muted); border-radius: 5px; }
.tabs button[aria-pressed="true"] { background: var(--db-surface); color: var(--db-text); box-shadow: 0 1px 2px rgb(0 0 0 / .14); }
.size { display: flex; align-items: center; gap: 7px; font-size: 12px; font-variant-numeric: tabular-nums; }
.meter { width: 46px; height: 5px; border-radius: 3px; background: linear-gradient(var(--db-good) 0 0) 0 / var(--share) 100% no-repeat var(--db-sunken); }
:host([data-over]) .meter { background-image: linear-gradient(var(--db-warn) 0 0); }
.chips { display: flex; flex-wrap: wrap; gap: 5px; }
.error { display: grid; gap: 10px; }
.failure { display: grid; gap: 2px; }
mark.deskbell-server { color: inherit; background: var(--db-info-bg); border-radius: 3px; box-shadow: 0 0 0 1px var(--db-info-bg); text-decoration: underline dotted var(--db-info) 1.5px; text-underline-offset: 3px; }
@container (max-width: 520px) { .bar .grow { flex-basis: 100%; } .size { order: 3; } }
.copies { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 8px 10px 0; }
.copies button { display: inline-flex; align-items: center; gap: 5px; }
`);
