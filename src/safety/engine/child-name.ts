import { tellingWords, type TellingWords } from '../../kernel/plain-words';

const WORDS = 8;
const LONGEST_WORD = 36;
/** Shorter words stand in names by chance. */
const LEAST_PART = 3;
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that tell what happened, or to whom else, and are nobody’s name; without accents, but where a name is the same without. */
const NO_NAMES = words(
  [
    'because after before when while with without from about found saw seen died dead dying death took taken came called told',
    'mother mommy mama father daddy stepdad stepmom boyfriend girlfriend grandma grandpa parents arrested jailed jail prison',
    'hospital hospitalized ambulance ems unconscious breathing suicide suicidal violence abuse abused neglect crash accident',
    'scared worried crying please careful drunk alcohol pills passed unresponsive revived morning happened school yesterday',
    'tonight today upset afraid shooting shot gunshot guns knife stabbed stabbing killed murder murdered homicide witness witnessed victim',
    'sexual sexually assault assaulted rape raped molested burned burnt fire drowned beaten hit hanged choked strangled injured',
    'wounded bleeding seizure coma icu trauma threatened fight fighting kidnapped missing raid raided searched warrant swat lab',
    'cps dcf dcfs dss dv ice fbi detained deported deportation immigration custody removed evicted eviction homeless handcuffed',
    'domestic felony dealer team teams clinic program unit squad visit visits outreach meeting meetings',
    'madre padre mamá papá hijo hija murio muerto muerta muerte fallecio anoche ayer ambulancia carcel violencia porque cuando',
    'borracho borracha violada violado violacion apunalada apunalado tiroteo balazo balazos pistola cuchillo quemada quemado',
    'golpeada golpeado golpeo detenida detenido deportada deportado migra inmigracion redada allanamiento asesinato asesinada',
    'asesinado mataron testigo abusada abusado abuso arrestaron secuestro incendio accidente suicidio sangre',
    'equipo clinica programa unidad visita visitas reunion reuniones',
    'lost mum mummy orphan orphaned orphans widow widowed widower coroner morgue mortuary funeral grave buried burial grieving bereaved',
    'deceased perished fatal fatally fatality lifeless collapsed corpse stepfather stepmother granny grandmother grandfather aunt auntie',
    'uncle sibling siblings guardian caregiver custodial relapsed needs placed placement fostered adopted sheltered evacuated rescued',
    'huerfano huerfana viuda viudo forense morgue entierro velorio funeraria duelo perdio fallecida fallecido difunta difunto abuela abuelo',
    'madrastra padrastro enterrada enterrado',
    'paramedic paramedics medics emt emts emergency medevac cpr cardiac attack attacked attacker intox tased tasered taser tazed tazer',
    'hostage hostages standoff barricaded lockdown robbery robbed burglary poisoned poisoning electrocuted choking seizing psychiatric',
    'incarcerated inmate resuscitated stepbrother stepsister stepson stepdaughter',
    'paramedico paramedica paramedicos emergencia infarto rehen rehenes hermanastro hermanastra envenenada envenenado',
  ].join(' '),
);
/** Words of sentences that are somebody’s name here and there (Thế, Mom, In): one may be, two are a sentence. */
const RARELY_NAMES = words(
  'the in on at is was are has had my his mom dad of and by not home house out both all y fue está papa sad be kind nice',
);
/** Words in a row, each of which is somebody’s name. */
const NO_NAMES_TOGETHER = ['blue lips', 'nine one one', 'sick parent', 'sick mom', 'sick dad', 'rest in peace'];
/** Names, unless they are spelled letter by letter or stand in capitals beside a name that does not (Rip, Doa). */
const LETTERS = words('rip doa gsw mva sos');
/** Names and initials, unless they stand in capitals beside a name that does not (Er, Ed). */
const CAPITALS = words('er ed pd od');
/** Given names that are a telling word. */
const GIVEN_LIKE_TELLING = /^(rehab|dea|molly)$/u;
/** Families whose name is, or begins as, a telling word. */
const FAMILY_LIKE_TELLING =
  /^(weed|sheriff|chiva|perico|smack|fent|fenty|sober[gs]|soberon|needle(man|mann|r)|policell[aio]|drogba)$/u;
/** Names that tell only in capitals, or beside a word that may be a name as well (Nguyễn Văn Na). */
const SHORT_LIKE_TELLING = /^(aa|dart|mat|na|port)$/u;

const unmarked = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Every word, also of those that are written together with a hyphen, an apostrophe or a capital in the middle. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKC')
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');

/** “C.P.S.” and “C P S” are one word. */
const spelledOut = (name: string): string => name.replaceAll(/(?<=(?<!\p{L})\p{L})[. ]+(?=\p{L}(?!\p{L}))/gu, '');

const isByLetters = (name: string): boolean =>
  wordsOf(spelledOut(name)).some((word) => LETTERS.has(word) && !wordsOf(name).includes(word)) ||
  (/\p{Ll}/u.test(name) &&
    name
      .split(/[^\p{L}]+/u)
      .some((word) => /^\p{Lu}+$/u.test(word) && [LETTERS, CAPITALS].some((list) => list.has(word.toLowerCase()))));

/** “momdied”: two words of a sentence written as one. */
const isTwoWords = (word: string): boolean =>
  Array.from({ length: Math.max(0, word.length - 2 * LEAST_PART + 1) }, (_, at) => at + LEAST_PART).some((at) => {
    const parts = [word.slice(0, at), word.slice(at)];
    return (
      parts.every((part) => NO_NAMES.has(part) || RARELY_NAMES.has(part)) && parts.some((part) => NO_NAMES.has(part))
    );
  });

const isSentencePart = (all: readonly string[]): boolean => {
  const row = ` ${all.map(unmarked).join(' ')} `;
  return NO_NAMES_TOGETHER.some((together) => row.includes(` ${together} `));
};

/** A full stop shortens a word (`Jr.`, `Ma.`, `Fco.`); behind a long one it ends a sentence. */
const SENTENCE_END = /\p{L}{5}\.|\.\s*\./u;
const SHAPE = /^[\p{L}\p{M}'’. -]+$/u;
const PILED_MARKS = /\p{M}{4}/u;
/** Letters that look like those of another script, beside some of that; and small capitals, which no list of words has. */
const MIXED = [
  /\p{Script=Latin}.*(?=\p{L})[^\p{Script=Latin}\p{Script=Common}]|(?=\p{L})[^\p{Script=Latin}\p{Script=Common}].*\p{Script=Latin}/u,
  /\p{Script=Cyrillic}.*\p{Script=Greek}|\p{Script=Greek}.*\p{Script=Cyrillic}/u,
  /[\u1d00-\u1dbf]/u,
];

const isShapedAsName = (name: string, all: readonly string[]): boolean =>
  SHAPE.test(name) &&
  /\p{L}/u.test(name) &&
  !SENTENCE_END.test(name) &&
  !PILED_MARKS.test(name) &&
  !MIXED.some((mixed) => mixed.test(name.normalize('NFKC'))) &&
  all.length <= WORDS &&
  all.every((word) => word.length <= LONGEST_WORD);

/** Whether a telling word is somebody’s name where it stands: one of two, written as a name is, and in its place. */
const isNameHere = (name: string, told: string): boolean => {
  const written = name.normalize('NFC').trim().split(/\s+/u);
  const own = written.filter((word) => unmarked(word) === told);
  if (own.length === 0 || !own.every((word) => /^\p{Lu}\p{Ll}+$/u.test(word))) return false;
  if (SHORT_LIKE_TELLING.test(told)) return true;
  const [given, family] = written.map(unmarked);
  if (written.length !== 2 || given === family) return false;
  return told === given ? GIVEN_LIKE_TELLING.test(told) : FAMILY_LIKE_TELLING.test(told);
};

/**
 * Whether something may be a child’s name: letters, a few short words, and none that tells what happened. A name is not told from
 * every sentence; what a sentence about an event is made of does not pass. `telling`: what a stranger at a door must not hear either.
 */
export const mayBeName = (name: string, telling: TellingWords): boolean => {
  const all = wordsOf(name);
  const read = [...all, ...wordsOf(spelledOut(name))].flatMap((word) => [word, unmarked(word)]);
  return (
    isShapedAsName(name, all) &&
    !read.some((word) => NO_NAMES.has(word) || isTwoWords(word)) &&
    !isSentencePart(all) &&
    !isByLetters(name) &&
    tellingWords(name, telling).every((word) => isNameHere(name, word)) &&
    all.filter((word) => RARELY_NAMES.has(word)).length < 2
  );
};
