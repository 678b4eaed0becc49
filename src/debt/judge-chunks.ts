/** Passes many employers to the thread that judges them, a chunk at a time. */
import type { Answer, Chunk, Judge } from './judge-thread.ts';

/** So many are read, judged and written together: some megabytes. */
const chunkSize = 1_000;

/** Judges a chunk while the next is prepared; the answers by chunk. */
export async function judgeChunks<Employer>(
  judge: Judge,
  employers: readonly Employer[],
  prepare: (employers: readonly Employer[]) => Promise<Chunk>,
  onChunk: (done: number) => void = () => undefined,
): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  let done = 0;
  for (let from = 0; from < employers.length; from += chunkSize) {
    const part = employers.slice(from, from + chunkSize);
    const chunk = await prepare(part);
    // No more than two chunks are on their way.
    await answers.at(-2);
    const answer = judge.ask(chunk);
    answers.push(answer);
    // A thread that ends while the next chunk is prepared is told of below.
    answer.then(
      () => onChunk((done += part.length)),
      () => undefined,
    );
  }
  return Promise.all(answers);
}
