"""The keys of the users table.

| item    | pk                    | sk        |                                                   |
|---------|-----------------------|-----------|---------------------------------------------------|
| profile | `USER#<username>`     | `PROFILE` | an account                                        |
| factor  | `USER#<username>`     | `OTP`     | its second factor                                 |
| person  | `PERSON#<user id>`    | `PERSON`  | the account of an opaque id, while it exists      |
| name    | `NAME#<skeleton>`     | `NAME`    | the account whose name looks like this; stays     |
| email   | `EMAIL#<address>`     | `EMAIL`   | the account that signs in with an address         |
| admins  | `ADMINS`              | `ADMINS`  | the enabled admins                                |
| session | `SESSION#<id>`        | `SESSION` | a sign-in, until it expires                       |
| token   | `TOKEN#<id>`          | `TOKEN`   | an API token, until it expires                    |
| invited | `INVITATION#<id>`     | `INVITATION` | an invitation, until it is used or expires     |
| link    | `MAILTOKEN#<digest>`  | `MAILTOKEN` | the token of an e-mail's link, until it expires |
| rate    | `RATE#<kind>#<key>`   | `RATE`    | how often something was tried, until that is over |
| delay   | `RATE#<kind>#<key>`   | `DELAY`   | failures of one source against one name           |
| probe   | `READY`               | `READY`   | never there: read to see that the table answers   |

A `<username>` and an `<address>` are in their normal forms. The `<key>` of a rate or a delay is the
limited source.

The index `directory` has lists: as `directory` what is listed, as `listed` what it sorts by.
"""

from stockwarden.storage.attributes import Item

# The condition on a profile that its account is there, and nobody has closed it.
IS_OPEN = "attribute_exists(#pk) AND attribute_not_exists(#leaving)"


def profile(username: str) -> Item:
    return {"pk": f"USER#{username}", "sk": "PROFILE"}


def profiles() -> Item:
    """The attribute that says that an item is in the list of all accounts."""
    return {"directory": "USERS"}


def second_factor(username: str) -> Item:
    return {"pk": f"USER#{username}", "sk": "OTP"}


def listed_profile(username: str) -> Item:
    return {**profiles(), "listed": username}


def person(user_id: str) -> Item:
    return {"pk": f"PERSON#{user_id}", "sk": "PERSON"}


def person_in(item: Item) -> str:
    """The user id of a person's item."""
    return str(item["pk"]).removeprefix("PERSON#")


def name(skeleton: str) -> Item:
    return {"pk": f"NAME#{skeleton}", "sk": "NAME"}


def email(address: str) -> Item:
    return {"pk": f"EMAIL#{address}", "sk": "EMAIL"}


def admins() -> Item:
    return {"pk": "ADMINS", "sk": "ADMINS"}


def session(session_id: str) -> Item:
    return {"pk": f"SESSION#{session_id}", "sk": "SESSION"}


def sessions_of(username: str) -> Item:
    """The attribute that says in whose list of sessions an item is."""
    return {"directory": f"SESSIONS#{username}"}


def listed_session(username: str, created_at: str, session_id: str) -> Item:
    return {**sessions_of(username), "listed": f"{created_at}#{session_id}"}


def api_token(token_id: str) -> Item:
    return {"pk": f"TOKEN#{token_id}", "sk": "TOKEN"}


def api_tokens_of(username: str) -> Item:
    """The attribute that says in whose list of API tokens an item is."""
    return {"directory": f"TOKENS#{username}"}


def listed_api_token(username: str, created_at: str, token_id: str) -> Item:
    return {**api_tokens_of(username), "listed": f"{created_at}#{token_id}"}


def invitation(invitation_id: str) -> Item:
    return {"pk": f"INVITATION#{invitation_id}", "sk": "INVITATION"}


def invitations() -> Item:
    """The attribute that says that an item is in the list of invitations."""
    return {"directory": "INVITATIONS"}


def listed_invitation(created_at: str, invitation_id: str) -> Item:
    return {**invitations(), "listed": f"{created_at}#{invitation_id}"}


def mail_token(digest: str) -> Item:
    return {"pk": f"MAILTOKEN#{digest}", "sk": "MAILTOKEN"}


def rate(kind: str, key: str) -> Item:
    return {"pk": f"RATE#{kind}#{key}", "sk": "RATE"}


def delay(kind: str, key: str) -> Item:
    return {"pk": f"RATE#{kind}#{key}", "sk": "DELAY"}


def source_and_name(source: str, username: str) -> str:
    """The `<key>` of a source that tries a name."""
    return f"{source}#{username}"


def probe() -> Item:
    return {"pk": "READY", "sk": "READY"}
