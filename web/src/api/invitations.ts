import { infiniteQueryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Invitation = Schemas['InvitationView'];
export type NewInvitation = Schemas['NewInvitation'];
export type InvitationRequest = Schemas['InvitationRequest'];

export const INVITATIONS = ['invitations'] as const;

/** Those that still hold, newest first. */
export const invitationListQuery = () =>
  infiniteQueryOptions({
    queryKey: INVITATIONS,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/invitations', { params: { query: { limit: 50, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Raises ApiProblem 409 if an account has the address. */
export const invite = (body: InvitationRequest) => answered(api.POST('/invitations', { body }));

export const withdrawInvitation = (id: string) =>
  answered(api.DELETE('/invitations/{invitation_id}', { params: { path: { invitation_id: id } } }));
