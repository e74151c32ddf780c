import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ANOMALIES } from '@/api/anomalies';
import { reportKey, REPORTS, type Report } from '@/api/reports';
import { warehouseKey } from '@/api/warehouses';

/**
 * Once an analysis is done, lists and counts that were read before it are of another time. A report
 * that is not read yet, of which it is known that it is under way, is undefined at first.
 */
export function useFreshLists(report: Report | undefined): void {
  const queries = useQueryClient();
  const { id = '', status, warehouse_id } = report ?? {};
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status && status === 'ready') {
      void queries.invalidateQueries({ queryKey: ANOMALIES });
      void queries.invalidateQueries({ queryKey: [...REPORTS, 'list'] });
      void queries.invalidateQueries({ queryKey: [...reportKey(id), 'locations'] });
      if (warehouse_id) void queries.invalidateQueries({ queryKey: warehouseKey(warehouse_id) });
    }
    before.current = status;
  }, [queries, id, status, warehouse_id]);
}
