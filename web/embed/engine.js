// One engine for all elements of a page: a thread for each family of kinds, or, where a page may not start threads (a
// frame of an opaque origin), the same module in the page itself.
import { FAMILY } from '../js/family.js';

const engines = new Map();

let policy;
const trusted = (address, base) => {
  policy ??= globalThis.trustedTypes?.createPolicy('admit-engine', {
    createScriptURL: one => { if (!one.startsWith(base)) throw new TypeError('a worker from elsewhere'); return one; },
  }) ?? { createScriptURL: one => one };
  return policy.createScriptURL(address);
};

class Thread {
  constructor(base, name) {
    this.asked = new Map();
    this.number = 0;
    this.worker = new Worker(trusted(new URL('engine.worker.js', base).href, base), { type: 'module', name });
    this.worker.onmessage = ({ data }) => this.take(data.id, data);
    this.worker.onerror = event => this.end(event.message || 'the engine could not be loaded');
  }

  take(id, data) {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if (data.stopped !== undefined) { asked?.failed(new Error(data.stopped)); this.end(data.stopped); } else asked?.answered(data.report);
  }

  // A thread that stopped is of no more use; the next question gets another.
  end(why) {
    this.worker.terminate();
    this.ended = true;
    for (const { failed } of this.asked.values()) failed(new Error(why));
    this.asked.clear();
  }

  evaluate(text) {
    this.number += 1;
    const id = this.number;
    return new Promise((answered, failed) => {
      this.asked.set(id, { answered, failed });
      this.worker.postMessage({ id, text });
    });
  }
}

// In the page itself: slower to type in, but the same answers.
class Here {
  constructor(base, name) {
    this.module = import(new URL(`admit-${name}.js`, base)).then(async module => { await module.default(); return module; });
  }

  async evaluate(text) { return (await this.module).evaluate(text); }
}

function engine(base, kind) {
  const name = FAMILY[kind];
  if (!name) throw new Error(`expected a kind (${Object.keys(FAMILY).join(', ')}), found ${kind}`);
  const key = `${base} ${name}`;
  if (!engines.has(key) || engines.get(key).ended) {
    let made;
    try { made = new Thread(base, name); } catch { made = new Here(base, name); }
    engines.set(key, made);
  }
  return engines.get(key);
}

// The report of a case; rejects where the case itself can't be read.
export async function evaluate(base, asked) {
  const report = JSON.parse(await engine(base, asked.kind).evaluate(JSON.stringify(asked)));
  if (!report.verdict) throw new Error(`expected ${report.expected}, found ${report.found}`);
  return report;
}
