const TEXTS_KEPT = 10_000;

/**
 * A pure function of a text that keeps its answers: thousands of pools share a few hundred lists of payers and services.
 * The answers are shared, so they must not be changed. Starts over when full: the next request fills it again.
 */
export const remembering = <Answer>(read: (text: string) => Answer): ((text: string) => Answer) => {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= TEXTS_KEPT) answers.clear();
    const answer = read(text);
    answers.set(text, answer);
    return answer;
  };
};
