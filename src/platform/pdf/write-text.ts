import { fontOf, leftOut, runsOf, type Pdf, type StandIn, type Weight } from './fonts';

export type Written = PDFKit.Mixins.TextOptions & { readonly weight?: Weight; readonly standIn?: StandIn };

/**
 * A letter with a mark stays one glyph: drawn as two, its mark is read aloud and copied as a control character. The published types
 * know lists of features only.
 */
const WHOLE_LETTERS = { ccmp: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[];

/** Run by run, each in the font that holds it. A centred line of several is put in its place by hand: pdfkit centres each run. */
export const writeText = (pdf: Pdf, text: string, written: Written = {}): void => {
  const { weight = 'regular', standIn = leftOut, ...options } = written;
  const runs = runsOf(text, standIn);
  const [left, isCentred] = [pdf.x, options.align === 'center' && runs.length > 1];
  const inFont = ({ subset, text: words }: (typeof runs)[number]) => ({
    words,
    font: pdf.font(fontOf(subset, weight)),
  });
  if (isCentred) {
    const width = runs.reduce((sum, run) => sum + inFont(run).font.widthOfString(run.text), 0);
    pdf.x = Math.max(left, (pdf.page.width - width) / 2);
  }
  const how = isCentred ? { ...options, align: 'left' as const } : options;
  for (const [at, run] of runs.entries()) {
    inFont(run).font.text(run.text, { ...how, features: WHOLE_LETTERS, continued: at < runs.length - 1 });
  }
  pdf.x = left;
};
