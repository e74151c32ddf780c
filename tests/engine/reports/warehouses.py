"""Warehouses and their members, in the tables of the test account."""

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.repositories import member_repository
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.identity.access import Caller
from stockwarden.storage.keys import users as user_keys
from stockwarden.warehouse.model import WarehouseRequest


def add_warehouse(owner: Caller, name: str = "North") -> str:
    """Returns the id of a new warehouse with a layout of one row."""
    row = {"location_pattern": "A-*", "location_type": "STORAGE"}
    request = WarehouseRequest(name=name, timezone="UTC", layout=[row])
    return warehouse_service().create(owner, request).id


def add_member(warehouse_id: str, member: Caller, role: str) -> None:
    """Adds a person, with an account, to a warehouse."""
    stores.users_table().put_all([user_keys.profile(member.username)])
    member_repository().put(warehouse_id, member.username, role, None, by="test")
