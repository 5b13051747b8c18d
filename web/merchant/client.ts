import { language, openClient, session, setSession } from '#kit/base';

export const client = openClient({
  token: () => session()?.token ?? null,
  language,
  onSignedOut: () => setSession(null),
});
