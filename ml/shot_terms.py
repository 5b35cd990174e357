"""The words of shots: every field that a description has, its values, and what they are called in each language.

One vocabulary for rendering, training, the worker and Blender's panels. Standard library only. Terms as film
makers use them; sizes, angles and movements follow the taxonomies of CineScale, MovieShots and CameraBench
(arXiv 2504.15376).
"""

from dataclasses import dataclass

__all__ = [
    "FIELDS",
    "FIELD_INDEX",
    "LANGUAGES",
    "PLACE_DOUBT",
    "PLACE_SIDES",
    "ROLL_DOUBT_DEGREES",
    "SIZE_DOUBT",
    "SIZE_LIMITS",
    "ShotField",
    "ShotValue",
    "coarse_movement",
    "coarse_size",
]

LANGUAGES = ("en", "zh")
"""English and Simplified Chinese."""


@dataclass(frozen=True, slots=True)
class ShotValue:
    """One value of a field."""

    id: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class ShotField:
    """One thing that is said about every shot."""

    id: str
    en: str
    zh: str
    meaning: str
    values: tuple[ShotValue, ...]

    def index(self, value_id: str) -> int:
        """Place of that value. Raises ValueError when the field has none of that id."""
        return tuple(value.id for value in self.values).index(value_id)


def _values(*texts: str) -> tuple[ShotValue, ...]:
    return tuple(ShotValue(*text.split("|")) for text in texts)


FIELDS: tuple[ShotField, ...] = (
    ShotField(
        "size",
        "Shot size",
        "景别",
        "How much of the subject, or of the place, the frame holds, over most of the shot",
        _values(
            "extreme_wide|extreme wide shot|大远景",
            "wide|wide shot|远景",
            "full|full shot|全景",
            "medium|medium shot|中景",
            "close_up|close-up|特写",
            "extreme_close_up|extreme close-up|大特写",
        ),
    ),
    ShotField(
        "angle",
        "Angle",
        "角度",
        "From how high the camera looks: over 60 degrees down is bird's-eye, over 15 high, the same upwards",
        _values(
            "birds_eye|bird's-eye view|鸟瞰",
            "high|high angle|俯拍",
            "level|eye level|平拍",
            "low|low angle|仰拍",
            "worms_eye|worm's-eye view|极低角度仰拍",
        ),
    ),
    ShotField(
        "horizon",
        "Horizon",
        "地平线",
        "Dutch: the camera is rolled by more than 15 degrees",
        _values("straight|straight horizon|地平线水平", "dutch|Dutch angle|倾斜构图"),
    ),
    ShotField(
        "movement",
        "Movement",
        "运镜",
        "What the camera does over most of the shot, handheld unrest apart",
        _values(
            "static|static camera|固定镜头",
            "pan_left|pan left|左摇",
            "pan_right|pan right|右摇",
            "tilt_up|tilt up|上摇",
            "tilt_down|tilt down|下摇",
            "roll|roll|旋转镜头",
            "truck_left|truck left|左移",
            "truck_right|truck right|右移",
            "pedestal_up|pedestal up|升镜头",
            "pedestal_down|pedestal down|降镜头",
            "dolly_in|dolly in|推镜头",
            "dolly_out|dolly out|拉镜头",
            "zoom_in|zoom in|变焦推近",
            "zoom_out|zoom out|变焦拉远",
            "arc|arc|环绕镜头",
            "crane|crane|摇臂镜头",
            "dolly_zoom|dolly zoom|滑动变焦",
            "tracking|tracking shot|跟拍",
        ),
    ),
    ShotField(
        "speed",
        "Speed",
        "速度",
        "Of the camera's movement; none when it is static",
        _values("none|no movement|无", "slow|slow|慢", "moderate|moderate|中速", "fast|fast|快"),
    ),
    ShotField(
        "steadiness",
        "Steadiness",
        "稳定性",
        "How still the camera is held",
        _values("steady|steady|稳定", "handheld|handheld|手持", "shaky|shaky|晃动"),
    ),
    ShotField(
        "light",
        "Light",
        "光线",
        "High key: bright, few shadows; low key: mostly dark; backlit: the light comes from behind the subject",
        _values(
            "natural|natural light|自然光",
            "high_key|high-key light|高调光",
            "low_key|low-key light|低调光",
            "backlit|backlit|逆光",
        ),
    ),
    ShotField(
        "tone",
        "Colour tone",
        "色调",
        "Of the light as a whole",
        _values("neutral|neutral colours|中性色调", "warm|warm colours|暖色调", "cool|cool colours|冷色调"),
    ),
    ShotField(
        "time",
        "Time of day",
        "时间",
        "As the light outside looks; inside, as the light that falls in looks",
        _values("day|day|白天", "dusk|dusk|黄昏", "night|night|夜晚"),
    ),
    ShotField(
        "setting",
        "Setting",
        "环境",
        "What kind of place it is",
        _values(
            "room|a room|室内",
            "street|a street|街道",
            "field|a field|田野",
            "forest|a forest|森林",
            "mountains|mountains|山地",
            "desert|a desert|沙漠",
            "shore|a shore|海边",
            "studio|a plain background|纯色背景",
        ),
    ),
    ShotField(
        "subject",
        "Subject",
        "主体",
        "What the shot is about",
        _values(
            "person|person|人物",
            "dog|dog|狗",
            "horse|horse|马",
            "bird|bird|鸟",
            "car|car|汽车",
            "truck|truck|卡车",
            "tree|tree|树",
            "house|house|房子",
            "chair|chair|椅子",
            "table|table|桌子",
            "lamp|lamp|灯",
            "ball|ball|球",
            "place|the place itself|景物",
        ),
    ),
    ShotField(
        "count",
        "Number of subjects",
        "数量",
        "How many of the subject are seen; several: three or more",
        _values("one|one|一个", "two|two|两个", "several|several|多个"),
    ),
    ShotField(
        "colour",
        "Colour of the subject",
        "主体颜色",
        "The colour that most of the subject has, clothes counted in",
        _values(
            "red|red|红色",
            "orange|orange|橙色",
            "yellow|yellow|黄色",
            "green|green|绿色",
            "blue|blue|蓝色",
            "purple|purple|紫色",
            "brown|brown|棕色",
            "black|black|黑色",
            "grey|grey|灰色",
            "white|white|白色",
        ),
    ),
    ShotField(
        "action",
        "Action",
        "动作",
        "What the subject does over most of the shot",
        _values(
            "rests|is still|静止",
            "walks|walks|行走",
            "runs|runs|奔跑",
            "jumps|jumps|跳跃",
            "turns|turns|转身",
            "falls|falls|倒下",
            "waves|waves|挥手",
            "talks|talks|说话",
            "drives|drives|行驶",
            "flies|flies|飞行",
            "rolls|rolls|滚动",
            "sways|sways|摇曳",
            "enters|comes into the frame|入画",
            "leaves|leaves the frame|出画",
        ),
    ),
    ShotField(
        "direction",
        "Direction of the action",
        "运动方向",
        "Where the subject goes, as the frame shows it",
        _values(
            "none|in place|原地",
            "left_to_right|left to right|从左到右",
            "right_to_left|right to left|从右到左",
            "towards|towards the camera|朝向镜头",
            "away|away from the camera|远离镜头",
        ),
    ),
    ShotField(
        "place",
        "Place in the frame",
        "画面位置",
        "Where the subject is, over most of the shot",
        _values("left|on the left|左侧", "centre|in the centre|中间", "right|on the right|右侧"),
    ),
)

FIELD_INDEX = {field.id: index for index, field in enumerate(FIELDS)}

_COARSE_MOVEMENTS = {
    "static": ("static",),
    "pan": ("pan_left", "pan_right", "truck_left", "truck_right", "arc", "tracking"),
    "tilt": ("tilt_up", "tilt_down", "pedestal_up", "pedestal_down", "crane"),
    "zoom": ("zoom_in", "zoom_out", "dolly_in", "dolly_out", "dolly_zoom"),
}


def coarse_movement(movement: str) -> str | None:
    """Static, pan, tilt or zoom: what the picture as a whole does; None for a roll, which is none of them."""
    for coarse, movements in _COARSE_MOVEMENTS.items():
        if movement in movements:
            return coarse
    return None


SIZE_LIMITS = (("extreme_close_up", 5.8), ("close_up", 2.5), ("medium", 1.1), ("full", 0.45), ("wide", 0.12))
"""Least height of a size's subject as a multiple of the frame's height; below the last: extreme wide."""
SIZE_DOUBT = 1.06
"""Nearer to a limit than by this ratio, nobody can say which size it is."""
PLACE_SIDES, PLACE_DOUBT = (0.4, 0.6), 0.025
"""Left of the first, right of the second; nearer to either than that is in doubt. In frame widths."""
ROLL_DOUBT_DEGREES = (11.0, 18.0)
"""Between these a horizon is neither straight nor dutch for sure."""


def coarse_size(size: str) -> str:
    """One of five sizes: the extreme close-up counts as a close-up."""
    return "close_up" if size == "extreme_close_up" else size
