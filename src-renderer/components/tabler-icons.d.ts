/** The package types its barrel alone; icons are imported one by one, so that no build reads all six thousand. */
declare module '@tabler/icons-react/dist/esm/icons/*' {
  import type { Icon } from '@tabler/icons-react';

  const icon: Icon;
  // biome-ignore lint/style/noDefaultExport: this is how the package exports an icon
  export default icon;
}
