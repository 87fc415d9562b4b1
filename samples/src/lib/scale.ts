import type { Picture } from './png';

/** Shrinks a picture so that no side is longer than `longestSide`; each pixel is the mean of what it covers. */
export function shrink(picture: Picture, longestSide: number): Picture {
  const factor = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * factor));
  const height = Math.max(1, Math.round(picture.height * factor));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        pixels[(y * width + x) * 4 + channel] = mean(
          picture,
          x / width,
          y / height,
          1 / width,
          1 / height,
          channel,
        );
      }
    }
  }
  return { width, height, pixels };
}

/** The mean of one channel over a rectangle that is given in fractions of the picture. */
function mean(
  { width, height, pixels }: Picture,
  left: number,
  top: number,
  w: number,
  h: number,
  channel: number,
) {
  const fromX = Math.floor(left * width);
  const toX = Math.max(fromX + 1, Math.floor((left + w) * width));
  const fromY = Math.floor(top * height);
  const toY = Math.max(fromY + 1, Math.floor((top + h) * height));
  let sum = 0;
  for (let y = fromY; y < toY; y++) {
    for (let x = fromX; x < toX; x++) sum += pixels[(y * width + x) * 4 + channel] ?? 0;
  }
  return Math.round(sum / ((toX - fromX) * (toY - fromY)));
}
