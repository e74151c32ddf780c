import { VisuallyHidden } from '@mantine/core';
import type { Anomaly } from '@/api/anomalies';
import { useSentence } from './sentence';
import classes from './short-sentence.module.css';
import { splitSentence } from './split-sentence';

/**
 * What is wrong, where the number or location that the sentence begins with is seen beside it. Who
 * hears the page hears all of it.
 */
export function ShortSentence({ anomaly }: { anomaly: Anomaly }) {
  const sentence = useSentence();
  const { subject, rest } = splitSentence(sentence(anomaly), anomaly);
  return (
    <>
      {subject ? <VisuallyHidden>{subject} </VisuallyHidden> : null}
      <span className={classes.rest}>{rest}</span>
    </>
  );
}
