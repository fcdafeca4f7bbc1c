// Every word that the tools say, in English. The tests hold the tables of other languages against it.
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
  report: 'Report (JSON)', theCase: 'Case (JSON)', folder: 'Folder (ZIP)', markdown: 'Markdown', sarif: 'SARIF', junit: 'JUnit XML',
  receipt: 'Receipt', print: 'Print',
  receiptHow: 'The receipt holds hashes of the case and the report, the instant, the engine and the verdict. `admit verify RECEIPT CASE` decides again and compares.',
  nothing: 'There is no verdict to share yet.',
  rules: 'Rules', search: 'Search', bad: 'Refused', good: 'Better', kinds: 'Kinds', linkToRule: 'link to this rule',
  rulesFound: (found, of) => `${found} of ${of} rules`,
  runAll: 'Run every example here', starting: 'starting', notShipped: 'no shipped result', runAllHow: 'Each example is decided in this browser, and the report compared byte for byte with the one that the build shipped.',
  ran: (done, of, same) => `${done} of ${of} decided, ${same} with the same report.`, allSame: 'This browser decides as the build did.', notAllSame: 'These differ:',
  twoTabs: 'Another tab is open on this bench. After a reload the newest of both is here; the other is in the history (? then Settings and history).',
  settings: 'Settings and history', language: 'Language', plain: 'Plain text fields instead of the editor',
  open: 'Open from an address', openHow: 'Of this origin only; nothing is fetched before the click.', address: 'Address', get: 'Open', notHere: 'That address is of another origin: this page makes no request to it.',
  past: 'What was here before', pastHow: 'Kept in this browser only, never with a private key or a token.', noPast: 'Nothing yet.',
  restore: 'Restore', restoreThat: (what, when) => `Restore: ${what}, ${when}`, forgetPast: 'Forget all of it',
  silence: (elsewhere, sent, files) => `Requests to other origins: ${elsewhere}. Requests with what was typed: ${sent}. Files loaded from here: ${files}.`,
  whatIf: 'What if',
  scrub: 'Judge at', inThirtyDays: 'in 30 days', thirtyDaysTitle: '30 days after the instant of the case',
  noChange: 'No instant changes this verdict.',
  pin: 'Pin this verdict', pinHow: 'then change the policy or the subject, and see what it does', pinAgain: 'Pin what is here now',
  pinned: 'Pinned', now: 'now', same: 'nothing has changed', changed: 'What has changed', what: 'What', before: 'Before', after: 'After',
  gone: 'No longer found', come: 'Newly found', backToPinned: 'Back to the pinned case', unpin: 'Unpin',
  expected: 'Expected', met: 'met', unmet: 'not met', expectThis: 'Expect this verdict',
  expectHow: 'An expectation goes with the case and is checked as you type.',
  forget: what => `Remove: ${what}`,
  coverage: 'Lines of the policy', cover: 'Which lines decide?',
  coverHow: 'Each is left out in turn, for this subject and those of the examples.',
  neverDecided: 'never decided anything',
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

export const coveredOver = number => `decided for ${number} ${number === 1 ? 'subject' : 'subjects'}`;
export const lineOf = line => `line ${line}`;
export const testing = (done, of) => (of ? `${done} of ${of} tried` : 'trying');
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
