/** What the window shows: filter, search, selection, panels. Only how it looks outlives a reload. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { JobId } from '#shared/job/job-id.ts';
import { isSort } from '../db/order.ts';
import { type JobView, NEWEST_FIRST, type Sort } from '../db/queries.ts';
import { EMPTY_SELECTION, onlyActive, type Selection } from './selection.ts';

const FILTERS = ['all', 'active', 'scheduled', 'created', 'completed', 'failed', 'cancelled'] as const;
export type Filter = Extract<JobView['filter'], (typeof FILTERS)[number]>;

/** True for a list that is in the sidebar. */
export function isFilter(filter: JobView['filter']): filter is Filter {
  return (FILTERS as readonly string[]).includes(filter);
}

export type DetailTab = 'overview' | 'output' | 'items' | 'callback' | 'json';
/** Which list the window is about. */
export type Place = 'jobs' | 'callbacks';

export interface ViewState {
  place: Place;
  filter: Filter;
  search: string;
  sort: Sort;
  /** The id of the saved view that is shown as it was saved; null for any other. */
  savedView: string | null;
  selection: Selection;
  /** Whether the detail covers the list, where there is no room for both. */
  detailOpen: boolean;
  tab: DetailTab;
  sidebarWidth: number;
  detailWidth: number;
  wrapOutput: boolean;

  setPlace(place: Place): void;
  /** Goes to that list of jobs. */
  setFilter(filter: Filter): void;
  /** What is selected may not be among what is found: only the job that the detail shows stays. */
  setSearch(search: string): void;
  setSort(sort: Sort): void;
  showView(view: { id: string; filter: Filter; search: string; sort: Sort }): void;
  setSelection(selection: Selection): void;
  /** Selects a job alone and shows it, wherever the list is. */
  showJob(id: JobId, tab?: DetailTab): void;
  setDetailOpen(open: boolean): void;
  setTab(tab: DetailTab): void;
  setSidebarWidth(width: number): void;
  setDetailWidth(width: number): void;
  setWrapOutput(wrap: boolean): void;
}

export const useView = create<ViewState>()(
  persist(
    (set) => ({
      place: 'jobs',
      filter: 'all',
      search: '',
      sort: NEWEST_FIRST,
      savedView: null,
      selection: EMPTY_SELECTION,
      detailOpen: false,
      tab: 'overview',
      sidebarWidth: 192,
      detailWidth: 450,
      wrapOutput: false,

      setPlace: (place) =>
        set((view) => (view.place === place ? {} : { place, selection: EMPTY_SELECTION, detailOpen: false })),
      setFilter: (filter) =>
        set({ place: 'jobs', filter, savedView: null, selection: EMPTY_SELECTION, detailOpen: false }),
      setSearch: (search) =>
        set((view) => ({
          search,
          savedView: null,
          ...(search.trim() !== view.search.trim() && { selection: onlyActive(view.selection) }),
        })),
      setSort: (sort) =>
        set(({ selection }) => ({ sort, savedView: null, selection: onlyActive(selection) })),
      showView: ({ id, filter, search, sort }) =>
        set({
          ...{ place: 'jobs', filter, search, sort, savedView: id },
          ...{ selection: EMPTY_SELECTION, detailOpen: false },
        }),
      setSelection: (selection) => set({ selection }),
      showJob: (id, tab) =>
        set({
          selection: { ids: new Set([id]), active: id, anchor: id },
          detailOpen: true,
          ...(tab && { tab }),
        }),
      setDetailOpen: (detailOpen) => set({ detailOpen }),
      setTab: (tab) => set({ tab }),
      setSidebarWidth: (sidebarWidth) => set({ sidebarWidth }),
      setDetailWidth: (detailWidth) => set({ detailWidth }),
      setWrapOutput: (wrapOutput) => set({ wrapOutput }),
    }),
    {
      name: 'jobdeck-view',
      partialize: ({ filter, sort, tab, sidebarWidth, detailWidth, wrapOutput }) => ({
        filter,
        sort,
        tab,
        sidebarWidth,
        detailWidth,
        wrapOutput,
      }),
      // What another version has stored may name a list or an order that this one does not have.
      merge: (stored, view) => {
        const kept = { ...view, ...(stored as Partial<ViewState> | undefined) };
        return {
          ...kept,
          filter: isFilter(kept.filter) ? kept.filter : 'all',
          sort: isSort(kept.sort) ? kept.sort : NEWEST_FIRST,
        };
      },
    },
  ),
);
