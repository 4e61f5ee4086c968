import assert from "node:assert/strict";
import { get } from "node:http";
import type { Browser, Page } from "playwright-core";
import { clientFor, type KubeClient } from "../../kube/client";
import { asker } from "../../kube/request";
import { runningProcess } from "../../lab/cluster/process";
import { adminKubeconfig } from "../../lab/paths";
import { THEATER_CONTROL_TOKEN } from "../../lab/stack-configs";
import { ask, restart, until } from "../../lab/theater";
import { CONTROL_TOKEN, rulesOf, startStage, type Stage } from "../unit/apps/theater/stage";
import { up } from "./support";
import { barriers, leave, screenshot, startBrowser, visit, type Visit } from "./browser";

const KOREAN = { locale: "ko-KR" };
/** Goes on by Tab until an element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if ((await page.locator(`${selector}:focus`).count()) > 0) {
      return;
    }
  }
  assert.fail(`Tab doesn't come to ${selector}`);
}

/** Waits until an element's text is so. */
const shows = (page: Page, selector: string, text: RegExp | string): Promise<void> =>
  page.locator(selector).filter({ hasText: text }).first().waitFor();

describe("the theater's page in a browser", () => {
  let stage: Stage;
  let browser: Browser;
  let open: Visit | undefined;
  before(async () => {
    stage = await startStage({ controlToken: CONTROL_TOKEN, refreshMilliseconds: 500 });
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await stage.close();
  });
  afterEach(async () => {
    const visited = open;
    open = undefined;
    if (visited) {
      await leave(visited);
    }
  });

  const enter = async (options: Parameters<typeof visit>[2] = {}): Promise<Page> => {
    open = await visit(browser, stage.url, options);
    const { page } = open;
    await page.locator('#connection[data-state="live"]').waitFor();
    await page.locator("#users li").first().waitFor();
    return page;
  };

  it("books by the keyboard alone, and says which seat is taken", async () => {
    const page = await enter();
    await tabTo(page, '#users-form [name="name"]');
    await page.keyboard.type("홍길동");
    await page.keyboard.press("Tab");
    await page.keyboard.type("hong@example.com");
    await page.keyboard.press("Enter");
    await shows(page, "#users-status", /^Added by (ncloud|nhn)\.$/);
    await shows(page, "#users li", "홍길동 (hong@example.com)");
    await tabTo(page, '#movies-form [name="title"]');
    await page.keyboard.type("어벤져스");
    await page.keyboard.press("Tab");
    await page.keyboard.type("액션");
    await page.keyboard.press("Tab");
    await page.keyboard.type("2019");
    await page.keyboard.press("Enter");
    await shows(page, "#movies li", "어벤져스 (2019, 액션)");
    await tabTo(page, '#bookings-form [name="seats"]');
    await page.keyboard.type("A1, a2");
    await page.keyboard.press("Enter");
    await shows(page, "#bookings li", "홍길동: 어벤져스, A1, A2");
    await page.keyboard.type("A2,A3");
    await page.keyboard.press("Enter");
    await shows(
      page,
      "#bookings-status.problem",
      "A seat of these is taken, or too few are free. seats: A2 is taken",
    );
    assert.equal(await page.locator("#bookings li").count(), 1);
    await screenshot(page, "seat-taken");
  });

  it("lights a light for each answer, and measures the shares with their interval", async () => {
    const page = await enter();
    for (const service of ["users", "movies", "bookings"]) {
      await page.locator(`#${service}-ask`).click();
      await shows(page, `#${service}-of`, "last 21");
    }
    await shows(page, "#users-lights li", "configured 70 %");
    const figures = page.locator("#users-lights .figures");
    assert.match(await figures.first().innerText(), /^measured \d+ % \(95 % interval \d+–\d+ %\)$/);
    const lit = await page.locator("#users-lights .lit").count();
    assert.equal(lit, 16, "one light per answer, in one of the rows");
    await page.locator("#map .flow").first().waitFor();
    assert.match(
      (await page.locator("#map").getAttribute("aria-label")) ?? "",
      /Users: ncloud \d+ %/,
    );
    await shows(page, ".pod", /answers/);
  });

  it("takes weights that change over at once, and measures anew", async () => {
    const page = await enter();
    await page.locator("#users-ask").click();
    await shows(page, "#users-of", "last 21");
    stage.kubes.ncloud.put({
      metadata: { name: "user-service" },
      spec: { http: rulesOf("user-service", [0, 100]) },
    });
    await shows(page, "#users-lights li", "configured 0 %");
    await shows(page, "#users-lights .figures", "not measured yet");
    await page.locator("#users-ask").click();
    await shows(page, "#users-lights .figures", /^measured 100 % \(95 % interval 84–100 %\)$/);
    await page.locator("#canary").check();
    await page.locator("#users-ask").click();
    await shows(page, "#users-of", "last 61");
    const totals = await page.evaluate<string[]>(
      `[...document.querySelectorAll("#users-lights .figures")].map(({ dataset }) => dataset.total)`,
    );
    assert.deepEqual(totals, ["20", "20"], "what the canary answers says nothing of the weights");
    stage.kubes.ncloud.put({
      metadata: { name: "user-service" },
      spec: { http: rulesOf("user-service", [70, 30]) },
    });
  });

  it("shows a dead cluster as dead, in words, and its return", async () => {
    const page = await enter();
    await shows(page, "#clusters > li", /nhn.*Up since/s);
    stage.kubes.nhn.mood = "silent";
    await shows(page, "#clusters .gone", /nhn.*Not reachable since/s);
    await shows(page, "#map", "✕ not reachable");
    assert.match((await page.locator("#map").getAttribute("aria-label")) ?? "", /nhn: ✕ not/);
    assert.equal(await page.locator("#clusters .gone").count(), 1);
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "dead-cluster");
    stage.kubes.nhn.mood = "well";
    await page.locator("#clusters .gone").waitFor({ state: "detached" });
    stage.kubes.nhn.pods.pop();
    await page.locator(".cluster .pod").nth(6).waitFor();
    await page.locator(".cluster .pod").nth(7).waitFor({ state: "detached" });
  });

  it("asks now and then where it can't be told, and says when nobody answers", async () => {
    const page = await enter();
    await page.route("**/api/events", (route) => route.fulfill({ status: 503, body: "{}" }));
    await page.reload();
    await shows(page, "#connection", "Polling");
    await shows(page, "#clusters > li", /ncloud.*Up since/s);
    await page.route("**/api/live", (route) => route.abort());
    await shows(page, "#connection", "Offline");
  });

  it("lets a holder of the token change the weights for a while, and play scenarios", async () => {
    const page = await enter();
    const form = page.locator('#shares form[data-service="users"]');
    const [first, second] = [form.locator("input").nth(0), form.locator("input").nth(1)];
    await first.fill("90");
    assert.equal(await second.inputValue(), "10", "two shares are 100 together");
    await form.locator("button").click();
    await shows(page, "#control-status.problem", "The token is missing or wrong.");
    await page.locator("#token").fill(CONTROL_TOKEN);
    await first.fill("90");
    await form.locator("button").click();
    await shows(page, "#control-status", "Done. It is taken back at");
    await shows(page, "#users-lights li", "configured 90 %");
    await shows(page, "#users-route", "Shares changed until");
    await page.locator('[data-scenario="abort"]').click();
    await shows(page, "#bookings-route", "Abort until");
    await page.locator("#keep").check();
    await shows(page, "#bookings-lights .failed", "no answer");
    await page.locator("#keep").uncheck();
    await screenshot(page, "scenario");
    assert(!page.url().includes(CONTROL_TOKEN));
    await page.locator("#restore").click();
    await shows(page, "#control-status", "2 services are as they were.");
    await shows(page, "#users-lights li", "configured 70 %");
    await page.locator("#bookings-route strong").waitFor({ state: "detached" });
  });

  it("speaks Korean and English, whichever the visitor wants, and keeps to it", async () => {
    const page = await enter(KOREAN);
    const texts = (): Promise<string[]> =>
      page
        .locator(
          "[data-text], #connection, #mesh-note, #clusters .state, #users-ask, .figures, legend",
        )
        .allInnerTexts();
    assert.equal(await page.locator("html").getAttribute("lang"), "ko");
    const korean = await texts();
    assert.deepEqual(
      korean.filter((text) => text !== "" && !/\p{Script=Hangul}/u.test(text)),
      [],
    );
    await page.locator("#language").selectOption("en");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    const english = await texts();
    assert.equal(english.length, korean.length);
    assert.deepEqual(
      english.filter((text) => /\p{Script=Hangul}/u.test(text)),
      [],
    );
    await page.reload();
    await shows(page, "h1", "Theater");
  });

  it("is dark where the visitor's system is, or where the visitor says so", async () => {
    const page = await enter({ colorScheme: "dark" });
    const isDark = async (): Promise<boolean> => {
      const ground = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      return Number(/\d+/.exec(ground)?.[0]) < 64;
    };
    assert.equal(await isDark(), true);
    await page.locator("#theme").selectOption("light");
    assert.equal(await isDark(), false);
    await page.reload();
    assert.equal(await isDark(), false);
  });

  for (const [name, options] of Object.entries({
    "wide-light-ko": { ...KOREAN, viewport: { width: 1280, height: 900 } },
    "wide-dark-en": { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
    "narrow-light-en": { viewport: { width: 320, height: 800 } },
    "narrow-dark-ko": { ...KOREAN, colorScheme: "dark", viewport: { width: 320, height: 800 } },
  } as const)) {
    it(`is for everybody: ${name}`, async () => {
      const page = await enter(options);
      await page.locator("#users-ask").click();
      await page.locator("#movies-ask").click();
      await shows(page, "#movies-of", "21");
      assert.deepEqual(await barriers(page), []);
      const overflow = await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert(overflow <= 0, `${overflow} pixels wider than the screen`);
      await screenshot(page, name);
    });
  }
});

describe("the theater's page on the lab", () => {
  let browser: Browser;
  let base = "";
  let client: KubeClient;
  let open: Visit | undefined;
  before(async () => {
    const { theaterUrl } = await up("--engine", "stand-in");
    assert(theaterUrl);
    base = theaterUrl.replace(/\/$/, "");
    client = await clientFor(adminKubeconfig("ncloud"));
    browser = await startBrowser();
    await until("the page is there", 60, async () => (await ask(`${base}/`)).status === 200);
  });
  after(() => browser?.close());
  afterEach(async () => {
    const visited = open;
    open = undefined;
    if (visited) {
      await leave(visited);
    }
  });

  const enter = async (): Promise<Page> => {
    open = await visit(browser, base);
    open.page.setDefaultTimeout(40_000);
    await open.page.locator('#connection[data-state="live"]').waitFor();
    return open.page;
  };
  const control = (method: string, path: string, body?: unknown) =>
    ask(`${base}${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${THEATER_CONTROL_TOKEN}` },
    });

  it("shows both clouds as their APIs tell, and a cloud whose API is silent as not reachable", async () => {
    const started = performance.now();
    let ended = false;
    const stream = get(`${base}/api/events`, (response) => {
      response.resume().on("close", () => (ended = true));
    }).on("error", () => (ended = true));
    const page = await enter();
    for (const name of ["ncloud", "nhn"]) {
      await shows(page, "#clusters > li", new RegExp(`^\\s*${name}\\s*Up since`));
    }
    await shows(page, "#clusters .service", "redis");
    await shows(page, "#clusters .pod", / ready/);
    await shows(page, "#users-lights li", /ncloud.*configured 70 %/s);
    await shows(page, "#movies-lights li", /nhn.*configured 70 %/s);
    await page.locator("#keep").check();
    await page.locator("#map .flow").nth(5).waitFor();
    await screenshot(page, "lab");
    const server = await runningProcess("nhn", "kube-apiserver");
    assert(server);
    process.kill(server.pid, "SIGSTOP");
    try {
      const frozen = performance.now();
      await shows(page, "#clusters .gone", /nhn.*Not reachable since/s);
      console.log(`      dead after ${((performance.now() - frozen) / 1000).toFixed(1)} s`);
      await screenshot(page, "lab-dead-cluster");
    } finally {
      process.kill(server.pid, "SIGCONT");
    }
    await page.locator("#clusters .gone").waitFor({ state: "detached" });
    await page.locator("#keep").uncheck();
    // Longer than the way in waits for any other answer.
    await until("25 s are over", 30, () => Promise.resolve(performance.now() - started > 25_000));
    assert.equal(ended, false, "the stream has no end");
    stream.destroy();
  });

  it("changes the weights for a while, and takes it back though its pods are replaced", async () => {
    const page = await enter();
    await page.locator("#token").fill(THEATER_CONTROL_TOKEN);
    const form = page.locator('#shares form[data-service="users"]');
    await form.locator("input").first().fill("0");
    await page.locator("#seconds").selectOption("30");
    await form.locator("button").click();
    await shows(page, "#control-status", "Done. It is taken back at");
    await shows(page, "#users-lights li", /ncloud.*configured 0 %/s);
    await until("all users come from nhn", 15, async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => ask(`${base}/users/?limit=1`)),
      );
      return answers.every(({ cluster }) => cluster === "nhn");
    });
    await restart(client, "api-gateway");
    await shows(page, "#users-lights li", /ncloud.*configured 70 %/s);
    assert.deepEqual((await control("DELETE", "/api/changes")).body, { restored: [] });
  });

  it("may do nothing but that", async () => {
    const askApi = await asker(client, new AbortController().signal);
    const may = async (
      user: string,
      verb: string,
      [group, resource, name]: readonly [string, string, string?],
      namespace = "theater-msa",
    ): Promise<boolean> => {
      const answer = await askApi({
        path: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
        body: {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SubjectAccessReview",
          spec: {
            user: `system:serviceaccount:${user}`,
            resourceAttributes: { verb, group, resource, namespace, ...(name && { name }) },
          },
        },
      });
      return (answer.body as { status: { allowed: boolean } }).status.allowed;
    };
    const gateway = "theater-msa:api-gateway";
    const viewer = "theater-viewer-nhn:theater-viewer";
    const routes = ["networking.istio.io", "virtualservices"] as const;
    assert.equal(await may(gateway, "list", ["", "pods"]), true);
    assert.equal(await may(gateway, "update", [...routes, "user-service"]), true);
    assert.equal(await may(viewer, "list", ["", "pods"]), true);
    for (const user of [gateway, viewer]) {
      assert.equal(await may(user, "list", ["", "pods"], "istio-system"), false);
      assert.equal(await may(user, "list", ["", "secrets"]), false);
      assert.equal(await may(user, "get", ["", "secrets", "redis"]), false);
      assert.equal(await may(user, "delete", ["", "pods"]), false);
      assert.equal(await may(user, "create", [...routes]), false);
      assert.equal(await may(user, "update", [...routes, "theater-msa"], "istio-system"), false);
    }
    assert.equal(await may(viewer, "get", [...routes, "user-service"]), false);
  });
});
