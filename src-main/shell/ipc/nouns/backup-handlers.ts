/** Backups of the history, and the room that output takes. */
import { app, shell } from 'electron';
import { isActive } from '#shared/job/lifecycle.ts';
import { createBackups } from '../../../adapters/backup/backups.ts';
import { dropOutput, outputSizes } from '../../../adapters/output/output-upkeep.ts';
import { SYSTEM_CLOCK } from '../../../adapters/system-clock.ts';
import { chooseBackupPath } from '../../dialogs.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function backupHandlers({
  workspace,
  currentWindow,
}: HandlerContext): HandlersOf<'backup' | 'retention'> {
  const { dataDirectory } = workspace;
  const backups = createBackups({ dataDirectory, appVersion: app.getVersion(), now: SYSTEM_CLOCK.now });
  const { opened } = backups;
  return {
    'backup:list': () => backups.list(),
    'backup:begin': async ({ reason }) => ({ writeId: await backups.begin(reason) }),
    'backup:write': async ({ writeId, records }) => {
      await backups.write(writeId, records);
      return {};
    },
    'backup:finish': ({ writeId }) => backups.finish(writeId, workspace.readSettings().backupsKept),
    'backup:cancel': async ({ writeId }) => {
      await backups.cancel(writeId);
      return {};
    },
    'backup:check': ({ name }) => backups.check(name),
    'backup:open': ({ name }) => opened.open(backups.pathOf(name)),
    'backup:choose': async () => {
      const path = await chooseBackupPath(currentWindow());
      return path === null ? null : opened.open(path);
    },
    'backup:reading': async ({ openId }) => opened.reading(openId),
    'backup:page': async (request) => opened.page(request),
    'backup:lacking': async ({ openId, ids }) => ({ ids: opened.lacking(openId, ids) }),
    'backup:close': async ({ openId }) => {
      await opened.close(openId);
      return {};
    },
    'backup:reveal': async ({ name }) => {
      shell.showItemInFolder(backups.pathOf(name));
      return {};
    },
    'retention:sizes': async ({ ids }) => ({ sizes: await outputSizes(dataDirectory, ids) }),
    'retention:drop-output': async ({ ids }) => {
      const refused = ids.filter((id) => isActive(workspace.findJob(id)?.status ?? 'completed'));
      await dropOutput(
        dataDirectory,
        ids.filter((id) => !refused.includes(id)),
      );
      return { refused };
    },
  };
}
