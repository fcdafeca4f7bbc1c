// What the page must do. Each scenario opens pages of its own.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chained, pasted } from './documents.mjs';

const SHOTS = fileURLToPath(new URL('../screenshots', import.meta.url));

// Every bench that the page has, as its address names it.
const benches = page => page.page.locator('.tabs a').evaluateAll(tabs => tabs.map(tab => tab.getAttribute('href').slice(1)));

// The first visit shows a worked case; the article's first snippet is refused, and the offered fixes mend it.
export async function peer({ bench }) {
  const page = await bench();
  await page.verdict();

  await page.ask(pasted('peer/article-1-thumbprints'));
  await page.verdict('refused');
  await page.findings('thumbprint-abbreviated').first().waitFor();
  for (let left = 8; left > 0 && await page.fixes('thumbprint-abbreviated').count() > 0; left -= 1) {
    const before = await page.field('Cluster manifest').inputValue();
    await page.fixes('thumbprint-abbreviated').first().click();
    assert.notEqual(await page.field('Cluster manifest').inputValue(), before, 'the fix changed nothing');
    await page.verdict();
  }
  await page.verdict('admitted');
  assert.equal(await page.findings('thumbprint-abbreviated').count(), 0);

  // Typing goes on: another certificate, and then another time.
  await page.ask(pasted('peer/listed-nowhere'));
  await page.verdict('refused');
  await page.findings('thumbprint-not-listed').first().waitFor();
  await page.ask(pasted('peer/thumbprint-plain'));
  await page.verdict('admitted');
  await page.field('At').fill('2030-01-01T00:00:00Z');
  await page.verdict('refused');
  await page.findings('certificate-expired').first().waitFor();

  // What can't be read is said, and what was typed stays.
  const broken = pasted('peer/manifest-unreadable');
  await page.ask(broken);
  await page.verdict('indeterminate');
  assert.equal(await page.field('Cluster manifest').inputValue(), broken.manifest);
  await page.close();
}

// A chain and a root, pasted: the verdict, the picture in words, and the way from an element to its certificate.
export async function chain({ bench }) {
  const page = await bench({ hash: '#chain' });
  await page.verdict();
  assert.match(page.page.url(), /#chain\//, 'the bench does not begin with an example of its own');
  await page.unfold('Trust');

  await page.askChain(chained('chain/server-three-certificates'));
  await page.verdict('admitted');
  const picture = page.page.locator('svg.chain');
  await picture.getByText('Trusted root').waitFor();
  const words = page.page.getByText('The chain from the certificate to its root');
  assert.match(await words.textContent(), /www\.shop\.example; issued by .+; issued by .+ At its end: Trusted root\./);

  const broken = chained('chain/intermediate-missing');
  await page.askChain(broken);
  await page.verdict('refused');
  await page.findings('chain-incomplete').first().waitFor();
  assert.match(await words.textContent(), /issuer missing.*At its end: The issuer is not here\./);
  await page.page.locator('.cause').getByText('CERT_TRUST_IS_PARTIAL_CHAIN').waitFor();

  await picture.locator('.element').first().click();
  const chosen = await page.field('Certificates').evaluate(field =>
    [document.activeElement === field, field.value.slice(field.selectionStart, field.selectionEnd)]);
  assert.equal(chosen[0], true, 'the element does not lead to its certificate');
  assert.match(chosen[1], /^-----BEGIN CERTIFICATE-----/);

  // What is on a bench stays there, and is there after a reload.
  await page.page.getByRole('link', { name: 'Peer', exact: true }).click();
  await page.field('Cluster manifest').waitFor();
  await page.verdict();
  await page.page.getByRole('link', { name: 'Chain', exact: true }).click();
  await page.verdict('refused');
  assert.equal(await page.field('Certificates').inputValue(), broken.certificates);
  await page.page.reload();
  await page.verdict('refused');
  assert.equal(await page.field('Certificates').inputValue(), broken.certificates);
  await page.close();
}

// An identifier, typed: its characters, and what the server sees of it.
export async function session({ bench }) {
  const page = await bench({ hash: '#session' });
  await page.verdict();
  await page.field('Request').fill('');
  await page.field('Identifiers').fill('user&alice');
  await page.verdict('refused');
  await page.page.getByText('10 characters: 9 letters, 1 other sign').waitFor();
  const row = page.page.getByRole('row').filter({ hasText: 'only its beginning' });
  assert.match(await row.first().textContent(), /user.*urllib/);

  await page.page.getByLabel('Profile', { exact: true }).selectOption('azure-safe');
  await page.verdict('refused');
  await page.page.getByText('Marked: & at 5.').waitFor();
  await page.field('Identifiers').fill('3f2504e0-4f89-41d3-9a0c-0305e82c3301');
  await page.page.getByText('The server sees what you meant').waitFor();
  await page.page.getByText('122 bits by its structure').waitFor();
  await page.close();
}

// An enclave: the steps until it runs, its application as a form and as JSON, both ways, and the policy as JSON.
export async function enclave({ bench }) {
  const page = await bench({ hash: '#enclave/article-restored' });
  await page.verdict('admitted');
  const json = page.field('application');
  await page.page.getByText('If it is started now: ').waitFor();
  await page.page.getByRole('row').filter({ hasText: 'DEBUG' }).filter({ hasText: 'forbidden' }).first().waitFor();

  // What is typed into the form stands in the JSON, and the other way round.
  const form = page.page.locator('.pane').filter({ has: json }).locator('details.form');
  await form.locator('summary').click();
  const version = form.getByLabel('ISVSVN', { exact: true });
  await version.fill('1');
  await page.verdict('refused');
  assert.match(await json.inputValue(), /"isvsvn": 1,/);
  await page.findings('security-version-too-low').first().waitFor();
  await json.fill((await json.inputValue()).replace('"isvsvn": 1,', '"isvsvn": 2,'));
  await page.verdict('admitted');
  assert.equal(await version.inputValue(), '2');

  // A policy that can't be read says why, and what was decided before is not shown as current.
  const policy = page.field('Policy');
  const written = await policy.inputValue();
  await policy.fill('{ "debg": true }');
  await page.page.locator('#policy-note').getByText('debg').waitFor();
  assert.equal(await page.page.locator('[data-testid=verdict][aria-busy=true]').count(), 1);
  await policy.fill(written);
  await page.verdict('admitted');

  // An artefact is added, named and removed.
  await page.page.getByRole('button', { name: 'add an artefact', exact: true }).click();
  const added = page.field('artefact');
  await added.fill('docker run --privileged a/b');
  await page.verdict('refused');
  await page.findings('run-privileged').first().waitFor();
  await page.page.locator('.pane').filter({ has: added }).locator('.naming > summary').click();
  await page.page.getByLabel('name of artefact', { exact: true }).fill('other run');
  await page.page.getByLabel('name of artefact', { exact: true }).press('Tab');
  await page.field('other run').waitFor();
  await page.page.getByRole('button', { name: 'remove other run', exact: true }).click();
  await page.verdict('admitted');

  // An enclave as a file is measured, not shown.
  const stream = Buffer.concat([Buffer.from('ECREATE\0'), Buffer.from([1, 0, 0, 0, 0, 0, 128, 0, 0, 0, 0, 0]), Buffer.alloc(44)]);
  await page.page.locator('.pane').filter({ has: json }).locator('input[type=file]')
    .setInputFiles({ name: 'enclave.sgxs', mimeType: 'application/octet-stream', buffer: stream });
  await page.verdict('refused');
  await page.findings('sgxs-other-measurement').first().waitFor();
  assert.match(await page.field('enclave.sgxs').inputValue(), /"mrenclave": "[0-9a-f]{64}"/);
  await page.close();
}

// The run command as a form and as text, both ways: what is chosen there mends what was found.
export async function runCommand({ bench }) {
  const page = await bench({ hash: '#enclave/article-unprotected-run' });
  await page.verdict('refused');
  const text = page.field('run');
  const form = page.page.locator('.pane').filter({ has: text }).locator('details.form');
  await form.locator('summary').click();
  const field = label => form.getByLabel(label, { exact: true });
  const gone = rule => page.findings(rule).first().waitFor({ state: 'detached' });

  // The input image, one of another owner, and the one that the application is converted to.
  await page.findings('run-unprotected-image').first().waitFor();
  assert.equal(await field('Image').inputValue(), 'fortanix/python-flask');
  await field('Image').fill('fortanx-private/python-flask-sgx');
  await gone('run-unprotected-image');
  await page.findings('image-owner-near-miss').first().waitFor();
  await field('Image').fill('fortanix-private/python-flask-sgx');
  await gone('image-owner-near-miss');

  // What it needs, letter by letter where people type.
  await page.findings('run-without-sgx').first().waitFor();
  await field('Devices').pressSequentially('/dev/sgx_enclave');
  await field('AESM socket').selectOption('/var/run/aesmd');
  await field('Node agent’s address').pressSequentially('http://10.0.0.4:9092/v1/');
  await field('Ports').pressSequentially('443:443, 80:80');
  await field('In the background').selectOption('true');
  await gone('run-without-sgx');
  assert.equal((await text.inputValue()).trim(), 'sudo docker run --device /dev/sgx_enclave -v /var/run/aesmd:/var/run/aesmd '
    + '-e NODE_AGENT_BASE_URL=http://10.0.0.4:9092/v1/ -p 443:443 -p 80:80 -d fortanix-private/python-flask-sgx');

  // The form follows the text, and changes no more of it than its field.
  const lines = (name, device) => `docker run -it \\\n  --new=x ${device} \\\n  -e "A=b c" \\\n  --name '${name}' a/b:1 run --name it\n`;
  await text.fill(lines('one', '--device=/dev/isgx'));
  await page.findings('sgx-driver-retired').first().waitFor();
  for (const [label, value] of [['Image', 'a/b:1'], ['Name', 'one'], ['Devices', '/dev/isgx'], ['Environment', 'A=b c'], ['Ports', ''], ['AESM socket', '']]) {
    assert.equal(await field(label).inputValue(), value, label);
  }
  await field('Name').fill('two');
  await field('Devices').fill('/dev/sgx_enclave');
  await gone('sgx-driver-retired');
  assert.equal(await text.inputValue(), lines('two', '--device=/dev/sgx_enclave'));

  // A command alone is enough to begin with.
  await text.fill('docker run');
  await field('Name').fill('one');
  await field('Image').fill('a/b');
  assert.equal(await text.inputValue(), 'docker run --name one a/b');
  await page.close();
}

// Every example opens, and is decided as its author expects.
export async function gallery({ bench, server }) {
  const examples = JSON.parse(readFileSync(join(server.dist, 'gallery.json'), 'utf8'));
  assert.ok(examples.length >= 6, `${examples.length} examples`);
  const page = await bench();
  await page.verdict();
  for (const { id, case: example } of examples) {
    await page.page.getByRole('button', { name: 'Examples', exact: true }).click();
    const dialog = page.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^All \d+$/ }).click();
    await dialog.getByRole('button').filter({ hasText: example.title }).filter({ hasText: example.teaches }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.page.waitForFunction(id => location.hash === `#${id}`, id)
      .catch(() => assert.fail(`${id}: not in the address`));
    if (example.policy.manifest) {
      assert.equal((await page.field('Cluster manifest').inputValue()).trim(), example.policy.manifest.trim(), id);
    }
    const whole = example.expect.find(expect => expect.verdict && !expect.certificate && !expect.connection);
    await page.verdict(whole?.verdict);
    for (const rule of example.expect.flatMap(expect => expect.findings ?? [])) {
      await page.findings(rule).first().waitFor();
    }
  }
  await page.close();
}

// At 320 px nothing has to be scrolled sideways.
export async function narrow({ bench }) {
  const page = await bench({ viewport: { width: 320, height: 640 } });
  const fits = async (what, shown = page) => {
    const wide = await shown.page.evaluate(() => {
      const beyond = [...document.body.querySelectorAll('*')].filter(element => {
        const { right, width } = element.getBoundingClientRect();
        // What scrolls or is cut off by itself does not widen the page.
        const inside = element.parentElement?.closest('.marks, .found, .tabs, pre, textarea');
        return width > 0 && right > innerWidth + 1 && !inside;
      });
      const names = beyond.slice(0, 5).map(element => `${element.localName}.${element.className}`);
      return { width: document.documentElement.scrollWidth, names };
    });
    assert.ok(wide.width <= 320, `${what}: ${wide.width} px wide: ${wide.names.join(', ')}`);
  };
  await page.verdict();
  await fits('the first visit');
  for (const name of ['peer/article-1-thumbprints', 'peer/article-3-common-names', 'peer/rotation', 'peer/manifest-unreadable']) {
    await page.ask(pasted(name));
    await page.verdict();
    await fits(name);
    // Long traces and rules are folded; unfolded they must fit as well.
    await page.page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
    await fits(`${name}, unfolded`);
  }
  for (const hash of ['#chain/intermediate-missing', '#chain/issuer-is-a-server', '#session/wire-injection', '#session/identifier-mail']) {
    const other = await bench({ viewport: { width: 320, height: 640 }, hash });
    await other.verdict();
    await other.page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
    await fits(hash, other);
    await other.close();
  }
  await page.close();
}

// Light and dark differ, and both are readable: axe finds nothing.
export async function themes({ bench }) {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const grounds = new Set();
  for (const colorScheme of ['light', 'dark']) {
    const page = await bench({ colorScheme });
    const clean = async what => {
      const found = await page.page.evaluate(async () => (await globalThis.axe.run()).violations);
      const told = found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => `${node.target} ${node.html.slice(0, 120)}`).join(' ')}`);
      assert.deepEqual(told, [], `${what}, ${colorScheme}`);
    };
    // The first example must not come while somebody types.
    await page.verdict();
    await page.ask(pasted('peer/article-1-thumbprints'));
    await page.verdict('refused');
    grounds.add(await page.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor));
    // evaluate() is not held up by the page's policy, which stays on.
    await page.page.evaluate(axe);
    const names = await benches(page);
    assert.ok(names.length >= 4, names.join());
    for (const name of names) {
      await page.page.locator(`.tabs a[href="#${name}"]`).click();
      await page.verdict();
      await page.page.locator('#what-if section').waitFor();
      await clean(name);
    }
    // What is opened on top, and the editor.
    for (const name of ['Examples', 'Rules', 'Share', 'Help']) {
      await page.page.getByRole('button', { name, exact: true }).click();
      const dialog = page.page.locator('dialog[open]');
      await dialog.waitFor();
      await clean(name);
      await page.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    await page.page.evaluate(() => { localStorage.setItem('admit.plain', 'off'); dispatchEvent(new Event('admit-plain')); });
    await page.page.locator('admit-editor').first().waitFor();
    await clean('the editor');
    await page.close();
  }
  assert.equal(grounds.size, 2, `one background for both themes: ${[...grounds]}`);
}

// Pictures of every bench in both themes and at 320 px, for people to look at: in an ignored folder.
export async function screenshots({ bench }) {
  mkdirSync(SHOTS, { recursive: true });
  const shapes = [['light', 1280, 900], ['dark', 1280, 900], ['light', 320, 640]];
  const all = await bench();
  await all.verdict();
  const names = await benches(all);
  await all.close();
  for (const [colorScheme, width, height] of shapes) {
    for (const name of names) {
      const page = await bench({ colorScheme, viewport: { width, height }, hash: `#${name}`, editor: width > 600 });
      await page.verdict();
      if (width > 600) await page.page.locator('admit-editor').first().waitFor();
      await page.page.locator('#what-if section').waitFor();
      const file = join(SHOTS, `${name}-${colorScheme}-${width}.png`);
      await page.page.screenshot({ path: file, fullPage: true });
      assert.ok(statSync(file).size > 10_000, `${file} is empty`);
      await page.close();
    }
  }
}

// Nothing goes to another origin, and nothing that was typed goes anywhere: not as a body, not in an address.
export async function noRequests({ bench, server }) {
  const page = await bench();
  await page.verdict();
  const canary = 'canary-7f3a9c';
  const asked = pasted('peer/article-1-thumbprints');
  await page.ask({ ...asked, manifest: asked.manifest.replace('7c8f...01b0', canary), certificates: `${canary}\n\n${asked.certificates}` });
  await page.verdict('refused');
  await page.field('At').fill('2026-11-23T00:00:00Z');
  await page.verdict('refused');
  // Time for whatever might be sent late.
  await page.page.waitForTimeout(500);

  assert.ok(!page.page.url().includes(canary), `the address holds what was typed: ${page.page.url()}`);
  const typed = [canary, 'd5ec...4264', asked.certificates.split('\n')[2]];
  for (const request of [...page.requests, ...server.requests]) {
    const url = new URL(request.url, server.origin);
    assert.equal(url.origin, server.origin, `a request to another origin: ${url}`);
    assert.equal(request.method, 'GET', `a request that sends: ${request.method} ${url}`);
    assert.equal(request.body, '', `a request with a body: ${url}`);
    for (const text of typed) {
      assert.ok(!decodeURIComponent(url.href).includes(text), `an address with what was typed: ${url}`);
    }
  }
  assert.ok(server.requests.length > 0 && page.requests.length > 0, 'no request was seen at all');
  await page.close();
}
