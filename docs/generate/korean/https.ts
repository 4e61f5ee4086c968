/** docs/ko/https.md: Korean by the English of mesh/https/rate-limits.ts. */
export const HTTPS_KOREAN: Readonly<Record<string, string>> = {
  limit: "한도",
  "what helps besides waiting": "기다리는 것 말고 도움이 되는 것",
  "5 certificates for the same set of hosts in 7 days, one more every 34 hours":
    "같은 호스트 묶음에 7일 동안 인증서 5장, 34시간마다 한 장 더",
  "keep the Secret of the certificate that there is, and try things out with mesh:https.issuer letsencrypt-staging, whose limits are far wider":
    "이미 있는 인증서의 Secret을 그대로 두고, 연습은 한도가 훨씬 넉넉한 mesh:https.issuer letsencrypt-staging으로",
  "5 failed validations of a host by one account in an hour, one more every 12 minutes":
    "한 계정이 한 호스트에 대해 한 시간에 실패한 검증 5번, 12분마다 한 번 더",
  "correct what made them fail first: the DNS record, or the way to port 80":
    "실패한 원인부터 고칩니다: DNS 레코드, 또는 80번 포트까지의 길",
  "50 certificates for a registered domain in 7 days, one more every 202 minutes":
    "등록된 도메인 하나에 7일 동안 인증서 50장, 202분마다 한 장 더",
  "use fewer hosts of the domain at once, and try things out with mesh:https.issuer letsencrypt-staging, whose limits are far wider":
    "도메인의 호스트를 한꺼번에 많이 쓰지 말고, 연습은 한도가 훨씬 넉넉한 mesh:https.issuer letsencrypt-staging으로",
  "300 orders of one account in 3 hours, one more every 36 seconds":
    "한 계정이 세 시간에 주문 300건, 36초마다 한 건 더",
  "let the orders that there are come to their ends": "이미 있는 주문이 끝나게 둡니다",
  "10 new accounts from one address in 3 hours, one more every 18 minutes":
    "한 주소에서 세 시간에 새 계정 10개, 18분마다 하나 더",
  "keep cert-manager's account: don't remove its namespace while you try things out":
    "cert-manager의 계정을 유지합니다. 연습하는 동안 그 네임스페이스를 지우지 마세요",
};
