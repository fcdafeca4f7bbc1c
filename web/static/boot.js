// Starts the page: an external module, because the policy allows no inline script.
// The theme comes first, so that a stored choice is there before anything is drawn.
const stored = name => { try { return localStorage.getItem(name); } catch { return null; /* storage may be forbidden */ } };
const theme = stored('admit.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;

const { js, wasm, rest, digest } = document.querySelector('script[data-js]').dataset;
try {
  const [{ default: init }, { default: integrity }] = await Promise.all([import(new URL(js, document.baseURI)), import('./integrity.js')]);
  // The browser refuses a module that is not the one that was built.
  const get = module => fetch(module, { integrity: integrity[module.pathname.split('/').pop()] });
  const module_or_path = get(new URL(wasm, document.baseURI));
  if (rest) {
    const address = new URL(rest, document.baseURI);
    globalThis.admitRest = { address: address.href, integrity: integrity[address.pathname.split('/').pop()], digest };
    // Who comes for something else than what a first visit shows needs all of the page.
    if (location.hash.length > 1 || (stored('admit.bench') ?? 'peer') !== 'peer') {
      globalThis.admitRest.module = await WebAssembly.compile(await (await get(address)).arrayBuffer());
    }
  }
  await init({ module_or_path });
} catch (error) {
  const place = document.getElementById('boot');
  if (!place) throw error;
  place.textContent = `The page could not start: ${error.message}. It needs a browser with WebAssembly; reloading helps if the connection broke.`;
}
