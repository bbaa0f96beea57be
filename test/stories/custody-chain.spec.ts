import fc from 'fast-check';
import { sampleActor, type SampleUserName } from '../../src/sample';
import { custodyCommands, referenceOf, type Room } from '../builders/custody-chain';
import { buildBag, tell, type Told } from '../builders/surrenders';
import { inDepth } from '../setup/thorough';
import { Region } from './region';

describe('what was handed in, from hand to hand', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const as = async (user: SampleUserName) => region.app.as(sampleActor(user));
  const tells = async (user: SampleUserName, name: string, input: object): Promise<Told> =>
    tell(await as(user), name, input);
  const reads = async <Data>(user: SampleUserName, query: string, variables = {}): Promise<Data | null> =>
    (await (await as(user))<Data>(query, variables)).data;
  const alertsOf = async (id: string) =>
    (
      await reads<{ surrender: { alerts: { id: string; kind: string; position: number; finding: string | null }[] } }>(
        'custodian',
        'query($id: ID!) { surrender(id: $id) { alerts { id kind position finding } } }',
        { id },
      )
    )?.surrender.alerts ?? [];
  const answerAll = async (surrenderId: string, finding: string): Promise<void> => {
    for (const { id: alertId, finding: found } of await alertsOf(surrenderId)) {
      if (found === null || found === 'UNDER_INVESTIGATION') {
        expect(await tells('custodian', 'answerCustodyAlert', { alertId, finding })).toMatchObject({ code: null });
      }
    }
  };

  it('comes in with no words that lead to a person, and no result', async () => {
    const referralId = '01906f2a-5b3c-7d1e-8f00-0123456789ab';
    const mutation =
      'mutation ($input: OpenSurrenderInput!) { openSurrender(input: $input) { ... on Refused { code } } }';
    for (const [field, text] of [
      ['description', `One bag for ${referralId}`],
      ['place', 'Lobby, call 614-555-0100'],
      ['propertyNumber', referralId.replaceAll('-', '')],
      ['sealNumber', referralId],
    ] as const) {
      const { errors } = await (await as('officer'))(mutation, { input: buildBag({ [field]: text }) });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: `input.${field}` });
      expect(JSON.stringify(errors)).not.toContain(text);
    }
    const invalidDescription = { code: 'INVALID_INPUT', field: 'input.description' };
    const told = (description: string) => tells('officer', 'openSurrender', buildBag({ description }));
    expect(await told('Powder, tested positive for fentanyl')).toMatchObject(invalidDescription);
    expect(await told('One bag of heroin')).toMatchObject(invalidDescription);
    expect(await told('Two patches labelled fentanyl, unopened')).toMatchObject({ code: null });
  });

  it('is not destroyed while something is unanswered, nor seen in two ways unnoticed', async () => {
    const bag = buildBag();
    const { id: surrenderId } = await tells('officer', 'openSurrender', bag);
    await tells('officer-two', 'countersignSurrender', { surrenderId });
    const { sealNumber, sealedGrossWeightGrams } = bag;
    const found = { surrenderId, sealNumber, sealedGrossWeightGrams, place: 'Furnace' };
    // The keeper lays out what the keeper never received, and lighter.
    const laidOut = { ...found, sealedGrossWeightGrams: 9 };
    expect(await tells('custodian', 'proposeDestruction', laidOut)).toMatchObject({ code: null });
    const seen = { surrenderId, place: 'Furnace', method: 'incinerated' };
    const refused = await tells('officer', 'witnessDestruction', seen);
    expect(refused).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    // An officer is not told what was raised.
    expect(refused.details).not.toHaveProperty('alerts');
    await answerAll(surrenderId, 'UNDER_INVESTIGATION');
    expect(await tells('officer', 'witnessDestruction', seen)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    // What is investigated goes back into the room.
    expect(await tells('custodian', 'releaseCustody', { surrenderId, place: 'Furnace' })).toMatchObject({ code: null });
    expect(await tells('officer', 'receiveCustody', { ...found, place: 'Room' })).toMatchObject({ code: null });
    expect(await tells('officer', 'releaseCustody', { surrenderId, place: 'Room' })).toMatchObject({ code: null });
    expect(await tells('custodian', 'receiveCustody', { ...found, place: 'Room' })).toMatchObject({ code: null });
    await answerAll(surrenderId, 'EXPLAINED');
    expect(await tells('custodian', 'proposeDestruction', found)).toMatchObject({ code: null });
    expect(await tells('officer', 'witnessDestruction', seen)).toMatchObject({ code: null });
    const otherwise = { ...seen, method: 'dissolved' };
    expect(await tells('officer-two', 'witnessDestruction', otherwise)).toMatchObject({ code: null });
    expect((await alertsOf(surrenderId)).map(({ kind, position }) => `${position} ${kind}`)).toEqual([
      ...['3 CUSTODY_GAP', '3 WEIGHT_DIFFERS', '10 WITNESSES_DIFFER'],
    ]);
  });

  it('goes from hand to hand in whatever order, and what has to be looked into is raised exactly', async () => {
    await fc.assert(
      fc.asyncProperty(custodyCommands(), async (commands) => {
        const bag = buildBag({ sealedGrossWeightGrams: 100 });
        const { id: surrenderId } = await tells('officer', 'openSurrender', bag);
        const model = referenceOf(bag);
        const real: Room = { surrenderId, tells, alerts: () => alertsOf(surrenderId) };
        await fc.asyncModelRun(() => ({ model, real }), commands);
        const listed = (alerts: Awaited<ReturnType<Room['alerts']>> | typeof model.alerts) =>
          alerts.map(({ kind, position, finding }) => `${position} ${kind} ${finding}`).sort();
        expect(listed(await alertsOf(surrenderId))).toEqual(listed(model.alerts));
      }),
      { numRuns: inDepth(3, 40) },
    );
  });

  it('raises what lasts too long, once, and lets the keeper answer for good', async () => {
    const { id: surrenderId } = await tells('officer', 'openSurrender', buildBag());
    await region.wait(61);
    await region.wait(1);
    const open = '{ custodyAlerts(first: 100) { nodes { id kind isOverdue surrender { id } } } }';
    type Alerts = {
      custodyAlerts: { nodes: { id: string; kind: string; isOverdue: boolean; surrender: { id: string } }[] };
    };
    const mine = async () =>
      (await reads<Alerts>('custodian', open))?.custodyAlerts.nodes.filter(
        ({ surrender }) => surrender.id === surrenderId,
      ) ?? [];
    const [alert, ...others] = await mine();
    expect([alert, others]).toMatchObject([{ kind: 'NOT_COUNTERSIGNED', isOverdue: false }, []]);
    await region.wait(24 * 60);
    expect(await mine()).toMatchObject([{ isOverdue: true }]);
    const answer = { alertId: alert?.id, finding: 'UNDER_INVESTIGATION' };
    expect(await tells('custodian', 'answerCustodyAlert', answer)).toMatchObject({ code: null });
    expect(await tells('custodian', 'answerCustodyAlert', { ...answer, finding: 'EXPLAINED' })).toMatchObject({
      code: null,
    });
    expect(await tells('custodian', 'answerCustodyAlert', { ...answer, finding: 'CORRECTED' })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await mine()).toEqual([]);
  });
});
