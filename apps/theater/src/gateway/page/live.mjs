/** How often the page asks where nothing is told to it. */
const POLL_MILLISECONDS = 3000;
/** When the page tries to be told again, where the gateway refused that. */
const AGAIN_MILLISECONDS = 30_000;

/**
 * Follows what goes on in the mesh: by server-sent events, or by asking now and then where those
 * don't come.
 *
 * @param {(snapshot: object) => void} show
 * @param {(state: "live" | "polling" | "offline") => void} say
 */
export function follow(show, say) {
  let polling;
  const poll = async () => {
    try {
      const response = await fetch("api/live");
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      show(await response.json());
      say("polling");
    } catch {
      say("offline");
    }
  };
  const listen = () => {
    const source = new EventSource("api/events");
    source.addEventListener("message", ({ data }) => {
      clearInterval(polling);
      polling = undefined;
      show(JSON.parse(data));
      say("live");
    });
    source.addEventListener("error", () => {
      if (polling === undefined) {
        void poll();
        polling = setInterval(() => void poll(), POLL_MILLISECONDS);
      }
      // The browser itself comes back to a stream that was good once, not to one that was refused.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(listen, AGAIN_MILLISECONDS);
      }
    });
  };
  listen();
}
