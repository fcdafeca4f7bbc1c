// What if: another instant, another policy, another subject. A panel below the time line.
import { button } from './dialog.js';
import { compare } from './comparison.js';
import { cover } from './coverage.js';
import { h, prose, verdict } from './element.js';
import { scrubber } from './scrubber.js';
import { coveredOver, lineOf, testing, words } from './words.js';

export class WhatIf {
  constructor(tools) {
    this.tools = tools;
    this.pinned = null;
    this.coverage = null;
    const idle = globalThis.requestIdleCallback ?? (work => setTimeout(work, 30));
    tools.page.on(what => {
      if (what !== 'answered' || this.waiting) return;
      this.waiting = true;
      idle(() => { this.waiting = false; this.draw(); }, { timeout: 1000 });
    });
    this.draw();
  }

  get answered() { return this.tools.page.read(); }

  draw() {
    const place = document.getElementById('what-if');
    const now = this.answered;
    if (!place || !now) return;
    // A slider that is being moved stays where it is: its own answers would pull it away.
    const scrub = document.getElementById('scrub');
    if (document.activeElement?.id !== 'scrubber') scrub?.replaceChildren(scrubber(now.report, this.tools.page.act).element);
    if (this.kind !== now.asked.kind) { this.kind = now.asked.kind; this.pinned = null; this.coverage = null; }
    const held = place.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    place.replaceChildren(h('section', { 'aria-labelledby': 'what-if-title' },
      h('h3', { id: 'what-if-title' }, words.whatIf),
      this.comparison(now), this.expectations(now), this.lines(now)));
    // What was pressed keeps the focus, as what is pressed next to read on.
    if (held) place.querySelector(`[data-does="${held}"]`)?.focus();
  }

  comparison({ asked, report }) {
    const pin = () => { this.pinned = { question: this.tools.page.answered.question, asked, report }; this.draw(); };
    if (!this.pinned) return h('p', { class: 'actions' }, button(words.pin, pin, { 'data-does': 'pin' }), h('span', { class: 'note' }, words.pinHow));
    const { same, verdict: [before, after], cells, gone, come } = compare(this.pinned.report, report);
    const finding = one => h('li', {}, prose(one.message));
    return h('div', { class: 'pinned', 'data-testid': 'pinned', 'data-same': String(same) },
      h('p', { class: 'then-now' }, `${words.pinned}: `, verdict(before), ' → ', `${words.now}: `, verdict(after), same && h('span', { class: 'note' }, words.same)),
      cells.length > 0 && h('table', { class: 'compared' }, h('caption', { class: 'away' }, words.changed),
        h('thead', {}, h('tr', {}, [words.what, words.before, words.after].map(label => h('th', { scope: 'col' }, label)))),
        h('tbody', {}, cells.map(one => h('tr', {}, h('th', { scope: 'row' }, one.what), h('td', {}, one.before), h('td', {}, one.after))))),
      gone.length > 0 && [h('h4', {}, words.gone), h('ul', { class: 'plain-list' }, gone.map(finding))],
      come.length > 0 && [h('h4', {}, words.come), h('ul', { class: 'plain-list' }, come.map(finding))],
      h('p', { class: 'actions' }, button(words.pinAgain, pin, { 'data-does': 'pin' }),
        button(words.backToPinned, () => this.tools.page.act('case', this.pinned.question), { 'data-does': 'back' }),
        button(words.unpin, () => { this.pinned = null; this.draw(); }, { class: 'plain', 'data-does': 'unpin' })));
  }

  expectations({ asked, report }) {
    const expect = asked.expect ?? [];
    const change = expect => this.tools.page.act('case', JSON.stringify({ ...asked, expect }, null, 2));
    const item = ({ asks, missing }, place) => h('li', { class: missing.length ? 'refused' : 'admitted', 'data-met': String(!missing.length) },
        h('span', { class: 'met' }, missing.length ? `✕ ${words.unmet}` : `✓ ${words.met}`), ' ',
        h('span', { class: 'asks' }, asks), missing.length > 0 && h('span', { class: 'note' }, ` ${missing.join('; ')}`),
        button('×', () => change(expect.filter((_, other) => other !== place)), { class: 'plain', 'aria-label': words.forget(asks) }));
    return h('div', {}, h('h4', {}, words.expected),
      expect.length > 0 && h('ul', { class: 'expectations', 'aria-busy': String(this.heldFor !== report) }, this.held(asked, report).map(item)),
      h('p', { class: 'actions' }, button(words.expectThis, () => change([...expect, { verdict: report.verdict }]), { 'data-does': 'expect' }),
        h('span', { class: 'note' }, expect.length ? '' : words.expectHow)));
  }

  // What came of each expectation, as the core says; while it is asked, what came of them before.
  held(asked, report) {
    if (this.holding !== report) {
      this.holding = report;
      this.tools.engine.send('formats', JSON.stringify({ case: asked, report })).then(text => {
        if (this.holding !== report) return;
        [this.results, this.heldFor] = [JSON.parse(text), report];
        this.draw();
      }).catch(() => {});
    }
    return this.heldFor?.kind === report.kind ? this.results : [];
  }

  lines({ asked, report }) {
    const { coverage } = this;
    const stale = coverage && coverage.policy !== JSON.stringify(asked.policy);
    const start = async () => {
      this.trying?.abort();
      this.trying = new AbortController();
      const { signal } = this.trying;
      const policy = JSON.stringify(asked.policy);
      const examples = await this.tools.examples();
      const told = (done, of) => { this.coverage = { policy, done, of }; this.draw(); };
      told(0, 0);
      const result = await cover(asked, report, examples, this.tools.engine, told, signal);
      if (result) { this.coverage = { policy, result }; this.draw(); }
    };
    const item = one => h('li', { class: one.decided ? '' : 'never' },
      one.line > 0 ? button(lineOf(one.line), () => this.tools.goTo(one.document, one.start, one.end), { class: 'place' }) : null, ' ',
      h('code', {}, one.label), ' ', h('span', { class: 'note' }, one.decided ? coveredOver(one.decided) : words.neverDecided));
    const result = !stale && coverage?.result;
    return h('div', { 'data-testid': 'coverage' }, h('h4', {}, words.coverage),
      h('p', { class: 'actions' }, button(words.cover, start, { 'data-does': 'cover' }),
        h('span', { class: 'note', role: 'status' }, !stale && coverage && !result ? testing(coverage.done, coverage.of) : words.coverHow)),
      result && h('ul', { class: 'covered' }, [...result.covered].sort((a, b) => Number(a.decided > 0) - Number(b.decided > 0)).map(item)));
  }
}
