import type {
  KubernetesObject,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1ConfigMap,
  V1Deployment,
  V1Service,
  V1ServiceAccount,
} from "@kubernetes/client-node";
import {
  LOAD_BALANCER_DOMAIN,
  PUBLIC_DNS_NAMESPACE,
  PUBLIC_DOMAIN,
  type LabCluster,
} from "../../topology";
import { COREDNS_IMAGE } from "../toolchain";

/** Where the Deployment of the cluster's DNS is. */
export const DNS_DEPLOYMENT = { namespace: "kube-system", name: "coredns" } as const;

const metadata = { ...DNS_DEPLOYMENT };
const labels = { "k8s-app": "kube-dns" };
const ROLE = "system:coredns";

/** Makes resolvers remember for a minute that a name is not there. */
const soa = (zone: string): string =>
  `authority "${zone} 60 IN SOA ns.mesh-lab.test. hostmaster.mesh-lab.test. 1 60 60 60 60"`;

/**
 * CoreDNS's configuration: the cluster's names, the load balancers' names, the public hosts' names,
 * and nothing else.
 *
 * The public hosts' records are Services, so that a record is there for the next question.
 * A load balancer's name holds its address, so any cluster can answer for all of them. The lab has no DNS to
 * forward to, and a name of the outside world must not leave it: NXDOMAIN.
 */
export const corefile = (): string => `cluster.local:53 in-addr.arpa:53 ip6.arpa:53 {
  errors
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    pods insecure
    ttl 30
  }
  cache 30 {
    denial 9984 5
  }
  reload
}
${LOAD_BALANCER_DOMAIN}:53 {
  errors
  template IN A {
    match "^([0-9]+)-([0-9]+)-([0-9]+)-([0-9]+)[.][a-z0-9-]+[.]${LOAD_BALANCER_DOMAIN.replaceAll(".", "[.]")}[.]$"
    answer "{{ .Name }} 60 IN A {{ index .Match 1 }}.{{ index .Match 2 }}.{{ index .Match 3 }}.{{ index .Match 4 }}"
    fallthrough
  }
  template IN AAAA {
    match "^[0-9]+-[0-9]+-[0-9]+-[0-9]+[.]"
    rcode NOERROR
    ${soa(`${LOAD_BALANCER_DOMAIN}.`)}
    fallthrough
  }
  template ANY ANY {
    rcode NXDOMAIN
    ${soa(`${LOAD_BALANCER_DOMAIN}.`)}
  }
}
${PUBLIC_DOMAIN}:53 {
  errors
  template IN ANY {
    match "^(?P<name>[a-z0-9-]+)[.]${PUBLIC_DOMAIN.replaceAll(".", "[.]")}[.]$"
    answer "{{ .Name }} 5 IN CNAME {{ .Group.name }}.${PUBLIC_DNS_NAMESPACE}.svc.cluster.local."
    fallthrough
  }
  template ANY ANY {
    rcode NXDOMAIN
    ${soa(`${PUBLIC_DOMAIN}.`)}
  }
}
.:53 {
  errors
  template ANY ANY {
    rcode NXDOMAIN
    ${soa(".")}
  }
}
`;

/** The cluster's DNS, in the form and with the names that kubeadm gives it. */
export function dns(cluster: LabCluster): KubernetesObject[] {
  const serviceAccount: V1ServiceAccount = { apiVersion: "v1", kind: "ServiceAccount", metadata };
  const role: V1ClusterRole = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: ROLE },
    rules: [
      { apiGroups: [""], resources: ["services", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ],
  };
  const binding: V1ClusterRoleBinding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: ROLE },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: ROLE },
    subjects: [{ kind: "ServiceAccount", ...DNS_DEPLOYMENT }],
  };
  const config: V1ConfigMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { Corefile: corefile() },
  };
  const service: V1Service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: DNS_DEPLOYMENT.namespace, name: "kube-dns", labels },
    spec: {
      clusterIP: cluster.dnsIp,
      selector: labels,
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
      ],
    },
  };
  const records: KubernetesObject = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: PUBLIC_DNS_NAMESPACE },
  };
  return [serviceAccount, role, binding, config, deployment(), service, records];
}

function deployment(): V1Deployment {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { ...metadata, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: DNS_DEPLOYMENT.name,
          priorityClassName: "system-cluster-critical",
          // CoreDNS can't resolve through itself while it starts.
          dnsPolicy: "Default",
          containers: [
            {
              name: "coredns",
              image: COREDNS_IMAGE,
              imagePullPolicy: "IfNotPresent",
              args: ["-conf", "/etc/coredns/Corefile"],
              ports: [
                { name: "dns", containerPort: 53, protocol: "UDP" },
                { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
              ],
              readinessProbe: {
                httpGet: { path: "/ready", port: 8181 },
                periodSeconds: 2,
              },
              resources: { requests: { cpu: "10m", memory: "32Mi" } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
                readOnlyRootFilesystem: true,
              },
              volumeMounts: [{ name: "config", mountPath: "/etc/coredns", readOnly: true }],
            },
          ],
          volumes: [{ name: "config", configMap: { name: DNS_DEPLOYMENT.name } }],
        },
      },
    },
  };
}
