// What the README and the pages of docs/ tell people to do: the commands, files and pictures that they name are there.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { at, names, text } from './desk.mjs';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'integrations/frappe/README.md', ...names('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

for (const page of PAGES) {
  const words = text(page);
  test(page, () => {
    const commands = text('xtask/src/main.rs');
    for (const [, command] of words.matchAll(/cargo xtask ([a-z-]+)/g)) assert.ok(commands.includes(`["${command}"`), command);
    for (const [, file] of words.matchAll(/`(?:\S+ )?(target\/[^\s`]+)`/g)) assert.ok(existsSync(at(file)), file);
    for (const [, file] of words.matchAll(/`([a-z-]+\.js)`/g)) {
      assert.ok(existsSync(at(`target/client-script/${file}`)) || existsSync(at(`pkg/${file}`)), file);
    }
    for (const [, link] of words.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)) assert.ok(existsSync(new URL(link, at(page))), link);
  });
}
