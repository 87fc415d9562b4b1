/** Starts to listen when it is loaded; it exports nothing. */
declare module 'kinesis-local';
