// Reads what the tracker says about itself, now and every ten seconds while somebody looks.

const EVERY_MS = 10_000;
const PATIENCE_MS = 8_000;
const element = (id) => document.getElementById(id);

/** The JSON of a route, whatever its status: a degraded suite says so in the body of a 503. */
async function read(path) {
  const answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
  const body = await answer.json();
  return { ok: answer.ok, body };
}

function cell(tag, text, state) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (state !== undefined) made.dataset.state = state;
  return made;
}

function row(name, value) {
  const made = document.createElement("div");
  made.append(cell("dt", name), cell("dd", value));
  return made;
}

function verdict(state, text, when) {
  const shown = element("verdict");
  // A live region that is set again is read out again: only changes are news.
  if (shown.textContent !== text) shown.textContent = text;
  shown.dataset.state = state;
  element("checked").textContent = when ? `Checked ${new Date(when).toLocaleString()}` : "";
}

function showHealth(health) {
  const services = Object.entries(health.services);
  const ill = services.filter(([, state]) => state !== "up").map(([name]) => name);
  if (health.status === "healthy") verdict("good", "All services are up", health.timestamp);
  else verdict("bad", `Not healthy: ${ill.join(", ")}`, health.timestamp);
  element("services").replaceChildren(...services.map(([name, state]) => {
    const item = document.createElement("li");
    item.append(cell("strong", name), cell("span", state, state));
    return item;
  }));
}

const number = (value) => (typeof value === "number" ? value.toLocaleString() : String(value ?? "unknown"));

function showStats(stats) {
  element("figures").replaceChildren(
    row("Torrents", number(stats.total_torrents)),
    row("Peers", number(stats.total_peers)),
    row("Users", number(stats.total_users)),
    row("Minimum ratio", number(stats.min_ratio)),
  );
}

const words = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

function plain(value) {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (value === null || typeof value !== "object") return String(value);
  return Object.entries(value).map(([name, inner]) => {
    const nested = inner !== null && typeof inner === "object";
    return nested ? `${name} (${plain(inner)})` : `${words(name).toLowerCase()} ${plain(inner)}`;
  }).join(", ");
}

function showInstance(instance) {
  const facts = Object.entries(instance).filter(([, value]) => value !== null);
  element("instance").replaceChildren(...facts.map(([name, value]) => row(words(name), plain(value))));
}

/** Shows one part, or why it is missing; never leaves old figures beside a new problem. */
async function part(path, name, show) {
  const place = element(name);
  const problem = element(`${name}-problem`);
  try {
    const { ok, body } = await read(path);
    if (!ok) throw new Error(body.error ?? body.detail ?? "refused");
    show(body);
    problem.hidden = true;
  } catch (failed) {
    place.replaceChildren();
    problem.textContent = `${path}: ${failed.message}`;
    problem.hidden = false;
  }
  place.setAttribute("aria-busy", "false");
}

async function health() {
  try {
    const { body } = await read("/health");
    if (!body.services) throw new Error("no services in the answer");
    showHealth(body);
  } catch {
    verdict("bad", "The gateway does not answer");
    element("services").replaceChildren();
  }
  element("services").setAttribute("aria-busy", "false");
}

async function refresh() {
  if (document.hidden) return;
  await Promise.all([health(), part("/stats", "figures", showStats), part("/api/v1/instance", "instance", showInstance)]);
}

async function keepFresh() {
  await refresh();
  setTimeout(keepFresh, EVERY_MS);
}

document.addEventListener("visibilitychange", refresh);
keepFresh();
