import assert from "node:assert/strict";
import { libraryPath, parseLdd } from "../../../../lab/build/ldd";

describe("ldd's answers", () => {
  it("give libraries and loader, without the kernel's own", () => {
    const output = [
      "\tlinux-vdso.so.1 (0x00007f4b21f3c000)",
      "\tlibmnl.so.0 => /cache/usr/lib/x86_64-linux-gnu/libmnl.so.0 (0x00007f4b21f26000)",
      "\t/lib64/ld-linux-x86-64.so.2 (0x00007f4b21f3c000)",
    ].join("\n");
    assert.deepEqual(parseLdd(output), [
      "/cache/usr/lib/x86_64-linux-gnu/libmnl.so.0",
      "/lib64/ld-linux-x86-64.so.2",
    ]);
  });

  it("are refused when a library is missing", () => {
    assert.throws(() => parseLdd("\tlibfoo.so.1 => not found\n"), /not found: libfoo\.so\.1/);
  });

  it("place libraries of the cache where a loader looks for them", () => {
    const place = (found: string): string => libraryPath(found, "x86_64-linux-gnu");
    assert.equal(place("/lib64/ld-linux-x86-64.so.2"), "/lib64/ld-linux-x86-64.so.2");
    assert.equal(place("/usr/lib/x86_64-linux-gnu/a.so"), "/usr/lib/x86_64-linux-gnu/a.so");
    assert.equal(place("/lib/x86_64-linux-gnu/a.so"), "/lib/x86_64-linux-gnu/a.so");
    assert.equal(
      place("/cache/debian/usr/lib/x86_64-linux-gnu/a.so"),
      "/usr/lib/x86_64-linux-gnu/a.so",
    );
  });
});
