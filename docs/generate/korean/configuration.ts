/** docs/ko/configuration.md: Korean by the English of config/schema.ts and of the remarks on it. */
export const CONFIGURATION_KOREAN: Readonly<Record<string, string>> = {
  key: "키",
  property: "속성",
  type: "형식",
  default: "기본값",
  meaning: "뜻",
  required: "필수",
  none: "없음",
  secret: "시크릿",
  "see below": "아래 참고",
  text: "텍스트",
  boolean: "참/거짓",
  number: "숫자",
  "at least {}": "최소 {}",
  "at most {}": "최대 {}",
  object: "객체",
  "list of {}": "{} 목록",
  hosts: "호스트",
  version: "버전",
  days: "일",
  generation: "세대",
  "list of generations": "세대 목록",
  "object, generation by cluster": "객체, 클러스터별 세대",
  "DNS label": "DNS 레이블",
  "DNS label, at most 43 characters": "DNS 레이블, 최대 43자",
  "https URL": "https URL",
  "PEM text": "PEM 텍스트",
  "seconds, at most 3600": "초, 최대 3600",
  "the name": "name과 같음",
  "not checked": "검사하지 않음",
  "the kubeconfig's": "kubeconfig의 것",
  "the stack's name": "스택 이름",
  "the version": "버전과 같음",
  "the trust stack's": "trust 스택의 것",
  "the first root": "첫 번째 루트",
  "1 each": "각각 1",
  "Our name for the cluster; its ID in the mesh": "직접 정한 클러스터 이름이자 메시에서의 ID",
  "Row of config/clouds: load balancer, storage, metrics, network plug-in, sizes":
    "config/clouds의 행: 로드 밸런서, 스토리지, 메트릭, 네트워크 플러그인, 규모",
  "See [Clouds](clouds.md)": "[클라우드](clouds.md) 참고",
  "Network ID; the cluster's name by default": "네트워크 ID. 기본은 클러스터 이름",
  "No two clusters may share one": "두 클러스터가 같은 값을 쓸 수 없습니다",
  "Checked against the support matrix when given": "적으면 지원 버전표와 맞춰 봅니다",
  "URL under which the peers reach its API server; the kubeconfig's by default":
    "상대가 이 클러스터의 API 서버에 닿는 URL. 기본은 kubeconfig의 것",
  "Values of the chart base": "base 차트의 값",
  "Values of the chart istiod": "istiod 차트의 값",
  "Values of the chart cni": "cni 차트의 값",
  "Let istio-cni lead the pods' traffic to their proxies instead of an init container with NET_ADMIN: install it, or use the cluster's":
    "파드의 트래픽을 NET_ADMIN이 필요한 init 컨테이너 대신 istio-cni가 프록시로 보내게 합니다. 설치하거나 클러스터의 것을 씁니다",
  "Values of the chart gateway, for both gateways": "gateway 차트의 값. 두 게이트웨이 모두에 적용",
  "The ingress gateway's own, over those of gateway":
    "인그레스 게이트웨이에만 적용되는 값. gateway의 값보다 우선",
  "The east-west gateway's own, over those of gateway":
    "이스트-웨스트 게이트웨이에만 적용되는 값. gateway의 값보다 우선",
  "Algorithm of every key": "모든 키의 알고리즘",
  "Validity of a root": "루트의 유효 기간",
  "Validity of an intermediate": "중간 CA의 유효 기간",
  "Signed anew by the first `up` within this time of the end":
    "만료까지 남은 기간이 이보다 짧아진 뒤의 첫 `up`에서 다시 서명합니다",
  "Roots that every cluster trusts": "모든 클러스터가 신뢰하는 루트",
  "In the order of `root-cert.pem`; see [Certificates](architecture.md#certificates)":
    "`root-cert.pem`에 적히는 순서입니다. [인증서](architecture.md#인증서) 참고",
  "The root that signs; the first of `roots` by default": "서명하는 루트. 기본은 `roots`의 첫 번째",
  "Generation of a cluster's intermediate; raise it to rotate":
    "클러스터 중간 CA의 세대. 올리면 교체됩니다",
  "Certificate by which the cluster's istiod signs": "클러스터의 istiod가 서명에 쓰는 인증서",
  "Its private key": "그 개인 키",
  "Root, or roots, that the cluster trusts": "클러스터가 신뢰하는 루트(하나 이상)",
  "The certificate first, then what leads to the root":
    "인증서가 먼저, 이어서 루트까지 이어지는 인증서",
  "The clusters of the mesh, in order; the same list for every stack":
    "메시의 클러스터 목록(순서대로). 모든 스택이 같은 목록을 씁니다",
  "Cluster this stack deploys; the stack's name if empty":
    "이 스택이 배포하는 클러스터. 비우면 스택 이름",
  "Name of the stack that holds the root key": "루트 키를 가진 스택의 이름",
  "`organization/project/stack` if it is elsewhere":
    "다른 곳에 있으면 `organization/project/stack`으로 적습니다",
  "Mesh ID, the same in every cluster": "메시 ID. 모든 클러스터에서 같습니다",
  "SPIFFE trust domain, the same in every cluster":
    "SPIFFE 신뢰 도메인. 모든 클러스터에서 같습니다",
  "Version of the Istio charts and images": "Istio 차트와 이미지의 버전",
  "Helm repository, oci:// prefix, or folder that holds Istio's charts":
    "Istio 차트가 있는 Helm 저장소, oci:// 접두사 또는 폴더",
  "The folder holds `base`, `istiod` and `gateway`, unpacked":
    "폴더에는 `base`, `istiod`, `gateway`가 압축이 풀린 채 있어야 합니다",
  "Registry of Istio's images": "Istio 이미지의 레지스트리",
  "Tag of Istio's images; the version if empty": "Istio 이미지의 태그. 비우면 버전과 같음",
  "Further Helm values per chart and gateway, merged over ours":
    "차트와 게이트웨이별 추가 Helm 값. 기본값 위에 병합됩니다",
  "Install the Gateway API CRDs that Istio needs, or use the cluster's":
    "Istio에 필요한 Gateway API CRD를 설치하거나(install), 클러스터의 것을 씁니다(existing)",
  "What destroy does to the CRDs of Istio and the Gateway API, and so to every object of their kinds":
    "destroy가 Istio와 Gateway API의 CRD를, 따라서 그 종류의 모든 객체를 어떻게 할지",
  "`keep` also takes over Istio CRDs that are there already; see [Destroy](architecture.md#destroy)":
    "`keep`은 이미 있는 Istio CRD를 넘겨받기도 합니다. [Destroy](architecture.md#destroy) 참고",
  "Create istio-system, or label the existing one":
    "istio-system을 만들거나(create), 있는 것에 레이블을 붙입니다(existing)",
  "Create the default StorageClass where the cloud comes without, or use the cluster's":
    "클라우드에 기본 StorageClass가 없으면 만들거나(profile), 클러스터의 것을 씁니다(existing)",
  "See [Storage](clouds.md#storage)": "[스토리지](clouds.md#스토리지) 참고",
  "Where autoscaling gets its metrics; none keeps fixed replicas, profile asks the cloud's row":
    "오토스케일링이 쓰는 메트릭의 출처. none은 레플리카 수를 고정하고, profile은 클라우드의 행을 따릅니다",
  "See [Metrics](clouds.md#metrics)": "[메트릭](clouds.md#메트릭) 참고",
  "Further Helm values of the metrics-server we install": "설치하는 metrics-server의 추가 Helm 값",
  "Set in the cluster's Cilium what Istio needs, and restart its agent once, or leave it":
    "Istio에 필요한 값을 클러스터의 Cilium에 설정하고 에이전트를 한 번 재시작하거나(apply), 그대로 둡니다(leave)",
  "See [Network plug-ins](clouds.md#network-plug-ins)":
    "[네트워크 플러그인](clouds.md#네트워크-플러그인) 참고",
  "Mode of the mesh-wide PeerAuthentication": "메시 전체 PeerAuthentication의 모드",
  "Why mTLS is weaker than STRICT, for the object's readers and the policy pack":
    "mTLS가 STRICT보다 약한 이유. 객체를 읽는 사람과 정책 팩을 위한 것",
  "Becomes the annotation `mesh/reason`, without which the [policy](policies.md) `strict-mtls` refuses it":
    "애너테이션 `mesh/reason`이 됩니다. 없으면 [정책](policies.md) `strict-mtls`가 거부합니다",
  "How long proxies use one connection, so that gateways can be replaced; 0 for ever":
    "프록시가 연결 하나를 쓰는 시간. 게이트웨이를 교체할 수 있게 합니다. 0은 무제한",
  "See [Gateways](clouds.md#gateways)": "[게이트웨이](clouds.md#게이트웨이) 참고",
  "Hosts that the east-west gateway lets in; narrow to expose less":
    "이스트-웨스트 게이트웨이가 받아들이는 호스트. 좁히면 덜 노출됩니다",
  "ignore stops istiod listing the peers' Secrets; no release works with it yet":
    "ignore는 istiod가 상대의 Secret 목록을 읽지 않게 합니다. 아직 이것으로 동작하는 릴리스가 없습니다",
  "Algorithm, lifetimes and generations of the mesh's certificates":
    "메시 인증서의 알고리즘, 유효 기간, 세대",
  "Deploy versions outside the support matrix": "지원 버전표 밖의 버전도 배포",
  "Kubeconfig (text, as a secret, or path) per cluster: this one and its peers":
    "클러스터별 kubeconfig(텍스트를 시크릿으로, 또는 경로): 자기 것과 상대의 것",
  "A path begins with `/`, `./` or `~/`": "경로는 `/`, `./`, `~/`로 시작합니다",
  "Ready-made reader kubeconfigs of peers on which this stack creates nothing (secret)":
    "이 스택이 아무것도 만들지 않는 상대의, 미리 만들어 받은 리더 kubeconfig(시크릿)",
  "Your own caCert, caKey, rootCert and certChain instead of the trust stack's (secret)":
    "trust 스택의 것 대신 쓰는 자체 caCert, caKey, rootCert, certChain(시크릿)",
  "The Bookinfo sample: where its parts run, and how the reviews' traffic is split":
    "Bookinfo 샘플: 각 부분을 어디에서 실행하고 reviews의 트래픽을 어떻게 나눌지",
  "See [Bookinfo](bookinfo.md)": "[Bookinfo](bookinfo.md) 참고",
  "Deploy Bookinfo": "Bookinfo를 배포",
  "Public host of the product page; without it the page is inside the mesh only":
    "제품 페이지의 공개 호스트. 없으면 페이지는 메시 안에서만 보입니다",
  "Clusters that run the product page": "제품 페이지를 실행하는 클러스터",
  "Clusters that run the books' details": "책의 상세 정보를 실행하는 클러스터",
  "Clusters that run the stars of the reviews": "리뷰의 별점을 실행하는 클러스터",
  "Clusters that run the reviews without stars": "별이 없는 리뷰를 실행하는 클러스터",
  "Clusters that run the reviews with black stars": "검은 별이 있는 리뷰를 실행하는 클러스터",
  "Clusters that run the reviews with red stars": "빨간 별이 있는 리뷰를 실행하는 클러스터",
  "Clusters that run a pod to send requests from": "요청을 보낼 파드를 실행하는 클러스터",
  "Percentage of the requests to reviews that version 1 answers":
    "reviews로 가는 요청 가운데 버전 1이 응답하는 비율(%)",
  "Percentage of the requests to reviews that version 2 answers":
    "reviews로 가는 요청 가운데 버전 2가 응답하는 비율(%)",
  "Percentage of the requests to reviews that version 3 answers":
    "reviews로 가는 요청 가운데 버전 3이 응답하는 비율(%)",
  "East-west gateways of clusters whose reviews are reached by address, not as the mesh's peers":
    "메시의 상대가 아니라 주소로 reviews에 닿는 클러스터의 이스트-웨스트 게이트웨이",
  "Image of the product page": "제품 페이지의 이미지",
  "Image of the details": "상세 정보의 이미지",
  "Image of the ratings": "별점의 이미지",
  "Image of version 1 of the reviews": "리뷰 버전 1의 이미지",
  "Image of version 2": "버전 2의 이미지",
  "Image of version 3": "버전 3의 이미지",
  "Image of the client pod, which runs `sleep infinity` in it":
    "그 안에서 `sleep infinity`를 실행하는 클라이언트 파드의 이미지",
  "Or another with a `sleep`": "`sleep`이 있는 다른 이미지도 됩니다",
  "object, address by cluster": "객체, 클러스터별 주소",
  "the second cluster": "두 번째 클러스터",
  "How the host enters: by HTTPS alone, or by plain HTTP":
    "호스트로 들어오는 방법: HTTPS만, 또는 암호화하지 않은 HTTP",
  "The objects that Kubernetes begins with, around one small application":
    "작은 애플리케이션 하나를 둘러싼, 쿠버네티스의 기본 객체",
  "See [First steps](first-steps.md)": "[첫걸음](first-steps.md) 참고",
  "Deploy the first steps' objects": "첫걸음의 객체를 배포",
  "What the application says: its ConfigMap": "애플리케이션이 하는 말. 그 ConfigMap",
  "Port of every node that leads to it": "애플리케이션으로 이어지는, 모든 노드의 포트",
  "Host of its Ingress": "Ingress의 호스트",
  "Image of the application": "애플리케이션의 이미지",
  "`apps/hello/Dockerfile` makes it": "`apps/hello/Dockerfile`로 만듭니다",
  "Install Headlamp as well": "Headlamp도 설치",
  "Helm repository of Headlamp's chart": "Headlamp 차트의 Helm 저장소",
  "Version of Headlamp's chart": "Headlamp 차트의 버전",
  "port, 30000 to 32767": "포트, 30000~32767",
  "Deploy the echo service that `check` calls": "`check`가 호출하는 echo 서비스를 배포",
  "Image of the echo service": "echo 서비스의 이미지",
  "`apps/echo/Dockerfile` makes it": "`apps/echo/Dockerfile`로 만듭니다",
  "Who signs the certificates of public hosts, and where cert-manager comes from":
    "공개 호스트의 인증서에 누가 서명하는지, cert-manager를 어디서 가져오는지",
  "Needed as soon as a public host is configured; see [HTTPS](https.md)":
    "공개 호스트를 설정하면 필요합니다. [HTTPS](https.md) 참고",
  "The Clova extension: its host, and where it runs": "클로바 확장 서비스: 호스트와 실행할 곳",
  "See [The Clova extension](clova.md)": "[클로바 확장 서비스](clova.md) 참고",
  "`letsencrypt`, `letsencrypt-staging`, https URL":
    "`letsencrypt`, `letsencrypt-staging`, https URL",
  "PEM text, or path": "PEM 텍스트 또는 경로",
  "e-mail address": "이메일 주소",
  name: "이름",
  "version, with its `v`": "버전, `v` 포함",
  "DNS name": "DNS 이름",
  "name of a cluster": "클러스터 이름",
  "list of names of clusters": "클러스터 이름 목록",
  "https URL, PEM text, or path": "https URL, PEM 텍스트 또는 경로",
  URL: "URL",
  "the first cluster": "첫 번째 클러스터",
  "every cluster": "모든 클러스터",
  "CLOVA's own": "클로바의 것",
  "letsencrypt, letsencrypt-staging, or the URL of another ACME server's directory":
    "letsencrypt, letsencrypt-staging, 또는 다른 ACME 서버의 디렉터리 URL",
  "Roots of that other server's own certificate, if they are not public":
    "그 다른 서버 자신의 인증서가 공인된 것이 아니면 그 루트",
  "Where the ACME server's operator can write to": "ACME 서버 운영자가 연락할 주소",
  "Your own ClusterIssuer, e.g. by DNS-01, instead of all above":
    "위의 모든 것 대신 쓰는 직접 만든 ClusterIssuer, 예컨대 DNS-01",
  "`email` and `issuer` are not needed then": "그러면 `email`과 `issuer`는 필요 없습니다",
  "Install cert-manager, or use the cluster's": "cert-manager를 설치하거나 클러스터의 것을 사용",
  "Version of its chart, which is that of its images": "차트의 버전이자 이미지의 버전",
  "Helm repository, oci:// prefix, or folder that holds the chart cert-manager":
    "cert-manager 차트가 있는 Helm 저장소, oci:// 접두사 또는 폴더",
  "The folder holds `cert-manager`, unpacked": "폴더에는 `cert-manager`가 풀려 있어야 합니다",
  "Further Helm values, merged over ours": "기본값 위에 병합되는 추가 Helm 값",
  "Public host; without it nothing is deployed": "공개 호스트. 없으면 아무것도 배포하지 않습니다",
  "Cluster whose ingress gateway the host's DNS record names; the first by default":
    "호스트의 DNS 레코드가 가리키는 인그레스 게이트웨이의 클러스터. 기본은 첫 번째",
  "Clusters that run the service; all of the mesh by default":
    "서비스를 실행하는 클러스터. 기본은 메시의 모든 클러스터",
  "Pods per cluster": "클러스터마다의 파드 수",
  "Image of the service": "서비스의 이미지",
  "`apps/clova/Dockerfile` makes it": "`apps/clova/Dockerfile`로 만듭니다",
  "Extension ID of the Clova console; requests for another one are refused":
    "클로바 콘솔의 Extension ID. 다른 ID로 온 요청은 거부합니다",
  "URL, or the PEM text itself, of the key that CEK signs with; NAVER's by default":
    "CEK가 서명하는 키의 URL 또는 PEM 텍스트. 기본은 네이버의 것",
  "Where the Raspberry Pi answers; left out, its intents say so":
    "라즈베리파이가 대답하는 곳. 없으면 그 인텐트는 연결된 것이 없다고 말합니다",
  "The theater: where its parts run, and how its traffic is divided":
    "영화관: 각 부분을 실행할 곳과 트래픽을 나누는 비율",
  "See [The theater](theater.md)": "[영화관](theater.md) 참고",
  "Password of the theater's redis instead of the trust stack's (secret)":
    "trust 스택의 것 대신 쓰는 영화관 redis의 비밀번호(시크릿)",
  "Needed only with `mesh:cacerts`": "`mesh:cacerts`를 쓸 때만 필요합니다",
  "16 letters and digits at least": "영문자와 숫자 16자 이상",
  "32 letters and digits at least": "영문자와 숫자 32자 이상",
  "no buttons": "버튼 없음",
  "Token of the page's traffic and scenario buttons, which are off without it (secret)":
    "페이지의 트래픽·시나리오 버튼을 쓰는 토큰. 없으면 버튼도 없습니다(시크릿)",
  "`openssl rand -hex 32` makes one; see [Buttons](theater.md#buttons)":
    "`openssl rand -hex 32`로 만듭니다. [버튼](theater.md#버튼) 참고",
  "Show clusters, pods and weights, as read live from every cluster's API":
    "모든 클러스터의 API에서 실시간으로 읽은 클러스터, 파드, 비율을 보여 줌",
  "namespace and name": "네임스페이스와 이름",
  "object, percentage by cluster": "객체, 클러스터별 백분율",
  "size of a volume": "볼륨 크기",
  "70 : 30": "70 : 30",
  "30 : 70": "30 : 70",
  "50 : 50": "50 : 50",
  "the default one": "기본 클래스",
  "More than two clusters share alike": "클러스터가 셋 이상이면 고르게 나눕니다",
  "Deploy the theater; also set it in the trust stack": "영화관을 배포. trust 스택에도 설정하세요",
  "Public host of the page and the API; without it they are inside the mesh only":
    "페이지와 API의 공개 호스트. 없으면 메시 안에서만 쓸 수 있습니다",
  "How the host enters: by HTTPS alone, by plain HTTP, or by a Gateway of yours":
    "호스트로 들어오는 방법: HTTPS만, 평문 HTTP, 또는 직접 만든 Gateway",
  "That Gateway of yours, as <namespace>/<name>": "그 직접 만든 Gateway, <namespace>/<name>",
  "Pods of each service, but redis, per cluster": "redis를 뺀 서비스마다, 클러스터마다의 파드 수",
  "Clusters that run the users' service": "사용자 서비스를 실행하는 클러스터",
  "Clusters that run the movies' service": "영화 서비스를 실행하는 클러스터",
  "Clusters that run the bookings' service": "예매 서비스를 실행하는 클러스터",
  "Clusters that run the gateway before them, with the page":
    "그 앞의 게이트웨이와 페이지를 실행하는 클러스터",
  "The one cluster that runs the mesh's only redis": "메시에 하나뿐인 redis를 실행하는 클러스터",
  "Percentage of the requests to users that each cluster answers, 100 together":
    "사용자 요청을 각 클러스터가 처리하는 백분율, 합이 100",
  "Percentage of the requests to movies that each cluster answers, 100 together":
    "영화 요청을 각 클러스터가 처리하는 백분율, 합이 100",
  "Percentage of the requests to bookings that each cluster answers, 100 together":
    "예매 요청을 각 클러스터가 처리하는 백분율, 합이 100",
  "Cluster that answers requests with the header x-canary: true":
    "헤더 x-canary: true가 있는 요청을 처리하는 클러스터",
  "Only use nodes whose label cluster-name is the cluster's name":
    "레이블 cluster-name이 클러스터 이름인 노드만 사용",
  "Size of redis' volume, e.g. 1Gi; without it a new pod starts empty":
    "redis 볼륨의 크기, 예: 1Gi. 없으면 새 파드는 비어 있는 상태로 시작합니다",
  "StorageClass of that volume; the cluster's default without it":
    "그 볼륨의 StorageClass. 없으면 클러스터의 기본",
  "Image of the users' service": "사용자 서비스의 이미지",
  "Image of the movies' service": "영화 서비스의 이미지",
  "Image of the bookings' service": "예매 서비스의 이미지",
  "Image of the gateway": "게이트웨이의 이미지",
  "Image of redis: a program redis-server in its PATH":
    "redis의 이미지: PATH에 redis-server 프로그램이 있어야 합니다",
  "Metrics, alerts, traces and dashboards: what runs, where, and from which charts":
    "지표, 알림, 추적, 대시보드: 무엇을 어디에서 어떤 차트로 실행할지",
  "See [Observability](observability.md)": "[관측](observability.md) 참고",
  "seconds, 5 to 300": "초, 5~300",
  seconds: "초",
  percentage: "백분율",
  "length of time": "기간",
  "`none`, or size of a volume": "`none` 또는 볼륨 크기",
  "Deploy it: a Prometheus per cluster, and one view of the whole mesh":
    "배포: 클러스터마다 Prometheus 하나, 그리고 메시 전체를 보는 곳 하나",
  "Cluster that sees the whole mesh and keeps the traces; the first by default":
    "메시 전체를 보고 추적을 보관하는 클러스터. 기본은 첫 번째",
  "How often metrics are collected and alerts are evaluated": "지표를 모으고 알림을 판정하는 간격",
  "How long something has to be wrong before its alert fires":
    "이상이 이만큼 이어지면 알림을 냅니다",
  "Days that a root or intermediate has left when its alert fires":
    "루트나 중간 인증서의 남은 기간이 이 일수가 되면 알림을 냅니다",
  "Share of the requests to another cluster that may fail":
    "다른 클러스터로 가는 요청 가운데 실패해도 되는 비율",
  "Version of the chart": "차트의 버전",
  "Helm repository, oci:// prefix, or folder that holds the chart prometheus":
    "차트 prometheus가 있는 Helm 저장소, oci:// 접두사 또는 폴더",
  "Helm repository, oci:// prefix, or folder that holds the chart grafana":
    "차트 grafana가 있는 Helm 저장소, oci:// 접두사 또는 폴더",
  "Helm repository, oci:// prefix, or folder that holds the chart kiali-server":
    "차트 kiali-server가 있는 Helm 저장소, oci:// 접두사 또는 폴더",
  "The folder holds `prometheus`, unpacked": "폴더에는 압축을 푼 `prometheus`가 있어야 합니다",
  "The folder holds `grafana`, unpacked": "폴더에는 압축을 푼 `grafana`가 있어야 합니다",
  "The folder holds `kiali-server`, unpacked": "폴더에는 압축을 푼 `kiali-server`가 있어야 합니다",
  "How long metrics are kept": "지표를 보관하는 기간",
  "Size of its volume, four fifths of it for metrics; none keeps them in the pod":
    "볼륨의 크기, 그 5분의 4를 지표에 씁니다. none이면 파드 안에만 둡니다",
  "Send traces of the whole mesh to one Jaeger": "메시 전체의 추적을 Jaeger 하나로 보냅니다",
  "Share of the requests that are traced": "추적하는 요청의 비율",
  "Traces that Jaeger keeps, in memory; the oldest go first":
    "Jaeger가 메모리에 보관하는 추적의 수. 오래된 것부터 사라집니다",
  "Image of Jaeger, version 2": "Jaeger 버전 2의 이미지",
  "Deploy Grafana, with Istio's dashboards and the mesh's own":
    "Istio의 대시보드와 메시의 대시보드를 갖춘 Grafana를 배포",
  "Public host, behind Grafana's own login; without it, inside the mesh only":
    "Grafana 자체 로그인을 거치는 공개 호스트. 없으면 메시 안에서만 쓸 수 있습니다",
  "Deploy Kiali, with a reader of its own on every cluster":
    "클러스터마다 자신만의 읽기 계정을 가진 Kiali를 배포",
  "`auth` is where a login by OpenID Connect goes": "OpenID Connect 로그인은 `auth`에 설정합니다",
};
