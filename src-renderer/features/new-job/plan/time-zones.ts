/** The time zones there are; '' stands for the one of the computer that runs the job. */
export function zoneOptions(chosen: string): { value: string; label: string }[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (chosen !== '') names.add(chosen);
  return [
    { value: '', label: `This computer’s, ${here}` },
    ...[...names].map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
  ];
}
