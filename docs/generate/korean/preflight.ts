/** docs/ko/preflight.md: Korean by the English of the checks in mesh/preflight/checks. */
export const PREFLIGHT_KOREAN: Readonly<Record<string, string>> = {
  check: "검사",
  worst: "최고 심각도",
  "looks at": "살펴보는 것",
  "why it matters": "왜 중요한가",
  "what to do": "할 일",
  "read on": "더 읽기",
  "Whether the API server answers by every kubeconfig, and lets its user in.":
    "모든 kubeconfig로 API 서버가 응답하고 사용자를 받아들이는지.",
  "Nothing can be deployed there, and nothing more can be said about the cluster.":
    "그곳에는 아무것도 배포할 수 없고, 클러스터에 대해 더 말할 수 있는 것도 없습니다.",
  "Make the API server reachable, or correct the kubeconfig.":
    "API 서버에 닿게 하거나 kubeconfig를 바로잡습니다.",
  "Whether all stacks say the same of the clusters, mesh ID, trust domain, trust stack, Istio version and mTLS mode.":
    "클러스터, 메시 ID, 신뢰 도메인, trust 스택, Istio 버전, mTLS 모드에 대해 모든 스택의 설정이 같은지.",
  "Each stack deploys its own view of the mesh: where views differ, clusters don't find or trust each other.":
    "스택마다 자기가 아는 메시를 배포합니다. 서로 다르면 클러스터가 서로를 찾거나 신뢰하지 못합니다.",
  "Write what all stacks share into the config block of Pulumi.yaml, and take it out of the stacks' files.":
    "모든 스택이 공유하는 것은 Pulumi.yaml의 config 블록에 적고 스택 파일에서 뺍니다.",
  "Whether every cluster gets a CA under one root: an intermediate of the trust stack, or an own CA that is valid, long enough, and shares its root.":
    "모든 클러스터가 하나의 루트 아래 CA를 갖는지: trust 스택의 중간 CA, 또는 유효하고 기간이 충분하며 같은 루트를 둔 자체 CA.",
  "Workloads of clusters under different roots refuse each other's certificates.":
    "루트가 다른 클러스터의 워크로드는 서로의 인증서를 거부합니다.",
  "Use one trust stack for all clusters, or sign every mesh:cacerts by the same root.":
    "모든 클러스터에 trust 스택 하나를 쓰거나, 모든 mesh:cacerts를 같은 루트로 서명합니다.",
  "Whether mesh:istioCharts has the charts of mesh:istioVersion, and neither it nor mesh:istioHub names a place where Istio is no longer published.":
    "mesh:istioCharts에 mesh:istioVersion의 차트가 있는지, 그리고 mesh:istioHub와 함께 Istio가 더는 게시되지 않는 곳을 가리키지 않는지.",
  "Helm fetches the charts on this machine, and the nodes the images: without either the first release fails.":
    "차트는 이 머신의 Helm이, 이미지는 노드가 받습니다. 하나라도 없으면 첫 릴리스가 실패합니다.",
  "Write a place that has this version; the defaults of Pulumi.yaml do.":
    "이 버전이 있는 곳을 적습니다. Pulumi.yaml의 기본값이면 됩니다.",
  "How each kubeconfig logs in: whether the program that it calls is here, client-go still knows its way, and its token or certificate lasts.":
    "각 kubeconfig의 로그인 방법: 호출하는 프로그램이 여기 있는지, client-go가 아직 그 방식을 지원하는지, 토큰이나 인증서의 기간이 남았는지.",
  "Pulumi logs in by these kubeconfigs on every run. istiod doesn't: it gets a token of its own.":
    "Pulumi는 실행할 때마다 이 kubeconfig로 로그인합니다. istiod는 그렇지 않고 전용 토큰을 받습니다.",
  "Put the token of a ServiceAccount into the kubeconfig; it is the same on every machine.":
    "kubeconfig에 ServiceAccount의 토큰을 넣습니다. 어느 머신에서나 같습니다.",
  "Whether the way to the API server that a kubeconfig describes is one that the peers' istiods can go too: no loopback or private address, no proxy, no borrowed TLS name, no skipped verification.":
    "kubeconfig에 적힌 API 서버로 가는 길을 상대의 istiod도 갈 수 있는지: 루프백·사설 주소, 프록시, 빌린 TLS 이름, 생략된 검증이 없어야 합니다.",
  "A peer's istiod gets the server's address and CA, and nothing else of the kubeconfig.":
    "상대의 istiod는 kubeconfig에서 서버 주소와 CA만 받습니다.",
  "Set apiServer of the cluster in mesh:clusters to the address under which the peers reach it.":
    "mesh:clusters에서 그 클러스터의 apiServer에 상대가 닿는 주소를 적습니다.",
  "Whether each kubeconfig leads to the cluster that it is for: by the UID of kube-system, no two clusters are one, and a peer's kubeconfig leads where the peer's own stack deploys.":
    "각 kubeconfig가 맞는 클러스터로 가는지: kube-system의 UID로 보아 두 클러스터가 같은 것이 아니고, 상대의 kubeconfig가 상대의 스택이 배포하는 곳으로 가야 합니다.",
  "One cluster under two names overwrites its own mesh, and a reader on the wrong cluster sees the wrong services.":
    "한 클러스터가 두 이름을 가지면 자기 메시를 덮어쓰고, 엉뚱한 클러스터의 리더는 엉뚱한 서비스를 봅니다.",
  "Fetch the kubeconfig of the right cluster.": "맞는 클러스터의 kubeconfig를 받습니다.",
  "Whether the address that a peer's istiod is given answers with a certificate that the cluster's own CA has signed for it.":
    "상대의 istiod에 주어지는 주소가, 클러스터 자신의 CA가 그 주소에 서명한 인증서로 응답하는지.",
  "istiod verifies it against the CA of the reader's token; where that fails, the peer never gets in sync and its services are not seen.":
    "istiod는 리더 토큰의 CA로 이를 검증합니다. 실패하면 상대가 동기화되지 못하고 그 서비스가 보이지 않습니다.",
  "Set apiServer of the cluster in mesh:clusters to an address that its certificate names.":
    "mesh:clusters에서 그 클러스터의 apiServer에 인증서에 적힌 주소를 씁니다.",
  "How far the clocks of the API servers are from this machine's and from each other's, and the nodes' from their API server's.":
    "API 서버의 시계가 이 머신이나 서로의 시계와, 노드의 시계가 API 서버의 시계와 얼마나 다른지.",
  "A certificate is refused before it begins: those of this machine's trust stack on clusters whose clock is behind, those of one cluster's istiod in another.":
    "유효 기간이 시작되기 전의 인증서는 거부됩니다. 시계가 늦은 클러스터에서는 이 머신의 trust 스택이 만든 인증서가, 다른 클러스터에서는 한 클러스터의 istiod가 만든 인증서가 그렇게 됩니다.",
  "Set the clocks by NTP (chrony, systemd-timesyncd) on the machines that are off.":
    "어긋난 머신의 시계를 NTP(chrony, systemd-timesyncd)로 맞춥니다.",
  "Whether the pod or service range of a cluster, or one of its nodes, has the address of a peer's API server or east-west gateway.":
    "클러스터의 파드·서비스 대역이나 노드 주소가 상대의 API 서버나 이스트-웨스트 게이트웨이 주소와 겹치는지.",
  "Such an address never leaves the cluster: calls to the peer end at a pod of its own, or nowhere.":
    "그런 주소는 클러스터를 벗어나지 못합니다. 상대로 가는 호출이 자기 파드에 닿거나 사라집니다.",
  "Give the peer's API server or load balancer another address (apiServer in mesh:clusters), or the cluster other ranges.":
    "상대의 API 서버나 로드 밸런서에 다른 주소를 주거나(mesh:clusters의 apiServer), 클러스터의 대역을 바꿉니다.",
  "Whether the cluster's Kubernetes is one that mesh:istioVersion supports, and the one that mesh:clusters says.":
    "클러스터의 쿠버네티스가 mesh:istioVersion이 지원하는 버전이고 mesh:clusters에 적힌 버전인지.",
  "Istio's charts have no version check of their own: an unsupported cluster fails in ways that nobody has tested.":
    "Istio 차트에는 버전 검사가 없습니다. 지원되지 않는 클러스터는 아무도 시험해 보지 않은 방식으로 실패합니다.",
  "Upgrade the cluster, choose a supported mesh:istioVersion, or set mesh:allowUnsupportedVersions.":
    "클러스터를 업그레이드하거나, 지원되는 mesh:istioVersion을 고르거나, mesh:allowUnsupportedVersions를 설정합니다.",
  "Whether there are ready Linux nodes of an architecture that Istio has images for, with kubelets within Kubernetes' version skew.":
    "Istio 이미지가 있는 아키텍처의 준비된 리눅스 노드가 있고, kubelet이 쿠버네티스의 버전 차이 허용 범위 안인지.",
  "istiod and the gateways need a node that can run them.":
    "istiod와 게이트웨이에는 실행할 수 있는 노드가 필요합니다.",
  "Add a node pool of amd64 or arm64, or mend the nodes that aren't ready.":
    "amd64나 arm64 노드 풀을 더하거나, 준비되지 않은 노드를 고칩니다.",
  "Whether the nodes have room for what istiod and the gateways request before the first up.":
    "첫 up 전에 노드에 istiod와 게이트웨이가 요청하는 자리가 있는지.",
  "Pods that fit on no node stay pending, and up gives up on them after ten minutes.":
    "들어갈 노드가 없는 파드는 Pending에 머물고, up은 10분 뒤 포기합니다.",
  "Add nodes, or set smaller requests in mesh:istioValues.":
    "노드를 더하거나 mesh:istioValues에서 요청을 줄입니다.",
  "Whether the cloud that mesh:clusters names is the one that the cluster looks like.":
    "mesh:clusters에 적힌 클라우드가 클러스터의 실제 모습과 맞는지.",
  "The cloud's row decides the load balancers' annotations, storage, metrics and Cilium's settings: another's are ignored or do harm.":
    "로드 밸런서 애너테이션, 스토리지, 메트릭, Cilium 설정이 클라우드의 행으로 정해집니다. 다른 클라우드의 것은 무시되거나 해가 됩니다.",
  "Correct the cluster's cloud in mesh:clusters; docs/clouds.md has the list.":
    "mesh:clusters에서 클러스터의 cloud를 바로잡습니다. 목록은 docs/ko/clouds.md에 있습니다.",
  "Whether the network plug-in leaves sidecars their traffic: Cilium's socket load balancing, its L7 proxy and its hold on the CNI folder; Calico's connect-time load balancing.":
    "네트워크 플러그인이 사이드카의 트래픽을 건드리지 않는지: Cilium의 소켓 로드 밸런싱, L7 프록시, CNI 폴더 독점, 그리고 Calico의 연결 시점 로드 밸런싱.",
  "A plug-in that swaps a service's address for a pod's before the sidecar sees it takes the traffic out of the mesh.":
    "사이드카가 보기도 전에 서비스 주소를 파드 주소로 바꾸는 플러그인은 트래픽을 메시 밖으로 빼냅니다.",
  "Set mesh:ciliumSettings to apply, or the settings in the plug-in's own installation.":
    "mesh:ciliumSettings를 apply로 두거나, 플러그인의 설치에서 직접 설정합니다.",
  "Whether claims without a StorageClass get one, exactly one, of a driver that is installed; and whether the class that mesh:storageClass lets the stack make is free to be made.":
    "StorageClass를 적지 않은 클레임이 설치된 드라이버의 클래스를 정확히 하나 받는지, mesh:storageClass에 따라 스택이 만들 클래스를 만들 수 있는지.",
  "Claims of workloads that keep data stay pending without a default class.":
    "기본 클래스가 없으면 데이터를 보관하는 워크로드의 클레임이 Pending에 머뭅니다.",
  "Mark one class as default: kubectl annotate storageclass NAME storageclass.kubernetes.io/is-default-class=true.":
    "클래스 하나를 기본으로 표시합니다: kubectl annotate storageclass NAME storageclass.kubernetes.io/is-default-class=true.",
  "Whether the metrics that the gateways and istiod are scaled by are there, or ours to install, as mesh:metricsServer says.":
    "게이트웨이와 istiod를 확장하는 데 쓰는 메트릭이 mesh:metricsServer에 적힌 대로 이미 있거나 설치할 수 있는지.",
  "Without them the autoscalers of the gateways and of istiod stay at their least.":
    "없으면 게이트웨이와 istiod의 오토스케일러가 최솟값에 머뭅니다.",
  "Set mesh:metricsServer to the one that fits: install, existing, or none for fixed replicas.":
    "mesh:metricsServer를 맞는 값으로 둡니다: install, existing, 또는 레플리카 수를 고정하는 none.",
  "Whether each kubeconfig's user may do all that the stack does with it: in its own cluster, for its reader on a peer, or, of a ready-made reader, what istiod reads.":
    "각 kubeconfig의 사용자가 스택이 하는 일을 모두 할 수 있는지: 자기 클러스터에서, 상대에 리더를 만들 때, 또는 미리 만든 리더라면 istiod가 읽는 것을.",
  "A run that is refused half-way leaves half a mesh.":
    "중간에 거부된 실행은 반쪽짜리 메시를 남깁니다.",
  "Bind the kubeconfig's user to cluster-admin, or to a role with these rights.":
    "kubeconfig의 사용자를 cluster-admin이나 이 권한을 가진 역할에 바인딩합니다.",
  "Whether istio-system is ours to make, or there to be labelled, as mesh:systemNamespace says; and what in it stands in the mesh's way: another network's label, quotas, network policies.":
    "istio-system이 mesh:systemNamespace에 적힌 대로 만들 수 있거나 레이블을 붙일 수 있게 있는지, 그리고 그 안에 메시를 막는 것이 있는지: 다른 네트워크의 레이블, 쿼터, 네트워크 정책.",
  "The first object of a stack is this namespace, and nearly all others go into it.":
    "스택의 첫 객체가 이 네임스페이스이고 나머지도 거의 모두 그 안에 들어갑니다.",
  "Set mesh:systemNamespace to the one that fits: create, or existing.":
    "mesh:systemNamespace를 맞는 값으로 둡니다: create 또는 existing.",
  "Whether namespaces whose pods get a sidecar enforce a Pod Security Standard that the sidecar can't keep.":
    "파드에 사이드카가 들어가는 네임스페이스가 사이드카가 지킬 수 없는 Pod Security Standard를 강제하는지.",
  "The sidecar's init container needs NET_ADMIN and NET_RAW, which baseline and restricted refuse: pods are never created.":
    "사이드카의 init 컨테이너에는 NET_ADMIN과 NET_RAW가 필요한데 baseline과 restricted는 이를 거부합니다. 파드가 아예 만들어지지 않습니다.",
  "Set mesh:istioCni to install, or lower the namespace's level to privileged.":
    "mesh:istioCni를 install로 두거나, 네임스페이스의 수준을 privileged로 낮춥니다.",
  "Whether Services of type LoadBalancer get addresses, as those that are there show.":
    "이미 있는 Service로 보아 LoadBalancer 유형의 Service가 주소를 받는지.",
  "Without an address of its east-west gateway a cluster's services can't be reached from the others, and up waits for it.":
    "이스트-웨스트 게이트웨이에 주소가 없으면 다른 클러스터에서 서비스에 닿을 수 없고, up은 주소를 기다립니다.",
  "kubectl describe service says why; quotas, subnets and annotations are the usual reasons. Without a cloud: MetalLB, or minikube tunnel.":
    "이유는 kubectl describe service에 나옵니다. 대개 쿼터, 서브넷, 애너테이션입니다. 클라우드가 없다면 MetalLB나 minikube tunnel을 씁니다.",
  "Whether every aggregated API (APIService) of the cluster answers.":
    "클러스터의 모든 집계 API(APIService)가 응답하는지.",
  "While one doesn't, namespaces never end terminating, and Helm and Pulumi can't list what the cluster has.":
    "하나라도 응답하지 않으면 네임스페이스의 종료가 끝나지 않고, Helm과 Pulumi가 클러스터에 무엇이 있는지 나열하지 못합니다.",
  "Mend the Service behind it, or delete the APIService if what served it is gone.":
    "뒤에 있는 Service를 고치거나, 제공하던 것이 없어졌다면 APIService를 지웁니다.",
  "Whether the services behind the webhooks that must agree to what a stack creates have endpoints, and which policy engines there are.":
    "스택이 만드는 것을 승인해야 하는 웹훅 뒤의 서비스에 엔드포인트가 있는지, 어떤 정책 엔진이 있는지.",
  "A webhook with failurePolicy Fail and nobody behind it refuses everything: the first object of ours ends the run.":
    "failurePolicy가 Fail인데 뒤에 아무도 없는 웹훅은 모든 것을 거부합니다. 첫 객체에서 실행이 끝납니다.",
  "Mend the webhook's service, or delete its configuration if what served it is gone.":
    "웹훅의 서비스를 고치거나, 제공하던 것이 없어졌다면 그 설정을 지웁니다.",
  "Whether the Gateway API's CRDs are ours to install, or there in the release that Istio reads, as mesh:gatewayApi says.":
    "Gateway API의 CRD가 mesh:gatewayApi에 적힌 대로 설치할 수 있거나 Istio가 읽는 릴리스로 이미 있는지.",
  "istiod ignores older kinds without a word, and two owners of the same CRDs undo each other's work.":
    "istiod는 옛 종류를 말없이 무시하고, 같은 CRD의 주인이 둘이면 서로의 일을 되돌립니다.",
  "Set mesh:gatewayApi to the one that fits: install, or existing.":
    "mesh:gatewayApi를 맞는 값으로 둡니다: install 또는 existing.",
  "Whether an Istio of other hands runs here: an istiod that isn't our release, of another cluster ID, mesh ID or trust domain, an injector beside ours, a CA that istiod made itself.":
    "다른 손으로 설치한 Istio가 있는지: 이 스택의 릴리스가 아니거나 클러스터 ID·메시 ID·신뢰 도메인이 다른 istiod, 별도의 인젝터, istiod가 스스로 만든 CA.",
  "Two control planes fight over webhooks, CRDs and sidecars; one under another name puts workloads into another mesh.":
    "컨트롤 플레인 둘이 웹훅, CRD, 사이드카를 두고 다투고, 이름이 다른 하나는 워크로드를 다른 메시에 넣습니다.",
  "Remove the other Istio, or give it a revision of its own and label the namespaces by revision.":
    "다른 Istio를 제거하거나, 그쪽에 별도 리비전을 주고 네임스페이스에 리비전 레이블을 붙입니다.",
  "Which Helm releases there are in istio-system, or called istio elsewhere, and whether one of ours is stuck half-way.":
    "istio-system에 있거나 다른 곳에서 istio라고 불리는 Helm 릴리스가 무엇인지, 이 스택의 릴리스가 중간에 멈춰 있는지.",
  "Helm refuses to touch a release while its record says that somebody is at it, and two releases of Istio's charts fight over the same objects.":
    "Helm은 작업 중이라고 기록된 릴리스를 건드리지 않고, Istio 차트의 릴리스가 둘이면 같은 객체를 두고 다툽니다.",
  "helm uninstall what is not wanted.": "필요 없는 것은 helm uninstall로 제거합니다.",
  "Whether what Istio's charts are about to create is there already in other hands: CRDs left behind, cluster roles, webhooks, Deployments and Services in istio-system.":
    "Istio 차트가 만들려는 것이 다른 주인의 것으로 이미 있는지: 남겨진 CRD, 클러스터 역할, 웹훅, istio-system의 Deployment와 Service.",
  "Helm takes over no object of another owner: the release fails with invalid ownership metadata.":
    "Helm은 다른 주인의 객체를 넘겨받지 않습니다. 릴리스가 invalid ownership metadata로 실패합니다.",
  "Remove what made them (istioctl uninstall --purge, helm uninstall), or hand them over as docs/preflight.md shows; mesh:crds keep takes over CRDs by itself.":
    "만든 것을 제거하거나(istioctl uninstall --purge, helm uninstall) docs/ko/preflight.md에 나온 대로 넘겨줍니다. CRD는 mesh:crds keep이 스스로 넘겨받습니다.",
  "Whether objects that the stack creates under fixed names are there already and not Pulumi's: cacerts, remote secrets, the reader's namespace and role on a peer.":
    "스택이 정해진 이름으로 만드는 객체가 Pulumi의 것이 아닌 채 이미 있는지: cacerts, 원격 시크릿, 상대에 있는 리더의 네임스페이스와 역할.",
  "Creating what exists fails, and overwriting a CA or a kubeconfig of somebody else's would break their mesh.":
    "이미 있는 것을 만들면 실패하고, 다른 사람의 CA나 kubeconfig를 덮어쓰면 그쪽 메시가 깨집니다.",
  "Delete them if nothing needs them, or pulumi import them into the stack.":
    "필요한 곳이 없으면 지우고, 아니면 pulumi import로 스택에 가져옵니다.",
  "Whether istio-system has remote secrets for clusters that mesh:clusters doesn't name, or for the cluster itself.":
    "istio-system에 mesh:clusters에 없는 클러스터나 자기 자신의 원격 시크릿이 있는지.",
  "istiod joins every cluster that such a secret leads to, and of two secrets for one cluster it takes either.":
    "istiod는 그런 시크릿이 가리키는 모든 클러스터와 연결하고, 한 클러스터에 시크릿이 둘이면 아무것이나 씁니다.",
  "Delete the secret, or add its cluster to mesh:clusters.":
    "시크릿을 지우거나 그 클러스터를 mesh:clusters에 더합니다.",
  "Whether the step from the Istio that runs to mesh:istioVersion is one that Istio supports.":
    "실행 중인 Istio에서 mesh:istioVersion으로 가는 단계를 Istio가 지원하는지.",
  "Istio is upgraded one minor at a time; a control plane older than its proxies is not supported.":
    "Istio는 마이너 버전을 하나씩 올립니다. 프록시보다 오래된 컨트롤 플레인은 지원되지 않습니다.",
  "Go minor by minor, each with the newest patch.": "마이너를 하나씩, 각각 최신 패치로 올립니다.",
  "Which PeerAuthentications and DestinationRules turn mTLS off, and whether there is a second mesh-wide policy.":
    "mTLS를 끄는 PeerAuthentication과 DestinationRule이 무엇인지, 메시 전체 정책이 또 있는지.",
  "Endpoints without the mesh's mTLS are left out of what other networks see: the service exists there, and never answers.":
    "메시의 mTLS가 없는 엔드포인트는 다른 네트워크에 보이지 않습니다. 서비스는 있는데 응답하지 않습니다.",
  "Take the exception back, or keep such services to their own cluster.":
    "예외를 거두거나, 그런 서비스는 자기 클러스터 안에서만 씁니다.",
};
