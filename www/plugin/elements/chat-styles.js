// How each chat looks: its own type, colours and shapes for the `deskbell-` classes and plain elements that the engine's look is made of.
import { sheet } from './styles.js';

/**
 * The colours of a chat; each service differs from this in a few lines.
 * bg, fg: surface and text; mu: time and small words; ln: links; cd, cb, cr: code's background, border and text; bar: the line beside quotes.
 */
const LIGHT = {
  '': '--bg:#fff;--fg:#24292f;--mu:#66707b;--ln:#1c5fb0;--cd:#f3f4f6;--cb:#e2e5e9;--cr:inherit;--bar:#cdd3da;--me:#e8f1fc;--av:#5b6673',
  Slack: '--bg:#fff;--fg:#1d1c1d;--mu:#616061;--ln:#1264a3;--cd:#f8f8f8;--cb:#dddddd;--cr:#c01343;--bar:#dddddd;--me:#e8f5fa;--av:#611f69;--bt:#007a5a',
  Mattermost: '--bg:#fff;--fg:#3f4350;--mu:#6b6f7b;--ln:#1c58d9;--cd:#ecedee;--cb:transparent;--cr:inherit;--bar:#c9cbd0;--me:#fff3d1;--av:#1e325c',
  'Rocket.Chat': '--bg:#fff;--fg:#2f343d;--mu:#6c727a;--ln:#095ad2;--cd:#f7f8fa;--cb:#cbced1;--cr:inherit;--bar:#cbced1;--me:#d1ebfe;--av:#c4264e',
  'Google Chat': '--bg:#f0f4f9;--fg:#1f1f1f;--mu:#5b5f64;--ln:#0b57d0;--cd:#e3e8ef;--cb:transparent;--cr:inherit;--bar:#b9c0c9;--me:#d3e3fd;--av:#0b7a3b',
  Discord: '--bg:#fff;--fg:#2e3338;--mu:#5c5e66;--ln:#0062c9;--cd:#f2f3f5;--cb:#e3e5e8;--cr:inherit;--bar:#c4c9ce;--me:#e6e8fd;--av:#5865f2',
  Teams: '--bg:#fff;--fg:#242424;--mu:#616161;--ln:#4f52b2;--cd:#f5f5f5;--cb:#e0e0e0;--cr:inherit;--bar:#d1d1d1;--me:#e8ebfa;--av:#5b5fc7;--pg:#f5f5f5',
  'Matrix (Hookshot)': '--bg:#fff;--fg:#1b1d22;--mu:#656d77;--ln:#0467dd;--cd:#f0f2f5;--cb:#e1e6ec;--cr:inherit;--bar:#c1c6cd;--me:#e3f1ff;--av:#007a61',
  Ntfy: '--bg:#fff;--fg:#212121;--mu:#666;--ln:#2b6b60;--cd:#f5f5f5;--cb:#e0e0e0;--cr:inherit;--bar:#ddd;--me:#e2f2ef;--av:#338574;--pg:#f3f3f3',
  Raven: '--bg:#fff;--fg:#1c2024;--mu:#60646c;--ln:#0588f0;--cd:#f0f0f3;--cb:#e0e1e6;--cr:#ca244d;--bar:#cdced6;--me:#edf2fe;--av:#3e63dd',
};

/** @type {Partial<typeof LIGHT>} */
const DARK = {
  '': '--bg:#1c1f24;--fg:#dde1e6;--mu:#9aa3ad;--ln:#7db7ff;--cd:#262a31;--cb:#3a4049;--bar:#4a515c;--me:#1d3557',
  Slack: '--bg:#1a1d21;--fg:#d1d2d3;--mu:#ababad;--ln:#36a1d8;--cd:#22252a;--cb:#3c3f44;--cr:#e8912d;--bar:#4a4d52;--me:#173d52;--bt:#007a5a',
  Mattermost: '--bg:#1f232b;--fg:#dddfe4;--mu:#a0a4ae;--ln:#6f9df8;--cd:#31363f;--bar:#545966;--me:#4a3d12',
  'Rocket.Chat': '--bg:#1f2329;--fg:#e4e7ea;--mu:#9ea2a8;--ln:#6a9df0;--cd:#262a31;--cb:#454c59;--bar:#535c6a;--me:#12395f',
  'Google Chat': '--bg:#2a2d31;--fg:#e3e3e3;--mu:#b0b4b9;--ln:#a8c7fa;--cd:#3a3e44;--bar:#5e646c;--me:#0a3a7a',
  Discord: '--bg:#313338;--fg:#dbdee1;--mu:#a3a6aa;--ln:#00a8fc;--cd:#2b2d31;--cb:#1e1f22;--bar:#4e5058;--me:#3c4270',
  Teams: '--bg:#292929;--fg:#fff;--mu:#adadad;--ln:#9299f7;--cd:#1f1f1f;--cb:#424242;--bar:#525252;--me:#383966;--pg:#1f1f1f',
  'Matrix (Hookshot)': '--bg:#101317;--fg:#ebeef2;--mu:#a3a9b2;--ln:#5eaeff;--cd:#1d2026;--cb:#323539;--bar:#444a52;--me:#0f2a4d',
  Ntfy: '--bg:#1e1e1e;--fg:#eee;--mu:#aaa;--ln:#65b5a3;--cd:#2b2b2b;--cb:#444;--bar:#555;--me:#1b3f37;--pg:#121212',
  Raven: '--bg:#111113;--fg:#edeef0;--mu:#b0b4ba;--ln:#70b8ff;--cd:#212225;--cb:#363a3f;--cr:#ff949d;--bar:#43484e;--me:#182449',
};

/** @param {Partial<typeof LIGHT>} colours @param {string} host The condition on the element, as a selector. */
function rules(colours, host) {
  return Object.entries(colours)
    .map(([service, values]) => `:host(${host}${service ? `[data-service="${service}"]` : ''}) .chat{${values}}`)
    .join('\n');
}

export const CHAT = sheet(`
${rules(LIGHT, '')}
@media (prefers-color-scheme: dark) { ${rules(DARK, ':not([data-theme="light"])')} }
${rules(DARK, '[data-theme="dark"]')}

.chat { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 9px; padding: 14px; align-items: start;
  background: var(--bg); color: var(--fg); font: 14px/1.46 var(--font-stack, system-ui, sans-serif); }
.chat .avatar { grid-row: span 2; width: 36px; height: 36px; display: grid; place-items: center; border-radius: 8px; background: var(--av); color: #fff; }
.chat .avatar .icon { width: 20px; height: 20px; }
.chat .sender { display: flex; align-items: baseline; gap: 6px; font-weight: 700; line-height: 1.25; min-width: 0; }
.chat .sender b { font-weight: inherit; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.unsure { margin: 4px 12px 8px; color: var(--db-muted); font-size: 12px; }
.chat .badge { align-self: center; padding: 0 4px; border-radius: 3px; font-size: 10px; line-height: 14px; font-weight: 600; letter-spacing: .02em; color: color-mix(in srgb, var(--fg) 60%, var(--mu)); background: color-mix(in srgb, var(--mu) 16%, transparent); }
.chat .time { font-size: 12px; font-weight: 400; color: var(--mu); }
.look { grid-column: 2; max-height: 440px; overflow: auto; overflow-wrap: anywhere; scrollbar-width: thin; }
.look:empty::after { content: "\\200b"; }

.look :where(p, ul, ol, pre, blockquote, table) { margin: 0; }
.look > * + * { margin-top: var(--gap, 5px); }
.look p { white-space: pre-wrap; }
.look :is(ul, ol) { padding-inline-start: 1.7em; } .look ul { list-style: disc; } .look ol { list-style: decimal; } .look ul ul { list-style: circle; }
.look li > :is(ul, ol) { margin-top: 0; }
.look strong { font-weight: 700; } .look em { font-style: italic; }
.look code { padding: 1px 4px; border: 1px solid var(--cb); border-radius: 4px; background: var(--cd); color: var(--cr); font: .86em/1.5 var(--db-mono); white-space: pre-wrap; }
.look pre { padding: 8px 10px; border: 1px solid var(--cb); border-radius: 4px; background: var(--cd); overflow: auto; }
.look pre code { padding: 0; border: 0; background: none; color: inherit; }
.look blockquote { position: relative; padding-inline-start: 14px; }
.look blockquote::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: 0; width: 4px; border-radius: 4px; background: var(--bar); }
.look hr { border: 0; border-top: 1px solid var(--bar); margin-block: 10px; }
.look table { border-collapse: collapse; } .look :is(th, td) { border: 1px solid var(--bar); padding: 4px 10px; text-align: start; } .look th { font-weight: 600; background: var(--cd); }
.look .deskbell-link { color: var(--ln); cursor: default; } .look .deskbell-link:hover { text-decoration: underline; }
.look :is(.deskbell-mention, .deskbell-channel) { padding: 0 3px; border-radius: 3px; background: var(--me); color: var(--ln); font-weight: 500; }
.look .deskbell-image { display: inline-block; padding: 8px 12px; border: 1px dashed var(--bar); border-radius: 6px; color: var(--mu); }
.look .deskbell-emoji { font-size: 1.25em; line-height: 1; } .look .deskbell-emoji-name { color: var(--mu); }
.look .deskbell-emoji-alone { font-size: 2em; line-height: 1.25; } .look .deskbell-emoji-alone .deskbell-emoji { font-size: 1em; }
.look .deskbell-cut { margin-block: 8px; padding-top: 3px; border-top: 2px dashed var(--db-warn); color: var(--mu); font-size: 12px; }
.look .deskbell-rest { white-space: pre-wrap; color: var(--mu); }
.look .deskbell-block { display: block; } .look .deskbell-quote { border-inline-start: 4px solid var(--bar); padding-inline-start: 10px; }
.look .deskbell-spoiler { border-radius: 3px; background: var(--mu); color: transparent; } .look .deskbell-spoiler:hover { background: var(--cd); color: inherit; }
.look .deskbell-heading { font-weight: 700; line-height: 1.3; } .look .deskbell-heading-1 { font-size: 1.5em; } .look .deskbell-heading-2 { font-size: 1.3em; } .look .deskbell-heading-3 { font-size: 1.15em; }
.look .deskbell-gap { padding: 0 4px; border: 1px dashed var(--db-info); border-radius: 4px; background: var(--db-info-bg); color: var(--db-info); font: .86em/1.5 var(--db-mono); }
.look .deskbell-attachment { position: relative; padding-inline-start: 14px; display: grid; gap: 6px; justify-items: start; }
.look .deskbell-attachment::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: 0; width: 4px; border-radius: 4px; background: var(--bar); }
.look .deskbell-button { display: inline-block; padding: 3px 11px; border-radius: 4px; background: var(--bt, var(--ln)); color: #fff; font-weight: 700; font-size: .93em; cursor: default; }

:host([data-service="Slack"]) .chat { font-family: "Slack-Lato", Lato, "Slack-Fractions", appleLogo, var(--font-stack, sans-serif); font-size: 15px; }
:host([data-service="Slack"]) .look pre, :host([data-service="Slack"]) .look code { color: var(--cr); } :host([data-service="Slack"]) .look pre code { color: var(--fg); }
:host([data-service="Mattermost"]) .chat { font-family: "Open Sans", var(--font-stack, sans-serif); }
:host([data-service="Mattermost"]) .look { --gap: .55em; } :host([data-service="Mattermost"]) .look p { white-space: normal; }
:host([data-service="Mattermost"]) .avatar { border-radius: 50%; width: 34px; height: 34px; }
:host([data-service="Mattermost"]) .sender { font-weight: 600; }
:host([data-service="Rocket.Chat"]) .avatar { border-radius: 4px; }
:host([data-service="Rocket.Chat"]) .badge { border-radius: 2px; font-weight: 500; }
:host([data-service="Rocket.Chat"]) .look .deskbell-attachment { padding-inline-start: 10px; } :host([data-service="Rocket.Chat"]) .look .deskbell-attachment::before { width: 2px; border-radius: 0; }
:host([data-service="Rocket.Chat"]) .look .deskbell-link { text-decoration: underline; }
:host([data-service="Google Chat"]) .chat { font-family: "Google Sans Text", "Google Sans", Roboto, var(--font-stack, sans-serif); background: transparent; }
:host([data-service="Google Chat"]) .avatar { border-radius: 50%; }
:host([data-service="Google Chat"]) .sender { font-weight: 500; margin-bottom: 4px; }
:host([data-service="Google Chat"]) .look { justify-self: start; max-width: 100%; padding: 9px 13px; border-radius: 4px 18px 18px; background: var(--bg); }
:host([data-service="Google Chat"]) .look .deskbell-link { text-decoration: underline; }
:host(:is([data-service="Teams"], [data-service="Matrix (Hookshot)"], [data-service="Raven"])) .look p { white-space: normal; }
:host([data-service="Teams"]) .chat { font-family: "Segoe UI", var(--font-stack, sans-serif); background: var(--pg); }
:host([data-service="Teams"]) .avatar { border-radius: 50%; }
:host([data-service="Teams"]) .sender { font-weight: 400; margin-bottom: 4px; }
:host([data-service="Teams"]) .look { --gap: 8px; padding: 12px 16px; border: 1px solid var(--cb); border-radius: 6px; background: var(--bg); box-shadow: 0 1px 2px rgb(0 0 0 / .14); }
:host([data-service="Teams"]) .look .deskbell-attachment { padding: 4px 0 0; } :host([data-service="Teams"]) .look .deskbell-attachment::before { content: none; }
:host([data-service="Teams"]) .look .deskbell-button { padding: 4px 12px; border: 1px solid var(--bar); background: var(--bg); color: var(--fg); font-weight: 600; }
:host([data-service="Matrix (Hookshot)"]) .chat { font-family: Inter, var(--font-stack, sans-serif); font-size: 15px; }
:host([data-service="Matrix (Hookshot)"]) .look { --gap: 1em; color: color-mix(in srgb, var(--fg) 72%, var(--bg)); }
:host([data-service="Matrix (Hookshot)"]) .avatar { border-radius: 50%; width: 30px; height: 30px; }
:host([data-service="Matrix (Hookshot)"]) .sender { color: color-mix(in srgb, var(--av) 60%, var(--fg)); font-weight: 600; }
:host([data-service="Ntfy"]) .chat { font-family: Roboto, var(--font-stack, sans-serif); grid-template-columns: minmax(0, 1fr); background: var(--pg); box-shadow: inset 0 0 0 14px var(--pg); }
:host([data-service="Ntfy"]) :is(.avatar, .badge) { display: none; }
:host([data-service="Ntfy"]) :is(.sender, .look) { grid-column: 1; padding: 10px 14px; background: var(--bg); }
:host([data-service="Ntfy"]) .sender { padding-bottom: 0; border-radius: 4px 4px 0 0; } :host([data-service="Ntfy"]) .look { border-radius: 0 0 4px 4px; }
:host([data-service="Raven"]) .chat { font-family: Inter, "Cal Sans", var(--font-stack, sans-serif); }
:host([data-service="Raven"]) .sender { font-weight: 500; }
`);
