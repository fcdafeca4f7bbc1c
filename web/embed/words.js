// What the element says, in the language of its `lang`: English, or Hungarian.
const english = {
  why: 'Why', open: 'Open in the playground', reset: 'Reset', at: 'At', then: 'then', engine: 'Decided in this browser by Admit', noVerdict: 'No verdict',
  line: line => `line ${line}`,
  parts: { manifest: 'Cluster manifest', certificates: 'Certificates', identifiers: 'Identifiers', request: 'Request', configuration: 'Configuration', roots: 'Roots' },
  verdicts: { admitted: 'Admitted', refused: 'Refused', indeterminate: 'Indeterminate' },
  severities: { error: 'Error', warning: 'Warning', info: 'Note' },
};

const hungarian = {
  why: 'Miért', open: 'Megnyitás a játszótéren', reset: 'Vissza', at: 'Időpont', then: 'akkor', engine: 'Ebben a böngészőben döntött az Admit', noVerdict: 'Nincs ítélet',
  line: line => `${line}. sor`,
  parts: { manifest: 'Fürtjegyzék', certificates: 'Tanúsítványok', identifiers: 'Azonosítók', request: 'Kérés', configuration: 'Beállítás', roots: 'Gyökerek' },
  verdicts: { admitted: 'Beengedve', refused: 'Elutasítva', indeterminate: 'Nem eldönthető' },
  severities: { error: 'Hiba', warning: 'Figyelmeztetés', info: 'Megjegyzés' },
};

export const OUTCOME = { passed: '\u2713', failed: '\u2715', unknown: '?', skipped: '\u2013', noted: '\u00b7' };

export function wordsIn(lang) {
  const words = lang?.startsWith('hu') ? hungarian : english;
  const last = path => path.split('.').at(-1);
  return {
    ...words,
    part: path => words.parts[last(path)] ?? last(path).replaceAll('_', ' '),
    place: ({ document, line }) => `${last(document)}, ${words.line(line)}`,
  };
}
