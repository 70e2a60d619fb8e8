/** Pictures of writing a job: each kind, a batch, and what is folded. */
import type { Page } from 'playwright';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import type { FakeJobdeck } from '../fake-jobdeck-api.ts';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];
const kind = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check();
const open = (page: Page, title: string) =>
  page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function newJob(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('dialog').waitFor();
}

async function http(page: Page): Promise<void> {
  await newJob(page);
  await kind(page, 'HTTP request');
  await field(page, 'Name').fill('Tell the shop about new prices');
  await page.getByRole('combobox', { name: 'Method' }).fill('POST');
  await field(page, 'URL').fill('https://shop.example.org/api/v2/prices');
  await page.getByRole('button', { name: 'Insert a secret into headers' }).click();
  await page.getByRole('menuitem', { name: 'SHOP_TOKEN' }).click();
  await page.waitForTimeout(100);
  await kind(page, 'JSON');
  await open(page, 'Answer');
  await page.waitForTimeout(600);
}

async function model(page: Page): Promise<void> {
  await newJob(page);
  await kind(page, 'Model call');
  await field(page, 'Name').fill('Summarise a paper');
  await page.getByRole('combobox', { name: 'Profile' }).selectOption('Local Ollama');
  await field(page, 'System message').fill('You summarise papers for busy people.');
  await field(page, 'User message').fill('Summarise this abstract in two sentences:\n\nWe show that…');
  await field(page, 'Temperature').fill('0.2');
  await page.waitForTimeout(500);
}

async function batch(page: Page): Promise<void> {
  await newJob(page);
  await kind(page, 'For many items');
  await field(page, 'Name').fill('Thumbnails');
  await kind(page, 'Combinations');
  await field(page, 'Name 1').fill('path');
  await field(page, 'Values of path').fill("harbour.jpg, market day.jpg, it's late.jpg");
  await page.getByRole('button', { name: 'Add name' }).click();
  await field(page, 'Name 2').fill('size');
  await field(page, 'Values of size').fill('320, 640');
  await field(page, 'At a time').fill('4');
  await field(page, 'Shell line').fill('vipsthumbnail ');
  await field(page, 'Shell line').press('End');
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: '{{item.path}}' }).click();
  await page.keyboard.type(' --size ');
  await page.getByRole('button', { name: '{{item.size}}' }).click();
  await page.waitForTimeout(900);
}

async function plan(page: Page): Promise<void> {
  await newJob(page);
  await field(page, 'Shell line').fill('pg_dump shop | zstd > shop.sql.zst');
  await open(page, 'When');
  await kind(page, 'By a schedule');
  await page.getByRole('combobox', { name: 'How often' }).selectOption('Monday to Friday');
  await page.waitForTimeout(600);
}

async function toEnd(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tags, notes/ }).scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
}

async function openAi(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { fakeJobdeck } = globalThis as unknown as { fakeJobdeck: FakeJobdeck };
    fakeJobdeck.main.state.chosenFile = '/home/you/requests.jsonl';
  });
  await newJob(page);
  await page.getByRole('button', { name: 'From an OpenAI Batch file…' }).click();
  await page.getByRole('region', { name: 'OpenAI Batch file' }).waitFor();
}

async function approve(page: Page, name: string): Promise<void> {
  await page.evaluate((text) => {
    const { fakeJobdeck } = globalThis as unknown as { fakeJobdeck: FakeJobdeck };
    fakeJobdeck.dialogs.import = [{ name: 'from-a-colleague.json', text }];
  }, JSON.stringify(FROM_A_COLLEAGUE));
  await page.keyboard.press('i');
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await page.getByRole('row').filter({ hasText: name }).first().click();
  await page.getByRole('button', { name: 'Review and run' }).click();
}

const FROM_A_COLLEAGUE: BatchJobDocument[] = [
  {
    job_type: 'batch',
    callback_url: 'https://hooks.example.net/done',
    metadata: {
      jobdeck: {
        version: 1,
        name: 'Tell the shop about new prices',
        task: {
          kind: 'http',
          method: 'PUT',
          url: 'https://shop.example.org/api/v2/prices/{{item.sku}}',
          headers: { Authorization: 'Bearer {{secret.SHOP_TOKEN}}', Accept: 'application/json' },
          body: { price: '{{item.price}}', currency: 'EUR' },
          max_redirects: 2,
        },
        items: { file: '/home/you/prices.csv', format: 'csv' },
        concurrency: 4,
        rate_limit: { count: 60, per: 'minute' },
        retry: { max_attempts: 3, backoff_ms: 2000 },
        schedule: { cron: '0 6 * * 1-5', time_zone: 'Europe/Berlin', missed: 'catch-up' },
        queue: 'shop',
      },
    },
  },
  {
    job_type: 'run',
    agent_id: 'agent-7c9e6679-7425-40de-944b-e07fc1f90ae7',
    metadata: {
      jobdeck: {
        version: 1,
        name: 'Summarise the minutes',
        task: {
          kind: 'llm',
          endpoint: 'chat/completions',
          request: { messages: [{ role: 'user', content: 'Summarise the minutes of today.' }] },
        },
      },
    },
  },
];

const both = (name: string, steps: (page: Page) => Promise<void>): Record<string, Picture> => ({
  [name]: { steps },
  [`${name}-dark-small`]: { scheme: 'dark', size: small, steps },
});

export const NEW_JOB_PICTURES: Record<string, Picture> = {
  ...both('new-folded', newJob),
  ...both('new-http', http),
  ...both('new-model', model),
  ...both('new-batch', batch),
  ...both('new-schedule', plan),
  ...both('new-openai', openAi),
  'new-openai-filled': {
    steps: async (page) => {
      await openAi(page);
      await page.getByRole('combobox', { name: 'Profile' }).selectOption('Local Ollama');
      await page.getByRole('button', { name: 'Fill in the form' }).click();
      await page.waitForTimeout(900);
    },
  },
  ...both('new-queue', async (page) => {
    await newJob(page);
    await field(page, 'Shell line').fill('make index');
    await open(page, 'Queue');
    await page.getByRole('combobox', { name: 'Queue' }).fill('gpu');
    await page.getByRole('combobox', { name: 'Add a job to wait for' }).selectOption({ index: 1 });
    await field(page, 'Duplicate key').fill('index');
    await toEnd(page);
  }),
  ...both('new-limits', async (page) => {
    await newJob(page);
    await field(page, 'Shell line').fill('make index');
    await open(page, 'Limits and retries');
    await field(page, 'Timeout').fill('10 min');
    await field(page, 'Attempts').fill('3');
    await field(page, 'Longest wait').fill('soon');
    await toEnd(page);
  }),
  ...both('new-details', async (page) => {
    await newJob(page);
    await field(page, 'Shell line').fill('make index');
    await open(page, 'Environment and input');
    await page.getByRole('button', { name: 'Insert a secret into environment' }).click();
    await page.getByRole('menuitem', { name: 'OPENAI_API_KEY' }).click();
    await open(page, 'Tags, notes');
    await toEnd(page);
  }),
  ...both('new-wrong', async (page) => {
    await newJob(page);
    await kind(page, 'For many items');
    await kind(page, 'Model call');
    await page.getByRole('button', { name: 'Run now' }).click();
  }),
  'new-file': {
    steps: async (page) => {
      await newJob(page);
      await kind(page, 'For many items');
      await kind(page, 'File');
      await page.getByRole('button', { name: 'Choose… File' }).click();
      await kind(page, 'Program');
      await field(page, 'Program').fill('sha256sum');
      await field(page, 'Argument 1').focus();
      await page.waitForTimeout(700);
      await page.getByRole('button', { name: '{{item.path}}' }).click();
      await page.waitForTimeout(900);
    },
  },
  'new-examples': {
    steps: async (page) => {
      await newJob(page);
      await page.getByRole('button', { name: 'Start from an example' }).click();
    },
  },
  'new-script-items': {
    size: small,
    steps: async (page) => {
      await newJob(page);
      await kind(page, 'For many items');
      await kind(page, 'File');
      await page.getByRole('button', { name: 'Choose… File' }).click();
      await kind(page, 'Script');
      await page.waitForTimeout(900);
      await field(page, 'Script').click();
      await page.keyboard.type('wc -w ');
      await page.getByRole('button', { name: '"$JOBDECK_ITEM_PATH"' }).click();
      await page.waitForTimeout(900);
    },
  },
  'approval-http': { steps: (page) => approve(page, 'Tell the shop') },
  'approval-model': { scheme: 'dark', size: small, steps: (page) => approve(page, 'Summarise') },
  'new-secrets-menu': {
    scheme: 'dark',
    steps: async (page) => {
      await newJob(page);
      await kind(page, 'HTTP request');
      await page.getByRole('button', { name: 'Insert a secret into headers' }).click();
    },
  },
};
