import { drawBars } from './bars';

it('draws a bar and a number for each figure, and for a hidden one that it is hidden', () => {
  const svg = drawBars({
    title: 'A & B',
    remark: 'So far & no further.',
    series: [
      {
        name: 'Events',
        bars: [
          { label: 'Q1', count: 40 },
          { label: 'Q2', count: null },
        ],
      },
      { name: 'Deaths', bars: [{ label: 'Q1', count: 0 }] },
    ],
  });
  expect(svg).toContain('3 figures, 1 of them hidden');
  expect(svg.match(/height="14" fill="/g)).toHaveLength(3);
  expect(svg).toContain('>hidden</text>');
  expect(svg).toContain('A &#38; B');
  expect(svg.match(/So far &#38; no further[.]/g)).toHaveLength(2);
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id as string);
  for (const id of ids) expect(id).toMatch(/^bars-[0-9a-z]+-/);
  expect(drawBars({ title: 'B', remark: '', series: [] })).not.toContain(ids[0]);
  expect(svg).not.toMatch(/<script|href/);
});
