/** How an item reads in its list. */
const TEXTS = {
  users: ({ name, email }) => `${name} (${email})`,
  movies: ({ title, genre, year }) => `${title} (${year}, ${genre})`,
  bookings: ({ movieId, seats }) => `${seats.join(", ")}: ${movieId}`,
};

async function show(name) {
  const status = document.getElementById(`${name}-status`);
  const list = document.getElementById(name);
  try {
    const response = await fetch(`${name}/`, { headers: { accept: "application/json" } });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(answer.detail ?? answer.title);
    }
    list.replaceChildren(
      ...answer.map((item) => {
        const entry = document.createElement("li");
        entry.textContent = TEXTS[name](item);
        return entry;
      }),
    );
    const cluster = response.headers.get("x-service-cluster");
    status.textContent = `${answer.length} · ${cluster}`;
  } catch (error) {
    status.textContent = error.message;
  }
}

Object.keys(TEXTS).forEach((name) => void show(name));
