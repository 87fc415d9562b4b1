import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Event } from 'aws-lambda';
import { decodePng, encodePng } from './lib/png';
import { shrink } from './lib/scale';

// One client for the life of the execution environment: its connections stay open between invocations.
const s3 = new S3Client({});
const bucket = process.env.THUMBNAILS_BUCKET;
const longestSide = Number(process.env.LONGEST_SIDE ?? 160);

export const handler = async (event: S3Event) => {
  const thumbnails = await Promise.all(
    event.Records.map(async ({ s3: { bucket: source, object } }) => {
      // Keys arrive URL-encoded, with a plus for each space.
      const key = decodeURIComponent(object.key.replaceAll('+', ' '));
      const upload = await s3.send(new GetObjectCommand({ Bucket: source.name, Key: key }));
      const original = decodePng((await upload.Body?.transformToByteArray()) ?? new Uint8Array());
      const thumbnail = shrink(original, longestSide);
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: encodePng(thumbnail),
          ContentType: 'image/png',
        }),
      );
      console.log(`${key}: ${original.width}x${original.height} to ${thumbnail.width}x${thumbnail.height}`);
      return { key, width: thumbnail.width, height: thumbnail.height };
    }),
  );
  return { thumbnails };
};
