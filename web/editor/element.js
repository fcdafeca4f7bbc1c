// <admit-editor>: CodeMirror in a shadow root, because there its styles are adopted sheets, which the policy allows.
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap,
  lineNumbers, placeholder, rectangularSelection,
} from '@codemirror/view';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap } from '@codemirror/language';
import { gotoLine, highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';

import { extensionOf, languageOf } from './language.js';
import { look } from './look.js';

const SETTLE_MS = 300;

// What looks like nothing and matters: bidi marks, blanks of other widths, byte order marks.
const special = highlightSpecialChars({ addSpecialChars: /[\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g });

const point = StateEffect.define();
const pointed = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(point)) {
        const { from, to } = effect.value ?? {};
        return from < to ? Decoration.set(Decoration.mark({ class: 'cm-pointed' }).range(from, to)) : Decoration.none;
      }
    }
    return marks.map(transaction.changes);
  },
  provide: field => EditorView.decorations.from(field),
});

export class AdmitEditor extends HTMLElement {
  // Called by whoever made it, before it is put into the page.
  setUp({ text, document, label, hint, ontyped, onpaste }) {
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { display: block; height: 100%; min-width: 0; } .cm-editor { height: 100%; }');
    root.adoptedStyleSheets = [sheet];
    this.document = document;
    this.language = new Compartment();
    this.languageName = languageOf(text, document);
    const typed = EditorView.updateListener.of(update => {
      if (!update.docChanged) return;
      this.settle();
      if (!update.transactions.some(one => one.isUserEvent('set'))) ontyped();
    });
    // A paste may belong elsewhere; whoever made the editor knows.
    const paste = EditorView.domEventHandlers({ paste: event => { event.stopPropagation(); return onpaste(event); } });
    const state = EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), foldGutter(), special, history(), drawSelection(), rectangularSelection(),
        bracketMatching(), highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(),
        search({ top: true }), pointed, paste, typed, placeholder(hint), ...look,
        keymap.of([
          // Tab leaves the field, as everywhere on the page; Mod-g is the browser's own "find again".
          { key: 'Ctrl-Alt-g', run: gotoLine },
          ...searchKeymap.filter(({ key }) => key !== 'Mod-g'), ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap,
        ]),
        this.language.of(extensionOf(this.languageName)),
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', translate: 'no' }),
      ],
    });
    this.view = new EditorView({ state, parent: root, root });
  }

  get value() { return this.view.state.doc.toString(); }

  // Replaces what differs, so that the place that is looked at stays.
  set value(text) {
    const now = this.value;
    if (text === now) return;
    let from = 0;
    while (from < now.length && from < text.length && now[from] === text[from]) from += 1;
    let end = 0;
    const rest = Math.min(now.length, text.length) - from;
    while (end < rest && now[now.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    const changes = { from, to: now.length - end, insert: text.slice(from, text.length - end) };
    this.view.dispatch({ changes, userEvent: 'set' });
  }

  // The language is looked at again once typing rests.
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const name = languageOf(this.view.state.sliceDoc(0, 4000), this.document);
      if (name === this.languageName) return;
      this.languageName = name;
      this.view.dispatch({ effects: this.language.reconfigure(extensionOf(name)) });
    }, SETTLE_MS);
  }

  get length() { return this.view.state.doc.length; }

  set diagnostics(found) {
    // Nothing instead of nothing: a long text is not drawn anew for that.
    if (!found.length && !this.marked) return;
    this.marked = found.length > 0;
    const { length } = this;
    const inside = found.filter(({ from, to }) => from <= to && to <= length).sort((a, b) => a.from - b.from);
    this.view.dispatch(setDiagnostics(this.view.state, inside));
  }

  point(from, to) {
    const fits = to <= this.view.state.doc.length;
    this.view.dispatch({ effects: point.of(fits ? { from, to } : null) });
  }

  go(from, to) {
    const { length } = this.view.state.doc;
    const anchor = Math.min(from, length);
    this.view.dispatch({
      selection: { anchor, head: Math.min(to, length) },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    this.view.focus();
  }

  focus() { this.view.focus(); }

  disconnectedCallback() { clearTimeout(this.settling); }
}

customElements.define('admit-editor', AdmitEditor);
