"""The words for characters: one list for the networks, the contract, the command line and the panels.

Standard library only, and no more than names, since Blender's process reads it at every start. How an archetype is
built is ``ml.characters.archetypes``'s; a test holds the two together. The order of the archetypes is part of every
trained model, so new ones are added at the end.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BODY_NUMBERS",
    "BUILDS",
    "CHARACTERS",
    "CHARACTER_INDEX",
    "CHARACTER_MODEL",
    "ENLARGER_MODEL",
    "PORTRAITS",
    "PORTRAIT_MODEL",
    "VIEW_LABELS",
    "Build",
    "Term",
]

CHARACTER_MODEL = "character_studio"
"""The folder of the network among the models; a package may come without it."""
ENLARGER_MODEL = "character_enlarger"
"""Likewise of the network that draws its pictures larger."""
Build = Literal["slim", "average", "heavy"]
BUILDS: tuple[Build, ...] = ("slim", "average", "heavy")
VIEW_LABELS = {"front": "Front", "three_quarter": "Three Quarters", "side": "Side", "back": "Back"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word, and what people read."""

    id: str
    """As used on the wire, on the command line and in file names."""
    label: str
    about: str
    """For a tooltip, without its full stop."""
    zh: str
    """The label in Simplified Chinese."""
    about_zh: str


CHARACTERS = (
    Term(
        "knight",
        "Knight",
        "In armour, with helm, shield and sword, mace or lance",
        "骑士",
        "身穿盔甲，带头盔、盾牌和剑、钉锤或长矛",
    ),
    Term(
        "wizard",
        "Wizard",
        "In a robe, with hat or hood, beard and staff",
        "巫师",
        "身穿长袍，带帽子或兜帽、胡须和法杖",
    ),
    Term(
        "robot",
        "Robot",
        "Of plates and joints, with a visor or eyes, and claws or fingers",
        "机器人",
        "由板件和关节组成，有面罩或眼睛，爪子或手指",
    ),
    Term(
        "astronaut", "Astronaut", "In a suit with a helmet and a pack", "宇航员", "身穿宇航服，带头盔和背包"
    ),
    Term("monk", "Monk", "In a habit, with a hood or a tonsure", "修士", "身穿修士袍，带兜帽或剃顶"),
    Term(
        "soldier",
        "Soldier",
        "With helmet or beret, vest, and what soldiers carry",
        "士兵",
        "带头盔或贝雷帽、背心和士兵的装备",
    ),
    Term(
        "villager",
        "Villager",
        "In trousers, gown or smock, with the tools of the fields",
        "村民",
        "身穿长裤、长裙或罩衫，带农具",
    ),
    Term("alien", "Alien", "With a large skull and thin limbs", "外星人", "头颅很大，四肢细长"),
    Term("creature", "Creature", "With horns, fangs and fur or scales", "怪物", "有角、獠牙和毛皮或鳞片"),
    Term(
        "pirate", "Pirate", "With tricorn or bandana, coat and cutlass", "海盗", "带三角帽或头巾、外套和弯刀"
    ),
    Term("ranger", "Ranger", "With hood, cape, bow and quiver", "游侠", "带兜帽、披风、弓和箭袋"),
    Term("monarch", "Monarch", "With crown, robe and sceptre", "君主", "带王冠、长袍和权杖"),
)
PORTRAIT_MODEL = "portrait_studio"
"""The folder of the network for heads and shoulders; a package may come without it too."""
PORTRAITS = ("villager", "monarch", "ranger", "pirate", "monk")
"""Whose faces are seen, so that there are portraits of them."""
CHARACTER_INDEX = {term.id: index for index, term in enumerate(CHARACTERS)}
BODY_NUMBERS = (
    Term("head", "Head", "Size of the head", "头", "头的大小"),
    Term("shoulders", "Shoulders", "Width of the shoulders", "肩", "肩的宽度"),
    Term("hips", "Hips", "Width of the hips", "胯", "胯的宽度"),
    Term("legs", "Legs", "Length of the legs", "腿", "腿的长度"),
    Term("arms", "Arms", "Length of the arms", "臂", "手臂的长度"),
    Term("limbs", "Limbs", "Thickness of arms and legs", "四肢", "手臂和腿的粗细"),
    Term("hands", "Hands", "Size of the hands", "手", "手的大小"),
    Term("feet", "Feet", "Size of the feet", "脚", "脚的大小"),
    Term("stoop", "Stoop", "How far the chest leans forward", "驼背", "胸部前倾的程度"),
)
"""Measures of the body that can be asked for: from the least to the most that the archetype knows."""
