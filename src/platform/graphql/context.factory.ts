import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { PinoLogger } from 'nestjs-pino';
import { isPurposeOf, purposesOfRole, type Actor } from '../../access';
import { SignIn } from '../auth/sign-in';
import { Doorkeeper } from '../limits/doorkeeper';
import { Unavailable } from '../database/failures';
import { SharedOperation } from '../database/shared-operation';
import { UnitOfWork } from '../database/unit-of-work';
import type { WayOut } from '../disclosure/ledger-line';
import { ReleaseLog } from '../disclosure/release-log';
import { faults, unauthenticatedCalls } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { noteActor, recordOf } from '../logging/request-record';
import { RequestContext, type Readers } from './context';
import { badRequest, internalFault, retryLater, unauthenticated } from './errors';
import { printable } from './text';
import { needsSignIn } from './without-sign-in';

const USER_AGENT_LIMIT = 200;
/** The request header that says why somebody asks, where their role may ask for more than one reason. */
const PURPOSE = 'handrail-purpose';

/** The actor with the purpose the request names. Throws BAD_USER_INPUT for one the role does not have. */
const asking = (actor: Actor | null, purpose: string | string[] | undefined): Actor | null => {
  if (actor === null || purpose === undefined) return actor;
  if (typeof purpose === 'string' && isPurposeOf(actor.role, purpose)) return { ...actor, purpose };
  throw badRequest(
    'This is no purpose of your role.',
    PURPOSE,
    `Leave the header out, or send one of: ${purposesOfRole[actor.role].join(', ')}.`,
  );
};

type NewsAsker = Pick<RequestContext, 'actor' | 'userAgent' | 'record'>;

/** Finds out who asks before anything else of an operation is looked at. */
@Injectable()
export class ContextFactory {
  constructor(
    private readonly signIn: SignIn,
    private readonly doorkeeper: Doorkeeper,
    private readonly unitOfWork: UnitOfWork,
    private readonly releaseLog: ReleaseLog,
    private readonly logger: PinoLogger,
  ) {}

  readonly #readers: Readers = {
    each: (actor) => this.unitOfWork.reader(actor),
    operation: (actor) => this.unitOfWork.operation(actor),
    account: (leaving) => this.releaseLog.account(leaving),
  };

  /**
   * Throws UNAUTHENTICATED for a bad token, or for none where anything of ours is asked for, RATE_LIMITED for too many of them,
   * RETRY_LATER when it cannot be checked now.
   */
  async make(request: FastifyRequest): Promise<RequestContext> {
    const record = recordOf(request.raw);
    const actor = asking(await this.#actorOf(request, record?.requestId ?? 'none'), request.headers[PURPOSE]);
    noteActor(record, actor);
    if (actor === null && needsSignIn(request.body)) {
      unauthenticatedCalls.inc();
      throw unauthenticated();
    }
    const agent = request.headers['user-agent'];
    const userAgent = agent === undefined ? null : printable(agent).slice(0, USER_AGENT_LIMIT);
    return new RequestContext({ actor, userAgent, record, readers: this.#readers });
  }

  /** For an operation that came over no request of its own, read or done as this actor and sent by this way. */
  forActor(actor: Actor, way: WayOut, requestId: string): RequestContext {
    return new RequestContext({ actor, userAgent: null, record: { requestId }, readers: this.#readers, way });
  }

  /** For what a subscription asks before it has an event. */
  forNews({ actor, userAgent, record }: NewsAsker): RequestContext {
    return new RequestContext({ actor, userAgent, record, readers: this.#readers, way: 'SUBSCRIPTION' });
  }

  /** For so many events that are answered at once: a context each, and one transaction for all. */
  forEvents({ actor, userAgent, record }: NewsAsker, count: number): RequestContext[] {
    if (actor === null) throw unauthenticated();
    const shared = new SharedOperation(this.unitOfWork.operation(actor));
    return Array.from({ length: count }, () => {
      const share = shared.share();
      const readers = { ...this.#readers, operation: () => share };
      const context = new RequestContext({ actor, userAgent, record, readers, way: 'SUBSCRIPTION' });
      context.readInOneTransaction();
      return context;
    });
  }

  async #actorOf({ ip, headers: { authorization } }: FastifyRequest, requestId: string): Promise<Actor | null> {
    try {
      return await this.doorkeeper.letIn({ address: ip, authorization }, this.signIn);
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      if (error instanceof Unavailable) throw retryLater();
      faults.inc();
      this.logger.error({ fault: describeFault(error) }, 'unexpected error at sign-in');
      throw internalFault(requestId);
    }
  }
}
