// Ties the Rust worker to the runtime, and recovers it after a panic.
//
// A panic in WebAssembly is a trap: that request fails, and the instance stays behind with whatever state it had.
// So after a trap the next request gets a fresh instance.
import module from "./build/admit_worker_bg.wasm";
import { initSync, fetch as handle, __wbg_reset_state } from "./build/admit_worker.js";

initSync({ module });

let trapped = false;
addEventListener("error", event => {
  if (event.error instanceof WebAssembly.RuntimeError) trapped = true;
});

export default {
  fetch(request, env, context) {
    if (trapped) {
      __wbg_reset_state();
      trapped = false;
    }
    return handle(request, env, context);
  },
};
