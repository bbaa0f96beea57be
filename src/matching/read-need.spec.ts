import type { Actor, Role } from '../access';
import { buildNeed } from '../../test/builders/matching.arbitraries';
import { NeedInput } from './need.input';
import { checkNeed, isComplete, needOf, partialNeedOf, readNeed } from './read-need';

const inputOf = (facts: Partial<NeedInput> = {}): NeedInput => Object.assign(new NeedInput(), facts);
const about = { pathway: 'NALOXONE_PLUS', age: 34, sex: 'FEMALE' } as const;
const actorOf = (role: Role): Actor => ({
  kind: 'STAFF',
  id: 'user',
  membershipId: 'membership',
  agencyId: 'agency',
  agencyKind: 'EMS',
  role,
  scopes: null,
});

describe('reading a need', () => {
  it('leaves unknown what was not said, by the values that remove nobody', () => {
    const read = needOf(
      inputOf({ substances: ['ALCOHOL'], currentMedications: [], latitude: 39.3331, longitude: -82.9824 }),
      about,
    );
    expect(read).toEqual(
      buildNeed({
        pathway: 'NALOXONE_PLUS',
        substances: ['ALCOHOL'],
        lastUse: 'UNKNOWN',
        pregnant: null,
        injects: null,
      }),
    );
  });

  it('asks for what it cannot do without, and takes it when it comes', () => {
    const partial = partialNeedOf(inputOf({ substances: ['OPIOIDS'] }), about);
    expect(readNeed({ ...partial, pathway: about.pathway })).toEqual(['LOCATION', 'CURRENT_MEDICATIONS']);
    const later = { ...partial, latitude: 1, longitude: 2, currentMedications: [], pathway: about.pathway };
    expect(isComplete(readNeed(later))).toBe(true);
  });

  it('prefers coordinates to the county, and the county to nothing', () => {
    const ross = partialNeedOf(inputOf({ countyFips: '39141' }), about);
    expect([Math.round(ross.latitude ?? 0), Math.round(ross.longitude ?? 0)]).toEqual([39, -83]);
    const exact = partialNeedOf(inputOf({ countyFips: '39141', latitude: 0, longitude: 0 }), about);
    expect([exact.latitude, exact.longitude]).toEqual([0, 0]);
    expect(partialNeedOf(inputOf(), about).latitude).toBeNull();
  });

  it.each<[Role, boolean]>([
    ['OFFICER', false],
    ['MEDIC', false],
    ['SCHOOL_LIAISON', false],
    ['OUTREACH_WORKER', false],
    ['COORDINATOR', false],
    ['HOSPITAL_STAFF', true],
    ['PROVIDER_STAFF', true],
  ])('%s assigning a level of care: %s', (role, isAllowed) => {
    const input = inputOf({ levelsOfCare: ['ASAM_3_7'] });
    expect(checkNeed(actorOf(role), input, 'input.need')).toEqual(
      isAllowed
        ? null
        : expect.objectContaining({
            code: 'FORBIDDEN',
            details: expect.objectContaining({ field: 'input.need.levelsOfCare' }) as unknown,
          }),
    );
  });

  it('refuses half a place and a county nobody knows', () => {
    const fieldOf = (facts: Partial<NeedInput>) => checkNeed(actorOf('OFFICER'), inputOf(facts))?.details.field;
    expect(fieldOf({ latitude: 39 })).toBe('need.latitude');
    expect(fieldOf({ longitude: 0 })).toBe('need.latitude');
    expect(fieldOf({ countyFips: '00000' })).toBe('need.countyFips');
    expect(fieldOf({ latitude: 0, longitude: 0, countyFips: '39141' })).toBeUndefined();
  });
});
