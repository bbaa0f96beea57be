import type { Facts, History, Violation } from '../history/history';

const rule = 'webhooks';

/** What counts as delivered was taken by its receiver, and of each record in order. */
export const told = (_: History, { webhooks, taken }: Facts): Violation[] => {
  const turnOf = new Map(taken.map((id, turn) => [id, turn]));
  const latest = new Map<string, number>();
  return webhooks
    .filter(({ state }) => state === 'DELIVERED')
    .flatMap(({ id, subjectId }) => {
      const turn = turnOf.get(id);
      if (turn === undefined) {
        return [{ rule, what: 'counts as delivered, and nobody took it', about: [id, subjectId] }];
      }
      const last = latest.get(subjectId) ?? -1;
      latest.set(subjectId, Math.max(last, turn));
      return turn > last ? [] : [{ rule, what: 'came after later news of its record', about: [id, subjectId] }];
    });
};
