import { useElementSize } from '@mantine/hooks';
import type { WhatIf } from '@/api/comparing';
import { useFormat } from '@/i18n/i18n';
import classes from './step-chart.module.css';

interface StepChartProps {
  points: WhatIf['points'];
  /** What holds now, and what is asked about: places in the list of points. */
  now: number;
  chosen: number;
  label: string;
  limitOf: (index: number) => string;
}

const HEIGHT = 180;
const MARGIN = { top: 14, right: 10, bottom: 24, left: 40 };

/** How many anomalies each limit gives, as a line in steps. */
export function StepChart({ points, now, chosen, label, limitOf }: StepChartProps) {
  const { ref, width } = useElementSize();
  const format = useFormat();
  const inner = Math.max(50, width - MARGIN.left - MARGIN.right);
  const most = Math.max(1, ...points.map((point) => point.anomalies));
  const x = (index: number) => MARGIN.left + (index / Math.max(1, points.length - 1)) * inner;
  const y = (count: number) =>
    HEIGHT - MARGIN.bottom - (count / most) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const line = points
    .map((point, index) =>
      index === 0 ? `M${x(0)} ${y(point.anomalies)}` : `H${x(index)}V${y(point.anomalies)}`,
    )
    .join('');
  const mark = (index: number, className: string | undefined) => (
    <>
      <line
        className={className}
        x1={x(index)}
        x2={x(index)}
        y1={MARGIN.top}
        y2={HEIGHT - MARGIN.bottom}
      />
      <circle className={className} cx={x(index)} cy={y(points[index]?.anomalies ?? 0)} r={5} />
    </>
  );
  return (
    <div ref={ref}>
      <svg width="100%" height={HEIGHT} role="img" aria-label={label} className={classes.chart}>
        {[0, most].map((count) => (
          <g key={count}>
            <line
              className={classes.grid}
              x1={MARGIN.left}
              x2={MARGIN.left + inner}
              y1={y(count)}
              y2={y(count)}
            />
            <text x={MARGIN.left - 8} y={y(count) + 4} textAnchor="end">
              {format.number(count)}
            </text>
          </g>
        ))}
        <text x={x(0)} y={HEIGHT - 6}>
          {limitOf(0)}
        </text>
        <text x={x(points.length - 1)} y={HEIGHT - 6} textAnchor="end">
          {limitOf(points.length - 1)}
        </text>
        <path d={line} className={classes.line} />
        {mark(now, classes.now)}
        {mark(chosen, classes.asked)}
      </svg>
    </div>
  );
}
