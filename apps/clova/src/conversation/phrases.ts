/** What the extension says, but for its tips. */
export const PHRASES = {
  greeting: "안녕하세요, 미스터 디버거예요. 오늘도 버그를 같이 잡아 봐요.",
  anotherTip: "다른 팁도 들려드릴까요?",
  goodbye: "남은 디버깅도 힘내세요. 막히면 언제든 미스터 디버거를 불러 주세요.",
  help: '"다른 팁 알려줘"라고 하시면 디버깅 팁을 들려드리고, "그만"이라고 하시면 마칠게요.',
  helpRaspberryPi:
    '"라즈베리파이 켜 줘", "라즈베리파이 꺼 줘", "라즈베리파이 온도 알려줘"라고도 하실 수 있어요.',
  notUnderstood: "무슨 말씀인지 잘 모르겠어요.",
  whatNext: "무엇을 도와드릴까요?",
  turnedOn: "라즈베리파이를 켰어요.",
  turnedOff: "라즈베리파이를 껐어요.",
  temperature: (degrees: string) => `지금 라즈베리파이의 온도는 ${degrees}도예요.`,
  belowZero: (degrees: string) => `영하 ${degrees}`,
  noRaspberryPi: "연결된 라즈베리파이가 없어요.",
  silentRaspberryPi: "라즈베리파이가 대답하지 않아요. 잠시 후에 다시 말씀해 주세요.",
  apology: "죄송해요, 지금은 대답하기 어려워요. 잠시 후에 다시 불러 주세요.",
} as const;
