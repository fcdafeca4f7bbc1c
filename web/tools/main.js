// The tools: everything that the page can do besides answering. Loaded when the first answer is there, or when asked for.
import { Engine } from './engine.js';
import { share } from './share.js';
import { openShared } from './shared.js';

let tools;

export function start(page) {
  tools = { page, engine: new Engine(page) };
}

const OPEN = {
  share: () => share(tools),
  shared: () => openShared(tools.page, tools.page.arrived),
};

export function open(name, value) {
  return OPEN[name]?.(value);
}
