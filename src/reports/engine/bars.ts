/** Named rows of bars. */
export interface Bars {
  readonly title: string;
  readonly series: readonly {
    readonly name: string;
    /** `count` null: hidden. */
    readonly bars: readonly { readonly label: string; readonly count: number | null }[];
  }[];
}

const WIDTH = 960;
const LEFT = 220;
const RIGHT = WIDTH - 64;
const TOP = 48;
const ROW = 18;
const GAP = 14;
/** As wide as a hidden figure is drawn: it says that there is one, and not how large it is. */
const HIDDEN_WIDTH = 24;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) as number};`);

const barAt = (y: number, highest: number, { label, count }: Bars['series'][number]['bars'][number]): string => {
  const width = count === null ? HIDDEN_WIDTH : (count / highest) * (RIGHT - LEFT);
  const said = count === null ? 'hidden' : String(count);
  const middle = y + ROW / 2;
  return [
    `<text x="${LEFT - 8}" y="${middle}" text-anchor="end" dominant-baseline="middle">${escaped(label)}</text>`,
    `<rect x="${LEFT}" y="${y + 2}" width="${width.toFixed(1)}" height="${ROW - 4}" fill="${count === null ? 'url(#hidden)' : '#2f5d8a'}"/>`,
    `<text x="${(LEFT + width + 6).toFixed(1)}" y="${middle}" dominant-baseline="middle">${said}</text>`,
  ].join('');
};

/** Figures as bars with their numbers beside them. One SVG without scripts, readable without its colours and by a screen reader. */
export const drawBars = ({ title, series }: Bars): string => {
  const all = series.flatMap(({ bars }) => bars);
  const highest = Math.max(1, ...all.map(({ count }) => count ?? 0));
  const hidden = all.filter(({ count }) => count === null).length;
  const rows: string[] = [];
  let y = TOP;
  for (const { name, bars } of series) {
    rows.push(`<text x="16" y="${y + ROW / 2}" dominant-baseline="middle" font-weight="bold">${escaped(name)}</text>`);
    y += ROW;
    for (const bar of bars) {
      rows.push(barAt(y, highest, bar));
      y += ROW;
    }
    y += GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 24}" role="img" aria-labelledby="bars-title bars-told" font-family="sans-serif" font-size="12" fill="#1f2933">`,
    `<title id="bars-title">${escaped(title)}</title><desc id="bars-told">${all.length} figures, ${hidden} of them hidden because they are small or would give a small one away.</desc>`,
    '<defs><pattern id="hidden" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="#2f5d8a"/></pattern></defs>',
    `<rect width="${WIDTH}" height="${y + 24}" fill="#ffffff"/><text x="16" y="26" font-size="15">${escaped(title)}</text>`,
    ...rows,
    '</svg>',
  ].join('\n');
};
