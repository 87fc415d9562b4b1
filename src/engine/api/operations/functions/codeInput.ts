import type { FunctionCode } from '@aws-sdk/client-lambda';
import { readZip } from '../../../../shared/readZip.ts';
import type { CodeArchives } from '../../../code/codeArchives.ts';
import { maxUnzippedBytes } from '../../../functions/packageCode.ts';
import { invalid, type Refused, refused, unsupportedHere } from '../../../versions/errors.ts';

/** An object of the S3 that calls from here go to. */
export type CodeSource = (
  bucket: string,
  key: string,
  versionId: string | undefined,
) => Promise<
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
>;

type CodeMembers = Pick<
  FunctionCode,
  | 'ZipFile'
  | 'S3Bucket'
  | 'S3Key'
  | 'S3ObjectVersion'
  | 'S3ObjectStorageMode'
  | 'ImageUri'
  | 'SourceKMSKeyArn'
>;

export type ReadCode = { readonly kind: 'stored'; readonly sha256: string; readonly size: number } | Refused;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxZippedBytes = 52_428_800;

/**
 * The archive that a request brings or names, once it is found to be sound and is kept.
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
 */
export async function readCode(
  members: CodeMembers,
  source: CodeSource,
  archives: CodeArchives,
): Promise<ReadCode> {
  const { ZipFile: zip, S3Bucket: bucket, S3Key: key, S3ObjectVersion: versionId } = members;
  const unsupported = unsupportedMember(members);
  if (unsupported) return unsupported;
  if (zip !== undefined && (bucket !== undefined || key !== undefined)) {
    return invalid('Please do not provide other FunctionCode parameters when providing a ZipFile.');
  }
  if (zip !== undefined) {
    if (zip.length > maxZippedBytes)
      return tooLarge(`Zipped size must be smaller than ${maxZippedBytes} bytes`);
    return keep(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), archives);
  }
  if (bucket === undefined || key === undefined) return invalid('Please provide a source for function code.');
  const object = await source(bucket, key, versionId);
  return object.kind === 'read'
    ? keep(object.bytes, archives)
    : invalid(
        `Error occurred while GetObject. S3 Error Code: ${object.code}. S3 Error Message: ${object.message}`,
      );
}

function unsupportedMember({
  ImageUri,
  SourceKMSKeyArn,
  S3ObjectStorageMode,
}: CodeMembers): Refused | undefined {
  if (ImageUri !== undefined) {
    return unsupportedHere('Code.ImageUri', 'is not run: Lambda Lens runs code of PackageType=Zip.');
  }
  if (SourceKMSKeyArn !== undefined && SourceKMSKeyArn !== '') {
    return unsupportedHere('SourceKMSKeyArn', 'is not used: Lambda Lens encrypts no code.');
  }
  if (S3ObjectStorageMode !== undefined && S3ObjectStorageMode !== 'COPY') {
    return unsupportedHere(
      `S3ObjectStorageMode=${S3ObjectStorageMode}`,
      'is not honoured: Lambda Lens copies the code of functions.',
    );
  }
  return undefined;
}

async function keep(archive: Buffer, archives: CodeArchives): Promise<ReadCode> {
  const contents = readZip(archive);
  if (contents.kind === 'broken') return cannotUnzip();
  if (contents.size > maxUnzippedBytes) {
    return invalid(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
  }
  try {
    for (const entry of contents.entries) await entry.read();
  } catch {
    // AWS does not say what is wrong with it either.
    return cannotUnzip();
  }
  return { kind: 'stored', sha256: await archives.put(archive), size: archive.length };
}

function cannotUnzip(): Refused {
  return invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
}

function tooLarge(message: string): Refused {
  return refused({
    name: 'RequestEntityTooLargeException',
    status: 413,
    body: { Type: 'User', message },
  });
}
