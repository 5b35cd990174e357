"""The generator still plans the shots that the demo's film was made of."""

import pytest

from ml.datagen.shots.drawing import draw_plan
from tooling.film_recipe import FILM_RATE, SHOTS, FilmShot


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: str(shot.seed))
def test_a_planned_shot_is_what_it_is_in_the_film_for(shot: FilmShot) -> None:
    plan = draw_plan(shot.seed, "test")
    assert [(field, plan.fields[field]) for field, _ in shot.truth] == list(shot.truth)
    assert shot.start_seconds + shot.frames / FILM_RATE <= plan.length_seconds
