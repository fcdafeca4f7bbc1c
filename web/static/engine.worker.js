// A thread of the engine, called by the name of its module. A panic is a trap that leaves the instance in an unknown
// state: the page is told, ends this worker and starts another.
const ready = import(`./admit-${self.name}.js`).then(async module => {
  await module.default();
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
