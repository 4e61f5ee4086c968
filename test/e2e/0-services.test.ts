import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { serviceImage } from "../../lab/build/images";
import { bundleService, SERVICES } from "../../lab/build/services";
import { paths } from "../../lab/paths";

for (const service of SERVICES) {
  const { name, programs } = service;

  describe(`image of the service ${name}`, () => {
    it("holds programs that parse and that need no folder of modules", async () => {
      const bundle = await bundleService(service);
      assert.deepEqual(
        bundle.programs.map(({ file }) => file),
        programs.map((program) => `${program}.js`),
      );
      for (const { file, text } of bundle.programs) {
        assert.doesNotThrow(() => new Script(`(function(){${text}\n})`), file);
        assert.doesNotMatch(text, /require\("(fastify|@istio-multicloud)/, file);
      }
    });

    it("is made of the same programs by its Dockerfile", () => {
      const dockerfile = readFileSync(join(paths.project, "apps", name, "Dockerfile"), "utf8");
      const built = [...dockerfile.matchAll(/apps\/[\w-]+\/src\/([\w-]+)\.ts/g)];
      assert.deepEqual(
        built.map(([path]) => path),
        programs.map((program) => `apps/${name}/src/${program}.ts`),
      );
      assert.match(dockerfile, new RegExp(`CMD \\["/app/${programs[0]}\\.js"\\]`));
      assert.match(dockerfile, new RegExp(`npm ci --workspace apps/${name} `));
    });
  });
}

describe("reference of a service's image", () => {
  const images = [
    { name: "istio-multicloud/echo:1.0.0", archive: "/a" },
    { name: "istio-multicloud/echo-two:2.0.0", archive: "/b" },
  ];

  it("is that of the service with exactly this name", () => {
    assert.equal(serviceImage("echo-two", images), "istio-multicloud/echo-two:2.0.0");
    assert.equal(serviceImage("echo", images), "istio-multicloud/echo:1.0.0");
  });

  it("is an error that names the image when there is no such service", () => {
    assert.throws(() => serviceImage("nothing", images), /istio-multicloud\/nothing/);
  });
});
