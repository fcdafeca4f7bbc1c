// The editor, loaded after the first answer: finds the page's fields, stands in for them, and shows what was found.
import { StandIn } from './stand-in.js';

const PLAIN = 'admit.plain';

// Storage may be forbidden; then the reader prefers nothing.
const prefersPlain = () => { try { return localStorage.getItem(PLAIN) === 'on'; } catch { return false; } };

const standing = new Map();
let page;

export function start(host) {
  page = host;
  page.on(what => { if (what === 'answered') whenIdle(); });
  // The page draws other fields on other benches.
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  addEventListener('admit-plain', look);
  look();
}

function look() {
  const wanted = prefersPlain() ? [] : [...document.querySelectorAll('.source textarea[data-document]')];
  for (const [field, editor] of standing) {
    if (!wanted.includes(field)) {
      if (field.isConnected) editor.remove();
      standing.delete(field);
    }
  }
  const fresh = wanted.filter(field => !standing.has(field));
  for (const field of fresh) {
    try {
      standing.set(field, new StandIn(field, page.utf16));
    } catch (error) {
      // The field is still there, and is still what is typed into.
      field.closest('.source').classList.remove('rich');
      page.act('say', `The editor could not start: ${error.message}`);
    }
  }
  if (fresh.length) found();
}

// The documents of a case by their names, as the engine counts them: texts, and lists of texts by name.
function documents(asked) {
  const texts = new Map();
  const walk = (path, value) => {
    if (typeof value === 'string') texts.set(path, value);
    else if (value && typeof value === 'object') for (const [key, inner] of Object.entries(value)) walk(`${path}.${key}`, inner);
  };
  for (const part of ['policy', 'subject', 'trust']) walk(part, asked[part]);
  return texts;
}

const idle = globalThis.requestIdleCallback ?? (work => setTimeout(work, 30));
let waiting = false;

// Marks can wait for a pause; what is typed can't.
function whenIdle() {
  if (waiting) return;
  waiting = true;
  idle(() => { waiting = false; found(); }, { timeout: 1000 });
}

function found() {
  // An answer to an older question points at places that may have moved.
  if (!standing.size || page.answered.revision !== page.asked.revision) return;
  const { asked, report } = page.read() ?? {};
  if (!report) return;
  const texts = documents(asked);
  const places = [
    ...report.findings.map((one, place) => ({ ...one.span, ...described(one, place) })).filter(one => one.document),
    ...(report.errors ?? []).map(error => ({ ...error.span, severity: 'error', message: `expected ${error.expected}, found ${error.found}` })),
  ];
  for (const editor of standing.values()) {
    editor.show(texts.get(editor.document) ?? editor.field.value, places.filter(place => place.document === editor.document));
  }
}

function described({ severity, message, help, fixes = [] }, place) {
  // A fix may edit several documents: the page applies it, by its own button of the same finding.
  const press = number =>
    document.querySelectorAll('.findings > li')[place]?.querySelectorAll('button[data-fix]')[number]?.click();
  return {
    severity,
    message: help ? `${message}\n${help}` : message,
    actions: fixes.map((fix, number) => ({ name: fix.title, apply: () => press(number) })),
  };
}
