import { caregiverMachine } from '../caregiver.machine';
import { childReportMachine } from '../child-report.machine';
import { attentionOf } from './settling';
import { missingChecks, type CheckDone } from './vetting';

const made = (checkKind: CheckDone['checkKind'], result: CheckDone['result'] = 'PASSED'): CheckDone => ({
  command: 'check',
  checkKind,
  result,
});
const ALL = [made('IDENTITY'), made('HOME_VISIT'), made('CHILD_WELFARE_REGISTER'), made('REFERENCES')];

describe('who may take a child in', () => {
  it('is somebody of whom every check has passed, by its last result', () => {
    expect(missingChecks(ALL)).toEqual([]);
    expect(missingChecks([])).toHaveLength(4);
    expect(missingChecks([...ALL, made('HOME_VISIT', 'FAILED')])).toEqual(['HOME_VISIT']);
    expect(missingChecks([...ALL, made('HOME_VISIT', 'INCONCLUSIVE'), made('HOME_VISIT')])).toEqual([]);
    expect(missingChecks([made(null, null), ...ALL])).toEqual([]);
    const ended: CheckDone = { command: 'endPlacement', checkKind: null, result: null };
    expect(missingChecks([...ALL, ended])).toHaveLength(4);
    expect(missingChecks([...ALL, ended, made('IDENTITY')])).toEqual([
      'HOME_VISIT',
      'CHILD_WELFARE_REGISTER',
      'REFERENCES',
    ]);
    expect(missingChecks([ended, ...ALL])).toEqual([]);
  });

  it('is placed with from CLEARED alone, and vetted anew before the next time', () => {
    const places = caregiverMachine.states.filter((state) => caregiverMachine.commands(state).includes('place'));
    expect(places).toEqual(['CLEARED']);
    expect(caregiverMachine.next('PLACED', 'endPlacement')).toBe('CHECKING');
    expect(caregiverMachine.next('PLACED', 'check')).toBe('PLACED');
    expect(childReportMachine.next('CLOSED', 'reopen')).toBe('RECEIVED');
  });
});

describe('what somebody has to see to', () => {
  const ended: CheckDone = { command: 'endPlacement', checkKind: null, result: null };

  it('is a child with nobody, or with somebody who did not pass', () => {
    expect(attentionOf([])).toBeNull();
    expect(attentionOf([{ state: 'CHECKING', done: ALL }])).toBeNull();
    expect(attentionOf([{ state: 'PLACED', done: ALL }])).toBeNull();
    expect(attentionOf([{ state: 'PLACED', done: [...ALL, made('HOME_VISIT', 'FAILED')] }])).toBe('CHECK_NOT_PASSED');
    expect(attentionOf([{ state: 'CHECKING', done: [...ALL, ended] }])).toBe('NO_PLACE');
    expect(
      attentionOf([
        { state: 'CHECKING', done: [...ALL, ended] },
        { state: 'PLACED', done: ALL },
      ]),
    ).toBeNull();
  });
});
