"""The templates of e-mails: each in every language, complete, and closed to markup in facts."""

import re

import pytest

from stockwarden.identity.account_mails import AccountMail
from stockwarden.notifications.rendering import LANGUAGES, render

FACTS = {
    "name": "Ana López",
    "username": "ana.lopez",
    "address": "ana@example.com",
    "link": "https://stock.example/verify?token=abc_-1",
}
HOSTILE = '"><script>alert(1)</script>$link &'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mail", AccountMail)
def test_each_mail_in_each_language(mail, language):
    message = render(mail, language, FACTS)
    assert "\n" not in message.subject and "Stockwarden" in message.subject
    assert "Ana López" in message.text and "ana.lopez" in message.text
    assert "$" not in message.subject + message.text + message.html
    assert f'<html lang="{language}">' in message.html
    plain = re.sub(r"<[^>]+>", "", message.html.partition("</head>")[2])
    assert plain.split("Stockwarden", 1)[1].split() == message.text.split()
    linked = {AccountMail.RESET_PASSWORD, AccountMail.VERIFY_EMAIL, AccountMail.INVITATION}
    has_link = mail in linked
    assert (FACTS["link"] in message.text.splitlines()) is has_link
    assert (f'<a href="{FACTS["link"]}">' in message.html) is has_link


@pytest.mark.parametrize("mail", AccountMail)
def test_languages_differ(mail):
    messages = [render(mail, language, FACTS) for language in LANGUAGES]
    assert len({message.subject for message in messages}) == len(LANGUAGES)


@pytest.mark.parametrize("language", [None, "", "de", "../en"])
def test_an_unknown_language_is_english(language):
    assert render("verify-email", language, FACTS) == render("verify-email", "en", FACTS)


@pytest.mark.parametrize("fact", ["name", "username", "address"])
def test_facts_bring_no_markup_and_no_other_facts(fact):
    message = render("verify-email", "en", {**FACTS, fact: HOSTILE})
    assert HOSTILE in message.text
    assert "<script" not in message.html and message.html.count("<a ") == 1


def test_a_fact_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        render("verify-email", "en", {"name": "Ana"})
