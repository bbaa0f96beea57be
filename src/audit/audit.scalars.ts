import { GraphQLScalarType } from 'graphql';
import { badInput } from '../platform/graphql';

const answered = (name: string, description: string): GraphQLScalarType<unknown, unknown> =>
  new GraphQLScalarType<unknown, unknown>({
    name,
    description,
    parseValue: () => {
      throw badInput(`${name} is answered, never sent.`);
    },
    serialize: (value) => value,
  });

export const AuditDetails = answered(
  'AuditDetails',
  'Further facts of an audit entry as a JSON object; which there are depends on the action. Ids and codes only.',
);

export const FhirAuditEvent = answered(
  'FhirAuditEvent',
  'A FHIR R4 AuditEvent as a JSON object (hl7.org/fhir/R4/auditevent.html). Codes and ids of Handrail have systems `urn:handrail:…`.',
);
