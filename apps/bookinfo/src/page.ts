import { BOOK, type Details, type Fetched, type Rating, type Reviews } from "./book";

export interface Page {
  readonly details: Fetched<Details>;
  readonly reviews: Fetched<Reviews>;
  readonly user: string | undefined;
}

/** The product page: which pod of which cluster gave the reviews stands below them. */
export const page = ({ details, reviews, user }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bookinfo stand-in</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
header, footer { color: #555 } main { display: grid; gap: 2rem } .black { color: #111 } .red { color: #c00 }
</style>
</head>
<body>
<header>Bookinfo stand-in ${user ? `&mdash; ${escape(user)}` : ""}
${user ? '<a href="/logout">Sign out</a>' : '<form method="post" action="/login"><label>Name <input name="username"></label> <button>Sign in</button></form>'}
</header>
<main>
<section><h1>${BOOK.title}</h1><p>${BOOK.descriptionHtml}</p></section>
<section><h2>Book Details</h2>${"error" in details.body ? problem(details.body.error) : detailList(details.body)}</section>
<section><h2>Book Reviews</h2>${"error" in reviews.body ? problem(reviews.body.error) : reviewList(reviews.body)}</section>
</main>
</body>
</html>
`;

const problem = (sentence: string): string => `<p role="alert">${escape(sentence)}</p>`;

const detailList = (details: Details): string =>
  `<dl>${(["author", "year", "publisher", "pages", "ISBN-13"] as const)
    .map((name) => `<dt>${name}</dt><dd>${escape(String(details[name]))}</dd>`)
    .join("")}</dl>`;

const reviewList = ({ reviews, podname, clustername }: Reviews): string =>
  `${reviews
    .map(
      ({ reviewer, text, rating }) =>
        `<blockquote><p>${escape(text)}</p><footer>${escape(reviewer)} ${stars(rating)}</footer></blockquote>`,
    )
    .join(
      "",
    )}<p>Reviews served by: <b>${escape(podname)}</b> on cluster <b>${escape(clustername)}</b></p>`;

const MOST_STARS = 5;

function stars(rating: Rating | undefined): string {
  if (rating === undefined) {
    return "";
  }
  const { stars: count = 0, color, error } = rating;
  return error !== undefined
    ? escape(error)
    : `<span class="${color === "red" ? "red" : "black"}" aria-label="${count} of ${MOST_STARS} stars">${"&#9733;".repeat(Math.min(count, MOST_STARS))}</span>`;
}

/** Text as HTML (WHATWG, "Escaping a string"). */
const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
