// The engine's thread. A panic is a trap that leaves the instance in an unknown state: the page is told, ends this
// worker and starts another.
import init, { evaluate } from './admit-engine.js';

const ready = init();

self.onmessage = async ({ data: { id, text } }) => {
  try {
    await ready;
    self.postMessage({ id, report: evaluate(text) });
  } catch (error) {
    self.postMessage({ id, stopped: String(error?.message ?? error) });
  }
};
