// What the page can do besides answering: the editor, sharing, exporting, trying out. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { hungarian } from '../../web/tools/hungarian.js';
import { translate } from '../../web/tools/language.js';
import { only, parts } from '../../web/tools/parts.js';
import { words } from '../../web/tools/words.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const text = (name, file) => readFileSync(join(HERE, '../cases', name, file), 'utf8');

const pasted = name => ({
  manifest: text(name, 'policy.manifest.xml'), certificates: text(name, 'subject.certificates.pem'), at: JSON.parse(text(name, 'case.json')).at,
});

// The editor stands in for the field: what is typed counts, what was found is marked where it is, fixes are applied from
// it, and the plain field comes back when it is preferred and when the editor does not come.
export async function editor({ bench }) {
  const page = await bench({ editor: true, hash: '#peer/thumbprint-invisible-character' });
  await page.verdict('refused');
  const fields = page.page.locator('admit-editor');
  await fields.first().waitFor();
  const manifest = page.field('Cluster manifest');
  assert.equal(await manifest.getAttribute('contenteditable'), 'true', 'the field is not the editor');
  await fields.first().locator('.cm-lint-marker-error').first().waitFor();
  // Hovering tells what is invisible, and the fix is applied and taken back.
  await fields.first().locator('.cm-specialChar').first().hover();
  const fix = fields.first().locator('.cm-tooltip .cm-diagnosticAction').first();
  await fix.waitFor();
  await fix.click();
  await page.verdict('admitted');
  assert.equal(await fields.first().locator('.cm-lint-marker-error').count(), 0);
  await page.page.mouse.move(5, 5);
  await page.page.getByRole('button', { name: /^Undo/ }).click();
  await page.verdict('refused');

  // A place leads into the editor, and Escape comes back.
  const link = page.page.locator('.results button.place', { hasText: /line/ }).first();
  await link.click();
  assert.ok(await fields.first().evaluate(one => document.activeElement === one), 'the link leads elsewhere');
  const chosen = await fields.first().evaluate(one => one.view.state.sliceDoc(one.view.state.selection.main.from, one.view.state.selection.main.to));
  assert.ok(chosen.length > 0, 'nothing is selected where the link leads');

  // Single keys are letters in the editor, not shortcuts. An astral character shifts nothing.
  await page.page.keyboard.press('ControlOrMeta+Home');
  const paste = text => page.page.evaluate(text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const content = document.querySelector('admit-editor').shadowRoot.querySelector('.cm-content');
    content.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
  }, text);
  await page.page.keyboard.press('ControlOrMeta+a');
  await paste(text('peer/article-1-thumbprints', 'policy.manifest.xml'));
  await page.page.keyboard.press('ControlOrMeta+Home');
  await page.page.keyboard.type('<!-- e?t \u{1f512} -->');
  await page.verdict('refused');
  assert.equal(await page.page.getByRole('dialog').count(), 0, 'a letter was taken for a shortcut');
  const mark = fields.first().locator('.cm-lintRange-error').filter({ hasText: /^\w{4}\.\.\.\w{4}$/ });
  await mark.first().waitFor();

  // Search opens.
  await page.page.keyboard.press('ControlOrMeta+f');
  await fields.first().locator('.cm-search').waitFor();
  await page.page.keyboard.press('Escape');
  await page.page.keyboard.press('Control+Alt+g');
  await fields.first().locator('.cm-gotoLine, .cm-dialog').first().waitFor();
  await page.page.keyboard.press('Escape');

  // What belongs elsewhere goes there, also when it is pasted into the editor.
  const certificates = text('peer/thumbprint-plain', 'subject.certificates.pem');
  await manifest.focus();
  await paste(certificates);
  await page.page.waitForFunction(text => document.querySelector('#certificates').value.trim() === text.trim(), certificates);

  // Preferred plain: the fields are back, with what was typed.
  await page.page.evaluate(() => { localStorage.setItem('admit.plain', 'on'); dispatchEvent(new Event('admit-plain')); });
  await fields.first().waitFor({ state: 'detached' });
  assert.match(await manifest.inputValue(), /e\?t \u{1f512}/u);
  await page.close();

  // Documents with names of their own are marked at their own lines.
  const enclave = await bench({ editor: true, hash: '#enclave' });
  await enclave.verdict('refused');
  const marks = enclave.page.locator('admit-editor').nth(1).locator('.cm-lint-marker');
  await marks.first().waitFor();
  assert.ok(await marks.count() > 1, 'every mark is on one line');
  await enclave.close();

  // The editor does not come: the field works.
  const without = await bench({ editor: true, silent: true });
  await without.page.route('**/lazy/editor.js', route => route.abort());
  await without.page.goto(without.server.origin);
  await without.verdict();
  await without.page.waitForTimeout(300);
  await without.field('Cluster manifest').fill('<Section Name="Security"/>');
  await without.verdict();
  assert.equal(await without.page.locator('admit-editor').count(), 0);
  without.odd = without.odd.filter(line => !/editor\.js|ERR_FAILED/.test(line));
  await without.close();
}

// What a link holds of documents by name and of lists: each is judged as it was pasted, and none takes the others along.
function shareParts() {
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEICanary\n-----END PRIVATE KEY-----\n';
  // As a reader of plain texts sees it: in JSON, quotes and line ends would be escaped.
  const secret = text => text.includes('-----BEGIN PRIVATE KEY-----\n') || /^password=\S/m.test(text) || /"apiKey": "\w/.test(text);
  const artefacts = {
    good: '{ "name": "app" }', keyed: `before\n${key}after`, token: 'x\npassword=canary', conversion: '{ "apiKey": "canary" }',
  };
  const asked = {
    admit: 1, kind: 'enclave', title: 'A title', policy: { mrenclave: ['ab'.repeat(60)] },
    subject: { artefacts, list: ['plain', 'x\npassword=canary'], deep: { one: { two: [`${key}`] } } },
  };
  const found = parts(asked, secret);
  assert.deepEqual(found.filter(one => one.secret).map(one => one.path), [
    'subject.artefacts.keyed', 'subject.artefacts.token', 'subject.artefacts.conversion', 'subject.list', 'subject.deep',
  ]);
  const all = new Set(found.map(one => one.path));
  const kept = only(asked, all, secret);
  assert.deepEqual(kept.subject, { artefacts: { good: artefacts.good, keyed: 'before\n\nafter' } });
  assert.doesNotMatch(JSON.stringify(kept), /canary/i);
  all.delete('subject.artefacts.good');
  assert.deepEqual(Object.keys(only(asked, all, secret).subject.artefacts), ['keyed'], 'an artefact stays that was not wanted');
  // A case without secrets is kept as it is.
  const plain = { ...asked, subject: { artefacts: { good: artefacts.good } } };
  assert.deepEqual(only(plain, new Set(parts(plain, secret).map(one => one.path)), secret), plain);
}

// A link holds what was chosen, in the fragment only, and opens for ever; keys never go in; a redacted one decides alike.
export async function share({ bench, server }) {
  shareParts();
  const page = await bench({ hash: '#peer/article-3-common-names' });
  await page.verdict();
  const before = page.page.url();
  const open = () => page.page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.page.getByRole('dialog');
  const made = async button => {
    await dialog.getByRole('button', { name: button, exact: true }).click();
    const field = dialog.locator('input.link:visible').last();
    await field.waitFor();
    await page.page.waitForFunction(field => field.value, await field.elementHandle());
    return field.inputValue();
  };
  await open();
  const whole = await made('Make the link');
  assert.equal(page.page.url(), before, 'the address changed by itself');
  assert.equal(new URL(whole).search, '');
  assert.match(new URL(whole).hash, /^#1\.[\w-]+$/);
  const shown = await page.page.locator('#manifest').inputValue();
  const verdict = await page.verdict();

  const other = await bench({ hash: new URL(whole).hash });
  await other.page.waitForFunction(text => document.querySelector('#manifest')?.value === text, shown);
  await other.verdict(verdict);
  await other.page.getByText('the verdict is what it was').waitFor();
  await other.close();

  // Without the certificates.
  await dialog.locator('[data-part="subject.certificates"]').uncheck();
  const part = await made('Make the link');
  await dialog.getByText(/Left out: Certificates/).waitFor();
  assert.ok(part.length < whole.length);
  await page.page.keyboard.press('Escape');

  // A private key beside the certificates does not go in.
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEICanaryCanaryCanaryCanaryCanaryCanaryCana\n-----END PRIVATE KEY-----\n';
  const certificates = await page.field('Certificates').inputValue();
  await page.field('Certificates').fill(key + certificates);
  await page.findings('private-key-pasted').first().waitFor();
  await open();
  const keyed = await made('Make the link');
  await page.page.keyboard.press('Escape');
  const third = await bench({ hash: new URL(keyed).hash });
  await third.page.waitForFunction(text => document.querySelector('#certificates')?.value.trim() === text.trim(), certificates);
  await third.close();

  // Redacted: no name and no thumbprint of the case, the same verdict.
  await page.field('Certificates').fill(certificates);
  await page.verdict(verdict);
  await open();
  const redacted = await made('Make a redacted link');
  const fourth = await bench({ hash: new URL(redacted).hash });
  await fourth.page.getByText('the verdict is what it was').waitFor();
  await fourth.verdict(verdict);
  assert.doesNotMatch(await fourth.page.locator('#manifest').inputValue(), /contoso|clouddevice|azuredocpr/i);
  assert.equal(await fourth.page.locator('#certificates').inputValue(), '');
  await fourth.close();
  await page.close();

  // Golden links, made by earlier versions, are read for ever; a changed verdict is said.
  const golden = JSON.parse(readFileSync(join(HERE, 'links.json'), 'utf8'));
  assert.ok(golden.length >= 2);
  for (const { hash, manifest, says } of golden) {
    const old = await bench({ hash });
    await old.page.waitForFunction(text => document.querySelector('#manifest')?.value === text, manifest)
      .catch(() => assert.fail(`a golden link is no longer read: ${hash}`));
    await old.page.getByText(says).waitFor();
    await old.close();
  }
  // A link of a version to come, and one that is broken, are said and change nothing.
  for (const hash of ['#99.AAAA', '#1.AAAA']) {
    const odd = await bench({ hash });
    await odd.page.getByText('The link could not be opened').waitFor();
    await odd.verdict();
    await odd.close();
  }
  for (const request of server.requests) assert.ok(!request.url.includes('1.'.concat(new URL(whole).hash.slice(3, 20))), 'a link was sent');
}

// Another instant, another policy, what is expected, which lines decide.
export async function whatIf({ bench }) {
  const page = await bench();
  await page.ask(pasted('peer/thumbprint-plain'));
  await page.verdict('admitted');
  const panel = page.page.locator('#what-if');
  await panel.getByRole('heading', { name: 'What if' }).waitFor();

  // Pinned, then made worse, then taken back.
  await panel.getByRole('button', { name: 'Pin this verdict' }).click();
  const manifest = await page.field('Cluster manifest').inputValue();
  await page.field('Cluster manifest').fill(manifest.replace('ClusterCertThumbprints', 'ClusterCertThumbprintz'));
  await page.verdict('refused');
  const pinned = panel.locator('[data-testid=pinned]');
  await pinned.getByText('refused').first().waitFor();
  assert.equal(await pinned.getAttribute('data-same'), 'false');
  assert.ok(await pinned.locator('tbody tr').count() > 0, 'no cell is said to have changed');
  await panel.getByRole('button', { name: 'Back to the pinned case' }).click();
  await page.verdict('admitted');
  await panel.locator('[data-same=true]').waitFor();

  // An expectation is green, and red as soon as it does not hold.
  await panel.getByRole('button', { name: 'Expect this verdict' }).click();
  await panel.locator('.expectations [data-met=true]').first().waitFor();
  await page.field('Cluster manifest').fill('<Section Name="Security"/>');
  await panel.locator('.expectations [data-met=false]').first().waitFor();
  await page.field('Cluster manifest').fill(manifest);
  await page.verdict('admitted');

  // The slider and its keys; 30 days later.
  const slider = page.page.getByRole('slider', { name: 'Judge at' });
  await slider.focus();
  await page.page.keyboard.press('End');
  await page.verdict('refused');
  assert.match(await slider.getAttribute('aria-valuetext'), /UTC$/);
  await page.page.keyboard.press('Home');
  await page.page.waitForFunction(() => /20\d\d/.test(document.querySelector('#at').value));
  await page.field('At').fill('2026-11-22 00:00 UTC');
  await page.verdict('admitted');
  await page.page.getByRole('button', { name: 'in 30 days' }).click();
  await page.page.waitForFunction(() => document.querySelector('#at').value.startsWith('2026-12-22'));

  // The line that lists the thumbprint decides; one about logging would not.
  await page.field('Cluster manifest').fill(manifest.replace('</Section>', '  <Parameter Name="Unrelated" Value="1" />\n</Section>'));
  await page.verdict('admitted');
  await panel.getByRole('button', { name: 'Which lines decide?' }).click();
  const lines = panel.locator('.covered li');
  await lines.first().waitFor({ timeout: 60_000 });
  assert.match(await lines.filter({ hasText: 'Unrelated' }).textContent(), /never decided/);
  assert.match(await lines.filter({ hasText: 'ClusterCertThumbprints' }).first().textContent(), /decided for \d+/);
  await page.close();
}

// The catalog has a page for every rule, found by words, linked from findings.
export async function rules({ bench, server }) {
  const all = JSON.parse(readFileSync(join(server.dist, 'rules.json'), 'utf8'));
  const page = await bench({ hash: '#peer/article-1-thumbprints' });
  await page.verdict();
  await page.findings('thumbprint-abbreviated').first().locator('details.rule summary').click();
  await page.findings('thumbprint-abbreviated').first().getByRole('link').click();
  const dialog = page.page.getByRole('dialog');
  await dialog.locator('[data-rule-page="thumbprint-abbreviated"][open]').waitFor();
  await dialog.getByLabel('Search').fill('');
  await dialog.getByText(`${all.length} of ${all.length} rules`).waitFor();
  await dialog.getByLabel('Search').fill('invisible');
  assert.ok(await dialog.locator('[data-rule-page]').count() >= 1);
  await page.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.close();
}

// Every example, decided in the browser, is byte for byte what the build decided.
export async function runAll({ bench, server }) {
  const shipped = JSON.parse(readFileSync(join(server.dist, 'results.json'), 'utf8'));
  assert.ok(shipped.length >= 40, `${shipped.length} examples`);
  const page = await bench();
  await page.verdict();
  await page.page.getByRole('button', { name: 'Examples', exact: true }).click();
  await page.page.getByRole('textbox', { name: 'Search' }).fill('invisible');
  assert.ok(await page.page.locator('.examples li').count() >= 1);
  assert.ok(await page.page.locator('.examples li').count() < 10, 'the search narrows nothing');
  await page.page.getByRole('button', { name: 'Run every example here' }).click();
  const status = page.page.locator('[data-testid=run-all]');
  await page.page.waitForFunction(() => document.querySelector('[data-testid=run-all]')?.dataset.same, null, { timeout: 90_000 });
  assert.equal(await status.getAttribute('data-same'), 'true', await page.page.locator('.ran').textContent());
  await page.close();
}

// What a compiler that knows the types of SARIF 2.1.0 says of a log: nothing, where every key and value is one of theirs.
function typed(log) {
  const folder = mkdtempSync(join(HERE, '../../node_modules/.admit-sarif-'));
  const file = join(folder, 'log.ts');
  writeFileSync(file, `import type { Log } from 'sarif';\nexport const log: Log = ${JSON.stringify(log)};\n`);
  const tsc = join(HERE, '../../node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['--noEmit', '--strict', '--skipLibCheck', '--moduleResolution', 'bundler', '--module', 'esnext', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return stdout.trim();
}

// What is exported is what the command line and the API give: every format, masked, and a receipt that can be checked.
export async function exported({ bench }) {
  const page = await bench();
  await page.ask(pasted('peer/article-1-thumbprints'));
  await page.verdict('refused');
  await page.page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.page.getByRole('dialog');
  const get = async name => {
    const download = page.page.waitForEvent('download');
    await dialog.getByRole('button', { name, exact: true }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const report = JSON.parse(await get('Report (JSON)'));
  const sarif = JSON.parse(await get('SARIF'));
  assert.equal(sarif.version, '2.1.0');
  assert.equal(typed(sarif), '', 'SARIF is not as its types say');
  const rules = new Set(sarif.runs[0].results.map(one => one.ruleId));
  for (const { rule } of report.findings) assert.ok(rules.has(rule), `SARIF lacks ${rule}`);
  assert.match(await get('JUnit XML'), /<testsuite[\s>]/);
  assert.match(await get('Markdown'), /refused/i);
  const asked = await get('Case (JSON)');
  const receipt = await get('Receipt');
  assert.equal(JSON.parse(receipt).verdict, 'refused');
  if (process.env.ADMIT_CLI) {
    const folder = mkdtempSync(join(tmpdir(), 'admit-receipt-'));
    writeFileSync(join(folder, 'receipt.json'), receipt);
    writeFileSync(join(folder, 'case.json'), asked);
    const verify = () => spawnSync(process.env.ADMIT_CLI, ['verify', join(folder, 'receipt.json'), join(folder, 'case.json')], { encoding: 'utf8' });
    assert.equal(verify().status, 0, verify().stdout + verify().stderr);
    writeFileSync(join(folder, 'case.json'), asked.replace('2026-11-22', '2026-11-23'));
    assert.equal(verify().status, 1, verify().stdout);
  }
  await page.close();
}

// Loaded once, the page is there without a network; and as one file, without a server.
export async function offline({ bench, server }) {
  const page = await bench({ serviceWorkers: 'allow' });
  await page.verdict();
  await page.page.waitForFunction(() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated'), null, { timeout: 60_000 });
  await page.page.context().setOffline(true);
  await page.page.goto(`${server.origin}/#peer/article-1-thumbprints`);
  await page.page.reload();
  await page.verdict('refused');
  await page.page.getByRole('button', { name: 'Rules', exact: true }).click();
  await page.page.getByRole('dialog').locator('[data-rule-page]').first().waitFor();
  page.odd = page.odd.filter(line => !/favicon/.test(line));
  await page.close();

  const alone = await bench({ silent: true });
  await alone.page.goto(`file://${join(server.dist, 'admit.html')}`);
  await alone.verdict('refused');
  await alone.page.getByRole('button', { name: 'Rules', exact: true }).click();
  await alone.page.getByRole('dialog').locator('[data-rule-page]').first().waitFor();
  const made = alone.requests.filter(({ url }) => !/^(file|blob|data):/.test(url));
  assert.deepEqual(made, [], 'the single file makes requests');
  await alone.close();
}

// What is promised is counted and shown: nothing to another origin, nothing with what was typed.
export async function silence({ bench, server }) {
  const page = await bench({ editor: true });
  await page.verdict();
  const count = page.page.locator('#silence [data-elsewhere]');
  await count.waitFor();
  await page.page.locator('admit-editor').first().waitFor();
  await page.field('Cluster manifest').click();
  await page.page.keyboard.type('canary');
  await page.verdict();
  assert.equal(await count.getAttribute('data-elsewhere'), '0');
  assert.equal(await count.getAttribute('data-sent'), '0');
  for (const { url } of page.requests) assert.equal(new URL(url).origin, server.origin);
  await page.close();
}

// The words of the page, the tools and the certificate benches that Hungarian lacks: names and abbreviations are the same in both.
const ALIKE = /^(Markdown|SARIF|JUnit XML|SHA-1|SHA-256|OCSP|Admit|MRENCLAVE|MRSIGNER|ISV\w+|SWDEFINED|\u2190)$/;

function untold() {
  const source = file => readFileSync(join(HERE, '../../web/src', file), 'utf8');
  const quoted = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found.replace(/\\\n\s*/g, '').replaceAll('\\"', '"'));
  const constants = ['text.rs', 'text/ui.rs', 'text/chain.rs', 'text/rollout.rs'].flatMap(file => quoted(source(file), /pub const \w+: &str =\s*"((?:[^"\\]|\\[\s\S])*)"/g));
  const labels = ['peer', 'chain', 'trust', 'rollout'].flatMap(name => quoted(source(`bench/${name}.rs`), /(?:label|question|begin|hint): "((?:[^"\\]|\\[\s\S])*)"/g));
  const all = [...Object.values(words).filter(one => typeof one === 'string'), ...constants, ...labels].map(one => one.trim());
  assert.ok(all.length > 120, `${all.length} texts were found`);
  return [...new Set(all)].filter(one => one && !ALIKE.test(one) && !(one in hungarian.exact) && translate(one, hungarian) === one);
}

// Another language, from the settings, and back; the verdict's bytes stay what they are.
export async function language({ bench }) {
  assert.deepEqual(untold(), [], 'Hungarian lacks these');
  const page = await bench({ hash: '#peer/article-1-thumbprints' });
  await page.verdict('refused');
  await page.page.keyboard.press('?');
  await page.page.getByRole('button', { name: 'Settings and history' }).click();
  await page.page.locator('#language').selectOption('hu');
  await page.page.getByRole('heading', { name: /Elutasítva/ }).waitFor();
  assert.equal(await page.page.evaluate(() => document.documentElement.lang), 'hu');
  await page.page.locator('.told').first().waitFor();
  for (let open = await page.page.locator('dialog[open]').count(); open > 0; open -= 1) await page.page.keyboard.press('Escape');
  await page.page.getByRole('button', { name: 'Példák', exact: true }).waitFor();
  await page.page.reload();
  await page.verdict('refused');
  await page.page.getByRole('heading', { name: /Elutasítva/ }).waitFor();
  await page.page.evaluate(() => localStorage.removeItem('admit.language'));
  await page.page.reload();
  await page.page.getByRole('heading', { name: /Refused/ }).waitFor();
  await page.close();
}

// What was typed is in the history; a second tab on the same bench is said.
export async function history({ bench, server }) {
  const page = await bench();
  await page.ask(pasted('peer/thumbprint-plain'));
  await page.verdict('admitted');
  await page.field('Cluster manifest').fill('<Section Name="Security"><!-- remembered --></Section>');
  await page.verdict();
  await page.page.waitForTimeout(3000);
  const second = await page.page.context().newPage();
  await second.goto(`${server.origin}/#peer/article-1-thumbprints`);
  await page.page.getByText('Another tab is open on this bench').waitFor();
  await second.close();
  await page.page.getByRole('button', { name: 'Examples', exact: true }).click();
  await page.page.locator('.examples .example').first().click();
  await page.page.getByRole('button', { name: 'Help' }).click();
  await page.page.getByRole('button', { name: 'Settings and history' }).click();
  const kept = page.page.locator('.past li');
  await kept.first().waitFor();
  for (const button of await kept.getByRole('button').all()) {
    await button.click();
    const shown = await page.page.locator('#manifest').inputValue();
    if (shown.includes('remembered')) { await page.close(); return; }
    break;
  }
  await page.page.getByRole('button', { name: 'Settings and history' }).click();
  const all = await kept.count();
  let found = false;
  for (let place = 0; place < all && !found; place += 1) {
    await kept.nth(place).getByRole('button').click();
    await page.page.waitForTimeout(200);
    found = (await page.page.locator('#manifest').inputValue()).includes('remembered');
    if (!found) await page.page.getByRole('button', { name: 'Settings and history' }).click();
  }
  assert.ok(found, 'what was typed is not in the history');
  await page.close();
}

// What is pasted or dropped anywhere is put where it belongs, on another bench too, and undone.
export async function anywhere({ bench }) {
  const page = await bench({ hash: '#session' });
  await page.verdict();
  const { manifest, certificates } = pasted('peer/thumbprint-plain');
  const paste = text => page.page.evaluate(text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await paste(manifest);
  await page.page.waitForFunction(text => document.querySelector('#manifest')?.value === text, manifest.replaceAll('\r', ''));
  await paste(certificates);
  await page.page.waitForFunction(text => document.querySelector('#certificates')?.value.trim() === text.trim(), certificates);
  await page.field('At').fill('2026-11-22T00:00:00Z');
  await page.verdict('admitted');
  await page.page.getByRole('button', { name: /^Undo/ }).click();
  await page.page.waitForFunction(text => document.querySelector('#certificates')?.value.trim() !== text.trim(), certificates);

  // Several files dropped at once, each to its place.
  await page.page.evaluate(([manifest, certificates]) => {
    const data = new DataTransfer();
    data.items.add(new File([certificates], 'node.pem'));
    data.items.add(new File([manifest], 'ClusterManifest.xml'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [manifest, certificates]);
  await page.verdict('admitted');

  // A case as JSON opens on its bench.
  const asked = { admit: 1, kind: 'pool', at: '2026-11-22T00:00:00Z', policy: {}, subject: { configuration: '{}' } };
  await paste(JSON.stringify(asked));
  await page.page.waitForFunction(() => location.hash.startsWith('#pool'));
  await page.verdict();

  // From an address of this origin, on a click; from another, never.
  await page.page.route('**/sample.xml', route => route.fulfill({ body: '<Section Name="Security"/>' }));
  const open = async address => {
    await page.page.getByRole('button', { name: 'Help' }).click();
    await page.page.getByRole('button', { name: 'Settings and history' }).click();
    await page.page.getByLabel('Address').fill(address);
    await page.page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.page.keyboard.press('Escape');
  };
  await open('sample.xml');
  await page.page.waitForFunction(() => document.querySelector('#manifest')?.value === '<Section Name="Security"/>');
  await open('https://example.org/sample.xml');
  await page.page.getByText('That address is of another origin').waitFor();
  assert.ok(page.requests.every(({ url }) => !url.includes('example.org')), 'a request to another origin');
  await page.close();
}

// The keyboard alone: the legend, the shortcuts, the live region; forced colours and reduced motion.
export async function people({ bench }) {
  const page = await bench({ hash: '#peer/article-1-thumbprints', reducedMotion: 'reduce', forcedColors: 'active' });
  await page.verdict('refused');
  await page.page.keyboard.press('?');
  const dialog = page.page.getByRole('dialog');
  await dialog.getByText('Keyboard').waitFor();
  const keys = await dialog.locator('kbd').allTextContents();
  for (const key of ['?', 'v', 'e', 's', 'k', 't', 'u', 'Esc', 'm', 'c']) assert.ok(keys.includes(key), `${key} is not in the legend: ${keys}`);
  await page.page.keyboard.press('Escape');
  await page.page.keyboard.press('v');
  assert.equal(await page.page.evaluate(() => document.activeElement.id), 'verdict');
  const live = page.page.locator('#verdict [role=status]');
  assert.match(await live.textContent(), /^Refused/);
  await page.page.keyboard.press('m');
  assert.equal(await page.page.evaluate(() => document.activeElement.id), 'manifest');
  assert.ok(await page.page.evaluate(() => matchMedia('(forced-colors: active)').matches && matchMedia('(prefers-reduced-motion: reduce)').matches));
  const moving = await page.page.evaluate(() => [...document.querySelectorAll('*')].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0).length);
  assert.equal(moving, 0, 'something moves');
  await page.page.keyboard.press('Shift+Tab');
  for (const [key, name] of [['s', 'Share and export'], ['k', 'Rules']]) {
    await page.page.locator('#verdict').focus();
    await page.page.keyboard.press(key);
    await page.page.getByRole('dialog', { name }).waitFor();
    await page.page.keyboard.press('Escape');
    await page.page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.close();
}
