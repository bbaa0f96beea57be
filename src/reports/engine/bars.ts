import { contentName, escaped } from '../../kernel/drawing';

/** Named rows of bars. */
export interface Bars {
  readonly title: string;
  /** What else is to be said of the figures, for who sees the picture and who does not; empty: nothing. */
  readonly remark: string;
  readonly series: readonly {
    readonly name: string;
    /** `count` null: hidden. */
    readonly bars: readonly { readonly label: string; readonly count: number | null }[];
  }[];
}

const WIDTH = 960;
/** Room for the labels: as much as the longest needs, and half of the picture at most. */
const LEAST_LEFT = 220;
const MOST_LEFT = WIDTH / 2;
const LETTER = 7;
const RIGHT = WIDTH - 64;
const TOP = 48;
const ROW = 18;
const GAP = 14;
/** As wide as a hidden figure is drawn: it says that there is one, and not how large it is. */
const HIDDEN_WIDTH = 24;

interface Scale {
  readonly left: number;
  readonly highest: number;
  /** The pattern that hidden figures are drawn in. */
  readonly hatched: string;
}

const barAt = (
  y: number,
  { left, highest, hatched }: Scale,
  { label, count }: Bars['series'][number]['bars'][number],
): string => {
  const width = count === null ? HIDDEN_WIDTH : (count / highest) * (RIGHT - left);
  const said = count === null ? 'hidden' : String(count);
  const middle = y + ROW / 2;
  return [
    `<text x="${left - 8}" y="${middle}" text-anchor="end" dominant-baseline="middle">${escaped(label)}</text>`,
    `<rect x="${left}" y="${y + 2}" width="${width.toFixed(1)}" height="${ROW - 4}" fill="${count === null ? hatched : '#2f5d8a'}"/>`,
    `<text x="${(left + width + 6).toFixed(1)}" y="${middle}" dominant-baseline="middle">${said}</text>`,
  ].join('');
};

/** Figures as bars with their numbers beside them. One SVG without scripts, readable without its colours and by a screen reader. */
export const drawBars = (drawn: Bars): string => {
  const { title, remark, series } = drawn;
  const all = series.flatMap(({ bars }) => bars);
  const highest = Math.max(1, ...all.map(({ count }) => count ?? 0));
  const hidden = all.filter(({ count }) => count === null).length;
  const id = `bars-${contentName(drawn)}`;
  const longest = Math.max(0, ...all.map(({ label }) => label.length));
  const left = Math.min(MOST_LEFT, Math.max(LEAST_LEFT, longest * LETTER + 24));
  const scale = { left, highest, hatched: `url(#${id}-hidden)` };
  const rows: string[] = [];
  let y = TOP;
  for (const { name, bars } of series) {
    rows.push(`<text x="16" y="${y + ROW / 2}" dominant-baseline="middle" font-weight="bold">${escaped(name)}</text>`);
    y += ROW;
    for (const bar of bars) {
      rows.push(barAt(y, scale, bar));
      y += ROW;
    }
    y += GAP;
  }
  const hides = `${all.length} figures, ${hidden} of them hidden because they are small or would give a small one away.`;
  const told = [hides, ...(remark === '' ? [] : [escaped(remark)])].join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 24}" role="img" aria-labelledby="${id}-title ${id}-told" font-family="sans-serif" font-size="12" fill="#1f2933">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-told">${told}</desc>`,
    `<defs><pattern id="${id}-hidden" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="#2f5d8a"/></pattern></defs>`,
    `<rect width="${WIDTH}" height="${y + 24}" fill="#ffffff"/><text x="16" y="26" font-size="15">${escaped(title)}</text>`,
    ...rows,
    `<text x="16" y="${y + 12}">${escaped(remark)}</text>`,
    '</svg>',
  ].join('\n');
};
