import { dayAt, daysOf, read } from './read-text.fixture';

const places = async (text: string, ...more: readonly string[]) => [...(await read(text, ...more)).watch.from.keys()];

describe('a column for each place', () => {
  const beside = (head: string, total: (sum: number) => number = (sum) => sum) =>
    `${head}\n${daysOf(20, (day) => `${day % 2},${day % 3},${total((day % 2) + (day % 3))}`)}\n`;

  it('is read without the total beside them', async () => {
    const file = await read(beside('when,Adams,Berks,Total'));
    expect([...file.watch.from.keys()]).toEqual(['Adams', 'Berks']);
    expect(file.notes[0]).toContain('“Total” is their sum and was left out');
    // The name says nothing that COUNT_NAMES knows.
    expect(await places(beside('when,Adams,Berks,All counties'))).toEqual(['Adams', 'Berks']);
  });

  it('is none where the total is not their sum, or they are parts of people', async () => {
    expect(await places(beside('when,male,female,Total'))).toEqual(['all']);
    expect(await places(beside('when,Adams,Berks,Total', (sum) => sum + 1))).toEqual(['all']);
  });
});

describe('running totals', () => {
  const running = (day: number): string => String(3 * Math.floor(day / 2) + (day % 2));

  it.each([
    ['when,count', [], 'count'],
    ['when,n', ['--count', 'n'], 'n'],
    ['when,Overdoses so far', [], 'Overdoses so far'],
  ])('are refused by name: %s', async (head, more, name) => {
    const refused = read(`${head}\n${daysOf(40, running)}\n`, ...more);
    await expect(refused).rejects.toMatchObject({ code: 'BAD_VALUE' });
    await expect(refused).rejects.toThrow(`--count: “${name}” hardly ever falls at a place`);
  });

  it('are refused newest first, of several places, and with a correction', async () => {
    const rows = daysOf(40, (day) => `a,${day === 30 ? 40 : running(day)}`).split('\n');
    const both = [...rows, ...rows.map((row) => row.replace(',a,', ',b,'))].reverse().join('\n');
    await expect(read(`when,town,tally\n${both}\n`, '--place', 'town')).rejects.toThrow('“tally”');
    await expect(read(`when,town,tally\n${both}\n`)).rejects.toThrow('“tally”');
  });

  it('are left aside where the counts of the days stand beside them, and row numbers are none', async () => {
    const both = await read(`when,so far,new ones\n${daysOf(40, (day) => `${running(day)},${day % 3}`)}\n`);
    expect([both.events.length, both.notes[0]]).toEqual([39, expect.stringContaining('“new ones”')]);
    const numbered = daysOf(40, (day) => `${1000 + day}`);
    expect((await read(`when,sheet\n${numbered}\n`)).events).toHaveLength(40);
  });
});

describe('lines above the head', () => {
  it('are left out, whatever signs stand in them', async () => {
    const titles = 'Overdoses, by day, Adams County, Ohio, 2020\n\nSource: coroner, EMS, police\n';
    const file = await read(`${titles}when;count\n${daysOf(20, (day) => String(day % 3)).replaceAll(',', ';')}\n`);
    expect([file.events.length, file.notes[0]]).toEqual([19, 'Lines above the head were left out: 2.']);
  });

  it('leave decimal commas and commas in words alone', async () => {
    const file = await read('when;town;lat\n2020-01-01;Adams, OH;40,5\n2020-01-02;Berks, PA;41,5\n', '--place', 'town');
    expect([...file.watch.from.keys()]).toEqual(['Adams, OH', 'Berks, PA']);
    expect((await read('when\n"January 4, 2020 15:07"\nJanuary 5 2020 15:07\n')).events).toHaveLength(2);
  });
});

describe('year, month and day', () => {
  const rows = '2020,Jan,4,15:07\n2020,2,5,\n';

  it('are read from a column each, in any order, with or without a time', async () => {
    const named = ['Month', 'year', 'DAY'].flatMap((name) => ['--time', name]);
    const days = await read(`Year,Month,Day,at\n${rows}`, '--no-when', ...named);
    expect(days.events.map(({ occurredAt }) => new Date(occurredAt).toISOString().slice(0, 10))).toEqual([
      '2020-01-04',
      '2020-02-05',
    ]);
    const timed = await read(`Year,Month,Day,at\n${rows}`, '--no-when', ...named, '--time', 'at');
    expect([timed.isDaily, new Date(timed.events[0]?.occurredAt ?? 0).toISOString()]).toEqual([
      false,
      '2020-01-04T15:07:00.000Z',
    ]);
    const unnamed = ['a', 'b', 'c'].flatMap((name) => ['--time', name]);
    expect((await read(`a,b,c,at\n${rows}`, '--no-when', ...unnamed)).events).toHaveLength(2);
  });

  it('that cannot be a time say what to do', async () => {
    await expect(read(`when,Month,Day\n${rows}`)).rejects.toThrow('--time "when" --time "Month" --time "Day"');
    await expect(read('when,day of it\n15:07,2020-01-01\n')).rejects.toThrow('--time <date column> --time when');
    for (const month of ['2020', '2020-05', 'May 2020', '05/2020', '2020Q1']) {
      await expect(read(`when,a\n${month},1\n`)).rejects.toThrow('a month or a year says nothing about a day');
    }
    await expect(read('when\nsoon\n')).rejects.toThrow('“soon”.');
    const five = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => ['--time', name]);
    expect(() => read('a\n1\n', '--no-when', ...five)).toThrow('--time can be given four times at most');
  });

  it('of counts of a quarter or a year are refused', async () => {
    const every = (days: number) =>
      Array.from({ length: 12 }, (_, n) => `${dayAt(Math.round(days * n))},${n % 5}`).join('\n');
    await expect(read(`when,count\n${every(91.31)}\n`)).rejects.toThrow('quarters apart');
    await expect(read(`when,count\n${every(365.25)}\n`)).rejects.toThrow('years apart');
  });
});

describe('times of day in figures alone', () => {
  it('are of hours and minutes, as spreadsheets leave them', async () => {
    const rows = ['930', '1745', '10', '5', ''].map((clock, day) => `${dayAt(day)},${clock}`);
    const file = await read(`day,clock\n${rows.join('\n')}\n`, '--no-when', '--time', 'day', '--time', 'clock');
    const at = (day: number, minutes: number) => Date.UTC(2020, 0, 1 + day, 0, minutes);
    const timed = file.events.filter(({ isDayOnly }) => isDayOnly !== true).map(({ occurredAt }) => occurredAt);
    expect(timed).toEqual([at(0, 570), at(1, 1065), at(2, 10), at(3, 5)]);
    expect([file.rows.unknownTime, file.notes]).toEqual([
      0,
      expect.arrayContaining([expect.stringContaining('930 is 09:30')]),
    ]);
  });
});

describe('rows that repeat another', () => {
  it('are spoken of where they have a time', async () => {
    const rows = Array.from({ length: 40 }, (_, day) => `${dayAt(day)} 10:0${day % 10},A`).join('\n');
    const spoken = async (text: string) =>
      (await read(`when,place\n${rows}\n${text}`)).notes.filter((note) => note.includes('repeat another'));
    expect(await spoken(`${rows}\n`)).toEqual([expect.stringMatching(/^40 rows/)]);
    expect(await spoken('unknown,A\n'.repeat(40))).toEqual([]);
  });
});

describe('coordinates and places', () => {
  const points = async (rows: readonly string[]) => {
    const file = await read(`when;lat;lon\n${rows.join('\n')}\n`, '--lat', 'lat', '--lon', 'lon');
    return { notes: file.notes, points: file.events.map(({ latitude, longitude }) => [latitude, longitude]) };
  };

  it('are turned where they are named the wrong way round', async () => {
    const swapped = await points(['2020-01-01 05:07;-80.1;40.4', '2020-01-02 05:07;-80.2;40.5']);
    expect(swapped.points).toEqual([
      [40.4, -80.1],
      [40.5, -80.2],
    ]);
    expect(swapped.notes[0]).toContain('--lat and --lon were named the wrong way round');
    expect((await points(['2020-01-01 05:07;51.5;-0.1'])).points).toEqual([[51.5, -0.1]]);
    expect((await points(['2020-01-01 05:07;40.4;-80.1'])).notes).toEqual([]);
  });

  it('are read with commas and sides', async () => {
    const read = await points(['2020-01-01 05:07;40,4° N;80,1 W', '2020-01-02 05:07;north;0', '2020-01-03 05:07;;']);
    expect(read.points).toEqual([
      [40.4, -80.1],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('name the column of places where no row says one', async () => {
    await expect(read('when,town\n2020-01-01,\n2020-01-02,\n', '--place', 'town')).rejects.toThrow(
      '--place: no row names a place in “town”.',
    );
  });
});
