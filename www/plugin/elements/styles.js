// What the elements share in looks: the desk's own variables where it has them, and quiet fallbacks, light and dark.

/** @param {string} css */
export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

const DARK = `
  color-scheme: dark;
  --db-text: var(--text-color, #e2e5ea); --db-muted: var(--text-muted, #a0a7b4); --db-faint: var(--text-light, #7c8494);
  --db-surface: var(--card-bg, #1c1f26); --db-sunken: var(--control-bg, #262a33); --db-border: var(--border-color, #333945);
  --db-good: #5fd08f; --db-good-bg: #16301f; --db-bad: #ff8a80; --db-bad-bg: #3b1c1c;
  --db-warn: #f2bd5c; --db-warn-bg: #37290f; --db-info: #7db7ff; --db-info-bg: #17273f; --db-focus: #7db7ff;`;

export const BASE = sheet(`
:host {
  color-scheme: light;
  --db-text: var(--text-color, #1f272e); --db-muted: var(--text-muted, #5b6673); --db-faint: var(--text-light, #6f7a87);
  --db-surface: var(--card-bg, #fff); --db-sunken: var(--control-bg, #f4f5f6); --db-border: var(--border-color, #e2e6ea);
  --db-good: #17693c; --db-good-bg: #e6f5ec; --db-bad: #b3261e; --db-bad-bg: #fdecea;
  --db-warn: #8a5200; --db-warn-bg: #fff4df; --db-info: #1c5fb0; --db-info-bg: #e8f1fc; --db-focus: #2f74d0;
  --db-mono: var(--font-mono, ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace);
  display: block; container-type: inline-size; margin-block: 8px 4px;
  color: var(--db-text); font: 13px/1.45 var(--font-stack, Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  font-size: var(--text-base, 13px);
}
@media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) { ${DARK} } }
:host([data-theme="dark"]) { ${DARK} }
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
.panel { border: 1px solid var(--db-border); border-radius: var(--border-radius, 8px); background: var(--db-surface); overflow: hidden; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 7px 10px; min-height: 38px; }
.bar > .grow { flex: 1 1 170px; min-width: 0; }
.part { padding: 8px 10px; border-top: 1px solid var(--db-border); }
.part:empty { display: none; }
.icon { width: 15px; height: 15px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.verdict { display: flex; align-items: center; gap: 7px; font-weight: 600; min-width: 0; }
.pill { display: inline-flex; align-items: center; gap: 5px; padding: 2px 8px; border-radius: 999px; font-size: 12px; line-height: 18px;
  color: var(--db-muted); background: var(--db-sunken); }
.pill .icon { width: 13px; height: 13px; }
.good { color: var(--db-good); } .bad { color: var(--db-bad); } .warn { color: var(--db-warn); } .info { color: var(--db-info); } .muted { color: var(--db-muted); }
.pill.good { background: var(--db-good-bg); } .pill.bad { background: var(--db-bad-bg); }
.pill.warn { background: var(--db-warn-bg); } .pill.info { background: var(--db-info-bg); }
code, .mono { font: 12px/1.5 var(--db-mono); overflow-wrap: anywhere; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
p { margin: 0; } ul, ol { margin: 0; padding: 0; list-style: none; }
.caption { margin: 0 0 5px; font-size: 12px; font-weight: 600; color: var(--db-muted); }
button { font: inherit; color: inherit; cursor: pointer; border: 1px solid transparent; border-radius: 6px; padding: 3px 9px; background: var(--db-sunken); }
button:hover:not([aria-disabled="true"]) { border-color: var(--db-border); }
button[aria-disabled="true"] { cursor: default; opacity: .5; }
/* The desks' own buttons take their text's colour from elsewhere in every generation; these two are legible on each other in all. */
button.primary { background: var(--db-text); color: var(--db-surface); font-weight: 500; }
button.link { padding: 0 2px; background: none; border: 0; color: var(--db-info); text-decoration: underline; text-underline-offset: 2px; }
:is(button, summary, select, [tabindex]):focus-visible { outline: 2px solid var(--db-focus); outline-offset: 1px; }
summary { cursor: pointer; color: var(--db-muted); border-radius: 4px; }
summary:hover { color: var(--db-text); }
select { font: inherit; color: inherit; background: var(--db-sunken); border: 1px solid transparent; border-radius: 6px; padding: 3px 6px; min-width: 0; max-width: 100%; }
.notice { display: flex; gap: 7px; align-items: flex-start; padding: 6px 10px; border-top: 1px solid var(--db-border); color: var(--db-warn); background: var(--db-warn-bg); }
.notice .icon { margin-top: 2px; }
@media (prefers-reduced-motion: no-preference) { .fade { transition: opacity .12s ease-out; } }
@media (forced-colors: active) {
  .panel, button, .pill { border: 1px solid CanvasText; }
  button[aria-pressed="true"] { forced-color-adjust: none; background: Highlight !important; color: HighlightText !important; }
}
`);

export const FINDINGS = sheet(`
.findings { display: grid; gap: 6px; }
.finding { display: grid; grid-template-columns: auto 1fr; gap: 2px 8px; align-items: start; }
.remark { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: start; }
.remark p { flex: 1 1 250px; min-width: 0; }
.finding .reason { display: block; }
.finding > .icon { margin-top: 2px; }
.finding p { overflow-wrap: anywhere; }
.finding .place { color: var(--db-muted); white-space: nowrap; }
button.fix { display: inline-flex; align-items: center; gap: 5px; padding: 1px 8px; color: var(--db-info); background: var(--db-info-bg); text-align: start; }
.fix .icon { width: 13px; height: 13px; }
`);
