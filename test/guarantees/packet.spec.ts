import type { Actor } from '../../src/access';
import { packetDocument, type PacketFacts } from '../../src/outreach/packet/packet-document';
import { printableText } from '../../src/platform/pdf';
import { packetPdf } from '../../src/outreach/packet/packet-pdf';
import { packetTexts } from '../../src/outreach/packet/packet-texts';
import { toldBy } from '../../src/outreach/telling-words';
import type { LeaveBehind } from '../../src/outreach/outreach.words';
import { asOwner, buildActor, buildAgency, buildStaff } from '../builders/agencies';
import { buildBedPool } from '../builders/capacity';
import { buildMeeting } from '../builders/outreach';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { readPdfs, type ReadPdf } from '../setup/read-pdfs';
import { isThorough } from '../setup/thorough';

interface PacketData {
  readonly code?: string;
  readonly printedParts?: readonly string[];
  readonly meetings?: readonly { readonly meeting: { readonly name: string }; readonly miles: number }[];
  readonly places?: readonly {
    readonly program: { readonly name: string };
    readonly available: number;
    readonly phone: string;
  }[];
  readonly outside?: { readonly title: string; readonly phone: string; readonly team: string };
  readonly pdf?: string | null;
}

const PACKET = `query ($programId: ID!, $language: HelpLanguage! = en, $countyFips: String, $latitude: Float, $longitude: Float) {
  packet(programId: $programId, language: $language, countyFips: $countyFips, latitude: $latitude, longitude: $longitude) {
    ... on Packet { printedParts outside { title lines team phone } meetings { miles startsAt meeting { name } } places { available attestedAt miles phone levelsOfCare program { name } }
      primer { title steps } crisisLines { name phone } pdf } ... on Refused { code details } } }`;
const CREATE = `mutation ($input: CreateOutreachProgramInput!) { createOutreachProgram(input: $input) {
  ... on OutreachProgram { id publicName leaveBehind countyFips team { agreedAt agency { id } } } ... on Refused { code field } } }`;
const UPDATE = `mutation ($input: UpdateOutreachProgramInput!) { updateOutreachProgram(input: $input) {
  ... on OutreachProgram { id leaveBehind doorWords countyFips } ... on Refused { code field } } }`;
const JOIN = `mutation ($input: JoinOutreachTeamInput!) { joinOutreachTeam(input: $input) {
  ... on OutreachProgram { id team { agreedAt agency { id } } } ... on Refused { code } } }`;

type Written = Record<
  string,
  { readonly id?: string; readonly code?: string; readonly field?: string } & Record<string, unknown>
>;

/** Numbers of meetings that bring the end of a packet to the end of a page, and neighbours. */
const HEIGHTS = isThorough ? Array.from({ length: 20 }, (_, at) => at + 1) : [1, 2, 18];

describe('the packet', () => {
  let app: TestApp;
  let coordinator: Actor;
  let ask: Ask;
  let programId: string;

  const ross = {
    name: 'Ross County PORT',
    publicName: 'Ross County Neighbors',
    phone: '740-555-0199',
    countyFips: ['39141'],
  };
  const write = async (query: string, input: object, as = ask) => {
    const { data } = await as<Written>(query, { input });
    return Object.values(data ?? {})[0] ?? {};
  };
  const packet = async (variables: object = {}, as = ask): Promise<PacketData> => {
    const { data, errors } = await as<{ packet: PacketData }>(PACKET, { programId, countyFips: '39141', ...variables });
    expect(errors).toEqual([]);
    return data?.packet ?? {};
  };
  const leave = (leaveBehind: LeaveBehind) => write(UPDATE, { id: programId, leaveBehind });

  beforeAll(async () => {
    app = await openApp();
    coordinator = await buildActor(app.database, 'OUTREACH_TEAM', 'COORDINATOR');
    ask = await app.as(coordinator);
    programId = (await write(CREATE, ross)).id ?? '';
    await buildMeeting(app.database, { name: 'Sample group' });
    await buildMeeting(app.database, { name: 'Far away', latitude: 41.5, longitude: -81.7 });
    await buildBedPool(app.database, { program: { name: 'Sample detox' } });
    await buildBedPool(app.database, { program: { name: 'Full house' }, staffed: 3, occupied: 3 });
    await buildBedPool(app.database, {
      program: { name: 'Stale house' },
      attestedAt: new Date(Date.now() - 172_800_000),
    });
  });
  afterAll(async () => {
    await app.close();
  });

  it('holds what is near the place: meetings this week, programs with room by a fresh census, the team', async () => {
    const made = await packet();
    expect(made.meetings?.map(({ meeting: { name } }) => name)).toEqual(['Sample group']);
    expect(made.places?.map(({ program: { name }, available }) => [name, available])).toEqual([['Sample detox', 5]]);
    expect(made.outside).toMatchObject({ phone: '740-555-0199', team: 'Ross County Neighbors' });
  });

  it.each([
    ['NEVER', []],
    ['CONTACT_ONLY', ['OUTSIDE']],
    ['PLAIN_CARD', ['OUTSIDE', 'PLAIN_LINES']],
    ['BAG', ['OUTSIDE', 'MEETINGS', 'PLACES', 'PRIMER', 'LINES', 'TEAM']],
  ] as const)('prints under %s: %j', async (policy, parts) => {
    await leave(policy);
    const { printedParts, pdf } = await packet();
    expect(printedParts).toEqual(parts);
    expect(pdf === null).toBe(policy === 'NEVER');
  });

  it('prints contact only where nobody decided otherwise', async () => {
    const other = await write(CREATE, { ...ross, countyFips: ['39131'] });
    expect(other).toMatchObject({ leaveBehind: 'CONTACT_ONLY' });
  });

  describe.each(['en', 'es'] as const)('in %s', (language) => {
    let bag: ReadPdf;
    let contact: ReadPdf;
    let card: ReadPdf;
    beforeAll(async () => {
      const pdfs = [];
      for (const policy of ['BAG', 'CONTACT_ONLY', 'PLAIN_CARD'] as const) {
        await leave(policy);
        pdfs.push((await packet({ language })).pdf);
      }
      [bag, contact, card] = (await readPdfs(pdfs)) as [ReadPdf, ReadPdf, ReadPdf];
    });

    it('is real text, all of it tagged, in its language and with a title', () => {
      for (const pdf of [bag, contact, card]) {
        const told = { isTagged: true, showsTitle: true, language: { en: 'en-US', es: 'es-US' }[language] };
        expect(pdf).toMatchObject(told);
        expect(pdf.title.length).toBeGreaterThan(3);
        for (const page of pdf.pages) expect(page.untold).toBe('');
      }
      expect([contact, card, bag].map(({ pages }) => pages.length)).toEqual([1, 2, 3]);
    });

    it('has headings and lists, and says what it holds', () => {
      const [outside, ...inside] = bag.pages;
      expect(outside?.roles).toContain('H1');
      const roles = ['H2', 'L', 'LI', 'Lbl', 'LBody', 'P'];
      expect(inside.flatMap((page) => page.roles)).toEqual(expect.arrayContaining(roles));
      const text = inside.map((page) => page.text).join(' ');
      const told = [
        'Sample group',
        'Sample detox',
        '988',
        '740-555-0199',
        { en: 'naloxone', es: 'naloxona' }[language],
      ];
      for (const word of told) expect(text).toContain(word);
    });

    it('tells a stranger nothing: not on the outside of a bag, nor anywhere on a card', () => {
      for (const { title, pages } of [{ ...bag, pages: bag.pages.slice(0, 1) }, contact, card]) {
        expect(toldBy([title, ...pages.map(({ text }) => text)].join(' '))).toEqual([]);
        expect(pages[0]?.text).toContain('740-555-0199');
      }
    });
  });

  it('keeps nothing: neither the place nor that it was made', async () => {
    const rows = () =>
      asOwner<{ seen: number }>(
        app.database,
        'select (select count(*) from audit_entry) + (select count(*) from disclosure) as seen',
      );
    const before = await rows();
    await packet({ countyFips: null, latitude: 39.3331, longitude: -82.9824 });
    expect(await rows()).toEqual(before);
  });

  it('holds meetings of every day, however many one day has', async () => {
    const near = Array.from({ length: 12 }, (_, at) => buildMeeting(app.database, { name: `Monday ${at}` }));
    const far = [3, 6].map((weekday) =>
      buildMeeting(app.database, { name: `Day ${weekday}`, weekday, latitude: 39.4 }),
    );
    await Promise.all([...near, ...far]);
    const names = (await packet()).meetings?.map(({ meeting: { name } }) => name);
    expect(names).toHaveLength(12);
    expect(names).toEqual(expect.arrayContaining(['Day 3', 'Day 6']));
  });

  it('is made by whoever works with people, for a place and a program that exist', async () => {
    const analyst = await app.as(await buildActor(app.database, 'PUBLIC_HEALTH', 'ANALYST'));
    const { errors } = await analyst(PACKET, { programId, countyFips: '39141' });
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(await packet({ countyFips: null })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await packet({ programId: '00000000-0000-7000-8000-000000000001' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('bears no name, and no word is said at a door, that would tell why somebody came', async () => {
    const telling = { ...ross, publicName: 'Overdose Response', countyFips: ['39001'] };
    expect(await write(CREATE, telling)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.publicName',
    });
    const words = { id: programId, doorWords: 'We heard about the naloxone.' };
    expect(await write(UPDATE, words)).toMatchObject({ code: 'INVALID_INPUT', field: 'input.doorWords' });
    const plain = { id: programId, doorWords: 'We came by to see how you are.' };
    expect(await write(UPDATE, plain)).toMatchObject({ doorWords: plain.doorWords });
    for (const publicName of ['O.D. Team', 'Nаrcan van', 'Neighbors 💉']) {
      expect(await write(UPDATE, { id: programId, publicName })).toMatchObject({ field: 'input.publicName' });
    }
  });

  it('is made without a name, and nothing is said at a door, that was plain by an earlier list', async () => {
    const stored = (name: string, words: string) =>
      asOwner(app.database, 'update outreach_program set public_name = $2, door_words = $3 where id = $1', [
        programId,
        name,
        words,
      ]);
    await stored('Suboxone team', 'We have Narcan.');
    const { outside, pdf } = await packet({});
    expect(outside).toMatchObject({ team: 'The people who came by' });
    expect((await readPdfs([pdf]))[0]?.pages[0]?.text).not.toMatch(/suboxone/i);
    const { data } = await ask<{ outreachProgram: unknown }>(
      'query ($id: ID!) { outreachProgram(id: $id) { doorWords } }',
      { id: programId },
    );
    expect(data?.outreachProgram).toEqual({ doorWords: null });
    await stored(ross.publicName, 'We came by to see how you are.');
  });

  it('has a program that one team leads: a county has one, and others do not change it', async () => {
    expect(await write(CREATE, ross)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await write(CREATE, { ...ross, countyFips: ['99999'] })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await write(CREATE, { ...ross, countyFips: [] })).toMatchObject({ code: 'INVALID_INPUT' });
    const stranger = await app.as(await buildActor(app.database, 'OUTREACH_TEAM', 'COORDINATOR'));
    expect(await write(UPDATE, { id: programId, phone: '740-555-0100' }, stranger)).toMatchObject({
      code: 'NOT_FOUND',
    });
    const police = await app.as(await buildActor(app.database, 'LAW_ENFORCEMENT', 'AGENCY_ADMIN'));
    expect(await write(CREATE, { ...ross, countyFips: ['39003'] }, police)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('has a team by agreement: an agency joins where it was asked', async () => {
    const police = await buildAgency(app.database, { kind: 'LAW_ENFORCEMENT' });
    const chief = await app.as(await buildStaff(app.database, police, 'AGENCY_ADMIN'));
    expect(await write(JOIN, { programId }, chief)).toMatchObject({ code: 'NOT_FOUND' });
    await write(UPDATE, { id: programId, teamAgencyIds: [police.id] });
    expect(await write(JOIN, { programId }, chief)).toMatchObject({
      team: [{ agreedAt: expect.any(String) as string, agency: { id: police.id } }],
    });
    expect(await write(JOIN, { programId, isMember: false }, chief)).toMatchObject({ team: [] });
  });
});

describe('names from other people’s lists', () => {
  it.each([
    ['Sunrise 🌅 Group', 'Sunrise Group'],
    ['Nhóm\tBình\u2028An', 'Nhóm Bình An'],
    ['Группа Надежда', 'Группа Надежда'],
    ['Ελπίδα, Łódź, आशा समूह', 'Ελπίδα, Łódź, आशा समूह'],
    ['ﬁrst\u2011step \u202eＡ\u200b', 'first-step A'],
    ['平安小组', null],
    ['مجموعة السلام', null],
    ['平安小组 AB', null],
    ['🌅', null],
    ['', null],
  ])('%j is printed as %j', (name, printed) => {
    expect(printableText(name)).toBe(printed);
  });

  it('never keep a packet from being made: each is printed by its letters, or other words say that it is not', async () => {
    const names = [
      'Sunrise 🌅 Group',
      'Nhóm Bình An',
      'Группа Надежда',
      'Łódź',
      '平安小组',
      'x'.repeat(200),
      '\u0000\ud800',
    ];
    const place = { venueKind: 'IN_PERSON', venue: '教堂', street: '1 Sample St', city: '' };
    const meeting = { ...place, timeZone: 'America/New_York', directions: null, onlineUrl: null, dialIn: null };
    const rows = names.map((name) => ({ meeting: { ...meeting, name }, startsAt: new Date(0), miles: 1 }));
    const facts = {
      ...{ madeAt: new Date(0), zone: 'America/New_York', leaveBehind: 'BAG', places: [], lines: [] },
      ...{ team: { name: 'Nhóm Hàng Xóm', phone: '740-555-0199' }, meetings: rows },
    };
    const words = packetTexts().in('en');
    const made = packetDocument(facts as unknown as PacketFacts, words);
    const [read] = await readPdfs([made && (await packetPdf(made)).toString('base64')]);
    // Where a font begins the reader sets a blank.
    const bare = (text: string | undefined) => text?.replace(/\s/g, '') ?? '';
    const text = bare(read?.pages.map((page) => page.text).join(''));
    for (const name of [
      'Sunrise Group',
      'Nhóm Bình An',
      'Группа Надежда',
      'Łódź',
      words.meetings.unnamed,
      'Hàng Xóm',
    ]) {
      expect(text).toContain(bare(name));
    }
    expect(text).not.toMatch(/[🌅平\ufffd]/u);
    for (const page of read?.pages ?? []) expect(page.untold).toBe('');
  });
});

it.each(['en', 'es'] as const)('ends with whom to call, on one page, in %s', async (language) => {
  const words = packetTexts().in(language);
  const place = { venueKind: 'ONLINE', venue: null, street: null, city: null, timeZone: 'America/New_York' };
  const meeting = { ...place, directions: null, onlineUrl: null, dialIn: null, name: 'Sample' };
  const withMeetings = async (count: number, isLast: boolean): Promise<string> => {
    const rows = Array.from({ length: count }, () => ({ meeting, startsAt: new Date(0), miles: null }));
    const team = { name: 'Ross County Neighbors', phone: '740-555-0199' };
    const line = { id: 'X', name: 'Line', phone: '988', text: null, does: isLast ? 'Helps. '.repeat(20) : 'Helps.' };
    const facts = {
      ...{ madeAt: new Date(0), zone: 'America/New_York', leaveBehind: 'BAG', places: [] },
      ...{ team, meetings: rows, lines: [line, { ...line, does: 'Helps.' }] },
    };
    const made = packetDocument(facts as unknown as PacketFacts, words);
    return made ? (await packetPdf(made)).toString('base64') : '';
  };
  const pdfs = await Promise.all(HEIGHTS.flatMap((count) => [withMeetings(count, false), withMeetings(count, true)]));
  const bare = (text: string) => text.replace(/\s/g, '');
  const ends = (await readPdfs(pdfs)).map(({ pages }) => bare(pages.at(-1)?.text ?? ''));
  const closing = [words.us.title, words.us.text, words.outside.call, '740-555-0199', 'Ross County Neighbors'];
  for (const text of closing) {
    expect(ends.filter((end) => !end.includes(bare(text)))).toEqual([]);
  }
});
