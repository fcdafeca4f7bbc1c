// How the page begins: what it needs for the first verdict, what comes later, and what it does with a module that is not the
// one that was built. Each scenario opens pages of its own.

import assert from 'node:assert/strict';

const REST = /_rest\.wasm$/;

// A first visit needs neither the rest of the page's module nor the gallery nor the catalog; they come after the verdict.
export async function firstVisit({ bench, server }) {
  const page = await bench({ silent: true });
  const held = [];
  await page.page.route(/_rest\.wasm$|gallery\.json$|rules\.json$|\/lazy\//, route => { held.push(route); });
  await page.page.goto(server.origin);
  await page.verdict('refused');
  await page.field('Cluster manifest').fill('<Section Name="Security"/>');
  await page.verdict();
  assert.equal(await page.findings('thumbprint-invisible-character').count(), 0);
  for (const route of held.splice(0)) await route.continue();
  await page.page.unroute(/_rest\.wasm$|gallery\.json$|rules\.json$|\/lazy\//);
  await page.page.getByRole('button', { name: 'Examples', exact: true }).click();
  await page.page.locator('.examples li').first().waitFor();
  await page.close();

  // So does one that names the first bench.
  const named = await bench({ hash: '#peer' });
  await named.verdict('refused');
  await named.page.waitForFunction(() => location.hash.startsWith('#peer/'));
  await named.close();
}

// Who is faster than the network waits for the rest, and gets it; who comes for another bench has it from the start.
export async function restOfThePage({ bench, server }) {
  const page = await bench({ silent: true });
  await page.page.addInitScript(() => { globalThis.requestIdleCallback = () => 0; });
  await page.page.goto(server.origin);
  await page.verdict('refused');
  assert.ok(!page.requests.some(({ url }) => REST.test(url)), 'the rest came by itself');
  await page.page.getByRole('link', { name: 'Chain', exact: true }).click();
  await page.verdict('refused');
  assert.ok(page.requests.some(({ url }) => REST.test(url)), 'the rest did not come');
  await page.close();

  const other = await bench({ hash: '#enclave' });
  await other.verdict('refused');
  assert.equal(other.requests.filter(({ url }) => REST.test(url)).length, 1);
  await other.close();
}

// A module that is not the one that was built is refused: the page says so and decides nothing.
export async function tampered({ bench, server }) {
  const spoilt = async (page, pattern) => page.page.route(pattern, async route => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  const forgive = page => { page.odd = page.odd.filter(line => !/integrity|digest|SRI|\.wasm|part of the page/i.test(line)); };

  const engine = await bench({ silent: true });
  await spoilt(engine, '**/admit-peers_bg.wasm');
  await engine.page.goto(server.origin);
  await engine.page.getByRole('heading', { name: 'No verdict' }).waitFor();
  assert.equal(await engine.page.locator('[data-verdict]').count(), 0, 'a spoilt engine decides');
  await engine.field('Cluster manifest').fill('<Section Name="Security"/>');
  await engine.page.getByRole('heading', { name: 'No verdict' }).waitFor();
  assert.equal(await engine.page.locator('[data-verdict]').count(), 0, 'a spoilt engine decides');
  forgive(engine);
  await engine.close();

  const whole = await bench({ silent: true });
  await spoilt(whole, '**/admit-web-*_bg.wasm');
  await whole.page.goto(server.origin);
  await whole.page.getByText('The page could not start').waitFor();
  forgive(whole);
  await whole.close();

  // The rest is checked by the browser where it is fetched, and by the page where it has to wait for it.
  const rest = await bench({ silent: true });
  await spoilt(rest, REST);
  await rest.page.goto(server.origin);
  await rest.verdict('refused');
  await rest.page.waitForTimeout(500);
  await rest.page.getByRole('link', { name: 'Chain', exact: true }).click();
  await rest.page.getByRole('alert').getByText('A part of the page could not be loaded').waitFor();
  forgive(rest);
  await rest.close();
}
