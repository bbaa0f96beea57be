import type { Actor } from '../../access';

/** What the log says of a request: ids and names of ours, never a word of the request's own content. */
export interface RequestRecord {
  readonly requestId: string;
  operation?: string;
  kind?: 'query' | 'mutation' | 'subscription';
  actorId?: string;
  agencyId?: string;
  /** Asks for what is kept apart: the line names neither the operation nor who asked. */
  isApart?: true;
}

const records = new WeakMap<object, RequestRecord>();

/** Opened by the HTTP app when a request comes in; `request` is Node's own. */
export const openRecord = (request: object, requestId: string): RequestRecord => {
  const record: RequestRecord = { requestId };
  records.set(request, record);
  return record;
};

export const recordOf = (request: object): RequestRecord | undefined => records.get(request);

export const noteActor = (record: RequestRecord | undefined, actor: Actor | null): void => {
  if (!record || !actor) return;
  record.actorId = actor.id;
  record.agencyId = actor.agencyId;
};
