// Makes the chains that everything is measured on: root, issuing authority, leaf with both usages and three names.
// Keys are new at each run, so nothing can know them; the bytes are the same for everyone within a run.
import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const rsa = modulusLength => ({
  name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: new Uint8Array([1, 0, 1]),
});
const ecdsa = (namedCurve, hash) => ({ name: 'ECDSA', namedCurve, hash });
const ALGORITHMS = {
  rsa2048: rsa(2048), rsa4096: rsa(4096), p256: ecdsa('P-256', 'SHA-256'), p384: ecdsa('P-384', 'SHA-384'),
};
const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2036-01-01T00:00:00Z');
const { KeyUsageFlags } = x509;

for (const [tag, algorithm] of Object.entries(ALGORITHMS)) {
  const keys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [root, inter, leaf] = [await keys(), await keys(), await keys()];
  const name = common => `C=US, O=Example Cluster Org, CN=${common}`;
  const certify = async (subject, issuer, own, signer, serialNumber, extensions) => x509.X509CertificateGenerator.create({
    serialNumber, subject: name(subject), issuer: name(issuer), notBefore, notAfter, signingAlgorithm: algorithm,
    publicKey: own.publicKey, signingKey: signer.privateKey,
    extensions: [
      ...extensions,
      await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
      ...(own === signer ? [] : [await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey)]),
    ],
  });
  const authority = length => [
    new x509.BasicConstraintsExtension(true, length, true),
    new x509.KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
  const certificates = {
    root: await certify(`Root CA ${tag}`, `Root CA ${tag}`, root, root, '1001', authority(undefined)),
    inter: await certify(`Issuing CA ${tag}`, `Root CA ${tag}`, inter, root, '2002', authority(0)),
    leaf: await certify('cluster.example.com', `Issuing CA ${tag}`, leaf, inter, '3003', [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']),
      new x509.SubjectAlternativeNameExtension(
        ['cluster.example.com', '*.nodes.example.com', 'node1.example.com'].map(value => ({ type: 'dns', value }))),
    ]),
  };
  for (const [part, certificate] of Object.entries(certificates)) {
    writeFileSync(`${folder}/${tag}_${part}.pem`, `${certificate.toString('pem')}\n`);
  }
}
