// Puts an editor in the place of a plain field. The field stays what the page knows: it says that something was typed, its
// value is what the editor holds, and what the page puts into it shows in the editor. The browser's own field is empty
// meanwhile: it would lay out a long text at every key for nobody to see.
import './element.js';

const native = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');

export class StandIn {
  constructor(field, utf16) {
    this.field = field;
    this.utf16 = utf16;
    this.document = field.dataset.document;
    this.source = field.closest('.source');
    const label = document.querySelector(`label[for="${field.id}"]`)?.textContent ?? this.document;
    const editor = document.createElement('admit-editor');
    editor.setUp({
      text: field.value, document: this.document, label, hint: field.placeholder,
      ontyped: () => field.dispatchEvent(new InputEvent('input', { bubbles: true })), onpaste: event => this.paste(event),
    });
    this.editor = editor;
    const hadFocus = document.activeElement === field;
    const { selectionStart, selectionEnd } = field;
    this.source.classList.add('rich');
    this.source.append(editor);
    field.setAttribute('aria-hidden', 'true');
    field.tabIndex = -1;
    Object.defineProperty(field, 'value', {
      configurable: true,
      get: () => editor.value,
      set: text => { editor.value = text.replace(/\r\n?/g, '\n'); },
    });
    native.set.call(field, '');
    let range = [0, 0];
    field.setSelectionRange = (...chosen) => { range = chosen; };
    this.stop = new AbortController();
    const { signal } = this.stop;
    field.addEventListener('focus', () => editor.focus(), { signal });
    field.addEventListener('admit-go', () => editor.go(...range), { signal });
    // The editor is left as a field is: what waits for a rest is read.
    editor.addEventListener('focusout', () => field.dispatchEvent(new Event('change', { bubbles: true })), { signal });
    this.pointing = new MutationObserver(() => this.point());
    this.pointing.observe(field, { attributeFilter: ['data-pointed'] });
    if (hadFocus) editor.go(selectionStart, selectionEnd);
  }

  // The page decides where a paste belongs; it is asked as if the field had been pasted into.
  paste(event) {
    const { clipboardData } = event;
    const asked = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    if (!this.field.dispatchEvent(asked)) event.preventDefault();
    return event.defaultPrevented;
  }

  point() {
    const [start, end] = (this.field.dataset.pointed ?? '').split(' ').map(Number);
    const [from, to] = end ? this.utf16(this.text ?? this.field.value, Uint32Array.of(start, end)) : [0, 0];
    this.editor.point(from, to);
  }

  // Shows what was found. `text` is the document as the engine read it, which its spans count in bytes of.
  show(text, found) {
    this.text = text;
    if (!found.length) { this.editor.diagnostics = []; return; }
    const offsets = found.flatMap(({ start, end }) => [start, end]);
    const order = [...offsets.keys()].sort((a, b) => offsets[a] - offsets[b]);
    const converted = this.utf16(text, Uint32Array.from(order, at => offsets[at]));
    const units = [];
    order.forEach((at, place) => { units[at] = converted[place]; });
    const { length } = this.editor;
    this.editor.diagnostics = found.map(({ severity, message, actions }, at) => {
      const from = Math.min(units[2 * at], length);
      return { from, to: Math.max(Math.min(units[2 * at + 1], length), from), severity, message, actions, source: undefined };
    });
  }

  // Gives the field back.
  remove() {
    const { field } = this;
    this.stop.abort();
    this.pointing.disconnect();
    const { value } = field;
    delete field.value;
    delete field.setSelectionRange;
    native.set.call(field, value);
    field.removeAttribute('aria-hidden');
    field.removeAttribute('tabindex');
    this.source.classList.remove('rich');
    this.editor.remove();
  }
}
