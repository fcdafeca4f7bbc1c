// The editor's colours and measures: the page's own custom properties, which reach into a shadow root.
import { EditorView } from '@codemirror/view';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--code)', lineHeight: '1.45', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-quiet)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--hover) 45%, transparent)' },
  '.cm-placeholder': { color: 'var(--ink-quiet)', whiteSpace: 'pre-wrap', display: 'inline-block', maxWidth: 'min(52ch, 38vw)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--looked-at)' },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--indeterminate-tint)', outline: '1px solid var(--edge)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--looked-at)' },
  '.cm-pointed': { backgroundColor: 'var(--looked-at)', outline: '1.5px solid var(--accent)', borderRadius: '2px' },
  '.cm-matchingBracket': { backgroundColor: 'var(--hover)', outline: '1px solid var(--edge)' },
  '.cm-specialChar': { color: 'var(--refused)', backgroundColor: 'var(--refused-tint)', outline: '1px solid currentColor', borderRadius: '2px' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--hover)', border: '1px solid var(--edge)', color: 'var(--ink)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', font: '14px var(--prose)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search label, .cm-panel.cm-gotoLine label': { fontSize: '13px' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '4px', padding: '3px 6px' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '4px', minHeight: '24px' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '6px', boxShadow: 'var(--float)', font: '14px/1.5 var(--prose)', maxWidth: 'min(60ch, 90vw)' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeftWidth: '3px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--refused)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--indeterminate)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--accent)' },
  '.cm-diagnosticAction': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)', font: '13px var(--prose)', padding: '3px 8px', minHeight: '24px', borderRadius: '4px' },
  '.cm-lintRange-error': { backgroundImage: 'none', backgroundColor: 'var(--refused-tint)', boxShadow: '0 0 0 1px var(--refused)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', backgroundColor: 'var(--indeterminate-tint)', boxShadow: '0 2px 0 var(--indeterminate)' },
  '.cm-lintRange-info': { backgroundImage: 'none', boxShadow: '0 2px 0 var(--accent)' },
  '.cm-lint-marker': { width: '12px', height: '12px', content: 'none', position: 'relative', marginTop: '3px', borderRadius: '6px' },
  '.cm-lint-marker-error': { backgroundColor: 'var(--refused)' },
  '.cm-lint-marker-warning': { backgroundColor: 'var(--indeterminate)', borderRadius: '0', clipPath: 'polygon(50% 0, 100% 100%, 0 100%)' },
  '.cm-lint-marker-info': { backgroundColor: 'var(--accent)', transform: 'scale(.6)' },
  '@media (forced-colors: active)': {
    '.cm-lintRange': { outline: '1px solid Highlight' },
    '.cm-lint-marker': { forcedColorAdjust: 'none', backgroundColor: 'CanvasText' },
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.keyword, tags.typeName], color: 'var(--accent)' },
  { tag: [tags.attributeName, tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--indeterminate)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--admitted)' },
  { tag: [tags.comment, tags.meta, tags.documentMeta, tags.processingInstruction], color: 'var(--ink-quiet)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--accent)' },
  { tag: tags.invalid, color: 'var(--refused)' },
]);

export const look = [theme, syntaxHighlighting(colours)];
