// Every word that the tools say, in English. `hu.js` has the same keys: the tests compare them.
export const words = {
  close: 'Close', copy: 'Copy', copied: 'Copied', notCopied: 'Could not copy', download: 'Download',
  share: 'Share and export',
  link: 'Link',
  linkHow: 'The link holds what is ticked, compressed, after its #. Browsers send that part to nobody: who has the link has the case, and nobody else.',
  makeLink: 'Make the link',
  linkLabel: 'Link to this case',
  held: 'holds a private key or a token, which are never shared',
  expectations: 'expectations',
  redacted: 'Redacted link',
  redactedHow: 'Facts instead of certificates; names and thumbprints replaced by others, the same wherever they stand. Offered only if every verdict stays the same.',
  makeRedacted: 'Make a redacted link',
  redactedOnlyPeer: 'Facts can stand for certificates on the peer bench only.',
  exports: 'Export',
  report: 'Report (JSON)', theCase: 'Case (JSON)', markdown: 'Markdown', sarif: 'SARIF', junit: 'JUnit XML',
  receipt: 'Receipt', print: 'Print',
  receiptHow: 'The receipt holds hashes of the case and the report, the instant, the engine and the verdict. `admit verify RECEIPT CASE` decides again and compares.',
  nothing: 'There is no verdict to share yet.',
  sameAsThen: 'Opened from a link; the verdict is what it was.',
};

const documents = {
  'policy.manifest': 'Cluster manifest', 'subject.certificates': 'Certificates', 'subject.facts': 'Facts of certificates',
  'trust.roots': 'Roots', 'trust.intermediates': 'Intermediates', 'trust.crls': 'Revocation lists', expect: 'Expectations',
};

// A part of a case, by the label that its field has.
export const part = path =>
  document.querySelector(`label[for="${document.querySelector(`textarea[data-document="${CSS.escape(path)}"]`)?.id}"]`)?.textContent
  ?? documents[path] ?? path.split('.').at(-1).replaceAll('_', ' ');

export const made = length => `${length.toLocaleString('en')} characters${length > 8000 ? ': some programs cut addresses this long; the exported case works everywhere' : ''}`;
export const leftOut = what => `Left out: ${what.join(', ')}.`;
export const changedSince = (then, now, was, is, engines) =>
  `The verdict has changed since this link was made with engine ${then}: ${was} then, ${is} now with engine ${now}.${engines}`;
export const newRules = rules => (rules.length ? ` Found now and not then: ${rules.join(', ')}.` : '');
export const goneRules = rules => (rules.length ? ` Found then and no longer: ${rules.join(', ')}.` : '');
export const engineOnly = (then, now) => `Opened from a link made with engine ${then}; this is engine ${now}. The verdict is what it was.`;
export const replaced = (names, thumbprints) => `Every verdict is the same. Replaced: ${names} names, ${thumbprints} thumbprints.`;
export const notRedacted = why => `No redacted link: ${why}.`;
export const linkFailed = why => `The link could not be opened: ${why}.`;
