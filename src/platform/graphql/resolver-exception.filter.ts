import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';

/**
 * Hands what a resolver threw on to Apollo as it is. Without it Nest writes every such error to the log first: what callers got
 * wrong as errors of ours, and messages of the database with the values they quote. The answer plugin logs faults, once.
 */
@Catch()
export class ResolverExceptionFilter extends BaseExceptionFilter implements ExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType<GqlContextType>() === 'graphql') throw exception;
    super.catch(exception, host);
  }
}
