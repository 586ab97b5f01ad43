// The browsers for every test that needs a page, what a page complains of, and patience with what it does in its own time.
import { chromium, firefox } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** "chromium" or "firefox": which of Debian's browsers the tests run in. */
export const BROWSER = process.env.DESKBELL_BROWSER ?? 'chromium';

/** A browser with a fresh profile. Firefox as it is installed is driven by WebDriver BiDi, which playwright calls a channel. */
export function launch() {
  if (BROWSER === 'firefox') return firefox.launch({ executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', channel: 'moz-firefox' });
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** Runs in the page, before its scripts: a violation of its policy is not always written to the console. Where it was, without its address. */
function tellViolations() {
  addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile, lineNumber }) => {
    console.error(`refused by the content security policy: ${effectiveDirective}, ${sourceFile?.split('/').at(-1)}:${lineNumber}`);
  });
}

/**
 * What a page complains of, from now on: errors and warnings in the console, exceptions, violations of its policy.
 * @param {import('playwright-core').Page} page @param {(line: import('playwright-core').ConsoleMessage) => boolean} [expected] Lines that are no complaint.
 * @returns {Promise<string[]>}
 */
export async function complaintsOf(page, expected = () => false) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type()) && !expected(line)) complaints.push(`console.${line.type()}: ${line.text()}`);
  });
  await page.addInitScript(tellViolations);
  return complaints;
}

/** Tries until it holds, or fails with the last reason. @param {() => any} check @param {number} [patience] In milliseconds. */
export async function eventually(check, patience = 8000) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}
