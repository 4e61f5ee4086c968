/**
 * Why a reference names an image that can change under it; undefined if it can't be told to.
 *
 * A reference is `[host[:port]/]path[:tag][@digest]`, and without tag and digest it means `latest`
 * (distribution/reference, grammar). A digest pins it whatever the tag says.
 */
export function looseTag(reference: string): "has no tag" | "has the tag latest" | undefined {
  const [name = "", digest] = reference.split("@");
  if (digest !== undefined && digest !== "") {
    return undefined;
  }
  // A colon before the last slash is a registry's port.
  const tag = /:([^/:]*)$/.exec(name)?.[1];
  if (tag === undefined || tag === "") {
    return "has no tag";
  }
  return tag === "latest" ? "has the tag latest" : undefined;
}
