/** Saved model profiles and secrets. A secret's value comes in and never goes out. */
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function modelHandlers({
  workspace: { profiles, secrets },
}: HandlerContext): HandlersOf<'profile' | 'secret'> {
  return {
    'profile:list': async () => ({ profiles: profiles.list() }),
    'profile:save': async (profile) => {
      profiles.save(profile);
      return {};
    },
    'profile:remove': async ({ id }) => {
      profiles.remove(id);
      return {};
    },
    'secret:list': async () => ({ names: secrets.names(), backend: secrets.backend }),
    'secret:save': async ({ name, value }) => {
      secrets.save(name, value);
      return {};
    },
    'secret:remove': async ({ name }) => {
      secrets.remove(name);
      return {};
    },
  };
}
