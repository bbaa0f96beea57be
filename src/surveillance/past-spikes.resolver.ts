import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import type { Reader } from '../platform/database/reader';
import { RequestReader, resultOf } from '../platform/graphql';
import { ReplaySpikesArgs, SpikeChartArgs } from './alerts.inputs';
import { PastSpikesService } from './past-spikes.service';
import { SpikeChart, SpikeReplay } from './spike-verdict.type';

const SpikeChartResult = resultOf(SpikeChart);
const SpikeReplayResult = resultOf(SpikeReplay);

@Resolver()
export class PastSpikesResolver {
  constructor(private readonly service: PastSpikesService) {}

  @Access({ resource: 'SpikeChart', command: 'read' })
  @Query(() => SpikeChartResult, {
    description:
      'A county’s overdoses by day, what was expected, and the alerts that your agency was told of. Not for analysts: `report(kind: SPIKES)` draws what may be published. Refused: NOT_FOUND for a county in which your agency does not work, nor next to it.',
  })
  spikeChart(@Args() args: SpikeChartArgs, @RequestReader() reader: Reader) {
    return this.service.chart(reader, args);
  }

  @Access({ resource: 'SpikeReplay', command: 'read' })
  @Query(() => SpikeReplayResult, {
    description:
      'Plays a past period through the detector as reports came in, at its present figures. Nothing is opened or told. Not for analysts. Refused: INVALID_INPUT for a period that is too long, holds too much or is not over, NOT_FOUND for a county in which your agency does not work, nor next to it.',
  })
  replaySpikes(@Args() args: ReplaySpikesArgs, @RequestReader() reader: Reader) {
    return this.service.replay(reader, args);
  }
}
