import { parse, type OperationDefinitionNode } from 'graphql';
import { rootFieldsOf } from './root-fields';

const fieldsOf = (text: string): readonly string[] => {
  const document = parse(text);
  return rootFieldsOf(document, document.definitions[0] as OperationDefinitionNode);
};

describe('the root fields an operation runs', () => {
  it.each([
    ['{ viewer { id } }', ['viewer']],
    ['query Cheap { a: matchPrograms { x } b: matchPrograms { x } }', ['matchPrograms', 'matchPrograms']],
    [
      '{ viewer { id } ... on Query { offers { id } ...F } } fragment F on Query { more: offers { id } }',
      ['viewer', 'offers', 'offers'],
    ],
    ['{ ...F ...F } fragment F on Query { viewer { id } }', ['viewer']],
    ['{ viewer { id } viewer { role } }', ['viewer']],
    ['{ __typename }', []],
    ['query ($no: Boolean!) { viewer @skip(if: $no) { id } }', ['viewer']],
    ['{ ...F } fragment F on Query { viewer { id } ...F }', ['viewer']],
  ])('of %s', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });
});
