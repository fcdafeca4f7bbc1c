// The one Trusted Types policy of the page: workers from this origin, and nothing else.
let policy;

const trusted = url => {
  policy ??= globalThis.trustedTypes?.createPolicy('admit-engine', {
    createScriptURL: address => {
      if (new URL(address).origin !== location.origin) throw new TypeError('a worker from another origin');
      return address;
    },
  }) ?? { createScriptURL: address => address };
  return policy.createScriptURL(url);
};

// The thread is called by the name of the engine's module that it runs.
// The page as one file has no address beside it: it makes its threads from what it holds.
export const spawn = (url, name) => globalThis.admitSpawn?.(name) ?? new Worker(trusted(url), { type: 'module', name });

// The service worker, which is a script as well.
export const serve = url => navigator.serviceWorker.register(trusted(url));
