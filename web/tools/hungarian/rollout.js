// The bench of roll-outs in Hungarian.
export const exact = {
  'Does this change of security settings keep every pair of nodes connected at every step?': 'A biztonsági beállítások e változása közben minden lépésnél elérhető-e minden csomópont minden másik számára?',
  'Paste the cluster manifest before, the one after, and the certificates.': 'Illessze be a mostani fürtjegyzéket, a következőt és a tanúsítványokat.',
  'Paste the ClusterManifest that the cluster has': 'Illessze be a fürt mostani ClusterManifestjét',
  'Paste the ClusterManifest that it is to have, or only the changed values': 'Illessze be a következő ClusterManifestet, vagy csak a megváltozott értékeket',
  'Paste what is installed on the nodes: PEM, base64, hexadecimal or PKCS#7. Never a private key': 'Illessze be, ami a csomópontokra telepítve van: PEM, base64, hexadecimális vagy PKCS#7. Titkos kulcsot soha',
  'Settings before': 'Mostani beállítások', 'Settings after': 'Következő beállítások', 'manifest before': 'mostani fürtjegyzék', 'manifest after': 'következő fürtjegyzék',
  'Steps between': 'Köztes lépések', 'Step 1': '1. lépés', 'Step 2': '2. lépés', 'first step': 'első lépés', 'second step': 'második lépés',
  'Settings of the first roll-out': 'Az első bevezetés beállításai', 'Settings of the second': 'A másodiké',
  'Upgrade domains': 'Frissítési tartományok', 'Nodes of each': 'Csomópont egyben', 'Seconds for each domain': 'Másodperc tartományonként',
  'Seconds until its health is checked': 'Másodperc az állapot ellenőrzéséig', 'Made by': 'Készíti', 'manifests as given': 'a megadott jegyzékek',
  'a standalone cluster’s deployer': 'önálló fürt telepítője',
  'The roll-out': 'A bevezetés', Moment: 'Pillanat', 'Go to the first moment that is not safe': 'Ugrás az első nem biztonságos pillanathoz',
  'Who accepts whom at this moment': 'Ki kit fogad el ebben a pillanatban', 'presents ↓, validates →': 'bemutatja ↓, ellenőrzi →',
  'Every moment as a table': 'Minden pillanat táblázatban', When: 'Mikor', 'What happens': 'Mi történik', Connected: 'Elérhető', 'Cut off': 'Elvágva', Quorum: 'Kvórum',
  'States of the domains': 'A tartományok állapota', 'The shortest safe way': 'A legrövidebb biztonságos út', 'Settings to copy': 'Másolható beállítások', 'Going back': 'Visszaút',
  'Who loses access': 'Ki veszíti el a hozzáférést', 'The check before': 'Az előzetes ellenőrzés', 'The deployer of standalone clusters': 'Az önálló fürtök telepítője',
  'It would make these steps:': 'Ezeket a lépéseket tenné:', 'It refuses the update:': 'Elutasítja a frissítést:', 'no such pair': 'nincs ilyen pár',
  'not searched again yet': 'még nem keresett újra', 'What the nodes log': 'Amit a csomópontok naplóznak',
};

export const patterns = [
  [/^(\d+) nodes?$/, number => `${number} csomópont`],
  [/^(\d+) of (\d+)$/, (connected, seeds) => `${seeds} közül ${connected}`],
  [/^roll-out (\d+), (.*)$/, (number, label) => `${number}. bevezetés${label ? `, ${label}` : ''}`],
  [/^From settings (\d+) to (\d+)(, half way)?$/, (from, to, half) => `A(z) ${from}. beállításról a(z) ${to}. beállításra${half ? ', félúton' : ''}`],
];
