/** A task with the id of a person who is to be compared with everybody on file. */
export const COMPARE_PERSON = 'compare-person';
