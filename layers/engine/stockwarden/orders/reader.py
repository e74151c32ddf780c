"""Reads orders for whoever may see them."""

from collections.abc import Callable
from datetime import datetime

from stockwarden.core.clock import iso
from stockwarden.core.errors import NotFound
from stockwarden.identity.access import Caller
from stockwarden.orders.model import OrderView
from stockwarden.orders.repository import OrderRepository
from stockwarden.orders.views import view
from stockwarden.stock.reading import NamesOf
from stockwarden.storage.attributes import Item

NO_SUCH_ORDER = "There is no such order."


class OrderReader:
    def __init__(
        self, repository: OrderRepository, names_of: NamesOf, clock: Callable[[], datetime]
    ) -> None:
        self.repository = repository
        self.names_of = names_of
        self.clock = clock

    def load(self, caller: Caller, order_id: str) -> Item:
        """The record of an order. Raises NotFound, also for one in a warehouse that the caller's
        token does not reach."""
        order = self.repository.find(order_id)
        if order is None or not caller.reaches(order["warehouse_id"]):
            raise NotFound(NO_SUCH_ORDER)
        return order

    def view(self, order: Item) -> OrderView:
        """As it is answered: reads its lines and what was moved of them."""
        return view(
            order,
            self.repository.lines(order),
            self.repository.progress(order["id"]),
            now=iso(self.clock()),
            names=self.names_of({order["by"]}),
        )

    def current(self, caller: Caller, order_id: str) -> OrderView:
        """Loads it and shows it."""
        return self.view(self.load(caller, order_id))
