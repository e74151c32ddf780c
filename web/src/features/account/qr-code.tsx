import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { qrPath } from './qr-path';

interface Drawn {
  size: number;
  path: string;
}

/** Loaded by the few who set up a second factor. Dark on light in both themes: phones want that. */
async function draw(text: string): Promise<Drawn> {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  return { size, path: qrPath(data) };
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    let unmounted = false;
    // Without the picture the key beside it does as well.
    draw(text).then(
      (result) => !unmounted && setDrawn(result),
      () => undefined,
    );
    return () => {
      unmounted = true;
    };
  }, [text]);
  if (!drawn) return <Skeleton w={220} h={220} />;
  return (
    <svg
      role="img"
      aria-label={label}
      width={220}
      height={220}
      viewBox={`0 0 ${drawn.size} ${drawn.size}`}
      shapeRendering="crispEdges"
      style={{ background: '#fff' }}
    >
      <path d={drawn.path} fill="#000" />
    </svg>
  );
}
