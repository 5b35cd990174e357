"""The Chinese words of prompts, and the families' Chinese names; ``ml.word_lists`` says how such a list is read."""

__all__ = ["CHINESE", "FAMILY_LABELS_ZH"]

FAMILY_LABELS_ZH: dict[str, str] = {
    "brick": "砖墙",
    "stone_wall": "石墙",
    "cobblestone": "鹅卵石",
    "rock": "岩石",
    "marble": "大理石",
    "granite": "花岗岩",
    "terrazzo": "水磨石",
    "concrete": "混凝土",
    "plaster": "灰泥",
    "asphalt": "沥青",
    "wood_planks": "木板",
    "wood_grain": "木纹",
    "bark": "树皮",
    "leaves": "树叶",
    "moss": "苔藓",
    "grass": "草地",
    "sand": "沙子",
    "soil": "泥土",
    "snow": "雪",
    "ice": "冰",
    "lava": "熔岩",
    "rusted_metal": "锈蚀金属",
    "brushed_metal": "拉丝金属",
    "diamond_plate": "花纹钢板",
    "ceramic_tiles": "瓷砖",
    "roof_tiles": "屋瓦",
    "fabric_weave": "织物",
    "knit": "针织",
    "leather": "皮革",
    "scales": "鳞片",
    "fur": "毛皮",
    "scifi_panel": "科幻面板",
}
"""Family id -> what the family is called in Chinese."""

CHINESE = """
砖墙, 砖, 砖头, 砖块, 砌砖, 砖石 = noun brick
青砖 = noun brick, own 6b7276
红砖, 红砖墙 = noun brick, own 8b4034
石墙, 石头墙, 石砌墙, 石块墙, 毛石墙, 石砖, 石砌 = noun stone_wall
鹅卵石, 卵石, 圆石, 铺路石, 石板路, 鹅卵石路 = noun cobblestone
碎石, 砾石 = noun cobblestone, across 4
岩石, 岩壁, 悬崖, 巨石, 山石 = noun rock
石头, 石材, 石质, 石 = generic rock
大理石, 云石 = noun marble
花岗岩, 花岗石, 麻石 = noun granite
水磨石 = noun terrazzo
混凝土, 水泥, 清水混凝土 = noun concrete
灰泥, 抹灰, 石膏, 粉刷, 粉刷墙, 白灰墙, 腻子, 土坯 = noun plaster
沥青, 柏油, 柏油路, 沥青路, 柏油路面, 沥青路面 = noun asphalt
木板, 木地板, 木条, 实木地板, 拼花地板, 木栈道 = noun wood_planks
地板 = place wood_planks
板条, 条板 = place wood_planks, pattern planks
木纹, 木头纹理, 木材纹理, 木饰面 = noun wood_grain
木头, 木材, 木质, 木制, 木, 实木, 原木 = generic wood_grain
树皮, 树干 = noun bark
树叶, 叶子, 叶片, 落叶, 枯叶, 枫叶, 常春藤, 藤叶 = noun leaves, thing
苔藓, 青苔, 苔, 地衣, 绿苔 = noun moss, thing
草地, 草, 草坪, 青草, 草皮, 杂草, 草丛 = noun grass, thing
沙子, 沙, 沙地, 沙丘, 砂, 砂子, 黄沙 = noun sand
泥土, 土, 土壤, 泥, 泥巴, 泥地, 黏土, 粘土 = noun soil, thing
泥泞 = adjective soil
龟裂的泥土, 干裂的泥土, 干裂的土地, 龟裂的土地, 干裂泥地 = noun soil, pattern cracks
雪, 积雪, 雪地, 白雪, 冰雪 = noun snow, thing
冰, 冰面, 冰块, 冰层 = noun ice
结冰, 冰冻, 结霜, 霜 = adjective ice
熔岩, 岩浆 = noun lava
玄武岩, 火山岩 = noun rock, own 3a3a3d
铁锈, 锈, 锈斑, 锈迹 = noun rusted_metal, wear 0.7, thing
生锈, 锈蚀, 长锈, 氧化, 腐蚀, 生了锈 = adjective rusted_metal, wear 0.7
耐候钢 = noun rusted_metal
拉丝金属, 拉丝钢, 拉丝不锈钢, 拉丝铝, 不锈钢 = noun brushed_metal
金属, 钢, 铁, 钢铁, 钢板, 铁板, 铝, 铝板, 锌, 钛 = generic brushed_metal
铬, 镀铬 = generic brushed_metal, roughness -0.4
拉丝 = place brushed_metal
花纹钢板, 花纹板, 防滑钢板, 防滑板 = noun diamond_plate
瓷砖, 陶瓷, 地砖, 墙砖, 马赛克, 釉面砖, 陶瓷砖, 瓷 = noun ceramic_tiles
屋瓦, 瓦片, 瓦, 屋顶瓦, 瓦屋顶, 琉璃瓦, 瓦顶 = noun roof_tiles
亚麻, 棉布, 帆布, 麻布, 粗麻布, 编织布, 粗花呢 = noun fabric_weave
牛仔布, 牛仔, 丹宁 = noun fabric_weave, own 2f3f5c
丝绸, 绸缎 = noun fabric_weave, roughness -0.3
织物, 布料, 布, 面料, 纺织品 = generic fabric_weave
编织, 编织纹, 平纹 = place fabric_weave, pattern weave
针织, 毛线, 毛衣, 羊毛, 编织毛衣, 钩针 = noun knit
皮革, 真皮, 牛皮, 麂皮, 皮质 = noun leather
鳞片, 鳞, 蛇皮, 蛇鳞, 龙鳞, 鳄鱼皮 = noun scales
鱼鳞, 鱼鳞纹 = place scales, pattern scales
毛皮, 皮毛, 兽毛, 绒毛, 动物毛 = noun fur
毛茸茸, 毛绒绒 = adjective fur
科幻面板, 科幻板, 飞船面板, 飞船外壳 = noun scifi_panel
科幻, 未来感, 未来, 飞船, 太空船, 宇宙飞船, 太空舱, 赛博朋克 = place scifi_panel
面板, 镶板, 嵌板 = place scifi_panel, pattern panels
墙, 墙面, 墙壁, 外墙 = place plaster
路面, 马路, 公路, 街道, 道路, 停车场 = place asphalt
庭院, 小巷, 人行道 = place cobblestone
地面 = place soil
沙滩, 海滩, 沙漠 = place sand
冰川 = place ice
火山 = place lava
屋顶, 房顶 = place roof_tiles
城堡, 中世纪, 古堡 = place stone_wall
山洞, 洞穴, 峡谷, 山崖 = place rock
台面 = place granite
浴室, 卫生间, 厨房 = place ceramic_tiles
树木, 大树 = place bark
地毯, 窗帘 = place fabric_weave
巨龙, 蜥蜴, 鳄鱼 = place scales
橡木 = generic wood_grain, own a67c4e
胡桃木, 核桃木 = generic wood_grain, own 54392a
松木 = generic wood_grain, own c9a36b
红木, 桃花心木 = generic wood_grain, own 5b2a20
樱桃木 = generic wood_grain, own 7d3f28
乌木, 黑檀 = generic wood_grain, own 2a211d
柚木 = generic wood_grain, own 8a5a33
桦木 = generic wood_grain, own d8c39c
枫木 = generic wood_grain, own cfa873
砂岩 = place rock, own c2a070
石灰岩, 石灰石, 洞石 = place rock, own d3c8b0
板岩, 青石, 青石板 = place rock, own 555d64
黑曜石 = place rock, own 17171b
陶土, 红土 = place soil, own b06a48
黄金, 金 = kind brushed_metal, colour golden
铜, 紫铜, 红铜 = kind brushed_metal, own b06a45
青铜, 古铜 = kind brushed_metal, own 8a6337
黄铜 = kind brushed_metal, own b5944a
白, 白色 = colour white
雪白, 纯白 = colour snow white
灰白, 灰白色 = colour off white
乳白, 乳白色, 奶白, 奶白色, 奶油色 = colour cream
珍珠白 = colour pearl
暖白 = colour warm white
象牙, 象牙白, 象牙色, 米白, 米白色 = colour ivory
灰, 灰色 = colour grey
暖灰, 暖灰色 = colour warm grey
冷灰, 冷灰色, 水泥灰 = colour cool grey
烟灰, 灰烬色 = colour ash grey
青灰, 青灰色, 石板灰 = colour slate grey
炭灰, 炭黑, 炭灰色 = colour charcoal
黑, 黑色 = colour black
漆黑, 乌黑 = colour jet black
枪灰, 枪灰色, 铁灰, 铁灰色 = colour gunmetal
银, 银色, 银灰, 银灰色, 银白 = colour silver
灰蓝, 蓝灰, 灰蓝色, 蓝灰色 = colour blue grey
灰绿, 灰绿色 = colour grey green
灰棕, 灰褐, 灰棕色, 灰褐色 = colour grey brown
红, 红色, 大红 = colour red
砖红, 砖红色 = colour brick red
绯红, 猩红 = colour crimson
酒红, 酒红色 = colour burgundy
栗红, 褐红 = colour maroon
锈红, 锈红色, 铁锈红, 铁锈色, 锈色 = colour rust red
红棕, 红棕色, 红褐, 红褐色, 棕红, 棕红色 = colour red brown
朱红, 朱红色, 朱砂 = colour vermilion
赤陶, 赤陶色, 陶红 = colour terracotta
橙, 橙色, 橘色, 橘红, 橘黄 = colour orange
珊瑚色 = colour coral
桃色 = colour peach
粉色, 粉红, 粉红色 = colour pink
玫瑰红, 玫瑰色 = colour rose
洋红 = colour magenta
紫, 紫色 = colour purple
紫罗兰, 紫罗兰色 = colour violet
淡紫, 丁香紫 = colour lilac
薰衣草色 = colour lavender
紫红, 紫红色 = colour plum
靛蓝, 靛蓝色, 靛青 = colour indigo
藏青, 藏青色, 海军蓝, 藏蓝, 藏蓝色 = colour navy
蓝, 蓝色 = colour blue
天蓝, 天蓝色 = colour sky blue
钴蓝 = colour cobalt blue
宝蓝, 宝蓝色 = colour royal blue
冰蓝, 冰蓝色 = colour ice blue
绿松石, 绿松石色, 湖蓝 = colour turquoise
蓝绿, 蓝绿色, 孔雀蓝 = colour blue green
青, 青色 = colour teal
薄荷绿 = colour mint
绿, 绿色 = colour green
黄绿, 黄绿色 = colour yellow green
草绿, 草绿色 = colour grass green
橄榄绿, 橄榄色, 军绿 = colour olive
苔绿, 苔藓绿 = colour moss green
墨绿, 墨绿色 = colour forest green
翠绿, 翡翠绿 = colour emerald
玉色, 玉绿 = colour jade
铜绿, 铜绿色 = colour verdigris
黄, 黄色 = colour yellow
柠檬黄 = colour lemon
芥末黄, 姜黄, 姜黄色 = colour mustard
赭石, 赭色, 赭石色 = colour ochre
金色, 金黄, 金黄色 = colour golden
琥珀, 琥珀色 = colour amber
稻草色, 草黄 = colour straw
卡其, 卡其色 = colour khaki
米色, 米黄, 米黄色 = colour beige
棕褐, 棕褐色 = colour tan
土黄, 土黄色 = colour earth yellow
沙色, 沙黄, 沙黄色 = colour sand yellow
棕, 棕色, 褐, 褐色 = colour brown
巧克力色 = colour chocolate
栗色 = colour chestnut
咖啡色 = colour coffee
焦糖色 = colour caramel
木色, 原木色 = colour wood brown
偏红, 泛红, 发红 = tint red
偏橙 = tint orange
偏黄, 泛黄, 发黄 = tint yellow
偏绿, 泛绿, 发绿 = tint green
偏蓝, 泛蓝, 发蓝 = tint blue
偏紫 = tint purple
偏棕 = tint brown
偏灰, 发灰 = tint grey
偏白, 发白, 泛白 = tint white
偏黑, 发黑 = tint black
深, 深色, 暗, 暗色, 昏暗, 黑暗, 暗黑 = shade dark -0.4 1
浓 = shade deep -0.25 1.15
浅, 浅色, 亮, 明亮 = shade light 0.4 1
淡, 苍白, 淡色 = shade pale 0.4 0.6
鲜艳, 鲜, 艳丽 = shade vivid 0 1.4
暗淡, 褪色 = shade muted 0 0.5
烧焦, 焦黑 = shade burnt -0.6 0.4
崭新, 全新, 完美, 无瑕 = wear 0
新, 完好 = wear 0.05
干净, 洁净, 整洁 = wear 0.1
旧, 老, 老旧, 陈旧, 破旧, 磨损, 脏, 肮脏, 做旧, 复古, 开裂, 裂开 = wear 0.7
污渍, 水渍, 划痕, 刮痕, 污垢 = wear 0.7, thing
裂缝, 裂纹, 裂痕 = wear 0.7, thing, joint
风化, 饱经风霜, 沧桑 = wear 0.75
古老, 古旧, 损坏, 剥落, 掉漆, 斑驳, 废弃, 侵蚀, 远古 = wear 0.85
破损, 洞, 孔洞 = wear 0.85, thing
腐烂, 破碎, 腐朽, 残破, 破烂 = wear 0.9
毁坏, 废墟 = wear 1
镜面 = roughness -0.45
抛光, 磨光, 光亮, 高光, 打磨 = roughness -0.4
光泽 = roughness -0.4, thing
湿, 潮湿, 湿润, 湿漉漉, 有光泽, 反光, 上釉, 上漆, 闪亮, 湿滑, 打湿, 淋湿 = roughness -0.35
水, 雨水, 积水, 雨 = roughness -0.35, thing
光滑, 平滑, 油腻, 滑 = roughness -0.25
缎面, 半光, 打蜡, 涂漆 = roughness -0.15
干, 干燥, 干涸 = roughness 0.15
哑光, 亚光, 无光泽, 无光, 磨砂 = roughness 0.25
粗糙, 凹凸不平, 粗 = roughness 0.3
灰尘, 尘土, 落灰 = roughness 0.3, thing
粉状, 白垩 = roughness 0.35
高对比度, 高对比, 强对比, 对比强烈 = contrast 1.6
对比, 对比度, 斑点, 不均匀, 杂色 = contrast 1.4
低对比度, 低对比, 均匀, 单色, 纯色 = contrast 0.5
柔和 = contrast 0.7
大, 大块, 巨大, 大型, 大片, 特写, 宽 = across 1
小, 小块, 细, 细密, 细小, 密集, 窄, 小型, 细腻 = across 2
微小, 极小, 迷你 = across 4
顺砖, 错缝, 工字缝, 工字铺 = pattern running_bond
对缝, 方格, 网格, 正方形, 通缝 = pattern stack_bond
人字形, 人字拼, 人字纹, 鱼骨, 鱼骨拼, 人字 = pattern herringbone
篮编, 篮纹, 席纹 = pattern basket
六边形, 六角形, 六角, 蜂窝, 蜂巢 = pattern hexagons
菱形, 菱格 = pattern lozenges
泰森多边形, 不规则拼, 冰裂纹, 乱石拼 = pattern voronoi
龟裂, 裂纹图案, 开片, 干裂 = pattern cracks
层砌, 成层 = pattern courses
勾缝, 填缝, 砂浆, 灰缝, 缝隙, 接缝, 缝, 砖缝, 石缝, 纹路, 脉络, 脉纹, 美缝, 凹槽 = joint, thing
行, 排 = count rows
列 = count columns
一 = number 1
二, 两 = number 2
三 = number 3
四 = number 4
五 = number 5
六 = number 6
七 = number 7
八 = number 8
九 = number 9
十 = number 10
十二 = number 12
有点, 有点儿, 略, 略微, 稍, 稍微, 一点, 一点点, 少许, 少量, 轻微, 微微, 略带 = degree 0.5
不太, 不怎么, 不是很, 不很 = degree 0.5
一些, 些许, 部分, 比较, 较, 相当, 有些 = degree 0.7
很, 非常, 更, 十分, 许多, 很多, 大量, 特别, 挺, 多 = degree 1.3
极, 极其, 极度, 超级, 长满, 布满, 覆盖着, 覆盖, 铺满, 爬满, 满是, 严重, 落满, 沾满 = degree 1.6
完全, 全部, 彻底, 最 = degree 2
不, 并不, 别太, 不是 = not
没有, 没, 无, 不带, 不要, 去掉, 别, 毫无, 不含, 没什么 = no
和, 与, 及, 以及, 跟, 并且, 而且, 又, 且 = and
或, 或者, 或是 = or
覆盖的, 覆盖着的, 长在, 在 = on
有, 带, 带有, 配, 搭配, 用, 加, 上, 里, 中, 上的, 里的, 之间, 上有, 带着, 具有, 上面, 从 = join
的, 地, 得, 是, 着, 了, 把, 被, 呈, 个, 块, 一个, 一块, 一种, 一片, 一张, 一面, 这, 那, 它, 我, 请, 想要, 想 = filler
要, 我想要, 做, 生成, 制作, 给我, 材质, 纹理, 贴图, 质感, 表面, 图案, 无缝, 风格, 颜色, 色, 状, 样式, 可平铺 = filler
背景, 也, 都, 还, 就, 看起来, 效果, 色调, 样子, 拼, 铺, 铺成, 拼成 = filler
"""
