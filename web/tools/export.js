// What can be exported, each made when it is asked for.
import { archive } from './folder.js';
import { receipt } from './receipt.js';
import { words } from './words.js';

export function exports({ page, engine }, question, answer) {
  const { kind } = JSON.parse(question);
  // The same code as the command line's and the worker's, so the same bytes.
  const render = format => engine.send('formats', JSON.stringify({ format, case: JSON.parse(question), report: JSON.parse(answer) }));
  // A case is exported as it is shared: without private keys and tokens.
  const formats = [
    { label: words.report, name: `${kind}-report.json`, type: 'application/json', make: () => answer },
    { label: words.theCase, name: `${kind}-case.json`, type: 'application/json', make: () => question },
    { label: words.markdown, name: `${kind}-report.md`, type: 'text/markdown', make: () => render('markdown') },
    { label: words.sarif, name: `${kind}-report.sarif`, type: 'application/sarif+json', make: () => render('sarif') },
    { label: words.junit, name: `${kind}-report.junit.xml`, type: 'application/xml', make: () => render('junit') },
    { label: words.receipt, name: `${kind}-receipt.json`, type: 'application/json', make: () => receipt(question, answer) },
  ];
  const safe = text => (page.secret(text) ? masked(text) : text);
  const masking = formats.map(one => ({ ...one, make: async () => safe(await one.make()) }));
  // Masked before it is packed: in an archive nobody would see it.
  const zip = async () => archive(JSON.parse(safe(question)), { 'report.json': safe(answer), 'receipt.json': await receipt(question, answer) });
  return [...masking, { label: words.folder, name: `${kind}-case.zip`, type: 'application/zip', make: zip }];
}

// Private keys and tokens are masked in whatever leaves the page.
const masked = text => text
  .replace(/-----BEGIN [^-]*PRIVATE KEY-----.*?-----END [^-]*PRIVATE KEY-----/gs, '(a private key was here)')
  .replace(/eyJ[\w-]+\.[\w-]*(\.[\w-]*)?/g, '(a token was here)');
