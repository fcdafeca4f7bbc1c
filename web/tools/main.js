// The tools: everything that the page can do besides answering. Loaded when the first answer is there, or when asked for.
import { Engine } from './engine.js';
import { start as speak } from './language.js';
import { folders } from './folders.js';
import { Past } from './history.js';
import { rules } from './rules.js';
import { runAll } from './run-all.js';
import { settings } from './settings.js';
import { share } from './share.js';
import { openShared } from './shared.js';
import { Silence } from './silence.js';
import { WhatIf } from './what-if.js';

let tools;

export function start(page) {
  let examples;
  tools = {
    page,
    engine: new Engine(page),
    // The gallery, fetched once and again if it did not come.
    examples() {
      examples ??= fetch(new URL('gallery.json', page.base)).then(response => response.json()).catch(() => { examples = undefined; return []; });
      return examples;
    },
    // Goes to a place of a document, in UTF-16 units: to the editor through its field.
    goTo(name, start, end) {
      const field = document.querySelector(`textarea[data-document="${CSS.escape(name)}"]`);
      if (!field) return;
      field.closest('details')?.setAttribute('open', '');
      field.focus();
      field.setSelectionRange(start, end);
      field.dispatchEvent(new Event('admit-go'));
    },
  };
  tools.past = new Past(page);
  new WhatIf(tools);
  new Silence(page);
  folders(page);
  speak(page);
  page.keep();
  const address = () => { if (location.hash.startsWith('#rules')) open('rules', location.hash.slice('#rules/'.length)); };
  addEventListener('hashchange', address);
  if (page.arrived.startsWith('#rules')) open('rules', page.arrived.slice('#rules/'.length));
}

const OPEN = {
  rules: id => {
    document.querySelectorAll('dialog.tool').forEach(one => one.close());
    return rules(tools, id);
  },
  'run-all': () => runAll(tools),
  settings: () => settings(tools),
  share: () => share(tools),
  shared: () => openShared(tools.page, tools.page.arrived),
};

export function open(name, value) {
  return OPEN[name]?.(value);
}
