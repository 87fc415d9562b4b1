import { dirname, relative, sep } from 'node:path';

/** The files, those first that are the fewest steps between folders away from a folder. */
export function nearestFirst(folder: string, files: readonly string[]): readonly string[] {
  const steps = (file: string) => {
    const path = relative(folder, dirname(file));
    return path === '' ? 0 : path.split(sep).length;
  };
  return [...new Set(files)]
    .map(file => ({ file, distance: steps(file) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ file }) => file);
}
