import { writeToTmp } from '../fixes/writeToTmp.ts';
import { defineRule } from './rule.ts';
import { fileCalls, isWrite, pathStart } from './tmpFiles.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export const readOnlyFileSystem = defineRule({
  name: 'read-only-file-system',
  severity: 'error',
  title: 'A file is written where nothing can be written',
  messages: {
    refused:
      '{place} cannot be written on Lambda: the call fails with EROFS. Write to /tmp, which belongs to this environment, or to S3.',
  },
  check(code, report) {
    if (/\bprocess\.chdir\(/.test(code.file.source.text)) return;
    for (const call of fileCalls(code)) {
      const start = isWrite(call) ? pathStart(call.path, call.scope, code) : undefined;
      if (start === undefined || /^\/(tmp|mnt|dev|proc)\b/.test(start)) continue;
      const place = start.startsWith('/var/task') ? 'The folder of the code' : 'This place';
      report({ node: call.path, message: 'refused', data: { place }, fix: writeToTmp(call.path, code.file) });
    }
  },
});
