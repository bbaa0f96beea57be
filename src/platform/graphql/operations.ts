import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { execute, getOperationAST, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { PinoLogger } from 'nestjs-pino';
import type { Actor } from '../../access';
import type { WayOut } from '../disclosure/ledger-line';
import { reportFault } from './answer.plugin';
import type { RequestContext } from './context';
import { ContextFactory } from './context.factory';
import { isUnexpected } from './errors';
import { released } from './released';

/** One operation, asked in somebody’s name. */
export interface AskedFor {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

/**
 * Operations of Handrail’s own documents in the name of a partner system, for what comes and goes by another way than a request
 * to the API: the same guard, the same field policy, the same way out with its ledger and trail.
 */
@Injectable()
export class Operations {
  constructor(
    private readonly modules: ModuleRef,
    private readonly logger: PinoLogger,
  ) {}

  get schema(): GraphQLSchema {
    return this.modules.get(GraphQLSchemaHost, { strict: false }).schema;
  }

  /** Everything read under it is one answer. Whoever opens it calls `run`, or ends it. */
  contextOf(actor: Actor, way: WayOut, requestId: string): RequestContext {
    return this.modules.get(ContextFactory, { strict: false }).forActor(actor, way, requestId);
  }

  /** Nothing of the answer may leave that this did not return. Faults of ours are logged, and are among the errors. */
  async run({ document, variables, context }: AskedFor): Promise<ExecutionResult> {
    const { schema } = this;
    const operation = getOperationAST(document) ?? undefined;
    const result = await released(operation, context, async () =>
      execute({ schema, document, variableValues: variables, contextValue: context }),
    );
    for (const error of result.errors ?? []) if (isUnexpected(error)) reportFault(this.logger, error, context);
    return result;
  }
}
