declare const __BUILD_ID__: string | undefined;

/** The build that this code belongs to; esbuild puts it in. Engines and clients of one build fit together. */
export const buildId: string = typeof __BUILD_ID__ === 'undefined' ? 'source' : __BUILD_ID__;
