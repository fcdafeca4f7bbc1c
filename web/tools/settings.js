// Settings and history: the language, the editor, what was here before.
import { button, dialog } from './dialog.js';
import { h, verdict } from './element.js';
import { LANGUAGES, choose, chosen } from './language.js';
import { written } from './scrubber.js';
import { words } from './words.js';

const get = key => { try { return localStorage.getItem(key); } catch { return null; } };
const set = (key, value) => { try { localStorage.setItem(key, value); } catch { /* it lasts for this visit */ } };

export function settings(tools) {
  const past = h('ul', { class: 'past' });
  const element = dialog(words.settings, close => {
    tools.past.all().then(all => {
      past.replaceChildren(...all.map(({ when, kind, title, verdict: decided, question }) => h('li', {},
        button(words.restore, () => { close(); tools.page.act('case', question); }, { 'aria-label': words.restoreThat(title || kind, written(when)) }), ' ',
        h('time', {}, written(when)), ' ', h('span', { class: 'kind' }, kind), ' ', title, ' ', decided && verdict(decided))));
      if (!all.length) past.replaceChildren(h('li', { class: 'note' }, words.noPast));
    });
    const language = h('select', { id: 'language', onchange: () => choose(language.value) },
      Object.entries(LANGUAGES).map(([id, name]) => h('option', { value: id, selected: id === chosen(), lang: id }, name)));
    const plain = h('input', {
      type: 'checkbox', checked: get('admit.plain') === 'on',
      onchange: () => { set('admit.plain', plain.checked ? 'on' : 'off'); dispatchEvent(new Event('admit-plain')); },
    });
    const address = h('input', { type: 'text', id: 'import', autocomplete: 'off', spellcheck: 'false' });
    return [
      h('p', { class: 'control' }, h('label', { for: 'language' }, words.language), language),
      h('p', {}, h('label', { class: 'check' }, plain, words.plain)),
      h('h3', {}, words.open), h('p', { class: 'note' }, words.openHow),
      h('p', { class: 'control' }, h('label', { for: 'import' }, words.address), address,
        button(words.get, () => bring(address.value, tools.page, close))),
      h('h3', {}, words.past), h('p', { class: 'note' }, words.pastHow), past,
      h('p', { class: 'actions' }, button(words.forgetPast, async () => { await tools.past.forget(); close(); }, { class: 'plain' })),
    ];
  });
  return element;
}

// Fetches a document of this origin, and puts it where it belongs, as if it had been pasted into the page.
async function bring(address, page, close) {
  const url = new URL(address, document.baseURI);
  close();
  if (url.origin !== location.origin) return page.act('say', words.notHere);
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    const data = new DataTransfer();
    data.setData('text/plain', await response.text());
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  } catch (error) {
    page.act('say', error.message);
  }
}
