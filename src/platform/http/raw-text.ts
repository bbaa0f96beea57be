const texts = new WeakMap<object, string>();

/** Kept for routes whose callers sign what they send: a signature is over the text, not over what was read from it. */
export const keepRawText = (request: object, text: string): void => {
  texts.set(request, text);
};

/** `request` is Node's own. */
export const rawTextOf = (request: object): string => texts.get(request) ?? '';
