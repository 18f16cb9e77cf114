"""Word lists that the reading of place names leans on."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(text.split())


INSIDE = words(
    "of the al el de la le les du des del di da do dos das der den ez es as ash ar az ad an at et en ul e i y wa"
    " ibn bin upon on sur sous au aux am and - – ' ’ . / & und a o zor zour ezzor ezzour"
)
"""Lower-case words and marks that stand inside names."""

TAILS = words("zor zour ezzor ezzour capital")
"""Lower-case words that also end names ("Deir ezzor", "the Iraqi capital")."""

LOCATIVE = words(
    "in at from near to into towards toward around outside inside across through throughout between over off via"
    " leaving entering reach reached reaching visit visited visiting of against within along beyond"
)
STRONG_LOCATIVE = words(
    "in at off from near between outside inside across throughout towards toward into within northern southern"
)

TAKEN = words(
    "take seize capture recapture retake overrun raid storm enter shell bomb bombard liberate besiege encircle reach"
    " leave attack flee evacuate control lose pound strafe infiltrate occupy invade abandon defend"
)
"""Verbs whose object in reports of war is as a rule a place."""

TITLES = words(
    "mr mrs ms miss dr sir lord lady president minister premier senator sen rep gov governor mayor general gen"
    " colonel col major maj captain capt lt lieutenant sgt sergeant judge justice professor prof king queen prince"
    " princess pope father brother sister bishop archbishop rev reverend sheikh sheik imam ayatollah mullah"
    " chancellor secretary ambassador chief coach officer detective sheriff deputy commissioner chairman chairwoman"
    " spokesman spokeswoman director saint uncle aunt actor actress singer author attorney congressman congresswoman"
    " councilman st reps"
)

PLURALS = {
    "counties": "district",
    "districts": "district",
    "parishes": "district",
    "provinces": "province",
    "governorates": "province",
    "oblasts": "province",
    "states": "province",
}
"""Words that end or begin a list of divisions, with the kind that they tell of its members."""

SIDES = words(
    "north south east west northern southern eastern western central northeast northwest southeast southwest street"
)
"""Words that alone are never a place that can be drawn."""

NAME_PARTS = words(
    "tall tel tell tal kafr kfar kafar deir dayr der ain ayn ein abu abou umm um om jabal jebel wadi khan beit"
    " bayt bait ras jisr qasr bir burj sheikh shaykh maarat maaret hawsh rasm khirbet khirbat sidi dar bani beni"
    " santa san saint port fort mount lake cape puerto villa ciudad nova novo velyka mala stara kampung ban"
)
"""Words that begin many names and hardly ever are one by themselves."""

SURROUNDINGS = words(
    "area areas region hills hill mountains heights valley plain outskirts countryside vicinity surroundings environs"
    " banks shores coast edge centre center heart streets capital port oasis enclave stronghold bastion"
)
"""Words that, with "of" before a name, say that it is a place."""

NAME_ARTICLES = words("al el ad adh an ar as ash at az ed en er es et ez")
"""Arabic articles as they stand before a hyphen in names."""

BESIEGED = words("shelling bombing bombardment siege blockade encirclement storming battle strafing")
"""Deeds that, with "of" before a name, are mostly done to a place ("the shelling of X"), as a killing is not."""

KIND_WORDS = words(
    "province governorate district county city town village region state oblast camp airport airfield airbase"
    " island islands valley river mountain mountains lake peninsula strip parish township municipality prefecture"
    " crossing border neighborhood neighbourhood suburb countryside desert coast port bay borough emirate republic"
    " territory area dam refinery oilfield checkpoint axis front subdistrict resident residents native"
)
"""Words that after a name tell that it is a place."""

SETTLEMENTS = words(
    "village villages town towns city hamlet hamlets settlement settlements neighbourhood neighborhood neighbourhoods"
    " neighborhoods quarter suburb suburbs district districts subdistrict township camp commune locality municipality"
    " parish borough island checkpoint crossing airport airfield airbase hospital prison dam farms locality barrio"
    " canton department province governorate county oblast raion territory prefecture woreda kebele tehsil upazila"
)
"""Words that, with "of" before a name or straight after it, say that it is a place."""

CODES_AND_WORDS = words("AL CO DE HI ID IN LA MA MD ME MI MO MS MT NE OH OK OR PA PE SA WA MAN MASS MISS ILL WASH")
"""Postal codes that are words, directions or initials as well; they stand after a comma or are not meant."""

INSTITUTIONS = words(
    "police fire sheriff sheriff's mayor council department dept court courts courthouse school schools high"
    " elementary middle university college hospital chamber board commission authority county city state parliament"
    " government govt ministry senate assembly governor airport park library museum church cathedral mosque company"
    " bank district township village central community regional international national public medical health center"
    " centre road station street avenue post times herald news daily journal tribune gazette press association"
    " federation union republic military army navy force forces embassy consulate congress legislature supreme"
    " circuit superior attorney prosecutor officials fairgrounds convention civic recreation theatre theater club"
    " football baseball symphony zoo jail prison transit water sanitation planning zoning housing economic"
    " development area bureau agency service services institute academy opera festival olympics open league cup team"
    " treasury defense defence foreign parks tourism stock exchange power electric gas energy oil airlines airways"
    " transport tax commerce federal interior justice education agriculture environmental environment house"
    " secretary president ambassador prime foundation society trust"
)
"""Words of institutions; a place name before one names where the institution is, though the whole is another name."""

DISEASE = words("virus viruses fever flu disease strain encephalitis syndrome hemorrhagic haemorrhagic")
"""Words of illnesses, which are often named after places that they are not in."""

SPAN_KINDS = words("County Township Parish River Creek Island Islands Valley Mountains Peninsula Bay Lake Co. Borough")
"""Kinds that belong to the name when written with a capital."""

PREFIXED = words("city town village state province governorate county district municipality kingdom emirate")

GENERIC = words(
    "north south east west northeast northwest southeast southwest northern southern eastern western central street"
    " day man hall court island valley road avenue park beach centre center republic union state states city town"
    " village county province district region point bridge field hill hills lake river mountain mountains bay cape"
    " port fort church school college university hospital house home green grove spring springs summit star sun moon"
    " light liberty freedom hope peace unity unite victory columbia independence federal national international"
    " royal corner cross crossing gate garden gardens forest wood woods mill mills mall market square station plaza"
    " tower terrace temple trail trinity globe post sports news enterprise commerce industry media price best rich"
    " most many much major minor general colonel police army navy march may june august sunday monday english mobile"
    " reading nice same date bath split deal hull sale ware wells rugby imperial commercial bank banks brown black"
    " white gold golden silver old new young big little great long short high low upper lower middle deputy chief"
    " saints angels heights junction crescent orange rose lady king queen prince duke gospel bible christian"
    " christmas easter mass advance advocate alliance justice law of on an at is so as to do me we he it by my no up"
    " us or and the coalition front van bar bus cars gap hit lead nan pen put red rat see sea tip tops war via bala"
    " north-east north-west south-east south-west mesa elder elders hunter fisher baker mason carter cook bishop"
    " abbot why yes what where who how this that these then than there here now all any some one two three four five"
    " six seven eight nine ten half full free open close early late today week year time hours first second third"
    " last next book film life love death god lord father mother son sons daughter sister brother aid air area arms"
    " art base bell bill bird block board boss box boy bush camp captain car card care case cash castle chance"
    " charge charm chase cherry chester clay coach coal code coffee cold coral corn cotton cove cow craft crane"
    " creek crown dale dawn dean dell dry dust eagle earth edge energy era eye fair faith fall falls farm fast fire"
    " fish flat flint fox frame frost game giant glass grace grand grant grass gulf hand harbor harbour harmony hart"
    " hazard head heart heaven helm honor horn horse ice ideal iron ivy jack jail jewel joy key land lane lash"
    " leader leaf lens line lion lodge loop loss magic manor marine mark mine mission model money mound nation"
    " nature oak ocean office oil page paint palm pass patch path patience pearl pine pink pipe pit place plain"
    " plains plane plant pool power premier press pride progress prospect race rail rain ranch ray relief ridge ring"
    " rock rule safe salt sand scale seal service shell shield shop show silk site smith snow social soda speed spot"
    " stone storm strong success sugar surprise talent taylor tell tiger tin title top torch trade train transit"
    " tree trust turtle utility valentine vernal viola vista volunteer wall ward water wave welcome wheel wing"
    " winner winter wolf wonder work world arab arabs police guard guards troops soldiers rebels gunmen militia regime"
    " opposition activist activists monitor observatory"
)
"""Common words that some place on Earth bears as its name; alone they need the model's word or a parent."""
