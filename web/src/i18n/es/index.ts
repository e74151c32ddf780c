import type { Messages } from '../messages';
import type { Plural } from '../plural';
import { anomalies } from './anomalies';
import { general } from './general';
import { mapping } from './mapping';
import { reports } from './reports';
import { rules } from './rules';
import { scope } from './scope';
import { sentences } from './sentences';
import { triage } from './triage';
import { warehouses } from './warehouses';

export const es = (plural: Plural): Messages => ({
  ...general(plural),
  ...reports(plural),
  ...mapping(plural),
  ...scope(plural),
  ...anomalies(plural),
  ...triage(plural),
  ...warehouses(plural),
  rules,
  sentences,
});
