import { z } from "zod";
import { textsOf } from "../inputs";
import { annotationsOf } from "../kubernetes/object";
import { resourcePolicy, violation, type Subject, type Violation } from "../policy";
import { read } from "../read";
import { containersOf } from "./containers";
import { looseTag } from "./image-reference";
import { releaseOf } from "./release";

const PIN = "write a version or a digest";
const shape = z.object({ image: z.string() });

/** By this annotation istiod's webhook fills in the proxy's image in place of `auto` (istio.io "Gateway injection"). */
const INJECTED = { annotation: "inject.istio.io/templates", image: "auto" } as const;

export const images = resourcePolicy(
  {
    name: "images-pinned",
    refuses: "Images with the tag latest or with none, where no digest stands",
    why: "The same configuration runs something else tomorrow, and each cluster something of its own",
    source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    level: "mandatory",
    severity: "high",
  },
  (subject) => [...looseContainers(subject), ...looseValues(subject)],
);

const looseContainers = (subject: Subject): Violation[] =>
  containersOf(subject).flatMap(({ title, spec, metadata }) => {
    const image = read(shape, spec)?.image;
    const isInjected =
      image === INJECTED.image && annotationsOf({ metadata })?.[INJECTED.annotation] !== undefined;
    const problem = image === undefined || isInjected ? undefined : looseTag(image);
    return problem ? [violation(`${title}, image ${image},`, problem, PIN)] : [];
  });

/** A chart's images are put together of its values: `tag` beside `repository` or `hub`, or a whole `image`. */
function looseValues(subject: Subject): Violation[] {
  const release = releaseOf(subject);
  return textsOf(release?.values ?? {})
    .filter(({ path, text }) => {
      const key = path.split(/[.[]/).at(-1);
      return (
        (key === "tag" && text === "latest") ||
        (key === "image" && looseTag(text) === "has the tag latest")
      );
    })
    .map(({ path, text }) => violation(`values.${path} of ${release?.title}`, `is ${text}`, PIN));
}
