// The state of an engine to which somebody has uploaded a thousand functions of fifty versions each.
import { createHash } from 'node:crypto';
import { openDatabase } from '../../../src/engine/store/database.ts';
import { createFunctionTable, createVersionTable } from '../../../src/engine/store/functionTable.ts';
import { inTransaction } from '../../../src/engine/store/transaction.ts';
import { fingerprintOf } from '../../../src/engine/versions/fingerprint.ts';
import type { VersionRecord } from '../../../src/engine/versions/records.ts';

export const filledFunctions = 1000;
export const filledVersionsEach = 50;

/** @param file the database; made where there is none. */
export function fillState(file: string): void {
  const database = openDatabase(file);
  const functionTable = createFunctionTable(database);
  const versionTable = createVersionTable(database);
  inTransaction(database, () => {
    for (let index = 0; index < filledFunctions; index++) {
      const name = nameOfFilled(index);
      for (let number = 1; number <= filledVersionsEach; number++) {
        const version = versionOf(name, number, number);
        versionTable.add(name, version, fingerprintOf(version));
      }
      functionTable.put({ name, held: true, latest: versionOf(name, 0, filledVersionsEach) });
    }
  });
  database.close();
}

function versionOf(name: string, number: number, revision: number): VersionRecord {
  return {
    number,
    configuration: {
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      timeoutSeconds: 3,
      memorySizeMb: 128,
      environment: { TABLE: 'orders', STAGE: 'dev', LOG_LEVEL: 'info' },
      description: `Revision ${revision}`,
      roleArn: 'arn:aws:iam::000000000000:role/orders',
    },
    code: {
      sha256: createHash('sha256').update(`${name} ${revision}`).digest('base64'),
      size: 120_000,
      packageFolders: [],
    },
    revisionId: `${String(revision).padStart(8, '0')}-0000-4000-8000-000000000000`,
    modifiedAt: Date.UTC(2026, 0, 1) + revision * 60_000,
  };
}

export function nameOfFilled(index: number): string {
  return `function-${String(index).padStart(4, '0')}`;
}
