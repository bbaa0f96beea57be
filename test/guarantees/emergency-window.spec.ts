import fc from 'fast-check';
import { inDepth } from '../setup/thorough';
import { EmergencyWard } from '../stories/emergency';

const WINDOW = 4 * 60;

type Step =
  | { readonly do: 'open' }
  | { readonly do: 'end'; readonly which: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'read'; readonly which: number };

const step = fc.oneof(
  fc.constant<Step>({ do: 'open' }),
  fc.nat(3).map((which): Step => ({ do: 'end', which })),
  fc.constantFrom(1, 60, WINDOW - 1, WINDOW + 1).map((minutes): Step => ({ do: 'wait', minutes })),
  { weight: 3, arbitrary: fc.nat(3).map((which): Step => ({ do: 'read', which })) },
);

interface Window {
  readonly id: string;
  /** Minutes on the test’s clock. */
  readonly closesAt: number;
  hasEnded: boolean;
}

describe('a record opened in an emergency', () => {
  let ward: EmergencyWard;
  beforeAll(async () => {
    ward = await EmergencyWard.open();
  });
  afterAll(() => ward.close());

  const countOf = async (text: string, id: string): Promise<number> =>
    (await ward.app.owner<{ n: number }>(text, [id]))[0]?.n ?? 0;
  const ledgerOf = (id: string) =>
    countOf(`select count(*)::int as n from disclosure where what -> 'EmergencyRecord' -> 'ids' ? $1`, id);
  const readingsOf = (id: string) =>
    countOf(
      `select count(distinct decision_id)::int as n from audit_entry where kind = 'READ' and details -> 'EmergencyRecord' -> 'ids' ? $1`,
      id,
    );

  it('shows inside its time only, however opening, ending, waiting and reading follow each other, and never off the ledger', async () => {
    const phone = ward.phone();
    await ward.inTreatment(phone);
    let now = 0;

    const read = async ({ id, closesAt, hasEnded }: Window): Promise<void> => {
      const [lines, readings] = [await ledgerOf(id), await readingsOf(id)];
      const record = await ward.record('medic', id);
      const isOpen = !hasEnded && now < closesAt;
      expect([record?.['familyName'] ?? null, record === null]).toEqual([isOpen ? 'Sample' : null, !isOpen]);
      // One line for the words of the police, one for the words of the program.
      expect(await ledgerOf(id)).toBe(lines + (isOpen ? 2 : 0));
      expect(await readingsOf(id)).toBe(readings + (isOpen ? 1 : 0));
    };
    const end = async (window: Window): Promise<void> => {
      const wasOpen = !window.hasEnded && now < window.closesAt;
      const said = await ward.end('medic', window.id);
      expect(said['isActive'] ?? said['code']).toBe(wasOpen ? false : 'ILLEGAL_TRANSITION');
      window.hasEnded = true;
    };

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const windows: Window[] = [];
        for (const one of steps) {
          if (one.do === 'wait') {
            ward.app.clock.advance(one.minutes);
            now += one.minutes;
          } else if (one.do === 'open') {
            const { id } = await ward.break('medic', { phone });
            windows.push({ id: String(id), closesAt: now + WINDOW, hasEnded: false });
          } else {
            const window = windows[one.which % Math.max(windows.length, 1)];
            if (window) await (one.do === 'end' ? end(window) : read(window));
          }
        }
        for (const window of windows) await read(window);
      }),
      { numRuns: inDepth(6, 25), endOnFailure: true },
    );
  });
});
