"""Somebody at work: a browser that logs in anew on each day, fills in forms by the names of their fields, counts keys.

hana = Desk(site, browse(None), "person1@example.jp")
hana.comes()                                         # by the login page
hana.does(case, "first_review.send", ground="listed")      # form, check page, receipt; the number of the entry
"""

from dataclasses import dataclass, field
from typing import Any

from browser import follow, shot

from kaname.access.models import Person

PASSWORD = "correct horse battery"  # what `site.person` gives everybody


@dataclass
class Desk:
    """A person before a tab. `name` is that of the pictures."""

    site: Any
    tab: Any
    person: Person
    name: str = "desk"
    keys: int = field(default=0)

    def comes(self) -> "Desk":
        """Log in, as one does every morning: sessions of the day before are over."""
        self.tab.context.clear_cookies(name="sessionid")
        self.tab.goto(f"{self.site.url}/accounts/login/")
        self.logs_in()
        return self

    def logs_in(self) -> None:
        self.tab.fill('input[name="login"]', self.person.email)
        self.tab.fill('input[name="password"]', PASSWORD)
        follow(self.tab, "main form button[type=submit], main form button:not([type])")
        assert "/accounts/login" not in self.tab.url, self.tab.inner_text("main")

    def opens(self, path: str, status: int = 200) -> str:
        """Go to a page; what it says."""
        answer = self.tab.goto(self.site.url + path)
        assert answer.status == status, (path, answer.status)
        return self.said()

    def said(self, where: str = "main") -> str:
        return str(self.tab.inner_text(where))

    def answer(self, case: str) -> list[str]:
        """The sentences with which the page of a case begins."""
        self.opens(f"/cases/{case}/")
        return self.sentences()

    def sentences(self) -> list[str]:
        lines = self.tab.locator("main .answer p").evaluate_all(
            """all => all.map(p => { const q = p.cloneNode(true);
              q.querySelectorAll('a, .icon').forEach(x => x.remove()); return q.textContent.trim(); })"""
        )
        return [" ".join(line.split()) for line in lines]

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
            self.keys += 1

    # -- acts ----------------------------------------------------------------------------------------------------------

    def fills(self, **typed: Any) -> None:
        """By the names of the fields, `__` for the dot in a name."""
        for name, value in typed.items():
            found = self.tab.locator(f'[name="{name.replace("__", ".")}"]')
            assert found.count(), f"no field {name} on {self.tab.url}"
            if found.first.get_attribute("type") in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    found.and_(self.tab.locator(f'[value="{one}"]')).check()
            elif found.first.evaluate("field => field.tagName") == "SELECT":
                found.first.select_option(value)
            else:
                found.first.fill(value)

    def checks(self) -> None:
        """On to the check page, or back with what is wrong."""
        follow(self.tab, 'button[name="step"][value="check"]')

    def records(self) -> int:
        """The last button; the number of the entry on the receipt."""
        button = self.tab.locator("main form[action*='check'] button.button")
        assert button.count(), f"nothing to record: {self.said()}"
        follow(self.tab, button.first)
        assert "/receipt/" in self.tab.url, self.said()
        return int(self.tab.url.rstrip("/").rpartition("/")[2])

    def does(self, case: str, act: str, **typed: Any) -> int:
        """An act from its form to its receipt."""
        self.opens(f"/cases/{case}/act/{act}/")
        self.fills(**typed)
        self.checks()
        assert "/check/" in self.tab.url, (act, self.said())
        return self.records()

    def pictured(self, name: str) -> None:
        """Wide and narrow, where pictures are asked for."""
        for width in (390, 1280):
            self.tab.set_viewport_size({"width": width, "height": 900})
            shot(self.tab, f"story-{name}-{width}")
