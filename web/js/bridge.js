// Where the page meets the modules that are loaded after it: the editor and the tools. They see every question and every
// answer as the text that the engine got and gave, and ask the page to act by a name and a text.
import { FAMILY } from './family.js';
import { serve, spawn } from './spawn.js';

export const page = {
  // Where the page's files are.
  base: '',
  // The newest question, and the newest answer with the question that it belongs to.
  asked: { revision: 0, text: '' },
  answered: { revision: -1, text: '', question: '' },
  // What the address said before the page wrote its own there.
  arrived: location.hash,
  act: () => {},
  utf16: () => [],
  secret: () => true,
  // A thread of the engine that decides a kind.
  thread: kind => spawn(new URL('engine.worker.js', page.base).href, FAMILY[kind]),
  // Keeps the page for when there is no network. Not where there is no network to speak of: a file, a sandbox.
  keep: () => (globalThis.admitModules || !navigator.serviceWorker ? null : serve(new URL('service-worker.js', page.base).href).catch(() => null)),
  // The newest answer as an object, with what was asked; null where there is none, or no verdict. Read once: both are long.
  read() {
    const { revision, text, question } = page.answered;
    if (kept.revision !== revision) {
      const report = question ? JSON.parse(text) : {};
      kept = { revision, read: report.verdict ? { asked: JSON.parse(question), report } : null };
    }
    return kept.read;
  },
  // A module by its name, loaded once.
  load: name => load(name),
  on(heard) {
    listeners.add(heard);
    return () => listeners.delete(heard);
  },
};

let kept = { revision: -1, read: null };

const listeners = new Set();
const tell = what => listeners.forEach(heard => heard(what));
const questions = new Map();

export const start = (base, act, utf16, secret) => {
  Object.assign(page, { base, act, utf16, secret });
  // A link that somebody shared is opened at once; everything else waits for the first answer.
  if (/^#\d+\./.test(page.arrived)) open('shared');
};

export const asked = (revision, text) => {
  page.asked = { revision, text };
  questions.clear();
  questions.set(revision, text);
  tell('asked');
};

export const answered = (revision, text) => {
  page.answered = { revision, text, question: questions.get(revision) ?? '' };
  if (page.answered.revision >= 0) idle(() => load('editor'));
  idle(() => load('tools'));
  tell('answered');
};

// The newest of what can wait: done when nothing else is to be done, and at the latest when the page goes.
let waiting = null;
const work = () => {
  const newest = waiting;
  waiting = null;
  newest?.();
};
addEventListener('pagehide', work);
export const whenIdle = newest => {
  if (!waiting) idle(work);
  waiting = newest;
};

const idle = globalThis.requestIdleCallback ? work => requestIdleCallback(work, { timeout: 2000 }) : work => setTimeout(work, 200);

const loading = new Map();
const load = name => {
  if (!loading.has(name)) {
    // The page as one file holds its modules.
    const inside = globalThis.admitModules?.[name];
    const module = inside ? inside() : import(new URL(`lazy/${name}.js`, page.base));
    loading.set(name, module.then(module => {
      module.start(page);
      return module;
    }));
    // A module that does not come is missed, not mourned: the page works without. The next wish tries again.
    loading.get(name).catch(() => loading.delete(name));
  }
  return loading.get(name);
};

// Opens a tool by its name.
export const open = (name, value = '') =>
  load('tools').then(tools => tools.open(name, value)).catch(error => page.act('say', `${name}: ${error.message}`));
