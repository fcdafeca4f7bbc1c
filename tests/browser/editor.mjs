// The editor, and texts that are long. Each scenario opens pages of its own.

import assert from 'node:assert/strict';

import { text } from './documents.mjs';

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

// What is typed into a long text is taken when typing rests, and before anything else is done.
export async function longText({ bench }) {
  const lines = Array.from({ length: 4000 }, (_, number) => `  <Parameter Name="Setting${number}" Value="${'v'.repeat(40)}" />`);
  const long = `<ClusterManifest xmlns="http://schemas.microsoft.com/2011/01/fabric"><FabricSettings><Section Name="Other">\n${lines.join('\n')}\n</Section></FabricSettings></ClusterManifest>\n`;
  for (const editor of [false, true]) {
    const page = await bench({ editor, hash: '#peer/article-1-thumbprints' });
    await page.verdict('refused');
    if (editor) await page.page.locator('admit-editor').first().waitFor();
    const value = () => page.page.locator('#manifest').evaluate(field => field.value);
    await page.page.locator('#manifest').evaluate((field, text) => { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })); }, long);
    await page.verdict('refused');
    await page.field('Cluster manifest').focus();
    await page.page.keyboard.press('ControlOrMeta+Home');
    await page.page.keyboard.type('<!-- one -->');
    assert.equal(await page.page.locator('[data-testid=verdict][aria-busy=true]').count(), 1, 'an answer to another text is shown as one to this');
    await page.verdict('refused');
    assert.ok((await value()).startsWith('<!-- one --><ClusterManifest'), 'what was typed is not there');
    // At once to another bench and back.
    await page.page.keyboard.type('<!-- two -->');
    await page.page.getByRole('link', { name: 'Chain', exact: true }).click();
    await page.verdict();
    await page.page.getByRole('link', { name: 'Peer', exact: true }).click();
    await page.verdict('refused');
    assert.ok((await value()).startsWith('<!-- one --><!-- two --><ClusterManifest'), 'what was typed last is lost');
    // What stands there stays after a reload, which does not wait for the page to be idle.
    await page.page.reload();
    await page.verdict('refused');
    assert.ok((await value()).startsWith('<!-- one --><!-- two --><ClusterManifest'), 'what was typed is not kept');
    await page.close();
  }
}
