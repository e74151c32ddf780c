"""Use cases of the sessions of an account: list them, end one, end all others."""

from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Caller
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.sessions import ListedSession, SessionRepository
from stockwarden.identity.users import UserRepository


class SessionService:
    def __init__(
        self, users: UserRepository, sessions: SessionRepository, security: SecurityLog
    ) -> None:
        self._security = security
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
        ended = self._security.of_account(
            caller.origin, caller.user_id, "session.ended", session=(session_id, None)
        )
        self._sessions.end_own(caller.username, session_id, ended)

    def end_others(self, caller: Caller) -> None:
        """Ends all sessions of the caller but the one of the request. Raises NotFound."""
        ended = self._security.of_account(
            caller.origin, caller.user_id, "session.others_ended", kept=(None, caller.session_id)
        )
        self._users.end_sessions(caller.username, keep=caller.session_id, beside=[ended])
