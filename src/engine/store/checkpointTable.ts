import type { DatabaseSync } from 'node:sqlite';

/** How far a shard is read. */
export type ShardState =
  /** Not at all: it was there when the mapping was made. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'after'; readonly sequence: string }
  /** It was closed, and is done with. */
  | { readonly kind: 'finished' };

/** How far the shards of mappings are read. */
export interface CheckpointTable {
  all(uuid: string): readonly { readonly shardId: string; readonly state: ShardState }[];
  put(uuid: string, shardId: string, state: ShardState): void;
  /** Forgets a mapping. */
  remove(uuid: string): void;
}

export function createCheckpointTable(database: DatabaseSync): CheckpointTable {
  const all = database.prepare(
    'SELECT shard_id, state FROM shard_checkpoint WHERE uuid = ? ORDER BY shard_id',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO shard_checkpoint (uuid, shard_id, state) VALUES (?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM shard_checkpoint WHERE uuid = ?');
  return {
    all: uuid =>
      all.all(uuid).map(row => ({
        shardId: String(row.shard_id),
        state: JSON.parse(String(row.state)) as ShardState,
      })),
    put: (uuid, shardId, state) => {
      put.run(uuid, shardId, JSON.stringify(state));
    },
    remove: uuid => {
      remove.run(uuid);
    },
  };
}
