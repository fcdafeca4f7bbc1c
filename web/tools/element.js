// Makes elements. Text is always text: nothing here reads HTML.
const SVG = 'http://www.w3.org/2000/svg';

// `h('button', { type: 'button', onclick }, 'Copy')`. Attributes that are false or null are left out; functions listen.
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

// The shapes of verdicts and severities, as the page draws them.
const SHAPES = {
  admitted: ['M3 8.5l3.2 3.2L13 4.8'], refused: ['M4 4l8 8', 'M12 4l-8 8'],
  indeterminate: ['M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.9.5-1.2.9-1.2 1.7', 'M8 12.4v.1'],
};

// A verdict as shape and word, never by colour alone.
export const verdict = (value, label = value) => h('span', { class: `then ${SHAPES[value] ? value : ''}` },
  svg('svg', { class: 'mark', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    ...(SHAPES[value] ?? []).map(d => svg('path', { d, class: 'stroke' }))), label);

// A message of the core: what stands between back-ticks is somebody's text.
export const prose = message =>
  message.split('`').map((part, place) => (place % 2 ? h('code', {}, part) : part));
