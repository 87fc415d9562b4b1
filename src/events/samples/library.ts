import { UserError } from '../../shared/errors.ts';
import { authorizerSamples } from './authorizers.ts';
import { cognitoSamples } from './cognito.ts';
import { conversationSamples } from './conversations.ts';
import { edgeSamples } from './edge.ts';
import { httpSamples } from './http.ts';
import { messagingSamples } from './messaging.ts';
import { operationsSamples } from './operations.ts';
import type { Sample } from './sample.ts';
import { storageSamples } from './storage.ts';
import { streamSamples } from './streams.ts';

/** Every sample event that there is, those of the commonest sources first. */
export const sampleEvents: readonly Sample[] = [
  ...httpSamples,
  ...messagingSamples,
  ...storageSamples,
  ...streamSamples,
  ...authorizerSamples,
  ...cognitoSamples,
  ...edgeSamples,
  ...operationsSamples,
  ...conversationSamples,
];

/** @throws UserError that lists them where there is none of that id. */
export function sampleById(id: string): Sample {
  const found = sampleEvents.find(sample => sample.id === id);
  if (found) return found;
  const ids = sampleEvents.map(sample => sample.id).join(', ');
  throw new UserError(`There is no sample event ${id}. There are: ${ids}.`);
}
