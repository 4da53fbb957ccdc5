"""Currencies by the names that French dispatches give them, with their codes of ISO 4217."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: The longest name that fits is taken, so `livres syriennes` comes out before `livres`.
CURRENCIES: Mapping[str, str] = {
    "euro": "EUR", "€": "EUR", "dollar": "USD", "$": "USD", "dollar américain": "USD",
    "dollar canadien": "CAD", "dollar australien": "AUD", "livre": "GBP", "livre sterling": "GBP",
    "£": "GBP", "livre syrienne": "SYP", "livre libanaise": "LBP", "livre égyptienne": "EGP",
    "livre soudanaise": "SDG", "livre turque": "TRY", "lire turque": "TRY", "rouble": "RUB",
    "yen": "JPY", "yuan": "CNY", "franc": "FRF", "franc CFA": "XOF", "franc suisse": "CHF",
    "franc congolais": "CDF", "roupie": "INR", "rial": "IRR", "rial iranien": "IRR",
    "rial yéménite": "YER", "riyal": "SAR", "shekel": "ILS", "hryvnia": "UAH", "naira": "NGN",
    "peso": "MXN", "peso colombien": "COP", "kyat": "MMK", "dram": "AMD", "dirham": "MAD",
    "dinar": "IQD", "birr": "ETB", "afghani": "AFN",
}  # fmt: skip


def plural(name: str) -> str:
    """Return a pattern for the name of a currency in either number.

    >>> plural("franc CFA")
    'francs? CFAs?'
    """
    return re.escape(name).replace(r"\ ", " ").replace(" ", "s? ") + (
        "s?" if (name.isascii() and name[-1].isalpha()) or name[-1].isalpha() else ""
    )


CURRENCY = (
    "(?:" + "|".join(plural(name) for name in sorted(CURRENCIES, key=len, reverse=True)) + ")"
)


def code(name: str) -> str:
    """Return the code of a currency, by its name in either number.

    >>> code("livres syriennes"), code("€")
    ('SYP', 'EUR')
    """
    singular = " ".join(word.removesuffix("s") for word in name.lower().split())
    return {known.lower(): iso for known, iso in CURRENCIES.items()}[singular]
