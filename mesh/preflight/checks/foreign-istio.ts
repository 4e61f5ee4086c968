import { parse } from "yaml";
import { CACERTS_SECRET, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { objectOr, textOf } from "../../../config/json";
import { clusterCheck, ok, type LiveView, type Verdict, type View } from "../check";
import type { Item } from "../cluster-api";
import { ISTIODS, MUTATING, selects, type WebhookConfiguration } from "../objects";
import { helmRelease, ownerOf } from "../ownership";
import { enumerate } from "../text";

const SECRETS = `/api/v1/namespaces/${SYSTEM_NAMESPACE}/secrets`;
/** Where istiod keeps a CA of its own making. */
const SELF_SIGNED = "istio-ca-secret";

export const foreignIstio = clusterCheck({
  name: "foreign-istio",
  severity: "error",
  what: "Whether an Istio of other hands runs here: an istiod that isn't our release, of another cluster ID, mesh ID or trust domain, an injector beside ours, a CA that istiod made itself",
  why: "Two control planes fight over webhooks, CRDs and sidecars; one under another name puts workloads into another mesh.",
  fix: "Remove the other Istio, or give it a revision of its own and label the namespaces by revision.",
  link: "https://istio.io/latest/docs/setup/install/multiple-controlplanes/",
  gather: gatherIstios,
  judge: judgeIstios,
});

interface DeploymentItem extends Item {
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly {
          readonly env?: readonly { readonly name: string; readonly value?: string }[];
        }[];
      };
    };
  };
}

/** What there is of Istio before our own run. */
export interface IstioFacts {
  readonly istiods: readonly {
    /** `namespace/name` */
    readonly name: string;
    /** Whether it is the istiod of our own Helm release. */
    readonly ours: boolean;
    readonly owner: string;
    readonly revision: string;
    readonly clusterId: string | undefined;
  }[];
  /** Of the mesh configuration in istio-system. */
  readonly mesh: { readonly id: string | undefined; readonly trustDomain: string | undefined };
  /** Injectors that take in namespaces labelled `istio-injection: enabled`. */
  readonly injectors: readonly { readonly name: string; readonly ours: boolean }[];
  /** Names of istio-system's Secrets. */
  readonly secrets: readonly string[];
}

async function gatherIstios({ api }: LiveView): Promise<IstioFacts> {
  const [deployments, webhooks, config, secrets] = await Promise.all([
    api.list<DeploymentItem>(ISTIODS),
    api.list<WebhookConfiguration>(MUTATING),
    api.read<{ data?: Record<string, string> }>(
      `/api/v1/namespaces/${SYSTEM_NAMESPACE}/configmaps/istio`,
    ),
    api.metadata(SECRETS),
  ]);
  const mesh = objectOr(parse(config?.data?.["mesh"] ?? ""));
  return {
    istiods: deployments.map(({ metadata, spec }) => ({
      name: `${metadata.namespace}/${metadata.name}`,
      ours: isOurs(metadata),
      owner: ownerOf(metadata),
      revision: metadata.labels?.["istio.io/rev"] ?? "default",
      clusterId: spec?.template?.spec?.containers
        ?.flatMap(({ env = [] }) => env)
        .find(({ name }) => name === "CLUSTER_ID")?.value,
    })),
    mesh: {
      id: textOf(objectOr(mesh["defaultConfig"])["meshId"]),
      trustDomain: textOf(mesh["trustDomain"]),
    },
    injectors: webhooks
      .filter(({ metadata }) => metadata.labels?.["app"] === "sidecar-injector")
      .filter(({ webhooks: all = [] }) =>
        all.some(({ namespaceSelector = {} }) =>
          selects(namespaceSelector, { "istio-injection": "enabled" }),
        ),
      )
      .map(({ metadata }) => ({ name: metadata.name, ours: isOurs(metadata) })),
    secrets: secrets.map(({ metadata }) => metadata.name),
  };
}

const isOurs = (metadata: Item["metadata"]): boolean => {
  const release = helmRelease(metadata);
  return release?.name === "istiod" && release.namespace === SYSTEM_NAMESPACE;
};

type IstioView = Pick<View, "cluster"> & { readonly config: Pick<View["config"], "mesh"> };

export function judgeIstios(facts: IstioFacts, view: IstioView): Verdict[] {
  const verdicts = [
    ...foreigners(facts),
    ...injectors(facts),
    ...otherNames(facts, view),
    ...selfSigned(facts),
  ];
  const isHere = facts.istiods.some(({ ours }) => ours);
  return verdicts.length > 0
    ? verdicts
    : [ok(isHere ? "The only Istio here is ours." : "No Istio is here yet.")];
}

const foreigners = ({ istiods }: IstioFacts): Verdict[] =>
  istiods
    .filter(({ ours }) => !ours)
    .map(({ name, owner, revision }) => ({
      severity: name.startsWith(`${SYSTEM_NAMESPACE}/`) ? ("error" as const) : ("warning" as const),
      what: `Another istiod runs here: ${name}, revision ${revision}, made by ${owner}.`,
    }));

const injectors = ({ injectors: all }: IstioFacts): Verdict[] => {
  const foreign = all.filter(({ ours }) => !ours);
  return foreign.length > 0
    ? [
        {
          severity: "error",
          what: `${enumerate(foreign.map(({ name }) => name))} would put another Istio's sidecars into namespaces labelled istio-injection=enabled.`,
        },
      ]
    : [];
};

/** Our release's name, but not our mesh: deployed from another configuration. */
function otherNames({ istiods, mesh }: IstioFacts, { cluster, config }: IstioView): Verdict[] {
  const here = istiods.find(({ ours }) => ours);
  if (here === undefined) {
    return [];
  }
  const names = [
    ["cluster ID", here.clusterId, cluster.id],
    ["mesh ID", mesh.id, config.mesh.id],
    ["trust domain", mesh.trustDomain, config.mesh.trustDomain],
  ] as const;
  return names
    .filter(([, live, configured]) => live !== undefined && live !== configured)
    .map(([what, live, configured]) => ({
      severity: "error" as const,
      what: `The istiod that is here has the ${what} ${live}, the configuration says ${configured}.`,
      why: "Under another name its workloads leave the mesh until each is restarted, and peers lose them at once.",
      fix: "Correct the configuration; to rename on purpose, destroy the stack first.",
    }));
}

const selfSigned = ({ secrets }: IstioFacts): Verdict[] =>
  secrets.includes(SELF_SIGNED) && !secrets.includes(CACERTS_SECRET)
    ? [
        {
          severity: "warning",
          what: `${SYSTEM_NAMESPACE} has ${SELF_SIGNED}: an istiod made itself a CA there, which no peer trusts.`,
          why: "Workloads that hold its certificates stay apart from the mesh until they are restarted.",
          fix: `After up, restart the workloads with sidecars, and delete Secret ${SELF_SIGNED}.`,
          link: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
        },
      ]
    : [];
