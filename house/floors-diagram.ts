import { floors, rooms } from '../rooms.ts';

export const begin = '<!-- floors: made by `npm run rooms` -->';
export const end = '<!-- floors: end -->';

/** The floors as a Mermaid drawing, app on top, ports dotted. */
export function floorsDiagram(): string {
  const lines = ['```mermaid', 'flowchart TB'];
  const ids = floors.map((floor) => `floor_${floor.name.replaceAll(' ', '_')}`);
  for (const [height, floor] of [...floors.entries()].toReversed()) {
    lines.push(`  subgraph ${ids[height]}["${height} ${floor.name}"]`);
    for (const room of floor.rooms) lines.push(`    ${room.name}["${room.name}: ${room.about}"]`);
    lines.push('  end');
  }
  lines.push(`  ${ids.toReversed().join(' --> ')}`);
  for (const room of rooms) {
    for (const port of room.ports) {
      if (port.from !== null) lines.push(`  ${room.name} -. ${port.name} .-> ${port.from}`);
    }
  }
  return [...lines, '```'].join('\n').replaceAll('`npx tillback`', 'npx tillback');
}

/** The page with the drawing between its markers made anew. */
export function withFloors(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`no "${begin}" ... "${end}" in the page`);
  return `${page.slice(0, from + begin.length)}\n${floorsDiagram()}\n${page.slice(to)}`;
}
