import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { invalid, Refusal } from '../kernel/refusal';
import type { Command, Done } from '../platform/database/unit-of-work';
import { CustodyCommands } from './custody-command';
import { CustodyRules } from './custody-rules';
import { differences, type Sealing } from './engine/differences';
import { LABORATORY_RESULT_RECORDED } from './surrender.events';
import type {
  ProposeDestructionInput,
  ReceiveCustodyInput,
  ReceiveAtLaboratoryInput,
  RecordLaboratoryResultInput,
  ReleaseCustodyInput,
  ReleaseFromLaboratoryInput,
  WitnessDestructionInput,
} from './surrender.inputs';

const neverExamined = new Refusal('ILLEGAL_TRANSITION', 'No laboratory has had it.', {
  field: 'input.surrenderId',
  remedy: 'Check which bag the result is of; a bag goes there by `releaseCustody` and `receiveAtLaboratory`.',
});

/** From hand to hand, to the laboratory and back, until two witnesses have seen it destroyed. One method a step. */
@Injectable()
export class CustodyService {
  constructor(
    private readonly commands: CustodyCommands,
    private readonly rules: CustodyRules,
  ) {}

  release(actor: Actor, { surrenderId, place }: ReleaseCustodyInput, command: Command): Promise<Done | Refusal> {
    return this.commands.step(actor, { surrenderId, step: 'release' }, command, () => ({ place }));
  }

  receive(actor: Actor, { surrenderId, place, ...found }: ReceiveCustodyInput, command: Command) {
    return this.commands.step(actor, { surrenderId, step: 'receive' }, command, (row) => ({
      place,
      ...found,
      alerts: this.differences(row, found),
    }));
  }

  /** The laboratory’s own people sign on paper; the keeper of the property room records who they were. */
  receiveAtLaboratory(actor: Actor, input: ReceiveAtLaboratoryInput, command: Command): Promise<Done | Refusal> {
    const { surrenderId, laboratory, receivedByName, ...found } = input;
    return this.commands.step(actor, { surrenderId, step: 'receiveAtLaboratory' }, command, (row) => ({
      ...found,
      laboratory,
      otherName: receivedByName,
      alerts: this.differences(row, found),
    }));
  }

  recordResult(actor: Actor, input: RecordLaboratoryResultInput, command: Command): Promise<Done | Refusal> {
    const { surrenderId, findings, reference = null } = input;
    return this.commands.step(actor, { surrenderId, step: 'recordResult' }, command, ({ place, laboratory }) => {
      if (laboratory === null) return neverExamined;
      if (findings.includes('NO_CONTROLLED_SUBSTANCE') && findings.length > 1) {
        const remedy = 'Send NO_CONTROLLED_SUBSTANCE alone, or what was found.';
        return invalid('input.findings', 'Something and nothing cannot both have been found.', remedy);
      }
      return {
        place,
        findings,
        reference,
        after: (tx) => {
          const payload = { agencyId: actor.agencyId, findings: findings.join(',') };
          tx.emit({
            name: LABORATORY_RESULT_RECORDED,
            subjectType: 'Surrender',
            subjectId: surrenderId,
            payload,
          });
        },
      };
    });
  }

  /** Opened and sealed anew there: seal and weight of then are those to compare with. What it weighs less, or more, is raised. */
  releaseFromLaboratory(actor: Actor, input: ReleaseFromLaboratoryInput, command: Command): Promise<Done | Refusal> {
    const { surrenderId, releasedByName, ...sealing } = input;
    return this.commands.step(actor, { surrenderId, step: 'releaseFromLaboratory' }, command, (row) => ({
      ...sealing,
      alerts: this.differences(row, { ...sealing, sealNumber: row.sealNumber }),
      otherName: releasedByName,
      isSealedAnew: true,
    }));
  }

  proposeDestruction(actor: Actor, input: ProposeDestructionInput, command: Command): Promise<Done | Refusal> {
    const { surrenderId, place, ...found } = input;
    return this.commands.step(actor, { surrenderId, step: 'proposeDestruction' }, command, (row) => ({
      place,
      ...found,
      alerts: this.differences(row, found),
    }));
  }

  witnessDestruction(actor: Actor, { surrenderId, place, method }: WitnessDestructionInput, command: Command) {
    return this.commands.step(actor, { surrenderId, step: 'witnessDestruction' }, command, () => ({
      place,
      reference: method,
    }));
  }

  private differences(recorded: Sealing, found: Sealing) {
    return differences(recorded, found, this.rules.weightTolerance);
  }
}
