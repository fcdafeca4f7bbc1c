// A dialog: the browser's own, with its focus trap and its Escape, as the page's.
import { h } from './element.js';
import { words } from './words.js';

let number = 0;

// Opens a dialog. `make` gives its content and is given a function that closes it.
export function dialog(title, make, { wide = false } = {}) {
  number += 1;
  const id = `tool-${number}`;
  const close = () => element.close();
  const element = h('dialog', { class: wide ? 'tool wide' : 'tool', 'aria-labelledby': id },
    h('div', { class: 'dialog-head' },
      h('h2', { id }, title),
      h('button', { type: 'button', class: 'plain', onclick: close }, words.close)),
    make(close));
  element.addEventListener('close', () => element.remove());
  document.body.append(element);
  element.showModal();
  return element;
}

export const button = (label, onclick, attributes = {}) => h('button', { type: 'button', onclick, ...attributes }, label);

// Copies, and says so on the button for a moment.
export async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = words.copied;
  } catch {
    button.textContent = words.notCopied;
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}

// Hands a file to the browser, without any request.
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
