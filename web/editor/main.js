// The editor, loaded after the first answer: finds the page's fields, stands in for them, and shows what was found.
import { StandIn } from './stand-in.js';

const PLAIN = 'admit.plain';

// Storage may be forbidden; then the reader prefers nothing.
const prefersPlain = () => { try { return localStorage.getItem(PLAIN) === 'on'; } catch { return false; } };

const standing = new Map();
let page;

export function start(host) {
  page = host;
  page.on(what => { if (what === 'answered') found(); });
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

// The documents of a case by their names, as the engine counts them.
function documents(asked) {
  const texts = new Map();
  for (const part of ['policy', 'subject', 'trust']) {
    for (const [key, value] of Object.entries(asked[part] ?? {})) if (typeof value === 'string') texts.set(`${part}.${key}`, value);
  }
  return texts;
}

function found() {
  const { revision, text, question } = page.answered;
  // An answer to an older question points at places that may have moved.
  if (!standing.size || !question || revision !== page.asked.revision) return;
  const report = JSON.parse(text);
  if (!report.verdict) return;
  const texts = documents(JSON.parse(question));
  const places = [
    ...report.findings.map((one, place) => ({ ...one.span, ...described(one, place) })).filter(one => one.document),
    ...(report.errors ?? []).map(error => ({ ...error.span, severity: 'error', message: `expected ${error.expected}, found ${error.found}` })),
  ];
  for (const editor of standing.values()) {
    editor.show(texts.get(editor.document) ?? '', places.filter(place => place.document === editor.document));
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
