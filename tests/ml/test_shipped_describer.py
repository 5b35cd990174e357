"""The shipped describer says what it is told, nothing else, in both languages, whatever the picture."""

import random
from pathlib import Path

import pytest

from ml.export.shot_figures import encode_shots
from ml.infer.cards import ShotCard
from ml.infer.describing import Describer, load_describer
from ml.infer.models import find_model
from ml.infer.session import SessionCache
from ml.protocol import FixedField
from ml.shot_terms import LANGUAGES
from ml.train.shot_slots import named_values
from ml.train.shot_told import told_values
from ml.train.shot_vocabulary import Vocabulary
from tests.ml.shot_stand_ins import stand_in_shots

MODELS = Path(__file__).resolve().parents[2] / "ml" / "models"

pytestmark = pytest.mark.skipif(
    not (MODELS / "shot_describer").is_dir(), reason="the describer is not trained in this copy"
)


@pytest.fixture(scope="module")
def describer() -> Describer:
    return load_describer(find_model(MODELS, "shot_describer", ShotCard), SessionCache(), "cpu")


@pytest.mark.parametrize("language", LANGUAGES)
def test_told_fields_are_said_and_untold_ones_are_not(describer: Describer, language: str) -> None:
    model = find_model(MODELS, "shot_describer", ShotCard)
    _, tokens = encode_shots(SessionCache().load(model, "cpu"), stand_in_shots(10))
    rng = random.Random(11)
    told_count = right = untold = 0
    for number in range(60):
        told = told_values({}, 1.0, rng)
        row = number % len(tokens)
        named = named_values(describer.say(tokens[row : row + 1], told, language), language)
        told_count += len(told)
        right += len(set(named) & set(told.items()))
        untold += len(named) - len(set(named) & set(told.items()))
    # 0.967 in English when this network shipped: small sets of told values lose one now and then
    assert right / told_count > 0.95
    assert untold / told_count < 0.02


def test_what_the_user_has_set_is_said(describer: Describer) -> None:
    shots = stand_in_shots(1)
    inputs = {
        "frames": shots.frames[0].astype("f4") / 255,
        "flow": shots.flow[0].astype("f4"),
        "motion": shots.motion[0],
        "facts": shots.facts[0],
    }
    fixed = [FixedField("subject", "horse"), FixedField("movement", "crane"), FixedField("angle", "level")]
    (described,) = describer.describe([inputs], [fixed])
    for words in ("horse", "crane"):
        assert words in described.en.lower()
    assert "马" in described.zh
    assert "摇臂" in described.zh
    assert "eye level" in described.en.lower().replace("-", " ")


def test_its_words_are_a_vocabulary(describer: Describer) -> None:
    assert len(Vocabulary(describer.card.vocabulary).words) == len(describer.card.vocabulary)
