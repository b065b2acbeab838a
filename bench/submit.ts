import { startFeedServer } from '../test/support/feed-server';
import { type Backend, type Deployment, startDeployment } from './support/deployment';
import { printTable, summarise } from './support/figures';
import { readForm, submitForm, timePage } from './support/form';

/**
 * `npm run bench:submit [postgres|redis]`: 50 people add 1,000 feeds, all of whose servers hang. Prints how long
 * the form takes until its redirect, and what other pages cost meanwhile, beside what they cost with nothing
 * going on: the floor, measured in the same run.
 */
const PEOPLE = 50;
const EACH = 20;

/** A person looks at the page for a moment before adding the next feed. */
const PAUSE_MS = 1000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Pages {
  home: number[];
  status: number[];
}

/** Somebody else, who reads meanwhile: one request of each kind at a time, until told to stop. */
function readMeanwhile(origin: string, feedId: string): { stop: () => Promise<Pages> } {
  const pages: Pages = { home: [], status: [] };
  let going = true;
  const reading = (async () => {
    while (going) {
      pages.home.push(await timePage(`${origin}/`));
      pages.status.push(await timePage(`${origin}/api/feeds/${feedId}/status`));
      await pause(20);
    }
  })();
  return {
    async stop() {
      going = false;
      await reading;
      return pages;
    },
  };
}

async function submitAll(
  deployment: Deployment,
  server: string,
  label: string,
  pauseMs: number,
): Promise<number[]> {
  const form = await readForm(deployment.origin);
  const person = async (who: number) => {
    const times: number[] = [];
    // People do not click in step.
    await pause((pauseMs * who) / PEOPLE);
    for (let index = 0; index < EACH; index += 1) {
      times.push((await submitForm(form, `${server}/${label}/${who}/${index}`)).ms);
      await pause(pauseMs);
    }
    return times;
  };
  const all = await Promise.all(Array.from({ length: PEOPLE }, (_, who) => person(who)));
  return all.flat();
}

const row = (what: string, times: number[]) => ({ what, requests: times.length, ...summarise(times) });

/** The first page lists every feed: what it costs by itself grows from before to after, so the floor is between. */
function comparePages(page: string, before: number[], busy: number[], after: number[]) {
  const floor = (summarise(before).p50 + summarise(after).p50) / 2;
  return [
    { ...row(`${page}, idle before`, before), 'p50 to idle': '' },
    { ...row(`${page}, meanwhile`, busy), 'p50 to idle': (summarise(busy).p50 / floor).toFixed(2) },
    { ...row(`${page}, idle after`, after), 'p50 to idle': '' },
  ];
}

async function measure(backend: Backend): Promise<void> {
  const deployment = await startDeployment(backend);
  const { origin } = deployment;
  const server = await startFeedServer();
  server.serveAll({ hang: true });
  const form = await readForm(origin);
  const { location } = await submitForm(form, `${server.origin}/first`);
  const feedId = location.split('/').at(-1) ?? '';
  // A server that has just started compiles as it goes.
  for (let index = 0; index < 50; index += 1) {
    await timePage(`${origin}/`);
    await submitForm(form, `${server.origin}/warm`);
  }

  const idle = async () => {
    const reader = readMeanwhile(origin, feedId);
    await pause(4000);
    return reader.stop();
  };
  const rows = [];
  let before = await idle();
  for (const [name, pauseMs] of [
    ['people who pause a second', PAUSE_MS],
    ['as fast as they can', 0],
  ] as const) {
    const reader = readMeanwhile(origin, feedId);
    const submits = await submitAll(deployment, server.origin, `${backend}${pauseMs}`, pauseMs);
    const busy = await reader.stop();
    const after = await idle();
    rows.push(
      { ...row(`submit to redirect, ${name}`, submits), 'p50 to idle': '' },
      ...comparePages('GET /', before.home, busy.home, after.home),
      ...comparePages('GET status', before.status, busy.status, after.status),
    );
    before = after;
  }
  printTable(
    `${PEOPLE} people, ${PEOPLE * EACH} submissions, every feed server hangs; queue on ${backend} (ms)`,
    rows,
  );
  await server.close();
  await deployment.stop();
}

const wanted = process.argv[2];
for (const backend of ['postgres', 'redis'] as const) {
  if (wanted === undefined || wanted === backend) await measure(backend);
}
