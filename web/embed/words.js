// What the element says, in English.
const PARTS = { manifest: 'Cluster manifest', certificates: 'Certificates', identifiers: 'Identifiers', request: 'Request', configuration: 'Configuration', roots: 'Roots' };
const VERDICTS = { admitted: 'Admitted', refused: 'Refused', indeterminate: 'Indeterminate' };
const SEVERITIES = { error: 'Error', warning: 'Warning', info: 'Note' };

export const words = {
  why: 'Why', open: 'Open in the playground', reset: 'Reset', at: 'At', then: 'then', engine: 'Decided in this browser by Admit', noVerdict: 'No verdict',
  part: path => PARTS[path.split('.').at(-1)] ?? path.split('.').at(-1).replaceAll('_', ' '),
  verdict: verdict => VERDICTS[verdict], severity: severity => SEVERITIES[severity],
  place: ({ document, line }) => `${document.split('.').at(-1)}, line ${line}`,
  outcome: { passed: '✓', failed: '✕', unknown: '?', skipped: '–', noted: '·' },
};
