"""Routes: invitations to the company, for administrators."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.admin import invitation_service
from stockwarden.core.fields import EmailAddress
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.identity.access import Role
from stockwarden.identity.invitations import Invitation, link_of

router = Router()


class WarehouseOfInvitation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    warehouse_id: str
    role: Literal["viewer", "operator", "manager"] = "viewer"


class InvitationRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: EmailAddress
    role: Role = Field(default=Role.MEMBER, description="The role in the company.")
    warehouses: Annotated[list[WarehouseOfInvitation], Field(max_length=20)] = []


class InvitationView(BaseModel):
    id: str
    email: str
    role: Role
    warehouses: list[WarehouseOfInvitation]
    invited_by: str
    created_at: str
    expires_at: str


class NewInvitation(InvitationView):
    link: str | None = Field(
        description="Where on the page the person registers, if no mail is sent: give it to them. "
        "It is not shown again.",
        examples=["/register?invitation=inv_…"],
    )


class InvitationPage(BaseModel):
    """The invitations that still hold, newest first."""

    invitations: list[InvitationView]
    next_cursor: str | None


@router.get("/invitations", tags=["Administration"], summary="List the invitations")
def list_invitations(
    caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None
) -> InvitationPage:
    invitations, more = invitation_service().list_invitations(caller, limit, cursor)
    return InvitationPage(
        invitations=list(map(_view, invitations)),
        next_cursor=more,
    )


@router.post(
    "/invitations",
    status_code=201,
    tags=["Administration"],
    summary="Invite somebody",
    openapi_extensions=may_answer(409),
)
def create_invitation(request: InvitationRequest, caller: CurrentCaller) -> NewInvitation:
    """Mails a link with which the person registers, once and within 7 days, and is a member of the
    warehouses then. Answers 409 if an account has the address."""
    warehouses = [(warehouse.warehouse_id, warehouse.role) for warehouse in request.warehouses]
    invitation, text = invitation_service().invite(caller, request.email, request.role, warehouses)
    link = link_of(stores.settings().app_url, text) if text else None
    return NewInvitation(**_view(invitation).model_dump(), link=link)


@router.delete(
    "/invitations/<invitation_id>",
    status_code=204,
    tags=["Administration"],
    summary="Withdraw an invitation",
)
def delete_invitation(invitation_id: str, caller: CurrentCaller) -> None:
    invitation_service().withdraw(caller, invitation_id)


def _view(invitation: Invitation) -> InvitationView:
    return InvitationView(
        id=invitation.id,
        email=invitation.email,
        role=invitation.role,
        warehouses=[
            WarehouseOfInvitation.model_validate({"warehouse_id": warehouse_id, "role": role})
            for warehouse_id, role in sorted(invitation.warehouses.items())
        ],
        invited_by=invitation.invited_by,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )
