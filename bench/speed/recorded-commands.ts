import { AppModule } from '../../src/app.module';
import type { Need } from '../../src/matching/engine/need';
import { settingsFrom } from '../../src/platform/config';
import { createHttpApp } from '../../src/platform/http';
import { acceptDocument, PLACED_AT_ONCE, submitDocument, submitVariables } from './jobs';
import type { Member } from './people';
import { placementOf, type Placement } from './recorded-place';
import { record } from './recording';
import { scriptOf, type Script } from './replay';

export interface Asker {
  readonly member: Member;
  readonly token: string;
}

/** Sends a document as somebody; throws when the answer lacks the sign that it was done. */
type Send = (asker: Asker, asked: { query: string; variables: object }, sign: string) => Promise<void>;

const constantsOf = ({ member: { accountId, agencyId, membershipId } }: Asker) => [accountId, agencyId, membershipId];

/** The application in this process, for as long as its statements are taken down. */
export const withApplication = async <Taken>(
  environment: NodeJS.ProcessEnv,
  take: (send: Send) => Promise<Taken>,
): Promise<Taken> => {
  const settings = settingsFrom(environment, 'serve');
  const app = await createHttpApp(AppModule.with(settings), settings);
  await app.init();
  try {
    return await take(async ({ token }, payload, sign) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await app.inject({ method: 'POST', url: '/graphql', payload, headers });
      if (!answer.body.includes(sign)) throw new Error(`a command failed while it was taken down: ${answer.body}`);
    });
  } finally {
    await app.close();
  }
};

/** What Handrail itself sends for one acceptance, taken down from the application: the others play exactly that. */
export const recordAccept = async (send: Send, asker: Asker, offerIds: readonly string[]): Promise<Script> => {
  const accept = (id: string): Promise<void> => send(asker, { query: acceptDocument, variables: { id } }, '"ACCEPTED"');
  const [known = '', recorded = ''] = offerIds;
  // Once before, so that nobody signs in while it is taken down.
  await accept(known);
  const transactions = await record(() => accept(recorded));
  return scriptOf(transactions, recorded, constantsOf(asker));
};

/** The same for one submission of each need, each placed at once. */
export const recordPlacements = async (send: Send, asker: Asker, needs: readonly Need[]): Promise<Placement[]> => {
  const placements: Placement[] = [];
  const submit = (need: Need): Promise<void> =>
    send(asker, { query: submitDocument, variables: submitVariables(need) }, PLACED_AT_ONCE);
  for (const need of needs) {
    if (placements.length === 0) await submit(need);
    placements.push(await placementOf(need, await record(() => submit(need)), constantsOf(asker)));
  }
  return placements;
};
