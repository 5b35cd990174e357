"""Films for the cut detector: their labels are right to the frame, and they are the same every time."""

import numpy as np
import pytest

from ml.train.cut_camera import camera_path
from ml.train.cut_disturbances import DISTURBANCES, disturb
from ml.train.cut_films import KINDS, Film, FilmSettings, make_film
from ml.train.cut_look import film_look
from ml.train.cut_sources import ClipScene, SceneSource
from ml.train.cut_wipes import push, wipe_mask
from ml.train.data import DataError
from tests.ml.cut_sources import FlatSource, noisy_source

PLAIN = FilmSettings(160, degraded=False, disturbed=0.0)


def flat_film(seed: int) -> Film:
    return make_film(FlatSource(), PLAIN, np.random.default_rng(seed))


def changes(film: Film) -> set[int]:
    """Frames that differ from the one before."""
    differs = (film.frames[1:] != film.frames[:-1]).any((1, 2, 3))
    return set((np.flatnonzero(differs) + 1).tolist())


@pytest.mark.parametrize("seed", range(40))
def test_in_shots_of_one_colour_frames_change_exactly_where_the_labels_say(seed: int) -> None:
    film = flat_film(seed)
    allowed: set[int] = set()
    for label in film.transitions:
        # a cut's first frame may be mixed of both shots, as a change of frame rate leaves it
        allowed |= set(range(label.start, label.end + (2 if label.kind == "cut" else 1)))
    seen = {frame for frame in changes(film) if not film.unclear[frame - 1 : frame + 1].any()}
    assert seen <= allowed


@pytest.mark.parametrize("seed", range(40))
def test_a_transition_begins_and_ends_with_a_change_and_both_shots_stand_alone_beside_it(seed: int) -> None:
    film = flat_film(seed)
    changed = changes(film)
    for label in film.transitions:
        if film.unclear[max(label.start - 1, 0) : label.end + 1].any():
            continue
        if label.start > 0:
            assert label.start in changed, label
        if label.end < len(film.frames):
            assert label.end in changed, label
            alone = film.frames[label.end]
            assert (alone == alone[0, 0]).all(), label
        assert (label.start == label.end) == (label.kind == "cut")


def test_every_kind_is_made_and_fades_reach_black_or_white() -> None:
    films = [flat_film(seed) for seed in range(60)]
    seen = {label.kind for film in films for label in film.transitions}
    assert seen == set(KINDS)
    for film in films:
        starts = {label.start for label in film.transitions}
        for label in film.transitions:
            if label.kind == "fade_out" and label.end not in {*starts, len(film.frames)}:
                level = film.frames[label.end].astype(int)
                assert level.max() < 20 or level.min() > 235


def test_the_same_seed_gives_the_same_film_and_another_one_another() -> None:
    films = [make_film(noisy_source(), FilmSettings(64), np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert np.array_equal(films[0].frames, films[1].frames)
    assert films[0].transitions == films[1].transitions
    assert not np.array_equal(films[0].frames, films[2].frames)
    assert films[0].frames.shape == (64, 27, 48, 3)
    assert films[0].frames.dtype == np.uint8


def test_shots_without_transitions_have_no_labels() -> None:
    weights = (0.0, 1.0, 0.0, 0.0, 0.0)
    settings = FilmSettings(96, weights=weights, shortest_shot=400, typical_shots=(400.0, 400.0))
    labels = [make_film(FlatSource(), settings, np.random.default_rng(seed)).transitions for seed in range(5)]
    # a film that begins black has one cut all the same
    assert all(label.kind == "cut" for film in labels for label in film)


@pytest.mark.parametrize("name", sorted(DISTURBANCES))
def test_a_disturbance_keeps_form_and_range_and_changes_something(name: str) -> None:
    rng = np.random.default_rng(3)
    still = np.broadcast_to(rng.random((1, 27, 48, 3)).astype(np.float32), (40, 27, 48, 3)) * 0.8
    moving = still * np.linspace(0.6, 1, 40, dtype=np.float32)[:, None, None, None]
    changed = False
    for seed in range(8):
        disturbed = DISTURBANCES[name](moving, np.random.default_rng(seed))
        assert disturbed.shape == moving.shape
        assert disturbed.dtype == np.float32
        assert disturbed.min() >= 0
        assert disturbed.max() <= 1
        changed |= not np.array_equal(disturbed, moving)
    assert changed


def test_short_shots_are_left_in_peace() -> None:
    short = np.zeros((3, 27, 48, 3), np.float32)
    assert disturb(short, 1.0, np.random.default_rng(0)) is short


def test_a_wipe_shows_both_pictures_in_each_of_its_frames() -> None:
    shares = ((np.arange(30) + 1) / 31).astype(np.float32)
    for seed in range(40):
        mask = wipe_mask(shares, (27, 48), np.random.default_rng(seed))
        assert mask.shape == (30, 27, 48)
        assert (mask.max((1, 2)) > 0.01).all()
        assert (mask.min((1, 2)) < 0.99).all()
        assert (np.diff(mask, axis=0) >= -1e-6).all(), "what was uncovered stays so"


def test_a_push_moves_the_new_picture_in_from_its_edge() -> None:
    old, new = np.zeros((4, 27, 48, 3), np.float32), np.ones((4, 27, 48, 3), np.float32)
    for seed in range(8):
        pushed = push(old, new, np.array((0.2, 0.4, 0.6, 0.8), np.float32), np.random.default_rng(seed))
        assert pushed.mean((1, 2, 3)) == pytest.approx((0.2, 0.4, 0.6, 0.8), abs=0.02)


def test_the_look_of_a_film_keeps_form_and_range() -> None:
    frames = np.random.default_rng(0).random((20, 27, 48, 3)).astype(np.float32)
    for seed in range(20):
        looked = film_look(frames, np.random.default_rng(seed))
        assert looked.shape == frames.shape
        assert looked.min() >= 0
        assert looked.max() <= 1


def test_a_whip_pan_is_smeared_and_a_calm_camera_never_whips() -> None:
    paths = [camera_path(48, np.random.default_rng(seed)) for seed in range(200)]
    assert any(path.blur > 0 and path.fast.max() > 0.5 for path in paths)
    assert not any(camera_path(48, np.random.default_rng(seed), calm=True).blur for seed in range(200))


def test_a_rendered_clip_can_be_seen_at_any_length() -> None:
    clip = np.random.default_rng(0).integers(0, 256, (5, 27, 48, 3), dtype=np.uint8)
    shot = ClipScene(clip).shoot(70, (27, 48), np.random.default_rng(1))
    assert shot.shape == (70, 27, 48, 3)
    assert shot.min() >= 0
    assert shot.max() <= 1


def test_a_source_without_pictures_is_refused() -> None:
    with pytest.raises(DataError, match="no pictures"):
        SceneSource([])
