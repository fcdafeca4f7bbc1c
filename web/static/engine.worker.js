// A thread of the engine, called by the name of its module. A panic is a trap that leaves the instance in an unknown
// state: the page is told, ends this worker and starts another.
import integrity from './integrity.js';

const ready = import(`./admit-${self.name}.js`).then(async module => {
  const name = `admit-${self.name}_bg.wasm`;
  // The browser refuses a module that is not the one that was built.
  await module.default({ module_or_path: fetch(new URL(name, import.meta.url), { integrity: integrity[name] }) });
  return module;
});

self.onmessage = async ({ data: { id, text } }) => {
  try {
    const { evaluate } = await ready;
    self.postMessage({ id, report: evaluate(text) });
  } catch (error) {
    self.postMessage({ id, stopped: String(error?.message ?? error) });
  }
};
