// Every example, decided in this browser, compared byte for byte with what the build decided.
import { button, dialog } from './dialog.js';
import { h, verdict } from './element.js';
import { sha256 } from './receipt.js';
import { words } from './words.js';

export function runAll(tools) {
  const { page } = tools;
  const status = h('p', { role: 'status', 'data-testid': 'run-all' }, words.starting);
  const list = h('ul', { class: 'ran' });
  const stop = new AbortController();
  const element = dialog(words.runAll, () => [h('p', {}, words.runAllHow), status, list]);
  element.addEventListener('close', () => stop.abort());
  run().catch(error => { status.textContent = error.message; });
  return element;

  async function run() {
    const shipped = await (await fetch(new URL('results.json', page.base))).json();
    const examples = await tools.examples();
    let same = 0;
    for (const [place, { id, case: example }] of examples.entries()) {
      if (stop.signal.aborted) return;
      const expected = shipped.find(one => one.id === id);
      const { raw, report } = await tools.engine.evaluate(example);
      const hash = await sha256(raw);
      const equal = expected?.report === hash;
      same += Number(equal);
      status.textContent = words.ran(place + 1, examples.length, same);
      if (!equal) {
        list.append(h('li', {}, button(example.title ?? id, () => { element.close(); page.act('example', id); }, { class: 'place' }), ' ',
          expected ? verdict(expected.verdict) : words.notShipped, ' → ', verdict(report.verdict)));
      }
    }
    status.dataset.same = String(same === examples.length && same === shipped.length);
    status.textContent = `${words.ran(examples.length, examples.length, same)} ${same === examples.length ? words.allSame : words.notAllSame}`;
  }
}
