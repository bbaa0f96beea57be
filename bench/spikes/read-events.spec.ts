import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsOf, type FileOptions } from './options';
import { readEvents } from './read-events';
import { dayAt, daysOf, folder, read } from './read-text.fixture';

describe('a file of events', () => {
  it('is read whatever its order, and rows that say no time are counted', async () => {
    const { events, rows, isDaily } = await read('when,a\n2020-01-02 05:00,1\nNULL,2\n1/1/2020 4:30 PM,"x, y"\n,3\n');
    expect(events.map(({ occurredAt }) => new Date(occurredAt).toISOString())).toEqual([
      '2020-01-01T16:30:00.000Z',
      '2020-01-02T05:00:00.000Z',
    ]);
    expect(rows).toMatchObject({ read: 4, used: 2, unknownTime: 2 });
    expect(isDaily).toBe(false);
  });

  it('with a date column and a time column', async () => {
    const { events } = await read('when,clock\n01/02/2020,05:00:00\n', '--time', 'clock');
    expect(events[0]!.occurredAt).toBe(Date.UTC(2020, 0, 2, 5));
  });

  it('whatever the case, spaces and quotes of its head', async () => {
    const { events } = await read(
      '\uFEFF"WHEN" , "County Name "\r\n"1/2/2020 5:00 AM", "Cabell, WV"\r\n',
      '--place',
      'county_name',
    );
    expect(events).toMatchObject([{ place: 'Cabell, WV', occurredAt: Date.UTC(2020, 0, 2, 5) }]);
  });

  it('in UTF-16, as spreadsheets save it', async () => {
    const file = join(folder, 'wide.csv');
    writeFileSync(file, '\uFEFFwhen\ttown\r\n2020-01-02 05:00\tÄ\r\n', 'utf16le');
    const asked = optionsOf(['--file', file, '--time', 'when', '--place', 'town']) as FileOptions;
    expect((await readEvents(asked)).events).toMatchObject([{ place: 'Ä' }]);
  });

  it('knows an event whose hour is not said at the end of its day', async () => {
    const { events, isDaily, notes } = await read('when\n2020-01-02 05:00\n2020-01-01\n');
    expect(isDaily).toBe(false);
    expect(events[0]!.knownAt).toBe(Date.UTC(2020, 0, 2) - 1);
    expect(notes).toEqual(['1 rows say the day only: they are known at the end of the day.']);
  });

  it('takes midnight for an unknown hour where it is far commoner than other full hours', async () => {
    const midnights = (count: number) => Array.from({ length: count }, () => '2020-01-01 00:00').join('\n');
    const few = await read(`when\n2020-01-02 05:30\n${midnights(4)}\n`);
    expect(few.events[0]!.occurredAt).toBe(Date.UTC(2020, 0, 1));
    const many = await read(`when\n2020-01-02 05:30\n${midnights(6)}\n`);
    expect(many.events[0]!.occurredAt).toBe(Date.UTC(2020, 0, 2) - 1);
  });

  it('counts a row that is repeated once where rows are numbered, and else as often', async () => {
    const rows = '2020-01-02 05:00,7\n2020-01-02 05:00,7\n';
    expect((await read(`when,incident_id\n${rows}`)).rows).toMatchObject({ used: 1, duplicate: 1 });
    expect((await read(`when,doses\n${rows}`)).rows).toMatchObject({ used: 2, duplicate: 0 });
  });

  it('finds the numbers of rows by name and cells, and joins rows that differ in how far a report has come', async () => {
    const at = '2020-01-02 05:07';
    for (const head of ['case', 'CAD #', 'RecordID', 'runid', 'event', 'Case No.']) {
      const file = await read(`when,${head}\n${at},1001\n${at},1001\n${at},1002\n`);
      expect([head, file.rows]).toMatchObject([head, { used: 2, duplicate: 1 }]);
    }
    const sorts = await read(`when,event\n${`${at},Overdose\n`.repeat(3)}`);
    expect(sorts.rows).toMatchObject({ used: 3, duplicate: 0 });
    const codes = await read(`when,call\n${`${at},23D01\n`.repeat(20)}`);
    expect(codes.rows.used).toBe(20);
    expect(codes.notes).toContainEqual(expect.stringContaining('19 rows repeat another exactly'));
    const states = await read(`when,case_id,status,age\n${at},7,open,30\n${at},7,closed,30\n${at},7,closed,40\n`);
    expect(states.rows).toMatchObject({ used: 2, duplicate: 1 });
  });

  it('counts a person with several rows at one time once, and at another time again', async () => {
    const rows = [
      '05:00,"1,300",FENTANYL',
      '05:00,1300,HEROIN',
      '06:00,1300,HEROIN',
      '05:00,,HEROIN',
      '05:00,,COCAINE',
    ];
    const { rows: counts } = await read(`when,Victim ID,drug\n${rows.map((row) => `2020-01-02 ${row}`).join('\n')}\n`);
    expect(counts).toMatchObject({ used: 4, duplicate: 1 });
  });

  it('finds the counts of a file with a row a day or hour, and leaves alone what may be something else', async () => {
    const days = await read('when,Cases\n2020-01-02,3\n2020-01-03,0\n');
    expect(days.watch).toEqual({
      from: new Map([['all', Date.UTC(2020, 0, 3) - 1]]),
      until: Date.UTC(2020, 0, 4) - 1,
      unobserved: new Map([['all', new Map()]]),
    });
    expect([days.events.length, days.isDaily, days.notes]).toEqual([3, true, [expect.stringContaining('counts')]]);
    expect((await read('when,cases\n2020-01-02 05:00,3\n2020-01-03 05:00,2\n')).events).toHaveLength(5);
    expect((await read('when,source,Count\n2020-01-02,EMS,3\n2020-01-02,ER,2\n')).events).toHaveLength(5);
    expect((await read('when,cases\n2020-01-02,3\n2020-01-02,2\n')).events).toHaveLength(2);
    expect((await read('when,cases\n2020-01-02,x\n2020-01-03,1\n')).events).toHaveLength(2);
    expect((await read('when,deaths\n2020-01-02 05:07,1\n2020-01-03 05:31,0\n')).events).toHaveLength(2);
  });

  it('knows what happened in an hour, or in six, at the end of it', async () => {
    const hours = (step: number) =>
      Array.from({ length: 12 }, (_, at) => new Date(Date.UTC(2020, 0, 2, at * step)).toISOString().slice(0, 16));
    const six = await read(
      `when,n\n${hours(6)
        .map((at) => `${at},2`)
        .join('\n')}\n`,
      '--count',
      'n',
    );
    expect([six.isDaily, six.events.length]).toEqual([false, 24]);
    expect(six.events[0]!.knownAt).toBe(Date.UTC(2020, 0, 2, 6) - 1);
    const full = await read(`when\n${hours(1).join('\n')}\n`);
    expect(full.events[0]!.knownAt).toBe(Date.UTC(2020, 0, 2, 1) - 1);
    const timed = await read(`when,n\n${hours(1).join(',1\n')},1\n2020-01-03T04:31,2\n`, '--count', 'n');
    expect(timed.events[0]!.knownAt).toBe(Date.UTC(2020, 0, 2));
  });

  it('holds a place for one however its name is written', async () => {
    const { events } = await read(
      'when,town\n2020-01-02 05:00, Alpha\n2020-01-02 06:00,ALPHA\n2020-01-02 07:00,"alpha  "\n2020-01-02 08:00,Beta  Falls\n',
      '--place',
      'town',
    );
    expect(events.map(({ place }) => place)).toEqual(['Alpha', 'Alpha', 'Alpha', 'Beta Falls']);
  });

  it('with a byte order mark, semicolons and places', async () => {
    const { events, rows } = await read(
      '\uFEFFwhen;town\n2020-01-02 05:00; Alpha \n2020-01-02 06:00;\n',
      '--place',
      'town',
    );
    expect(events.map(({ place }) => place)).toEqual(['Alpha']);
    expect(rows.unknownPlace).toBe(1);
  });

  it('of counts may have gaps, and is refused where a row is a week or a month', async () => {
    const days = await read('when,count\n2020-01-01,3\n2020-01-02,\n2020-01-03,0\n2020-01-04,2\n');
    expect([days.events.length, days.rows.used, days.rows.badCount]).toEqual([5, 3, 1]);
    const every = (step: number) =>
      Array.from(
        { length: 12 },
        (_, n) => `${new Date(Date.UTC(2020, 0, 1 + step * n)).toISOString().slice(0, 10)},${n}`,
      );
    await expect(read(`when,count\n${every(7).join('\n')}\n`)).rejects.toThrow(
      '--count: the rows of a place are weeks apart',
    );
    await expect(read(`when,n\n${every(30).join('\n')}\n`, '--count', 'n')).rejects.toThrow('months apart');
    expect((await read(`when,count\n${every(1).join('\n')}\n`)).events).toHaveLength(66);
  });

  const gapOf = ({ watch }: Awaited<ReturnType<typeof read>>, place = 'all') =>
    [...(watch.unobserved.get(place) ?? [])].map(([day, part]) => [day - Date.UTC(2020, 0, 1) / 86_400_000, part]);
  const without = (text: string, ...days: number[]) =>
    text
      .split('\n')
      .filter((line) => !days.some((day) => line.startsWith(dayAt(day))))
      .join('\n');

  it('of counts names odd cells, and takes them for days that nobody counted', async () => {
    for (const head of ['count', 'cases', 'naloxone calls']) {
      const odd = daysOf(20, (day) => ({ 3: '<5', 4: '-1', 7: 'n/a', 9: '<5', 11: '' })[day] ?? String((day * 3) % 5));
      const file = await read(`when,${head}\n${odd}\n`);
      expect([head, file.isDaily, file.events.length, file.rows.badCount]).toEqual([head, true, 28, 5]);
      expect(gapOf(file)).toEqual([3, 4, 7, 9, 11].map((day) => [day, 1]));
      expect(file.notes).toContainEqual(
        expect.stringContaining('5 rows whose count is no whole number were left out (2 × “<5”, 1 × “-1”'),
      );
    }
    const named = await read('when,n\n2020-01-01,3\n2020-01-02,<5\n2020-01-03,1\n', '--count', 'n');
    expect([named.events.length, gapOf(named)]).toEqual([4, [[1, 1]]]);
    await expect(read('when,n\n2020-01-01,<5\n', '--count', 'n')).rejects.toThrow('--count: no row has a whole number');
  });

  it('of counts takes a day without a row for a gap where it writes zeros, or none would be a wonder', async () => {
    const few = daysOf(20, (day) => String(day % 4));
    expect(gapOf(await read(`when,count\n${without(few, 8, 9)}\n`))).toEqual([
      [8, 1],
      [9, 1],
    ]);
    // Who writes no zeros leaves days of none out.
    const noZeros = without(few, ...[0, 4, 8, 12, 16]);
    expect(gapOf(await read(`when,count\n${noZeros}\n`))).toEqual([]);
    const many = daysOf(20, (day) => String(20 + (day % 4)));
    expect(gapOf(await read(`when,count\n${without(many, 8)}\n`))).toEqual([[8, 1]]);
    const two = [few, few].map((text, place) => without(text, 0, 4, 8, 12, 16).replace(/$/gm, place ? ',b' : ',a'));
    const dark = await read(`when,count,town\n${two.join('\n')}\n`, '--place', 'town');
    expect([gapOf(dark, 'a'), gapOf(dark, 'b')]).toEqual([[], []]);
    const three = await read(`when,count,town\n${two.join('\n').replaceAll(',1,', ',4,')}\n`, '--place', 'town');
    expect(gapOf(three, 'a').map(([day]) => day)).toEqual([12, 16]);
    // Four a day: a day of none is no wonder, a month of them is. Who writes that few are few knows days of none.
    const six = daysOf(90, (day) => String(2 + ((day * 5) % 6)));
    expect(gapOf(await read(`when,count\n${without(six, 20)}\n`))).toEqual([]);
    const month = Array.from({ length: 30 }, (_, day) => 20 + day);
    expect(gapOf(await read(`when,count\n${without(six, ...month)}\n`))).toHaveLength(30);
    expect(gapOf(await read(`when,count\n${without(six, 20).replace(',2', ',<3')}\n`))).toEqual([[20, 1]]);
    const hours = Array.from({ length: 72 }, (_, hour) => new Date(Date.UTC(2020, 0, 1, hour)).toISOString());
    const kept = hours.filter((_, hour) => hour < 30 || hour >= 36).map((at, hour) => `${at.slice(0, 16)},${hour % 3}`);
    expect(gapOf(await read(`when,count\n${kept.join('\n')}\n`))).toEqual([[1, 0.25]]);
  });

  it('of counts is found by its shape: a row a day, whatever the column is called, or a column a place', async () => {
    const rows = daysOf(20, (day) => `${(day * 3) % 5},2020,${day}`);
    const { events, notes } = await read(`when,Naloxone uses,year,row\n${rows}\n`);
    expect([events.length, notes[0]]).toEqual([40, expect.stringContaining('“Naloxone uses”')]);
    const wide = await read(`when,Adams,Berks,fips\n${daysOf(20, (day) => `${day % 2},${day % 3},39061`)}\n`);
    expect([wide.watch.from.size, wide.events.filter(({ place }) => place === 'Berks').length]).toEqual([2, 19]);
    expect(wide.notes[0]).toContain('“Adams”, “Berks”');
    const long = [0, 1].map((place) => daysOf(15, (day) => `${place ? 'Adams' : 'Berks'},${day % 3}`)).join('\n');
    expect((await read(`when,county,od total\n${long}\n`)).events).toHaveLength(30);
    expect((await read(`when,county,cases\n${long}\n`)).events).toHaveLength(30);
    expect((await read(`when,county,od total\n${long}\n`, '--place', 'county')).watch.from.size).toBe(2);
    const both = daysOf(15, (day) => `a,${day % 3},${day % 4}`);
    await expect(read(`when,town,police,ems\n${both}\n`, '--place', 'town')).rejects.toThrow('(“police”, “ems”)');
    // Events: days do not follow each other at one distance.
    const events7 = Array.from({ length: 20 }, (_, at) => `${dayAt(at * at)},${20 + (at % 7)}`).join('\n');
    expect((await read(`when,doses\n${events7}\n`)).events).toHaveLength(20);
  });

  it('of weeks is refused also with a week left out, whatever its column is called', async () => {
    const weeks = Array.from({ length: 20 }, (_, week) => `${dayAt(7 * week)},${week % 5}`);
    const text = weeks.filter((_, week) => week !== 9).join('\n');
    await expect(read(`when,count\n${text}\n`)).rejects.toThrow('weeks apart');
    await expect(read(`when,Overdoses reported\n${text}\n`)).rejects.toThrow('weeks apart');
  });

  it('is read in other letters, and refused in words where it is no text', async () => {
    const file = join(folder, 'form.csv');
    const asked = optionsOf(['--file', file, '--time', 'when', '--place', 'town']) as FileOptions;
    const text = 'sep=;\nwhen;town\n2020-01-02 05:00;Cañon\n';
    const swapped = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    for (const bytes of [swapped, swapped.subarray(2), Buffer.from(text, 'utf16le'), Buffer.from(text, 'latin1')]) {
      writeFileSync(file, bytes);
      expect((await readEvents(asked)).events).toMatchObject([{ place: 'Cañon' }]);
    }
    for (const bytes of [Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from('PK\x03\x04'), Buffer.from('\uFEFF [{"a":1}]')]) {
      writeFileSync(file, bytes);
      await expect(readEvents(asked)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
    }
  });

  it('counts an id once, however its thousands are written', async () => {
    const { rows } = await read(
      'when,id\n2020-01-02 05:00,"11,301"\n2020-01-02 05:01,11301\n2020-01-02 05:02,\n',
      '--id',
      'id',
    );
    expect(rows).toMatchObject({ used: 2, duplicate: 1 });
  });

  it('leaves out days of no such century, which stand for unknown ones', async () => {
    const { events, rows } = await read('when\n1900-01-01\n2020-01-02 05:00\n9999-12-31 00:00\n2105-01-02 05:00\n');
    expect([events.length, rows.unknownTime]).toEqual([1, 3]);
  });

  it('leaves out what was cancelled or entered twice', async () => {
    const { rows } = await read(
      'when,disposition_text\n2020-01-02 05:00,CANCEL INCIDENT\n2020-01-02 05:00,DUPLICATE\n2020-01-02 05:00,MEDIC\n',
    );
    expect(rows).toMatchObject({ used: 1, cancelled: 2 });
  });

  it('that says the day only is daily, and a day is known at its end', async () => {
    const { events, isDaily } = await read('when\n2020-01-02\n2020-01-03\n');
    expect(isDaily).toBe(true);
    expect(events[0]!.occurredAt).toBe(Date.UTC(2020, 0, 3) - 1);
  });

  it('of daily counts stands for as many events', async () => {
    const { events, rows } = await read('when,n\n2020-01-02,3\n2020-01-03,0\n2020-01-04,many\n', '--count', 'n');
    expect(events).toHaveLength(3);
    expect(rows).toMatchObject({ used: 2, badCount: 1 });
  });

  it('that nobody reported to for long has a gap there', async () => {
    const days = Array.from({ length: 120 }, (_, day) => day).filter((day) => day < 60 || day >= 90);
    const rows = days.flatMap((day) => new Array<string>(4 + (day % 3)).fill(`${dayAt(day)} 05:07`));
    expect(gapOf(await read(`when\n${rows.join('\n')}\n`))).toHaveLength(30);
  });

  it('knows a late report by the time it came', async () => {
    const { events } = await read('when,got\n2020-01-02 05:00,2020-01-09 10:00\n2020-01-03 05:00,\n', '--known', 'got');
    expect(events.map(({ knownAt }) => new Date(knownAt).getUTCDate())).toEqual([3, 9]);
  });

  it.each([
    [['--place', 'county'], '--place: the file has no column “county”; it has when, a.'],
    [['--lat', 'a', '--lon', 'b'], '--lon: the file has no column “b”; it has when, a.'],
    [['--time', 'hour'], '--time: the file has no column “hour”'],
  ])('names the argument %j that does not fit', async (more, message) => {
    await expect(read('when,a\n2020-01-02 05:00,1\n', ...more)).rejects.toThrow(message);
  });

  it('is refused without a readable time, when empty, and when missing', async () => {
    await expect(read('when\nsoon\n')).rejects.toThrow('--time: no row');
    await expect(read('when\n')).rejects.toMatchObject({ code: 'EMPTY_FILE' });
    await expect(read('\n\n')).rejects.toThrow('--file: the file is empty.');
    await expect(read('')).rejects.toThrow('--file: the file is empty.');
    await expect(read('when,a\n2020-01-02 05:00,"1\n2020-01-03 05:00,2\n')).rejects.toMatchObject({
      code: 'UNREADABLE_FILE',
    });
    const missing = optionsOf(['--file', join(folder, 'none.csv'), '--time', 'when']) as FileOptions;
    await expect(readEvents(missing)).rejects.toThrow('--file: ENOENT');
  });
});

describe('arguments', () => {
  it.each([
    [[], '--file is missing'],
    [['--file', 'x'], '--time is missing'],
    [['--file', 'x', '--time', 't', '--lat', 'a'], '--lon is missing'],
    [['--file', 'x', '--time', 't', '--method', 'magic'], '--method must be one of'],
    [['--file', 'x', '--time', 't', '--budget', 'much'], '--budget must be a number'],
    [['--file', 'x', '--time', 't', '--rates', '1'], '--study is missing'],
    [['--study', 'x', '--rates', '1,many'], '--rates must be a number'],
    [['--frob'], "Unknown option '--frob'"],
  ])('%j are refused by name', (args, message) => expect(() => optionsOf(args)).toThrow(message));
});
