import { readFileSync } from 'node:fs';
import type PDFDocument from 'pdfkit';
import { unpacked } from './woff';

export type Pdf = InstanceType<typeof PDFDocument>;

export type Weight = 'regular' | 'bold';

interface Face {
  /** A subset of Noto Sans as the package ships it. */
  readonly subset: string;
  /** Signs that it holds, in both weights. */
  readonly holds: RegExp;
}

/** The scripts that can be printed; the first that holds a sign prints it. */
const FACES: readonly Face[] = [
  {
    subset: 'latin',
    holds:
      /[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ffıŒœ\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u2044€™−]/,
  },
  {
    subset: 'vietnamese',
    holds: /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/,
  },
  { subset: 'latin-ext', holds: /[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1e9f]/ },
  { subset: 'cyrillic', holds: /[\u0400-\u045f\u0490\u0491]/ },
  { subset: 'greek', holds: /[\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03e1]/ },
  { subset: 'devanagari', holds: /[\u0900-\u097f]/ },
];
const WEIGHTS = { regular: 400, bold: 700 } as const;

/** What a font is called in a document that `registerFonts` was told of. */
export const fontOf = (subset: string, weight: Weight): string => `${subset} ${weight}`;

const fileOf = (subset: string, weight: Weight): string =>
  require.resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${WEIGHTS[weight]}-normal.woff`);

/** Unpacked once for the process: left packed, the whole table of outlines is unpacked again for each letter of each document. */
let fonts: ReadonlyMap<string, Buffer> | undefined;

const readFonts = (): ReadonlyMap<string, Buffer> => {
  const weights = Object.keys(WEIGHTS) as Weight[];
  return new Map(
    FACES.flatMap(({ subset }) =>
      weights.map((weight) => [fontOf(subset, weight), unpacked(readFileSync(fileOf(subset, weight)))] as const),
    ),
  );
};

/** Embedded as a subset, so that every printer has it. */
export const registerFonts = (pdf: Pdf): Pdf => {
  fonts ??= readFonts();
  for (const [name, font] of fonts) pdf.registerFont(name, font);
  return pdf;
};

export interface Run {
  readonly subset: string;
  readonly text: string;
}

const subsetOf = (sign: string): string | undefined => FACES.find(({ holds }) => holds.test(sign))?.subset;

/** Blanks and hyphens that differ in width and in where a line may end only. */
const plainSigns = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\s/gu, ' ')
    .replace(/[\u2010-\u2012]/gu, '-');

/** A sign, or the plain ones it stands for: “ﬁ” is an f and an i. */
const readAs = (sign: string): string => (subsetOf(sign) === undefined ? sign.normalize('NFKC') : sign);

/** What is printed in place of a sign that no font holds. */
export type StandIn = (sign: string) => string;

/** Nothing: for what must read well. */
export const leftOut: StandIn = () => '';

/** Its number in Unicode: for a record, of which no letter may be lost. */
export const byNumber: StandIn = (sign) =>
  `[U+${(sign.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`;

const printableSigns = (text: string, standIn: StandIn): string =>
  Array.from(Array.from(plainSigns(text), readAs).join(''), (sign) =>
    subsetOf(sign) === undefined ? standIn(sign) : sign,
  ).join('');

/** A text in runs of one font each. */
export const runsOf = (text: string, standIn = leftOut): Run[] => {
  const runs: { subset: string; text: string }[] = [];
  for (const sign of printableSigns(text, standIn)) {
    const subset = subsetOf(sign) as string;
    const last = runs[runs.length - 1];
    if (last?.subset === subset) last.text += sign;
    else runs.push({ subset, text: sign });
  }
  return runs;
};

const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/**
 * A text of somebody else’s list as it can be printed, on one line: pictures and invisible signs are left out. Null where most
 * of its letters are of a script without a font here: half a name is none.
 */
export const printableText = (text: string): string | null => {
  const printed = printableSigns(text, leftOut).replace(/ +/g, ' ').trim();
  const letters = lettersIn(printed);
  return letters > 0 && letters * 2 > lettersIn(text.normalize('NFC')) ? printed : null;
};
