"""Entries as they are answered: with the names of items and people."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from stockwarden.consumption.entries import Entry, EntryRepository, Part
from stockwarden.consumption.model import ConsumedPart, Consumption
from stockwarden.core.exact import json_number
from stockwarden.stock.head import Head, heads_there
from stockwarden.stock.model import number, place_view
from stockwarden.stock.reading import NamesOf
from stockwarden.stock.valuation import money_text, total
from stockwarden.storage.tables import Table


class EntryViews:
    """One read for all items, and one for all people."""

    def __init__(self, table: Table, names_of: NamesOf) -> None:
        self.table = table
        self.entries = EntryRepository(table)
        self.names_of = names_of

    def one(self, entry: Entry) -> Consumption:
        return self.many([entry])[0]

    def many(self, entries: Sequence[Entry]) -> list[Consumption]:
        items = {item_id for entry in entries for item_id in entry.items}
        heads = heads_there(self.table, items)
        people = {person for entry in entries for person in (entry.by, entry.logged_by)}
        names = self.names_of(people) if people else {}
        return [
            Consumption(
                **number("quantity", entry.quantity),
                id=entry.id,
                item_id=entry.item_id,
                item_name=heads[entry.item_id].name,
                unit=heads[entry.item_id].unit,
                given_quantity=json_number(Fraction(entry.given_quantity)),
                given_unit=entry.given_unit,
                standing=json_number(entry.standing),
                warehouse_id=entry.warehouse_id,
                of_components=entry.of_components,
                parts=[_part(part, heads[part.item_id]) for part in entry.parts],
                value=money_text(total(part.value for part in entry.parts)),
                currency=heads[entry.item_id].item.get("currency"),
                purpose=entry.purpose,
                note=entry.note,
                by=entry.by,
                by_name=names.get(entry.by),
                logged_by=entry.logged_by,
                logged_by_name=names.get(entry.logged_by),
                day=date.fromisoformat(entry.day),
                effective_at=entry.effective_at,
                recorded_at=entry.recorded_at,
                corrects=entry.corrects,
                corrected_by=entry.corrected_by,
            )
            for entry in entries
        ]


def _part(part: Part, head: Head) -> ConsumedPart:
    place = place_view(part.place)
    return ConsumedPart(
        **number("quantity", part.quantity),
        item_id=part.item_id,
        item_name=head.name,
        unit=head.unit,
        location=place["location"],
        lot=place["lot"],
        value=money_text(part.value),
        movement_id=part.movement_id,
    )
