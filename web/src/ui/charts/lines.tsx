import classes from './charts.module.css';
import { niceTop, type Series } from './series';

interface LinesProps {
  label: string;
  series: readonly Series[];
  /** Oldest first; null where there is no value. */
  points: readonly { values: Record<string, number | null> }[];
  /** The moments of the points: their distances are those of the time between them. */
  moments: readonly number[];
  ends: readonly [string, string];
  show: (value: number) => string;
  /** Whether each point is a dot; many of them hide the line. */
  marked?: boolean;
}

/** Lines over time. Its numbers are in the table beside it, so that here a name is enough. */
export function Lines({ label, series, points, moments, ends, show, marked = true }: LinesProps) {
  const values = points.flatMap((point) =>
    series.map(({ key }) => point.values[key]).filter((value) => value != null),
  );
  const top = niceTop(Math.max(...values, 0));
  const first = moments[0] ?? 0;
  const span = (moments.at(-1) ?? 1) - first || 1;
  const x = (index: number) => (100 * ((moments[index] ?? first) - first)) / span;
  const y = (value: number) => 100 - (100 * value) / top;
  return (
    <div className={classes.plot}>
      <div className={classes.scale} aria-hidden>
        {[1, 0.5, 0].map((share) => (
          <span key={share}>{show(top * share)}</span>
        ))}
      </div>
      <svg
        className={classes.lines}
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {[0, 50, 100].map((line) => (
          <line
            key={line}
            x1="0"
            x2="100"
            y1={line}
            y2={line}
            stroke="var(--line)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {series.map(({ key, color }) => {
          const coordinates = points.flatMap((point, index) => {
            const value = point.values[key];
            return value == null ? [] : [`${x(index)},${y(value)}`];
          });
          return (
            <g key={key} stroke={color} fill="none" strokeLinecap="round" strokeLinejoin="round">
              <polyline
                points={coordinates.join(' ')}
                strokeWidth="2"
                vectorEffect="non-scaling-stroke"
              />
              {marked
                ? coordinates.map((place, index) => (
                    <polyline
                      key={index}
                      points={`${place} ${place}`}
                      strokeWidth="6"
                      vectorEffect="non-scaling-stroke"
                    />
                  ))
                : null}
            </g>
          );
        })}
      </svg>
      <div className={classes.ends} aria-hidden>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  );
}
