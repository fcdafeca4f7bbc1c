// The dialog that shares and exports. Nothing is made before a click, and nothing goes anywhere by itself.
import { button, copy, dialog, save } from './dialog.js';
import { h } from './element.js';
import { exports } from './export.js';
import { encode } from './link.js';
import { only, parts } from './parts.js';
import { redact } from './redact.js';
import { leftOut, made, notRedacted, part, replaced, words } from './words.js';

export function share(tools) {
  const { page } = tools;
  if (!page.answered.question) return page.act('say', words.nothing);
  const { question, text } = page.answered;
  const asked = JSON.parse(question);
  const report = JSON.parse(text);
  return dialog(words.share, () => [
    link(tools, asked, report),
    redacted(tools, asked, report),
    h('section', {}, h('h3', {}, words.exports),
      h('p', { class: 'actions' }, exports(tools, question, text).map(({ label, name, type, make }) =>
        button(label, async () => { const made = await make(); if (made !== null) save(name, type, made); }, { 'data-export': name })),
        button(words.print, () => print())),
      h('p', { class: 'note' }, words.receiptHow)),
  ]);
}

// What a link says besides the case: what was decided, so that a change can be told.
const about = (kept, report) => ({
  case: kept, engine: report.engine, verdict: report.verdict, findings: [...new Set(report.findings.map(one => one.rule))],
});

const address = body => `${location.href.split('#')[0]}#${body}`;

function result() {
  const field = h('input', { type: 'text', readonly: true, 'aria-label': words.linkLabel, class: 'link', 'data-testid': 'link' });
  const note = h('p', { class: 'note', role: 'status' });
  const row = h('p', { class: 'actions', hidden: true }, field, button(words.copy, event => copy(field.value, event.target)));
  return {
    element: [row, note],
    say: text => { note.textContent = text; },
    show(link, text) {
      field.value = link;
      row.hidden = false;
      note.textContent = text;
      field.focus();
      field.select();
    },
  };
}

function link({ page }, asked, report) {
  const found = parts(asked, page.secret);
  const out = result();
  const boxes = found.map(({ path, size, secret }) => ({
    path,
    box: h('input', { type: 'checkbox', checked: true, 'data-part': path }),
    size, secret,
  }));
  const make = async () => {
    const wanted = new Set(boxes.filter(({ box }) => box.checked).map(({ path }) => path));
    const kept = only(asked, wanted, page.secret);
    const shared = about(kept, report);
    // A verdict about more than is shared would only look like a change.
    const whole = JSON.stringify(kept) === JSON.stringify(asked);
    if (!whole) delete shared.verdict;
    const body = await encode(shared);
    const missing = boxes.filter(({ path, box, secret }) => secret || !box.checked).map(({ path }) => part(path));
    out.show(address(body), `${made(body.length)}. ${missing.length ? leftOut(missing) : ''}`);
  };
  return h('section', {}, h('h3', {}, words.link), h('p', {}, words.linkHow),
    h('ul', { class: 'parts' }, boxes.map(({ path, box, size, secret }) => h('li', {}, h('label', { class: 'check' }, box,
      `${part(path)} `, h('span', { class: 'note' }, `${(size / 1000).toFixed(1)} KB`)), secret && h('span', { class: 'note' }, words.held)))),
    h('p', { class: 'actions' }, button(words.makeLink, make, { class: 'primary' })), out.element);
}

function redacted({ engine }, asked, report) {
  const out = result();
  const make = async () => {
    try {
      const { case: kept, names, thumbprints, report: same } = await redact(asked, report, engine);
      const body = await encode({ ...about(kept, same), redacted: true });
      out.show(address(body), `${replaced(names, thumbprints)} ${made(body.length)}.`);
    } catch (error) {
      out.say(notRedacted(error.message));
    }
  };
  const isPeer = asked.kind === 'peer';
  return h('section', {}, h('h3', {}, words.redacted), h('p', {}, isPeer ? words.redactedHow : words.redactedOnlyPeer),
    isPeer && h('p', { class: 'actions' }, button(words.makeRedacted, make)), out.element);
}
