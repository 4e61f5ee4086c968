import { byId, element, shape } from "./elements.mjs";
import { flowsOf, layout, SERVICES } from "./map.mjs";

/** States of a cluster in which what is shown of it may be long gone. */
const GONE = ["unreachable", "forbidden", "unconfigured"];

const percent = (share) => `${Math.round(share)} %`;

/**
 * Draws the mesh: what flows where, and every cluster's pods.
 *
 * @param {object} snapshot what `/api/live` answers
 * @param {(key: string, ...values: unknown[]) => string} say a text of the page's language
 */
export function drawMesh(snapshot, say) {
  const { clusters, gateway } = snapshot;
  byId("mesh-note").textContent =
    clusters.length === 0 ? say("topologyOff") : say("meshNote", gateway.pod, gateway.cluster);
  const map = byId("map");
  map.toggleAttribute("hidden", clusters.length === 0);
  if (clusters.length > 0) {
    drawMap(map, snapshot, say);
  }
  byId("clusters").replaceChildren(...clusters.map((cluster, index) => card(cluster, index)));

  function card({ name, state, since, pods }, index) {
    const gone = GONE.includes(state);
    const title = element("h3", {}, element("i", { className: "swatch" }), name);
    const condition = element("p", { className: "state" }, stateText(state, since));
    const answers = answersByPod(snapshot, name);
    const services = [...new Set(pods.map(({ service }) => service))];
    const list = element(
      "ul",
      {},
      ...services.map((service) => {
        const own = pods.filter((pod) => pod.service === service);
        return element(
          "li",
          {},
          element("span", { className: "service" }, service),
          element("ul", { className: "pods" }, ...own.map((pod) => podItem(pod, answers))),
        );
      }),
    );
    const note =
      gone && pods.length > 0 ? [element("p", { className: "note" }, say("lastSeen"))] : [];
    const none = !gone && state !== "unknown" && pods.length === 0;
    return element(
      "li",
      { className: `cluster c${index % 6}${gone ? " gone" : ""}`, "data-state": state },
      title,
      condition,
      ...note,
      ...(none ? [element("p", { className: "note" }, say("noPods"))] : []),
      list,
    );
  }

  function podItem({ name, service, state }, answers) {
    const short = name.startsWith(`${service}-`) ? name.slice(service.length + 1) : name;
    const count = answers.get(name);
    return element(
      "li",
      { className: `pod ${state}`, title: name },
      element("i", { "aria-hidden": "true" }),
      short,
      " ",
      element(
        "small",
        {},
        count === undefined
          ? say(`pod-${state}`)
          : `${say(`pod-${state}`)} · ${say("answers", count)}`,
      ),
    );
  }

  function stateText(state, since) {
    const time = new Date(since).toLocaleTimeString(document.documentElement.lang);
    return say(`cluster-${state}`, time);
  }
}

const answersByPod = ({ services }, cluster) =>
  new Map(
    SERVICES.flatMap((service) => services[service].flows)
      .filter((flow) => flow.cluster === cluster && flow.pod !== null)
      .map(({ pod, answers }) => [pod, answers]),
  );

function drawMap(map, snapshot, say) {
  const width = Math.max(300, map.parentElement.clientWidth - 2 * EDGE);
  const { height, gateway, rows, boxes, lines } = layout(snapshot, width);
  map.setAttribute("viewBox", `-1 -1 ${width + 2} ${height + 2}`);
  map.setAttribute("width", String(width + 2));
  map.setAttribute("height", String(height + 2));
  map.setAttribute("aria-label", summary(snapshot, say));
  map.replaceChildren(
    ...lines.flatMap(({ path, index, thickness, configured }) => [
      ...(configured > 0 ? [shape("path", { d: path, class: "planned" })] : []),
      ...(thickness > 0
        ? [shape("path", { d: path, class: `flow c${index % 6}`, "stroke-width": thickness + 1 })]
        : []),
    ]),
    box(gateway, "gateway"),
    label(gateway.x + 12, gateway.y + 22, say("gateway"), "title"),
    ...rows.map(({ service, y }) => label(gateway.x + 12, y + 5, say(service))),
    ...boxes.flatMap((one) => [
      box(one, `cluster c${one.index % 6}${GONE.includes(one.state) ? " gone" : ""}`),
      label(one.x + 12, one.y + 22, one.name, "title"),
      label(one.x + one.width - 12, one.y + 22, stateLabel(one, say), "state end"),
    ]),
    ...lines.flatMap(({ service, cluster, measured, configured, y }) => {
      const at = boxes.find(({ name }) => name === cluster);
      return [
        label(at.x + 12, y + 5, say(service)),
        label(
          at.x + at.width - 12,
          y + 5,
          measured === undefined
            ? configured === undefined
              ? "–"
              : `(${percent(configured)})`
            : percent(measured),
          "end",
        ),
      ];
    }),
  );
}

/** In a narrow box there is room for a mark; the list below the map says it in words. */
const stateLabel = ({ state, width }, say) =>
  width >= WIDE ? say(`short-${state}`) : GONE.includes(state) ? "✕" : "";

/** Pixels of a box in which a cluster's name and state have room. */
const WIDE = 200;

/** Room that the map's section leaves at each side, in pixels. */
const EDGE = 20;

const box = ({ x, y, width, height }, className) =>
  shape("rect", { x, y, width, height, rx: 10, class: className });

const label = (x, y, content, className = "") => shape("text", { x, y, class: className }, content);

/** The map in words. */
function summary({ clusters, services }, say) {
  const parts = SERVICES.map((service) => {
    const { counts, total } = flowsOf(services[service].flows);
    const shares = Object.entries(counts).map(
      ([cluster, count]) => `${cluster} ${percent((count / total) * 100)}`,
    );
    return `${say(service)}: ${shares.join(", ") || say("noFlow")}`;
  });
  const states = clusters.map(({ name, state }) => `${name}: ${say(`short-${state}`)}`);
  return [say("map"), ...states, ...parts].join(". ");
}
