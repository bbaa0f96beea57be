import { drawBars } from './bars';

it('draws a bar and a number for each figure, and for a hidden one that it is hidden', () => {
  const svg = drawBars({
    title: 'A & B',
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
  expect(svg).not.toMatch(/<script|href/);
});
