export const load = (): Promise<Response> => globalThis.fetch('https://example.com');
