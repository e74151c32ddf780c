"""Routes: the sessions of the caller's account."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, Field

from stockwarden.bootstrap.auth import session_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit

router = Router()


class SessionView(BaseModel):
    id: str
    created_at: str = Field(description="When it began, by signing in.")
    refreshed_at: str | None = Field(
        description="When it was last continued; null before the first time."
    )
    address: str = Field(
        description="The network address of the sign-in; empty where it is not known.",
        examples=["203.0.113.7"],
    )
    user_agent: str = Field(description="What the browser or client called itself then.")
    current: bool = Field(description="Whether it is the session of this request.")


class SessionList(BaseModel):
    """Newest first. A page may hold fewer than `limit`, where some have ended."""

    sessions: list[SessionView]
    next_cursor: str | None


@router.get("/users/me/sessions", tags=["Account"], summary="List your sessions")
def list_sessions(caller: CurrentCaller, limit: Limit = 20, cursor: Cursor = None) -> SessionList:
    """Where and when you signed in, as far as it has not ended."""
    listed, next_cursor = session_service().list_sessions(caller, limit=limit, cursor=cursor)
    sessions = [
        SessionView(
            id=session.id,
            created_at=session.created_at,
            refreshed_at=session.refreshed_at,
            address=session.origin.address,
            user_agent=session.origin.user_agent,
            current=session.id == caller.session_id,
        )
        for session in listed
    ]
    return SessionList(sessions=sessions, next_cursor=next_cursor)


@router.delete(
    "/users/me/sessions",
    status_code=204,
    tags=["Account"],
    summary="End all your other sessions",
)
def end_other_sessions(caller: CurrentCaller) -> None:
    """Only the session of this request goes on. Effective within the time that the gateway
    remembers an answer of the authorizer."""
    session_service().end_others(caller)


@router.delete(
    "/users/me/sessions/<session_id>",
    status_code=204,
    tags=["Account"],
    summary="End a session",
)
def end_session(session_id: str, caller: CurrentCaller) -> None:
    """Effective within the time that the gateway remembers an answer of the authorizer."""
    session_service().end(caller, session_id)
