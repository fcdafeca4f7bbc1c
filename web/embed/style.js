// The element's own style: adopted, so that no policy forbids it. Themed by custom properties with the names below; the
// colours without them are those of the reader's theme.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; color-scheme: light dark; container-type: inline-size; position: relative;
  --ink: var(--admit-ink, light-dark(#1a1c1f, #e4e6e9)); --quiet: var(--admit-ink-quiet, light-dark(#5b6068, #a0a6af));
  --surface: var(--admit-surface, light-dark(#fff, #1a1c20)); --sunken: var(--admit-sunken, light-dark(#f1f1ee, #16181b));
  --line: var(--admit-line, light-dark(#dfdfda, #2c2f35)); --edge: var(--admit-edge, light-dark(#868a91, #747a84));
  --accent: var(--admit-accent, light-dark(#254fc4, #93b4ff));
  --good: var(--admit-admitted, light-dark(#14693a, #74d19b)); --good-tint: var(--admit-admitted-tint, light-dark(#e6f3eb, #14261c));
  --bad: var(--admit-refused, light-dark(#b0241c, #ff968c)); --bad-tint: var(--admit-refused-tint, light-dark(#fcebe9, #331a1a));
  --open: var(--admit-indeterminate, light-dark(#7d5200, #e9bd66)); --open-tint: var(--admit-indeterminate-tint, light-dark(#faf1dd, #2b2313)); }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.frame { font: var(--admit-font, 15px/1.5 system-ui, sans-serif); color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-radius: var(--admit-radius, 6px); overflow: auto; display: grid; height: 100%; align-content: start; }
.fallback { display: none; }
label, summary { font-size: 13px; font-weight: 600; }
summary { cursor: pointer; padding: 6px 12px; }
.editor { padding: 8px 12px 0; display: block; }
textarea { display: block; width: 100%; margin: 4px 0 8px; padding: 8px; border: 1px solid var(--edge); border-radius: 4px; background: var(--sunken); color: inherit; font: var(--admit-code-font, 13px/1.45 ui-monospace, Menlo, Consolas, monospace); white-space: pre; overflow: auto; resize: vertical; tab-size: 4; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.verdict { padding: 10px 12px; background: var(--open-tint); }
.verdict.admitted { background: var(--good-tint); } .verdict.refused { background: var(--bad-tint); }
.verdict[aria-busy=true] { opacity: .6; transition: opacity 0s .15s; }
.word { margin: 0; font-size: 17px; font-weight: 650; color: var(--open); }
.admitted .word, .then.admitted { color: var(--good); } .refused .word, .then.refused { color: var(--bad); } .then.indeterminate { color: var(--open); }
.verdict p + p { margin: 2px 0 0; }
ul { margin: 0; padding: 0 12px 6px; list-style: none; font-size: 14px; }
li { padding: 3px 0; } li ul { padding: 0 0 0 14px; border-inline-start: 1px solid var(--line); margin-inline-start: 4px; }
code { font: 12.5px/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-size: 13px; }
.mark { width: 14px; height: 14px; vertical-align: -2px; } .stroke { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.then { display: inline-flex; align-items: center; gap: 4px; }
button, .open { font: inherit; font-size: 14px; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 4px; padding: 3px 10px; min-height: 28px; cursor: pointer; }
.open { border-color: transparent; color: var(--accent); }
.toolbar { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; padding: 4px 12px 8px; }
.end { margin-inline-start: auto; }
details { border-top: 1px solid var(--line); }
@container (min-width: 720px) { .frame { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .documents { border-inline-end: 1px solid var(--line); } .toolbar { grid-column: 1 / -1; border-top: 1px solid var(--line); } }
@media (forced-colors: active) { .frame, .verdict { border: 1px solid CanvasText; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print { :host { height: auto !important; } .frame { display: none; } .fallback { display: block; } }
`);

export const style = sheet;
