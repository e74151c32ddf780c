import type { Plural } from '../plural';
import { anomalies } from './anomalies';
import { general } from './general';
import { mapping } from './mapping';
import { reports } from './reports';
import { scope } from './scope';
import { sentences } from './sentences';
import { triage } from './triage';
import { warehouses } from './warehouses';

export const en = (plural: Plural) => ({
  ...general(plural),
  ...reports(plural),
  ...mapping(plural),
  ...scope(plural),
  ...anomalies(plural),
  ...triage(plural),
  ...warehouses(plural),
  /** By code, in other languages than the service's, which gives a rule's English texts. */
  rules: {} as Record<string, { title: string; why: string }>,
  sentences,
});
