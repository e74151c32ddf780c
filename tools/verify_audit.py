"""Verifies the audit log of a stack: `make verify-audit [STACK=…]`.

    company: intact up to entry 1,204, signed up to 1,204
    warehouse:wh_1: intact up to entry 310, signed up to 310, not sealed yet: 2 (oldest 4 s)
    security: entry 17: changed entry (it is not what was sealed); intact up to entry 16, signed …

Without `--stack` it is the stack of `make up`; credentials and region for another are the shell's.
What is found is noted for the page, and leaves security events; where the credentials may not write
there it says so, and the result stands.
Exit code: 0 if every chain is intact, 1 for a fault, 2 if the log could not be read.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError

from stockwarden.audit.entry import SYSTEM
from stockwarden.audit.origin import Origin
from stockwarden.audit.verification import ScopeReport
from stockwarden.bootstrap.audit_seal import audit_verification, verification_repository
from stockwarden.core import clock
from stockwarden.core.errors import Unavailable
from tools.local.failure import StepFailed
from tools.stack_outputs import outputs_of

_ORIGIN = Origin(SYSTEM, "make verify-audit")


def use(outputs: Mapping[str, str]) -> None:
    """Sets the engine's environment to the audit log of a stack. Raises StepFailed."""
    try:
        os.environ["AUDIT_TABLE"] = outputs["AuditTableName"]
        os.environ["AUDIT_HEADS_BUCKET"] = outputs["AuditHeadsBucketName"]
        os.environ["AUDIT_KEY_ID"] = outputs["AuditKeyId"]
    except KeyError as missing:
        raise StepFailed(f"The stack has no output {missing}: deploy this release.") from None


def described(report: ScopeReport, now: datetime) -> str:
    """One line."""
    waiting = report.unsealed
    parts = [f"intact up to entry {report.verified:,}", f"signed up to {report.signed:,}"]
    if waiting.count:
        age = (now - datetime.fromisoformat(waiting.oldest)).total_seconds()
        parts.append(f"not sealed yet: {waiting.count:,} (oldest {age:,.0f} s)")
    if report.fault:
        number = "" if report.fault.seq is None else f"entry {report.fault.seq:,}: "
        fault = f"{number}{report.fault.kind} ({report.fault.detail})"
        return f"{report.scope}: {fault}; {', '.join(parts)}"
    return f"{report.scope}: {', '.join(parts)}"


def verify() -> int:
    """Prints a line for each scope. The exit code."""
    faulty = []
    for report in audit_verification().run():
        print(described(report, clock.utc_now()))
        _note(report)
        if report.fault:
            faulty.append(report.scope)
    if faulty:
        print(f"Not intact: {', '.join(faulty)}. See docs/operations.md.", file=sys.stderr)
    return 1 if faulty else 0


def _note(report: ScopeReport) -> None:
    """Who may only read the log may verify it all the same."""
    try:
        verification_repository().note(_ORIGIN, report)
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "AccessDeniedException":
            raise
        print(f"{report.scope}: the result could not be noted: {refused}", file=sys.stderr)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify the audit log of a stack.")
    parser.add_argument("--stack", default="", help="on AWS; without, that of `make up`")
    stack = parser.parse_args(arguments).stack
    try:
        use(outputs_of(stack))
        return verify()
    except (BotoCoreError, ClientError, StepFailed, Unavailable) as failed:
        print(f"The audit log could not be verified: {failed}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
