// Keeps the page for when there is no network: all of its files, of one version. A new version is fetched whole beside
// the old one, and takes over when no page of the old one is open, so that page and engine always fit.
const CACHE = 'admit-__VERSION__';
const FILES = '__FILES__';

self.addEventListener('install', event => {
  const fetched = FILES.map(name => new Request(name, { cache: 'no-cache' }));
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(fetched)));
});

self.addEventListener('activate', event => {
  const old = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(name => name.startsWith('admit-') && name !== CACHE).map(name => caches.delete(name)));
  };
  event.waitUntil(old());
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const scope = new URL(self.registration.scope);
  const name = url.pathname === scope.pathname ? 'index.html' : url.pathname.slice(scope.pathname.length);
  if (!url.pathname.startsWith(scope.pathname) || !FILES.includes(name)) return;
  const kept = caches.open(CACHE).then(cache => cache.match(new URL(name, scope).href));
  event.respondWith(kept.then(response => response ?? fetch(request)));
});
