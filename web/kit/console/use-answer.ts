import { useQuery } from '@tanstack/react-query';
import type { Answered, Asked, Client, Operations } from '#kit/base';

/** Asks an operation and keeps its answer until what is asked changes. */
export function useAnswer<K extends keyof Operations>(
  client: Client,
  id: K,
  asked: Asked<Operations[K]>,
) {
  return useQuery<Answered<Operations[K]>>({
    queryKey: [id, asked],
    queryFn: ({ signal }) => client.call(id, asked, { signal }),
    retry: false,
  });
}
