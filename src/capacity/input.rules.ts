/** What texts of this room’s inputs look like; each with the remedy a partner is told. */
export const patterns = {
  state: /^[A-Z]{2}$/,
  postalCode: /^\d{5}(-\d{4})?$/,
  phone: /^[+(]?\d[\d ().-]{5,30}( x\d{1,6})?$/,
  language: /^[a-z]{2,3}$/,
} as const;

export const stateRule = {
  message: 'A state is a USPS code of two capital letters.',
  context: { remedy: 'Send for example OH.' },
};
export const phoneRule = {
  message: 'The telephone number cannot be read.',
  context: { remedy: 'Send digits with spaces, dots, hyphens or parentheses, for example (740) 555-0100 x12.' },
};
export const payersRule = {
  message: 'A program takes at least one payer.',
  context: { remedy: 'Send the payers it takes; UNINSURED where people without coverage are treated too.' },
};
export const languageRule = {
  message: 'A language is a BCP 47 primary subtag of two or three small letters.',
  context: { remedy: 'Send for example es.' },
};
