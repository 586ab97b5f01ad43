// The app for bench: what its wheel holds, that bench itself takes it, and that a desk with it reaches the first preview.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FIRST_PREVIEW, NOTIFICATION, at, eventually, names, text, visit } from './desk.mjs';

const run = promisify(execFile);
const APP = fileURLToPath(at('target/frappe/deskbell'));
const PUBLIC = `${APP}/deskbell/public`;
const PLACE = fileURLToPath(at('target/install'));
const TOOLS = ['build==1.6.1', 'frappe-bench==5.31.1', 'uv==0.13.9'];
const bin = (venv, name) => `${PLACE}/${venv}/bin/${name}`;

/** An environment with nothing in it but pip. */
async function empty(venv) {
  rmSync(`${PLACE}/${venv}`, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  await run('python3', ['-m', 'venv', `${PLACE}/${venv}`]);
}

before(async () => {
  const note = `${PLACE}/tools.txt`;
  if (existsSync(note) && readFileSync(note, 'utf8') === TOOLS.join('\n')) return;
  await empty('tools');
  await run(bin('tools', 'python'), ['-m', 'pip', 'install', '--quiet', ...TOOLS]);
  writeFileSync(note, TOOLS.join('\n'));
});

const assets = readdirSync(PUBLIC).filter((name) => name !== 'forms');
const scripts = (() => {
  const form = text('target/frappe/deskbell/deskbell/public/forms/deskbell.js');
  return { Notification: form, 'Incoming Webhook URL': form };
})();

describe('the wheel', () => {
  /** What an empty environment says of the installed app. */
  let installed;
  before(async () => {
    rmSync(`${PLACE}/wheel`, { recursive: true, force: true });
    await run(bin('tools', 'python'), ['-m', 'build', '--wheel', '--outdir', `${PLACE}/wheel`, APP]);
    const wheels = readdirSync(`${PLACE}/wheel`);
    const { version } = JSON.parse(text('pkg/package.json'));
    assert.deepEqual(wheels, [`deskbell-${version}-py3-none-any.whl`]);
    await empty('desk');
    await run(bin('desk', 'python'), ['-m', 'pip', 'install', '--quiet', '--no-index', `${PLACE}/wheel/${wheels[0]}`]);
    const ask = `
import json, importlib.metadata as m
import deskbell, deskbell.hooks as hooks
files = [f for f in m.files("deskbell") if "__pycache__" not in str(f)]
print(json.dumps({
  "version": deskbell.__version__,
  "hooks": {k: v for k, v in vars(hooks).items() if not k.startswith("_")},
  "files": {str(f): str(f.locate()) for f in files},
  "metadata": dict(m.metadata("deskbell")),
  "packages": sorted(d.metadata["Name"] for d in m.distributions()),
}))`;
    const { stdout } = await run(bin('desk', 'python'), ['-I', '-B', '-c', ask]);
    installed = { ...JSON.parse(stdout), crate: version };
  });

  test('needs nothing else, and says one version', () => {
    assert.deepEqual(installed.packages.filter((name) => !['pip', 'setuptools', 'wheel'].includes(name)), ['deskbell']);
    assert.equal(installed.version, installed.crate);
    assert.equal(installed.metadata.Version, installed.crate);
  });

  test('has the hooks that a desk reads, and each names a file', () => {
    const { hooks, files } = installed;
    for (const name of ['app_name', 'app_title', 'app_publisher', 'app_description', 'app_license']) assert.ok(hooks[name], name);
    assert.equal(hooks.app_name, 'deskbell');
    assert.deepEqual(Object.keys(hooks.doctype_js), ['Notification', 'Incoming Webhook URL', 'Notification Webhook URL', 'Slack Webhook URL']);
    assert.deepEqual(Object.keys(hooks.doctype_list_js), Object.keys(hooks.doctype_js).slice(1));
    for (const path of [...Object.values(hooks.doctype_js), ...Object.values(hooks.doctype_list_js)]) assert.ok(files[`deskbell/${path}`], path);
    assert.deepEqual(Object.keys(hooks).filter((name) => /events|before_|after_|override|scheduler|boot|include/.test(name)), [], 'the server runs nothing');
  });

  test('has these files and no others', () => {
    const info = `deskbell-${installed.crate}.dist-info`;
    const expected = [
      'deskbell/__init__.py', 'deskbell/deskbell/__init__.py', 'deskbell/hooks.py', 'deskbell/modules.txt', 'deskbell/patches.txt',
      'deskbell/public/forms/deskbell.js', ...assets.map((name) => `deskbell/public/${name}`),
    ].sort();
    assert.deepEqual(Object.keys(installed.files).filter((name) => !name.startsWith(info)).sort(), expected);
    assert.equal(assets.length, 2);
    assert.deepEqual(Object.keys(installed.files).filter((name) => name.endsWith('.pyc')), []);
  });

  test('has assets that are named by their content, and scripts that name those assets', () => {
    const script = readFileSync(installed.files['deskbell/public/forms/deskbell.js'], 'utf8');
    for (const name of assets) {
      const digest = createHash('sha256').update(readFileSync(installed.files[`deskbell/public/${name}`])).digest('hex');
      assert.match(name, /^deskbell-[0-9a-f]{10}\.(js|wasm)$/);
      assert.equal(name.slice(9, 19), digest.slice(0, 10));
      assert.ok(script.includes(`'/assets/deskbell/${name}'`), name);
    }
    assert.deepEqual(script.match(/{[{%]/g), null, 'nothing that the desk would replace');
  });

  test('carries its licence and those of what is in it', () => {
    const [licence] = Object.keys(installed.files).filter((name) => /\.dist-info\/(.*\/)?LICENSE$/.test(name));
    assert.equal(readFileSync(installed.files[licence], 'utf8'), text('LICENSE'));
    const [notices] = Object.keys(installed.files).filter((name) => /\.dist-info\/(.*\/)?THIRD-PARTY-NOTICES\.txt$/.test(name));
    assert.match(readFileSync(installed.files[notices], 'utf8'), /wasm-bindgen \d/);
  });

  test('names nothing of the machine that built it', () => {
    const root = fileURLToPath(at('.'));
    for (const [name, file] of Object.entries(installed.files)) {
      if (!/RECORD$|direct_url|INSTALLER/.test(name)) assert.ok(!readFileSync(file).includes(root), name);
    }
  });
});

describe('bench takes it', () => {
  /** Lets bench get the app into a bench with as little of Frappe as it asks for first. */
  async function get(name, config, ...from) {
    const bench = `${PLACE}/${name}`;
    rmSync(bench, { recursive: true, force: true });
    for (const folder of ['apps/frappe/frappe', 'sites', 'config/pids', 'logs']) mkdirSync(`${bench}/${folder}`, { recursive: true });
    for (const file of ['hooks.py', 'modules.txt', 'patches.txt']) writeFileSync(`${bench}/apps/frappe/frappe/${file}`, '');
    writeFileSync(`${bench}/apps/frappe/frappe/__init__.py`, '__version__ = "15.0.0"\n');
    writeFileSync(`${bench}/sites/apps.txt`, 'frappe');
    const { stdout: user } = await run('id', ['-un']);
    // Without a user, bench refuses to be run by root, who runs the tests on many machines.
    writeFileSync(`${bench}/sites/common_site_config.json`, JSON.stringify({ frappe_user: user.trim(), ...config }));
    await run('python3', ['-m', 'venv', `${bench}/env`]);
    const env = { ...process.env, PATH: `${PLACE}/tools/bin:${process.env.PATH}`, HOME: PLACE, GIT_CONFIG_GLOBAL: `${PLACE}/gitconfig` };
    writeFileSync(env.GIT_CONFIG_GLOBAL, '[safe]\n\tdirectory = *\n');
    await run(bin('tools', 'bench'), ['get-app', '--skip-assets', ...from], { cwd: bench, env });
    assert.deepEqual(readFileSync(`${bench}/sites/apps.txt`, 'utf8').trim().split('\n'), ['frappe', 'deskbell']);
    const { stdout } = await run(`${bench}/env/bin/python`, ['-c', 'import deskbell.hooks; print(deskbell.__file__)']);
    assert.equal(stdout.trim(), `${bench}/apps/deskbell/deskbell/__init__.py`);
    // What bench links as sites/assets/deskbell.
    assert.deepEqual(readdirSync(`${bench}/apps/deskbell/deskbell/public`).sort(), [...assets, 'forms'].sort());
  }

  test('from the folder', () => get('bench', {}, APP));

  test('from a branch of a repository elsewhere', async () => {
    const served = `${PLACE}/served`;
    rmSync(served, { recursive: true, force: true });
    mkdirSync(`${served}/somebody`, { recursive: true });
    const repository = `${served}/somebody/deskbell.git`;
    await run('git', ['init', '--quiet', '--bare', repository]);
    await run('git', ['-c', 'safe.directory=*', '-C', APP, 'push', '--quiet', repository, 'main:frappe-app']);
    await run('git', ['-C', repository, 'update-server-info']);
    const server = createServer((request, response) => {
      const file = `${served}${new URL(request.url, 'http://x').pathname}`;
      if (existsSync(file) && statSync(file).isFile()) response.end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    // A server of plain files knows no shallow clones.
    await get('bench-branch', { shallow_clone: false }, `http://127.0.0.1:${server.address().port}/somebody/deskbell.git`, '--branch', 'frappe-app');
  });
});

describe('a desk with the app', () => {
  const files = Object.fromEntries(assets.map((name) => [`/assets/deskbell/${name}`, at(`target/frappe/deskbell/deskbell/public/${name}`)]));

  test('reaches the first preview, and costs other forms nothing', async () => {
    const site = await visit({ files, scripts });
    await site.open('ToDo', { name: 'TODO-1', description: 'Call back' });
    assert.deepEqual(site.asked.filter((line) => line.includes('deskbell')), []);
    await site.open('Notification', NOTIFICATION);
    await site.preview(FIRST_PREVIEW);
    await site.close();
  });

  test('has the plugin in the form of a webhook and in the dialog of its list', async () => {
    const site = await visit({ files, scripts: { ...scripts, 'Incoming Webhook URL list': scripts['Incoming Webhook URL'] } });
    await site.page.evaluate(() => globalThis.openQuickEntry('Incoming Webhook URL')());
    await site.open('Incoming Webhook URL', { name: 'Support', service: 'Slack', webhook_url: 'https://hooks.slack.com/' });
    await eventually(async () => assert.equal(await site.page.locator('deskbell-webhook-url').count(), 1));
    await site.close();
  });

  test('says which file is missing after an update that was not finished', async () => {
    const site = await visit({ files: {}, scripts });
    await site.open('Notification', NOTIFICATION);
    await eventually(async () => assert.match(await site.notice(), /^Deskbell: the file \/assets\/deskbell\/deskbell-\w+\.js could not be loaded\. /));
    await site.close({ quiet: false });
  });
});

test('the sources of the app are all there is beside what is built', () => {
  assert.deepEqual(names('target/frappe/deskbell').filter((name) => name !== '.git').sort(), ['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.txt', 'deskbell', 'pyproject.toml']);
});
