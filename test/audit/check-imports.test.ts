/** The checker shares one file with the writer, so that no error of the one hides in the other. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.join(import.meta.dirname, '..', '..', 'src', 'audit');

/** What the file's import statements name. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(folder, file), 'utf8');
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name!);
}

test('the checker imports itself, the tree and what Node has, nothing else', () => {
  const files = readdirSync(path.join(folder, 'check')).map((file) => `check/${file}`);
  expect(files.length).toBeGreaterThan(5);
  const others = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !/^(node:[a-z/]+|\.\/[a-z-]+\.ts|\.\.\/tree\.ts)$/.test(name))
      .map((name) => `${file} -> ${name}`),
  );
  expect(others).toEqual([]);
});

test('the tree imports nothing but Node’s hash', () => {
  expect(importsOf('tree.ts')).toEqual(['node:crypto']);
});
