"""The Chinese words for every value of a shot's fields: what the grammar writes, and what the slot checker reads.

A phrase is a text of words with spaces between them, which the sentence closes up; where there are several, any of
them may be written.
"""

__all__ = [
    "ACTIONS",
    "ANGLES",
    "COLOURS",
    "COMMA",
    "COUNTS",
    "DIRECTIONS",
    "FULL_STOP",
    "HORIZONS",
    "LIGHTS",
    "MEASURES",
    "MOVEMENTS",
    "NOUNS",
    "PLACES",
    "SCENERY",
    "SETTINGS",
    "SIZES",
    "SPEEDS",
    "STEADINESS",
    "TIMES",
    "TONES",
]

Phrases = dict[str, tuple[str, ...]]

COMMA, FULL_STOP = "\uff0c", "\u3002"

SIZES: Phrases = {
    "extreme_wide": ("大远景",),
    "wide": ("远景",),
    "full": ("全景",),
    "medium": ("中景",),
    "close_up": ("特写",),
    "extreme_close_up": ("大特写",),
}
ANGLES: Phrases = {
    "birds_eye": ("鸟瞰", "垂直 俯拍"),
    "high": ("俯拍", "高 角度"),
    "level": ("平拍", "平视 角度"),
    "low": ("仰拍", "低 角度"),
    "worms_eye": ("极低 角度 仰拍", "贴地 仰拍"),
}
HORIZONS: Phrases = {"straight": ("地平线 水平",), "dutch": ("倾斜 构图", "荷兰 角")}
MOVEMENTS: Phrases = {
    "static": ("固定 镜头", "固定 机位"),
    "pan_left": ("左摇", "向左 摇"),
    "pan_right": ("右摇", "向右 摇"),
    "tilt_up": ("上摇", "向上 摇"),
    "tilt_down": ("下摇", "向下 摇"),
    "roll": ("旋转 镜头", "镜头 旋转"),
    "truck_left": ("左移", "向左 平移"),
    "truck_right": ("右移", "向右 平移"),
    "pedestal_up": ("升 镜头", "镜头 上升"),
    "pedestal_down": ("降 镜头", "镜头 下降"),
    "dolly_in": ("推 镜头", "镜头 前推"),
    "dolly_out": ("拉 镜头", "镜头 后拉"),
    "zoom_in": ("变焦 推近",),
    "zoom_out": ("变焦 拉远",),
    "arc": ("环绕 镜头", "环绕 拍摄"),
    "crane": ("摇臂 镜头", "摇臂 拍摄"),
    "dolly_zoom": ("滑动 变焦",),
    "tracking": ("跟拍", "跟随 拍摄"),
}
SPEEDS: Phrases = {"slow": ("缓慢", "慢速"), "moderate": ("中速",), "fast": ("快速", "迅速")}
STEADINESS: Phrases = {
    "steady": ("画面 稳定", "机位 稳定"),
    "handheld": ("手持 拍摄", "手持 镜头"),
    "shaky": ("画面 晃动", "镜头 晃动"),
}
LIGHTS: Phrases = {
    "natural": ("自然光",),
    "high_key": ("高调 光", "高调 照明"),
    "low_key": ("低调 光", "低调 照明"),
    "backlit": ("逆光", "逆光 拍摄"),
}
TONES: Phrases = {"neutral": ("中性 色调",), "warm": ("暖 色调",), "cool": ("冷 色调",)}
TIMES: Phrases = {"day": ("白天", "日间"), "dusk": ("黄昏", "黄昏 时分"), "night": ("夜晚", "夜里")}
SETTINGS: Phrases = {
    "room": ("室内", "房间 里"),
    "street": ("街道 上", "街头"),
    "field": ("田野 上", "田野 里"),
    "forest": ("森林 里", "树林 中"),
    "mountains": ("山地 中", "群山 之间"),
    "desert": ("沙漠 中", "沙漠 里"),
    "shore": ("海边", "海岸 上"),
    "studio": ("纯色 背景 前",),
}
SCENERY = ("空镜", "无 主体 景物")
"""What stands for the subject "place": the place itself."""
NOUNS: dict[str, str] = {
    "person": "人",
    "dog": "狗",
    "horse": "马",
    "bird": "鸟",
    "car": "汽车",
    "truck": "卡车",
    "tree": "树",
    "house": "房子",
    "chair": "椅子",
    "table": "桌子",
    "lamp": "灯",
    "ball": "球",
}
MEASURES: Phrases = {
    "person": ("个",),
    "dog": ("只", "条"),
    "horse": ("匹",),
    "bird": ("只",),
    "car": ("辆",),
    "truck": ("辆",),
    "tree": ("棵",),
    "house": ("座", "栋"),
    "chair": ("把",),
    "table": ("张",),
    "lamp": ("盏",),
    "ball": ("个",),
}
"""The measure words that stand between number and noun; an unnamed subject takes the general one."""
COUNTS: Phrases = {"one": ("一",), "two": ("两",), "several": ("几", "数")}
COLOURS: Phrases = {
    "red": ("红色",),
    "orange": ("橙色",),
    "yellow": ("黄色",),
    "green": ("绿色",),
    "blue": ("蓝色",),
    "purple": ("紫色",),
    "brown": ("棕色",),
    "black": ("黑色",),
    "grey": ("灰色",),
    "white": ("白色",),
}
ACTIONS: Phrases = {
    "rests": ("静止 不动", "保持 静止"),
    "walks": ("行走", "走动"),
    "runs": ("奔跑", "跑动"),
    "jumps": ("跳跃", "跳动"),
    "turns": ("转身", "转动"),
    "falls": ("倒下", "落下"),
    "waves": ("挥手",),
    "talks": ("说话", "讲话"),
    "drives": ("行驶",),
    "flies": ("飞行", "飞过"),
    "rolls": ("滚动",),
    "sways": ("摇曳", "摇摆"),
    "enters": ("入画", "进入 画面"),
    "leaves": ("出画", "离开 画面"),
}
DIRECTIONS: Phrases = {
    "none": ("原地",),
    "left_to_right": ("从 左 向 右", "从 左 到 右"),
    "right_to_left": ("从 右 向 左", "从 右 到 左"),
    "towards": ("朝 镜头",),
    "away": ("背离 镜头",),
}
PLACES: Phrases = {
    "left": ("画面 左侧",),
    "centre": ("画面 中央", "画面 中间"),
    "right": ("画面 右侧",),
}
