import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import type { Actor } from '../../access';
import { subjectOfInput } from '../audit/audit-entry';
import { inAnnex } from '../database/annex';
import { UnitOfWork } from '../database/unit-of-work';
import { forbidden, unauthenticated } from '../graphql/errors';
import { typesShownBy } from '../graphql/led-to';
import { unauthenticatedCalls } from '../health/metrics';
import { ACCESS_POLICY, type AccessPolicy } from './access-policy';
import { ACCESS, type AccessRule } from './access.decorator';

interface Call {
  readonly actor: Actor | null;
  readonly requestId?: string;
  /** As clients call it. */
  readonly operation: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Types of which it tells that there are records; a mutation tells of what the caller names or makes. */
  readonly shows: readonly string[];
}

const callOf = (context: ExecutionContext): Call | null => {
  if (context.getType<GqlContextType>() !== 'graphql') return null;
  const called = GqlExecutionContext.create(context);
  const { actor, requestId } = called.getContext<{ actor: Actor | null; requestId: string }>();
  const { fieldName, operation, returnType } =
    called.getInfo<Pick<GraphQLResolveInfo, 'fieldName' | 'operation' | 'returnType'>>();
  const shows = operation.operation === OperationTypeNode.MUTATION ? [] : typesShownBy(returnType);
  return { actor, requestId, operation: fieldName, args: called.getArgs<Record<string, unknown>>(), shows };
};

/**
 * First wall, before any record is read. Throws UNAUTHENTICATED without a sign-in and FORBIDDEN where no row of the
 * access table lets the role (and the scopes) use the operation at all, narrow it by what was given, or be told that there are
 * records of what it answers with; that refusal is in the audit trail before it is told.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly unitOfWork: UnitOfWork,
    @Inject(ACCESS_POLICY) private readonly policy: AccessPolicy,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (rule === 'public') return true;
    if (rule === undefined) throw forbidden();
    const call = callOf(context);
    if (call === null || call.actor === null) {
      unauthenticatedCalls.inc();
      throw unauthenticated();
    }
    if (this.mayAsk(call.actor, call, rule)) return true;
    await this.noteRefusal(call.actor, call, rule.resource);
    throw forbidden();
  }

  private mayAsk(actor: Actor, call: Call, { resource, command }: Exclude<AccessRule, 'public'>): boolean {
    return (
      this.policy.mayCall(actor, resource, command) &&
      this.mayNarrow(actor, call) &&
      call.shows.every((type) => this.policy.mayCount(actor, type))
    );
  }

  /** By what was given, and by nothing that a mutation is told: those are words, and its command decides over them. */
  private mayNarrow(actor: Actor, { operation, args }: Call): boolean {
    return Object.entries(args).every(
      ([argument, value]) =>
        value === null ||
        value === undefined ||
        this.policy.narrowingOf(operation, argument) === undefined ||
        this.policy.mayNarrow(actor, operation, argument),
    );
  }

  private async noteRefusal(actor: Actor, { operation, args, requestId }: Call, resource: string): Promise<void> {
    const { subjectId } = subjectOfInput(args['input'] ?? args);
    const refused = { kind: 'REFUSAL', refusal: 'FORBIDDEN' } as const;
    const notes = [{ action: operation, subjectType: resource, subjectId }];
    // In the agency’s trail it would stand beside what else was done in that minute.
    if (this.policy.resources[resource]?.isApart) await this.unitOfWork.note(inAnnex(actor), refused, notes);
    else await this.unitOfWork.note(actor, { ...refused, requestId }, notes);
  }
}
