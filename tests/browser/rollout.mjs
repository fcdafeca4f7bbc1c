// What the bench of roll-outs must do: two manifests and certificates, the verdict, the moments, the pairs, the plan.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CASES = fileURLToPath(new URL('../cases/rollout', import.meta.url));
const text = (name, file) => readFileSync(join(CASES, name, file), 'utf8');

async function ask(page, name, at) {
  await page.verdict();
  await page.field('At').fill(at ?? JSON.parse(text(name, 'case.json')).at);
  await page.field('Certificates').fill(text(name, 'subject.certificates.pem'));
  await page.field('Settings before').fill(text(name, 'policy.before.xml'));
  await page.field('Settings after').fill(text(name, 'policy.after.xml'));
}

// Two manifests and two certificates are enough: the moment that is not safe, who refuses whom then, and the way that is.
export async function rollout({ bench }) {
  const page = await bench({ hash: '#rollout' });
  await page.verdict();
  // The example that the bench begins with has a step between.
  await page.unfold('Steps between');
  await page.field('Step 1').fill('');
  await ask(page, 'replaced-at-once');
  await page.verdict('refused');
  await page.findings('nodes-cut-off').first().waitFor();
  const shown = page.page.getByRole('heading', { name: 'The roll-out', exact: true });
  await shown.waitFor();

  // It opens at the first moment that is not safe: somebody is refused.
  const matrix = page.page.locator('table.matrix').first();
  const cells = verdict => matrix.locator('td').filter({ hasText: verdict });
  await cells('refused').first().waitFor();
  assert.equal(await matrix.locator('tbody tr').count(), 2, 'two states meet');

  // Before it everybody is connected; the scrubber goes there and back.
  const slider = page.page.getByRole('slider', { name: 'Moment', exact: true });
  const moment = () => slider.getAttribute('aria-valuetext');
  const unsafe = await moment();
  await slider.focus();
  await page.page.keyboard.press('Home');
  await page.page.waitForFunction(before => document.querySelector('#rollout-moment').getAttribute('aria-valuetext') !== before, unsafe);
  assert.match(await moment(), /roll-out 1, before the first domain$/);
  await cells('admitted').first().waitFor();
  assert.equal(await cells('refused').count(), 0, 'nobody is refused before anything changes');
  await page.page.getByRole('button', { name: 'Go to the first moment that is not safe' }).click();
  await cells('refused').first().waitFor();
  assert.equal(await moment(), unsafe);

  // The same as a table: a row for each moment, in which one domain after the other changes.
  await page.page.getByText('Every moment as a table').click();
  const rows = page.page.locator('details.moments tbody tr');
  assert.equal(await rows.count(), Number(await slider.getAttribute('max')) + 1);
  assert.match(await rows.first().textContent(), /before the first domain.*UD0 = \{P:\{TP=A\}, V:\{TP=A\}\}/);
  assert.match(await rows.last().textContent(), /UD4 done.*UD4 = \{P:\{TP=B\}, V:\{TP=B\}\}/);

  // The plan widens, changes, and narrows; its settings are there to copy.
  const plan = page.page.locator('ol.plan > li');
  assert.equal(await plan.count(), 3);
  await plan.first().getByText('Settings to copy').click();
  assert.match(await plan.first().locator('pre').textContent(), /<ClusterManifest[\s\S]*ClusterCertThumbprints/);

  // Nobody is left to refuse the only node, and it is not safe all the same: it does not open.
  await page.page.getByLabel('Upgrade domains', { exact: true }).fill('1');
  await ask(page, 'single-node', '2060-01-01T00:00:00Z');
  await page.verdict('refused');
  await page.findings('declared-certificate-unusable').first().waitFor();
  await page.page.getByRole('heading', { name: 'Nodes without a usable certificate' }).waitFor();

  await page.page.getByLabel('Upgrade domains', { exact: true }).fill('5');
  await ask(page, 'nothing-changes');
  await page.verdict('admitted');
  await page.findings('nothing-changes').first().waitFor();
  await page.close();
}
