import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { hostHas, installPackages } from "../../lab/build/host";

const PROGRAM = "chromium";
/** The browser, and letters for the page's Korean. */
const PACKAGES = [PROGRAM, "fonts-nanum"];
const SCREENSHOTS = join(__dirname, "../../test-results/theater-page");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
/** What WCAG 2.2 AA asks for, as far as a program can tell. */
const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Starts the machine's own browser, which is installed where it isn't there. */
export async function startBrowser(): Promise<Browser> {
  if (!hostHas(PROGRAM)) {
    await installPackages(PACKAGES, () => undefined, new AbortController().signal);
  }
  mkdirSync(SCREENSHOTS, { recursive: true });
  // In a container the browser can't make its sandbox, and what it shows is our own.
  return chromium.launch({ executablePath: `/usr/bin/${PROGRAM}`, args: ["--no-sandbox"] });
}

/** A page, and what went wrong on it. */
export interface Visit {
  readonly page: Page;
  /** Errors of the console and of scripts, refusals by its policy, requests to elsewhere. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** Opens a page; whatever it complains of, or asks elsewhere, is a fault. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: "en-US", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // The browser's own note of an answer that a test asked for.
    if (message.type() === "error" && !/^Failed to load resource/.test(message.text())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) {
      faults.push(`asks ${request.url()}`);
    }
  });
  await page.addInitScript(
    `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error("policy: " + violatedDirective + " " + blockedURI))`,
  );
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

/** Ends a visit that must have gone well. */
export async function leave({ faults, close }: Visit): Promise<void> {
  await close();
  assert.deepEqual(faults, []);
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** What stands in the way of people who don't see, hear or point. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(STANDARD)} }).then(({ violations }) => violations.flatMap(
      ({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html + " " + failureSummary)))`,
  );
  return found as string[];
}
