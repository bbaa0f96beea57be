import {
  fieldClassOf,
  isOpenField,
  isOpenType,
  mayCall,
  mayCount,
  mayDo,
  mayNarrow,
  narrowingOf,
  reading,
  resources,
  type Actor,
  type Facts,
  type FieldClass,
  type Reading,
  type Source,
} from '../../access';

/** The part of the access table that the edge asks. A seam for specs; the product always binds `accessPolicy`. */
export interface AccessPolicy {
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly fields: Readonly<Record<string, unknown>>;
        readonly commands: Readonly<Record<string, readonly { readonly relation: string }[]>>;
        readonly leadsTo?: Readonly<Record<string, string>>;
        readonly source?: Source;
        readonly isApart?: true;
      }
    >
  >;
  fieldClassOf(resource: string, field: string): FieldClass | undefined;
  isOpenField(resource: string, field: string): boolean;
  isOpenType(resource: string): boolean;
  reading(actor: Actor, resource: string, field: string, facts: Facts): Reading;
  mayCall(actor: Actor, resource: string, command: string): boolean;
  mayCount(actor: Actor, resource: string): boolean;
  mayDo(actor: Actor, resource: string, command: string, facts: Facts): boolean;
  narrowingOf(operation: string, argument: string): string | undefined;
  mayNarrow(actor: Actor, operation: string, argument: string): boolean;
}

export const ACCESS_POLICY = Symbol('ACCESS_POLICY');

export const accessPolicy: AccessPolicy = {
  resources,
  fieldClassOf,
  isOpenField,
  isOpenType,
  reading,
  mayCall,
  mayCount,
  mayDo,
  narrowingOf,
  mayNarrow,
};
