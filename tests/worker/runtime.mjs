// Starts the worker on `workerd` without the proxy that `wrangler dev` puts before it, and prints where it listens.
//
// Its argument says what it is given: { worker (a folder with its wrangler.toml), vars, limits: { LIMIT_KEY: 6 }, without: ["STORE"], state }. The proxy of
// `wrangler dev` ends a body that was cut off as if it were whole; the platform, like `workerd`, does not.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";

const given = JSON.parse(process.argv[2]);
const config = readFileSync(join(given.worker, "wrangler.toml"), "utf8");
const has = name => !given.without.includes(name);
const bound = (names, value) => Object.fromEntries(names.filter(has).map(name => [name, value(name)]));
// The classes of the objects by their bindings, as the configuration has them.
const classes = Object.fromEntries(
  [...config.matchAll(/^name = "([A-Z_]+)"\nclass_name = "(\w+)"/gm)].map(([, name, of]) => [name, of]),
);

const build = join(given.worker, "build");
const built = (existsSync(build) ? readdirSync(build, { recursive: true }) : [])
  .filter(name => /\.(js|wasm)$/.test(name))
  .map(name => ({
    type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
    path: join(build, name),
  }));

const runtime = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  modules: [{ type: "ESModule", path: join(given.worker, config.match(/^main = "(.+)"/m)[1]) }, ...built],
  modulesRoot: given.worker,
  compatibilityDate: config.match(/^compatibility_date = "(.+)"/m)[1],
  cf: false,
  bindings: given.vars,
  durableObjects: bound(Object.keys(classes), name => ({ className: classes[name], useSQLite: true })),
  durableObjectsPersist: join(given.state, "objects"),
  kvNamespaces: ["STORE"].filter(has),
  kvPersist: join(given.state, "store"),
  ratelimits: bound(["LIMIT_ADDRESS", "LIMIT_KEY"], name => ({
    simple: { limit: given.limits[name] ?? 1_000_000, period: 60 },
  })),
  serviceBindings: has("ASSETS") ? { ASSETS: () => new Response("a file") } : {},
  handleRuntimeStdio(out, error) {
    out.pipe(process.stdout);
    error.pipe(process.stderr);
  },
});
console.log(`listening on ${await runtime.ready}`);
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => runtime.dispose().finally(() => process.exit(0)));
}
