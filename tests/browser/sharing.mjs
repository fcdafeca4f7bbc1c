// Links and files that leave the page. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { strFromU8, unzipSync } from 'fflate';

import { only, parts } from '../../web/tools/parts.js';
import { HERE, pasted } from './documents.mjs';

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
  const bytes = async name => {
    const download = page.page.waitForEvent('download');
    await dialog.getByRole('button', { name, exact: true }).click();
    return readFileSync(await (await download).path());
  };
  const get = async name => (await bytes(name)).toString('utf8');
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
  const zip = unzipSync(await bytes('Folder (ZIP)'));
  const names = ['case/case.json', 'case/policy.manifest.xml', 'case/subject.certificates.pem', 'receipt.json', 'report.json'];
  assert.deepEqual(Object.keys(zip).sort(), names);
  if (process.env.ADMIT_CLI) {
    // The command line reads the folder, and says the same.
    const unpacked = mkdtempSync(join(tmpdir(), 'admit-zip-'));
    mkdirSync(join(unpacked, 'case'));
    for (const [name, content] of Object.entries(zip)) writeFileSync(join(unpacked, name), content);
    const decided = spawnSync(process.env.ADMIT_CLI, ['evaluate', '--json', join(unpacked, 'case')], { encoding: 'utf8' });
    assert.equal(decided.stdout, strFromU8(zip['report.json']), decided.stderr);
    rmSync(unpacked, { recursive: true });
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
