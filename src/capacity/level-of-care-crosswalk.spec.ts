import { LevelOfCareCrosswalk, levelOfCareCrosswalk } from './level-of-care-crosswalk';

describe('level-of-care crosswalk', () => {
  const crosswalk = levelOfCareCrosswalk();

  it('leads setting codes to levels, each once', () => {
    expect(crosswalk.levelsOfSettings(new Set(['RES', 'RD', 'RL', 'HID', 'HIT', 'BU', 'HI']))).toEqual([
      'ASAM_3_1',
      'ASAM_3_7',
      'ASAM_4_0',
    ]);
  });

  it('uses a broad setting only where no finer one is given', () => {
    expect(crosswalk.levelsOfSettings(new Set(['OP']))).toEqual(['ASAM_1_5']);
    expect(crosswalk.levelsOfSettings(new Set(['OP', 'OMB']))).toEqual(['ASAM_1_7']);
    expect(crosswalk.levelsOfSettings(new Set(['SA']))).toEqual([]);
  });

  it('leads the 3rd edition to the 4th', () => {
    expect(crosswalk.levelOfThirdEdition('3.3')).toBe('ASAM_3_5');
    expect(crosswalk.levelOfThirdEdition('0.5')).toBeNull();
    expect(crosswalk.levelOfThirdEdition('7')).toBeUndefined();
  });

  it('carries a version for the record', () => {
    expect(crosswalk.version).toMatch(/^\d{4}-\d+$/);
  });

  it('refuses rules that name a level or setting that does not exist', () => {
    const rules = {
      version: 'x',
      isVerifiedAtSource: false,
      samhsaSettings: { RD: { level: 'ASAM_9_9', note: '' } },
      samhsaBroadSettings: { OP: { level: null, unless: ['ZZ'], note: '' } },
      asamThirdEdition: {},
    };
    expect(() => new LevelOfCareCrosswalk(rules as never)).toThrow(
      'Level-of-care rules x: OP: no setting ZZ; samhsaSettings.RD: no level of care ASAM_9_9',
    );
  });
});
