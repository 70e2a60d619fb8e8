/** What may take minutes before the window can show the history. */
export type Moving = 'backing-up' | 'updating' | 'recovering';

export const MOVING_WORDS: Record<Moving, { title: string; sentence: string }> = {
  'backing-up': {
    title: 'Backing up the history',
    sentence: 'This is done before this version of Jobdeck brings it up to date.',
  },
  updating: { title: 'Bringing the history up to date', sentence: 'This is done once.' },
  recovering: {
    title: 'Bringing the history back',
    sentence: 'It comes from the newest backup; what the runner still has is added afterwards.',
  },
};
