/**
 * Takes pictures of the dev page: node test/fakes/dev-page/shoot.ts URL OUT_DIR [name ...]
 * Each picture is a scene and the steps that lead to what is to be seen.
 */
import { chromium, type Page } from 'playwright';
import { PICTURES } from './pictures.ts';

const [url = 'http://127.0.0.1:4870', outDir = '/tmp/pictures', ...names] = process.argv.slice(2);
const executablePath = process.env.JOBDECK_CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const chosen = Object.entries(PICTURES).filter(
  ([name]) => names.length === 0 || names.some((each) => name.startsWith(each)),
);

for (const [name, picture] of chosen) {
  const { size = [1280, 800], scheme = 'light', scene = 'history', steps = async () => {} } = picture;
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    colorScheme: scheme,
    deviceScaleFactor: 1,
  });
  const page: Page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`${name}: ${error.message}`));
  await page.goto(`${url}/?scene=${scene}`);
  try {
    await page
      .getByRole(scene === 'detached' ? 'heading' : 'navigation')
      .first()
      .waitFor({ timeout: 8000 });
    await page.waitForTimeout(500);
    await steps(page);
    await page.waitForTimeout(400);
  } catch (error) {
    console.log(
      `${name}: ${error instanceof Error ? error.message.split('\n').slice(0, 6).join('\n') : String(error)}`,
    );
  }
  await page.screenshot({ path: `${outDir}/${name}.png` });
  await context.close();
}
await browser.close();
