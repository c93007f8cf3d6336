import type { Operation } from './operation.js';
import { Problem } from './problem.js';
import { shown } from './target.js';

export interface Found {
  readonly operation: Operation;
  readonly parts: Readonly<Record<string, string>>;
}

interface Route {
  readonly path: string;
  readonly template: readonly string[];
  readonly byMethod: Map<string, Operation>;
}

/** From method and path to operation. */
export class Router {
  private readonly routes: Route[] = [];

  constructor(readonly operations: readonly Operation[]) {
    for (const operation of operations) this.add(operation);
  }

  /** Throws 404 or 405 (with Allow). */
  find(method: string, path: string): Found {
    const segments = path.slice(1).split('/');
    for (const route of this.routes) {
      const parts = match(route.template, segments);
      if (parts === undefined) continue;
      const operation = route.byMethod.get(method === 'HEAD' ? 'GET' : method);
      if (operation !== undefined) return { operation, parts };
      const allowed = allow(route);
      throw new Problem('method-not-allowed', `${shown(method)} is not possible at ${route.path}; use ${allowed}`, {
        headers: { allow: allowed },
      });
    }
    throw new Problem('unknown-path', `there is nothing at ${shown(path)}; /openapi.json tells what there is`);
  }

  private add(operation: Operation): void {
    const { path, method } = operation;
    let route = this.routes.find((known) => known.path === path);
    if (route === undefined) {
      route = { path, template: path.slice(1).split('/'), byMethod: new Map() };
      this.routes.push(route);
    }
    if (route.byMethod.has(method)) throw new Error(`${method} ${path} is there twice`);
    route.byMethod.set(method, operation);
  }
}

function allow({ byMethod }: Route): string {
  return [...byMethod.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
}

/** `{key}` takes slashes, too: people write them, and proxies decode %2F. */
function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const hasKey = template.at(-1) === '{key}';
  if (hasKey ? segments.length < template.length : segments.length !== template.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [position, part] of template.entries()) {
    if (part === '{key}') parts['key'] = segments.slice(position).join('/');
    else if (part.startsWith('{')) parts[part.slice(1, -1)] = segments[position]!;
    else if (part !== segments[position]) return undefined;
  }
  return parts;
}
