# ruff: noqa: E501 (the tables are sentences)
"""Who did it to whom, and who says what of it, in reports from many wars."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Read, primary

# (text, perpetrator or None where nobody is named, words of a target)
WHO = [
    (
        "On 14 February 1983 guerrillas ambushed an army convoy on the road from Quiche to Nebaj, killing 12 soldiers.",
        "guerrillas",
        "army",
    ),
    (
        "Fighters of the Karen National Liberation Army overran an army outpost at Thaw Le Hta early on Tuesday.",
        "Karen National Liberation Army",
        "army outpost",
    ),
    (
        "SITTWE, Myanmar - Fighters of the Arakan Army ambushed a police convoy on the road to Mrauk-U on Tuesday, killing five officers, a township administrator said.",
        "Arakan Army",
        "police",
    ),
    (
        "Senator Hugo Parra was killed by gunmen as he left a restaurant in Villavicencio on Saturday.",
        None,
        "Senator Hugo Parra",
    ),
    (
        "A bomb planted by the National Liberation Army (ELN) damaged the Cano Limon-Covenas oil pipeline in Arauca on Wednesday, the state oil company Ecopetrol said.",
        "National Liberation Army",
        "Cano Limon-Covenas oil pipeline",
    ),
    (
        "Members of the Mai-Mai Kasongo militia attacked the village of Lukweti at dawn on Sunday, burning 40 houses and abducting nine women, according to the local civil society group.",
        "Mai-Mai militias",
        "nine women",
    ),
    (
        "The Popular Front for the Defence of the Delta (PFDD) said its fighters blew up a Shell flow station near Nembe on Thursday.",
        "Popular Front for the Defence of the Delta",
        "Shell flow station",
    ),
    (
        "At least eight worshippers were killed on Friday when a suicide bomber blew himself up at a Shia mosque in Jhang. Lashkar-e-Jhangvi claimed the attack in a call to local reporters.",
        "Lashkar-e-Jhangvi",
        "At least eight worshippers",
    ),
    (
        "San Salvador, 14 Jun 88 (ACAN-EFE) -- Guerrillas of the Farabundo Marti National Liberation Front (FMLN) attacked the garrison of the Third Brigade in San Miguel on Monday night. The army reported that four soldiers died.",
        "Farabundo Martí National Liberation Front",
        "garrison",
    ),
    (
        "Six peasants were hacked to death in Uchuraccay by Shining Path guerrillas on Saturday, police in Ayacucho said.",
        "Shining Path",
        "Six peasants",
    ),
    (
        "The Extraditables have claimed responsibility for the killing of Judge Tulio Mendez, who was shot on Wednesday in Medellin.",
        "Los Extraditables",
        "Judge Tulio Mendez",
    ),
    (
        "Contra rebels ambushed a civilian truck near Rio Blanco on Tuesday and killed five farmers, the Nicaraguan Defense Ministry charged.",
        "Contras",
        "civilian truck",
    ),
    (
        "ETA shot dead a city councillor of the ruling party in Zarautz on Friday, the Basque interior minister said.",
        "ETA",
        "city councillor",
    ),
    (
        "LTTE cadres overran an army camp at Mullaittivu, killing more than 300 soldiers, the rebels' London office said.",
        "Liberation Tigers of Tamil Eelam",
        "army",
    ),
    (
        "Maoists blew up a police van with a landmine in Gadchiroli district on Thursday; 15 policemen died.",
        "Communist Party of India (Maoist)",
        "police",
    ),
    (
        "Gunmen on pickup trucks raided the village of Kwari in Zamfara state late on Saturday and kidnapped about 60 people, residents told reporters.",
        None,
        "about 60 people",
    ),
    (
        "A Saudi-led coalition air strike hit a wedding hall in Hodeidah on Tuesday, killing 25 people, health workers said. The coalition denied carrying out any raids in the area.",
        "Saudi-led coalition in Yemen",
        "25 people",
    ),
    (
        "The US military acknowledged on Thursday that one of its drones had killed three aid workers in Lower Shabelle by mistake.",
        "Military of the United States",
        "three aid workers",
    ),
    (
        "Shelling of residential areas of Stepanakert by Azerbaijani forces wounded four people on Sunday, the Artsakh ombudsman said.",
        "Military of Azerbaijan",
        "four people",
    ),
    (
        "Russia-backed separatists opened fire on a Ukrainian checkpoint near Marinka. Two Ukrainian servicemen were wounded.",
        "pro-Russian separatists",
        "Ukrainian checkpoint",
    ),
    (
        "A roadside bomb struck a bus carrying teachers in Nimroz, killing 11, the governor's spokesman said. He blamed the Taliban. No one has claimed responsibility.",
        "Taliban",
        "teachers",
    ),
    (
        "Four Red Cross volunteers were abducted in Gao region on Saturday by armed men believed to belong to MUJAO.",
        "Movement for Oneness and Jihad in West Africa",
        "Red Cross",
    ),
    (
        "The Indonesian military shot dead two separatists from the West Papua National Liberation Army in Nduga, its spokesman said on Tuesday.",
        "Military of Indonesia",
        "separatists",
    ),
    (
        "Police in Rio de Janeiro killed nine suspected drug traffickers during a raid on the Mare favela on Tuesday.",
        "Brazilian police",
        "drug traffickers",
    ),
    (
        "Kachin Independence Army troops captured a hilltop outpost from the Tatmadaw near Laiza on Thursday, KIA spokesman Colonel Naw Bu said.",
        "Kachin Independence Army",
        "Tatmadaw",
    ),
    (
        "Dozens of houses were torched and three Rohingya men beaten to death by a mob in Maungdaw on Sunday, a rights group said.",
        "rioters",
        "three Rohingya men",
    ),
    (
        "Colombian rebels of the FARC's 48th Front killed 11 policemen in an ambush in Putumayo, Defence Minister Juan Carlos Pinzon said.",
        "Revolutionary Armed Forces of Colombia",
        "policemen",
    ),
    (
        "Jatiya Ganamukti Bahini, a little-known outlaw outfit, beheaded a trader in Kushtia on Tuesday, villagers said.",
        "Jatiya Ganamukti Bahini",
        "trader",
    ),
    (
        "The RUF hacked off the hands of eleven villagers near Makeni, a missionary said on Tuesday.",
        "Revolutionary United Front",
        "villagers",
    ),
    (
        "Kurdistan Workers' Party (PKK) militants detonated a truck bomb outside a gendarmerie post in Dogubayazit early Sunday. Two soldiers were killed, the governor's office said.",
        "Kurdistan Workers' Party",
        "soldiers",
    ),
    (
        "Santiago -- The Manuel Rodriguez Patriotic Front claimed responsibility for the attack against the residence of retired General Toro, in which a bodyguard was wounded.",
        "Manuel Rodríguez Patriotic Front",
        "bodyguard",
    ),
    (
        "Jesuit priest Father Luis Arana was assassinated at dawn today by uniformed men, according to the archbishop, who accused the armed forces.",
        "Army",
        "Jesuit priest",
    ),
    (
        "PORT-AU-PRINCE - Members of the 400 Mawozo gang abducted seven French clergy at Croix-des-Bouquets on Sunday, a spokesman for the bishops' conference said. The gang has asked for a ransom of one million dollars, he added.",
        "400 Mawozo",
        "seven French clergy",
    ),
    (
        "The Peruvian navy's infantry bombarded the island prison of El Fronton on Thursday to put down a mutiny of inmates accused of belonging to Shining Path. About 100 prisoners died, lawyers for the families said. The government said that the inmates had refused to surrender.",
        "Military of Peru",
        "About 100 prisoners",
    ),
    (
        "Ambushed by ULFA: 6 oil workers feared dead\nDibrugarh, April 8: Suspected ULFA militants opened fire on a vehicle of Oil India Limited near Digboi this evening. Six employees are feared killed, said district superintendent of police L.R. Bishnoi.",
        "United Liberation Front of Asom",
        "6 oil workers",
    ),
    (
        "SKOPJE - Ethnic Albanian gunmen of the National Liberation Army killed eight Macedonian soldiers in an ambush near Vejce on Saturday, Macedonia's defence ministry said. The guerrillas' political representative, Ali Ahmeti, confirmed that his fighters had attacked the convoy.",
        "National Liberation Army of Macedonia",
        "Macedonian soldiers",
    ),
    (
        'LONDON - A 7-year-old boy and a pensioner were killed when two bombs hidden in litter bins exploded in the centre of Warrington on Saturday. The Irish Republican Army said on Sunday that it planted the bombs but said the police had failed to act on "precise warnings".',
        "Provisional Irish Republican Army",
        "7-year-old boy",
    ),
    (
        "The Ugandan army's Mi-24 helicopters struck a camp of the Allied Democratic Forces in the Rwenzoris; troops of its Mountain Brigade killed 25 rebels as they fled, army spokesman Shaban Bantariza said.",
        "Military of Uganda",
        "Allied Democratic Forces",
    ),
]

# (text, (speaker, stance) pairs)
SAYS = [
    (
        "A previously unknown group calling itself the Black Falcons Brigade claimed responsibility on Friday for the car bomb that killed 12 people outside the courthouse in Gaziantep.",
        [("Black Falcons Brigade", "admits")],
    ),
    (
        "The Popular Front for the Defence of the Delta (PFDD) said its fighters blew up a Shell flow station near Nembe on Thursday.",
        [("Popular Front for the Defence of the Delta", "admits")],
    ),
    (
        "At least eight worshippers were killed on Friday when a suicide bomber blew himself up at a Shia mosque in Jhang. Lashkar-e-Jhangvi claimed the attack in a call to local reporters.",
        [("Lashkar-e-Jhangvi", "admits")],
    ),
    (
        "The Extraditables have claimed responsibility for the killing of Judge Tulio Mendez, who was shot on Wednesday in Medellin.",
        [("Los Extraditables", "admits")],
    ),
    (
        "A dynamite charge exploded at the entrance of the US Embassy in La Paz on Thursday. A group called the Zarate Willka Armed Forces of Liberation said it placed the bomb.",
        [("Zárate Willka Armed Forces of Liberation", "admits")],
    ),
    (
        "The Somali government accused Ethiopia-backed regional forces of killing three of its soldiers in Beledweyne on Sunday, a charge that the regional administration rejected.",
        [("Government of Somalia", "blames"), ("regional administration", "denies")],
    ),
    (
        "A Saudi-led coalition air strike hit a wedding hall in Hodeidah on Tuesday, killing 25 people, health workers said. The coalition denied carrying out any raids in the area.",
        [("Saudi-led coalition in Yemen", "denies")],
    ),
    (
        "Al-Shabaab denied that its men were behind Sunday's blast at a teashop in Baidoa, which the police chief of the Bay region had blamed on the group.",
        [("al-Shabaab", "denies"), ("Somali police", "blames")],
    ),
    (
        "The US military acknowledged on Thursday that one of its drones had killed three aid workers in Lower Shabelle by mistake.",
        [("Military of the United States", "admits")],
    ),
    (
        "A roadside bomb struck a bus carrying teachers in Nimroz, killing 11, the governor's spokesman said. He blamed the Taliban. No one has claimed responsibility.",
        [("governor's spokesman", "blames")],
    ),
    (
        "Armenian forces shelled the Azerbaijani town of Terter overnight, Azerbaijan's Defence Ministry said; Yerevan denied the accusation.",
        [("Azerbaijani Ministry of Defence", "blames"), ("Yerevan", "denies")],
    ),
    (
        "Gunmen burst into the newspaper El Correo del Valle on Monday night and set fire to its press. The paper blamed the mayor's bodyguards for the attack.",
        [("paper", "blames")],
    ),
    (
        "Cambodia accused Thai troops of firing cluster shells at Preah Vihear temple. A Thai army spokesman denied it.",
        [("Cambodia", "blames"), ("Military of Thailand", "denies")],
    ),
    (
        'Troops loyal to General Haftar bombed the port of Sirte on Sunday. The self-styled Libyan National Army said that it was targeting "terrorists".',
        [("Libyan National Army", "justifies")],
    ),
    (
        "Santiago -- The Manuel Rodriguez Patriotic Front claimed responsibility for the attack against the residence of retired General Toro, in which a bodyguard was wounded.",
        [("Manuel Rodríguez Patriotic Front", "admits")],
    ),
    (
        "Jesuit priest Father Luis Arana was assassinated at dawn today by uniformed men, according to the archbishop, who accused the armed forces.",
        [("archbishop", "blames")],
    ),
    (
        "NAIROBI, Oct 9 - Raiders from the Pokot community killed seven Turkana herders and drove off 300 cattle near Kapedo, the county commissioner said. Pokot leaders denied any involvement.",
        [("Pokot leaders", "denies")],
    ),
    (
        "Police and soldiers in Conakry opened fire on an opposition rally in a stadium on Monday; the army's chief denied having given any order.",
        [("Military of Guinea", "denies")],
    ),
    (
        "KARACHI - A lawmaker of the Awami National Party, Bashir Jan, survived an attempt on his life on Friday when a bomb went off beside his car in the Orangi district. Two of his guards were killed. The Tehrik-e-Taliban Pakistan said it was behind the blast and warned of more to come.",
        [("Tehrik-i-Taliban Pakistan", "admits")],
    ),
    (
        "#BREAKING Drone hits car near Erbil, PKK-linked politician & driver dead. Local officials point at Turkey, Ankara silent so far. Second such strike this week",
        [("Local officials", "blames")],
    ),
    (
        "Ukraine's security service said it was behind the explosion that damaged the Crimean bridge early on Monday, in which a couple were killed. Russia's Investigative Committee opened a terrorism case and accused Ukrainian special services of the attack with two sea drones.",
        [("Security forces of Ukraine", "admits"), ("Russia", "blames")],
    ),
    (
        "DHAKA: A blogger who wrote against religious extremism was hacked to death by three youths near his house in Sylhet on Tuesday, police said. Ansarullah Bangla Team, a banned Islamist outfit, claimed responsibility for the killing of Ananta Bijoy Das on Twitter.",
        [("Ansarullah Bangla Team", "admits")],
    ),
    (
        "Tripoli, April 18, 2019 - At least four women were among those killed when Grad rockets struck the Abu Salim district late Tuesday. The U.N.-recognised government blamed the Libyan National Army of Khalifa Haftar. The LNA denied it and accused a militia allied to the government of firing on its own quarter.",
        [("Government of Libya", "blames"), ("Libyan National Army", "denies"), ("Libyan National Army", "blames")],
    ),
    (
        "Lebanon: two UNIFIL soldiers hurt\n\nAn explosive device went off on Friday as a patrol of Irish peacekeepers passed near Tyre, slightly wounding two of them, the Lebanese army said. Hezbollah condemned the attack and denied any link to it. Israel's ambassador to the UN blamed the Shiite movement.",
        [("Hezbollah", "denies"), ("Israel's ambassador", "blames")],
    ),
    (
        "The Peruvian navy's infantry bombarded the island prison of El Fronton on Thursday to put down a mutiny of inmates accused of belonging to Shining Path. About 100 prisoners died, lawyers for the families said. The government said that the inmates had refused to surrender.",
        [("Government of Peru", "justifies")],
    ),
    (
        'Thirteen Egyptian policemen were killed by a mortar shell that struck their checkpoint in the Sinai town of El Arish on Saturday, the interior ministry said. The Islamic State group\'s local affiliate said on Twitter that the attack was in revenge for the "humiliation of Muslim women" at roadblocks.',
        [("Islamic State", "justifies")],
    ),
    (
        'Two Russian Su-25 jets hit the village of Haas with rockets at midday on Wednesday; 22 children and six teachers of a school complex died, the White Helmets said. Moscow called the reports "a lie" and said no Russian planes had flown there.',
        [("Moscow", "denies")],
    ),
    (
        "SKOPJE - Ethnic Albanian gunmen of the National Liberation Army killed eight Macedonian soldiers in an ambush near Vejce on Saturday, Macedonia's defence ministry said. The guerrillas' political representative, Ali Ahmeti, confirmed that his fighters had attacked the convoy.",
        [("guerrillas' political representative", "admits")],
    ),
    (
        'Juba, 14 July (Radio Miraya) – Armed youth from the Murle community raided a Dinka Bor cattle camp in Jonglei on Tuesday, killing 12 herders and taking 3,000 cows, the state information minister said. Murle elders have rejected the accusation, blaming "criminals from all sides".',
        [("Murle elders", "denies")],
    ),
    (
        'LONDON - A 7-year-old boy and a pensioner were killed when two bombs hidden in litter bins exploded in the centre of Warrington on Saturday. The Irish Republican Army said on Sunday that it planted the bombs but said the police had failed to act on "precise warnings".',
        [("Provisional Irish Republican Army", "admits")],
    ),
    (
        "On 3 March 2022, strikes hit two schools and a block of flats in Chernihiv, killing at least 47 people, regional authorities said. Amnesty's Crisis Evidence Lab found that at least eight unguided aerial bombs had been dropped by Russian aircraft. Russia's Ministry of Defence says its forces do not strike civilian infrastructure.",
        [("Russia", "denies"), ("Amnesty International", "asserts")],
    ),
]


@pytest.mark.parametrize("text, perpetrator, target", WHO)
def test_who_did_it_to_whom(read: Read, text: str, perpetrator: str | None, target: str) -> None:
    actors = primary(read(text)).actors
    assert perpetrator is None or perpetrator in [a.name for a in actors if a.role == "perpetrator"]
    assert target in [a.text for a in actors if a.role in {"target", "participant"}]


@pytest.mark.parametrize("text, said", SAYS)
def test_who_says_what_of_it(read: Read, text: str, said: list[tuple[str, str]]) -> None:
    found = primary(read(text)).claims
    assert [one for one in said if not any(one[0] in c.speaker and one[1] == c.stance for c in found)] == []
