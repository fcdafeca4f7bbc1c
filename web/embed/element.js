// What an <admit-playground> becomes: documents, the verdict, what was found, and why.
import { h, prose, verdict } from '../tools/element.js';
import { encode } from '../tools/link.js';
import { evaluate } from './engine.js';
import { apply, documents, holdsSecret, put, read } from './source.js';
import { style } from './style.js';
import { OUTCOME, wordsIn } from './words.js';

const PAUSE_MS = 60;
const ROWS = 14;
// Pixels within which an element keeps the height of its source.
const LOWEST = 220;
const HIGHEST = 900;

export class View {
  constructor(host, base) {
    this.host = host;
    this.base = base;
    this.number = 0;
    this.words = wordsIn(host.lang);
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    // What is there keeps its height, so that nothing below jumps; what needs more is scrolled to. `auto` grows.
    const { height } = host.getBoundingClientRect();
    if (host.getAttribute('height') !== 'auto') host.style.height = `${Math.min(Math.max(Math.round(height), LOWEST), HIGHEST)}px`;
    this.documents = h('div', { class: 'documents', part: 'editor' });
    this.word = h('p', { class: 'word' });
    this.summary = h('p', {});
    this.status = h('div', { class: 'verdict', part: 'verdict', role: 'status' }, this.word, this.summary);
    this.findings = h('ul', { part: 'findings' });
    this.why = h('ul', {});
    this.trace = h('details', { part: 'trace' }, h('summary', {}, this.words.why), this.why);
    this.cost = h('span', { class: 'quiet end' });
    this.open = h('a', { class: 'open', target: '_blank', rel: 'noopener', onclick: event => this.opened(event) }, this.words.open);
    this.reset = h('button', { type: 'button', hidden: true, onclick: () => this.restore() }, this.words.reset);
    this.toolbar = h('div', { class: 'toolbar', part: 'toolbar' }, this.open, this.reset, this.cost);
    root.replaceChildren(
      h('div', { class: 'frame', part: 'frame' }, this.documents, h('div', {}, this.status, this.findings, this.trace), this.toolbar),
      h('div', { class: 'fallback' }, h('slot')));
    this.ready = this.begin();
  }

  get state() { return { case: structuredClone(this.asked), report: this.report ?? null }; }

  async begin() {
    try {
      this.asked = await this.source();
      this.original = structuredClone(this.asked);
      this.draw();
      await this.evaluate();
      this.tell('admit-ready', this.state);
    } catch (error) {
      this.failed(error);
    }
  }

  // The case from `src`, which must be of the page's own origin, or from between the tags.
  async source() {
    const src = this.host.getAttribute('src');
    if (!src) return read(this.host);
    const url = new URL(src, document.baseURI);
    if (url.origin !== location.origin) throw new Error(`expected an address of this origin, found ${url.origin}`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    return response.json();
  }

  restore() {
    this.asked = structuredClone(this.original);
    this.draw();
    return this.evaluate();
  }

  async set({ case: asked, parts = {} }) {
    if (asked) this.asked = structuredClone(asked);
    for (const [part, text] of Object.entries(parts)) put(this.asked, part.includes('.') ? part : documents(this.asked).find(([path]) => path.endsWith(`.${part}`))?.[0] ?? `subject.${part}`, text);
    this.draw();
    return this.evaluate();
  }

  draw() {
    const fixed = this.host.hasAttribute('readonly');
    const field = ([path, text], place) => {
      const label = this.words.part(path);
      const area = h('textarea', {
        rows: String(Math.min(Math.max(text.split('\n').length, 3), ROWS)), spellcheck: 'false', autocapitalize: 'off', readonly: fixed, value: text, 'aria-label': label,
        'data-path': path, translate: 'no', oninput: () => this.typed(path, area.value),
      });
      if (place === 0) return h('label', { class: 'editor' }, label, area);
      return h('details', {}, h('summary', {}, label), h('div', { class: 'editor' }, area));
    };
    this.documents.replaceChildren(...documents(this.asked).map(field), h('p', { class: 'toolbar quiet' }, `${this.words.at} ${this.asked.at.replace('T', ' ').replace(/(:00)?Z$/, ' UTC')}`));
    this.open.href = this.address;
    this.changedSince();
  }

  get address() { return new URL(this.host.getAttribute('open-href') ?? './', this.host.hasAttribute('open-href') ? document.baseURI : this.base).href; }

  changedSince() { this.reset.hidden = JSON.stringify(this.asked) === JSON.stringify(this.original); }

  typed(path, text) {
    put(this.asked, path, text);
    this.changedSince();
    this.status.setAttribute('aria-busy', 'true');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.evaluate().catch(() => {}), PAUSE_MS);
  }

  // The newest question counts; an older answer is dropped.
  async evaluate() {
    this.number += 1;
    const number = this.number;
    this.status.setAttribute('aria-busy', 'true');
    try {
      const report = await evaluate(this.base, this.asked);
      if (number === this.number) this.show(report);
      return report;
    } catch (error) {
      if (number === this.number) this.failed(error);
      throw error;
    }
  }

  show(report) {
    this.report = report;
    this.status.className = `verdict ${report.verdict}`;
    this.status.removeAttribute('aria-busy');
    this.host.dataset.verdict = report.verdict;
    this.word.replaceChildren(verdict(report.verdict, this.words.verdicts[report.verdict]));
    // The verdict stands above; what follows it is the reason.
    const reason = report.summary.replace(/^(Admitted|Refused|Indeterminate): /, '');
    this.summary.replaceChildren(...prose(reason.charAt(0).toUpperCase() + reason.slice(1)));
    this.findings.replaceChildren(...report.findings.slice(0, 20).map(finding => this.finding(finding)));
    this.why.replaceChildren(this.step(report.trace));
    this.cost.textContent = `${this.words.engine} ${report.engine}`;
    this.tell('admit-result', this.state);
  }

  finding(finding) {
    const fixes = this.host.hasAttribute('readonly') ? [] : finding.fixes ?? [];
    const fix = one => h('p', { class: 'quiet' }, h('button', { type: 'button', 'data-fix': '', onclick: () => this.set({ case: apply(this.asked, one) }) }, one.title), ' ', one.then && [`${this.words.then} `, verdict(one.then)]);
    return h('li', { 'data-rule': finding.rule }, h('span', {}, this.words.severities[finding.severity], ': '), prose(finding.message),
      finding.span && h('span', { class: 'quiet' }, ` (${this.words.place(finding.span)})`), fixes.slice(0, 2).map(fix));
  }

  step({ label, detail, outcome, span, steps = [] }) {
    return h('li', {}, h('span', { class: 'quiet' }, `${OUTCOME[outcome] ?? ''} `), h('strong', {}, label), ' ', prose(detail ?? ''),
      span && h('span', { class: 'quiet' }, ` (${this.words.place(span)})`), steps.length > 0 && h('ul', {}, steps.map(one => this.step(one))));
  }

  failed(error) {
    this.status.className = 'verdict';
    this.status.removeAttribute('aria-busy');
    this.word.textContent = this.words.noVerdict;
    this.summary.textContent = error.message;
    this.tell('admit-error', { message: error.message });
  }

  // The link is made on the click, and holds what is shown then; never a private key or a token.
  async opened(event) {
    if (!this.asked || holdsSecret(JSON.stringify(this.asked))) return;
    event.preventDefault();
    const body = await encode({ case: this.asked, engine: this.report?.engine, verdict: this.report?.verdict, findings: [...new Set((this.report?.findings ?? []).map(one => one.rule))] });
    globalThis.open(`${this.address}#${body}`, '_blank', 'noopener');
  }

  changed(name) {
    if (name === 'lang') {
      this.words = wordsIn(this.host.lang);
      this.trace.firstChild.textContent = this.words.why;
      this.open.textContent = this.words.open;
      this.reset.textContent = this.words.reset;
      this.draw();
      if (this.report) this.show(this.report);
    } else if (name === 'readonly' || name === 'open-href') this.draw();
    else if (name === 'at' && this.host.hasAttribute('at')) { this.asked.at = this.host.getAttribute('at'); this.draw(); this.evaluate().catch(() => {}); } else if (name === 'kind' || name === 'src') this.ready = this.begin();
  }

  connected() {}

  disconnected() { clearTimeout(this.timer); }

  tell(name, detail) { this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })); }
}

// The frame opens links with what the element brings along.
export { decode } from '../tools/link.js';
