// Hungarian of the roll-out bench: whole texts, and those with something in them.
export const exact = {
  'Does this change of security settings keep every pair of nodes connected at every step?': 'Minden lépésnél összeköttetésben marad-e minden csomópontpár a biztonsági beállítások e változtatásakor?',
  'Paste the cluster manifest before, the one after, and the certificates.': 'Illessze be a korábbi és az új fürtjegyzéket, valamint a tanúsítványokat.',
  'Paste the ClusterManifest that the cluster has': 'Illessze be a fürt jelenlegi ClusterManifestjét',
  'Paste the ClusterManifest that it is to have, or only the changed values': 'Illessze be az új ClusterManifestet, vagy csak a megváltozó értékeket',
  'Paste what is installed on the nodes: PEM, base64, hexadecimal or PKCS#7. Never a private key': 'Illessze be, ami a csomópontokra telepítve van: PEM, base64, hexadecimális vagy PKCS#7. Titkos kulcsot soha',
  'Settings before': 'Korábbi beállítások', 'Settings after': 'Új beállítások', 'manifest before': 'korábbi jegyzék', 'manifest after': 'új jegyzék',
  'Steps between': 'Köztes lépések', 'Step 1': '1. lépés', 'Step 2': '2. lépés', 'first step': 'első lépés', 'second step': 'második lépés',
  'Settings of the first roll-out': 'Az első bevezetés beállításai', 'Settings of the second': 'A második beállításai',
  'Upgrade domains': 'Frissítési tartományok', 'Nodes of each': 'Csomópontok egyenként', 'Seconds for each domain': 'Másodperc tartományonként',
  'Seconds until its health is checked': 'Másodperc az állapotellenőrzésig', 'Made by': 'Végrehajtó', 'manifests as given': 'a megadott jegyzékek',
  'a standalone cluster’s deployer': 'önálló fürt telepítője', 'Parameters of a template': 'Sablon paraméterei', 'Parameters before': 'Korábbi paraméterek', 'Parameters after': 'Új paraméterek',
  'The values of the parameters of a template, as JSON': 'A sablon paramétereinek értékei, JSON-ként', 'Their values after; those before unless given': 'Az új értékek; ha nincsenek, a korábbiak',
  'The roll-out': 'A bevezetés', Moment: 'Pillanat', 'Go to the first moment that is not safe': 'Ugrás az első nem biztonságos pillanathoz',
  'Who accepts whom at this moment': 'Ki kit fogad el ebben a pillanatban', 'presents ↓, validates →': 'bemutat ↓, ellenőriz →', 'Every moment as a table': 'Minden pillanat táblázatként',
  When: 'Mikor', 'What happens': 'Mi történik', Connected: 'Összeköttetés', 'Cut off': 'Leszakadt', Quorum: 'Határozatképesség', 'States of the domains': 'A tartományok állapota',
  'The shortest safe way': 'A legrövidebb biztonságos út', 'Settings to copy': 'Másolható beállítások', 'Going back': 'Visszaút', 'Who loses access': 'Ki veszíti el a hozzáférést',
  'The check before': 'Az előzetes ellenőrzés', 'The deployer of standalone clusters': 'Az önálló fürtök telepítője', 'It would make these steps:': 'Ezeket a lépéseket tenné:',
  'It refuses the update:': 'Elutasítja a frissítést:', 'no such pair': 'nincs ilyen pár', 'not searched again yet': 'még nem keresett újra',
  'Nodes without a usable certificate': 'Csomópontok használható tanúsítvány nélkül', 'What the nodes log': 'Amit a csomópontok naplóznak',
};

export const patterns = [
  [/^roll-out (\d+), before the first domain$/, number => `${number}. bevezetés, az első tartomány előtt`],
  [/^roll-out (\d+), (\S+) half done$/, (number, domain) => `${number}. bevezetés, ${domain} félkész`],
  [/^roll-out (\d+), (\S+) done$/, (number, domain) => `${number}. bevezetés, ${domain} kész`],
  [/^(\d+) nodes?$/, number => `${number} csomópont`],
  [/^(\d+) of (\d+)$/, (connected, seeds) => `${seeds} közül ${connected}`],
  [/^From settings (\d+) to (\d+)$/, (from, to) => `A(z) ${from}. beállításokról a(z) ${to}. beállításokra`],
  [/^From settings (\d+) to (\d+), half way$/, (from, to) => `A(z) ${from}. beállításokról a(z) ${to}. beállításokra, félútról`],
];
