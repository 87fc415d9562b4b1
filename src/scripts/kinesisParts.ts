// What kinesis-local contains: it is Scala, compiled into one file, whose source map tells from what.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component } from './component.ts';

interface Licence {
  readonly id: string;
  readonly holder: string;
}

const apache = (holder: string): Licence => ({ id: 'Apache-2.0', holder });
const mit = (holder: string): Licence => ({ id: 'MIT', holder });
const bsd = (holder: string): Licence => ({ id: 'BSD-3-Clause', holder });

/**
 * By what the names of its sources contain. The licences are those that the projects are published under to the
 * best of our knowledge; not every one was read again in its repository.
 */
const parts: readonly (readonly [source: string, name: string, licence: Licence])[] = [
  ['/scala-js/scala-js-macrotask-executor/', 'scala-js-macrotask-executor', apache('Scala.js (Arman Bilge)')],
  ['/scala-js/scala-js/', 'Scala.js', apache('EPFL')],
  ['/scala/scala3/', 'Scala 3 standard library', apache('EPFL')],
  ['/scala/scala/', 'Scala standard library', apache('EPFL and Lightbend, Inc.')],
  ['/typelevel/cats-effect/', 'cats-effect', apache('Typelevel')],
  ['/typelevel/cats-parse/', 'cats-parse', mit('Typelevel')],
  ['/typelevel/cats/', 'cats', mit('Erik Osheim and the contributors to cats')],
  ['/typelevel/fs2/', 'fs2', mit('Paul Chiusano and contributors')],
  ['/typelevel/case-insensitive/', 'case-insensitive', apache('Typelevel')],
  ['/typelevel/log4cats/', 'log4cats', apache('Typelevel')],
  ['/typelevel/vault/', 'vault', mit('Christopher Davenport and Typelevel')],
  ['/typelevel/jawn-fs2/', 'jawn-fs2', apache('Typelevel')],
  ['/typelevel/jawn/', 'jawn', mit('Erik Osheim and contributors')],
  ['/typelevel/idna4s/', 'idna4s', mit('Typelevel')],
  ['/ciris/ciris/', 'ciris', mit('Viktor Rudebeck (Lövgren)')],
  ['/Comcast/ip4s/', 'ip4s', apache('Comcast Cable Communications Management, LLC')],
  ['/enumeratum/', 'enumeratum', mit('Lloyd Chan')],
  ['/scodec/scodec-bits/', 'scodec-bits', bsd('Michael Pilquist and Paul Chiusano')],
  ['/sirthias/borer/', 'borer', { id: 'MPL-2.0', holder: 'Mathias Doenitz' }],
  ['/circe/circe-fs2/', 'circe-fs2', apache('Travis Brown')],
  ['/circe/circe/', 'circe', apache('Travis Brown and contributors')],
  ['/scala-java-locales/', 'scala-java-locales', bsd('Carlos Quiroz')],
  [
    '/cquiroz/scala-java-time/',
    'scala-java-time',
    bsd('Carlos Quiroz, Stephen Colebourne and Michael Nascimento Santos'),
  ],
  ['/http4s/http4s-crypto/', 'http4s-crypto', apache('http4s.org')],
  ['/http4s/hpack/', 'hpack', apache('Twitter, Inc. and http4s.org')],
  ['/http4s/http4s/', 'http4s', apache('http4s.org')],
  ['/projects/reflect/', 'portable-scala-reflect', bsd('EPFL')],
  ['/log4s/', 'log4s', apache('Sarah Gerweck')],
];

/** kinesis-local itself, whose package.json names its licence. */
const itself = '/etspaceman/kinesis-mock/';

/** @throws where it contains something that is not in the list above. */
export async function partsOfKinesisLocal(root: string, apacheText: string): Promise<Component[]> {
  const map = await readFile(join(root, 'node_modules/kinesis-local/main.js.map'), 'utf8');
  const found = new Map<string, Component>();
  for (const source of (JSON.parse(map) as { sources: string[] }).sources) {
    if (source.includes(itself)) continue;
    const part = parts.find(([piece]) => source.includes(piece));
    if (!part) throw new Error(`kinesis-local contains ${source}, whose licence nobody has looked up.`);
    const [, name, licence] = part;
    const version = /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/v?([^/]+)/.exec(source)?.[1];
    found.set(name, {
      // Those under the Apache License share one copy of it.
      name: `${name} (in kinesis-local${licence.id === 'Apache-2.0' ? `, © ${licence.holder}` : ''})`,
      version: version ?? 'of unknown version',
      licence: licence.id,
      text: await textOf(licence, apacheText),
    });
  }
  return [...found.values()];
}

async function textOf({ id, holder }: Licence, apacheText: string): Promise<string> {
  if (id === 'Apache-2.0') return apacheText;
  const text = await readFile(join(import.meta.dirname, 'licences', `${id.toLowerCase()}.txt`), 'utf8');
  return text.replace('<holder>', holder);
}
