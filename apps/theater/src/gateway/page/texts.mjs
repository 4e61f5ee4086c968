/** What the page says, by language; `{0}`, `{1}` … are filled in. */
export const TEXTS = {
  ko: {
    title: "영화관",
    about: "요청마다 어느 클라우드가 응답했는지 불빛으로 보여 줍니다.",
    language: "언어",
    ask: "요청 {0}개 보내기",
    keepAsking: "계속 보내기",
    canary: "카나리로 (x-canary: true)",
    users: "사용자",
    movies: "영화",
    bookings: "예매",
    name: "이름",
    email: "이메일",
    movieTitle: "제목",
    genre: "장르",
    year: "연도",
    user: "사용자",
    movie: "영화",
    seats: "좌석 수, 또는 A1,A2",
    add: "추가",
    book: "예매",
    added: "{0}에서 추가했습니다.",
    nobody: "응답 없음",
    lights: "{0}: 최근 응답 {2}개 중 {1}개",
    share: "{0}% ({1}–{2}%)",
    of: "최근 {0}개",
    none: "아직 없습니다.",
    unreachable: "응답이 없습니다. 잠시 뒤 다시 시도하세요.",
  },
  en: {
    title: "Theater",
    about: "Lights show which cloud answered each request.",
    language: "Language",
    ask: "Send {0} requests",
    keepAsking: "Keep sending",
    canary: "To the canary (x-canary: true)",
    users: "Users",
    movies: "Movies",
    bookings: "Bookings",
    name: "Name",
    email: "E-mail",
    movieTitle: "Title",
    genre: "Genre",
    year: "Year",
    user: "User",
    movie: "Movie",
    seats: "How many seats, or A1,A2",
    add: "Add",
    book: "Book",
    added: "Added by {0}.",
    nobody: "no answer",
    lights: "{0}: {1} of the last {2} answers",
    share: "{0} % ({1}–{2} %)",
    of: "last {0}",
    none: "None yet.",
    unreachable: "No answer. Try again in a moment.",
  },
};

/** A text of a language with its gaps filled. */
export const text = (language, key, ...values) =>
  TEXTS[language][key].replace(/\{(\d)\}/g, (_, index) => String(values[index]));

/**
 * Seats as the API takes them: a number of them, or their names.
 *
 * @param {string} input e.g. `2` or `A1, A2`
 */
export const seatsOf = (input) =>
  /^\s*\d+\s*$/.test(input)
    ? Number(input)
    : input
        .split(",")
        .map((seat) => seat.trim().toUpperCase())
        .filter(Boolean);
