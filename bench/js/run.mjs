// Measures the engine as WebAssembly, node:crypto and the libraries of others on the same bytes. A JSON object a line:
// operations per second, the median of seven batches. Each library is called as its own users would, and a wrong answer
// is an error, not a number.
import 'reflect-metadata';
import crypto, { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as peculiar from '@peculiar/x509';
import * as pkijs from 'pkijs';

const [folder, bindings] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const forge = require('node-forge');
const jsrsasign = require('jsrsasign');
const admit = await import(pathToFileURL(bindings));
admit.initSync({ module: readFileSync(bindings.replace(/\.js$/, '_bg.wasm')) });
peculiar.cryptoProvider.set(webcrypto);
pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));

const AT = '2026-11-22T00:00:00Z';
const now = new Date(AT);
const PARTS = ['leaf', 'inter', 'root'];
const check = right => { if (!right) throw new Error('wrong answer'); };

async function measure(impl, op, run) {
  try {
    const once = async () => { const result = run(); if (result?.then) await result; };
    let start = performance.now();
    let count = 0;
    while (performance.now() - start < 250) { await once(); count++; }
    const batch = Math.max(1, count >> 1);
    const rates = [];
    for (let round = 0; round < 7; round++) {
      start = performance.now();
      for (let i = 0; i < batch; i++) { const result = run(); if (result?.then) await result; }
      rates.push(batch / ((performance.now() - start) / 1e3));
    }
    rates.sort((a, b) => a - b);
    console.log(JSON.stringify({ impl, op, ops: rates[3] }));
  } catch (error) {
    console.log(JSON.stringify({ impl, op, ops: null, error: String(error.message ?? error).slice(0, 100) }));
  }
}

for (const tag of ['rsa2048', 'rsa4096', 'p256', 'p384']) {
  const pem = Object.fromEntries(PARTS.map(part => [part, readFileSync(`${folder}/${tag}_${part}.pem`, 'utf8')]));
  const raw = text => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const buffer = text => { const bytes = raw(text); return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length); };
  const sent = pem.leaf + pem.inter;

  await measure('admit, wasm', `${tag}/info_pem`, () => check(admit.facts(pem.leaf).join() === '40,1,3'));
  await measure('admit, wasm', `${tag}/chain3`, () => check(admit.chain(sent, pem.root, AT)));

  await measure('node:crypto', `${tag}/info_pem`, () => {
    const one = new crypto.X509Certificate(pem.leaf);
    check(one.fingerprint.length === 59 && /CN=([^\n,]*)/.exec(one.subject)[1] === 'cluster.example.com'
      && one.subjectAltName.includes('node1'));
  });
  await measure('node:crypto', `${tag}/chain3`, () => {
    const [leaf, inter, root] = PARTS.map(part => new crypto.X509Certificate(pem[part]));
    for (const one of [leaf, inter, root]) check(Date.parse(one.validFrom) <= now && now <= Date.parse(one.validTo));
    check(inter.ca && root.ca && leaf.checkIssued(inter) && inter.checkIssued(root)
      && leaf.verify(inter.publicKey) && inter.verify(root.publicKey));
  });

  await measure('@peculiar/x509', `${tag}/info_pem`, async () => {
    const one = new peculiar.X509Certificate(pem.leaf);
    const thumbprint = Buffer.from(await one.getThumbprint('SHA-1')).toString('hex');
    check(thumbprint.length === 40 && one.subjectName.getField('CN')[0] === 'cluster.example.com'
      && one.getExtension(peculiar.SubjectAlternativeNameExtension).names.toJSON().length === 3);
  });
  await measure('@peculiar/x509', `${tag}/chain3`, async () => {
    const [leaf, inter, root] = PARTS.map(part => new peculiar.X509Certificate(pem[part]));
    check((await new peculiar.X509ChainBuilder({ certificates: [inter, root] }).build(leaf)).length === 3);
    check(await leaf.verify({ publicKey: inter.publicKey, date: now }) && await inter.verify({ publicKey: root.publicKey, date: now }));
  });

  await measure('pkijs', `${tag}/info_pem`, async () => {
    const one = pkijs.Certificate.fromBER(buffer(pem.leaf));
    const thumbprint = Buffer.from(await webcrypto.subtle.digest('SHA-1', raw(pem.leaf))).toString('hex');
    const common = one.subject.typesAndValues.find(entry => entry.type === '2.5.4.3').value.valueBlock.value;
    const names = one.extensions.find(entry => entry.extnID === '2.5.29.17').parsedValue.altNames;
    check(thumbprint.length === 40 && common === 'cluster.example.com' && names.length === 3);
  });
  await measure('pkijs', `${tag}/chain3`, async () => {
    const [leaf, inter, root] = PARTS.map(part => pkijs.Certificate.fromBER(buffer(pem[part])));
    const engine = new pkijs.CertificateChainValidationEngine({ trustedCerts: [root], certs: [inter, leaf], checkDate: now });
    check((await engine.verify()).result);
  });

  await measure('node-forge', `${tag}/info_pem`, () => {
    const one = forge.pki.certificateFromPem(pem.leaf);
    const digest = forge.md.sha1.create();
    digest.update(forge.asn1.toDer(forge.pki.certificateToAsn1(one)).getBytes());
    check(digest.digest().toHex().length === 40 && one.subject.getField('CN').value === 'cluster.example.com'
      && one.getExtension('subjectAltName').altNames.length === 3);
  });
  await measure('node-forge', `${tag}/chain3`, () => {
    const [leaf, inter, root] = PARTS.map(part => forge.pki.certificateFromPem(pem[part]));
    check(forge.pki.verifyCertificateChain(forge.pki.createCaStore([root]), [leaf, inter, root], { validityCheckDate: now }));
  });

  await measure('jsrsasign', `${tag}/info_pem`, () => {
    const one = new jsrsasign.X509();
    one.readCertPEM(pem.leaf);
    check(jsrsasign.KJUR.crypto.Util.hashHex(one.hex, 'sha1').length === 40
      && one.getSubjectString().includes('cluster.example.com') && one.getExtSubjectAltName().array.length === 3);
  });
  await measure('jsrsasign', `${tag}/chain3`, () => {
    const [leaf, inter, root] = PARTS.map(part => { const one = new jsrsasign.X509(); one.readCertPEM(pem[part]); return one; });
    check(leaf.getIssuerString() === inter.getSubjectString()
      && leaf.verifySignature(inter.getPublicKey()) && inter.verifySignature(root.getPublicKey()));
  });
}
