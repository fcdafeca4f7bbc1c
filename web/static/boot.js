// Starts the page: an external module, because the policy allows no inline script.
// The theme comes first, so that a stored choice is there before anything is drawn.
try {
  const theme = localStorage.getItem('admit.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch { /* storage may be forbidden */ }

const { js, wasm } = document.querySelector('script[data-js]').dataset;
try {
  const [{ default: init }, { default: integrity }] = await Promise.all([import(new URL(js, document.baseURI)), import('./integrity.js')]);
  const module = new URL(wasm, document.baseURI);
  // The browser refuses a module that is not the one that was built.
  await init({ module_or_path: fetch(module, { integrity: integrity[module.pathname.split('/').pop()] }) });
} catch (error) {
  const place = document.getElementById('boot');
  if (!place) throw error;
  place.textContent = `The page could not start: ${error.message}. It needs a browser with WebAssembly; reloading helps if the connection broke.`;
}
