/** The languages of the documentation; English is what the data is written in. */
export type Language = "en" | "ko";

/** A text of the data in the language of a document. */
export type Translate = (english: string) => string;
