import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS } from './access.decorator';

const OPERATIONS: readonly unknown[] = ['Query', 'Mutation', 'Subscription'];

const isOperation = (method: object): boolean =>
  OPERATIONS.includes(Reflect.getMetadata('graphql:resolver_type', method));
const isRoute = (method: object): boolean => Reflect.getMetadata('path', method) !== undefined;

/** The app refuses to start while an operation or a route has not said who may call it. */
@Injectable()
export class FailClosed implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const open = [
      ...this.#withoutRule(this.discovery.getProviders(), isOperation),
      ...this.#withoutRule(this.discovery.getControllers(), isRoute),
    ];
    if (open.length > 0) throw new Error(`No @Access on: ${open.join(', ')}`);
  }

  #withoutRule(owners: readonly { readonly instance?: unknown }[], isEntrance: (method: object) => boolean): string[] {
    return owners.flatMap(({ instance }) => {
      const prototype: unknown = instance ? Object.getPrototypeOf(instance) : null;
      if (prototype === null || typeof prototype !== 'object') return [];
      const methods = prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => typeof methods[name] === 'function' && isEntrance(methods[name]))
        .filter((name) => Reflect.getMetadata(ACCESS, methods[name] as object) === undefined)
        .map((name) => `${prototype.constructor.name}.${name}`);
    });
  }
}
