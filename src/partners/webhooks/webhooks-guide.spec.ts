import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import { RETRY_DELAYS_MS } from './engine/retry';
import { webhookKindNames, webhookKinds } from './webhook-kinds';

const guide = readFileSync(join(__dirname, '../../../docs/webhooks.md'), 'utf8');
const rows = guide.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

const fieldsOf = ({ selections }: SelectionSetNode): string =>
  selections
    .map((selection) => selection as FieldNode)
    .map(({ name, selectionSet }) => (selectionSet ? `${name.value} { ${fieldsOf(selectionSet)} }` : name.value))
    .join(' ');

const dataOf = (kind: (typeof webhookKindNames)[number]): string => {
  const [operation] = webhookKinds[kind].document.definitions;
  const record = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections[0] : undefined;
  return fieldsOf((record as FieldNode).selectionSet as SelectionSetNode);
};

const lengthOf = (text: string): number => {
  const [, count = '', unit = ''] = /^(\d+) (s|min|h)$/.exec(text) ?? [];
  return Number(count) * { s: 1_000, min: 60_000, h: 3_600_000 }[unit as 's' | 'min' | 'h'];
};

describe('the guide to webhooks', () => {
  it('lists every kind with what is sent of it', () => {
    const listed = rows.filter(([, type]) => type?.endsWith('.changed`'));
    expect(listed.map(([, ...cells]) => cells.slice(0, 4))).toEqual(
      webhookKindNames.map((kind) => {
        const { type, resource } = webhookKinds[kind];
        return [`\`${type}\``, `\`${kind}\``, `\`${resource}:read\``, `\`${dataOf(kind)}\``];
      }),
    );
  });

  it('lists the retries as they are', () => {
    const listed = rows.filter(([, attempt = '']) => /^\d{1,2}( and on)?$/.test(attempt));
    expect(listed.map(([, , wait = '']) => lengthOf(wait))).toEqual([...RETRY_DELAYS_MS]);
  });
});
