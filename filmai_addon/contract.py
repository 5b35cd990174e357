"""The one place where the add-on reaches the contract; everything else imports its names from here.

In the packaged extension ``ml`` lies inside the add-on, in the repository beside it. Standard library only.
Families and limits are there at once; the message classes are made at their first use, since registering
the add-on is part of every start of Blender and needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ml.caption_cards import MAX_LINE_UNITS, Card, cards_in_time
    from ml.character_terms import (
        BODY_NUMBERS,
        BUILDS,
        CHARACTER_INDEX,
        CHARACTER_MODEL,
        CHARACTERS,
        ENLARGER_MODEL,
        PORTRAIT_MODEL,
        PORTRAITS,
        VIEW_LABELS,
    )
    from ml.limits import (
        EXPORT_SUFFIXES,
        IMPORT_SUFFIXES,
        MAX_CHARACTER_M,
        MAX_CHARACTER_PX,
        MAX_CLIPS,
        MAX_TRUNCATION,
        MIN_CHARACTER_M,
        MIN_CHARACTER_PX,
    )
    from ml.own_families import family_label, family_word, is_own_family, own_family_id
    from ml.protocol import *  # noqa: F403
    from ml.protocol_characters import *  # noqa: F403
    from ml.protocol_lists import *  # noqa: F403
    from ml.protocol_material import Between
    from ml.protocol_preview import *  # noqa: F403
    from ml.shot_terms import *  # noqa: F403
    from ml.timecode import frames_of, timecode
    from ml.wire import from_plain, to_plain
    from ml.word_lists_zh import FAMILY_LABELS_ZH
    from ml.words import read_prompt
else:
    try:
        from .ml import character_terms, families, limits, own_families, shot_terms
    except ModuleNotFoundError:
        from ml import character_terms, families, limits, own_families, shot_terms

    FAMILIES, FAMILY_INDEX, Family = families.FAMILIES, families.FAMILY_INDEX, families.Family
    family_by_id = families.family_by_id
    family_label, family_word = own_families.family_label, own_families.family_word
    is_own_family, own_family_id = own_families.is_own_family, own_families.own_family_id
    MAX_SEED, MAX_VARIATIONS = limits.MAX_SEED, limits.MAX_VARIATIONS
    MIN_TEXTURE_SIZE_PX, MAX_TEXTURE_SIZE_PX = limits.MIN_TEXTURE_SIZE_PX, limits.MAX_TEXTURE_SIZE_PX
    MIN_MATERIAL_SIZE_PX, MAX_MATERIAL_SIZE_PX = limits.MIN_MATERIAL_SIZE_PX, limits.MAX_MATERIAL_SIZE_PX
    MATERIAL_STEP_PX, MAX_ACROSS = limits.MATERIAL_STEP_PX, limits.MAX_ACROSS
    MAX_CONTRAST, MAX_CLIPS = limits.MAX_CONTRAST, limits.MAX_CLIPS
    MIN_CHARACTER_PX, MAX_CHARACTER_PX = limits.MIN_CHARACTER_PX, limits.MAX_CHARACTER_PX
    MIN_CHARACTER_M, MAX_CHARACTER_M = limits.MIN_CHARACTER_M, limits.MAX_CHARACTER_M
    MAX_TRUNCATION, VIEW_LABELS = limits.MAX_TRUNCATION, character_terms.VIEW_LABELS
    CHARACTERS, CHARACTER_INDEX = character_terms.CHARACTERS, character_terms.CHARACTER_INDEX
    BUILDS, BODY_NUMBERS = character_terms.BUILDS, character_terms.BODY_NUMBERS
    CHARACTER_MODEL, ENLARGER_MODEL = character_terms.CHARACTER_MODEL, character_terms.ENLARGER_MODEL
    PORTRAITS, PORTRAIT_MODEL = character_terms.PORTRAITS, character_terms.PORTRAIT_MODEL
    EXPORT_SUFFIXES, IMPORT_SUFFIXES = limits.EXPORT_SUFFIXES, limits.IMPORT_SUFFIXES
    FIELDS, FIELD_INDEX, LANGUAGES = shot_terms.FIELDS, shot_terms.FIELD_INDEX, shot_terms.LANGUAGES

    _NOT_IN_PROTOCOL = {
        "from_plain": "wire",
        "to_plain": "wire",
        "Between": "protocol_material",
        **dict.fromkeys(("MaterialPreview", "PreviewMaterials", "PreviewSheet"), "protocol_preview"),
        **dict.fromkeys(
            ("BodyNumber", "CharacterPictures", "CharacterPreview", "CharacterResult", "CharacterSheet"),
            "protocol_characters",
        ),
        **dict.fromkeys(
            ("GenerateCharacter", "PreviewCharacters", "View", "ViewFile"), "protocol_characters"
        ),
        **dict.fromkeys(
            ("Caption", "CaptionedShot", "CaptionsRead", "ExportShots", "ExportedShots", "ListedShot"),
            "protocol_lists",
        ),
        "ReadCaptions": "protocol_lists",
        "read_prompt": "words",
        "FAMILY_LABELS_ZH": "word_lists_zh",
        **dict.fromkeys(("MAX_LINE_UNITS", "Card", "cards_in_time"), "caption_cards"),
        **dict.fromkeys(("frames_of", "timecode"), "timecode"),
        **dict.fromkeys(("ShotField", "ShotValue", "coarse_movement", "coarse_size"), "shot_terms"),
    }

    def __getattr__(name):
        # the import system itself asks for __path__, which is no reason to load anything
        if name not in __all__:
            raise AttributeError(f"the contract has no {name}")
        module = _NOT_IN_PROTOCOL.get(name, "protocol")
        return getattr(import_module(f"{families.__package__}.{module}"), name)


__all__ = [  # noqa: F405
    "BODY_NUMBERS",
    "BUILDS",
    "CHARACTERS",
    "CHARACTER_INDEX",
    "CHARACTER_MODEL",
    "ENLARGER_MODEL",
    "EXPORT_SUFFIXES",
    "FAMILIES",
    "FAMILY_INDEX",
    "FAMILY_LABELS_ZH",
    "FIELDS",
    "FIELD_INDEX",
    "IMPORT_SUFFIXES",
    "LANGUAGES",
    "MAP_KINDS",
    "MATERIAL_STEP_PX",
    "MAX_ACROSS",
    "MAX_CHARACTER_M",
    "MAX_CHARACTER_PX",
    "MAX_CLIPS",
    "MAX_CONTRAST",
    "MAX_LINE_BYTES",
    "MAX_LINE_UNITS",
    "MAX_MATERIAL_SIZE_PX",
    "MAX_SEED",
    "MAX_SHOTS",
    "MAX_TEXTURE_SIZE_PX",
    "MAX_TRUNCATION",
    "MAX_VARIATIONS",
    "MIN_CHARACTER_M",
    "MIN_CHARACTER_PX",
    "MIN_MATERIAL_SIZE_PX",
    "MIN_TEXTURE_SIZE_PX",
    "PORTRAITS",
    "PORTRAIT_MODEL",
    "PROTOCOL_VERSION",
    "VIEW_LABELS",
    "Between",
    "BodyNumber",
    "Cancel",
    "Cancelled",
    "Caption",
    "CaptionedShot",
    "CaptionsRead",
    "Card",
    "CharacterPictures",
    "CharacterPreview",
    "CharacterResult",
    "CharacterSheet",
    "Clip",
    "ClipCuts",
    "ClipFailure",
    "Colour",
    "CutsResult",
    "DescribeShots",
    "DetectCuts",
    "DeviceChoice",
    "DeviceUsed",
    "Event",
    "ExportShots",
    "ExportedShots",
    "Failed",
    "Family",
    "FieldGuess",
    "Finished",
    "FixedField",
    "GenerateCharacter",
    "GenerateMaterial",
    "GenerateTexture",
    "JobRequest",
    "JobResult",
    "LayoutChoice",
    "LayoutNumber",
    "LayoutWish",
    "LineSplitter",
    "ListedShot",
    "LookWish",
    "MapFile",
    "MapKind",
    "MaterialMaps",
    "MaterialPreview",
    "MaterialResult",
    "ModelUsed",
    "Preview",
    "PreviewCharacters",
    "PreviewMaterials",
    "PreviewSheet",
    "Progress",
    "ReadCaptions",
    "Ready",
    "ReleaseMemory",
    "Released",
    "Request",
    "ShotDescription",
    "ShotField",
    "ShotValue",
    "ShotsResult",
    "TextureImage",
    "TextureResult",
    "Transition",
    "View",
    "ViewFile",
    "WireError",
    "cards_in_time",
    "coarse_movement",
    "coarse_size",
    "decode_event",
    "decode_request",
    "encode",
    "family_by_id",
    "family_label",
    "family_word",
    "frames_of",
    "from_plain",
    "is_own_family",
    "is_terminal",
    "own_family_id",
    "read_prompt",
    "timecode",
    "to_plain",
]
