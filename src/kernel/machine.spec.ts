import fc from 'fast-check';
import { machine } from './machine';
import { isRefusal } from './refusal';

const door = machine<'OPEN' | 'SHUT' | 'GONE', 'shut' | 'open' | 'remove'>('door', 'OPEN', {
  OPEN: { shut: 'SHUT' },
  SHUT: { open: 'OPEN', remove: 'GONE' },
  GONE: {},
});

describe('a machine', () => {
  it('takes the step its table names, and refuses every other with what is allowed', () => {
    expect(door.next('OPEN', 'shut')).toBe('SHUT');
    const refused = door.next('OPEN', 'remove');
    expect(isRefusal(refused) && [refused.code, refused.details['allowed']]).toEqual(['ILLEGAL_TRANSITION', ['shut']]);
  });

  it('knows its states, its ends and what is allowed now', () => {
    expect([door.initial, door.states]).toEqual(['OPEN', ['OPEN', 'SHUT', 'GONE']]);
    expect(door.states.filter((state) => door.isFinal(state))).toEqual(['GONE']);
    expect(door.commands('SHUT')).toEqual(['open', 'remove']);
  });

  it('never does nothing in silence: a walk of any commands ends where the table says or is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('shut', 'open', 'remove')), (walk) => {
        let state = door.initial;
        for (const command of walk) {
          const next = door.next(state, command);
          expect(isRefusal(next)).toBe(!door.commands(state).includes(command));
          if (!isRefusal(next)) state = next;
        }
        return door.states.includes(state);
      }),
    );
  });

  it('does not load with a state nobody can reach', () => {
    expect(() => machine<'ON' | 'OFF', 'never'>('lamp', 'ON', { ON: {}, OFF: {} })).toThrow(
      'lamp machine: unreachable states OFF',
    );
  });

  it('draws itself', () => {
    expect(door.mermaid()).toBe(
      [
        'stateDiagram-v2',
        '  [*] --> OPEN',
        '  OPEN --> SHUT: shut',
        '  SHUT --> OPEN: open',
        '  SHUT --> GONE: remove',
        '  GONE --> [*]',
      ].join('\n'),
    );
  });
});
