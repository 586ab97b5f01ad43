// Makes messages at random and reads each as the chats' own parsers do, or the nearest that npm has.
//
//   node chats.mjs make SEED COUNT    COUNT texts of each dialect, one JSON line per text: {"dialect", "text", "reference", "families"}
//   node chats.mjs answer             the same for the lines of the standard input, each {"dialect", "text"}
//
// `reference` is in the plain notation of src/look/reference.rs; `families` are those of chats-ledger.json whose pattern
// the text has. Where a chat does more than its parser (Slack links bare addresses), that is done here too, and said
// where. Mattermost is not here: its parser, a fork of an old marked, is on no registry (see markup-mattermost.json).
// Exit status 3: the parsers are not there.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const modules = ['@rocket.chat/message-parser', 'discord-markdown-parser', 'slack-message-parser'];
const [rocketChat, discord, slack] = await Promise.all(
  modules.map((name) => import(name).catch(() => process.exit(3))),
);

// --- Notation ---------------------------------------------------------------------------------------------------------

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const anchor = (url, label) => `<a ${escaped(url)}>${label}</a>`;
/** A block: it starts on a line of its own, and the line ends after it. */
const block = (tag, content, close = tag) => `\n<${tag}>${tag === 'pre' ? content : content.replace(/\n+$/, '')}</${close}>\n`;

// --- Slack ------------------------------------------------------------------------------------------------------------

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
/** Slack's server puts bare addresses between angle brackets; a word joiner marks those that were put there here. */
const BARE = /<[^\s<>][^\n<>]*\|[^<>]+>|<[^<>\n]*>|(?<![\p{L}\p{N}])https?:\/\/[^\s<>|"]+/gu;
const parentheses = (text, sign) => text.replace(/^https?:\/\//, '').split(sign).length;
const withLinks = (text) =>
  text.replace(BARE, (found) => {
    if (found.startsWith('<')) return found;
    let url = found.split(/&[lg]t;/)[0];
    for (let longer = ''; longer !== url; ) {
      longer = url;
      if (url.endsWith('&amp;')) break;
      if (/[.,;:!?'*_~`]$/.test(url) || (url.endsWith(')') && parentheses(url, ')') > parentheses(url, '('))) url = url.slice(0, -1);
    }
    return /^https?:\/*$/.test(url) ? found : `<\u2060${url}\u2060>${found.slice(url.length)}`;
  });
const sign = (mark, name) => escaped(name.startsWith(mark) ? name : mark + name);

function slackNode(node) {
  const inside = () => node.children.map(slackNode).join('');
  const label = () => (node.label ? unescaped(node.label.map((part) => part.source).join('')) : '');
  switch (node.type) {
    case slack.NodeType.Root: return inside();
    case slack.NodeType.Text: return escaped(unescaped(node.text));
    case slack.NodeType.Bold: return `<b>${inside()}</b>`;
    case slack.NodeType.Italic: return `<i>${inside()}</i>`;
    case slack.NodeType.Strike: return `<s>${inside()}</s>`;
    case slack.NodeType.Code: return `<code>${escaped(unescaped(node.text))}</code>`;
    case slack.NodeType.PreText: return block('pre', escaped(unescaped(node.text)).replace(/^\n/, '').replace(/(?!^)\n$/, ''));
    case slack.NodeType.Quote: return block('q', inside().replace(/^ /gm, ''));
    case slack.NodeType.Emoji: return `:${escaped(node.name)}${node.variation ? `::${escaped(node.variation)}` : ''}:`;
    case slack.NodeType.UserLink: return sign('@', label() || unescaped(node.userID));
    case slack.NodeType.ChannelLink: return sign('#', label() || unescaped(node.channelID));
    case slack.NodeType.Command:
      if (node.name === 'date') return escaped(label() || unescaped(['date', ...node.arguments].join('^')));
      return sign('@', label() || unescaped(node.name));
    case slack.NodeType.URL: {
      const url = unescaped(node.url.replaceAll('\u2060', ''));
      return anchor(url, node.label ? node.label.map(slackNode).join('') : escaped(url.replace(/^mailto:/, '')));
    }
    default: throw new Error(`no notation for ${JSON.stringify(node)}`);
  }
}

/** The parser expects `>` escaped; Slack takes a plain one at the start of a line too. */
const readSlack = (text) => {
  const signs = text.replace(/\r\n?/g, '\n').replace(/<[^\s<>][^\n<>]*\|[^<>]+>|^>+/gm, (found) => (found.startsWith('<') ? found : '&gt;'.repeat(found.length)));
  return slackNode(slack.parse(withLinks(signs))).replace(/(?:<|&lt;)\u2060|\u2060(?:>|&gt;)|\u2060/g, '');
};

// --- Rocket.Chat ------------------------------------------------------------------------------------------------------

/** A bare address is linked when its domain exists; this engine has the domains that business sites use. */
const DOMAINS = readFileSync(new URL('../../src/look/top_level.rs', import.meta.url), 'utf8').match(/"[a-z \\\n]{99,}"/g).join(' ').match(/[a-z]+/g);
/** The host as the parser's library reads it: behind `//` or `scheme:/`, behind the last `@`, before the last colon. */
const hostOf = (address) => {
  const rest = address.startsWith('//') ? address.slice(2) : address.replace(/^[^]*?:\/+/, '');
  const authority = rest.split(/[/?#]/)[0];
  return authority.slice(Math.max(0, authority.lastIndexOf('@')) && authority.lastIndexOf('@') + 1).replace(/(?!^):[^:]*$/, '').replace(/(?!^)\.+$/, '');
};
const isUnknown = ({ value: { src, label } }) => {
  const text = label.length === 1 && label[0].value;
  if (![`//${text}`, `mailto:${text}`].includes(src.value) && !(src.value === text && text.includes(':'))) return false;
  const top = /(?:^|\.)(\p{L}+)$/u.exec(hostOf(text))?.[1];
  return top !== undefined && top !== 'localhost' && !DOMAINS.includes(top.toLowerCase());
};

function rocketChatNode(node) {
  const line = (value) => (Array.isArray(value) ? value : [value]).map(rocketChatNode).join('');
  const list = (items, tag, close) => block(tag, items.map((item) => `<li>${item.status === undefined ? '' : item.status ? '[x] ' : '[ ] '}${line(item.value)}`).join(''), close);
  switch (node.type) {
    case 'PARAGRAPH': return `${line(node.value)}\n`;
    case 'LINE_BREAK': return '\n';
    case 'PLAIN_TEXT': return escaped(node.value);
    case 'BOLD': return `<b>${line(node.value)}</b>`;
    case 'ITALIC': return `<i>${line(node.value)}</i>`;
    case 'STRIKE': return `<s>${line(node.value)}</s>`;
    case 'SPOILER': return `||${line(node.value)}||`;
    case 'SPOILER_BLOCK': return `||${line(node.value).replace(/\n$/, '')}||\n`;
    case 'INLINE_CODE': return `<code>${line(node.value)}</code>`;
    case 'CODE': return block('pre', node.value.map((part) => line(part.value)).join('\n'));
    case 'HEADING': return block(`h${node.level}`, line(node.value), 'h');
    case 'QUOTE': return block('q', line(node.value));
    case 'TASKS':
    case 'UNORDERED_LIST': return list(node.value, 'ul', 'ul');
    case 'ORDERED_LIST': return list(node.value, `ol ${node.value[0].number}`, 'ol');
    case 'LINK': return isUnknown(node) ? line(node.value.label) : anchor(node.value.src.value, line(node.value.label));
    case 'IMAGE': return `![${line(node.value.label)}](${escaped(node.value.src.value)})`;
    case 'MENTION_USER': return `@${line(node.value)}`;
    case 'MENTION_CHANNEL': return `#${line(node.value)}`;
    case 'EMOJI': return node.unicode ?? `:${node.shortCode}:`;
    case 'BIG_EMOJI': return `${line(node.value)}\n`;
    case 'TIMESTAMP': return escaped(`${node.value.timestamp}:${node.value.format ?? 't'}`);
    default: throw new Error(`no notation for ${JSON.stringify(node)}`);
  }
}

/**
 * Tables and rules are read from release 0.32 on; servers before it, and so this engine, show them as text. A word joiner
 * keeps them from being read. A return is nothing to see.
 */
const readRocketChat = (text) =>
  rocketChat.parse(text.replace(/\r\n?/g, '\n').replace(/^([ \t]*\|)(?=[-:| \t]*$)|^([ \t]*-)(?=--+[ \t]*$)/gm, '$&\u2060'))
    .map(rocketChatNode).join('').replaceAll('\u2060', '');

// --- Discord ----------------------------------------------------------------------------------------------------------

function discordNode(node) {
  const inside = () => (Array.isArray(node.content) ? node.content.map(discordNode).join('') : escaped(node.content));
  switch (node.type) {
    case 'text': return escaped(node.content);
    case 'newline': case 'br': return '\n';
    case 'em': return `<i>${inside()}</i>`;
    case 'strong': return `<b>${inside()}</b>`;
    case 'underline': return `<u>${inside()}</u>`;
    case 'strikethrough': return `<s>${inside()}</s>`;
    case 'spoiler': return `||${inside()}||`;
    case 'inlineCode': return `<code>${escaped(node.content)}</code>`;
    case 'codeBlock': return block('pre', escaped(node.content));
    case 'blockQuote': return block('q', inside());
    case 'heading': return block(`h${node.level}`, inside(), 'h');
    case 'subtext': return block('h6', inside(), 'h');
    case 'link': case 'url': case 'autolink': return anchor(node.target, inside());
    case 'user': return `@${node.id}`;
    case 'role': return `@${node.id}`;
    case 'channel': return `#${node.id}`;
    case 'everyone': return '@everyone';
    case 'here': return '@here';
    case 'emoji': return `:${node.name}:`;
    case 'twemoji': return node.name;
    case 'timestamp': return `${node.timestamp}:${node.format ?? 'f'}`;
    case 'slashCommand': return `/${node.fullName}`;
    case 'guildNavigation': return `#${node.navigation}`;
    default: throw new Error(`no notation for ${JSON.stringify(node)}`);
  }
}

const readDiscord = (text) => discord.parse(text, 'extended').map(discordNode).join('');

// --- Texts ------------------------------------------------------------------------------------------------------------

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ['a', 'b', 'ticket', 'Nouveau', 'été', 'Ångström', 'x1', '42', '5 < 6', 'a & b', '株式会社', 'ПРИВЕТ', 'snake_case_name', 'ACC-SINV-2026_001', '2*3*4', 'l’eau', '"cité"', 'C:\\tmp', '1.5', '€', '100 %', "l'eau", 'a/b', 'a@b', 'no: x', '17:30:05'];
const MARKS = ['*', '_', '~', '`', '**', '__', '~~', '``', '***', '||', '|', '>', '<', '[', ']', '(', ')', '!', '#', '@', ':', '\\', '&', '-', '=', '.', '"', '```', '$'];
const LINKS = ['https://erp.example.com/app/x', 'http://x.fr', 'https://x.fr/a_b_c', 'https://x.fr/a*b*c', 'https://x.fr/(a)', 'https://x.fr/?a=1&b=2', 'www.example.com', 'example.com', 'name@example.com', 'mailto:a@b.fr', '+33612345678', 'ftp://x.fr/a', 'tel:+331', 'https://x.fr/a.', 'http://localhost:8000/a', 'http://10.0.0.1/x', 'x.fr/a', 'javascript:alert(1)', '/app/x'];
const BRACKETED = ['[l](https://x.fr)', '[l *b*](https://x.fr)', '[](https://x.fr)', '[l](<https://x.fr>)', '[l](https://x.fr "t")', '[a [b]](https://x.fr)', '[l]', '[l](x y)', '[l](/app/x)', '[l](https://x.fr/(a))', '![i](https://x.fr/i.png)', '<https://x.fr>', '<https://x.fr|label>', '<https://x.fr|l *b*>', '<mailto:a@b.fr|a@b.fr>', '<a@b.fr>', '<http://x.fr/a b>', '<b>x</b>', '<br>', '<!-- c -->', '<script>x</script>', '<x y="z">', '< a>', '<>', '<a|b|c>'];
const MENTIONS = ['@here', '@all', '@channel', '@everyone', '@jean', '@jean.dupont', '#general', '#123', '#été', '~town-square', '<!here>', '<!channel>', '<!everyone>', '<@U012AB3CD>', '<@U012AB3CD|jean>', '<#C012AB3CD|general>', '<!subteam^S1|@team>', '<!date^1392734382^{date}|Feb 18>', '<@123456789012345678>', '<@!123456789012345678>', '<@&123456789012345678>', '<#123456789012345678>', '<:wave:123456789012345678>', '<a:wave:123456789012345678>', '<t:1618953630:R>', '<t:1618953630>', '</cmd:123456789012345678>', '<users/all>'];
const EMOJI = [':tada:', ':+1:', ':white_check_mark:', ':wave::skin-tone-3:', ':no such:', ':a', '::', '😀', '👩‍🚀', '✅', '🇫🇷', '⚠️'];
const ENTITIES = ['&amp;', '&lt;', '&gt;', '&quot;', '&eacute;', '&#39;', '&#x2F;', '&nbsp', '&foo;', '&amp;lt;'];
const ESCAPES = ['\\*', '\\_', '\\~', '\\`', '\\[', '\\\\', '\\#', '\\>', '\\a', '\\'];
const MESSAGES = [
  '*Nouveau ticket*\n_{w}_ : https://erp.example.com/app/issue/ISS-2026-00012',
  '**{w}** : ticket {w}\n- Client : {i}\n- Montant : 1 250,00 €\n\n<https://erp.example.com/app/x|Ouvrir>',
  ':warning: *Order Overdue*\n> {i}\n> {i}\nSee `{w}`',
  '# {i}\n\n{i}\n\n## {w}\n1. {i}\n2. {i}\n\n---\n{i}',
  'Bonjour {w},\n\n{i}\n\nCordialement,\n*{w}*',
  '| Article | Qté |\n|---|---:|\n| {w} | 2 |\n| {i} | 3 |\n\nTotal : *12,50 €*',
  '```\n{w}: {w}\n    {w}\n```\n{i}',
  'Facture [ACC-SINV-2026-00012](https://erp.example.com/app/sales-invoice/ACC-SINV-2026-00012) de {w} ({i})',
  'Échéance : {w} ⏰ {i}\r\nSuite : {i}\r\n\r\n{i}',
];

function maker(next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const word = () => (next() < 0.75 ? pick(WORDS) : pick([...LINKS, ...EMOJI, ...ENTITIES, ...MENTIONS]));
  function inline(depth) {
    const parts = [];
    for (let left = 1 + Math.floor(next() * 3); left > 0; left -= 1) {
      const chance = next();
      if (chance < 0.4 || depth <= 0) parts.push(word());
      else if (chance < 0.66) {
        const mark = pick(MARKS.slice(0, 10));
        parts.push(mark + (next() < 0.1 ? ' ' : '') + inline(depth - 1) + (next() < 0.1 ? ' ' : '') + (next() < 0.93 ? mark : pick(MARKS)));
      } else if (chance < 0.72) parts.push(pick(MARKS));
      else if (chance < 0.8) parts.push(pick(LINKS));
      else if (chance < 0.88) parts.push(pick(BRACKETED));
      else if (chance < 0.92) parts.push(pick(MENTIONS));
      else if (chance < 0.95) parts.push(pick(EMOJI));
      else if (chance < 0.97) parts.push(pick(ENTITIES));
      else parts.push(pick(ESCAPES));
    }
    return parts.reduce((text, part) => text + pick([' ', ' ', ' ', '', ',', '(', '\u00a0', '.'].slice(0, depth > 0 ? 8 : 3)) + part);
  }
  const lines = (count, make) => Array.from({ length: 1 + Math.floor(next() * count) }, make).join('\n');
  function blocks(depth) {
    const chance = next();
    if (chance < 0.45) return lines(2, () => inline(2));
    if (chance < 0.53) return '#'.repeat(1 + Math.floor(next() * 7)) + pick([' ', ' ', '', '  ']) + inline(1) + pick(['', ' #', '##']);
    if (chance < 0.62) return lines(3, () => pick(['> ', '>', '>> ', '>>>', '>>> ', '&gt; ', ' > ', '> ', '> ']) + inline(1));
    if (chance < 0.74) {
      const mark = pick(['- ', '* ', '+ ', '1. ', '- [ ] ', '- [x] ', '7. ', '-', '  - ']);
      return lines(3, () => pick(['', '', '', '  ', '    ']) + mark + inline(1));
    }
    if (chance < 0.82) return pick(['```', '```', '```js', '~~~', ' ```']) + pick(['\n', '\n', '']) + lines(2, () => pick(['x = 1', inline(0), '', '  a *b*'])) + pick(['\n', '\n', '']) + pick(['```', '```', '~~~', '']);
    if (chance < 0.87) return `| ${inline(0)} | b |\n${pick(['|---|---|', '|:-:|--|', '---|---', '|-|'])}\n${lines(2, () => `| ${inline(1)} | ${word()} |`)}`;
    if (chance < 0.9) return pick(['---', '***', '- - -', '===', `${word()}\n---`, `${word()}\n===`, '___']);
    if (chance < 0.93) return `    ${inline(1)}`;
    if (chance < 0.95) return `${inline(0)} `.repeat(12);
    return depth > 0 ? blocks(depth - 1) : '';
  }
  const filled = (text) => text.replace(/\{(\w)\}/g, (_, kind) => (kind === 'w' ? word() : inline(1)));
  return () => {
    const chance = next();
    let text;
    if (chance < 0.25) text = inline(3);
    else if (chance < 0.33) text = Array.from({ length: 2 + Math.floor(next() * 7) }, () => pick([...MARKS, 'a', ' ', '\n', 'é'])).join('');
    else if (chance < 0.48) text = filled(pick(MESSAGES));
    else text = Array.from({ length: 1 + Math.floor(next() * 3) }, () => blocks(1)).join(pick(['\n', '\n\n', '\n\n', '\r\n']));
    while (next() < 0.15 && text) {
      const place = Math.floor(next() * text.length);
      text = text.slice(0, place) + pick([...MARKS, '\n', ' ', '\t', 'é', '']) + text.slice(place + (next() < 0.5 ? 1 : 0));
    }
    return text.toWellFormed?.() ?? text;
  };
}

// --- Answers ----------------------------------------------------------------------------------------------------------

/** What reads a dialect; the place in the list is a part of the seed. */
const DIALECTS = { discord: readDiscord, slack: readSlack, 'rocket-chat': readRocketChat };
const ledger = JSON.parse(readFileSync(new URL('chats-ledger.json', import.meta.url), 'utf8'));
const families = ledger.families.map((family) => ({ ...family, pattern: new RegExp(family.pattern, 'mu') }));

function answer(dialect, text) {
  const has = families.filter((family) => family.dialect === dialect && family.pattern.test(text.replace(/\r\n?/g, '\n'))).map((family) => family.name);
  let reference = null;
  try {
    reference = DIALECTS[dialect](text);
  } catch (error) {
    // Some texts break a parser; nothing can be compared then.
    if (process.env.DESKBELL_SHOW) console.error(dialect, JSON.stringify(text), error.message);
  }
  process.stdout.write(`${JSON.stringify({ dialect, text, reference, families: has })}\n`);
}

const [, , command, seed, count] = process.argv;
if (command === 'make') {
  for (const [index, dialect] of Object.keys(DIALECTS).entries()) {
    const make = maker(random(Number(seed) * 4 + index));
    for (let left = Number(count); left > 0; left -= 1) answer(dialect, make());
  }
} else {
  for await (const line of createInterface({ input: process.stdin })) {
    const { dialect, text } = JSON.parse(line);
    answer(dialect, text);
  }
}
