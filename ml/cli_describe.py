"""The commands ``describe`` and ``cuts``: what the shots of films show, and where they change."""

import argparse
import os
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

from .cli_common import DONE, FAILED, WRONG_COMMAND, device_words, make_folder, print_json, run_job, say
from .errors import TaskError
from .protocol import ClipFailure, DescribeShots, DetectCuts, DeviceChoice, ShotsResult
from .shot_terms import LANGUAGES
from .shotlist.captions import captions_of
from .shotlist.entries import ListedShot, ShotList, ShotListError
from .shotlist.files import write_list
from .shotlist.subtitles import SUBTITLE_FORMATS
from .wire import to_plain

__all__ = ["add_cuts_command", "add_describe_command"]

_LISTS = ("srt", "vtt", "ass", "csv", "edl", "otio", "html")
_DESCRIBE_EXAMPLES = """\
examples:
  python -m ml describe clip.mp4 --json
  python -m ml describe film.mp4 --cuts --srt film.srt --csv film.csv
  python -m ml describe clips/ --cuts --html sheet.html --thumbnails thumbs/
  python -m ml describe film.mp4 --cuts --language zh --vtt film.vtt
  python -m ml describe film.mp4 --from 60 --to 90
"""
_CUTS_EXAMPLES = """\
examples:
  python -m ml cuts film.mp4
  python -m ml cuts film.mp4 other.mov --sensitivity 0.7 --json
"""


def add_describe_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Add ``describe`` to the sub-parsers ``commands``."""
    parser = _parser(commands, "describe", "say what shots show", _DESCRIBE_EXAMPLES, parents)
    parser.add_argument(
        "--cuts", action="store_true", help="divide films at their cuts; else each is one shot"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of lists (default: en)")
    lists = parser.add_argument_group("lists", "as many as you like; subtitles are of one film")
    for name in _LISTS:
        lists.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"write the shots as .{name}")
    parser.add_argument(
        "--thumbnails", type=Path, metavar="DIR", help="keep a small picture of each shot here"
    )
    parser.set_defaults(run=_describe)


def add_cuts_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Add ``cuts`` to the sub-parsers ``commands``."""
    parser = _parser(commands, "cuts", "find cuts, dissolves, fades and wipes", _CUTS_EXAMPLES, parents)
    parser.add_argument(
        "--sensitivity", type=float, default=0.5, metavar="S", help="0 few to 1 many (default 0.5)"
    )
    parser.set_defaults(run=_cuts)


def _parser(
    commands: Any, name: str, about: str, examples: str, parents: list[argparse.ArgumentParser]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        parents=parents,
        help=about,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "media", type=Path, nargs="+", metavar="FILE", help="films, pictures, folders of films"
    )
    parser.add_argument(
        "--from", type=float, default=0.0, metavar="S", dest="start", help="seconds to begin at"
    )
    parser.add_argument("--to", type=float, metavar="S", dest="end", help="seconds to end at")
    parser.add_argument("--device", choices=get_args(DeviceChoice), default="auto", help="default: auto")
    return parser


def _describe(options: argparse.Namespace) -> int:
    from .tasks.describe import describe_shots

    lists = {name: path for name in _LISTS if (path := getattr(options, name)) is not None}
    with tempfile.TemporaryDirectory(prefix="filmai-") as scratch:
        out = options.thumbnails or Path(scratch)
        make_folder(out)
        try:
            request = DescribeShots(
                "command-line", _clips(options), options.cuts, options.device, str(out.resolve())
            )
            _check_lists(lists, request)
        except ValueError as error:
            return _wrong("describe", error)
        result = run_job(describe_shots, request, options.models)
        _warn(result.failures, result.notes)
        if lists and result.shots:
            _write(lists, result, request, options.language)
    if options.thumbnails is None:
        # nobody is told of pictures that are gone by now
        result = replace(result, shots=tuple(replace(shot, thumbnail="") for shot in result.shots))
    if options.json:
        print_json(to_plain(result))
    elif not lists:
        names = {clip.id: clip.name for clip in request.clips}
        for shot in result.shots:
            sentence = shot.zh if options.language == "zh" else shot.en
            print(
                f"{names[shot.clip]}  {_clock(shot.start_seconds)} - {_clock(shot.end_seconds)}  {sentence}"
            )
    shots = "1 shot" if len(result.shots) == 1 else f"{len(result.shots)} shots"
    say(f"{shots} in {result.elapsed_seconds:.2f} s on {device_words(result.device)}.")
    return FAILED if result.failures else DONE


def _cuts(options: argparse.Namespace) -> int:
    from .tasks.cuts import detect_cuts

    with tempfile.TemporaryDirectory(prefix="filmai-") as scratch:
        try:
            request = DetectCuts(
                "command-line", _clips(options), options.sensitivity, options.device, scratch
            )
        except ValueError as error:
            return _wrong("cuts", error)
        result = run_job(detect_cuts, request, options.models)
    _warn(result.failures, result.notes)
    if options.json:
        print_json(to_plain(result))
    else:
        names = {clip.id: clip.name for clip in request.clips}
        for clip in result.clips:
            for one in clip.transitions:
                span = _clock(one.start_seconds)
                if one.end_seconds > one.start_seconds:
                    span += f" - {_clock(one.end_seconds)}"
                print(f"{names[clip.clip]}  {span}  {one.kind}  {one.confidence:.2f}")
    frames = sum(clip.frames for clip in result.clips)
    say(f"{frames} frames in {result.elapsed_seconds:.2f} s on {device_words(result.device)}.")
    return FAILED if result.failures else DONE


def _clips(options: argparse.Namespace) -> Any:
    from .tasks.clip_files import clips_of

    return clips_of(options.media, options.start, options.end)


def _check_lists(lists: dict[str, Path], request: DescribeShots) -> None:
    """Before any time is spent. Raises ValueError, or TaskError FOLDER_NOT_WRITABLE."""
    for name, path in lists.items():
        if path.suffix.lower() != f".{name}":
            raise ValueError(f"--{name} takes a file that ends in .{name}, not {path}")
        if f".{name}" in SUBTITLE_FORMATS and len(request.clips) > 1:
            raise ValueError(f"--{name} is of one film: name one, or write a list of another kind")
        if path.is_dir():
            raise ValueError(f"--{name} takes a file, and {path} is a folder")
        if not os.access(path.absolute().parent, os.W_OK):
            message = (
                f"{path} cannot be written: there is no folder {path.absolute().parent}, or it is not yours."
            )
            raise TaskError("FOLDER_NOT_WRITABLE", f"{message} Make it, or choose another one.")


def _write(lists: dict[str, Path], result: ShotsResult, request: DescribeShots, language: str) -> None:
    listed = _listed(result, request, language)
    captions = captions_of(listed, [shot.sentence(language) for shot in listed.shots])
    problems: list[str] = []
    for path in lists.values():
        try:
            write_list(listed, path, captions)
        except ShotListError as error:
            # the other lists can do nothing for it, and an hour may have gone into them
            problems.append(str(error))
            continue
        say(f"{path}")
    if problems:
        raise TaskError("FOLDER_NOT_WRITABLE", " ".join(problems))


def _listed(result: ShotsResult, request: DescribeShots, language: str) -> ShotList:
    """The shots one film after the other, each at its place in the film."""
    from .tasks.clip_files import film_rate

    clips = {clip.id: clip for clip in request.clips}
    rate = film_rate(Path(request.clips[0].path))
    shots: list[ListedShot] = []
    film_start, film_end, film = 0, 0, ""
    for number, shot in enumerate(result.shots, 1):
        clip = clips[shot.clip]
        if shot.clip != film:
            film, film_start = shot.clip, film_end - _frames(shot.start_seconds, rate) if number > 1 else 0
        start = film_start + _frames(shot.start_seconds, rate)
        film_end = max(film_start + _frames(shot.end_seconds, rate), start + 1)
        shots.append(
            ListedShot(
                number=number,
                name=clip.name,
                media=clip.path,
                start_frame=start,
                end_frame=film_end,
                media_start_seconds=shot.start_seconds,
                fields=shot.fields,
                en=shot.en,
                zh=shot.zh,
                thumbnail=shot.thumbnail,
            )
        )
    return ShotList(request.clips[0].name, rate, 0, language, tuple(shots))


def _frames(seconds: float, rate: Fraction) -> int:
    return round(seconds * rate)


def _warn(failures: tuple[ClipFailure, ...], notes: tuple[str, ...]) -> None:
    for failure in failures:
        say(f"{failure.message} [{failure.code}]")
    for note in notes:
        say(note)


def _wrong(command: str, error: Exception) -> int:
    say(f"python -m ml {command}: {error}")
    return WRONG_COMMAND


def _clock(seconds: float) -> str:
    """``0:01:02.5``."""
    tenths = round(seconds * 10)
    return f"{tenths // 36_000}:{tenths // 600 % 60:02}:{tenths // 10 % 60:02}.{tenths % 10}"
