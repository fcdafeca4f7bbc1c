// `cargo xtask bench page`: what the page needs and how long it takes, in Chromium, against its budgets, as a table.

import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { join } from 'node:path';

import { Bench } from './bench.mjs';
import { serve } from './server.mjs';

const server = await serve(process.env.ADMIT_DIST);
const browser = await chromium.launch({ executablePath: process.env.ADMIT_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const compressed = path => brotliCompressSync(readFileSync(join(server.dist, path)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const weigh = paths => [...new Set(paths)].reduce((sum, path) => sum + compressed(path), 0);
const fileOf = url => { const { pathname } = new URL(url); return pathname === '/' ? 'index.html' : pathname.slice(1); };
const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)];

const rows = [];
const row = (what, value, budget, unit) => {
  process.stderr.write(`${what}: ${value.toFixed(1)} ${unit}\n`);
  rows.push({ what, value, budget, unit });
};

// What was there when something was painted first, and when the first verdict was. A loaded machine paints late, so that
// more has come by then than was needed: the least that a page can be painted from is what blocks painting.
async function weight() {
  const bench = await Bench.open(browser, server, { editor: true, silent: true });
  const { page } = bench;
  const arrived = [];
  page.on('requestfinished', request => arrived.push({ path: fileOf(request.url()), at: performance.now() }));
  await page.goto(server.origin);
  await bench.verdict();
  const answered = await page.evaluate(() => performance.now());
  const { paint, files } = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    files: performance.getEntriesByType('resource').map(({ name, responseEnd, renderBlockingStatus }) => ({ name, responseEnd, blocks: renderBlockingStatus === 'blocking' })),
  }));
  const blocking = ['index.html', ...files.filter(one => one.blocks).map(one => fileOf(one.name))];
  row('first paint: what must be there', weigh(blocking) / 1000, 150, 'KB');
  row('first paint', paint, null, 'ms');
  const needed = arrived.map(one => one.path).filter(path => !/^(lazy\/|gallery\.json|rules\.json|results\.json|service-worker\.js|.*_rest\.wasm)/.test(path));
  row('until it can answer, without the editor', weigh(['index.html', ...needed]) / 1000, 600, 'KB');
  row('first verdict', answered, null, 'ms');
  for (const path of [...new Set(needed)].filter(path => /^admit-(?!web).*_bg\.wasm$/.test(path))) row(`engine: ${path}`, compressed(path) / 1000, 400, 'KB');
  row('page: its own WebAssembly', compressed(needed.find(path => /^admit-web.*\.wasm$/.test(path))) / 1000, 190, 'KB');
  await page.context().close();
}

// A manifest of 2 MB: as many settings as that takes.
function large() {
  const lines = [];
  for (let size = 0, number = 0; size < 2_000_000; number += 1) {
    const line = `      <Parameter Name="Setting${number}" Value="${'v'.repeat(40)}" />`;
    lines.push(line);
    size += line.length + 1;
  }
  return `<ClusterManifest xmlns="http://schemas.microsoft.com/2011/01/fabric"><FabricSettings><Section Name="Other">\n${lines.join('\n')}\n</Section></FabricSettings></ClusterManifest>\n`;
}

const KEYS = 40;

// From a key to the paint that shows it, as the browser measures it (Event Timing, in steps of 8 ms).
async function typing(editor, budget) {
  const name = `typing in 2 MB, ${editor ? 'editor' : 'plain field'}: key to paint, 95th percentile`;
  const bench = await Bench.open(browser, server, { editor });
  const { page } = bench;
  await bench.verdict();
  if (editor) await page.locator('admit-editor').first().waitFor();
  await page.evaluate(text => {
    const content = document.querySelector('admit-editor')?.shadowRoot.querySelector('.cm-content');
    const field = document.querySelector('#manifest');
    if (content) document.querySelector('admit-editor').view.dispatch({ changes: { from: 0, to: document.querySelector('admit-editor').value.length, insert: text } });
    else { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })); }
  }, large());
  await bench.verdict();
  await bench.field('Cluster manifest').focus();
  row(name, await keys(page, true), budget, 'ms');
  await page.context().close();
}

// What the browser itself takes for a field of this length, with nothing else on the page.
async function bare() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.setContent('<textarea wrap="off" spellcheck="false" style="width: 600px; height: 360px; font: 13px/1.45 monospace"></textarea>');
  await page.locator('textarea').evaluate((field, text) => { field.value = text; field.focus(); }, large());
  await page.waitForTimeout(1000);
  const took = await keys(page, false);
  row('typing in 2 MB, a bare field of the browser', took, null, 'ms');
  await context.close();
  return took;
}

// The 95th percentile of a burst of keys, with a rest now and then: what rests is read and asked about, so that the keys that
// follow meet the engine at work and its answer.
async function keys(page, rests) {
  await page.keyboard.press('ControlOrMeta+Home');
  await page.evaluate(() => {
    globalThis.took = [];
    new PerformanceObserver(list => list.getEntries().forEach(({ name, duration }) => { if (name === 'keydown') globalThis.took.push(duration); }))
      .observe({ type: 'event', durationThreshold: 16 });
  });
  for (let key = 1; key <= KEYS; key += 1) {
    await page.keyboard.type('x', { delay: 60 });
    if (rests && key % 8 === 0) await page.waitForTimeout(160);
  }
  await page.waitForTimeout(1000);
  const took = await page.evaluate(() => globalThis.took);
  // What took less than 16 ms is not reported: it counts as 16.
  while (took.length < KEYS) took.push(16);
  return percentile(took, 0.95);
}

// From the last key to the verdict that belongs to it.
async function verdicts() {
  const bench = await Bench.open(browser, server, { hash: '#peer/article-1-thumbprints' });
  const { page } = bench;
  await bench.verdict();
  await bench.field('Cluster manifest').focus();
  await page.evaluate(() => {
    globalThis.waited = [];
    let pressed = 0;
    addEventListener('keydown', () => { pressed = performance.now(); }, true);
    new MutationObserver(() => {
      const verdict = document.querySelector('[data-testid=verdict]');
      if (pressed && verdict && !verdict.hasAttribute('aria-busy')) { globalThis.waited.push(performance.now() - pressed); pressed = 0; }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-busy'] });
  });
  for (let key = 0; key < 30; key += 1) {
    await page.keyboard.type(' ');
    await bench.verdict();
    await page.waitForTimeout(30);
  }
  row('a verdict after the last key, 95th percentile', percentile(await page.evaluate(() => globalThis.waited), 0.95), 100, 'ms');
  await page.context().close();
}

await weight();
// A plain field can't be faster than the browser's own: it may take two frames more, the steps of the measurement.
const floor = await bare();
await typing(false, Math.max(50, floor + 32));
await typing(true, 50);
await verdicts();
await browser.close();

console.log(`${'what'.padEnd(66)} ${'measured'.padStart(10)} ${'budget'.padStart(8)}`);
let over = 0;
for (const { what, value, budget, unit } of rows) {
  const passed = budget !== null && value > budget;
  over += Number(passed);
  console.log(`${what.padEnd(66)} ${`${value.toFixed(1)} ${unit}`.padStart(10)} ${(budget === null ? '' : `${budget} ${unit}`).padStart(8)}${passed ? '  OVER' : ''}`);
}
process.exit(over ? 1 : 0);
