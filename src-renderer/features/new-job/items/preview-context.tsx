import { createContext, useContext } from 'react';
import type { PreviewOfItems } from './use-item-preview.ts';

const PreviewContext = createContext<PreviewOfItems>({ items: [], total: 0, problem: null, isLate: false });

export const PreviewProvider = PreviewContext.Provider;

/** The first items of the batch that is written, for all that shows something of them. */
export function usePreview(): PreviewOfItems {
  return useContext(PreviewContext);
}
