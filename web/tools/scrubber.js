// The scrubber of the time line: any instant from before the first change to after the last.
import { h } from './element.js';
import { button } from './dialog.js';
import { words } from './words.js';

const DAY = 86_400_000;
const STEPS = 1000;

// The range that is worth looking at: all changes and the instant itself, with room on both sides.
export function range(at, flips) {
  const instants = [at, ...flips].filter(Number.isFinite);
  const [from, to] = [Math.min(...instants), Math.max(...instants)];
  const room = Math.max((to - from) * 0.05, 30 * DAY);
  return [from - room, to + room];
}

export const written = instant => `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const rfc3339 = instant => new Date(Math.round(instant / 60_000) * 60_000).toISOString().replace('.000', '');

export function scrubber(report, act) {
  const at = Date.parse(report.at);
  const later = button(words.inThirtyDays, () => act('at', rfc3339(at + 30 * DAY)), { title: words.thirtyDaysTitle });
  // The changes are all there are: without one, time changes nothing.
  if (!report.flips.length) return { element: h('div', { class: 'scrubber' }, h('span', { class: 'note' }, words.noChange), later) };
  const flips = report.flips.map(flip => Date.parse(flip.at));
  const [from, to] = range(at, flips);
  const output = h('output', { class: 'note' }, written(at));
  const slider = h('input', {
    type: 'range', min: '0', max: String(STEPS), id: 'scrubber', list: 'scrubber-changes', 'aria-valuetext': written(at),
    value: String(Math.round(((at - from) / (to - from)) * STEPS)),
    oninput: () => {
      const instant = from + (Number(slider.value) / STEPS) * (to - from);
      output.textContent = written(instant);
      slider.setAttribute('aria-valuetext', written(instant));
      act('at', rfc3339(instant));
    },
  });
  const element = h('div', { class: 'scrubber' },
    h('label', { for: 'scrubber' }, words.scrub), slider,
    h('datalist', { id: 'scrubber-changes' }, flips.map(flip => h('option', { value: String(Math.round(((flip - from) / (to - from)) * STEPS)) }))),
    output, later);
  return { element, slider };
}
