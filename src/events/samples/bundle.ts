// dist/samples.js: what the extension requires when an event is to be chosen. The samples are a quarter of all its
// code, and most windows never ask for them.
import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { Json } from '../../model/resource.ts';
import { eventKinds } from '../kinds.ts';
import { type BatchOptions, batchEvent as batch } from './batch.ts';
import { sampleById, sampleEvents } from './library.ts';
import { type SampleForFunction, samplesForFunction } from './ofProject.ts';
import type { Sample } from './sample.ts';

/** The samples of each kind of event, under AWS's name of what sends it. */
export function groups(): readonly { readonly title: string; readonly samples: readonly Sample[] }[] {
  return eventKinds.map(({ kind, title }) => ({
    title,
    samples: sampleEvents.filter(sample => sample.kind === kind),
  }));
}

/** See {@link batch}. */
export function batchEvent(given: readonly Json[], options: BatchOptions): { readonly Records: Json[] } {
  return batch(given, options);
}

/** See {@link sampleById}. */
export function byId(id: string): Sample {
  return sampleById(id);
}

/** See {@link samplesForFunction}. */
export function forFunction(
  definition: Pick<FunctionDefinition, 'name'>,
  model: Pick<ProjectModel, 'triggers' | 'resources'>,
): readonly SampleForFunction[] {
  return samplesForFunction(definition, model);
}
