// An engine of the tools' own, so that what they try never delays what is typed. One question at a time.
const PATIENCE_MS = 20_000;

export class Engine {
  constructor(page) {
    this.page = page;
    this.threads = new Map();
    this.number = 0;
    this.last = Promise.resolve();
  }

  // The report of a case (an object, or its JSON): as text and as an object. Rejects where the case can't be read.
  evaluate(question) {
    const asked = typeof question === 'string' ? JSON.parse(question) : question;
    const text = typeof question === 'string' ? question : JSON.stringify(question);
    const answer = this.last.then(() => this.ask(asked.kind, text));
    this.last = answer.catch(() => {});
    return answer;
  }

  async ask(kind, text) {
    const raw = await this.send(kind, text);
    const report = JSON.parse(raw);
    if (!report.verdict) throw new Error(`expected ${report.expected}, found ${report.found}`);
    return { raw, report };
  }

  send(kind, text) {
    if (!this.threads.has(kind)) this.threads.set(kind, this.page.thread(kind));
    const worker = this.threads.get(kind);
    this.number += 1;
    const id = this.number;
    return new Promise((answered, failed) => {
      const end = why => {
        worker.terminate();
        this.threads.delete(kind);
        failed(new Error(why));
      };
      const timer = setTimeout(() => end('the engine did not answer'), PATIENCE_MS);
      worker.onerror = event => { clearTimeout(timer); end(event.message || 'the engine could not be loaded'); };
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        clearTimeout(timer);
        if (typeof data.report === 'string') answered(data.report);
        else end(data.stopped ?? 'the engine stopped');
      };
      worker.postMessage({ id, text });
    });
  }
}
