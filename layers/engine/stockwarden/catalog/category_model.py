"""API models of categories."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.core.fields import NAME

CategoryName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), NAME
]
ParentId = Annotated[
    str | None,
    Field(min_length=1, max_length=80, description="The category above; null is the root."),
]


class CategoryRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: CategoryName
    parent_id: ParentId = None


class CategoryPatch(BaseModel):
    """A field that is left out stays as it is. `parent_id` moves the category, with all that is
    below it; null moves it to the root."""

    model_config = ConfigDict(extra="forbid")

    name: CategoryName | None = None
    parent_id: ParentId = None
    archived: bool | None = None


class Category(BaseModel):
    """An `archived` one is not offered, and stays readable. `items` counts those in it, without
    those in the categories below."""

    id: str
    name: str
    parent_id: str | None = None
    archived: bool = False
    items: int = 0
    created_at: str
    updated_at: str
    version: int


class ListedCategory(Category):
    path: list[str] = Field(description="The names from the root down to its own.")


class CategoryPage(BaseModel):
    """Each before what is below it, siblings by name."""

    categories: list[ListedCategory]
    next_cursor: str | None
