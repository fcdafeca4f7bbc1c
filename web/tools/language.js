// Other languages. Every sentence of the page and its tools is English in one place each; a language is a table from
// those to its own. It is laid over what is drawn, so that neither the page nor a report depends on it. Findings are
// told from their rule and its arguments (decision 3); what a language lacks stays English, and is marked so.
export const LANGUAGES = { en: 'English', hu: 'Magyar' };

// The module of a language, and the name of its table there.
const TABLES = { hu: 'hungarian' };
const KEY = 'admit.language';
const ATTRIBUTES = ['title', 'aria-label', 'placeholder'];
// What is somebody's own text, and not ours to translate.
const FOREIGN = 'textarea, admit-editor, pre, code, .about, .example .title, .example .teaches, [translate="no"], script, style';

let table = null;
let observer = null;
let host = null;
// The language that is shown, or on its way.
let wanted = 'en';
// What each text was before, with what it became.
const before = new WeakMap();

export function chosen() {
  let kept = null;
  try { kept = localStorage.getItem(KEY); } catch { /* forbidden */ }
  return kept in LANGUAGES ? kept : 'en';
}

export function start(page) {
  host = page;
  page.on(what => { if (what === 'answered' && table) requestAnimationFrame(findings); });
  if (chosen() !== 'en') apply(chosen());
}

export function choose(language) {
  try { localStorage.setItem(KEY, language); } catch { /* it lasts for this visit */ }
  apply(language);
}

async function apply(language) {
  wanted = language;
  observer?.disconnect();
  table = null;
  walk(document.body);
  document.querySelectorAll('.told').forEach(told => told.remove());
  document.documentElement.lang = language;
  const name = TABLES[language];
  if (!name) return;
  let loaded;
  try {
    loaded = await host.load(name);
  } catch (error) {
    host.act('say', `${LANGUAGES[language]}: ${error.message}`);
    return;
  }
  // Another may have been chosen meanwhile.
  if (wanted !== language) return;
  table = loaded[name];
  observer = new MutationObserver(changes => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === 'characterData') text(target);
      else if (type === 'attributes') attribute(target, attributeName);
      else addedNodes.forEach(walk);
    }
  });
  walk(document.body);
  findings();
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
}

function walk(node) {
  if (node.nodeType === Node.TEXT_NODE) return text(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  ATTRIBUTES.forEach(name => attribute(node, name));
  if (!node.matches(FOREIGN)) node.childNodes.forEach(walk);
}

// The sentence in the chosen language; without a language, as it was.
function text(node) {
  const known = before.get(node);
  const english = known && known.now === node.data ? known.was : node.data;
  if (node.parentElement?.closest(FOREIGN)) return;
  const now = translate(english);
  if (now === node.data) return;
  before.set(node, { was: english, now });
  node.data = now;
}

function attribute(element, name) {
  const value = element.getAttribute(name);
  if (value === null) return;
  const kept = before.get(element) ?? {};
  const english = kept[name]?.now === value ? kept[name].was : value;
  const now = translate(english);
  if (now === value) return;
  before.set(element, { ...kept, [name]: { was: english, now } });
  element.setAttribute(name, now);
}

export function translate(english, words = table) {
  const bare = english.trim();
  if (!words || !bare) return english;
  const exact = words.exact[bare];
  if (exact !== undefined) return english.replace(bare, () => exact);
  for (const [pattern, made] of words.patterns) {
    const match = pattern.exec(bare);
    if (match) return english.replace(bare, () => made(...match.slice(1).map(part => (part === undefined ? part : translate(part, words)))));
  }
  return english;
}

// Findings, from their rules and arguments, beside the English that the report holds.
function findings() {
  const { report } = (table && host.read()) ?? {};
  if (!report) return;
  document.querySelectorAll('.findings > li').forEach((item, place) => {
    const finding = report.findings?.[place];
    item.querySelectorAll('.told').forEach(told => told.remove());
    const message = item.querySelector('.message');
    const told = finding && table.findings[finding.rule]?.(finding.args ?? {});
    message?.setAttribute('lang', 'en');
    if (!told || !message) return;
    const line = document.createElement('p');
    line.className = 'told';
    line.lang = document.documentElement.lang;
    line.textContent = told;
    message.before(line);
  });
}
