// What the page can do besides answering: the editor, sharing, exporting, trying out. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const text = (name, file) => readFileSync(join(HERE, '../cases', name, file), 'utf8');

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

  // The editor does not come: the field works.
  const without = await bench({ editor: true });
  await without.page.route('**/lazy/editor.js', route => route.abort());
  without.odd = [];
  await without.page.reload();
  await without.verdict();
  await without.page.waitForTimeout(300);
  await without.field('Cluster manifest').fill('<Section Name="Security"/>');
  await without.verdict();
  assert.equal(await without.page.locator('admit-editor').count(), 0);
  without.odd = without.odd.filter(line => !/editor\.js|ERR_FAILED|engine\.worker/.test(line));
  await without.close();
}

// A link holds what was chosen, in the fragment only, and opens for ever; keys never go in; a redacted one decides alike.
export async function share({ bench, server }) {
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
