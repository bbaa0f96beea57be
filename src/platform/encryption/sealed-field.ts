/** A text column kept sealed: `<column>_sealed bytea`, and for exact lookup `<column>_index bytea`; the row’s key is `id uuid`. */
export interface SealedField {
  readonly table: string;
  readonly column: string;
  /** One spelling for all spellings of the same value; null: cannot be looked up. Absent: the field has no index. */
  readonly normalise?: (text: string) => string | null;
}

const declared = new Map<string, SealedField>();

const nameOf = (table: string, column: string): string => `${table}.${column}`;

/**
 * Declares a sealed column, once, beside the statements that use it. What is declared is re-encrypted when keys rotate:
 * `const NOTE = sealedField('visit', 'note')`, then `fields.seal(NOTE, id, text)` into the insert and
 * `fields.unseal(rows, 'note', NOTE)` after the select.
 */
export const sealedField = (table: string, column: string, normalise?: SealedField['normalise']): SealedField => {
  const name = nameOf(table, column);
  if (declared.has(name)) throw new Error(`two declarations of the sealed field ${name}`);
  const field: SealedField = { table, column, ...(normalise && { normalise }) };
  declared.set(name, field);
  return field;
};

/** All that the loaded rooms have declared. */
export const sealedFields = (): readonly SealedField[] => [...declared.values()];

export const findSealedField = (table: string, column: string): SealedField | undefined =>
  declared.get(nameOf(table, column));

/** Where one value stands; authenticated with it. */
export const placeOf = ({ table, column }: SealedField, rowId: string): string => `${nameOf(table, column)}:${rowId}`;

export const fieldName = ({ table, column }: SealedField): string => nameOf(table, column);
