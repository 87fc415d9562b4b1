/** What the Problems view shows as the origin of a problem. */
export const diagnosticSource = 'Lambda Lens';

/** The codes of the problems of a handler string, by which its quick fixes know them. */
export const handlerCodes = { noFile: 'handler-file-missing', noExport: 'handler-export-missing' } as const;
