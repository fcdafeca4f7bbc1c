// Who gets in as what: the matrix of the peer bench, read as somebody reads it who can't see it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { pasted } from './documents.mjs';

// What the table says by the headers of its columns and its rows, wherever cells span several: the rows, each its name and [connection][role].
const read = table => table.evaluate(table => {
  const grid = [];
  [...table.rows].forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y]?.[x]) x += 1;
      for (let down = 0; down < cell.rowSpan; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) (grid[y + down] ??= [])[x + right] = cell;
      }
    }
  });
  const text = cell => cell.textContent.replaceAll('\u200b', '').trim();
  const [groups, roles, ...rows] = grid;
  const said = rows.map(row => {
    const own = {};
    row.slice(1).forEach((cell, place) => {
      (own[text(groups[place + 1])] ??= {})[text(roles[place + 1])] =
        { word: text(cell.querySelector('.cell')), spans: cell.colSpan, all: text(cell), signs: cell.querySelectorAll('.cell .mark path').length };
    });
    return [text(row[0]), own];
  });
  const scopes = [...table.tHead.rows].map(row => [...row.cells].map(cell => cell.scope).join());
  return { said, scopes, columns: [...table.querySelectorAll('colgroup')].map(one => one.span), heads: rows.every(row => row[0].scope === 'row') };
});

// An admin, a user and two nodes: each by role, on every connection.
export async function matrix({ bench }) {
  const page = await bench({ hash: '#peer/article-1-roles-on' });
  await page.verdict();
  const table = page.page.locator('table.roles');
  const { said, scopes, columns, heads } = await read(table);
  assert.deepEqual(scopes, ['col,colgroup,colgroup,colgroup,colgroup', 'col,col,col,col,col,col']);
  assert.deepEqual(columns, [1, 1, 2, 2, 1]);
  assert.ok(heads, 'a row without a header');
  assert.deepEqual(said.map(([name]) => name), ['operator.fabric.example', 'viewer.fabric.example', 'node1.cluster.fabric.example', 'node1.cluster.fabric.example']);
  const [admin, user, node, other] = said.map(([, own]) => own);

  for (const gateway of ['Client to gateway', 'Client to HTTP gateway']) {
    const words = one => Object.fromEntries(Object.entries(one[gateway]).map(([role, cell]) => [role, cell.word]));
    assert.deepEqual(words(admin), { 'admin client': 'admitted', 'user client': 'admitted' });
    assert.deepEqual(words(user), { 'admin client': 'refused', 'user client': 'admitted' });
    assert.deepEqual(words(node), { 'admin client': 'refused', 'user client': 'refused' });
    // What was granted is said with its reason and its place, and what follows from it is said shortly.
    assert.match(admin[gateway]['admin client'].all, /AdminClientCertThumbprints.*line \d+/);
    assert.match(admin[gateway]['user client'].all, /As an admin client\./);
    assert.match(user[gateway]['admin client'].all, /As a user client only\./);
    assert.match(user[gateway]['user client'].all, /`?ClientCertThumbprints`?.*line \d+/);
    // What holds for both is drawn once.
    assert.deepEqual(Object.values(node[gateway]).map(cell => cell.spans), [2, 2]);
    assert.deepEqual(Object.values(user[gateway]).map(cell => cell.spans), [1, 1]);
  }
  assert.equal(node['Node to node']['cluster peer'].word, 'admitted');
  assert.equal(admin['Node to node']['cluster peer'].word, 'refused');
  assert.deepEqual([node, other].map(one => one['Server to client'].cluster.word), ['refused', 'admitted']);
  for (const one of said.flatMap(([, own]) => Object.values(own)).flatMap(Object.values)) assert.equal(one.signs, 1, 'a verdict without its sign');

  // The place in a cell is a button: the keyboard goes to the line that decided, and comes back.
  const place = table.getByRole('button', { name: /line \d+/ }).first();
  await place.focus();
  await page.page.keyboard.press('Enter');
  await page.page.waitForFunction(() => document.activeElement.id === 'manifest');
  await page.page.keyboard.press('Escape');
  assert.ok(await place.evaluate(place => place === document.activeElement), 'Escape does not lead back');

  // Where it has no room each cell says where it belongs.
  await page.page.setViewportSize({ width: 320, height: 640 });
  const shown = await table.locator('td').evaluateAll(cells => cells.map(cell => cell.querySelector('.column').checkVisibility() && cell.querySelector('.column').textContent));
  assert.deepEqual(shown.slice(0, 6), ['Node to node: cluster peer', 'Client to gateway: admin client', 'Client to gateway: user client',
    'Client to HTTP gateway: admin client', 'Client to HTTP gateway: user client', 'Server to client: cluster']);
  assert.ok(shown.includes('Client to gateway: admin client, user client'), `${shown}`);
  await page.close();

  // The certificate of some nodes: a user client everywhere, and perhaps an admin client there, which nothing refuses.
  const some = await bench();
  await some.ask(pasted('peer/deploy-node-type'));
  await some.page.locator('table.roles').getByText('A user client for certain, and perhaps more.').first().waitFor();
  const open = (await read(some.page.locator('table.roles'))).said[0][1]['Client to gateway'];
  assert.deepEqual([open['admin client'].word, open['user client'].word], ['indeterminate', 'admitted']);
  await some.close();

  // In both themes, wide and narrow, axe finds nothing in it.
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 320]) {
      const shown = await bench({ hash: '#peer/article-1-roles-on', colorScheme, viewport: { width, height: 640 } });
      await shown.verdict();
      await shown.page.evaluate(axe);
      const found = await shown.page.evaluate(async () => (await globalThis.axe.run('.by-role')).violations);
      assert.deepEqual(found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120))}`), [], `${colorScheme}, ${width}`);
      assert.ok(await shown.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}: it has to be scrolled sideways`);
      await shown.close();
    }
  }

  // Without client roles a client has one, with every right.
  const unrestricted = await bench({ hash: '#peer/article-1-thumbprints' });
  await unrestricted.verdict();
  const without = await read(unrestricted.page.locator('table.roles'));
  assert.ok(without.said.length > 0);
  for (const [, own] of without.said) assert.deepEqual(Object.keys(own['Client to gateway']), ['client with every right']);
  assert.match(await unrestricted.page.locator('.by-role .note').textContent(), /^Client roles are not in effect/);
  await unrestricted.close();
}
