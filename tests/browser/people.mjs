// The page in another language, by the keyboard alone, on paper. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { hungarian } from '../../web/tools/hungarian.js';
import { translate } from '../../web/tools/language.js';
import { words } from '../../web/tools/words.js';
import { HERE } from './documents.mjs';

// The words of the page, the tools and the certificate benches that Hungarian lacks: names and abbreviations are the same in both.
const ALIKE = /^(Markdown|SARIF|JUnit XML|SHA-1|SHA-256|OCSP|Admit|MRENCLAVE|MRSIGNER|ISV\w+|SWDEFINED|\u2190)$/;

function untold() {
  const source = file => readFileSync(join(HERE, '../../web/src', file), 'utf8');
  const quoted = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found.replace(/\\\n\s*/g, '').replaceAll('\\"', '"'));
  const constants = ['text.rs', 'text/ui.rs', 'text/chain.rs', 'text/rollout.rs'].flatMap(file => quoted(source(file), /pub const \w+: &str =\s*"((?:[^"\\]|\\[\s\S])*)"/g));
  const labels = ['peer', 'chain', 'trust', 'rollout', 'presentation'].flatMap(name => quoted(source(`bench/${name}.rs`), /(?:label|question|begin|hint): "((?:[^"\\]|\\[\s\S])*)"/g));
  const run = quoted(/const RUN: [\s\S]*?\n\];/.exec(source('form.rs'))[0], /field\("([^"]+)"/g);
  assert.ok(run.length > 10, `${run.length} fields of the run command were found`);
  const all = [...Object.values(words).filter(one => typeof one === 'string'), ...constants, ...labels, ...run].map(one => one.trim());
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

// On paper: the verdict, what was found and why, and what was asked; nothing that can only be pressed.
export async function print({ bench }) {
  const page = await bench({ hash: '#peer/article-1-thumbprints', colorScheme: 'dark' });
  await page.verdict('refused');
  await page.page.locator('#what-if section').waitFor();
  await page.page.emulateMedia({ media: 'print' });
  for (const shown of ['[data-testid=verdict] h2', '.findings > li', '.matrix', '.trace', '#manifest', '#certificates']) {
    assert.ok(await page.page.locator(shown).first().isVisible(), `${shown} is not printed`);
  }
  for (const hidden of ['.bar', '#what-if', '#scrub', '.pane-head button', '.mend button', '.skip']) {
    for (const one of await page.page.locator(hidden).all()) assert.ok(!await one.isVisible(), `${hidden} is printed`);
  }
  const ground = await page.page.locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
  assert.match(ground, /255, 255, 255|rgba\(0, 0, 0, 0\)/, 'a dark ground is printed');
  const pages = (await page.page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  assert.ok(pages >= 1 && pages < 12, `${pages} pages`);
  await page.close();
}
