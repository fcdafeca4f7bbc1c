// What the page keeps and what it promises: without a network, in silence, nothing lost. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pasted } from './documents.mjs';

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

// A folder that is dropped: its files, each to its place, however deep.
export async function folder({ bench }) {
  const { manifest, certificates } = pasted('peer/thumbprint-plain');
  const place = mkdtempSync(join(tmpdir(), 'admit-folder-'));
  mkdirSync(join(place, 'deep/deeper'), { recursive: true });
  writeFileSync(join(place, 'ClusterManifest.xml'), manifest);
  writeFileSync(join(place, 'deep/deeper/node.pem'), certificates);
  writeFileSync(join(place, '.hidden'), 'x');
  const page = await bench({ hash: '#peer/article-1-thumbprints' });
  await page.verdict('refused');
  await page.page.locator('#what-if section').waitFor();
  const session = await page.page.context().newCDPSession(page.page);
  const data = { items: [], files: [place], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  await page.page.waitForFunction(text => document.querySelector('#manifest').value === text, manifest.replaceAll('\r', ''));
  await page.page.waitForFunction(text => document.querySelector('#certificates').value.trim() === text.trim(), certificates.replaceAll('\r', ''));
  await page.field('At').fill('2026-11-22T00:00:00Z');
  await page.verdict('admitted');
  rmSync(place, { recursive: true });
  await page.close();
}
