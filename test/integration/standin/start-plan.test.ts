import { describe, expect, it } from 'vitest';
import { planStart } from '../../electron-standin/start-plan.ts';

const everything = { electron: '/e/electron', chromium: '/usr/bin/chromium', hasDisplay: true };

describe('npm start', () => {
  it('opens Electron without a word where it is', () => {
    expect(planStart(everything)).toEqual({ kind: 'electron', executable: '/e/electron', message: null });
  });

  it('says in one line that a preview in Chromium is no Electron', () => {
    const plan = planStart({ ...everything, electron: null });
    expect(plan.kind).toBe('preview');
    expect(plan.message).toMatch(
      /^Electron's runtime is not here.*preview window in \/usr\/bin\/chromium.*$/u,
    );
  });

  it('says what to install where there is neither Electron nor Chromium', () => {
    const plan = planStart({ ...everything, electron: null, chromium: null });
    expect(plan.kind).toBe('nothing');
    expect(plan.message).toMatch(/npx install-electron.*install Chromium/u);
  });

  it('opens nothing where there is no display, and names the command line instead', () => {
    const plan = planStart({ ...everything, hasDisplay: false });
    expect(plan.kind).toBe('nothing');
    expect(plan.message).toMatch(/no display.*npm run -s job/u);
  });
});
