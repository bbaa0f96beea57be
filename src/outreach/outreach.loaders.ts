import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { OutreachProgramsStore, type OutreachProgramRow } from './outreach-programs.store';

@Injectable()
export class OutreachLoaders {
  constructor(private readonly programs: OutreachProgramsStore) {}

  readonly program = defineLoader<string, OutreachProgramRow>(async (reader, ids) =>
    inOrderOf(ids, await this.programs.byIds(reader, ids), ({ id }) => id),
  );
}
