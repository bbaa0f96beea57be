/**
 * What may stand where a stranger reads it: on the outside of a packet, on a card, in what is said at a door. A word that begins
 * with one of these tells why somebody came.
 */
const TELLING = [
  ...[
    'overdos',
    'drug',
    'narco',
    'narcan',
    'naloxon',
    'opioid',
    'opiate',
    'opiace',
    'heroin',
    'heroín',
    'fentan',
    'meth',
  ],
  ...[
    'cocain',
    'cocaín',
    'addict',
    'adict',
    'adicc',
    'substanc',
    'sustanc',
    'sobredos',
    'drog',
    'detox',
    'desintox',
    'rehab',
  ],
  ...[
    'sober',
    'sobri',
    'recover',
    'recupera',
    'treatment',
    'tratamient',
    'relaps',
    'recaíd',
    'inject',
    'inyect',
    'needle',
  ],
  ...[
    'syring',
    'jering',
    'withdrawal',
    'abstinen',
    'police',
    'policí',
    'sheriff',
    'officer',
    'arrest',
    'port',
    'qrt',
    'od',
    'ods',
  ],
];
/** Short ones tell only when they stand alone: an "od" is no "odometer". */
const ALONE = new Set(['port', 'qrt', 'od', 'ods', 'meth']);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** The words of a text that tell a stranger why somebody came; none: it is plain. */
export const tellingWords = (text: string): string[] => {
  const told = wordsOf(text).filter((word) =>
    TELLING.some((stem) => (ALONE.has(stem) ? word === stem : word.startsWith(stem))),
  );
  return [...new Set(told)];
};
