// The page as a user has it: fields by their labels, the verdict, the findings. Everything odd is remembered.

import assert from 'node:assert/strict';

const VERDICT = '[data-testid=verdict]';

export class Bench {
  // A page of its own, with nothing stored, at `hash`; the other options are those of a Playwright context.
  // Fields are plain unless `editor` is wanted: both hold the same text, and a plain one is read more easily.
  static async open(browser, server, { hash = '', editor = false, silent = false, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block', ...options });
    if (!editor) await context.addInitScript(() => { try { localStorage.setItem('admit.plain', 'on'); } catch { /* forbidden */ } });
    const bench = new Bench(await context.newPage(), server);
    if (!silent) await bench.page.goto(server.origin + '/' + hash);
    return bench;
  }

  constructor(page, server) {
    this.page = page;
    this.server = server;
    this.odd = [];
    this.requests = [];
    page.setDefaultTimeout(15_000);
    page.on('console', message => {
      // The tests block the service worker, but for the one that is about it.
      if (/blocked by Playwright/.test(message.text())) return;
      if (['error', 'warning', 'assert'].includes(message.type())) this.odd.push(`console: ${message.text()}`);
    });
    page.on('pageerror', error => this.odd.push(`error: ${error.message}`));
    page.on('requestfailed', request => {
      // A reload gives up what was still on its way; what is forbidden or not there fails under other names.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') this.odd.push(`failed: ${request.url()}`);
    });
    page.on('response', response => {
      if (response.status() >= 400) this.odd.push(`${response.status()}: ${response.url()}`);
    });
    page.on('websocket', socket => this.odd.push(`socket: ${socket.url()}`));
    page.context().on('request', request =>
      this.requests.push({ method: request.method(), url: request.url(), body: request.postData() ?? '' }));
  }

  field(label) {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  // What is asked, as somebody pastes it. An instant is typed as RFC 3339.
  async ask({ manifest, certificates, at = '2026-11-22T00:00:00Z' }) {
    // A field that is filled while the first example arrives would hold half of each.
    await this.verdict();
    await this.field('At').fill(at);
    await this.field('Certificates').fill(certificates);
    await this.field('Cluster manifest').fill(manifest);
  }

  // Unfolds what the bench has folded.
  async unfold(label) {
    await this.page.locator('details.fold > summary').filter({ hasText: label }).click();
  }

  // What is asked of a chain. Trust has to be unfolded.
  async askChain({ certificates, roots, name, at }) {
    await this.field('At').fill(at);
    await this.field('Certificates').fill(certificates);
    await this.field('Roots').fill(roots);
    await this.field('Name').fill(name);
    await this.page.getByLabel('Purpose', { exact: true }).selectOption('server authentication');
  }

  // Waits until the verdict belongs to what is in the fields, and is this one (any, without one).
  async verdict(expected) {
    const value = expected ? `[data-verdict="${expected}"]` : '[data-verdict]';
    const shown = this.page.locator(`${VERDICT}${value}:not([aria-busy=true])`);
    try {
      await shown.waitFor();
    } catch {
      const there = await this.page.locator(VERDICT).evaluateAll(found => found.map(one => one.outerHTML.slice(0, 600)));
      assert.fail(`no verdict ${expected ?? ''}; the page shows ${there.join('\n') || 'none'}\n${this.odd.join('\n')}`);
    }
    return shown.getAttribute('data-verdict');
  }

  findings(rule) {
    return this.page.locator(rule ? `[data-rule="${rule}"]` : '[data-rule]');
  }

  // The buttons of a rule's findings that apply a fix: places and unfolding are other buttons.
  fixes(rule) {
    return this.findings(rule).locator('button[data-fix]');
  }

  // Nothing in the console, no failed request, no violated policy. Then the page is closed.
  async close() {
    assert.deepEqual(this.odd, [], 'the page logged something');
    await this.page.context().close();
  }
}
