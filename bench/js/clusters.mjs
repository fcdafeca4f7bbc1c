// Makes the clusters that growth is measured on: manifests with as many thumbprints and names, each name pinned to ten
// issuers, and RSA-2048 certificates of five issuers that they admit, every second one by its thumbprint.
import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const ISSUERS = 5;
const PINS = 10;
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]),
};
const signingAlgorithm = algorithm;
const period = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2036-01-01T00:00:00Z') };
const keys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const sha1 = data => createHash('sha1').update(data).digest('hex');
const thumbprint = certificate => sha1(Buffer.from(certificate.rawData));
const stranger = (what, number) => sha1(`${what} ${number}`);
const name = number => `node${String(number).padStart(5, '0')}.load.example`;
const numbers = (from, to) => Array.from({ length: to - from }, (_, index) => from + index);

const roots = [];
for (const number of numbers(0, ISSUERS)) {
  const own = await keys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `0${number + 1}`, subject: `CN=Load ${number}`, issuer: `CN=Load ${number}`, ...period, signingAlgorithm,
    publicKey: own.publicKey, signingKey: own.privateKey,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  roots.push({ certificate, key: own.privateKey });
}
const own = await keys();
const leaves = [];
for (const number of numbers(0, 100)) {
  const issuer = number % ISSUERS;
  leaves.push(await x509.X509CertificateGenerator.create({
    serialNumber: (0x1000 + number).toString(16), subject: `CN=${name(number)}`, issuer: `CN=Load ${issuer}`, ...period,
    signingAlgorithm, publicKey: own.publicKey, signingKey: roots[issuer].key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name(number) }]),
    ],
  }));
}
const pem = certificates => certificates.map(one => `${one.toString('pem')}\n`).join('');

function cluster(rules, certificates) {
  const shown = leaves.slice(0, certificates);
  const listed = shown.filter((_, index) => index % 2 === 0).map(thumbprint).slice(0, rules);
  const thumbprints = [...listed, ...numbers(listed.length, rules).map(number => stranger('thumbprint', number))];
  const half = Math.ceil(rules / 2);
  const declared = number => {
    const pins = numbers(1, PINS).map(pin => stranger('pin', number * PINS + pin));
    const value = [...pins, thumbprint(roots[number % ISSUERS].certificate)].join(',');
    return `      <Parameter Name="${name(number)}" Value="${value}" />\n`;
  };
  const names = (from, to) => numbers(from, to).map(declared).join('');
  const manifest = `<ClusterManifest Name="load" Version="1" xmlns="http://schemas.microsoft.com/2011/01/fabric">
  <FabricSettings>
    <Section Name="Security">
      <Parameter Name="ClusterCredentialType" Value="X509" />
      <Parameter Name="ServerAuthCredentialType" Value="X509" />
      <Parameter Name="ClientRoleEnabled" Value="true" />
      <Parameter Name="ClusterCertThumbprints" Value="${thumbprints.slice(0, half)}" />
      <Parameter Name="AdminClientCertThumbprints" Value="${thumbprints.slice(half)}" />
    </Section>
    <Section Name="Security/ClusterX509Names">
${names(0, half)}    </Section>
    <Section Name="Security/AdminClientX509Names">
${names(half, rules)}    </Section>
  </FabricSettings>
</ClusterManifest>
`;
  return {
    admit: 1, kind: 'peer', at: '2026-11-22T00:00:00Z', policy: { manifest }, subject: { certificates: pem(shown) },
    trust: { roots: pem(roots.map(root => root.certificate)) },
  };
}

for (const rules of [10, 100, 1000, 10000]) {
  writeFileSync(`${folder}/cluster-${rules}.json`, JSON.stringify(cluster(rules, Math.min(rules, 20))));
}
writeFileSync(`${folder}/cluster-large.json`, JSON.stringify(cluster(1000, 100)));
