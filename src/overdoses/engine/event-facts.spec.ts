import { dosesOf, eventFactsOf, type ReportedFacts } from './event-facts';

const here = { latitude: 39.3331, longitude: -82.9824 };
const facts = (traits: Partial<ReportedFacts> = {}): ReportedFacts => ({
  occurredAt: new Date('2026-03-01T12:00:00Z'),
  isTimeKnown: true,
  countyFips: '39141',
  latitude: null,
  longitude: null,
  residenceCountyFips: null,
  isFatal: false,
  isNaloxoneGiven: false,
  doses: null,
  suspectedSubstances: [],
  hasChildrenPresent: null,
  transport: null,
  ageYears: null,
  sex: null,
  race: null,
  ...traits,
});

describe('eventFactsOf', () => {
  it('says what one report says', () => {
    expect(eventFactsOf([facts()])).toMatchObject({ doses: null, isTransported: null, hasRefusedTransport: false });
  });
  it('says what several say together: a known time, a point, the worst outcome, every giver once', () => {
    const together = eventFactsOf([
      facts({
        isTimeKnown: false,
        occurredAt: new Date('2026-03-01T05:00:00Z'),
        suspectedSubstances: ['UNKNOWN'],
        transport: 'REFUSED',
        hasChildrenPresent: false,
      }),
      facts({
        countyFips: '39131',
        ...here,
        isFatal: true,
        isNaloxoneGiven: true,
        doses: [
          { by: 'EMS', count: 2 },
          { by: 'BYSTANDER', count: null },
        ],
        suspectedSubstances: ['HEROIN', 'FENTANYL'],
        sex: 'MALE',
        residenceCountyFips: '39001',
      }),
      facts({
        doses: [
          { by: 'EMS', count: 1 },
          { by: 'LAW_ENFORCEMENT', count: 3 },
        ],
        transport: 'TRANSPORTED',
        ageYears: 31,
        race: 'WHITE',
        hasChildrenPresent: true,
      }),
    ]);
    expect(together).toEqual({
      occurredAt: new Date('2026-03-01T12:00:00Z'),
      isTimeKnown: true,
      countyFips: '39131',
      ...here,
      residenceCountyFips: '39001',
      isFatal: true,
      isNaloxoneGiven: true,
      doses: 5,
      suspectedSubstances: ['FENTANYL', 'HEROIN'],
      hasChildrenPresent: true,
      isTransported: true,
      hasRefusedTransport: false,
      ageYears: 31,
      sex: 'MALE',
      race: 'WHITE',
    });
  });
  it('remembers a refusal where nobody took them', () => {
    expect(
      eventFactsOf([
        facts({
          isTimeKnown: false,
          transport: 'REFUSED',
          suspectedSubstances: ['UNKNOWN'],
          hasChildrenPresent: false,
        }),
      ]),
    ).toMatchObject({
      isTransported: false,
      hasRefusedTransport: true,
      suspectedSubstances: ['UNKNOWN'],
      isTimeKnown: false,
      hasChildrenPresent: false,
    });
  });
  it('adds up what one report tells of one giver twice', () => {
    expect(
      dosesOf([
        {
          doses: [
            { by: 'EMS', count: 1 },
            { by: 'EMS', count: 1 },
          ],
        },
      ]),
    ).toBe(2);
  });
});
