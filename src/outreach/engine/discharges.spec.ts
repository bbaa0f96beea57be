import { leavesAt } from './discharges';

const at = (hours: number): Date => new Date(Date.UTC(2026, 0, 5, hours));

it('a patient leaves when the last hospital lets them go, as each said it last', () => {
  const said = (agencyId: string, heard: number, leaves: number | null) => ({
    ...{ agencyId, flaggedAt: at(heard), dischargeAt: leaves === null ? null : at(leaves) },
  });
  expect(leavesAt([])).toBeNull();
  expect(leavesAt([said('a', 0, 90), said('a', 2, 1)])).toEqual(at(1));
  expect(leavesAt([said('a', 0, 90), said('b', 1, 40), said('a', 2, 1)])).toEqual(at(40));
  expect(leavesAt([said('a', 0, 40), said('b', 1, 90), said('a', 2, 1)])).toEqual(at(90));
  // Nothing was said of it again: a time that lies ahead stands, one that is over does not.
  expect(leavesAt([said('a', 0, 90), said('a', 2, null)])).toEqual(at(90));
  expect(leavesAt([said('a', 0, 1), said('a', 2, null)])).toEqual(at(2));
  expect(leavesAt([said('a', 0, null)])).toEqual(at(0));
});
