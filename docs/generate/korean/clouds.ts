/** docs/ko/clouds.md: Korean by the English of config/clouds and of its generator. */
export const CLOUDS_KOREAN: Readonly<Record<string, string>> = {
  offering: "상품",
  address: "주소",
  "default StorageClass": "기본 StorageClass",
  metrics: "메트릭",
  "network plug-in": "네트워크 플러그인",
  size: "규모",
  "NAVER Cloud, Ncloud Kubernetes Service": "NAVER Cloud, Ncloud Kubernetes Service",
  "NHN Cloud, NHN Kubernetes Service": "NHN Cloud, NHN Kubernetes Service",
  "Google Cloud, Google Kubernetes Engine": "Google Cloud, Google Kubernetes Engine",
  minikube: "minikube",
  "any other Kubernetes": "그 밖의 쿠버네티스",
  "the lab's clusters": "랩의 클러스터",
  IP: "IP",
  "host name": "호스트 이름",
  either: "둘 다 가능",
  "the cloud's": "클라우드가 제공",
  "**we create it**": "**스택이 생성**",
  "the cluster's own affair": "클러스터에 따름",
  "the cluster's": "클러스터에 있음",
  "we install metrics-server": "metrics-server를 설치",
  "none: fixed replicas": "없음: 레플리카 수 고정",
  Cilium: "Cilium",
  Calico: "Calico",
  "GKE Dataplane V2 (Cilium, run by Google) or kubenet":
    "GKE Dataplane V2(Google이 운영하는 Cilium) 또는 kubenet",
  "whatever `minikube start --cni` names": "`minikube start --cni`로 정한 것",
  unknown: "알 수 없음",
  bridge: "bridge",
  standard: "표준",
  small: "소형",
  key: "키",
  value: "값",
  reason: "이유",
  "socket load balancing inside pods swaps a service's address for a pod's before the sidecar sees it":
    "파드 안의 소켓 로드 밸런싱이 사이드카가 보기도 전에 서비스 주소를 파드 주소로 바꿉니다",
  "Cilium removes other plug-ins' configuration from the nodes, istio-cni's too":
    "Cilium이 istio-cni를 비롯한 다른 플러그인의 설정을 노드에서 지웁니다",
  "Cilium's own HTTP proxy can't read mTLS and answers 503; its L7 and DNS (toFQDNs) policies end with it":
    "Cilium의 HTTP 프록시는 mTLS를 읽지 못해 503으로 응답합니다. 끄면 Cilium의 L7 정책과 DNS(toFQDNs) 정책도 함께 꺼집니다",
  direction: "방향",
  "TCP port": "TCP 포트",
  from: "출발지",
  to: "목적지",
  in: "수신",
  out: "송신",
  inside: "내부",
  "the addresses that the peers' nodes leave their network by (NAT gateways)":
    "상대 클러스터의 노드가 밖으로 나올 때 쓰는 주소(NAT 게이트웨이)",
  "the east-west gateway's load balancer": "이스트-웨스트 게이트웨이의 로드 밸런서",
  "mTLS of the other networks' workloads, which the gateway passes on unopened":
    "다른 네트워크의 워크로드가 보내는 mTLS. 게이트웨이는 열어 보지 않고 넘깁니다",
  "the nodes": "노드",
  "the east-west load balancer of every peer": "모든 상대의 이스트-웨스트 로드 밸런서",
  "calls of services that run in a peer": "상대 클러스터에 있는 서비스 호출",
  "the addresses that the peers' nodes leave their network by, and whoever runs the stacks":
    "상대 클러스터의 노드가 밖으로 나올 때 쓰는 주소, 그리고 스택을 실행하는 곳",
  "the API server (whichever of the ports its kubeconfig names)":
    "API 서버(둘 중 kubeconfig에 적힌 포트)",
  "every peer's istiod watches this cluster's services and endpoints":
    "모든 상대의 istiod가 이 클러스터의 서비스와 엔드포인트를 지켜봅니다",
  "the API server of every peer": "모든 상대의 API 서버",
  "this cluster's istiod watches theirs": "이 클러스터의 istiod가 상대의 것을 지켜봅니다",
  "the public, or whoever shall call": "인터넷 전체, 또는 호출을 허용할 곳",
  "the ingress gateway's load balancer": "인그레스 게이트웨이의 로드 밸런서",
  "HTTP and HTTPS of the services that a Gateway publishes; 80 also for ACME challenges":
    "Gateway로 공개한 서비스의 HTTP와 HTTPS. 80은 ACME 확인에도 씁니다",
  "the registry of mesh:istioHub and those of your images":
    "mesh:istioHub의 레지스트리와 사용하는 이미지의 레지스트리",
  "pulling the control plane's and the proxies' images": "컨트롤 플레인과 프록시의 이미지 받기",
  "the load balancers": "로드 밸런서",
  "load balancers and their health checks reach Services by node ports":
    "로드 밸런서와 그 상태 확인은 노드 포트로 Service에 닿습니다",
  "the API server": "API 서버",
  "the nodes that istiod may run on": "istiod가 실행될 수 있는 노드",
  "injection and validation webhooks; without them no pod joins the mesh":
    "주입과 검증 웹훅. 없으면 어떤 파드도 메시에 들어오지 못합니다",
  "the cluster's own pods": "클러스터 자신의 파드",
  istiod: "istiod",
  "configuration and certificates of the proxies": "프록시의 설정과 인증서",
  "why not": "열지 않는 이유",
  "istiod's XDS and CA: peers have their own istiod":
    "istiod의 XDS와 CA: 상대에게는 자기 istiod가 있습니다",
  "istiod's webhooks: only this cluster's API server calls them":
    "istiod의 웹훅: 이 클러스터의 API 서버만 호출합니다",
  "the gateways' readiness: load balancers ask by node ports":
    "게이트웨이의 준비 상태: 로드 밸런서는 노드 포트로 묻습니다",
  "a TCP example of older Istio profiles: nothing listens there":
    "옛 Istio 프로파일의 TCP 예제: 듣는 것이 없습니다",
  "Load balancer annotations:": "로드 밸런서 애너테이션:",
  "ingress gateway": "인그레스 게이트웨이",
  "east-west gateway": "이스트-웨스트 게이트웨이",
  none: "없음",
  "Firewall, besides the table above:": "위 표에 더해 필요한 방화벽 규칙:",
  "To know:": "알아 둘 것:",
  "Sources:": "출처:",
  "Both kinds are layer 4, as AUTO_PASSTHROUGH needs. The proxy (nplb) is taken: nodes then admit the load balancer's subnet alone, where nlb answers directly (DSR) and every client's address would have to reach the node ports; and only the proxy's idle timeout can be set (1 to 3600 s, 60 by default), which otherwise closes the mesh's pooled connections once a minute. What nlb would give, the client's address, mTLS gives better. Health checks are TCP on the node ports and can't be set by annotation.":
    "두 종류 모두 L4여서 AUTO_PASSTHROUGH에 맞습니다. 그중 프록시(nplb)를 씁니다. 노드는 로드 밸런서 서브넷만 허용하면 되기 때문입니다. nlb는 직접 응답(DSR)하므로 모든 클라이언트 주소가 노드 포트에 닿을 수 있어야 합니다. 또 유휴 타임아웃은 프록시에서만 정할 수 있는데(1~3600초, 기본 60초), 그대로 두면 메시가 재사용하는 연결이 1분마다 끊깁니다. nlb의 장점인 클라이언트 주소는 mTLS의 신원이 더 낫게 대신합니다. 상태 확인은 노드 포트에 대한 TCP이고 애너테이션으로 바꿀 수 없습니다.",
  "the load balancer subnet (usage type LOADB)": "로드 밸런서 서브넷(용도 LOADB)",
  "the nodes' ACG": "노드의 ACG",
  "nplb connects from its own subnet, which the nodes' ACG has to admit":
    "nplb는 자기 서브넷에서 접속하므로 노드의 ACG가 허용해야 합니다",
  "the peers' NAT addresses and the operators'": "상대의 NAT 주소와 운영자의 주소",
  "the cluster's endpoint ACL (ip_acl)": "클러스터의 엔드포인트 ACL(ip_acl)",
  "with a default action of deny, a peer's istiod times out on this API server":
    "기본 동작이 deny이면 상대의 istiod가 이 API 서버에 접속하지 못하고 타임아웃됩니다",
  "An upgrade of the cluster may write cilium-config anew: `pulumi refresh` shows it, the next `up` mends it.":
    "클러스터를 업그레이드하면 cilium-config가 다시 쓰일 수 있습니다. `pulumi refresh`로 보이고 다음 `up`이 되돌립니다.",
  "Load balancers made by Services are in nobody's Terraform state: destroy the cluster's stack before the cluster, or they stay and cost.":
    "Service가 만든 로드 밸런서는 누구의 Terraform 상태에도 없습니다. 클러스터보다 스택을 먼저 destroy하지 않으면 남아서 요금이 나옵니다.",
  "A private subnet and size for one gateway: mesh:istioValues.eastWestGateway.service.annotations with …-internal, …-subnet-id and …-size.":
    "게이트웨이 하나에만 사설 서브넷과 규모를 정하려면: mesh:istioValues.eastWestGateway.service.annotations에 …-internal, …-subnet-id, …-size.",
  "The console's kubeconfig calls ncp-iam-authenticator, which istiod refuses; the program makes its own reader token on each peer.":
    "콘솔의 kubeconfig는 ncp-iam-authenticator를 호출하는데 istiod는 이를 거부합니다. 프로그램은 상대마다 전용 리더 토큰을 만듭니다.",
  "Its cluster names hold underscores, which no mesh takes: mesh:clusters gives your own.":
    "클러스터 이름에 밑줄이 들어 있어 메시에서 쓸 수 없습니다. mesh:clusters에 직접 정한 이름을 씁니다.",
  "TCP listeners, since the gateways terminate TLS themselves or pass it on. TCP checks too: an HTTP check of 15443 could never pass its mTLS. Checks 5 s apart leave a dead node after 10 s, not after three minutes. A timeout of 3600 s, the longest there is, keeps the mesh's pooled connections (300 s by default).":
    "게이트웨이가 직접 TLS를 종료하거나 그대로 넘기므로 리스너는 TCP입니다. 상태 확인도 TCP입니다. 15443에 대한 HTTP 확인은 mTLS를 통과할 수 없습니다. 5초 간격으로 확인하므로 죽은 노드는 3분이 아니라 10초 뒤에 빠집니다. 타임아웃은 가능한 최댓값인 3600초로 두어 메시가 재사용하는 연결을 유지합니다(기본 300초).",
  "the load balancers' subnet": "로드 밸런서의 서브넷",
  "the nodes' security group": "노드의 보안 그룹",
  "clusters made with strict security group rules admit node ports only where you add them":
    "엄격한 보안 그룹 규칙으로 만든 클러스터는 직접 추가한 노드 포트만 허용합니다",
  "With Calico's standard (iptables) data plane nothing has to be set.":
    "Calico의 표준(iptables) 데이터 플레인에서는 설정할 것이 없습니다.",
  "With its eBPF data plane, connect-time load balancing swaps a service's address for a pod's before the sidecar sees it: set bpfConnectTimeLoadBalancing to Disabled and bpfHostNetworkedNATWithoutCTLB to Enabled in FelixConfiguration default.":
    "eBPF 데이터 플레인에서는 연결 시점의 로드 밸런싱이 사이드카가 보기도 전에 서비스 주소를 파드 주소로 바꿉니다. FelixConfiguration default에서 bpfConnectTimeLoadBalancing을 Disabled로, bpfHostNetworkedNATWithoutCTLB를 Enabled로 설정하세요.",
  "The cluster's API server needs a public endpoint, or a route from the peers.":
    "클러스터의 API 서버에는 공인 엔드포인트나 상대로부터의 경로가 필요합니다.",
  'A load balancer without floating IP for one gateway: mesh:istioValues.eastWestGateway.service.annotations with service.beta.kubernetes.io/openstack-internal-load-balancer: "true".':
    '게이트웨이 하나를 플로팅 IP 없는 로드 밸런서로: mesh:istioValues.eastWestGateway.service.annotations에 service.beta.kubernetes.io/openstack-internal-load-balancer: "true".',
  'To keep the address when a gateway is made anew: loadbalancer.openstack.org/keep-floatingip: "true" and service.loadBalancerIP.':
    '게이트웨이를 다시 만들어도 주소를 지키려면: loadbalancer.openstack.org/keep-floatingip: "true"와 service.loadBalancerIP.',
  "A passthrough load balancer on a regional backend service: it checks the nodes' kube-proxy instead of the gateway's ports, drains connections, and GKE writes its firewall rules. Without the annotation older versions build one on a target pool. It ends no connection, so there is no idle timeout to set; the mesh's TCP keepalive holds the connection tracking.":
    "리전 백엔드 서비스 기반의 패스스루 로드 밸런서입니다. 게이트웨이 포트 대신 노드의 kube-proxy를 확인하고, 연결을 비우며, 방화벽 규칙은 GKE가 씁니다. 애너테이션이 없으면 옛 버전은 타깃 풀 기반으로 만듭니다. 연결을 종료하지 않으므로 정할 유휴 타임아웃이 없고, 연결 추적은 메시의 TCP keepalive가 유지합니다.",
  "the control plane's address range": "컨트롤 플레인의 주소 대역",
  "private clusters admit the control plane on 443 and 10250 alone: add 15017, or no sidecar is injected":
    "비공개 클러스터는 컨트롤 플레인에 443과 10250만 허용합니다. 15017을 더하지 않으면 사이드카가 주입되지 않습니다",
  "Dataplane V2's configuration is Google's and already leaves sidecars alone: there is no cilium-config to set.":
    "Dataplane V2의 설정은 Google의 것이고 이미 사이드카를 건드리지 않습니다. 설정할 cilium-config가 없습니다.",
  "profile {} of Istio's charts": "Istio 차트의 {} 프로파일",
  "plug-ins lie in /home/kubernetes/bin, and critical pods need a ResourceQuota outside kube-system":
    "플러그인은 /home/kubernetes/bin에 있고, kube-system 밖의 critical 파드에는 ResourceQuota가 필요합니다",
  "with the docker driver, network namespaces lie in /var/run/docker/netns":
    "docker 드라이버에서는 네트워크 네임스페이스가 /var/run/docker/netns에 있습니다",
  "Clusters with the Gateway API switched on have its CRDs: set mesh:gatewayApi to existing.":
    "Gateway API를 켠 클러스터에는 CRD가 이미 있습니다. mesh:gatewayApi를 existing으로 두세요.",
  "The control plane's authorized networks have to admit the peers' NAT addresses.":
    "컨트롤 플레인의 승인된 네트워크가 상대의 NAT 주소를 허용해야 합니다.",
  "An internal east-west gateway: mesh:istioValues.eastWestGateway.service.annotations with networking.gke.io/load-balancer-type: Internal.":
    "내부용 이스트-웨스트 게이트웨이: mesh:istioValues.eastWestGateway.service.annotations에 networking.gke.io/load-balancer-type: Internal.",
  "Its load balancers read no annotations: `minikube tunnel` or the metallb add-on.":
    "로드 밸런서가 애너테이션을 읽지 않습니다. `minikube tunnel`이나 metallb 애드온을 씁니다.",
  "A Service stays without address until `minikube tunnel` runs for the profile, or the metallb add-on has addresses.":
    "프로파일에 `minikube tunnel`을 실행하거나 metallb 애드온에 주소를 주기 전까지 Service에 주소가 생기지 않습니다.",
  "Two profiles reach each other's API servers by their container addresses: mesh:clusters[].apiServer.":
    "두 프로파일은 컨테이너 주소로 서로의 API 서버에 닿습니다: mesh:clusters[].apiServer.",
  "Its metrics-server add-on is off by default; with it, set mesh:metricsServer to existing to let gateways scale.":
    "metrics-server 애드온은 기본으로 꺼져 있습니다. 켰다면 mesh:metricsServer를 existing으로 두어 게이트웨이가 확장되게 하세요.",
  "No annotation means the same everywhere; yours go into mesh:istioValues.ingressGateway and .eastWestGateway. Make the east-west one layer 4, with an idle timeout as long as it allows.":
    "어디서나 같은 뜻을 갖는 애너테이션은 없습니다. 필요한 것은 mesh:istioValues.ingressGateway와 .eastWestGateway에 적습니다. 이스트-웨스트 쪽은 L4로, 유휴 타임아웃은 되도록 길게 두세요.",
  "With Cilium, set mesh:ciliumSettings to apply, or socketLB.hostNamespaceOnly=true and cni.exclusive=false in its Helm values.":
    "Cilium이라면 mesh:ciliumSettings를 apply로 두거나, Cilium의 Helm 값에 socketLB.hostNamespaceOnly=true와 cni.exclusive=false를 설정하세요.",
  "kubeadm installs no metrics-server: set mesh:metricsServer to install.":
    "kubeadm은 metrics-server를 설치하지 않습니다. mesh:metricsServer를 install로 두세요.",
  "The lab's load balancer hands out host names and addresses, as NAVER and NHN do, and reads no annotations.":
    "랩의 로드 밸런서는 NAVER와 NHN처럼 호스트 이름과 주소를 나눠 주며, 애너테이션은 읽지 않습니다.",
  "There is no storage driver: claims stay pending.":
    "스토리지 드라이버가 없습니다. 볼륨 클레임은 계속 Pending입니다.",
};
