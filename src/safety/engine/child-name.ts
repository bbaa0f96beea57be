import { tellingWords, type TellingWords } from '../../kernel/plain-words';

const WORDS = 8;
const LONGEST_WORD = 36;
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that tell what happened, or to whom else, and are nobody’s name. */
const NO_NAMES = words(
  [
    'because after before when while with without from about found saw seen died dead dying death took taken came called told',
    'mother mommy father daddy stepdad stepmom boyfriend girlfriend grandma grandpa parents arrested jailed jail prison',
    'hospital ambulance ems unconscious breathing suicide violence abuse abused neglect crash accident shooting yesterday tonight',
    'scared worried crying please careful drunk alcohol pills passed unresponsive revived morning happened school',
    'madre padre mamá papá hijo hija murió muerto muerta anoche ayer ambulancia cárcel violencia borracho borracha porque cuando',
  ].join(' '),
);
/** Words of sentences that are somebody’s name here and there (Thế, Mom, In): one may be, two are a sentence. */
const RARELY_NAMES = words('the in on at is was are has had my his mom dad of and by not home out both all y fue está');
/** Families and given names that are, or begin as, a telling word. */
const NAMES_LIKE_TELLING =
  /^(sober|sobri(?!et)|rehab|needle(?!s?$)|sheriff|officer|polic(?!e$|ia)|drog(?!as?$)|deputy$|(port|meth|od|mat|aa|na|dart|dea|weed|pill|sud|crack|cop)$)/u;

/** Every word, also of those that are written together with a hyphen, an apostrophe or a capital in the middle. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFC')
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');

/** A full stop shortens a word (`Jr.`, `Ma.`, `Fco.`); behind a long one it ends a sentence. */
const SENTENCE_END = /\p{L}{5}\.|\.\s*\./u;
const SHAPE = /^[\p{L}\p{M}'’. -]+$/u;
const PILED_MARKS = /\p{M}{4}/u;

const isShapedAsName = (name: string, all: readonly string[]): boolean =>
  SHAPE.test(name) &&
  /\p{L}/u.test(name) &&
  !SENTENCE_END.test(name) &&
  !PILED_MARKS.test(name) &&
  all.length <= WORDS &&
  all.every((word) => word.length <= LONGEST_WORD);

/**
 * Whether something may be a child’s name: letters, a few short words, and none that tells what happened. A name is not told from
 * every sentence; what a sentence about an event is made of does not pass. `telling`: what a stranger at a door must not hear either.
 */
export const mayBeName = (name: string, telling: TellingWords): boolean => {
  const all = wordsOf(name);
  return (
    isShapedAsName(name, all) &&
    !all.some((word) => NO_NAMES.has(word)) &&
    tellingWords(name, telling).every((word) => NAMES_LIKE_TELLING.test(word)) &&
    all.filter((word) => RARELY_NAMES.has(word)).length < 2
  );
};
