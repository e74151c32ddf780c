import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createWarehouse, WAREHOUSES, type Warehouse } from '@/api/warehouses';
import { ApiProblem } from '@/api/problem';
import { ownTimezone } from './timezones';

/** A warehouse of which only the name is known yet, in the reader's time zone. */
export function useNewWarehouse() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string): Promise<Warehouse> =>
      createWarehouse({ name: name.trim(), timezone: ownTimezone(), part_below: 0.5, layout: [] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: WAREHOUSES }),
  });
}

/** What is wrong with its name, as the service says it. */
export const nameProblem = (error: unknown): string | undefined =>
  error instanceof ApiProblem ? error.errorAt('/name') : undefined;
