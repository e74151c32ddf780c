"""Takes the files of imports that arrive in the bucket."""

import logging

from stockwarden.identity.user_directory import UserDirectory
from stockwarden.imports.repository import ImportRepository
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import ObjectFacts, Objects, ObjectVersion

logger = logging.getLogger(__name__)


class ImportIntake:
    def __init__(
        self, repository: ImportRepository, objects: Objects, directory: UserDirectory
    ) -> None:
        self.repository = repository
        self.objects = objects
        self.directory = directory

    def sender_of(self, import_id: str) -> str:
        """Whose work an import is, for their share of the queue: a user name, or the id of an
        import that is gone."""
        item = self.repository.find(import_id, consistent=False)
        if item is None:
            return import_id
        return self.directory.names_of([item["sender"]]).get(item["sender"], import_id)

    def accept(self, import_id: str, key: str, version_id: str | None) -> None:
        """Gives an import its file; may be repeated. Only the first version counts: a form can be
        posted again, and the one that is at work must stay as it is. What comes for an import that
        was removed is deleted."""
        facts = self.objects.facts(key, version_id)
        if facts is None:
            return
        item = self.repository.find(import_id)
        if item is None:
            logger.info("file of a removed import deleted", extra={"import_id": import_id})
            self.objects.delete_versions([ObjectVersion(key, facts.version_id)])
            return
        if item["status"] == "awaiting_upload":
            self._attach(import_id, facts)

    def _attach(self, import_id: str, facts: ObjectFacts) -> None:
        claim = {
            **keys.claim(self.objects.bucket, facts.key, facts.version_id),
            "import_id": import_id,
        }
        file = {"key": facts.key, "version_id": facts.version_id, "size": facts.size}
        self.repository.attach(import_id, file, claim)
