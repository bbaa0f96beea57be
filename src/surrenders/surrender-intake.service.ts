import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { invalid, isRefusal, Refusal } from '../kernel/refusal';
import type { Command, Done } from '../platform/database/unit-of-work';
import { CustodyCommands } from './custody-command';
import { CustodyRules } from './custody-rules';
import { DescriptionRules } from './description-rules';
import { dueAt } from './engine/due';
import { shiftOf } from './engine/shift';
import { tellsResult } from './engine/untied';
import { NoArrestPromises } from './no-arrest-promises';
import { SURRENDER_OPENED } from './surrender.events';
import type { CountersignSurrenderInput, OpenSurrenderInput } from './surrender.inputs';
import { SurrendersStore } from './surrenders.store';

/** Drugs change hands, after the promise was shown. Help is asked for in a request of its own, as by anybody else. */
@Injectable()
export class SurrenderIntakeService {
  constructor(
    private readonly commands: CustodyCommands,
    private readonly store: SurrendersStore,
    private readonly promises: NoArrestPromises,
    private readonly rules: CustodyRules,
    private readonly descriptions: DescriptionRules,
  ) {}

  open(actor: Actor, input: OpenSurrenderInput, command: Command): Promise<Done | Refusal> {
    return this.commands.run(actor, command, async (tx, desk) => {
      if (!mayDo(actor, 'Surrender', 'open', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Your role takes nothing in.');
      }
      const agency = { id: desk.agencyId, state: desk.state };
      const promiseVersion = this.promises.attested(agency, input.promiseVersion, input.isPromiseShown);
      if (isRefusal(promiseVersion)) return promiseVersion;
      if (tellsResult(input.description, this.descriptions.words)) return tested;
      const { propertyNumber, sealNumber, description, sealedGrossWeightGrams, place } = input;
      const slip = input.slip.toLowerCase();
      const { date: receivedOn, shift } = shiftOf(tx.asOf, desk.zone, this.rules.shiftHours);
      const state = 'OPENED';
      const sealed = { propertyNumber, sealNumber, description, sealedGrossWeightGrams, place, slip };
      const due = dueAt(state, tx.asOf, this.rules.stateMinutes);
      const row = { ...sealed, state, receivedOn, shift, promiseVersion, laboratory: null, dueAt: due } as const;
      const id = await this.store.insert(tx, row);
      if (id === null) return numberTaken;
      const first = { surrenderId: id, position: 1, command: 'open', state, byName: desk.name } as const;
      const found = { place, sealNumber, sealedGrossWeightGrams };
      this.store.addEvent(tx, { ...first, ...found, otherName: null, findings: null, reference: null });
      tx.audit({ action: SURRENDER_OPENED, subjectType: 'Surrender', subjectId: id, details: { promiseVersion } });
      return { id };
    });
  }

  /** The second officer of the two. */
  countersign(actor: Actor, input: CountersignSurrenderInput, command: Command): Promise<Done | Refusal> {
    const asked = { surrenderId: input.surrenderId, step: 'countersign' } as const;
    return this.commands.step(actor, asked, command, ({ place }) => ({ place }));
  }
}

const tested = invalid(
  'input.description',
  'A description says what is seen, without test or guess.',
  'Leave out tests and what it may be (a word read from a label: say “labelled”); findings go in by `recordLaboratoryResult`.',
);

const numberTaken = new Refusal('ALREADY_EXISTS', 'The property number is in use.', {
  field: 'input.propertyNumber',
  remedy: 'Check the number on the bag; every bag has one of its own.',
});
