// Makes texts at random and answers each as the chats' own libraries draw it, in the HTML of the engine's look.
//
// dialects.mjs make SEED COUNT: COUNT texts for each chat, one JSON line per text: {"service": s, "text": t, "look": html}.
// dialects.mjs answer: the same for the lines of the standard input, each {"service": s, "text": t}, or with the HTML that a
// server made of the text as "html": Raven shows it in an editor that has no headings.
// Exit status 3: the libraries are not there (npm ci brings them).
//
// Matrix (Hookshot) is markdown-it as it is; Teams is a TextBlock of adaptivecards whose Markdown markdown-it reads, without
// what Microsoft says a card has not (headings, tables, images, preformatted text, quotations: learn.microsoft.com, "Format
// cards in Teams"); "Markdown" is what ntfy's web app reads when it is asked to: CommonMark without HTML.
import { createRequire } from 'node:module';
import readline from 'node:readline';

let MarkdownIt, AdaptiveCards;
try {
  MarkdownIt = (await import('markdown-it')).default;
  const { parseHTML } = await import('linkedom');
  const { document, HTMLElement, window } = parseHTML('<!doctype html><html><body></body></html>');
  Object.assign(globalThis, { document, HTMLElement, window, self: window });
  Object.defineProperty(HTMLElement.prototype, 'innerText', { set(text) { this.innerHTML = escaped(text).replace(/\n/g, '<br>'); } });
  AdaptiveCards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');
} catch {
  process.exit(3);
}

/** Addresses as they are written: how a browser encodes them is no matter of a look. */
function plainAddresses(markdown) {
  markdown.normalizeLink = (url) => url.trim();
  return markdown;
}

/** A text that ends without a line end loses one more of a fence's content. */
const ended = (text) => (/(^|\n)[ \t]*$/.test(text) ? text : `${text}\n`);
const hookshot = plainAddresses(new MarkdownIt());
const commonmark = plainAddresses(new MarkdownIt('commonmark'));
commonmark.renderer.rules.html_block = () => '';
commonmark.renderer.rules.html_inline = () => '';
const textBlock = plainAddresses(new MarkdownIt());
textBlock.disable(['table', 'code', 'fence', 'blockquote', 'hr', 'heading', 'lheading', 'backticks', 'strikethrough', 'image', 'autolink']);

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = textBlock.render(ended(text));
  result.didProcess = true;
};
// A date is written in its reader's way; the look tells which one it is.
Date.prototype.toLocaleDateString = function () { return `${DATE[0]}${this.toISOString().replace('.000', '')}${DATE[1]}`; };
Date.prototype.toLocaleTimeString = Date.prototype.toLocaleDateString;
const DATE = ['\u{e100}', '\u{e101}'];

function card(text) {
  if (!text.trim()) return '';
  const card = new AdaptiveCards.AdaptiveCard();
  card.parse({ type: 'AdaptiveCard', version: '1.2', body: [{ type: 'TextBlock', text, wrap: true }] });
  return card.render()?.querySelector('.ac-textBlock')?.innerHTML ?? '';
}

const READERS = { 'Matrix (Hookshot)': (text) => hookshot.render(ended(text)), Teams: card, Markdown: (text) => commonmark.render(ended(text)) };

// --- The libraries' HTML as the look's ----------------------------------------------------------------------------------

const BLOCKS = new Set(['P', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'PRE', 'TABLE', 'HR', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'DIV']);
const SAME = { STRONG: 'strong', B: 'strong', EM: 'em', I: 'em', S: 's', DEL: 's', STRIKE: 's', U: 'u' };
/** White space as HTML has it: one blank. */
let collapses = false;

function escaped(text) {
  const control = (c) => (c === '\n' || c === '\t' ? c : '\u{fffd}');
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;').replace(/[\0-\x1f\x7f-\x9f]/g, control);
}

function dated(html) {
  return html.replace(/\u{e100}([^\u{e101}]*)\u{e101}/gu, '<span class="deskbell-date">$1</span>');
}

function children(node, code) {
  return [...node.childNodes].map((child) => inline(child, code)).join('');
}

function inline(node, code = false) {
  if (node.nodeType === 3) {
    // The line end behind a <br> is layout.
    const layout = collapses ? /^[ \t\r\n]+/ : /^\n/;
    const text = node.previousSibling?.tagName === 'BR' ? node.textContent.replace(layout, '') : node.textContent;
    const line = collapses ? text.replace(/[ \t\r\n]+/g, ' ') : text.replace(/\n/g, ' ');
    return dated(escaped(code ? text : line));
  }
  if (node.nodeType !== 1) return '';
  const title = (name) => escaped(node.getAttribute(name) ?? '');
  switch (node.tagName) {
    case 'BR': return '<br>';
    case 'SPAN': return children(node);
    case 'CODE': return !code && collapses && !node.textContent ? '' : `<code>${children(node, code || !collapses)}</code>`;
    case 'A': return !node.hasAttribute('href') || node.getAttribute('href').startsWith('javascript:') ? children(node) : `<span class="deskbell-link" title="${title('href')}">${children(node)}</span>`;
    case 'IMG': return `<span class="deskbell-image" title="${title('src')}">${(title('alt') || title('src')).replace(/\n/g, ' ')}</span>`;
    default: return `<${SAME[node.tagName]}>${children(node)}</${SAME[node.tagName]}>`;
  }
}

function cells(row, tag) {
  return [...row.children].map((cell) => `<${tag}>${children(cell)}</${tag}>`).join('');
}

function block(node) {
  switch (node.tagName) {
    case 'P': return `<p>${children(node)}</p>`;
    case 'PRE': return `<pre>${inline(node.firstElementChild, true).replace(/\n<\/code>$/, '</code>')}</pre>`;
    case 'HR': return '<hr>';
    case 'BLOCKQUOTE': return `<blockquote>${blocks(node).join('')}</blockquote>`;
    case 'TABLE': {
      const [head, ...rows] = node.querySelectorAll('tr');
      return `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
    }
    case 'UL':
    case 'OL': {
      const tag = node.tagName.toLowerCase();
      const start = node.getAttribute('start');
      return `<${tag}${start && start !== '1' ? ` start="${start}"` : ''}>${[...node.children].map(item).join('')}</${tag}>`;
    }
    case 'H1': case 'H2': case 'H3': case 'H4': case 'H5': case 'H6': if (collapses) return `<p>${children(node)}</p>`;
    // Falls through: a heading is one elsewhere.
    default: return `<div class="deskbell-heading deskbell-heading-${node.tagName[1]}">${children(node)}</div>`;
  }
}

/** An item that has one paragraph shows its text alone. */
function item(node) {
  const content = blocks(node);
  const alone = content.length === 1 && /^<p>([^]*)<\/p>$/.exec(content[0]);
  return `<li>${alone ? alone[1] : content.join('')}</li>`;
}

/** The blocks of an element; what stands between them is a paragraph. */
function blocks(node) {
  const found = [];
  let loose = [];
  const flush = () => {
    const text = loose.map((node) => inline(node)).join('').replace(/^ | $/g, '');
    if (text) found.push(`<p>${text}</p>`);
    loose = [];
  };
  for (const child of node.childNodes) {
    if (child.nodeType === 1 && BLOCKS.has(child.tagName)) {
      flush();
      found.push(block(child));
    } else if (child.nodeType !== 3 || /[^ \t\n]/.test(child.textContent) || loose.length) {
      loose.push(child);
    }
  }
  flush();
  return found;
}

function answer(service, text, html) {
  const root = document.createElement('div');
  collapses = html !== undefined;
  root.innerHTML = html ?? READERS[service](text);
  return blocks(root).join('');
}

// --- Texts ---------------------------------------------------------------------------------------------------------------

/** A small generator of numbers from 0 to 1 (mulberry32). */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = ['a', 'été', 'Bonjour le monde', '*gras*', '**gras**', '_ital_', '__b__', '***x***', '**_y_**', '~~s~~', '~s~', '`code`', '`a < b`', '``x ` y``', '[l](http://x.y)', '[l](/a_b "t")', '[l](<a b>)', "[l](u 'it''s')",
  '![i](/x.png)', '[![i](a.png)](b)', '<http://x.y/z>', '<a@b.c>', '<https://x.y/%C3%A9%20>', 'http://x.y/a_b_c', '[l](javascript:alert(1))', '[ref]', '[ref][]', '[t][ref]', '![ref]', '[no]', '[a [b] c](d)', '[a](b(c)d)', 'a & b', '&amp;', '&eacute;',
  '&#39;', '&#x1F600;', '&nbsp;', '&copy', '5 < 6', 'a > b', '<b>x</b>', '<br>', '<br/>', '<span class="x_y">s</span>', '<!-- c -->', '\\*', '\\_', '\\', '\\&amp;', 'a_b_c', 'snake_case_name', '2 * 3 * 4', '2*3*4', '*a **b** c*', '**a *b* c**', '*a',
  'b*', '**a', '_a', '~~a', 'x~~~y~~~', '[', ']', '](', ')', '!', '|', 'a | b', '`', '``', '<', '>', '*', '_', '**', '__', '~~', "'q'", '"r"', 'é*à*', '株式会社', '*株*式', '👩‍🚀', '€*5*', '§**x**', '{{DATE(2026-11-25T10:00:00Z)}}',
  '{{TIME(2026-11-25T10:00:00Z)}}', '**{{DATE(2026-11-25T10:00:00Z, SHORT)}}**', '{{DATE(demain)}}', 'Client: *ACME*', '#12', 'a\tb', 'x  ', 'y\\'];
const SOUP = [...'**__~~``[]()<>!\\&#-+=|: \n\n\ta1.é"\'', '  ', '    ', '\n\n', '- ', '1. ', '> ', '](', '[a]', '&amp;'];

function maker(seed) {
  const next = numbers(seed);
  const below = (count) => Math.floor(next() * count);
  const pick = (list) => list[below(list.length)];
  const times = (most, make) => Array.from({ length: 1 + below(most) }, make);
  const span = () => times(4, () => pick(PIECES)).join(next() < 0.85 ? ' ' : '');
  const indented = (lines, by) => lines.map((line, index) => (index && line && next() < 0.9 ? by + line : line));

  const KINDS = [
    () => times(3, () => span() + pick(['', '', '  ', '\\', ' '])),
    () => [`${'#'.repeat(1 + below(7))}${pick([' ', ' ', ' ', '', '\t'])}${span()}${pick(['', '', ' #', ' ##  '])}`],
    () => [span(), pick(['===', '---', '------', '=', '--', ' -', '=== x'])],
    () => [pick(['---', '***', '* * *', '_ _ _', '-----', ' ---', '-*-', '    ---'])],
    () => list(0),
    () => text(2).split('\n').map((line) => (next() < 0.9 ? pick(['> ', '> ', '>', '>  ', '>\t', ' > ']) + line : line)),
    () => table(),
    () => [pick(['```', '~~~', '````', '``` js', '  ```']), ...times(3, () => pick(['x = 1', 'if a < b:', '    y', '', '*a*', '```'])), pick(['```', '~~~', '````', '```', '``` '])],
    () => times(2, () => '    ' + pick(['x = 1', '<b>', '* y', '\tz'])),
    () => [pick(['[ref]: /u', '[ref]: <a b> "t"', '[ref]:', "[ref]: /u 'a", '[REF]: /v', '[no', '[r]: javascript:x', '[ref]: /u "t" x']), ...(next() < 0.3 ? ['"x"'] : [])],
    () => [pick(['<div>', '</div>', '<div>x</div>', '<pre>', '<!-- c', '<b>', '<br>', '<p class="a">b *c*</p>', '<script>x</script>']), span(), ...(next() < 0.5 ? [''] : [])],
  ];
  function list(depth) {
    const mark = pick(['-', '*', '+', '1.', '1)', '7.']);
    const lines = [];
    times(4, (_, number) => {
      const own = /\d/.test(mark) && next() < 0.7 ? `${number + 1}${mark.at(-1)}` : mark;
      lines.push(`${own}${pick([' ', ' ', ' ', '  ', '    ', '\t', '     ', ''])}${span()}`);
      if (depth < 2 && next() < 0.25) lines.push(...list(depth + 1).map((line) => pick(['  ', '    ', '   ', '\t', ' ']) + line));
      else if (next() < 0.15) lines.push(...indented(['', ...pick(KINDS)()], '  '));
      if (next() < 0.15) lines.push(pick(['', 'lazy', '  more', '    para', '\tt', '']));
    });
    return lines;
  }
  function table() {
    const width = 1 + below(3);
    const row = (cell) => { const cells = Array.from({ length: width + (next() < 0.1 ? 1 : 0) }, cell).join(' | '); return next() < 0.8 ? `| ${cells} |` : cells; };
    return [row(span), row(() => pick(['---', ':--', '--:', ':-:', '-'])), ...times(3, () => row(() => (next() < 0.1 ? 'a \\| b' : span())))];
  }
  function text(most) {
    const lines = [];
    times(most, () => {
      lines.push(...pick(KINDS)());
      if (next() < 0.7) lines.push(...times(2, () => ''));
    });
    return lines.join('\n');
  }
  return () => {
    const kind = next();
    if (kind < 0.2) return times(24, () => pick(SOUP)).join('');
    if (kind < 0.35) return span();
    let made = text(4);
    while (next() < 0.3 && made) {
      const place = below(made.length);
      made = next() < 0.5 ? made.slice(0, place) + made.slice(place + 1) : made.slice(0, place) + pick(SOUP) + made.slice(place);
    }
    return made.toWellFormed();
  };
}

const say = (service, text, html) => console.log(JSON.stringify({ service, text, look: answer(service, text, html) }));
if (process.argv[2] === 'make') {
  for (const service of Object.keys(READERS)) {
    const make = maker(Number(process.argv[3]));
    for (let count = 0; count < Number(process.argv[4]); count += 1) say(service, make());
  }
} else {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { service, text, html } = JSON.parse(line);
    say(service, text, html);
  }
}
