/** Why the Raspberry Pi did not do as told, for the log. */
export class RaspberryPiError extends Error {}

export interface Call {
  /** Ends the call when nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** Trace headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A temperature is a few characters. */
const MOST_CHARACTERS = 1024;

/** A Raspberry Pi with `POST /on`, `POST /off` and `GET /temperature`, a JSON number in °C. */
export class RaspberryPi {
  /** @param base URL below which its paths are */
  constructor(
    private readonly base: URL,
    private readonly timeoutMilliseconds: number,
  ) {}

  /** @throws RaspberryPiError when it gives no answer in time, or another one than 200 */
  async turnOn(call: Call): Promise<void> {
    await this.request("POST", "on", call);
  }

  /** @throws RaspberryPiError when it gives no answer in time, or another one than 200 */
  async turnOff(call: Call): Promise<void> {
    await this.request("POST", "off", call);
  }

  /** °C. @throws RaspberryPiError when it gives no answer in time, or one that is no temperature */
  async temperature(call: Call): Promise<number> {
    const text = await this.request("GET", "temperature", call);
    const degrees = /^\s*-?\d{1,4}(\.\d+)?\s*$/.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(degrees)) {
      throw new RaspberryPiError("answered with what is no temperature");
    }
    return degrees;
  }

  private async request(method: string, path: string, { signal, headers }: Call): Promise<string> {
    const url = new URL(this.base);
    url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path}`;
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMilliseconds)]),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new RaspberryPiError(`answered with status ${response.status}`);
      }
      return await shortText(response);
    } catch (error) {
      throw error instanceof RaspberryPiError
        ? error
        : new RaspberryPiError(`gave no answer: ${(error as Error).name}`);
    }
  }
}

async function shortText(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_CHARACTERS) {
      throw new RaspberryPiError(`answered with more than ${MOST_CHARACTERS} characters`);
    }
  }
  return text;
}
