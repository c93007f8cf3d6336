import { plain } from '../http/operation.js';
import type { Answer } from '../http/operation.js';

export function page(): Answer {
  return plain(200, '<!doctype html><title>Synod</title>', 'text/html; charset=utf-8');
}
