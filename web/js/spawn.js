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

export const spawn = url => new Worker(trusted(url), { type: 'module', name: 'admit-engine' });
