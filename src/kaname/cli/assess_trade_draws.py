"""`kaname assess trade --resample`: how often the error of reports is drawn, and by whom."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from kaname.cli.group import option
from kaname.cli.in_parts import finished, folder_of, in_parts
from kaname.files.problems import BadInput, Problem
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.trade.asked import Asked
    from kaname.assess.trade.page import Page

_MOST = 10_000_000
_OPTIONS = "--cluster, --workers, --checkpoint"
_PAGE_ONLY = T("品目一つのページだけ（--cube、--compare とは使えない）",
               "expected with the page of one product (not with --cube or --compare)")  # fmt: skip
_NO_DRAWS = T("--cube は誤差を引かない", "expected no --cube, which draws no errors")


def with_draws(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--resample`, and where its parts run."""
    about = T("報告の誤差（--error）を引く回数（既定は10000）",
              "how often the error of reports (--error) is drawn (default: 10000)")  # fmt: skip
    found: Callable[..., Any] = option(
        "--resample", "draws", type=click.IntRange(100, _MOST), metavar="N", about=about
    )(in_parts(command))
    return found


def check(draws: int | None, elsewhere: bool, cube: bool, compare: bool) -> None:
    """Raises BadInput where they are asked of what does not draw, or not in parts."""
    if cube and draws is not None:
        raise BadInput([Problem("--resample", 0, "", _NO_DRAWS)])
    if elsewhere and (cube or compare):
        raise BadInput([Problem(_OPTIONS, 0, "", _PAGE_ONLY)])


def asked_of_page(asked: "Asked", draws: int | None, elsewhere: bool) -> "Asked":
    """How often the page itself draws: not at all where parts do it afterwards."""
    return replace(asked, draws=0 if elsewhere else draws or asked.draws)


def draw_in_parts(
    page: "Page", draws: int, error: float, cluster: str | None, workers: int | None, checkpoint: str | None
) -> None:
    """Draw the errors of all years of a page, in parts. Raises BadInput with what ended it."""
    from kaname.assess.trade import dependence
    from kaname.cluster.works.resampling import Resampling, resampled_each

    flows = {year: flow for year, flow in dependence.supplied(page.figures).items() if sum(flow[0]) > 0}
    if not flows:
        return
    with folder_of(checkpoint) as folder:
        work = Resampling.of(list(flows.values()), error, draws, folder)
        found = resampled_each(work, finished(work, folder, cluster, workers))
    dependence.put_drawn(page.figures, dict(zip(flows, found, strict=True)))
