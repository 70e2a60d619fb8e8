/** What lies around the list: saved views with keys alone, and what is dragged over the window. */
import { expect, test } from './support/app.ts';
import { line, runNewJob } from './support/window.ts';

test('what the list shows is saved, changed and brought back as a view, and the focus is never lost', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  await runNewJob(page, { name: 'Good', shell: 'true' });
  await runNewJob(page, { name: 'Bad', shell: 'exit 3' });
  await expect(line(page, 'Good', 'done')).toBeVisible();
  await expect(line(page, 'Bad', 'exit 3')).toBeVisible();
  const sidebar = page.getByRole('navigation', { name: 'Jobs and queues' });
  const views = sidebar.getByRole('region', { name: 'Views' });
  await sidebar.getByRole('button', { name: /^Failed/ }).click();
  await page.keyboard.press('v');
  const name = views.getByRole('textbox', { name: 'Name of the view' });
  await expect(name).toHaveValue('Failed');
  await name.fill('Look at these');
  await name.press('Enter');
  const view = views.getByRole('button', { name: 'Look at these', exact: true });
  await expect(view).toBeFocused();

  await sidebar.getByRole('button', { name: /^Done/ }).click();
  const more = views.getByRole('button', { name: 'More for the view Look at these' });
  await more.focus();
  await more.press('Enter');
  await page.getByRole('menuitem', { name: 'Update with what is shown' }).click();
  await sidebar.getByRole('button', { name: /^All/ }).click();
  await view.click();
  await expect(line(page, 'Good')).toHaveCount(1);
  await expect(line(page, 'Bad')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await sidebar.getByRole('button', { name: /^All/ }).click();
  await expect(line(page, 'Good')).toHaveCount(1);
  await view.click();
  await expect(line(page, 'Bad')).toHaveCount(1);
  await expect(line(page, 'Good')).toHaveCount(0);
  await more.focus();
  await more.press('Enter');
  const update = page.getByRole('menuitem', { name: 'Update with what is shown' });
  await expect(update).toBeDisabled();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(view).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Views');
});

test('files that are dragged over the window are taken, and text is left to where it goes', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  await expect(page.getByRole('button', { name: 'New job' }).first()).toBeVisible();
  const answers = await page.evaluate(() => {
    const drag = (type: string, data: DataTransfer) => {
      const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const [text, file] = [new DataTransfer(), new DataTransfer()];
    text.setData('text/plain', 'some words');
    file.items.add(new File(['{}'], 'job.json'));
    return [drag('dragover', text), drag('drop', text), drag('dragover', file)];
  });
  expect(answers).toEqual([false, false, true]);
});
