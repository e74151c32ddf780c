import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Statistics = Schemas['CompanyStatistics'];
export type DeadLetters = Schemas['DeadLetterList'];

export const statisticsQuery = () =>
  queryOptions({
    queryKey: ['statistics'],
    queryFn: ({ signal }) => answered(api.GET('/admin/statistics', { signal })),
  });

/** Some of the messages that were given up, oldest first. */
export const deadLettersQuery = () =>
  queryOptions({
    queryKey: ['dead-letters'],
    queryFn: ({ signal }) => answered(api.GET('/admin/dead-letters', { signal })),
  });

export const redriveDeadLetters = () => answered(api.POST('/admin/dead-letters/redrive'));
