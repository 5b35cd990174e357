"""The English words of prompts, and the palette; ``ml.word_lists`` says how such a list is read."""

__all__ = ["COLOURS", "ENGLISH", "NO_MISTAKES"]

COLOURS = """
white e8e6e2, snow white f2f4f5, off white e6e1d5, pearl e4dfd6, warm white ece4d4, cream ebe1c5, ivory ece6d2
grey 808080, warm grey 8a837a, cool grey 7b838b, ash grey b2aea6, slate grey 5b656d, charcoal 35363a, black 1b1b1c
jet black 0e0e0f, gunmetal 3d4247, silver b5b8bb, blue grey 67788a, grey green 76836f, grey brown 7b6d60
red 9e2b25, brick red 8b4034, crimson 8c1c2b, scarlet b3261e, burgundy 5c1a26, maroon 5a1f1f, rust red 8f4423
red brown 7a3b28, vermilion c23f26, terracotta b5613c, orange c8691e, burnt orange a9501c, coral d9755f
salmon d98b76, peach e6b08e, pink d98ba0, rose c26a76, magenta a83279, purple 6a3d7a, violet 6f4a94, lilac b39bc4
lavender b0a3cf, plum 5d2f52, indigo 38376f, navy 1f2a4a, blue 2f5596, sky blue 86b3d6, cobalt blue 1f4696
royal blue 2a3f94, ice blue c3dde6, turquoise 3fa9a0, teal 1f6a6c, blue green 2c7a7a, cyan 3bb3c2, mint a3d1b5
green 3f7a3a, lime 8ab83a, yellow green 93a53c, grass green 567d2e, olive 6b6b35, moss green 5a6b33
forest green 2b4a2c, emerald 1f7a54, jade 4f9a78, sage 93a287, verdigris 5f9c86, yellow d6b432, lemon e3d257
mustard b8912c, ochre b5822f, golden c9a14a, amber c07f20, straw d4bd78, khaki a89b6e, beige cdbb98, tan b08a5c
taupe 847568, earth yellow b8924f, brown 6b4a30, chocolate 47301f, chestnut 6e3a24, umber 5d4632, sienna 95512c
coffee 4d3726, caramel a86a33, sand yellow c8b080, wood brown 9a7048
"""
"""Colours by their English names, which are words too: such as materials have, not a screen's purest."""

ENGLISH = """
brick, brickwork, brick wall, brickwall = noun brick
stone wall, stonewall, stonework, masonry, castle wall, rubble wall, ashlar = noun stone_wall
fieldstone, stone block, stone brick = noun stone_wall
cobblestone, cobble, cobbled, cobble stone, sett, paving stone, paver, flagstone = noun cobblestone
pebble, river stone = noun cobblestone, across 2
gravel = noun cobblestone, across 4
rock, boulder, cliff, bedrock = noun rock
rocky, stony = adjective rock
stone = generic rock
marble, carrara = noun marble
marbled = adjective marble
granite = noun granite
terrazzo = noun terrazzo
concrete, cement, poured concrete = noun concrete
plaster, stucco, drywall, adobe, gypsum, whitewash, plasterwork = noun plaster
asphalt, tarmac, blacktop, bitumen, tar = noun asphalt
wood plank, wooden plank, timber plank, plank of wood, wood board, wooden board, board of wood = noun wood_planks
floorboard, wood floor, wooden floor, hardwood floor, parquet, decking, laminate = noun wood_planks
flooring = place wood_planks
plank, board = place wood_planks, pattern planks
wood grain, woodgrain, wood veneer, veneer, wooden grain = noun wood_grain
wood, wooden, timber, lumber, hardwood = generic wood_grain
bark, tree bark, tree trunk = noun bark
leaf, leaves, foliage, ivy, hedge, fallen leaf, fallen leaves, tree leaf, tree leaves = noun leaves, thing
maple leaf, maple leaves, oak leaf, oak leaves = noun leaves, thing
autumn leaf, autumn leaves = noun leaves, thing, own b0622a
leafy = adjective leaves
moss, lichen, algae = noun moss, thing
mossy, overgrown = adjective moss
grass, lawn, turf, meadow = noun grass, thing
grassy = adjective grass
sand, sand dune, dune = noun sand
sandy = adjective sand
soil, dirt, mud, earth, topsoil, loam, peat = noun soil, thing
muddy, earthy = adjective soil
coal = noun rock, own 1f1f21
dried mud, dry mud, cracked mud, mud crack, cracked earth, cracked soil, dry earth = noun soil, pattern cracks
snow, fresh snow = noun snow, thing
snowy, snow capped = adjective snow
ice = noun ice
icy, frozen, frosty, frosted, frost = adjective ice
lava, magma, molten rock, molten lava = noun lava
molten = adjective lava
volcanic rock, volcanic stone, basalt = noun rock, own 3a3a3d
volcanic sand = noun sand, own 3a3a3d
rust, corrosion = noun rusted_metal, wear 0.7, thing
rusty, rusted, corroded, oxidized, oxidised, rusting = adjective rusted_metal, wear 0.7
corten, corten steel, weathering steel = noun rusted_metal
brushed metal, brushed steel, brushed iron, brushed aluminium, brushed aluminum, stainless steel = noun brushed_metal
metal, metallic, steel, iron, aluminium, aluminum, tin, zinc, titanium, nickel = generic brushed_metal
chrome, chromed = generic brushed_metal, roughness -0.4
diamond plate, diamond steel, checker plate, checkered plate, chequer plate, tread plate = noun diamond_plate
ceramic tile, ceramic, porcelain, bathroom tile, kitchen tile, floor tile, wall tile, mosaic = noun ceramic_tiles
subway tile, metro tile = noun ceramic_tiles, pattern running_bond
tile, tiled = generic ceramic_tiles
roof tile, roofing tile, roof shingle, shingle, rooftile, tiled roof, roofing = noun roof_tiles
fabric weave, woven fabric, linen, cotton, canvas, burlap, hessian, jute, tweed, tartan, velvet = noun fabric_weave
denim, jeans = noun fabric_weave, own 2f3f5c
silk = noun fabric_weave, roughness -0.3
fabric, cloth, textile = generic fabric_weave
weave, woven, wicker, rattan = place fabric_weave, pattern weave
knit, knitted, knitwear, knitting, wool, woolen, woollen, crochet, yarn = noun knit
leather, cowhide, suede = noun leather
leathery = adjective leather
scale, snakeskin, snake skin, lizard skin, reptile skin, crocodile skin = noun scales
scaly = adjective scales
fish scale, fishscale, scalloped, scallop = place scales, pattern scales
fur, pelt, fleece, animal hair = noun fur
furry, fluffy, hairy = adjective fur
sci fi panel, scifi panel, spaceship panel, spaceship hull, hull plating, futuristic panel = noun scifi_panel
sci fi, scifi, science fiction, futuristic, spaceship, starship, space station, cyberpunk = place scifi_panel
panel, panelling, paneling = place scifi_panel, pattern panels
wall, facade = place plaster
road, street, highway, parking lot = place asphalt
pavement, courtyard, alley = place cobblestone
sidewalk = place concrete
ground = place soil
beach, desert = place sand
glacier = place ice
volcano, volcanic = place lava
roof, rooftop = place roof_tiles
castle, fortress, medieval, dungeon = place stone_wall
cave, mountain, canyon = place rock
countertop = place granite
bathroom = place ceramic_tiles
tree, trunk = place bark
sweater, jumper = place knit
carpet, curtain, upholstery = place fabric_weave
dragon, snake, lizard, reptile, crocodile, fish = place scales
brushed = place brushed_metal
oak = generic wood_grain, own a67c4e
walnut = generic wood_grain, own 54392a
pine, fir = generic wood_grain, own c9a36b
mahogany = generic wood_grain, own 5b2a20
cherry wood = generic wood_grain, own 7d3f28
ebony = generic wood_grain, own 2a211d
teak = generic wood_grain, own 8a5a33
birch, ash wood = generic wood_grain, own d8c39c
maple = generic wood_grain, own cfa873
sandstone = place rock, own c2a070
limestone, travertine = place rock, own d3c8b0
slate = place rock, own 555d64
obsidian = place rock, own 17171b
clay = place soil, own b06a48
gold = kind brushed_metal, colour golden
copper = kind brushed_metal, own b06a45
bronze = kind brushed_metal, own 8a6337
brass = kind brushed_metal, own b5944a
gray, ash = colour grey
ash gray, light ash = colour ash grey
warm gray = colour warm grey
cool gray, cold grey, cold gray = colour cool grey
slate gray = colour slate grey
gray blue, grey blue, blue gray = colour blue grey
gray green, green grey, green gray = colour grey green
gray brown, brown grey, brown gray = colour grey brown
green blue, aqua = colour blue green
brown red, reddish brown = colour red brown
green yellow = colour yellow green
gold coloured, gold colored = colour golden
silvery, silver coloured, silver colored = colour silver
rust brown, rust coloured, rust colored = colour rust red
terra cotta = colour terracotta
wine red, bordeaux = colour burgundy
navy blue, dark navy = colour navy
sky = colour sky blue
cobalt = colour cobalt blue
olive green = colour olive
sage green = colour sage
dark forest green = colour forest green
emerald green = colour emerald
jade green = colour jade
lime green = colour lime
mint green = colour mint
mustard yellow = colour mustard
ocher, yellow ochre = colour ochre
sand coloured, sand colored, sand colour, sand color = colour sand yellow
ivory white = colour ivory
milky white, eggshell = colour off white
creamy, cream white = colour cream
reddish = tint red
orangish = tint orange
yellowish = tint yellow
greenish = tint green
bluish, blueish = tint blue
purplish = tint purple
pinkish = tint pink
brownish = tint brown
greyish, grayish = tint grey
whitish = tint white
blackish = tint black
dark, darker, darkened = shade dark -0.4 1
light, lighter = shade light 0.4 1
pale, pastel = shade pale 0.4 0.6
bleached, sun bleached = shade bleached 0.4 0.5
deep, rich = shade deep -0.25 1.15
bright, brighter = shade bright 0.2 1.25
dim, gloomy, murky = shade dim -0.3 0.8
burnt, burned, charred, scorched = shade burnt -0.6 0.4
vivid, vibrant, saturated, intense = shade vivid 0 1.4
muted, dull, desaturated, faded = shade muted 0 0.5
pristine, flawless, immaculate, brand new = wear 0
new, intact, undamaged = wear 0.05
clean, well kept = wear 0.1
used = wear 0.5
old, worn, aged, vintage, antique, dirty, grimy, scratched, scuffed, chipped, dented, cracked, stained = wear 0.7
distressed, tarnished = wear 0.7
wear, patina, grime, scratch, stain, dent, wear and tear = wear 0.7, thing
crack = wear 0.7, thing, joint
deep crack = wear 0.8, thing
weathered, well worn, neglected = wear 0.75
ancient, battered, damaged, abandoned, dead, peeling, flaking, eroded = wear 0.85
damage, decay, peeling paint, hole = wear 0.85, thing
broken, rotten, crumbling, dilapidated, decayed = wear 0.9
ruined, destroyed, ruin, wrecked = wear 1
mirror, mirror like = roughness -0.45
polished, glossy = roughness -0.4
gloss, shine = roughness -0.4, thing
wet, soaked, shiny, varnished, lacquered, glazed, reflective, slick, rainy = roughness -0.35
rain, water, puddle = roughness -0.35, thing
smooth, oily, greasy, damp, moist = roughness -0.25
satin, semi gloss, waxed, sleek, painted = roughness -0.15
dry = roughness 0.15
matte, matt = roughness 0.25
rough, dusty, coarse, gritty, unpolished = roughness 0.3
dust = roughness 0.3, thing
paint = roughness -0.15, thing
chalky, powdery, sandblasted = roughness 0.35
high contrast, strong contrast, contrasty, stark = contrast 1.6
contrast, more contrast, varied, mottled, speckled, variegated, patchy, uneven, spotted = contrast 1.4
low contrast, less contrast, uniform, homogeneous, plain = contrast 0.5
subtle, soft = contrast 0.7
flat colour, flat color, without contrast, no contrast = contrast 0.2
large, big, huge, giant, massive, oversized, wide, broad, close up, closeup, large scale = across 1
small, fine, narrow, dense, fine grained, small scale = across 2
tiny, minute, miniature = across 4
running bond, stretcher bond, brick bond = pattern running_bond
stack bond, stacked bond, stacked, square, grid = pattern stack_bond
herringbone, chevron, zigzag, zig zag = pattern herringbone
basket weave, basketweave, basket = pattern basket
hexagon, hexagonal, hex, honeycomb = pattern hexagons
diamond, lozenge, rhombus, harlequin = pattern lozenges
voronoi, cellular, crazy paving = pattern voronoi
crack pattern, crackle, craquelure, crazed = pattern cracks
course, coursed = pattern courses
mortar, grout, grouting, joint, seam, gap, vein, veining, veined, groove, deep joint, deep groove = joint, thing
row = count rows
column = count columns
one = number 1
two = number 2
three = number 3
four = number 4
five = number 5
six = number 6
seven = number 7
eight = number 8
nine = number 9
ten = number 10
twelve = number 12
slightly, a bit, a bit of, a little, little, bit, somewhat, lightly, mildly, faintly, a touch of, a hint of = degree 0.5
not very, not too, not so, not that = degree 0.5
some, fairly, quite, rather, moderately, partly, partially = degree 0.7
very, really, strongly, highly, so, much, more, a lot of, lots of, plenty of, many = degree 1.3
extremely, heavily, super, incredibly, full of, covered in, covered with, covered by, overgrown with = degree 1.6
completely, totally, fully, entirely = degree 2
not, isn't, aren't, never, non = not
no, without, without any, free of, free from, lacking, devoid of, don't want = no
free = free
and, plus, as well as = and
or, nor = or
on, on top of, over, atop, upon, covering, covered, growing on = on
with, of, for, to, from, by, at, using, featuring, under, between, around = join
a, an, the, this, that, these, those, it, its, is, are, be, was, i, me, my, want, need, please, make, made, in = filler
texture, textured, material, surface, pattern, patterned, finish, look, looking, style, type, kind, seamless = filler
colour, coloured, color, colored, tone, toned, shade, hue, tileable, pbr, floor, as, but, also, like = filler
has, have, having, there, which, give, create, generate, should, will, would, just, too, sort, piece = filler
"""

NO_MISTAKES = """
basal bridle builder caret carried certain clement coerced coercing contra contract converged converted
converting cracker crate curse deferred delayed denoted dessert eighth fearing flooding friction gained
genera glossary granted grave grouping interact lather leaking locking looping matter medial mental mounting
packing painter pairing parsing party paste peeking peering placing planted planting playing pointed printed
resting retitle reusing routing running shader shoulder silence single situation spaced spacer stating
strained stretch stroking subtitle tailed thread timer titled vanished waiter
"""
"""Words of their own, each close enough to one of ours to be taken for a mistake."""
