import { atEarlierHome, carriedOver, type Told } from './carried-over';

describe('what goes with the person to another row', () => {
  const row = {
    ...{ kind: 'SURVIVOR', programId: 'ours', toProgramId: null, safetyNote: null, isFamilyAware: null },
    ...{ mayContactAgain: null, address: null, addressBasis: null, latitude: null, longitude: null },
  } as Told;
  const armed = { ...row, safetyNote: 'Armed brother', isFamilyAware: false, mayContactAgain: false };

  it('is the stricter word of both, and both notes once', () => {
    const dog = { ...row, safetyNote: 'Dog', isFamilyAware: true, mayContactAgain: true };
    const both = { isFamilyAware: false, mayContactAgain: false, safetyNote: 'Dog\nArmed brother' };
    expect(carriedOver(dog, [armed, armed, row], [])).toMatchObject(both);
    expect(carriedOver(armed, [dog], [])).toMatchObject({ ...both, safetyNote: 'Armed brother\nDog' });
    expect(carriedOver(row, [{ ...dog, safetyNote: null }], [])).toEqual(row);
    const nobody = { ...row, safetyNote: 'No armed brother' };
    expect(carriedOver(nobody, [{ ...row, safetyNote: 'armed brother' }], []).safetyNote).toBe(
      'No armed brother\narmed brother',
    );
    const together = { ...row, safetyNote: 'Dog\nArmed brother' };
    expect(carriedOver(together, [], [{ ...row, safetyNote: 'Armed brother\nStairs' }]).safetyNote).toBe(
      'Dog\nArmed brother\nStairs',
    );
  });

  it('is the latest word of each team, and the note of the same team alone', () => {
    expect(carriedOver(row, [], [armed])).toEqual(armed);
    expect(carriedOver(row, [], [{ ...row, safetyNote: 'Moved out', isFamilyAware: true }, armed])).toMatchObject({
      ...{ safetyNote: 'Moved out', isFamilyAware: null, mayContactAgain: false },
    });
    const theirs = { ...armed, programId: 'theirs' };
    expect(carriedOver(row, [], [{ ...row, isFamilyAware: true }, theirs])).toEqual({ ...armed, safetyNote: null });
    const others: Told[] = [
      { ...row, toProgramId: 'theirs' },
      { ...row, programId: null },
    ];
    for (const other of others) {
      expect(carriedOver(other, [armed], [armed]).safetyNote).toBeNull();
    }
  });

  it('is the home of whoever died, for a family of whom nobody told it', () => {
    const [home, family] = [
      { ...row, address: '1 A St', addressBasis: 'RESIDENCE' },
      { ...row, kind: 'FAMILY' },
    ];
    const scene = { ...family, address: 'A park', addressBasis: 'INCIDENT' };
    expect(atEarlierHome(scene, [scene, home])).toMatchObject({ address: '1 A St', addressBasis: 'RESIDENCE' });
    const theirs = [
      { ...home, programId: 'theirs' },
      { ...home, kind: 'AT_RISK' },
      { ...home, addressBasis: 'INCIDENT' },
    ];
    expect(atEarlierHome(family, theirs)).toEqual(family);
    for (const kept of [row, { ...family, address: '2 B St', addressBasis: 'TEAM' }]) {
      expect(atEarlierHome(kept, [home])).toEqual(kept);
    }
  });

  it('is no word of a hospital where the police go along, and no wish of somebody else', () => {
    expect(carriedOver(row, [], [{ ...armed, kind: 'AT_RISK' }]).safetyNote).toBeNull();
    expect(carriedOver({ ...row, kind: 'AT_RISK' }, [], [{ ...armed, kind: 'AT_RISK' }]).safetyNote).not.toBeNull();
    expect(carriedOver({ ...row, kind: 'FAMILY' }, [armed], [])).toMatchObject({
      ...{ safetyNote: 'Armed brother', isFamilyAware: null, mayContactAgain: null },
    });
  });

  it('is the home that the team found, where none was told', () => {
    const found = { ...row, address: '9 Found Street', addressBasis: 'TEAM' };
    const scene = { ...row, address: 'A car park', addressBasis: 'INCIDENT' };
    const home = { ...row, address: '1 Told Street', addressBasis: 'RESIDENCE' };
    expect([row, scene, home].map((one) => carriedOver(one, [], [found]).address)).toEqual([
      ...[found.address, found.address, home.address],
    ]);
    expect(carriedOver(row, [scene], [{ ...found, programId: 'theirs' }]).address).toBeNull();
  });
});
