import fc from 'fast-check';
import { isRefusal } from '../kernel/refusal';
import type { Machine } from '../kernel/machine';
import { handOffMachine } from './hand-off.machine';
import { isLive, offerMachine } from './offer.machine';
import { referralMachine } from './referral.machine';

const machines: readonly Machine<string, string>[] = [referralMachine, offerMachine, handOffMachine] as never;

describe.each(machines.map((one) => [one.name, one] as const))('the %s machine', (_, one) => {
  const commands = [...new Set(one.states.flatMap((state) => one.commands(state)))];

  it('survives ten thousand random command sequences without an illegal state or a silent no-op', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 40 }), (walk) => {
        let state: string = one.initial;
        for (const command of walk) {
          const next = one.next(state, command);
          const isAllowed = one.commands(state).includes(command);
          if (isRefusal(next) === isAllowed) return false;
          if (isRefusal(next)) {
            if (next.details['from'] !== state) return false;
            continue;
          }
          state = next;
        }
        return one.states.includes(state);
      }),
      { numRuns: 10_000 },
    );
  });

  it('can end from every state', () => {
    for (const from of one.states) {
      const seen = new Set<string>([from]);
      for (const state of seen) for (const command of one.commands(state)) seen.add(one.next(state, command) as string);
      expect([from, [...seen].some((state) => one.isFinal(state))]).toEqual([from, true]);
    }
  });
});

/** The paths of domain §4 written out by hand: from, command, to. What is not here must be refused. */
const paths: Readonly<Record<string, string>> = {
  referral: `
    SUBMITTED requestInfo NEEDS_INFO, SUBMITTED offer OFFERED, SUBMITTED accept ACCEPTED, SUBMITTED waitlist WAITLISTED,
    NEEDS_INFO requestInfo NEEDS_INFO, NEEDS_INFO provideInfo SUBMITTED, NEEDS_INFO accept ACCEPTED, NEEDS_INFO expire EXPIRED,
    OFFERED requestInfo NEEDS_INFO, OFFERED accept ACCEPTED, OFFERED offer OFFERED, OFFERED reroute SUBMITTED,
    WAITLISTED reroute SUBMITTED, WAITLISTED offer OFFERED, WAITLISTED accept ACCEPTED, WAITLISTED provideInfo SUBMITTED,
    ACCEPTED schedule SCHEDULED, ACCEPTED recordArrival ARRIVED, ACCEPTED recordNoShow NO_SHOW,
    ACCEPTED reroute SUBMITTED, SCHEDULED schedule SCHEDULED, SCHEDULED recordArrival ARRIVED, SCHEDULED recordNoShow NO_SHOW,
    SCHEDULED reroute SUBMITTED, NO_SHOW reroute SUBMITTED, NO_SHOW close CLOSED, ARRIVED admit ADMITTED,
    ARRIVED turnAway SUBMITTED, ARRIVED close CLOSED, ADMITTED discharge CLOSED,
    SUBMITTED cancel CANCELLED, NEEDS_INFO cancel CANCELLED, OFFERED cancel CANCELLED, WAITLISTED cancel CANCELLED,
    ACCEPTED cancel CANCELLED, SCHEDULED cancel CANCELLED, NO_SHOW cancel CANCELLED,
    SUBMITTED recall RECALLED, NEEDS_INFO recall RECALLED, OFFERED recall RECALLED, WAITLISTED recall RECALLED,
    ACCEPTED recall RECALLED, SCHEDULED recall RECALLED, NO_SHOW recall RECALLED`,
  offer: `
    PENDING acknowledge ACKNOWLEDGED, PENDING accept ACCEPTED, PENDING decline DECLINED, PENDING expire EXPIRED,
    PENDING withdraw WITHDRAWN, ACKNOWLEDGED accept ACCEPTED, ACKNOWLEDGED decline DECLINED, ACKNOWLEDGED expire EXPIRED,
    ACKNOWLEDGED withdraw WITHDRAWN`,
  'hand-off': `RELEASED receive RECEIVED, RELEASED file FILED, RELEASED cancel CANCELLED`,
};

it.each(machines.map((one) => [one.name, one] as const))(
  'the %s machine takes the paths of the domain and no other',
  (name, one) => {
    const taken = one.states.flatMap((from) =>
      one.commands(from).map((command) => `${from} ${command} ${one.next(from, command) as string}`),
    );
    const written = (paths[name] ?? '').split(',').map((path) => path.trim());
    expect(taken.sort()).toEqual(written.sort());
  },
);

describe('domain rules of the tables', () => {
  it('ends before admission by cancel or recall, and after arrival no more', () => {
    const may = (state: Parameters<typeof referralMachine.commands>[0], command: string) =>
      (referralMachine.commands(state) as string[]).includes(command);
    for (const state of [
      'SUBMITTED',
      'NEEDS_INFO',
      'OFFERED',
      'WAITLISTED',
      'ACCEPTED',
      'SCHEDULED',
      'NO_SHOW',
    ] as const) {
      expect([may(state, 'cancel'), may(state, 'recall')]).toEqual([true, true]);
    }
    for (const state of ['ARRIVED', 'ADMITTED'] as const) {
      expect([may(state, 'cancel'), may(state, 'recall')]).toEqual([false, false]);
    }
  });

  it('knows which offers wait for an answer', () => {
    expect(offerMachine.states.filter(isLive)).toEqual(['PENDING', 'ACKNOWLEDGED']);
  });
});
