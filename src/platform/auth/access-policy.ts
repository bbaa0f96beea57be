import { isOpenField, mayCall, mayRead, resources, type Actor, type Facts } from '../../access';

/** The part of the access table that the edge asks. A seam for specs; the product always binds `accessPolicy`. */
export interface AccessPolicy {
  readonly resources: Readonly<Record<string, { readonly fields: Readonly<Record<string, unknown>> }>>;
  isOpenField(resource: string, field: string): boolean;
  mayRead(actor: Actor, resource: string, field: string, facts: Facts): boolean;
  mayCall(actor: Actor, resource: string, command: string): boolean;
}

export const ACCESS_POLICY = Symbol('ACCESS_POLICY');

export const accessPolicy: AccessPolicy = { resources, isOpenField, mayRead, mayCall };
