export const load = (): Promise<Response> => fetch('https://example.com');
