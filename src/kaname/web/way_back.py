"""Where a form or an address asks to be led back to: a page of this office, or nowhere."""

from django.utils.http import url_has_allowed_host_and_scheme


def page_here(asked: str) -> str:
    """A path of this office; "" for another host in any spelling, and for what is no path (`redirect` would take a word
    for the name of an address)."""
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
