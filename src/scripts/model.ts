// `npm run model -- <service-2.json or service-2.json.gz>` writes src/model/generated/lambdaConstraints.json: which
// members of Lambda's operations are required, and how long, how large and of which form they may be. The SDK's
// schemas lack that; botocore's service model (data/lambda/2015-03-31 of the Python package botocore) has it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cutModel, type ServiceModel } from './model/cutModel.ts';

const constraintsFile = join(import.meta.dirname, '..', 'model', 'generated', 'lambdaConstraints.json');

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('Name the service model, for example botocore/data/lambda/2015-03-31/service-2.json.gz.');
  process.exit(2);
}
const bytes = await readFile(source);
const text = (source.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
const constraints = cutModel(JSON.parse(text) as ServiceModel);
await mkdir(dirname(constraintsFile), { recursive: true });
await writeFile(constraintsFile, `${JSON.stringify(constraints, undefined, 1)}\n`);
