// <admit-playground>: a case in a page of documentation, live. What is between its tags is the source, and what is shown
// without script, in print and to search engines. Nothing else is loaded before the element comes into view or is
// clicked (`loading="lazy|eager|click"`); what is loaded then is loaded once for the whole page.
let module;
const load = () => (module ??= import(new URL('lazy/embed.js', import.meta.url)).catch(error => { module = undefined; throw error; }));

let io;
const seen = () => (io ??= new IntersectionObserver(entries => entries.forEach(({ isIntersecting, target }) => {
  if (isIntersecting) { io.unobserve(target); target.start(); }
}), { rootMargin: '200px' }));

class AdmitPlayground extends HTMLElement {
  static observedAttributes = ['kind', 'at', 'lang', 'readonly', 'height', 'src', 'open-href'];

  connectedCallback() {
    // Room that is reserved is not taken from what stands below.
    if (this.getAttribute('height')) this.style.minHeight = `${parseInt(this.getAttribute('height'), 10) || 0}px`;
    const loading = this.getAttribute('loading');
    if (this.view) this.view.connected();
    else if (loading === 'eager') this.start();
    else if (loading === 'click') this.addEventListener('click', this, { once: true });
    else seen().observe(this);
  }

  disconnectedCallback() {
    io?.unobserve(this);
    this.view?.disconnected();
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after) this.view?.changed(name);
  }

  handleEvent() { this.start(); }

  // Loads what is needed and takes the place of the source. Resolves when the first report is there.
  start() {
    this.started ??= load().then(({ View }) => {
      this.view = new View(this, new URL('.', import.meta.url).href);
      return this.view.ready;
    }).catch(error => {
      this.started = undefined;
      this.dispatchEvent(new CustomEvent('admit-error', { detail: { message: error.message }, bubbles: true, composed: true }));
    });
    return this.started;
  }

  // The report of what is shown.
  async evaluate() { await this.start(); return this.view.evaluate(); }

  // The case, and its report once there is one.
  async getState() { await this.start(); return this.view.state; }

  // Shows another case: `{ case }`, or documents by their parts: `{ parts: { manifest: '…' } }`.
  async setState(state) { await this.start(); return this.view.set(state); }
}

customElements.get('admit-playground') ?? customElements.define('admit-playground', AdmitPlayground);
