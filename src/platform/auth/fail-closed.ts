import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS_POLICY, type AccessPolicy } from './access-policy';
import { ACCESS, type AccessRule } from './access.decorator';

const OPERATIONS: readonly unknown[] = ['Query', 'Mutation', 'Subscription'];

const isOperation = (method: object): boolean =>
  OPERATIONS.includes(Reflect.getMetadata('graphql:resolver_type', method));
const isRoute = (method: object): boolean => Reflect.getMetadata('path', method) !== undefined;

/** The app refuses to start while an operation or a route has not said who may call it, by a row of the access table. */
@Injectable()
export class FailClosed implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    @Inject(ACCESS_POLICY) private readonly policy: AccessPolicy,
  ) {}

  onModuleInit(): void {
    const open = [
      ...this.#withoutRule(this.discovery.getProviders(), isOperation),
      ...this.#withoutRule(this.discovery.getControllers(), isRoute),
    ];
    if (open.length > 0) throw new Error(`No @Access on: ${open.join(', ')}`);
  }

  /** What is wrong with the rule. One that names no row would shut the operation to everybody, and nobody would know why. */
  #faultOf(rule: AccessRule | undefined, mayBePublic: boolean): string | null {
    if (rule === undefined) return '';
    if (rule === 'public') return mayBePublic ? null : ' (only a route may be public)';
    const { resources } = this.policy;
    const row = Object.hasOwn(resources, rule.resource) ? resources[rule.resource] : undefined;
    const isKnown = row !== undefined && Object.hasOwn(row.commands, rule.command);
    return isKnown ? null : ` (${rule.resource}:${rule.command} is no row of the access table)`;
  }

  #withoutRule(owners: readonly { readonly instance?: unknown }[], isEntrance: (method: object) => boolean): string[] {
    return owners.flatMap(({ instance }) => {
      const prototype: unknown = instance ? Object.getPrototypeOf(instance) : null;
      if (prototype === null || typeof prototype !== 'object') return [];
      const methods = prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => typeof methods[name] === 'function' && isEntrance(methods[name]))
        .flatMap((name) => {
          const method = methods[name] as object;
          const rule = Reflect.getMetadata(ACCESS, method) as AccessRule | undefined;
          const fault = this.#faultOf(rule, !isOperation(method));
          return fault === null ? [] : [`${prototype.constructor.name}.${name}${fault}`];
        });
    });
  }
}
