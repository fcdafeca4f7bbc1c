// Makes the roll-outs that are measured: one certificate replaced by another in three roll-outs, by the example of the gallery,
// in so many upgrade domains of so many nodes, with five certificates. Kits are what is installed on nodes: each of them makes
// two states of nodes at every moment that is half way.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [folder, tests] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const read = name => readFileSync(`${tests}/${name}`, 'utf8');
const example = name => read(`cases/rollout/replaced-in-three/${name}`);
const CERTIFICATES = ['node-1', 'node-1-next', 'node-2', 'operator', 'viewer'];
const certificates = CERTIFICATES.map(name => read(`material/${name}.pem`)).join('');
// Both that nodes present, and any of the other three.
const KITS = [...Array(8).keys()].map(kit => [1, 2, ...[3, 4, 5].filter((_, bit) => kit >> bit & 1)]);

function write(name, domains, nodes, kits) {
  const entry = (domain, kit) => ({
    name: `UD${domain}`, nodes: nodes / domains / kits, seeds: kit === 0 ? 1 : 0, ...kits > 1 && { installed: KITS[kit] },
  });
  const list = [...Array(domains).keys()].flatMap(domain => [...Array(kits).keys()].map(kit => entry(domain, kit)));
  const body = {
    admit: 1, kind: 'rollout', at: '2026-11-22T00:00:00Z',
    policy: {
      before: example('policy.before.xml'), after: example('policy.after.xml'),
      steps: JSON.parse(example('case.json')).policy.steps,
    },
    subject: { certificates, domains: list },
  };
  writeFileSync(`${folder}/${name}.json`, JSON.stringify(body));
}

for (const nodes of [100, 1_000, 10_000]) write(`nodes-${nodes}`, 20, nodes, 1);
for (const kits of [2, 4, 8]) write(`kits-${kits}`, 20, 10_000 - 10_000 % (20 * kits), kits);
for (const domains of [5, 10, 40, 80]) write(`domains-${domains}`, domains, 10_000, 1);
