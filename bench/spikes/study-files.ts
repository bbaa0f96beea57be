import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BadOption, type FileOptions } from './options';
import { readEvents, type FileEvent } from './read-events';

export interface StudyFile {
  readonly name: string;
  readonly events: readonly FileEvent[];
}

type Named = Pick<FileOptions, 'time'> & Partial<FileOptions> & { readonly name: string; readonly file: string };

/** The public files the study knows, by the names they go by. */
const KNOWN: readonly Named[] = [
  { name: 'Montgomery 911', file: 'montgomery_pa_911_overdose_2015-12_2016-10.csv', time: ['time_stamp'] },
  { name: 'Cincinnati EMS', file: 'cincinnati_ems_heroin_2015-07_2016-06.csv', time: ['create_time_incident'] },
  { name: 'Allegheny deaths', file: 'allegheny_od_deaths_2008_2017.csv', time: ['date', 'death_time'] },
  {
    name: 'Pennsylvania counties',
    file: 'pa_state_police_odin_2018-01_2019-08.csv',
    time: ['Incident Date', 'Incident Time'],
    place: 'Incident County Name',
    id: 'Victim ID',
  },
];

const nothing = {
  known: undefined,
  place: undefined,
  lat: undefined,
  lon: undefined,
  id: undefined,
  count: undefined,
  stream: undefined,
  disposition: undefined,
  method: 'ours',
  budget: undefined,
} as const;

/** Reads those of the known files that are in the folder. */
export const readStudyFiles = async (folder: string): Promise<readonly StudyFile[]> => {
  const present = KNOWN.filter(({ file }) => existsSync(join(folder, file)));
  if (present.length === 0) {
    throw new BadOption(
      'UNREADABLE_FILE',
      `--study: none of ${KNOWN.map(({ file }) => file).join(', ')} is in that folder.`,
    );
  }
  const files: StudyFile[] = [];
  for (const { name, ...options } of present) {
    const { events } = await readEvents({ ...nothing, ...options, file: join(folder, options.file) });
    files.push({ name, events });
  }
  return files;
};
