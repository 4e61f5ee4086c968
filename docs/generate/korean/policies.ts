/** docs/ko/policies.md: Korean by the English of the rules in policy/. */
export const POLICIES_KOREAN: Readonly<Record<string, string>> = {
  policy: "정책",
  "level, severity": "수준, 심각도",
  refuses: "거부하는 것",
  why: "이유",
  source: "출처",
  "Kubeconfigs, keys and CA files in plain text in the files of the project and the stack":
    "프로젝트와 스택 파일에 평문으로 적힌 kubeconfig, 키, CA 파일",
  "Stack files are committed: a key that was in one once stays in the history":
    "스택 파일은 커밋됩니다. 한 번 들어간 키는 이력에 남습니다",
  "Kubeconfigs, private keys and tokens in a resource's inputs that aren't secret outputs":
    "리소스 입력에 시크릿 출력이 아닌 채로 들어 있는 kubeconfig, 개인 키, 토큰",
  "They are written to the state and to the logs of every run as they are":
    "상태와 모든 실행 로그에 그대로 기록됩니다",
  "Kubeconfigs, private keys and tokens in a cluster's objects and Helm values, other than in Secrets":
    "Secret이 아닌 클러스터 객체나 Helm 값에 든 kubeconfig, 개인 키, 토큰",
  "ConfigMaps, annotations and environment variables are read by many and encrypted by nobody":
    "ConfigMap, 애너테이션, 환경 변수는 읽는 사람이 많고 아무도 암호화하지 않습니다",
  "Keys of certificate authorities in Secrets other than cacerts, and a root's key in any":
    "cacerts가 아닌 Secret에 든 인증 기관의 키, 그리고 어느 Secret에든 든 루트 키",
  "With a root's key whoever reads one Secret of one cluster can be anybody in all of them, and no rotation helps":
    "루트 키가 있으면 한 클러스터의 Secret 하나를 읽은 사람이 모든 클러스터에서 누구든 될 수 있고, 교체해도 소용이 없습니다",
  "Certificate authorities made in a stack that deploys to a cluster":
    "클러스터에 배포하는 스택에서 만든 인증 기관",
  "Its state then holds the root's key, and who deploys a cluster may sign for all":
    "그 상태에 루트 키가 들어가고, 클러스터 하나를 배포하는 사람이 전체를 위해 서명할 수 있게 됩니다",
  "mTLS weaker than STRICT without a reason in the annotation mesh/reason":
    "애너테이션 mesh/reason에 이유가 없는, STRICT보다 약한 mTLS",
  "In plain text nobody knows who calls, and a network between clouds reads along":
    "평문에서는 누가 호출하는지 알 수 없고, 클라우드 사이의 네트워크가 함께 읽습니다",
  "Public load balancers that open istiod's ports 15010, 15012, 15014, 15017":
    "istiod의 포트 15010, 15012, 15014, 15017을 여는 공인 로드 밸런서",
  "Whoever reaches them can try to get certificates and configuration of the mesh; primaries don't need each other's istiod":
    "닿을 수 있는 누구나 메시의 인증서와 설정을 얻으려 시도할 수 있습니다. 프라이머리끼리는 서로의 istiod가 필요 없습니다",
  "Rules of a VirtualService that can never match, since an earlier one takes it all":
    "앞선 규칙이 모두 가져가 결코 일치할 수 없는 VirtualService 규칙",
  "The first rule that matches wins: of two with the same match and weights of 30 and 70, the second is dead and the first takes everything":
    "먼저 일치한 규칙이 이깁니다. 같은 조건에 가중치가 30과 70인 두 규칙이 있으면 두 번째는 죽은 규칙이고 첫 번째가 모두 가져갑니다",
  "Weights of a rule's destinations that don't add up to 100":
    "합이 100이 아닌, 한 규칙의 목적지 가중치",
  "Istio takes weights as proportions: a lone 30 gets everything, and who reads it believes 30 %":
    "Istio는 가중치를 비율로 봅니다. 30 하나만 있으면 모두 받는데 읽는 사람은 30 %로 믿습니다",
  "Subsets that no DestinationRule of the same cluster defines in the stack":
    "스택에서 같은 클러스터의 어떤 DestinationRule도 정의하지 않은 서브셋",
  "A route to a subset that nobody defines answers 503, NR or no healthy upstream":
    "정의되지 않은 서브셋으로 가는 라우트는 503, NR 또는 no healthy upstream으로 응답합니다",
  "VirtualServices for traffic inside the mesh that name gateways without mesh":
    "메시 안의 트래픽을 위한 것인데 게이트웨이만 적고 mesh를 빠뜨린 VirtualService",
  "With gateways of its own a VirtualService leaves sidecars alone: calls inside the mesh go as if it weren't there":
    "게이트웨이를 적은 VirtualService는 사이드카에 적용되지 않습니다. 메시 안의 호출은 없는 것처럼 흘러갑니다",
  "Images with the tag latest or with none, where no digest stands":
    "다이제스트 없이 latest 태그이거나 태그가 없는 이미지",
  "The same configuration runs something else tomorrow, and each cluster something of its own":
    "같은 설정이 내일은 다른 것을 실행하고, 클러스터마다 서로 다른 것을 실행합니다",
  "Containers without requests of CPU and memory and a limit of memory":
    "CPU·메모리 요청과 메모리 한도가 없는 컨테이너",
  "The scheduler overfills nodes, autoscaling on CPU can't work, and one leak takes its neighbours along":
    "스케줄러가 노드를 넘치게 채우고, CPU 기반 오토스케일링이 동작하지 않으며, 누수 하나가 이웃까지 끌고 갑니다",
  "Containers that serve, without a readiness and a liveness probe":
    "요청을 받으면서 준비·활성 프로브가 없는 컨테이너",
  "A pod that isn't ready gets requests, in every cluster of the mesh, and one that hangs stays":
    "준비되지 않은 파드가 메시의 모든 클러스터에서 요청을 받고, 멈춘 파드가 그대로 남습니다",
  "Containers that run as root, or may": "root로 실행되거나 그럴 수 있는 컨테이너",
  "Whoever breaks out of a container that runs as root is root on the node":
    "root로 실행되는 컨테이너를 빠져나온 사람은 노드의 root입니다",
  "Containers that can write to their image's files": "이미지의 파일에 쓸 수 있는 컨테이너",
  "What can't be written can't be replaced by an attacker's tools, nor fill the node's disk":
    "쓸 수 없는 것은 공격자의 도구로 바꿔치기할 수도, 노드의 디스크를 채울 수도 없습니다",
  "Containers that keep Linux capabilities, or add others than NET_BIND_SERVICE":
    "리눅스 권한(capability)을 그대로 두거나 NET_BIND_SERVICE 외의 것을 더한 컨테이너",
  "The runtime's default capabilities forge packets and bypass file permissions":
    "런타임의 기본 권한으로 패킷을 위조하고 파일 권한을 우회할 수 있습니다",
  "Privileged containers, and containers whose processes may gain privileges":
    "특권 컨테이너, 그리고 프로세스가 권한을 얻을 수 있는 컨테이너",
  "A setuid binary undoes everything else that holds a container back":
    "setuid 바이너리 하나가 컨테이너를 막는 나머지를 모두 무력하게 합니다",
  "Containers without a seccomp profile": "seccomp 프로파일이 없는 컨테이너",
  "Without one every system call of the node's kernel is open to the container":
    "없으면 노드 커널의 모든 시스템 콜이 컨테이너에 열려 있습니다",
  "Kubernetes providers without a clusterIdentifier":
    "clusterIdentifier가 없는 Kubernetes 프로바이더",
  "A renewed kubeconfig can look like another cluster; the provider is then replaced, and with it everything deployed through it":
    "갱신된 kubeconfig가 다른 클러스터처럼 보일 수 있습니다. 그러면 프로바이더와 함께 그것으로 배포한 모든 것이 교체됩니다",
  "Kubernetes resources on Pulumi's default provider":
    "Pulumi의 기본 프로바이더를 쓰는 Kubernetes 리소스",
  "They go to whatever cluster kubectl points to on the machine that runs pulumi":
    "pulumi를 실행하는 머신에서 kubectl이 가리키는 아무 클러스터로나 갑니다",
};
