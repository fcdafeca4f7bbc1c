// From what stands between the tags to a case, and back to the documents that are shown.

const SECTION = { manifest: 'policy', roots: 'trust', intermediates: 'trust', crls: 'trust' };

export const pathOf = part => (part.includes('.') ? part : `${SECTION[part] ?? 'subject'}.${part}`);

// `<pre data-part="manifest">`: its text without the line feeds that HTML puts around it.
const textOf = element => element.textContent.replace(/^\n/, '').replace(/\n\s*$/, '\n');

// The case that an element's children and attributes describe.
export function read(element) {
  const parts = [...element.querySelectorAll('[data-part]')];
  const whole = parts.find(one => one.dataset.part === 'case');
  const asked = whole ? JSON.parse(whole.textContent) : { admit: 1, kind: element.getAttribute('kind') ?? 'peer', policy: {}, subject: {} };
  for (const one of parts) {
    const { part } = one.dataset;
    if (part !== 'case' && part !== 'expected') put(asked, pathOf(part), textOf(one));
  }
  if (element.hasAttribute('kind')) asked.kind = element.getAttribute('kind');
  asked.at = element.getAttribute('at') ?? asked.at;
  if (!asked.at) throw new Error('expected an instant (at="2026-11-22T00:00:00Z"), found none: nothing is decided by the device’s clock');
  const required = { peer: [['policy', 'manifest'], ['subject', 'certificates']], chain: [['subject', 'certificates']] }[asked.kind] ?? [];
  for (const [section, key] of required) asked[section][key] ??= '';
  return asked;
}

export function put(asked, path, text) {
  const [section, ...rest] = path.split('.');
  (asked[section] ??= {})[rest.join('.')] = text;
}

// The documents of a case in order: [path, text].
export const documents = asked => ['policy', 'subject', 'trust'].flatMap(section =>
  Object.entries(asked[section] ?? {}).filter(([, value]) => typeof value === 'string' && (value.length > 40 || value.includes('\n') || section === 'subject'))
    .map(([key, value]) => [`${section}.${key}`, value]));

// A fix, applied. Its spans count bytes of UTF-8.
export function apply(asked, fix) {
  const changed = structuredClone(asked);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  for (const { span, text } of [...fix.edits].reverse()) {
    const [section, ...rest] = span.document.split('.');
    const key = rest.join('.');
    const bytes = encoder.encode(changed[section][key]);
    changed[section][key] = decoder.decode(bytes.subarray(0, span.start)) + text + decoder.decode(bytes.subarray(span.end));
  }
  return changed;
}

export const holdsSecret = text => /-----BEGIN [^-\n]*PRIVATE KEY-----/.test(text) || /eyJ[\w-]*\./.test(text);
