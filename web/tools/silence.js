// How many requests there were, and to whom: counted by the browser and shown, so that the promise can be checked.
import { h } from './element.js';
import { words } from './words.js';

export class Silence {
  constructor(page) {
    this.files = 0;
    this.elsewhere = 0;
    this.sent = 0;
    const observer = new PerformanceObserver(list => { list.getEntries().forEach(entry => this.count(entry)); this.draw(); });
    observer.observe({ type: 'resource', buffered: true });
    page.on(what => { if (what === 'answered') this.draw(); });
    this.draw();
  }

  count({ name }) {
    const url = new URL(name);
    // What the page hands to the browser to save, and pictures of its own, are no requests.
    if (['data:', 'blob:'].includes(url.protocol)) return;
    this.files += 1;
    if (url.origin !== location.origin) this.elsewhere += 1;
    // The page's own files have no query: one could carry what was typed.
    if (url.search) this.sent += 1;
  }

  draw() {
    const place = document.getElementById('silence');
    if (!place) return;
    const text = words.silence(this.elsewhere, this.sent, this.files);
    if (place.textContent === text) return;
    place.replaceChildren(h('span', { 'data-elsewhere': String(this.elsewhere), 'data-sent': String(this.sent) }, text));
  }
}
