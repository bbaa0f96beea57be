import { AppModule } from '../../src/app.module';
import { settingsFrom } from '../../src/platform/config';
import { createHttpApp } from '../../src/platform/http';
import { acceptDocument } from './jobs';
import type { Member } from './people';
import { record } from './recording';
import { scriptOf, type Script } from './replay';

export interface Asker {
  readonly member: Member;
  readonly token: string;
}

/** What Handrail itself sends for one acceptance, taken down from the application: the others play exactly that. */
export const recordAccept = async (
  environment: NodeJS.ProcessEnv,
  { member, token }: Asker,
  offerIds: readonly string[],
): Promise<Script> => {
  const settings = settingsFrom(environment, 'serve');
  const app = await createHttpApp(AppModule.with(settings), settings);
  await app.init();
  const accept = async (id: string): Promise<void> => {
    const answer = await app.inject({
      ...{ method: 'POST', url: '/graphql', payload: { query: acceptDocument, variables: { id } } },
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.body.includes('"ACCEPTED"')) throw new Error(`an acceptance failed: ${answer.body}`);
  };
  const [known = '', recorded = ''] = offerIds;
  try {
    // Once before, so that nobody signs in while it is taken down.
    await accept(known);
    const transactions = await record(() => accept(recorded));
    return scriptOf(transactions, recorded, [member.accountId, member.agencyId, member.membershipId]);
  } finally {
    await app.close();
  }
};
