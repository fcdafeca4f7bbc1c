// Measures the engine as WebAssembly, node:crypto and the libraries of others on the same bytes. A JSON object a line: the
// microseconds of one operation in each round. Each library is called as its own users would, and a wrong answer
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
// node-forge reads no elliptic-curve keys.
const UNREADABLE = ['node-forge p256', 'node-forge p384'];
const check = right => { if (!right) throw new Error('wrong answer'); };

// In turns, so that whatever else the machine does meets all of them: one batch of each, shorter than what a scheduler
// gives at a time, again and again.
const ROUNDS = 150;
const ROUNDS_LEAST = 15;
const BATCH_MS = 1.5;
const LONGEST_MS = 12_000;
let candidates = [];
const candidate = (impl, run) => candidates.push({ impl, run, times: [] });

async function once(run) {
  const result = run();
  if (result?.then) await result;
}

async function measure(op) {
  for (const one of candidates) {
    try {
      let count = 0;
      // Long enough for the just-in-time compilers to have seen it.
      const start = performance.now();
      while (performance.now() - start < 400 || count < 3) { await once(one.run); count++; }
      one.batch = Math.max(1, Math.round(count * BATCH_MS / (performance.now() - start)));
    } catch (error) {
      if (!UNREADABLE.includes(`${one.impl} ${op.split('/')[0]}`)) throw new Error(`${one.impl} ${op}: ${error.message ?? error}`);
    }
  }
  candidates = candidates.filter(one => one.batch);
  const begin = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    if (round >= ROUNDS_LEAST && performance.now() - begin > LONGEST_MS) break;
    for (const one of candidates) {
      const start = performance.now();
      for (let i = 0; i < one.batch; i++) { const result = one.run(); if (result?.then) await result; }
      one.times.push((performance.now() - start) * 1e3 / one.batch);
    }
  }
  for (const { impl, times } of candidates) console.log(JSON.stringify({ impl, op, micros: times }));
  candidates = [];
}

for (const size of ['10', '100', '1000', '10000', 'large']) {
  const cluster = admit.Cluster.read(readFileSync(`${folder}/cluster-${size}.json`, 'utf8'));
  candidate('admit, wasm', () => check(cluster.reread()));
  await measure(`cluster/${size}`);
}
{
  const cluster = admit.Cluster.read(readFileSync(`${folder}/cluster-large.json`, 'utf8'));
  candidate('admit, wasm', () => check(cluster.fresh()));
  await measure('cluster/large, signatures included');
}
{
  const cluster = admit.Cluster.read(readFileSync(`${folder}/cluster-large.json`, 'utf8'));
  candidate('admit, wasm', () => check(cluster.edited()));
  await measure('cluster/large, a digit edited');
  candidate('admit, wasm', () => check(cluster.later()));
  await measure('cluster/large, a second later');
}

for (const tag of ['rsa2048', 'rsa4096', 'p256', 'p384']) {
  const pem = Object.fromEntries(PARTS.map(part => [part, readFileSync(`${folder}/${tag}_${part}.pem`, 'utf8')]));
  const raw = text => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const buffer = text => { const bytes = raw(text); return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length); };
  const sent = pem.leaf + pem.inter;

  candidate('admit, wasm', () => {
    const [thumbprint, commonNames, alternativeNames] = admit.facts(pem.leaf);
    check(thumbprint === 40 && commonNames === 1 && alternativeNames === 3);
  });
  candidate('node:crypto', () => {
    const one = new crypto.X509Certificate(pem.leaf);
    check(one.fingerprint.length === 59 && /CN=([^\n,]*)/.exec(one.subject)[1] === 'cluster.example.com'
      && one.subjectAltName.includes('node1'));
  });
  candidate('@peculiar/x509', async () => {
    const one = new peculiar.X509Certificate(pem.leaf);
    const thumbprint = Buffer.from(await one.getThumbprint('SHA-1')).toString('hex');
    check(thumbprint.length === 40 && one.subjectName.getField('CN')[0] === 'cluster.example.com'
      && one.getExtension(peculiar.SubjectAlternativeNameExtension).names.toJSON().length === 3);
  });
  candidate('pkijs', async () => {
    const one = pkijs.Certificate.fromBER(buffer(pem.leaf));
    const thumbprint = Buffer.from(await webcrypto.subtle.digest('SHA-1', raw(pem.leaf))).toString('hex');
    const common = one.subject.typesAndValues.find(entry => entry.type === '2.5.4.3').value.valueBlock.value;
    const names = one.extensions.find(entry => entry.extnID === '2.5.29.17').parsedValue.altNames;
    check(thumbprint.length === 40 && common === 'cluster.example.com' && names.length === 3);
  });
  candidate('node-forge', () => {
    const one = forge.pki.certificateFromPem(pem.leaf);
    const digest = forge.md.sha1.create();
    digest.update(forge.asn1.toDer(forge.pki.certificateToAsn1(one)).getBytes());
    check(digest.digest().toHex().length === 40 && one.subject.getField('CN').value === 'cluster.example.com'
      && one.getExtension('subjectAltName').altNames.length === 3);
  });
  candidate('jsrsasign', () => {
    const one = new jsrsasign.X509();
    one.readCertPEM(pem.leaf);
    check(jsrsasign.KJUR.crypto.Util.hashHex(one.hex, 'sha1').length === 40
      && one.getSubjectString().includes('cluster.example.com') && one.getExtSubjectAltName().array.length === 3);
  });
  await measure(`${tag}/facts`);

  candidate('admit, wasm', () => check(admit.chain(sent, pem.root, AT)));
  candidate('node:crypto', () => {
    const [leaf, inter, root] = PARTS.map(part => new crypto.X509Certificate(pem[part]));
    for (const one of [leaf, inter, root]) check(Date.parse(one.validFrom) <= now && now <= Date.parse(one.validTo));
    check(inter.ca && root.ca && leaf.checkIssued(inter) && inter.checkIssued(root)
      && leaf.verify(inter.publicKey) && inter.verify(root.publicKey));
  });
  candidate('@peculiar/x509', async () => {
    const [leaf, inter, root] = PARTS.map(part => new peculiar.X509Certificate(pem[part]));
    check((await new peculiar.X509ChainBuilder({ certificates: [inter, root] }).build(leaf)).length === 3);
    check(await leaf.verify({ publicKey: inter.publicKey, date: now }) && await inter.verify({ publicKey: root.publicKey, date: now }));
  });
  candidate('pkijs', async () => {
    const [leaf, inter, root] = PARTS.map(part => pkijs.Certificate.fromBER(buffer(pem[part])));
    const engine = new pkijs.CertificateChainValidationEngine({ trustedCerts: [root], certs: [inter, leaf], checkDate: now });
    check((await engine.verify()).result);
  });
  candidate('node-forge', () => {
    const [leaf, inter, root] = PARTS.map(part => forge.pki.certificateFromPem(pem[part]));
    check(forge.pki.verifyCertificateChain(forge.pki.createCaStore([root]), [leaf, inter, root], { validityCheckDate: now }));
  });
  candidate('jsrsasign', () => {
    const [leaf, inter, root] = PARTS.map(part => { const one = new jsrsasign.X509(); one.readCertPEM(pem[part]); return one; });
    check(leaf.getIssuerString() === inter.getSubjectString()
      && leaf.verifySignature(inter.getPublicKey()) && inter.verifySignature(root.getPublicKey()));
  });
  await measure(`${tag}/chain3`);
}
