import { byId, element, option } from "./elements.mjs";
import { SERVICES } from "./map.mjs";

const DURATIONS = [30, 60, 120, 300, 600];
const USUAL = 60;

/**
 * The buttons of those who know the token. It stays in its field: it is sent as a header, and kept
 * nowhere.
 *
 * @param {() => (key: string, ...values: unknown[]) => string} texts says a text of the page's language
 */
export function control(texts) {
  let known = "";
  byId("restore").addEventListener("click", () => void send("DELETE", "api/changes"));

  async function send(method, path, body) {
    const status = byId("control-status");
    const say = texts();
    try {
      const response = await fetch(path, {
        method,
        headers: {
          authorization: `Bearer ${byId("token").value}`,
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer = await response.json();
      status.className = response.ok ? "" : "problem";
      status.textContent = !response.ok
        ? response.status === 401
          ? say("wrongToken")
          : (answer.detail ?? answer.title)
        : method === "DELETE"
          ? say("restored", answer.restored.length)
          : say("changed", timeOf(answer.until));
    } catch {
      status.className = "problem";
      status.textContent = say("unreachable");
    }
  }

  const timeOf = (text) => new Date(text).toLocaleTimeString(document.documentElement.lang);
  const seconds = () => Number(byId("seconds").value);

  function sharesForm(service, shares) {
    const say = texts();
    const clusters = Object.keys(shares);
    const inputs = clusters.map((cluster) =>
      element("input", {
        type: "number",
        min: 0,
        max: 100,
        required: "",
        name: cluster,
        value: shares[cluster],
      }),
    );
    if (inputs.length === 2) {
      inputs.forEach((input, index) =>
        input.addEventListener("input", () => {
          inputs[1 - index].value = input.validity.valid ? 100 - Number(input.value) : "";
        }),
      );
    }
    const form = element(
      "form",
      { "data-service": service },
      element(
        "fieldset",
        {},
        element("legend", {}, say("sharesOf", say(service))),
        ...inputs.map((input, index) =>
          element("label", {}, element("span", {}, `${clusters[index]} %`), input),
        ),
        element("button", {}, say("apply")),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = Object.fromEntries(inputs.map(({ name, value }) => [name, Number(value)]));
      void send("PUT", `api/traffic/${service}`, { shares: wanted, seconds: seconds() });
    });
    return form;
  }

  function scenarioItem(name) {
    const say = texts();
    const button = element(
      "button",
      { type: "button", "data-scenario": name },
      say(`play-${name}`),
    );
    button.addEventListener(
      "click",
      () => void send("PUT", `api/scenarios/${name}`, { seconds: seconds() }),
    );
    return element("li", {}, button, element("span", {}, say(`does-${name}`)));
  }

  return {
    /** Shows what can be done, anew only where that is something else than before. */
    draw({ scenarios, services }) {
      byId("control").hidden = scenarios.length === 0;
      const now = JSON.stringify([
        document.documentElement.lang,
        scenarios,
        SERVICES.map((service) => services[service].route.shares),
      ]);
      if (now === known || scenarios.length === 0) {
        return;
      }
      known = now;
      const say = texts();
      const chosen = byId("seconds").value || String(USUAL);
      byId("seconds").replaceChildren(
        ...DURATIONS.map((each) => option(each, say("durationOf", each))),
      );
      byId("seconds").value = chosen;
      byId("shares").replaceChildren(
        ...SERVICES.filter((service) => services[service].route.shares !== undefined).map(
          (service) => sharesForm(service, services[service].route.shares),
        ),
      );
      byId("scenarios").replaceChildren(...scenarios.map(scenarioItem));
    },
  };
}
