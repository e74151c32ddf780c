"""Renders the e-mails to people, as plain text and as HTML, from the files in `templates`.

A template is `templates/<language>/<mail>.txt`: the subject in its first line, then paragraphs
between blank lines, with `$names` for facts. The HTML is made of the same paragraphs, each escaped
as a whole, so that no fact can bring markup and the two forms never differ in what they say. A
paragraph that is only `$link` becomes a link.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal, get_args

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Message:
    subject: str
    text: str
    html: str


def render(mail: str, language: str | None, facts: Mapping[str, str]) -> Message:
    """The message `mail` (the name of a template); English for a language that has none.

    Raises KeyError for a fact that the template names and `facts` lacks, and FileNotFoundError for
    a mail that there is not.
    """
    known = next((name for name in LANGUAGES if name == language), LANGUAGES[0])
    template = (_TEMPLATES / known / f"{mail}.txt").read_text(encoding="utf-8")
    subject, *paragraphs = [
        Template(part.strip()).substitute(facts) for part in template.split("\n\n")
    ]
    page = Template((_TEMPLATES / "page.html").read_text(encoding="utf-8"))
    return Message(
        subject=subject,
        text="\n\n".join(paragraphs) + "\n",
        html=page.substitute(
            language=known,
            subject=html.escape(subject),
            paragraphs="\n".join(_paragraph(text, facts.get("link")) for text in paragraphs),
        ),
    )


def _paragraph(text: str, link: str | None) -> str:
    escaped = html.escape(text)
    return f'<p><a href="{escaped}">{escaped}</a></p>' if text == link else f"<p>{escaped}</p>"
