import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { Actor } from '../../access';
import { forbidden, unauthenticated } from '../graphql/errors';
import { ACCESS_POLICY, type AccessPolicy } from './access-policy';
import { ACCESS, type AccessRule } from './access.decorator';

const actorOf = (context: ExecutionContext): Actor | null =>
  context.getType<GqlContextType>() === 'graphql'
    ? GqlExecutionContext.create(context).getContext<{ actor: Actor | null }>().actor
    : null;

/**
 * First wall, before any record is read. Throws UNAUTHENTICATED without a sign-in and FORBIDDEN where no row of the
 * access table lets the role (and the scopes) use the operation at all.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(ACCESS_POLICY) private readonly policy: AccessPolicy,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (rule === 'public') return true;
    if (rule === undefined) throw forbidden();
    const actor = actorOf(context);
    if (actor === null) throw unauthenticated();
    if (!this.policy.mayCall(actor, rule.resource, rule.command)) throw forbidden();
    return true;
  }
}
