/** The texts, those first that take the fewest changes to become the wanted one. */
export function closestFirst<T>(
  wanted: string,
  items: readonly T[],
  textOf: (item: T) => string,
): readonly T[] {
  return items
    .map((item, index) => ({ item, index, distance: editDistance(wanted, textOf(item)) }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .map(({ item }) => item);
}

/** How many characters have to be added, removed, replaced or swapped with their neighbour; case counts half. */
export function editDistance(from: string, to: string): number {
  const width = to.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j < width; j += 1) {
      const replaced = at(last, j - 1) + cost(from.charAt(i - 1), to.charAt(j - 1));
      let least = Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1);
      const isSwap =
        i > 1 &&
        j > 1 &&
        from[i - 1] === to[j - 2] &&
        from[i - 2] === to[j - 1] &&
        from[i - 1] !== from[i - 2];
      if (isSwap) least = Math.min(least, at(beforeLast, j - 2) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

function cost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? 0.5 : 1;
}
