import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RequestKeys } from '@/api/idempotency';
import { createImport, IMPORTS } from '@/api/imports';
import { sendFile } from '@/api/uploads';

/** Announces a file, uploads it, and leads to its import, which only checks it for now. */
export function useNewImport(warehouseId: string | undefined) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [keys] = useState(() => new RequestKeys());
  const [percent, setPercent] = useState(0);
  const sending = useMutation({
    mutationFn: async (file: File) => {
      setPercent(0);
      const body = {
        filename: file.name,
        size: file.size,
        dry_run: true,
        ...(warehouseId ? { warehouse_id: warehouseId } : {}),
      };
      const created = await keys.send(body, (key) => createImport(body, key));
      if (created.upload) {
        await sendFile(created.upload, file, {
          progress: (sent) => setPercent(Math.round((100 * sent) / (file.size || 1))),
        });
      }
      return created;
    },
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: [...IMPORTS, 'list'] });
      await navigate({ to: '/items/imports/$importId', params: { importId: id } });
    },
  });
  return {
    send: (file: File) => sending.mutate(file),
    sending: sending.isPending,
    percent,
    problem: sending.error?.message ?? null,
    dismiss: sending.reset,
  };
}
