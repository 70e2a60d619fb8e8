/** The environment a task's program gets. */

/** Names the attempt that a process belongs to, so that it is found again wherever it went. */
export const MARKER_VARIABLE = 'JOBDECK_ATTEMPT_ID';

/** How Jobdeck's own runtime is driven: a child that is Node or Electron itself must not be driven by it. */
const INTERNAL = [
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ASAR',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'ELECTRON_FORCE_IS_PACKAGED',
  'ELECTRON_RENDERER_URL',
  'ELECTRON_EXEC_PATH',
  'ELECTRON_OVERRIDE_DIST_PATH',
  'ELECTRON_CLI_ARGS',
  'NODE_ENV_ELECTRON_VITE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_UNIQUE_ID',
  'CHROME_DESKTOP',
];

/** `base` without what belongs to Jobdeck's own runtime. */
export function withoutInternals(base: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value !== undefined && !INTERNAL.includes(name.toUpperCase())) environment[name] = value;
  }
  return environment;
}

/** `base` with `added` over it. On Windows `Path` and `PATH` are one variable. */
export function mergeEnvironment(
  base: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  if (platform !== 'win32') return { ...base, ...added };
  const replaced = new Set(Object.keys(added).map((name) => name.toUpperCase()));
  const kept = Object.entries(base).filter(([name]) => !replaced.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...added };
}
