import { alsoNamed, sameName } from './same-name';

const all = (...names: string[]) => [...new Set(names.map(sameName))];

describe('a name that is known again', () => {
  it('is one whatever comes first, and however it is written', () => {
    expect(all('Ana Núñez', 'NUÑEZ, Ana', ' ana  nunez. ', 'Nunez Ana')).toEqual(['ana nunez']);
    expect(sameName('Ana Nunes')).not.toBe('ana nunez');
  });

  it('is one with middle names, a suffix, or both, and keeps two words of whatever there is', () => {
    expect(all('John Smith', 'John A. Smith', 'SMITH, John A., Jr.', 'John Smith III', 'John Smith Sr')).toEqual([
      'john smith',
    ]);
    expect(all('Rosa M. Delgado Jr.', 'Rosa María Delgado', 'DELGADO, Rosa María', 'DELGADO Rosa María')).toEqual([
      'delgado rosa',
    ]);
    expect(all('J. Smith', 'SMITH, J.')).toEqual(['j smith']);
    expect([sameName('X'), sameName('Junior'), sameName('ROSA MARIA DELGADO')]).toEqual([
      'x',
      'junior',
      'delgado rosa',
    ]);
  });

  it('is one with a title, a word of kin, or something in brackets, and without', () => {
    expect(
      all(
        'Rosa Delgado',
        'Mrs. Rosa Delgado',
        'Rosa Delgado (grandma)',
        'Grandma Rosa Delgado',
        'Sra. Rosa Delgado [tía]',
      ),
    ).toEqual(['delgado rosa']);
    expect([sameName('Nana'), sameName('Tia Jones'), sameName('Grandma (Rosa)'), sameName('(Rosa Delgado)')]).toEqual([
      ...['nana', 'jones tia', 'grandma rosa', 'delgado rosa'],
    ]);
  });

  it('is none without letters', () => {
    expect([sameName('12 – ?'), sameName('')]).toEqual([null, null]);
  });

  it('is found under each given name that stands for it, and under none that only shares a short form with it', () => {
    const nicknames = [
      ['robert', 'bob', 'bert'],
      ['albert', 'al', 'bert'],
    ];
    expect(alsoNamed('reyes robert', nicknames)).toEqual(
      expect.arrayContaining(['reyes robert', 'bob reyes', 'bert reyes']),
    );
    expect(alsoNamed('reyes robert', nicknames)).not.toContain('albert reyes');
    expect(alsoNamed('bert reyes', nicknames)).toContain('albert reyes');
    expect(alsoNamed('x', nicknames)).toEqual(['x']);
  });

  it('is found by its initial and by the initial alone, and as it sounds', () => {
    const nicknames = [
      ['rosa', 'rosita'],
      ['ramon', 'moncho'],
    ];
    const found = (name: string) => alsoNamed(sameName(name) as string, nicknames);
    expect(found('Rosa Delgado')).toContain(sameName('R. Delgado'));
    expect(found('R. Delgado')).toEqual(['delgado r', 'delgado rosa', 'delgado rosita', 'delgado ramon']);
    expect(found('Roza Delgado')).toEqual(expect.arrayContaining(['delgado rosa', 'delgado rosita', 'delgado r']));
    expect(found('Rosa Delgado')).toContain(sameName('DELGADO, Roza'));
    expect(found('Rosa Delgado')).not.toContain(sameName('Ramon Delgado'));
    expect(found('Rosa')).toEqual(['rosa']);
  });
});
