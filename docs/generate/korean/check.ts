/** docs/ko/check.md: Korean by the English of the checks in mesh/check/checks. */
export const CHECK_KOREAN: Readonly<Record<string, string>> = {
  "explained by": "원인이 되는 검사",
  "Whether the API server answers, and lets the kubeconfig's user in.":
    "API 서버가 응답하고 kubeconfig의 사용자를 받아들이는지.",
  "Nothing else can be said about the cluster; what it serves already may go on, but no peer learns of changes.":
    "클러스터에 대해 더 말할 수 있는 것이 없습니다. 이미 하던 서비스는 계속될 수 있지만 상대는 변화를 알지 못합니다.",
  "Whether everything could be looked at.": "모든 것을 살펴볼 수 있었는지.",
  "What can't be looked at is not known to be in order.":
    "살펴볼 수 없는 것은 정상인지 알 수 없습니다.",
  "Give the kubeconfig's user the right to it: reading istio-system with its Secrets, pods/portforward and pods/exec there and in echo.":
    "kubeconfig의 사용자에게 권한을 줍니다: istio-system과 그 Secret 읽기, istio-system과 echo에서 pods/portforward와 pods/exec.",
  "Whether the mesh is there at all: the namespace istio-system.":
    "메시가 있기는 한지: 네임스페이스 istio-system.",
  "Nothing of the mesh runs in the cluster.":
    "클러스터에서 메시의 어떤 것도 실행되고 있지 않습니다.",
  "npm run mesh -- up deploys it.": "npm run mesh -- up으로 배포합니다.",
  "Whether istio-cni's pods run, where mesh:istioCni has them installed.":
    "mesh:istioCni로 설치했다면 istio-cni의 파드가 실행 중인지.",
  "Where it doesn't run, new pods of the mesh wait in istio-validation; those that run are not affected.":
    "실행되지 않는 노드에서는 메시의 새 파드가 istio-validation에서 기다립니다. 이미 실행 중인 파드에는 영향이 없습니다.",
  "kubectl -n istio-system logs daemonset/istio-cni-node says why; on Cilium, cni-exclusive has to be false.":
    "이유는 kubectl -n istio-system logs daemonset/istio-cni-node에 나옵니다. Cilium에서는 cni-exclusive가 false여야 합니다.",
  "Whether istiod runs, all of its replicas, without restarts in the last hour.":
    "istiod의 모든 레플리카가 지난 한 시간 동안 재시작 없이 실행되고 있는지.",
  "Proxies go on with what they have, but get no new endpoints and, within a day, no new certificates; new pods of the mesh don't start.":
    "프록시는 가진 것으로 계속 동작하지만 새 엔드포인트를 받지 못하고, 하루 안에 새 인증서도 받지 못합니다. 메시의 새 파드는 시작되지 않습니다.",
  "kubectl -n istio-system describe pod -l app=istiod and kubectl -n istio-system logs deployment/istiod say more.":
    "kubectl -n istio-system describe pod -l app=istiod와 kubectl -n istio-system logs deployment/istiod에 더 나옵니다.",
  "Whether istiod runs the configured version, and no proxy is newer than it, or two minor versions older.":
    "istiod가 설정한 버전이고, 그보다 새롭거나 마이너가 둘 이상 오래된 프록시가 없는지.",
  "istiod supports proxies of its own minor version and of the one before.":
    "istiod는 자기 마이너 버전과 바로 앞 버전의 프록시를 지원합니다.",
  "kubectl rollout restart of the pods' Deployments gives them the proxy of the istiod that runs.":
    "파드의 Deployment를 kubectl rollout restart하면 실행 중인 istiod의 프록시를 받습니다.",
  "Whether the clusters' istiods are at most one minor version apart.":
    "클러스터들의 istiod가 마이너 버전 하나 이내로 차이 나는지.",
  "Istio tests neighbouring minor versions with each other, as a mesh that is being upgraded has them, and none further apart.":
    "Istio는 업그레이드 중인 메시처럼 이웃한 마이너 버전끼리만 시험하고, 더 떨어진 것은 시험하지 않습니다.",
  "Upgrade the cluster that is behind: mesh:istioVersion, then npm run mesh -- up.":
    "뒤처진 클러스터를 업그레이드합니다: mesh:istioVersion을 올리고 npm run mesh -- up.",
  "Whether the cluster's ID is the same everywhere: istiod's CLUSTER_ID, what it calls itself, its proxies, and the system namespace's label.":
    "클러스터 ID가 모든 곳에서 같은지: istiod의 CLUSTER_ID, istiod가 스스로를 부르는 이름, 프록시, 시스템 네임스페이스의 레이블.",
  "Peers know the cluster by its ID. Where they differ, its endpoints are found twice or not at all, and rules per cluster match nothing.":
    "상대는 ID로 클러스터를 압니다. 서로 다르면 엔드포인트가 두 번 잡히거나 전혀 잡히지 않고, 클러스터별 규칙이 아무것에도 일치하지 않습니다.",
  "npm run mesh -- up sets istiod's; kubectl rollout restart of the pods' Deployments then sets the proxies'.":
    "istiod의 것은 npm run mesh -- up이 맞추고, 프록시의 것은 그다음 파드의 Deployment를 kubectl rollout restart하면 맞습니다.",
  "Whether every cluster's Secret cacerts trusts the same root, the trust stack's where that can be read, and every cluster's signer is trusted by all.":
    "모든 클러스터의 Secret cacerts가 같은 루트를(trust 스택을 읽을 수 있으면 그 루트를) 신뢰하고, 각 클러스터의 서명자를 모두가 신뢰하는지.",
  "npm run mesh -- up --refresh of this cluster's stack puts the mesh's CA back; then restart istiod, and the workloads that have certificates of the other root.":
    "이 클러스터의 스택에 npm run mesh -- up --refresh를 하면 메시의 CA로 되돌아갑니다. 그다음 istiod와, 다른 루트의 인증서를 가진 워크로드를 재시작합니다.",
  "Whether the CA in the Secret cacerts is one, has its own key, and its chain leads to the root beside it.":
    "Secret cacerts의 인증서가 CA이고, 키가 맞으며, 체인이 옆의 루트로 이어지는지.",
  "istiod refuses to start with such files, or signs certificates that nobody accepts.":
    "그렇지 않으면 istiod가 시작을 거부하거나 아무도 받아들이지 않는 인증서에 서명합니다.",
  "npm run mesh -- up --refresh puts the configured CA back.":
    "npm run mesh -- up --refresh가 설정한 CA로 되돌립니다.",
  "Whether the cluster's intermediate and its roots are valid for at least 60 more days.":
    "클러스터의 중간 CA와 루트의 유효 기간이 60일 이상 남았는지.",
  "With the end of a CA all certificates under it end: workloads stop accepting each other.":
    "CA가 만료되면 그 아래의 모든 인증서도 끝납니다. 워크로드가 서로를 받아들이지 않게 됩니다.",
  "Raise the cluster's number in mesh:pki.intermediates of the trust stack, then npm run mesh -- up: it is replaced under traffic.":
    "trust 스택의 mesh:pki.intermediates에서 클러스터의 숫자를 올리고 npm run mesh -- up을 실행합니다. 트래픽이 흐르는 채로 교체됩니다.",
  "Whether the ConfigMap istio-ca-root-cert of every namespace holds the roots of the Secret cacerts.":
    "모든 네임스페이스의 ConfigMap istio-ca-root-cert가 Secret cacerts의 루트를 담고 있는지.",
  "Proxies accept istiod by it. Another root there means that istiod started with another CA, and signs with that.":
    "프록시는 이것으로 istiod를 받아들입니다. 다른 루트가 있다면 istiod가 다른 CA로 시작해 그것으로 서명하고 있다는 뜻입니다.",
  "kubectl -n istio-system rollout restart deployment/istiod, then restart the workloads.":
    "kubectl -n istio-system rollout restart deployment/istiod, 이어서 워크로드를 재시작합니다.",
  "Whether istiod's own certificate, which it signs itself, comes from the CA in the Secret cacerts.":
    "istiod가 스스로 서명한 자기 인증서가 Secret cacerts의 CA에서 나왔는지.",
  "istiod signs the workloads' certificates with the CA that its own comes from.":
    "istiod는 자기 인증서가 나온 CA로 워크로드의 인증서에 서명합니다.",
  "kubectl -n istio-system rollout restart deployment/istiod":
    "kubectl -n istio-system rollout restart deployment/istiod",
  "Whether the mesh-wide PeerAuthentication has the configured mode (STRICT by default), and which policies are weaker.":
    "메시 전체 PeerAuthentication이 설정한 모드(기본 STRICT)인지, 더 약한 정책이 무엇인지.",
  "Without STRICT, workloads accept plain text, and callers without an identity.":
    "STRICT가 아니면 워크로드가 평문과 신원 없는 호출자를 받아들입니다.",
  "npm run mesh -- up --refresh puts mesh:mtls back.":
    "npm run mesh -- up --refresh가 mesh:mtls대로 되돌립니다.",
  "Whether istio-system and the east-west gateway's Service have the cluster's network as their label topology.istio.io/network.":
    "istio-system과 이스트-웨스트 게이트웨이의 Service에 클러스터의 네트워크가 레이블 topology.istio.io/network로 붙어 있는지.",
  "istiod takes pods of the same network for directly reachable. With a wrong label it sends traffic past the gateway to addresses that nobody routes, or finds no gateway.":
    "istiod는 같은 네트워크의 파드에 직접 닿을 수 있다고 봅니다. 레이블이 틀리면 게이트웨이를 지나쳐 아무도 라우팅하지 않는 주소로 보내거나 게이트웨이를 찾지 못합니다.",
  "npm run mesh -- up --refresh puts the label back.":
    "npm run mesh -- up --refresh가 레이블을 되돌립니다.",
  "Whether the east-west gateway and the ingress gateway run.":
    "이스트-웨스트 게이트웨이와 인그레스 게이트웨이가 실행 중인지.",
  "Other networks get in by the east-west gateway alone, the public by the ingress gateway.":
    "다른 네트워크는 이스트-웨스트 게이트웨이로만, 외부는 인그레스 게이트웨이로 들어옵니다.",
  "kubectl -n istio-system describe pod says why they don't start; injected pods need istiod first.":
    "시작되지 않는 이유는 kubectl -n istio-system describe pod에 나옵니다. 주입되는 파드에는 istiod가 먼저 있어야 합니다.",
  "Whether the east-west gateway's Service has port 15443 and an address, of the kind that the cloud's load balancers have.":
    "이스트-웨스트 게이트웨이의 Service에 포트 15443과, 클라우드의 로드 밸런서가 주는 종류의 주소가 있는지.",
  "Peers send their traffic to this address. Without one, istiod gives their proxies the pods' own addresses, which lead nowhere.":
    "상대는 이 주소로 트래픽을 보냅니다. 없으면 istiod가 상대의 프록시에 파드 주소를 주는데, 그 주소로는 갈 수 없습니다.",
  "kubectl -n istio-system describe service istio-eastwestgateway says what the cloud's load balancer is waiting for.":
    "클라우드의 로드 밸런서가 무엇을 기다리는지는 kubectl -n istio-system describe service istio-eastwestgateway에 나옵니다.",
  "Whether a Gateway opens port 15443 of the east-west gateway for AUTO_PASSTHROUGH to the configured hosts.":
    "Gateway가 이스트-웨스트 게이트웨이의 포트 15443을 설정한 호스트로 가는 AUTO_PASSTHROUGH로 여는지.",
  "Without it the gateway doesn't listen there, and no service of this cluster can be called from another network.":
    "없으면 게이트웨이가 그 포트를 듣지 않아, 이 클러스터의 서비스를 다른 네트워크에서 호출할 수 없습니다.",
  "npm run mesh -- up --refresh puts it back.": "npm run mesh -- up --refresh가 되돌립니다.",
  "Whether a service behind the east-west gateway answers TLS on its port 15443, with a certificate under the mesh's root.":
    "이스트-웨스트 게이트웨이 뒤의 서비스가 포트 15443에서 메시 루트 아래의 인증서로 TLS에 응답하는지.",
  "This is how every call from another network comes in.":
    "다른 네트워크의 모든 호출이 이렇게 들어옵니다.",
  "kubectl -n istio-system logs deployment/istio-eastwestgateway; restart the workload if its certificate is of another root.":
    "kubectl -n istio-system logs deployment/istio-eastwestgateway를 봅니다. 인증서의 루트가 다르면 그 워크로드를 재시작합니다.",
  "Whether remote secrets name clusters that are none of the mesh's.":
    "메시에 없는 클러스터를 가리키는 원격 시크릿이 있는지.",
  "istiod joins every cluster that it has a remote secret for, whoever put it there.":
    "istiod는 누가 만들었든 원격 시크릿이 있는 모든 클러스터와 연결합니다.",
  "Delete the secret, then restart istiod: it doesn't forget a cluster that never came into sync.":
    "시크릿을 지우고 istiod를 재시작합니다. istiod는 한 번도 동기화되지 못한 클러스터를 잊지 않습니다.",
  "Whether there is one remote secret for the peer, under the peer's ID, with a kubeconfig that istiod takes and the API server that the configuration names.":
    "상대의 원격 시크릿이 하나 있고, 상대의 ID로 되어 있으며, istiod가 받는 kubeconfig와 설정한 API 서버가 들어 있는지.",
  "It is how istiod knows the peer: without it, it sees none of the peer's services.":
    "istiod는 이것으로 상대를 압니다. 없으면 상대의 서비스를 하나도 보지 못합니다.",
  "npm run mesh -- up --refresh writes it anew.": "npm run mesh -- up --refresh가 새로 씁니다.",
  "Whether the peer's API server takes the remote secret's token, tried from this machine, and lets its user read what istiod needs.":
    "상대의 API 서버가 원격 시크릿의 토큰을 (이 머신에서 시도해) 받아들이고, 그 사용자가 istiod에 필요한 것을 읽을 수 있는지.",
  "istiod reads the peer with it. What it read before stays, and grows old.":
    "istiod는 이 토큰으로 상대를 읽습니다. 전에 읽은 것은 남아 있지만 점점 낡아 갑니다.",
  "npm run mesh -- up --refresh makes a new token where the old one is gone; then restart istiod if the peer still isn't synced.":
    "npm run mesh -- up --refresh가 없어진 토큰을 새로 만듭니다. 그래도 상대가 동기화되지 않으면 istiod를 재시작합니다.",
  "Whether every istiod says that it is in sync with the peer.":
    "모든 istiod가 상대와 동기화되었다고 하는지.",
  "It doesn't know the peer's endpoints, or no longer learns of changes.":
    "상대의 엔드포인트를 모르거나, 변화를 더는 알지 못합니다.",
  "Make the peer's API server reachable from this cluster's pods; then kubectl -n istio-system rollout restart deployment/istiod: a cluster that never came into sync stays so until then.":
    "이 클러스터의 파드에서 상대의 API 서버에 닿게 한 다음 kubectl -n istio-system rollout restart deployment/istiod를 실행합니다. 한 번도 동기화되지 못한 클러스터는 그때까지 그대로입니다.",
  "Whether istiod knows a gateway of the peer's network, under the address that the peer's Service has.":
    "istiod가 상대 네트워크의 게이트웨이를, 상대의 Service가 가진 주소로 알고 있는지.",
  "istiod sends proxies to the peer's network by it. Without one they get the pods' own addresses, which lead nowhere.":
    "istiod는 프록시를 이 게이트웨이를 거쳐 상대 네트워크로 보냅니다. 없으면 프록시가 파드 주소를 받는데, 그 주소로는 갈 수 없습니다.",
  "Where the address is a host name, it has to resolve in this cluster (kubectl -n istio-system logs deployment/istiod); otherwise restart istiod.":
    "주소가 호스트 이름이면 이 클러스터에서 풀려야 합니다(kubectl -n istio-system logs deployment/istiod). 아니면 istiod를 재시작합니다.",
  "Whether the peer's gateway answers on port 15443 from a pod of this cluster, as Envoy answers strangers, and with TLS from this machine if it can be reached from here.":
    "이 클러스터의 파드에서 보낸 연결에 상대의 게이트웨이가 포트 15443에서 Envoy가 낯선 상대에게 하듯 응답하는지, 그리고 이 머신에서 닿을 수 있다면 TLS로 응답하는지.",
  "All calls to the peer's services go there.": "상대의 서비스로 가는 모든 호출이 그곳으로 갑니다.",
  "Let the addresses by which this cluster's nodes leave their network through to port 15443 of the peer's load balancer.":
    "이 클러스터의 노드가 밖으로 나올 때 쓰는 주소에서 상대 로드 밸런서의 포트 15443으로 가는 것을 허용합니다.",
  "Whether a gateway here has endpoints through the peer's gateway for the services that the peer exposes.":
    "이쪽 게이트웨이가 상대가 공개한 서비스에 대해, 상대의 게이트웨이를 거치는 엔드포인트를 갖고 있는지.",
  "Only what a proxy has as an endpoint is ever called.":
    "프록시는 엔드포인트로 가진 것만 호출합니다.",
  "npm run mesh -- check again in a minute; if it stays so, istioctl proxy-config endpoints shows what istiod has sent.":
    "1분 뒤 npm run mesh -- check를 다시 실행합니다. 그대로라면 istiod가 보낸 것을 istioctl proxy-config endpoints로 봅니다.",
  "Whether the echo service runs, where it is deployed.":
    "echo 서비스가 배포된 곳에서 실행되고 있는지.",
  "It is what traffic from cluster to cluster is tried with.":
    "클러스터 사이의 트래픽을 이것으로 시험합니다.",
  "kubectl -n echo describe pod; where no pod is made at all: kubectl -n echo describe replicaset (injection needs istiod).":
    "kubectl -n echo describe pod. 파드가 아예 없으면 kubectl -n echo describe replicaset(주입에는 istiod가 필요합니다).",
  "Whether the peer's echo pods answer requests of this cluster's, as the mesh spreads them (--requests), and how fast.":
    "메시가 나눠 보내는 이 클러스터의 요청(--requests)에 상대의 echo 파드가 응답하는지, 얼마나 빠른지.",
  "It is what all the others are for: calls from one cluster to another.":
    "나머지 모두의 목적입니다: 한 클러스터에서 다른 클러스터로 가는 호출.",
  "kubectl -n echo logs deployment/echo -c istio-proxy shows what became of each request.":
    "요청마다 어떻게 되었는지는 kubectl -n echo logs deployment/echo -c istio-proxy에 나옵니다.",
  "Whether every request of this cluster's echo pod is answered, by a cluster of the mesh, to a caller with a SPIFFE identity.":
    "이 클러스터의 echo 파드가 보낸 모든 요청에 메시의 클러스터가 응답하고, 호출자에게 SPIFFE 신원이 있는지.",
  "Requests fail now and then, or are not made through the mesh.":
    "요청이 때때로 실패하거나, 메시를 거치지 않습니다.",
  "Whether every public host has a certificate that renews itself, and a DNS record that leads to its gateway.":
    "공개 호스트마다 저절로 갱신되는 인증서와, 자기 게이트웨이로 이어지는 DNS 레코드가 있는지.",
  "Without a certificate HTTPS is refused, and plain HTTP is answered with 503.":
    "인증서가 없으면 HTTPS는 거부되고 평문 HTTP에는 503으로 답합니다.",
  "kubectl -n istio-system describe certificate,order,challenge says what cert-manager is at.":
    "cert-manager가 무엇을 하고 있는지는 kubectl -n istio-system describe certificate,order,challenge에 나옵니다.",
  "Whether Prometheus gets the metrics that it asks for, and what it warns of, where observability is configured.":
    "관측을 설정한 곳에서 Prometheus가 요청한 지표를 받고 있는지, 그리고 무엇을 알리고 있는지.",
  "What nobody counts nobody warns of.": "아무도 세지 않는 것은 아무도 알려 주지 않습니다.",
  "kubectl -n observability get pods, and describe the one that isn't ready; the page Targets of Prometheus says what each target answered.":
    "kubectl -n observability get pods로 준비되지 않은 파드를 찾아 describe하세요. 대상마다 무엇이라고 답했는지는 Prometheus의 Targets 페이지에 나옵니다.",
};
