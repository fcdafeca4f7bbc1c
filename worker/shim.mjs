// Ties the Rust worker to the runtime, and recovers it after a panic.
//
// A panic in WebAssembly is a trap: that request fails, and the instance stays behind with whatever state it had.
// So after a trap the next request gets a fresh instance, and an object of the old one is made again from its storage.
import module from "./build/admit_worker_bg.wasm";
import * as worker from "./build/admit_worker.js";

worker.initSync({ module });

let trapped = false;
let generation = 0;
addEventListener("error", event => {
  if (event.error instanceof WebAssembly.RuntimeError) trapped = true;
});

function recover() {
  if (trapped) {
    worker.__wbg_reset_state();
    trapped = false;
    generation += 1;
  }
}

// An object of the runtime whose Rust side is of the current instance.
function object(Rust) {
  return class {
    #state;
    #env;
    #inner;
    #generation = -1;

    constructor(state, env) {
      this.#state = state;
      this.#env = env;
    }

    #current() {
      recover();
      if (this.#generation !== generation) {
        this.#inner = new worker[Rust](this.#state, this.#env);
        this.#generation = generation;
      }
      return this.#inner;
    }

    fetch(request) {
      return this.#current().fetch(request);
    }

    alarm() {
      return this.#current().alarm();
    }
  };
}

export const PolicyObject = object("PolicyObject");
export const MeterObject = object("MeterObject");
export const PrincipalObject = object("PrincipalObject");
export const CredentialObject = object("CredentialObject");

export default {
  fetch(request, env, context) {
    recover();
    return worker.fetch(request, env, context);
  },
};
