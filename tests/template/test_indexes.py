"""A stack of the last release is updated in one deployment: CloudFormation makes one index of a
table at a time."""

import pytest

from tools.template import resources

# The indexes of the tables that the last release has. To be renewed with each release.
RELEASED = {
    "AnomaliesTable": {"by_urgency", "by_status", "by_rule", "by_location"},
    "AuditTable": {"by_seq", "by_object", "by_actor"},
    "CatalogTable": {"by_supplier"},
    "OperationsTable": {"by_log"},
    "ReportsTable": {"by_owner", "by_warehouse", "by_due"},
    "StockTable": {"by_name", "by_place"},
    "UsersTable": {"directory"},
}
TABLES = resources("AWS::DynamoDB::Table")


@pytest.mark.parametrize(("table", "released"), RELEASED.items())
def test_a_table_gets_or_loses_one_index_at_most(table: str, released: set[str]) -> None:
    indexes = {each["IndexName"] for each in TABLES[table]["Properties"]["GlobalSecondaryIndexes"]}
    assert len(indexes ^ released) <= 1
