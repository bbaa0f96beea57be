import type { Reading } from '../../src/access';
import { accessPolicy } from '../../src/platform/auth/access-policy';
import type { SignIn } from '../../src/platform/auth/sign-in';
import { AuditKeys } from '../../src/platform/audit/audit-keys';
import { AuditWriter } from '../../src/platform/audit/audit-writer';
import { RequestContext } from '../../src/platform/graphql/context';
import { Doorkeeper } from '../../src/platform/limits/doorkeeper';
import { OperationLimits } from '../../src/platform/limits/operation-limits';

interface Caller {
  readonly authorization: string | undefined;
}
type SignsIn = Pick<SignIn, 'actorOf'>;

const nothing = (): Promise<void> => Promise.resolve();
const SIGNATURE = Buffer.alloc(32);
const ANYTHING: Reading = { grant: { relation: 'ANYONE', roles: [], classes: [] } };

/**
 * How a process of the benchmark takes one wall down, to be measured without it. The product has no such switch: nothing outside
 * `bench` can ask for it, and what is taken down here is taken down in this process only.
 */
export const walls = {
  'field policy': () => Object.assign(accessPolicy, { reading: () => ANYTHING }),
  'trail and ledger of what is read': () =>
    Object.assign(RequestContext.prototype, { settle: () => Promise.resolve([]) }),
  'signatures of the trail': () => Object.assign(AuditKeys.prototype, { sign: () => SIGNATURE }),
  'whole trail': () => Object.assign(AuditWriter.prototype, { send: nothing }),
  'rate limits': () => {
    Object.assign(OperationLimits.prototype, { spend: nothing });
    Object.assign(Doorkeeper.prototype, {
      letIn: ({ authorization }: Caller, signIn: SignsIn) => signIn.actorOf(authorization),
    });
  },
} as const;
export type Wall = keyof typeof walls;

/** The one wall that stands in the database: it is taken down in a copy of it. */
export const ROWS = 'row-level security';
/** What tells a process of the benchmark which wall to take down. */
export const WITHOUT = 'BENCH_WITHOUT';

export const isWall = (name: string | undefined): name is Wall => name !== undefined && Object.hasOwn(walls, name);
