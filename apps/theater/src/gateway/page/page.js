import { control } from "./control.mjs";
import { byId, element, option } from "./elements.mjs";
import { follow } from "./live.mjs";
import { SERVICES } from "./map.mjs";
import { drawMesh } from "./mesh.mjs";
import { outdated, remember, view } from "./share.mjs";
import { seatsOf, text, TEXTS } from "./texts.mjs";

const REQUESTS = 20;
const PARALLEL = 4;
const PAUSE_MILLISECONDS = 500;
const LISTED = 8;
const THEMES = ["auto", "light", "dark"];

/** How an item reads in its list. */
const LINES = {
  users: ({ name, email }) => `${name} (${email})`,
  movies: ({ title, genre, year }) => `${title} (${year}, ${genre})`,
  bookings: ({ userId, movieId, seats }) =>
    `${nameOf("users", userId)}: ${nameOf("movies", movieId)}, ${seats.join(", ")}`,
};

const answers = Object.fromEntries(SERVICES.map((name) => [name, []]));
const items = Object.fromEntries(SERVICES.map((name) => [name, []]));
let language = kept("language", Object.keys(TEXTS)) ?? browserLanguage();
let snapshot;
let connection = "connecting";

const say = (key, ...values) => text(language, key, ...values);
const controls = control(() => say);

const nameOf = (service, id) => {
  const item = items[service].find((each) => each.id === id);
  return item?.name ?? item?.title ?? id;
};

function browserLanguage() {
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

/** What the visitor chose before, where the browser kept it. */
function kept(key, values) {
  try {
    return values.find((value) => value === localStorage.getItem(key));
  } catch {
    return undefined;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function translate() {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-text]")) {
    each.textContent = say(each.dataset.text);
  }
  for (const each of byId("theme").options) {
    each.textContent = say(`theme-${each.value}`);
  }
  for (const service of SERVICES) {
    byId(`${service}-ask`).textContent = say("ask", REQUESTS);
    byId(`${service}-status`).textContent = "";
  }
  byId("control-status").textContent = "";
  sayConnection(connection);
  drawAll();
}

function drawAll() {
  SERVICES.forEach(draw);
  if (snapshot !== undefined) {
    drawMesh(snapshot, say);
    controls.draw(snapshot);
  }
}

function sayConnection(state) {
  connection = state;
  const pill = byId("connection");
  if (pill.textContent !== say(`connection-${state}`)) {
    pill.textContent = say(`connection-${state}`);
  }
  pill.dataset.state = state;
}

/** Shows what is new, and forgets shares that were measured under other weights. */
function show(next) {
  for (const service of SERVICES) {
    const [before, after] = [snapshot, next].map((each) => routeOf(each, service));
    if (before !== undefined && after !== undefined && before !== after) {
      answers[service] = outdated(answers[service]);
    }
  }
  snapshot = next;
  drawAll();
}

function routeOf(of, service) {
  const shares = of?.services[service].route.shares;
  return shares && JSON.stringify(shares);
}

/** One request; whoever answers it, or nobody, counts. */
async function call(service, options) {
  let cluster;
  const marked = byId("canary").checked;
  try {
    const response = await fetch(`${service}/`, {
      ...options,
      headers: {
        accept: "application/json",
        ...(options?.body && { "content-type": "application/json" }),
        ...(marked && { "x-canary": "true" }),
      },
    });
    const body = await response.json();
    if (response.status < 500) {
      cluster = response.headers.get("x-service-cluster") ?? undefined;
    }
    if (!response.ok) {
      throw new Error(problemText(body));
    }
    return { body, cluster };
  } finally {
    answers[service] = remember(answers[service], { cluster, weighted: !marked });
  }
}

/** What was wrong: in the visitor's language where there is a text for it, else in the API's. */
function problemText({ status, detail, title, errors = [] }) {
  const key = `problem-${status}`;
  const about = errors.map((error) => `${(error.pointer ?? "#/").split("/")[1]}: ${error.detail}`);
  return [key in TEXTS[language] ? say(key) : (detail ?? title), ...about].join(" ");
}

async function list(service) {
  const note = byId(`${service}-note`);
  try {
    items[service] = (await call(service)).body;
    note.textContent = items[service].length === 0 ? say("none") : "";
  } catch (error) {
    note.textContent = reasonOf(error);
  }
  SERVICES.forEach(draw);
}

const reasonOf = (error) => (error instanceof TypeError ? say("unreachable") : error.message);

function draw(service) {
  byId(service).replaceChildren(
    ...items[service].slice(0, LISTED).map((item) => element("li", {}, LINES[service](item))),
  );
  const route = snapshot?.services[service].route;
  byId(`${service}-lights`).replaceChildren(...view(answers[service], route?.shares).map(row));
  byId(`${service}-of`).textContent = say("of", answers[service].length);
  byId(`${service}-route`).replaceChildren(...routeNote(route));
  if (service !== "bookings") {
    offer(byId(`booking-${service}`), service);
  }
}

/** Offers a service's items, anew only where they are others: a list that is open would close. */
function offer(select, service) {
  const wanted = items[service].map(({ id }) => [id, nameOf(service, id)]);
  const offered = [...select.options].map(({ value, textContent }) => [value, textContent]);
  if (JSON.stringify(offered) === JSON.stringify(wanted)) {
    return;
  }
  const chosen = select.value;
  select.replaceChildren(...wanted.map(([id, name]) => option(id, name)));
  select.value = wanted.some(([id]) => id === chosen) ? chosen : (wanted[0]?.[0] ?? "");
}

/** What is to be known of the weights beside the weights. */
function routeNote(route) {
  if (route === undefined) {
    return [];
  }
  if (route.state !== "known") {
    return [say(`route-${route.state}`)];
  }
  if (route.change === undefined) {
    return [];
  }
  const { what, until } = route.change;
  const time = new Date(until).toLocaleTimeString(language);
  return [element("strong", {}, say("changedUntil", say(`change-${what}`), time))];
}

function row({ cluster, lights, hits, total, share, low, high, configured, deviates }) {
  const name = cluster ?? say("nobody");
  const strip = element("span", {
    className: "lights",
    role: "img",
    "aria-label": say("lights", name, lights.filter(Boolean).length, lights.length),
  });
  strip.append(...lights.map((lit) => element("i", { className: lit ? "lit" : "" })));
  const measured =
    total === 0 ? say("unmeasured") : say("share", ...[share, low, high].map(Math.round));
  return element(
    "li",
    { className: cluster === undefined ? "failed" : `c${indexOf(cluster) % 6}` },
    element("b", {}, name),
    strip,
    ...(cluster === undefined ? [] : [bar(total, { share, low, high, configured })]),
    element("span", { className: "figures", "data-hits": hits, "data-total": total }, measured),
    ...(configured === undefined
      ? []
      : [
          element(
            "span",
            { className: deviates ? "configured deviates" : "configured" },
            say(deviates ? "deviates" : "configured", Math.round(configured)),
          ),
        ]),
  );
}

/** The share with its interval, and the weight beside it; the words below say the same. */
function bar(total, { share, low, high, configured }) {
  const place = (className, left, width) => {
    const part = element("i", { className });
    part.style.left = `${left}%`;
    if (width !== undefined) {
      part.style.width = `${width}%`;
    }
    return part;
  };
  return element(
    "span",
    { className: "bar", "aria-hidden": "true" },
    ...(total === 0 ? [] : [place("interval", low, high - low), place("measured", share)]),
    ...(configured === undefined ? [] : [place("weight", configured)]),
  );
}

/** A cluster has the same colour everywhere. */
function indexOf(cluster) {
  const named = snapshot?.clusters.map(({ name }) => name) ?? [];
  const seen = [...new Set(SERVICES.flatMap((service) => answers[service].map((a) => a.cluster)))];
  const names = named.length > 0 ? named : seen.filter(Boolean).toSorted();
  return Math.max(0, names.indexOf(cluster));
}

/** Asks a service often, several at a time. */
async function askOften(service, requests) {
  let left = requests;
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      while (left-- > 0) {
        await list(service);
      }
    }),
  );
}

/** What the API takes of a form. */
const BODIES = {
  users: (form) => ({ name: form.get("name"), email: form.get("email") }),
  movies: (form) => ({
    title: form.get("title"),
    genre: form.get("genre"),
    year: Number(form.get("year")),
  }),
  bookings: (form) => ({
    userId: form.get("user"),
    movieId: form.get("movie"),
    seats: seatsOf(form.get("seats")),
  }),
};

async function submit(service, form) {
  const status = byId(`${service}-status`);
  try {
    const body = JSON.stringify(BODIES[service](new FormData(form)));
    const { body: made, cluster } = await call(service, { method: "POST", body });
    form.reset();
    await list(service);
    if (service !== "bookings") {
      // Who adds something is likely to book with it next.
      byId(`booking-${service}`).value = made.id;
    }
    status.className = "";
    status.textContent = say("added", cluster ?? "");
  } catch (error) {
    status.className = "problem";
    status.textContent = reasonOf(error);
    draw(service);
  }
}

let asking = false;

async function keepAsking() {
  if (asking) {
    return;
  }
  asking = true;
  while (byId("keep").checked) {
    await Promise.all(SERVICES.map((service) => askOften(service, PARALLEL)));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  asking = false;
}

function wear(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").value = theme;
}

byId("language").replaceChildren(option("ko", "한국어"), option("en", "English"));
byId("language").value = language;
byId("language").addEventListener("change", ({ target }) => {
  language = target.value in TEXTS ? target.value : "en";
  keep("language", language);
  translate();
});
byId("theme").replaceChildren(...THEMES.map((theme) => option(theme, theme)));
byId("theme").addEventListener("change", ({ target }) => {
  keep("theme", target.value);
  wear(target.value);
});
byId("keep").addEventListener("change", () => void keepAsking());
for (const service of SERVICES) {
  byId(`${service}-ask`).addEventListener("click", () => void askOften(service, REQUESTS));
  byId(`${service}-form`).addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(service, event.target);
  });
}
addEventListener("resize", drawAll);
wear(kept("theme", THEMES) ?? "auto");
translate();
SERVICES.forEach((service) => void list(service));
follow(show, sayConnection);
