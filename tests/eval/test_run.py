from __future__ import annotations

import pytest
from scripts import load_script

run = load_script("run")


@pytest.mark.parametrize(("value", "n_fallen"), [(93.5, 0), (93.3, 0), (93.1, 1), (99.0, 0)])
def test_figure_and_floor(value: float, n_fallen: int) -> None:
    """A figure may lie under its floor by what another machine's arithmetic costs."""
    assert run.print_figures({"quoted.found": value}, {"quoted.found": 93.5}) == n_fallen


def test_floor_without_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure that is pinned and was not measured has fallen, and is named."""
    figures = {"labels.p": 71.0, "labels.new": 50.0}
    floors = {"labels.p": 71.0, "quoted.found": 93.5}

    assert run.print_figures(figures, floors) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "NOT MEASURED" in line]
    assert line.split()[0] == "quoted.found"
