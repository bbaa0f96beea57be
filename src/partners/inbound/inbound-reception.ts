import { Injectable } from '@nestjs/common';
import { getOperationAST, getVariableValues, GraphQLError, type DocumentNode, type ExecutionResult } from 'graphql';
import type { Actor } from '../../access';
import { ServiceAccountsService } from '../../agencies';
import { isUuid } from '../../kernel/id';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { badInput, Operations, unauthenticated } from '../../platform/graphql';
import { OperationLimits } from '../../platform/limits';
import { isSigned } from '../webhooks/webhook-secrets';
import { inboundKinds } from './inbound-kinds';
import { InboundWebhooksStore, type Entrance } from './inbound-webhooks.store';

export interface Pushed {
  readonly endpointId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came: what was signed. */
  readonly text: string;
  readonly body: unknown;
  readonly requestId: string;
}

/** Long enough not to be met by chance, short enough to stand beside the endpoint’s id in a key. */
const MESSAGE_ID = /^[\x21-\x7e]{8,150}$/;

/** One word for every reason a guesser could learn something from. */
const stranger = (): GraphQLError => unauthenticated('No open endpoint has this id and this signature, at this time.');

const readable = (
  document: DocumentNode,
  given: Readonly<Record<string, unknown>>,
  schema: Parameters<typeof getVariableValues>[0],
): void => {
  const { errors } = getVariableValues(schema, getOperationAST(document)?.variableDefinitions ?? [], given, {
    maxErrors: 1,
  });
  if (!errors) return;
  const [, path] = / at "([^"]{1,200})"/.exec(errors[0]?.message ?? '') ?? [];
  const field = path === undefined ? 'data' : path.replace(/^input\b/, 'data');
  throw badInput(
    '`data` is not what this kind takes.',
    field,
    'Send what the mutation of this kind takes as its input.',
  );
};

/** Takes what a partner system pushes: signed, within five minutes, once; and does it in its name, as the API would. */
@Injectable()
export class InboundReception {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: InboundWebhooksStore,
    private readonly systems: ServiceAccountsService,
    private readonly operations: Operations,
    private readonly limits: OperationLimits,
  ) {}

  /** The mutation’s answer. Throws coded errors: UNAUTHENTICATED, BAD_USER_INPUT, RATE_LIMITED. */
  async take(pushed: Pushed): Promise<ExecutionResult> {
    const { entrance, actor } = await this.#letIn(pushed);
    const messageId = pushed.headers['webhook-id'] ?? '';
    if (!MESSAGE_ID.test(messageId)) {
      throw badInput('An id has 8 to 150 printable characters.', 'webhook-id', 'Send one id for each message.');
    }
    const { type, document, variables } = inboundKinds[entrance.kind];
    const { type: said, data } = pushed.body as { type?: unknown; data?: unknown };
    if (said !== type) throw badInput('Another kind is taken here.', 'type', `Send ${type}.`);
    const given = { ...variables(data), key: `inbound ${entrance.id} ${messageId}` };
    readable(document, given, this.operations.schema);
    const operation = getOperationAST(document);
    if (operation) await this.limits.spend(actor, document, operation);
    const context = this.operations.contextOf(actor, 'GRAPHQL', pushed.requestId);
    return this.operations.run({ document, variables: given, context });
  }

  async #letIn({ endpointId, headers, text }: Pushed): Promise<{ entrance: Entrance; actor: Actor }> {
    if (!isUuid(endpointId)) throw stranger();
    const entrance = await this.store.entrance(this.unitOfWork.reader(systemActor(NO_AGENCY)), endpointId);
    if (!entrance || !isSigned(text, headers, entrance.secrets)) throw stranger();
    const reader = this.unitOfWork.reader(systemActor(entrance.agencyId));
    const actor = await this.systems.actor(reader, entrance.membershipId);
    if (!actor) throw stranger();
    return { entrance, actor };
  }
}
