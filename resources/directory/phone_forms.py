"""A stored phone number as people read it."""

from __future__ import annotations

from resources.words import load


def show(number: str, extension: str = "", language: str = "en") -> str:
    """A stored number as people read it: "(406) 555-0142", with the word for extension when it has one."""
    if number.startswith("+1") and len(number) == 12:
        shown = f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    elif number.startswith("+"):
        shown = _show_abroad(number)
    else:
        shown = number
    if not extension:
        return shown
    return load(language).say("find.phone.with_extension", number=shown, extension=extension)


def _show_abroad(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
