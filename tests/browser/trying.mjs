// What the page tries out: another instant, another policy, every example. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pasted } from './documents.mjs';

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
