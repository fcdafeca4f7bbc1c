// The catalog: a page for every rule, found by its id, its words, or the address `#rules/ID`.
import { dialog } from './dialog.js';
import { h, prose } from './element.js';
import { words } from './words.js';

// Rules that are listed at once; a search narrows them.
const LISTED = 60;

const SEVERITY = { error: 'refused', warning: 'indeterminate', info: 'quiet' };

export async function rules({ page }, wanted) {
  const response = await fetch(new URL('rules.json', page.base));
  const all = await response.json();
  const found = h('div', { class: 'rules' });
  const count = h('p', { class: 'note', role: 'status' });
  const field = h('input', { type: 'text', id: 'rule-search', autocomplete: 'off', spellcheck: 'false', value: wanted, oninput: () => list(field.value) });
  const list = text => {
    const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
    const exact = all.find(rule => rule.id === text);
    const matching = exact ? [exact] : all.filter(rule => parts.every(part => searched(rule).includes(part)));
    count.textContent = words.rulesFound(matching.length, all.length);
    found.replaceChildren(...matching.slice(0, LISTED).map(rule => card(rule, matching.length === 1)));
  };
  const close = () => { if (location.hash.startsWith('#rules')) history.replaceState(null, '', location.pathname + location.search); };
  const element = dialog(words.rules, () => [
    h('p', { class: 'control' }, h('label', { for: 'rule-search' }, words.search), field), count, found,
  ], { wide: true });
  element.addEventListener('close', close);
  list(wanted);
  field.focus();
  return element;
}

const searched = rule => (rule.searched ??=
  [rule.id, rule.title, rule.what, rule.why, ...rule.kinds, rule.citation.source, rule.citation.place, ...(rule.aliases ?? [])].join(' ').toLowerCase());

function card(rule, open) {
  const example = (label, text) => text && [h('h4', {}, label), h('pre', { tabindex: '0', 'aria-label': label }, text)];
  return h('details', { class: 'rule-page', open, 'data-rule-page': rule.id },
    h('summary', {}, h('code', {}, rule.id), ' ', h('span', {}, prose(rule.title)), ' ',
      h('span', { class: `note ${SEVERITY[rule.severity]}` }, rule.severity)),
    h('p', {}, prose(rule.what)), h('p', {}, prose(rule.why)),
    example(words.bad, rule.bad), example(words.good, rule.good),
    h('p', { class: 'note' }, `${rule.citation.source}, ${rule.citation.place}. ${words.kinds}: ${rule.kinds.join(', ')}. `,
      h('a', { href: `#rules/${rule.id}` }, words.linkToRule)));
}
