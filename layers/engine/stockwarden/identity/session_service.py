"""Use cases of the sessions of an account: list them, end one, end all others."""

from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Caller
from stockwarden.identity.sessions import ListedSession, SessionRepository
from stockwarden.identity.users import UserRepository


class SessionService:
    def __init__(self, users: UserRepository, sessions: SessionRepository) -> None:
        self._users = users
        self._sessions = sessions

    def list_sessions(
        self, caller: Caller, *, limit: int, cursor: str | None
    ) -> tuple[list[ListedSession], str | None]:
        """A page of the caller's living sessions, newest first, and the next one's cursor. Raises
        BadRequest for a cursor of another list."""
        user = self._users.find(caller.username)
        if user is None:
            raise NotFound("There is no such account.")
        return self._sessions.list_sessions(
            user.username, user.sign_outs, limit=limit, cursor=cursor
        )

    def end(self, caller: Caller, session_id: str) -> None:
        """Raises NotFound unless it is a session of the caller."""
        self._sessions.end_own(caller.username, session_id)

    def end_others(self, caller: Caller) -> None:
        """Ends all sessions of the caller but the one of the request. Raises NotFound."""
        self._users.end_sessions(caller.username, keep=caller.session_id)
