"""The shot Transformer: shapes, causality, the cache, and that it can be told what to say."""

import pytest
import torch
from torch import Tensor

from ml.nets.shot_decoder import UNSAID, field_codes
from ml.nets.shot_transformer import ShotConfig, ShotTransformer
from ml.shot_terms import FIELDS
from ml.train.shot_speaking import speak
from tests.ml.shot_stand_ins import small_vocabulary, tiny_config

ALL_VALUES = sum(len(field.values) for field in FIELDS)


@pytest.fixture(scope="module")
def network() -> ShotTransformer:
    torch.manual_seed(0)
    return ShotTransformer(tiny_config(40)).eval()


def seen(batch: int, frames: int = 8) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    rng = torch.Generator().manual_seed(3)
    return (
        torch.rand(batch, frames, 3, 54, 96, generator=rng),
        (torch.rand(batch, 15, 3, 9, 16, generator=rng) - 0.5) * 0.1,
        (torch.rand(batch, 15, 8, generator=rng) - 0.5) * 0.1,
        torch.rand(batch, 4, generator=rng),
    )


def codes(batch: int) -> Tensor:
    rng = torch.Generator().manual_seed(4)
    columns = [torch.randint(len(field.values) + 1, (batch,), generator=rng) for field in FIELDS]
    return torch.stack(columns, dim=1)


def test_every_field_gets_its_logits(network: ShotTransformer) -> None:
    with torch.no_grad():
        logits, tokens = network.encoder(*seen(3))
    assert logits.shape == (3, ALL_VALUES)
    assert tokens.shape == (3, 8 * 6 + 15 + 1, tiny_config(40).width)


def test_a_few_frames_are_enough_and_keep_their_times(network: ShotTransformer) -> None:
    frames, *others = seen(2)
    with torch.no_grad():
        whole, _ = network.encoder(frames, *others)
        same, _ = network.encoder(frames, *others, torch.arange(8))
        few, tokens = network.encoder(frames[:, [1, 6]], *others, torch.tensor([1, 6]))
        moved, _ = network.encoder(frames[:, [1, 6]], *others, torch.tensor([0, 7]))
    torch.testing.assert_close(whole, same)
    assert tokens.shape[1] == 2 * 6 + 15 + 1
    assert not torch.allclose(few, moved)


def test_a_shot_does_not_depend_on_the_others_in_its_batch(network: ShotTransformer) -> None:
    inputs = seen(4)
    with torch.no_grad():
        together, _ = network.encoder(*inputs)
        alone, _ = network.encoder(*(one[2:3] for one in inputs))
    torch.testing.assert_close(together[2:3], alone, atol=1e-5, rtol=1e-4)


def test_a_later_word_never_changes_an_earlier_logit(network: ShotTransformer) -> None:
    words = torch.randint(40, (2, 12), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        cross = network.decoder.remember(torch.randn(2, 9, tiny_config(40).width), codes(2))
        before = network.decoder(words, *cross)
        for place in range(1, 12):
            changed = words.clone()
            changed[:, place:] = (changed[:, place:] + 7) % 40
            after = network.decoder(changed, *cross)
            torch.testing.assert_close(after[:, :place], before[:, :place])
            assert not torch.allclose(after[:, place:], before[:, place:])


def test_word_by_word_with_the_cache_equals_all_at_once(network: ShotTransformer) -> None:
    config = network.config
    words = torch.randint(40, (3, 15), generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        cross = network.decoder.remember(torch.randn(3, 9, config.width), codes(3))
        together = network.decoder(words, *cross)
        shape = (config.decoder_layers, 3, config.heads, config.max_words, config.width // config.heads)
        # what the buffers hold beyond the words so far must not matter
        keys, values = torch.full(shape, 9.0), torch.full(shape, -9.0)
        for place in range(15):
            one, keys, values = network.decoder.step(
                words[:, place], torch.tensor([place]), keys, values, *cross
            )
            torch.testing.assert_close(one, together[:, place], atol=1e-5, rtol=1e-4)


def test_every_told_value_has_a_voice(network: ShotTransformer) -> None:
    """Two different values of any field, and its being unsaid, change what is said next."""
    tokens = torch.zeros(1, 9, tiny_config(40).width)
    word = torch.tensor([[2]])
    with torch.no_grad():
        silent = torch.full((1, len(FIELDS)), UNSAID)
        base = network.decoder(word, *network.decoder.remember(tokens, silent))
        heard = [base]
        for index, field in enumerate(FIELDS):
            for value in range(len(field.values)):
                told = silent.clone()
                told[0, index] = value + 1
                heard.append(network.decoder(word, *network.decoder.remember(tokens, told)))
    flat = torch.cat([one.flatten(1) for one in heard])
    assert len(torch.unique(flat, dim=0)) == ALL_VALUES + 1


def test_unknown_and_unsaid_values_have_the_same_code() -> None:
    values = torch.tensor([[-1, 0, 3]])
    said = torch.tensor([[True, True, False]])
    assert field_codes(values, said).tolist() == [[UNSAID, 1, UNSAID]]


def test_speaking_ends(network: ShotTransformer) -> None:
    vocabulary = small_vocabulary()
    talker = ShotTransformer(tiny_config(len(vocabulary.words)))
    spoken = speak(talker, torch.zeros(2, 9, tiny_config(40).width), codes(2), "zh", vocabulary)
    assert len(spoken) == 2
    assert all(len(words) < talker.config.max_words for words in spoken)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"heads": 3}, "multiple of heads"),
        ({"frame_channels": (8, 8)}, "three numbers"),
        ({"decoder_layers": 0}, "at least 1"),
        ({"dropout": 1.0}, "dropout"),
    ],
    ids=str,
)
def test_widths_that_do_not_fit_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ShotConfig(vocabulary=40, width=32, **({"heads": 2} | changes))  # type: ignore[arg-type]
