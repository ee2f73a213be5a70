"""The values that every picture of the Act is drawn from."""

from datetime import date

from kaname.law import T
from kaname.registers.blocks import Figure, Numbers, Page, Picture, Prose


def test_a_picture_gives_every_figure_once_the_covers_first() -> None:
    cover = Figure("supply.products", T("物資", "products"), 12)
    inner = Figure("supply.plans", T("計画", "plans"), 85)
    page = Page(
        "supply",
        T("物資", "Products"),
        T("12物資", "12 products"),
        (Prose("told", T("説明", "Told"), ()), Numbers("plans", T("計画", "Plans"), (inner,))),
    )
    picture = Picture(
        date(2024, 6, 4), T("全体像", "The Act"), (Numbers("cover", T("表紙", "Cover"), (cover,)),), (page,)
    )
    assert list(picture.figures()) == [cover, inner]
