import { useEffect, useState } from 'react';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { ItemPreview } from '#shared/contract/items.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import { useServices } from '../../../services/services.tsx';
import { isObject, objectOf } from '../draft/values.ts';

const SHOWN = 5;
const PAUSE_MS = 250;

export interface PreviewOfItems extends ItemPreview {
  /** True while what is shown is of the items as they were a moment ago. */
  isLate: boolean;
}

const NOTHING: ItemPreview = { items: [], total: 0, problem: null };

/** The first items of a source, a moment after it was changed. */
export function useItemPreview(items: unknown): PreviewOfItems {
  const { api } = useServices();
  const key = JSON.stringify(firstOf(items)) ?? '';
  const [shown, setShown] = useState<{ key: string; preview: ItemPreview }>({ key: '', preview: NOTHING });
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(async () => {
      const preview = await previewOf(api, key);
      if (!isGone) setShown({ key, preview });
    }, PAUSE_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [api, key]);
  const preview = shown.preview;
  // Items written in the document are counted here: only the first of them are asked for.
  const values = isObject(items) && Array.isArray(items.values) ? items.values.length : null;
  return { ...preview, total: values ?? preview.total, isLate: shown.key !== key };
}

/** The source without the items that are not shown: a long list does not cross for every key. */
function firstOf(items: unknown): unknown {
  const { values } = objectOf(items);
  return Array.isArray(values) ? { values: values.slice(0, SHOWN) } : items;
}

async function previewOf(api: Pick<JobdeckApi, 'previewItems'>, key: string): Promise<ItemPreview> {
  if (key === '') return NOTHING;
  const items = JSON.parse(key) as Items;
  if (objectOf(items).file === '') return NOTHING;
  const answer = await api.previewItems({ items, limit: SHOWN });
  return answer.ok ? answer.value : { ...NOTHING, total: null, problem: answer.error.message };
}
