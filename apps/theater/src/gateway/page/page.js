import { remember, view } from "./share.mjs";
import { seatsOf, text, TEXTS } from "./texts.mjs";

const SERVICES = ["users", "movies", "bookings"];
const REQUESTS = 20;
const PARALLEL = 4;
const PAUSE_MILLISECONDS = 500;
const LISTED = 10;

/** How an item reads in its list. */
const LINES = {
  users: ({ name, email }) => `${name} (${email})`,
  movies: ({ title, genre, year }) => `${title} (${year}, ${genre})`,
  bookings: ({ userId, movieId, seats }) =>
    `${nameOf("users", userId)}: ${nameOf("movies", movieId)}, ${seats.join(", ")}`,
};

const byId = (id) => document.getElementById(id);
const answers = Object.fromEntries(SERVICES.map((name) => [name, []]));
const items = Object.fromEntries(SERVICES.map((name) => [name, []]));
let language = navigator.language.startsWith("ko") ? "ko" : "en";

const nameOf = (service, id) => {
  const item = items[service].find((each) => each.id === id);
  return item?.name ?? item?.title ?? id;
};

function translate() {
  document.documentElement.lang = language;
  document.title = text(language, "title");
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(language, element.dataset.text, element.dataset.value);
  }
  SERVICES.forEach(draw);
}

/** One request; whoever answers it, or nobody, counts. */
async function call(service, options) {
  let cluster;
  try {
    const response = await fetch(`${service}/`, {
      ...options,
      headers: {
        accept: "application/json",
        ...(options?.body && { "content-type": "application/json" }),
        ...(byId("canary").checked && { "x-canary": "true" }),
      },
    });
    const body = await response.json();
    if (response.status < 500) {
      cluster = response.headers.get("x-service-cluster") ?? undefined;
    }
    if (!response.ok) {
      throw new Error(body.detail ?? body.title);
    }
    return { body, cluster };
  } finally {
    answers[service] = remember(answers[service], cluster);
  }
}

async function list(service) {
  const status = byId(`${service}-status`);
  try {
    items[service] = (await call(service)).body;
    status.textContent = items[service].length === 0 ? text(language, "none") : "";
  } catch (error) {
    status.textContent = error instanceof TypeError ? text(language, "unreachable") : error.message;
  }
  SERVICES.forEach(draw);
}

function draw(service) {
  byId(service).replaceChildren(
    ...items[service].slice(0, LISTED).map((item) => element("li", LINES[service](item))),
  );
  byId(`${service}-lights`).replaceChildren(...view(answers[service]).map(row));
  byId(`${service}-of`).textContent = text(language, "of", answers[service].length);
  if (service !== "bookings") {
    const select = byId(`booking-${service}`);
    const chosen = select.value;
    select.replaceChildren(...items[service].map(({ id }) => option(id, nameOf(service, id))));
    select.value = items[service].some(({ id }) => id === chosen)
      ? chosen
      : (items[service][0]?.id ?? "");
  }
}

function row({ cluster, lights, hits, total, share, low, high }) {
  const name = cluster ?? text(language, "nobody");
  const line = element("li");
  line.className = cluster === undefined ? "failed" : "";
  const strip = element("span");
  strip.className = "lights";
  strip.setAttribute("role", "img");
  strip.setAttribute("aria-label", text(language, "lights", name, hits, total));
  strip.append(
    ...lights.map((lit) => {
      const light = element("i");
      light.className = lit ? "lit" : "";
      return light;
    }),
  );
  const percentages = [share, low, high].map(Math.round);
  line.append(element("b", name), strip, element("span", text(language, "share", ...percentages)));
  return line;
}

function element(tag, content = "") {
  const made = document.createElement(tag);
  made.textContent = content;
  return made;
}

function option(value, content) {
  const made = element("option", content);
  made.value = value;
  return made;
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
    const { cluster } = await call(service, { method: "POST", body });
    form.reset();
    await list(service);
    status.textContent = text(language, "added", cluster);
  } catch (error) {
    status.textContent = error instanceof TypeError ? text(language, "unreachable") : error.message;
    draw(service);
  }
}

async function keepAsking() {
  while (byId("keep").checked) {
    await Promise.all(SERVICES.map((service) => askOften(service, PARALLEL)));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}

byId("language").replaceChildren(option("ko", "한국어"), option("en", "English"));
byId("language").value = language;
byId("language").addEventListener("change", ({ target }) => {
  language = target.value in TEXTS ? target.value : "en";
  translate();
});
byId("keep").addEventListener("change", () => void keepAsking());
for (const service of SERVICES) {
  byId(`${service}-ask`).dataset.value = REQUESTS;
  byId(`${service}-ask`).addEventListener("click", () => void askOften(service, REQUESTS));
  byId(`${service}-form`).addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(service, event.target);
  });
}
translate();
SERVICES.forEach((service) => void list(service));
