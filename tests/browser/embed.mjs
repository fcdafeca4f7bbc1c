// The element in pages of documentation, and the frame.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';

// Ten elements under a strict policy: each decides as the page says, none before it is seen, one engine for all.
export async function embed({ bench, server }) {
  const page = await bench({ silent: true });
  const seen = [];
  page.page.on('request', request => seen.push(request.url()));
  await page.page.goto(`${server.origin}/demo.html`);
  const elements = page.page.locator('admit-playground');
  assert.equal(await elements.count(), 10);
  const shift = page.page.evaluate(() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.hadRecentInput ? 0 : entry.value; })).observe({ type: 'layout-shift', buffered: true });
    globalThis.shifted = () => sum;
    done();
  }));
  await shift;
  await page.page.waitForTimeout(300);
  const early = await elements.evaluateAll(all => all.filter(one => one.view).length);
  assert.ok(early < 10, 'every element was started before it was seen');
  for (const [place] of (await elements.all()).entries()) {
    const element = elements.nth(place);
    await element.scrollIntoViewIfNeeded();
    if (await element.getAttribute('loading') === 'click') await element.click();
    await page.page.waitForFunction(one => one.dataset.verdict, await element.elementHandle())
      .catch(async () => assert.fail(`${await element.getAttribute('data-example')}: ${await element.evaluate(one => one.shadowRoot?.querySelector('.verdict')?.textContent)}`));
    const expected = (await element.locator('[data-part=expected]').textContent()).trim().replace('.', '').toLowerCase();
    assert.equal(await element.getAttribute('data-verdict'), expected, await element.getAttribute('data-example'));
  }
  const once = name => seen.filter(url => url.endsWith(name)).length;
  assert.equal(once('/lazy/embed.js'), 1);
  assert.ok(once('/admit-peers_bg.wasm') <= 1 && once('/admit-sessions_bg.wasm') <= 1, 'an engine was loaded twice');
  assert.equal(page.page.workers().length, 3, 'the elements do not share their engine');

  // Typing, a fix, an event, the methods.
  const first = elements.first();
  await first.evaluate(one => { globalThis.heard = []; addEventListener('admit-result', event => globalThis.heard.push(event.detail.report.verdict)); });
  await first.locator('button[data-fix]').first().click();
  await page.page.waitForFunction(() => globalThis.heard?.includes('admitted'));
  await first.getByRole('button', { name: 'Reset' }).click();
  await page.page.waitForFunction(() => globalThis.heard.at(-1) === 'refused');
  const state = await first.evaluate(async one => (await one.getState()).report.verdict);
  assert.equal(state, 'refused');
  const after = await first.evaluate(async one => (await one.setState({ parts: { manifest: '<Section Name="Security"/>' } })).verdict);
  assert.ok(['refused', 'indeterminate', 'admitted'].includes(after));

  // Its language is its attribute.
  const report = await first.evaluate(one => { one.setAttribute('lang', 'hu'); return one.shadowRoot.querySelector('.word').textContent; });
  assert.ok(['Beengedve', 'Elutasítva', 'Nem eldönthető'].includes(report), report);
  await first.evaluate(one => one.setAttribute('lang', 'en'));

  // What is edited opens in the playground.
  const popup = page.page.context().waitForEvent('page');
  await first.getByRole('link', { name: 'Open in the playground' }).click();
  const opened = await popup;
  await opened.waitForFunction(() => document.querySelector('#manifest')?.value === '<Section Name="Security"/>');
  await opened.close();
  assert.ok(await page.page.evaluate(() => globalThis.shifted()) < 0.1, 'the elements push the page about');
  assert.ok(brotliCompressSync(readFileSync(join(server.dist, 'admit-playground.js'))).length <= 3000);
  await page.close();

  // Without script the page is complete.
  const silent = await bench({ javaScriptEnabled: false, silent: true });
  await silent.page.goto(`${server.origin}/demo.html`);
  await silent.page.getByText('4ff7930d', { exact: false }).first().waitFor();
  assert.equal(await silent.page.locator('[data-part=expected]:visible').count(), 10);
  await silent.close();
}

// The frame, from another origin and without any storage, tells how high it is.
export async function frame({ bench, server }) {
  const page = await bench();
  await page.verdict();
  await page.page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.page.getByRole('button', { name: 'Make the link', exact: true }).click();
  await page.page.waitForFunction(() => document.querySelector('dialog input.link')?.value);
  const link = new URL(await page.page.locator('dialog input.link').first().inputValue());
  await page.close();

  const outer = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>outer</title><link rel="icon" href="data:,"><iframe title="a case" sandbox="allow-scripts" width="700" height="500" src="${server.origin}/embed.html${link.hash}"></iframe>
      <script>addEventListener('message', ({ data }) => { if (data.type === 'admit-height') globalThis.high = data.height; });</script>`);
  });
  await new Promise(ready => outer.listen(0, '127.0.0.1', ready));
  const other = await bench({ silent: true });
  await other.page.goto(`http://127.0.0.1:${outer.address().port}/`);
  const inside = other.page.frameLocator('iframe');
  await inside.locator('admit-playground[data-verdict=refused]').waitFor();
  await other.page.waitForFunction(() => globalThis.high > 100);
  await other.close();
  outer.close();
}
