// What was typed and answered, kept in this browser so that nothing is lost: to a reload, to another tab, to an example
// opened on top of it. Never a private key or a token.
import { words } from './words.js';

const NAME = 'admit';
const STORE = 'cases';
// Cases that are kept, and the rest after which one is kept while somebody types.
const KEPT = 40;
const REST_MS = 2500;

export class Past {
  constructor(page) {
    this.page = page;
    const rest = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), REST_MS);
    };
    page.on(what => { if (what === 'answered') rest(); });
    // What was answered before the tools came.
    rest();
    addEventListener('pagehide', () => this.keep());
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel('admit') : null;
    if (this.channel) this.channel.onmessage = ({ data }) => this.heard(data);
  }

  // Another tab keeps the same bench: said once, since the stored case is then the newest of both.
  heard({ kind }) {
    const mine = this.last && JSON.parse(this.last).kind === kind;
    if (!mine || this.told) return;
    this.told = true;
    this.page.act('say', words.twoTabs);
  }

  async keep() {
    const { question, text } = this.page.answered;
    if (!question || question === this.last || this.page.secret(question)) return;
    this.last = question;
    try {
      const { kind, title } = JSON.parse(question);
      const verdict = JSON.parse(text).verdict;
      await this.transact('readwrite', async (store, ask) => {
        const all = await ask(store.getAll());
        for (const one of all.filter(one => one.question === question)) store.delete(one.when);
        all.slice(0, Math.max(all.length - KEPT + 1, 0)).forEach(one => store.delete(one.when));
        store.put({ when: Date.now(), kind, title: title ?? '', verdict, question });
      });
      this.channel?.postMessage({ kind });
    } catch { /* storage may be forbidden or full: then what is typed stays in this tab only */ }
  }

  // The newest first.
  async all() {
    try {
      return (await this.transact('readonly', (store, ask) => ask(store.getAll()))).reverse();
    } catch {
      return [];
    }
  }

  forget() {
    return this.transact('readwrite', store => { store.clear(); });
  }

  async transact(mode, work) {
    this.base ??= new Promise((opened, failed) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'when' });
      request.onsuccess = () => opened(request.result);
      request.onerror = () => failed(request.error);
    });
    const base = await this.base;
    const ask = request => new Promise((answered, failed) => {
      request.onsuccess = () => answered(request.result);
      request.onerror = () => failed(request.error);
    });
    return work(base.transaction(STORE, mode).objectStore(STORE), ask);
  }
}
