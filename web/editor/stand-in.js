// Puts an editor in the place of a plain field. The field stays what the page knows: what is typed in the editor is
// typed into it, and what the page puts into it shows in the editor. So nothing is lost when the editor fails.
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
      ontyped: text => this.type(text), onpaste: event => this.paste(event),
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
      get: () => native.get.call(field),
      set: text => { native.set.call(field, text); editor.value = native.get.call(field); },
    });
    this.stop = new AbortController();
    const { signal } = this.stop;
    field.addEventListener('focus', () => editor.focus(), { signal });
    field.addEventListener('admit-go', () => editor.go(field.selectionStart, field.selectionEnd), { signal });
    this.pointing = new MutationObserver(() => this.point());
    this.pointing.observe(field, { attributeFilter: ['data-pointed'] });
    if (hadFocus) editor.go(selectionStart, selectionEnd);
  }

  type(text) {
    native.set.call(this.field, text);
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true }));
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
    const offsets = found.flatMap(({ start, end }) => [start, end]);
    const order = [...offsets.keys()].sort((a, b) => offsets[a] - offsets[b]);
    const converted = this.utf16(text, Uint32Array.from(order, at => offsets[at]));
    const units = [];
    order.forEach((at, place) => { units[at] = converted[place]; });
    const { length } = this.editor.value;
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
    delete field.value;
    field.removeAttribute('aria-hidden');
    field.removeAttribute('tabindex');
    this.source.classList.remove('rich');
    this.editor.remove();
  }
}
