import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { UserError } from "../../../config/errors";
import { schema } from "../../../config/schema";
import { chooseImages } from "../../../images/choose";
import { CONTAINER_ENGINES, type CommandLine, type ImageBuild } from "../../../images/engines";
import { findEngine } from "../../../images/find-engine";
import {
  parseBuildArgument,
  parseDigest,
  parsePlatforms,
  parseRegistry,
  parseTag,
} from "../../../images/reference";
import { pushImage, runAll } from "../../../images/run";
import { saveReferences } from "../../../images/save";
import { APP_IMAGES, versionOf } from "../../../images/table";

const APPS = join(__dirname, "../../../apps");
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

const build: ImageBuild = {
  reference: "harbor.example.com/theater-msa/user-service:0.1.0",
  dockerfile: "apps/theater/Dockerfile",
  target: "user-service",
  platforms: ["linux/amd64", "linux/arm64"],
  buildArguments: ["BASE_IMAGE=base:1"],
};
const lines = (commands: readonly CommandLine[]) =>
  commands.map(({ command }) => command.join(" "));

/** Answers every command, and writes digests where the engine would. */
function recorder(digestFile: (command: readonly string[]) => string | undefined) {
  const commands: string[] = [];
  const run = (command: readonly string[]): Promise<string> => {
    commands.push(command.join(" "));
    const flag = command.findIndex((word) => /^--(digestfile|metadata-file)$/.test(word));
    const text = digestFile(command);
    if (flag >= 0 && text !== undefined) {
      writeFileSync(command[flag + 1] as string, text);
    }
    return command[2] === "rm" ? Promise.reject(new Error("no such list")) : Promise.resolve("");
  };
  return { commands, run };
}

describe("the images of our applications", () => {
  it("are all that have a Dockerfile, with the stages that it has", () => {
    const folders = readdirSync(APPS).filter((app) => existsSync(join(APPS, app, "Dockerfile")));
    assert.deepEqual([...new Set(APP_IMAGES.map(({ app }) => app))].sort(), folders.sort());
    for (const { app, target } of APP_IMAGES) {
      const text = readFileSync(join(APPS, app, "Dockerfile"), "utf8");
      assert(target === undefined || text.includes(` AS ${target}\n`), `${app} ${target}`);
    }
    assert.equal(new Set(APP_IMAGES.map(({ name }) => name)).size, APP_IMAGES.length);
    assert(APP_IMAGES.every((image) => /^\d+\.\d+\.\d+$/.test(versionOf(image))));
  });

  it("are built for every platform from bases that can be replaced", () => {
    for (const { app } of APP_IMAGES) {
      const text = readFileSync(join(APPS, app, "Dockerfile"), "utf8");
      const bases = [...text.matchAll(/^FROM (.*?)(?: AS \S+)?$/gm)].map(([, base]) => base);
      const own = [...text.matchAll(/ AS (\S+)$/gm)].map(([, stage]) => stage);
      assert.deepEqual(
        bases.filter((base) => !own.includes(base)),
        ["--platform=$BUILDPLATFORM ${BUILD_IMAGE}", "${BASE_IMAGE}"],
      );
    }
  });

  it("stand in keys that there are, once each", () => {
    const keys = APP_IMAGES.flatMap(({ config }) => config ?? []);
    assert.equal(keys.length, APP_IMAGES.length - 1);
    for (const { key, path, configuredBy } of keys) {
      assert(key in schema && configuredBy.key in schema);
      const value = path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), "image:1");
      assert(schema[key as keyof typeof schema].safeParse(value).success, key);
    }
  });

  it("are chosen by their names, all without any", () => {
    assert.equal(chooseImages([]), APP_IMAGES);
    assert.deepEqual(
      chooseImages(["clova", "user-service"]).map(({ name }) => name),
      ["user-service", "clova"],
    );
    assert.throws(() => chooseImages(["redis"]), /^UserError: There is no image redis: write user/);
  });
});

describe("what a container engine is told", () => {
  it("docker: builds with buildx, which pushes as it builds", () => {
    const { docker } = CONTAINER_ENGINES;
    const definition =
      "docker buildx build --platform linux/amd64,linux/arm64 --file apps/theater/Dockerfile --target user-service --build-arg BASE_IMAGE=base:1 --tag harbor.example.com/theater-msa/user-service:0.1.0";
    assert.deepEqual(lines(docker.build(build)), [`${definition} --output type=cacheonly .`]);
    assert.deepEqual(lines(docker.push(build, "/tmp/digest")), [
      `${definition} --push --metadata-file /tmp/digest .`,
    ]);
    const one = { ...build, platforms: ["linux/amd64"] };
    assert.match(lines(docker.build(one))[0] ?? "", / --load \.$/);
    assert.equal(docker.pushedDigest(JSON.stringify({ "containerimage.digest": DIGEST })), DIGEST);
    assert.throws(() => docker.pushedDigest("{}"));
  });

  it("podman: collects the platforms in a new list, and pushes it with all of them", () => {
    const { podman } = CONTAINER_ENGINES;
    assert.deepEqual(lines(podman.push(build, "/tmp/digest")), [
      ...lines(podman.build(build)),
      "podman manifest push --all --digestfile /tmp/digest harbor.example.com/theater-msa/user-service:0.1.0 docker://harbor.example.com/theater-msa/user-service:0.1.0",
    ]);
    assert.match(lines(podman.build(build))[0] ?? "", /^podman manifest rm /);
  });

  it("is run in order; only what may fail may, and the digest is what the engine wrote", async () => {
    const { commands, run } = recorder(() => `${DIGEST}\n`);
    assert.equal(await pushImage(CONTAINER_ENGINES.podman, build, run), DIGEST);
    assert.deepEqual(
      commands.map((command) => command.split(" ").slice(0, 3).join(" ")),
      ["podman manifest rm", "podman build --platform", "podman manifest push"],
    );
    const failing = () => Promise.reject(new Error("denied"));
    await assert.rejects(runAll(CONTAINER_ENGINES.docker.build(build), failing), /denied/);
    const silent = recorder(() => "no digest");
    await assert.rejects(pushImage(CONTAINER_ENGINES.podman, build, silent.run), /no digest/);
  });

  it("goes to docker with buildx, else to podman, else the user reads what to install", async () => {
    const having =
      (...programs: string[]) =>
      ([program]: readonly string[]): Promise<string> =>
        programs.includes(program ?? "") ? Promise.resolve("") : Promise.reject(new Error("125"));
    const { docker, podman } = CONTAINER_ENGINES;
    assert.equal(await findEngine(undefined, having("docker", "podman")), docker);
    assert.equal(await findEngine(undefined, having("podman")), podman);
    assert.equal(await findEngine("podman", having("docker", "podman")), podman);
    await assert.rejects(findEngine(undefined, having()), {
      name: "UserError",
      message: "There is no docker with buildx and no podman on the PATH: install one of them",
    });
    await assert.rejects(findEngine("docker", having("podman")), /leave out --engine$/);
  });
});

describe("what is asked for on the command line", () => {
  it("is a registry without scheme, platforms, a tag, arguments", () => {
    assert.equal(
      parseRegistry("harbor.example.com/theater-msa/"),
      "harbor.example.com/theater-msa",
    );
    assert.equal(parseRegistry("localhost:5000"), "localhost:5000");
    assert.deepEqual(parsePlatforms("linux/amd64, linux/arm/v7,linux/amd64"), [
      "linux/amd64",
      "linux/arm/v7",
    ]);
    assert.equal(parseTag("0.1.0-rc.1"), "0.1.0-rc.1");
    assert.equal(parseBuildArgument("BASE_IMAGE=a=b"), "BASE_IMAGE=a=b");
    assert.equal(parseDigest(`${DIGEST}\n`), DIGEST);
  });

  it("is refused in one sentence else, whatever it is", () => {
    for (const wrong of [
      () => parseRegistry("https://harbor.example.com"),
      () => parseRegistry("harbor.example.com/Theater"),
      () => parseRegistry(""),
      () => parsePlatforms("amd64"),
      () => parsePlatforms(""),
      () => parseTag("-x"),
      () => parseBuildArgument("BASE_IMAGE"),
    ]) {
      assert.throws(wrong, UserError);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          assert.match(`${parseRegistry(text)}/echo:1`, /^[\w.:/-]+$/);
        } catch (error) {
          assert(error instanceof UserError && !error.message.includes("\n    at"));
        }
      }),
    );
  });
});

describe("saveReferences", () => {
  const reference = (name: string): string => `harbor.example.com/m/${name}:0.1.0@${DIGEST}`;
  const pinned = APP_IMAGES.map((image) => ({ image, reference: reference(image.name) }));
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "images-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const write = (file: string, text: string): void => writeFileSync(join(dir, file), text);
  const read = (file: string): string => readFileSync(join(dir, file), "utf8");

  it("writes where the applications are configured, and leaves everything else as it is", () => {
    const plain =
      "name: mesh\nconfig:\n  echo:\n    type: boolean\n    default: false\n  theater:\n    default: {}\n";
    write("Pulumi.yaml", plain);
    write(
      "Pulumi.nhn.yaml",
      `# The second cloud.
config:
  mesh:theater:
    # over both clouds
    enabled: true
    images:
      user-service: old/user-service:0.0.1 # to be replaced
      redis: docker.io/library/redis:8
    host: theater.example.com
  mesh:echo: "true"
  mesh:clova:
    host: clova.example.com
`,
    );
    assert.deepEqual(saveReferences({ dir, env: {} }, pinned), [join(dir, "Pulumi.nhn.yaml")]);
    assert.equal(read("Pulumi.yaml"), plain);
    assert.equal(
      read("Pulumi.nhn.yaml"),
      `# The second cloud.
config:
  mesh:theater:
    # over both clouds
    enabled: true
    images:
      user-service: ${reference("user-service")} # to be replaced
      redis: docker.io/library/redis:8
      movie-service: ${reference("movie-service")}
      booking-service: ${reference("booking-service")}
      api-gateway: ${reference("api-gateway")}
    host: theater.example.com
  mesh:echo: "true"
  mesh:clova:
    host: clova.example.com
  mesh:echoImage: ${reference("echo")}
`,
    );
  });

  it("writes what Pulumi.yaml says for every stack there, and nothing where nothing is configured", () => {
    write(
      "Pulumi.yaml",
      "name: mesh\nconfig:\n  mesh:theater:\n    value:\n      enabled: true\n  clova:\n    default:\n      applicationId: com.example.a\n",
    );
    write("Pulumi.nhn.yaml", "config: {}\n");
    assert.deepEqual(saveReferences({ dir, env: {} }, pinned), [join(dir, "Pulumi.yaml")]);
    assert.match(
      read("Pulumi.yaml"),
      /value:\n {6}enabled: true\n {6}images:\n {8}user-service: harbor/,
    );
    assert.match(read("Pulumi.yaml"), /applicationId: com.example.a\n {6}image: harbor.*clova/);
    assert.equal(read("Pulumi.nhn.yaml"), "config: {}\n");
    write("Pulumi.yaml", "name: mesh\nconfig: {}\n");
    assert.deepEqual(saveReferences({ dir, env: {} }, pinned), []);
  });
});
