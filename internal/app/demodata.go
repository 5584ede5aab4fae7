package app

import (
	"asylon/internal/advocacy"
	"asylon/internal/intake"
	"asylon/internal/record"
	"asylon/internal/register"
)

// The demonstration's data. All persons, organisations marked so and documents
// are invented; places are real; the larger course of events follows what was
// public in 2001.

type demoSource struct {
	key, label  string
	kind        record.TermID
	reliability string
	origin      string // key of the source it repeats
	identity    string // sealed
}

var demoSources = []demoSource{
	{key: "rights", label: "Border Rights Group (invented)", kind: "source.organisation", reliability: "B"},
	{key: "relief", label: "Riverbank Relief (invented)", kind: "source.organisation", reliability: "B"},
	{key: "wire", label: "Northeast Wire (invented)", kind: "source.media", reliability: "C", origin: "relief"},
	{key: "survivor", label: "Survivor 14 (invented)", kind: "source.survivor", reliability: "B", identity: "Invented: Ri Okhwa, reached through the interpreter"},
	{key: "ministry", label: "Ministry of Foreign Affairs, China", kind: "source.official", reliability: "D"},
	{key: "shopkeeper", label: "Shopkeeper in Longjing (invented)", kind: "source.witness", reliability: "C", identity: "Invented: calls on Thursdays"},
	{key: "list", label: "Handover list, obtained (invented)", kind: "source.document", reliability: "C"},
	{key: "catalogue", label: "Catalogue of the documentation desk", kind: "source.archive", reliability: "A"},
}

type demoDocument struct {
	file, title  string
	kind         record.TermID
	lang, source string
	via          string
	date         string // its own; empty: not known
	received     string
	brought      string
	testimony    *intake.Testimony
}

var demoDocuments = []demoDocument{
	{"release.txt", "Hundreds sent back from the border counties", "document.release", "en", "rights", "", "20 August 2001", "2001-08-21", "by e-mail", nil},
	{"testimony-ko.txt", "Testimony of Survivor 14", "document.testimony", "ko", "survivor", "", "4 September 2001", "2001-09-10", "interviewer", &intake.Testimony{Interviewer: "documentation desk", Interpreter: "interpreter K. (invented)", Language: "ko", Consent: "may be counted; may be used in letters without details"}},
	{"handover-list-zh.txt", "Handover list, Tumen", "document.list", "zh", "list", "relief", "July 2001", "2001-08-02", "a visitor", nil},
	{"news.txt", "Campaign in Yanbian", "document.news", "en", "wire", "", "12 July 2001", "2001-07-13", "", nil},
	{"field-form-ko.txt", "Field form 14", "document.form", "ko", "relief", "", "18 July 2001", "2001-07-19", "field worker", nil},
	{"spokesperson-zh.txt", "Spokesperson's answers", "document.official", "zh", "ministry", "", "24 July 2001", "2001-07-25", "", nil},
	{"notice-scan.pdf", "Notice on fines (scan)", "document.scan", "zh", "list", "relief", "18 June 2001", "2001-07-02", "a visitor", nil},
	{"call.txt", "Call from Longjing", "document.call", "en", "shopkeeper", "", "2 August 2001", "2001-08-02", "", nil},
	{"letter.eml", "Raid near Helong", "document.letter", "en", "relief", "", "10 August 2001", "2001-08-10", "by e-mail", nil},
	{"report.html", "Beijing, June 2001: a request for asylum", "document.report", "en", "rights", "", "1 September 2001", "2001-09-03", "", nil},
}

// demoCoding is one filled-in form. Fields are lines "property = typed value",
// with "@term" where the value is narrowed.
type demoCoding struct {
	doc, words  string
	kind        record.Kind
	label       string
	known       bool // the entity is recorded already
	mode        record.Mode
	grade       record.Grade
	reliability record.Reliability
	partial     bool
	source      string
	translation string
	fields      string
}

var demoCodings = []demoCoding{
	// Organisations and the six events.
	{kind: record.KindOrganisation, label: "Government of China", source: "catalogue", fields: "organisation.kind = org.government"},
	{kind: record.KindOrganisation, label: "Police in Jilin province", source: "catalogue", fields: "organisation.kind = org.police\norganisation.part_of = Government of China"},
	{kind: record.KindOrganisation, label: "Border guards at Tumen", source: "catalogue", fields: "organisation.kind = org.border"},
	{kind: record.KindOrganisation, label: "State Security, DPRK", source: "catalogue", fields: "organisation.kind = org.security"},
	{kind: record.KindOrganisation, label: "UNHCR", source: "catalogue", fields: "organisation.kind = org.un"},
	{doc: "news.txt", words: "Police in the Yanbian prefecture have begun a campaign of several weeks against people without papers", kind: record.KindEvent, label: "Crackdown in the border counties, summer 2001", grade: 2,
		fields: "event.date = June 2001 to August 2001\nevent.place = Yanbian\nevent.description = A campaign against North Koreans without papers and those who help them."},
	{doc: "release.txt", words: "On 3 July a farm near Helong was raided before dawn.", kind: record.KindEvent, label: "Raid on a farm near Helong", grade: 2,
		fields: "event.date = 3 July 2001\nevent.place = Helong\nevent.part_of = Crackdown in the border counties, summer 2001"},
	{doc: "handover-list-zh.txt", words: "图们口岸，2001年7月", kind: record.KindEvent, label: "Handovers at the Tumen bridge, July 2001", grade: 3, translation: "Tumen crossing, July 2001",
		fields: "event.date = July 2001\nevent.place = Tumen\nevent.part_of = Crackdown in the border counties, summer 2001"},
	{doc: "report.html", words: "On 26 June 2001 a family of seven entered the office of UNHCR in Beijing and asked for asylum.", kind: record.KindEvent, label: "Request for asylum at UNHCR in Beijing, June 2001", grade: 1,
		fields: "event.date = 26 June 2001\nevent.place = Beijing"},
	{doc: "field-form-ko.txt", words: "7월 16일 옌지 시내에서 체포됨", kind: record.KindEvent, label: "Detention of a family of four in Yanji", grade: 2, translation: "Arrested in Yanji on 16 July",
		fields: "event.date = 16 July 2001\nevent.place = Yanji\nevent.part_of = Crackdown in the border counties, summer 2001"},
	{doc: "testimony-ko.txt", words: "온성 집결소에서 매일 심문을 받았습니다.", kind: record.KindEvent, label: "After return: the collection centre at Onsong", grade: 2, translation: "At the collection centre in Onsong I was questioned every day.",
		fields: "event.date = July 2001 to October 2001\nevent.place = Onsong"},

	// People and groups; names are sealed.
	{doc: "testimony-ko.txt", words: "나는 2001년 4월에 무산에서 두만강을 건넜습니다.", kind: record.KindPerson, label: "Woman from Musan (invented)", grade: 2, translation: "I crossed the Tumen from Musan in April 2001.",
		fields: "person.name = 리옥화 (지어낸 이름) @name.full\nperson.sex = sex.female\nperson.age = age.18\nperson.fate = fate.released\nperson.fate_date = October 2001"},
	{doc: "field-form-ko.txt", words: "가족 네 명: 부모와 아이 두 명.", kind: record.KindGroup, label: "Family of four held in Yanji (invented)", grade: 2, translation: "Family of four: the parents and two children.",
		fields: "group.kind = group.family\ngroup.count = a family of four\ngroup.fate = fate.detained\ngroup.fate_date = 18 July 2001"},
	{doc: "report.html", words: "a family of seven", kind: record.KindGroup, label: "Family of seven in Beijing", grade: 1, fields: "group.kind = group.family\ngroup.count = a family of seven\ngroup.fate = fate.protected"},
	{doc: "release.txt", words: "Seven people were arrested.", kind: record.KindGroup, label: "Seven people taken near Helong", grade: 2, fields: "group.kind = group.detained\ngroup.count = seven people"},

	// 1–7: leaving and living.
	{doc: "testimony-ko.txt", words: "나는 2001년 4월에 무산에서 두만강을 건넜습니다.", kind: record.KindAct, label: "Crossing from Musan, April 2001", grade: 2, translation: "I crossed the Tumen from Musan in April 2001.",
		fields: "act.kind = leaving.crossing\nact.date = April 2001\nact.from = Musan\nact.to = Helong\nact.actor = Woman from Musan (invented)\nact.count = one person"},
	{doc: "field-form-ko.txt", words: "3월과 6월 사이에 온성에서 강을 건넘", kind: record.KindAct, label: "Crossing of a family of four from Onsong", grade: 2, translation: "Crossed the river from Onsong between March and June.",
		fields: "act.kind = leaving.crossing\nact.date = between March and June 2001\nact.from = Onsong\nact.actor = Family of four held in Yanji (invented)\nact.count = four people"},
	{doc: "report.html", words: "In the past few years tens of thousands of people have crossed the Tumen and the Yalu in search of food.", kind: record.KindAct, label: "Flight of tens of thousands over some years", grade: 3,
		fields: "act.kind = leaving.flight\nact.date = in the past few years\nact.count = tens of thousands of people"},
	{doc: "report.html", words: "On 26 June 2001 a family of seven entered the office of UNHCR in Beijing and asked for asylum.", kind: record.KindAct, label: "Asylum sought at UNHCR in Beijing", grade: 1,
		fields: "act.kind = leaving.asylum\nact.date = 26 June 2001\nact.place = Beijing\nact.actor = Family of seven in Beijing\nact.addressee = UNHCR\nact.count = seven people\nact.event = Request for asylum at UNHCR in Beijing, June 2001"},
	{doc: "report.html", words: "They left for a third country four days later and were received in the Republic of Korea.", kind: record.KindAct, label: "Departure of the family of seven", grade: 1,
		fields: "act.kind = leaving.third\nact.date = 30 June 2001\nact.from = Beijing\nact.actor = Family of seven in Beijing\nact.count = seven people\nact.event = Request for asylum at UNHCR in Beijing, June 2001"},
	{doc: "testimony-ko.txt", words: "허룽 근처 농가에서 밭일을 하며 지냈습니다.", kind: record.KindAct, label: "Farm work near Helong", grade: 2, translation: "I lived by working in the fields of a farm near Helong.",
		fields: "act.kind = around.employment\nact.date = April 2001 to July 2001\nact.place = Helong\nact.actor = Woman from Musan (invented)\nact.count = one person"},
	{doc: "testimony-ko.txt", words: "주인은 우리를 숨겨 주었습니다.", kind: record.KindAct, label: "Shelter by the farmer", grade: 2, translation: "The owner hid us.",
		fields: "act.kind = around.shelter\nact.date = April 2001 to July 2001\nact.place = Helong\nact.helper = +person: Farmer near Helong (invented) @help.shelter"},

	// 8–16: control.
	{doc: "release.txt", words: "Since June the police in the border counties of Jilin province have stepped up checks of homes.", kind: record.KindCondition, label: "House checks stepped up", grade: 2,
		fields: "condition.kind = condition.checks\ncondition.trend = trend.up\ncondition.date = since June 2001\ncondition.place = Jilin\ncondition.by = Police in Jilin province\ncondition.event = Crackdown in the border counties, summer 2001"},
	{doc: "release.txt", words: "Households where North Koreans were found have been fined.", kind: record.KindAct, label: "Fines on households", grade: 2,
		fields: "act.kind = around.penalty\nact.date = June 2001 to August 2001\nact.place = Jilin\nact.perpetrator = Police in Jilin province @degree.carried\nact.event = Crackdown in the border counties, summer 2001"},
	{doc: "call.txt", words: "A neighbour was fined 3,000 yuan for giving a woman a place to sleep.", kind: record.KindAct, label: "Neighbour fined in Longjing", grade: 3,
		fields: "act.kind = around.penalty\nact.date = July 2001\nact.place = Longjing\nact.count = one person"},
	{doc: "notice-scan.pdf", kind: record.KindAct, label: "Announced fines for sheltering", mode: record.ModeThreatened, grade: 3,
		fields: "act.kind = around.penalty\nact.date = from 20 June 2001\nact.place = Jilin\nact.reason = public order at the border"},
	{doc: "news.txt", words: "A reward of 2,000 yuan is being paid to those who report a North Korean, residents said.", kind: record.KindAct, label: "Rewards for informing", grade: 4,
		fields: "act.kind = around.reward\nact.date = July 2001\nact.place = Yanbian"},
	{doc: "release.txt", words: "On 3 July a farm near Helong was raided before dawn. Seven people were arrested.", kind: record.KindAct, label: "Arrests near Helong, 3 July", grade: 2,
		fields: "act.kind = control.arrest\nact.date = 3 July 2001\nact.place = Helong\nact.count = seven people\nact.victim = Seven people taken near Helong\nact.perpetrator = Police in Jilin province @degree.carried\nact.event = Raid on a farm near Helong"},
	{doc: "testimony-ko.txt", words: "나는 여덟 명이 끌려가는 것을 보았습니다.", kind: record.KindAct, label: "Arrests near Helong, 3 July", known: true, grade: 3, translation: "I saw eight people being led away.",
		fields: "act.count = eight people\nact.victim = Woman from Musan (invented)\nact.date = early July 2001"},
	{doc: "letter.eml", words: "seven were taken from the farm on 3 July", kind: record.KindAct, label: "Arrests near Helong, 3 July", known: true, grade: 3,
		fields: "act.count = seven people\nact.date = 3 July 2001"},
	{doc: "release.txt", words: "Two of them were beaten.", kind: record.KindAct, label: "Beating at the raid near Helong", grade: 2,
		fields: "act.kind = around.violence\nact.date = 3 July 2001\nact.place = Helong\nact.count = two people\nact.perpetrator = Police in Jilin province @degree.carried\nact.event = Raid on a farm near Helong"},
	{doc: "field-form-ko.txt", words: "7월 16일 옌지 시내에서 체포됨.", kind: record.KindAct, label: "Arrest of a family in Yanji", grade: 2, translation: "Arrested in the town of Yanji on 16 July.",
		fields: "act.kind = control.arrest\nact.date = 16 July 2001\nact.place = Yanji\nact.count = four people\nact.victim = Family of four held in Yanji (invented)\nact.perpetrator = Police in Jilin province @degree.carried\nact.event = Detention of a family of four in Yanji"},
	{doc: "field-form-ko.txt", words: "옌지 공안국 유치장에 구금 중.", kind: record.KindAct, label: "Family held in a police cell in Yanji", grade: 2, translation: "Held in the cells of the public security bureau of Yanji.",
		fields: "act.kind = control.detention.police\nact.date = since 16 July 2001\nact.place = Yanji\nact.count = four people\nact.victim = Family of four held in Yanji (invented)\nact.facility = facility.police\nact.event = Detention of a family of four in Yanji"},
	{doc: "testimony-ko.txt", words: "우리는 투먼 변방 구류소에 닷새 동안 갇혀 있다가", kind: record.KindAct, label: "Five days in the border detention centre at Tumen", grade: 2, translation: "We were held for five days in the border detention centre at Tumen.",
		fields: "act.kind = control.detention.border\nact.date = July 2001\nact.place = Tumen\nact.victim = Woman from Musan (invented)\nact.facility = facility.border\nact.perpetrator = Border guards at Tumen @degree.carried"},

	// 17–20: denial.
	{doc: "release.txt", words: "Those who are held have no access to any procedure in which their reasons are heard", kind: record.KindAct, label: "No asylum procedure for those held", grade: 2,
		fields: "act.kind = denial.procedure\nact.date = June 2001 to August 2001\nact.place = Jilin\nact.perpetrator = Government of China @degree.ordered\nact.event = Crackdown in the border counties, summer 2001"},
	{doc: "release.txt", words: "UNHCR is not allowed to visit the border counties.", kind: record.KindAct, label: "UNHCR kept from the border counties", grade: 2,
		fields: "act.kind = denial.area\nact.date = June 2001 to August 2001\nact.place = Jilin\nact.victim = +group: People who cannot reach UNHCR\nact.perpetrator = Government of China @degree.ordered"},
	{doc: "field-form-ko.txt", words: "난민 신청을 하고 싶다고 경찰에 말했으나 받아 주지 않음.", kind: record.KindAct, label: "Family's asylum request not received", grade: 2, translation: "They told the police they wished to apply for asylum; it was not received.",
		fields: "act.kind = denial.procedure\nact.date = July 2001\nact.place = Yanji\nact.count = four people\nact.victim = Family of four held in Yanji (invented)\nact.event = Detention of a family of four in Yanji"},
	{doc: "field-form-ko.txt", words: "면회 거부됨.", kind: record.KindAct, label: "Visit to the family refused", grade: 2, translation: "Visit refused.",
		fields: "act.kind = denial.detainee\nact.date = July 2001\nact.place = Yanji\nact.victim = Family of four held in Yanji (invented)\nact.event = Detention of a family of four in Yanji"},

	// 21–29: return.
	{doc: "release.txt", words: "hundreds of North Koreans were returned to North Korea in June and July", kind: record.KindAct, label: "Hundreds returned in June and July", grade: 2,
		fields: "act.kind = return\nact.date = June 2001 to July 2001\nact.place = Jilin\nact.to = North Korea\nact.count = hundreds of North Koreans\nact.event = Crackdown in the border counties, summer 2001"},
	{doc: "release.txt", words: "Five were returned within the week", kind: record.KindAct, label: "Return of five taken near Helong", grade: 2,
		fields: "act.kind = return.handover\nact.date = 3 July 2001 to 10 July 2001\nact.place = Tumen\nact.count = five people\nact.perpetrator = Police in Jilin province @degree.handed\nact.event = Raid on a farm near Helong"},
	{doc: "letter.eml", words: "four of them were sent back on 8 July", kind: record.KindAct, label: "Return of five taken near Helong", known: true, grade: 3,
		fields: "act.count = four people\nact.date = 8 July 2001"},
	{doc: "handover-list-zh.txt", words: "7月5日 移交 23人", kind: record.KindAct, label: "Handover of 23 on 5 July", grade: 3, translation: "5 July, handed over 23 people",
		fields: "act.kind = return.handover\nact.date = 5 July 2001\nact.place = Tumen\nact.count = 23人\nact.perpetrator = Border guards at Tumen @degree.handed\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "handover-list-zh.txt", words: "7月7日 移交 47人", kind: record.KindAct, label: "Handover of 47 on 7 July", grade: 3, translation: "7 July, handed over 47 people",
		fields: "act.kind = return.handover\nact.date = 7 July 2001\nact.place = Tumen\nact.count = 47人\nact.perpetrator = Border guards at Tumen @degree.handed\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "handover-list-zh.txt", words: "7月9日 移交 52人", kind: record.KindAct, label: "Handover of 52 on 9 July", grade: 3, translation: "9 July, handed over 52 people",
		fields: "act.kind = return.handover\nact.date = 9 July 2001\nact.place = Tumen\nact.count = 52人\nact.perpetrator = Border guards at Tumen @degree.handed\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "handover-list-zh.txt", words: "7月12日 移交 约四十人", kind: record.KindAct, label: "Handover of about forty on 12 July", grade: 3, translation: "12 July, handed over about forty people",
		fields: "act.kind = return.handover\nact.date = 12 July 2001\nact.place = Tumen\nact.count = 约四十人\nact.perpetrator = Border guards at Tumen @degree.handed\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "testimony-ko.txt", words: "그날 넘겨진 사람은 스무 명이었습니다.", kind: record.KindAct, label: "Handover of the survivor at the bridge", grade: 3, translation: "Twenty people were handed over that day.",
		fields: "act.kind = return.handover\nact.date = July 2001\nact.place = Tumen\nact.count = 스무 명\nact.victim = Woman from Musan (invented)\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "news.txt", words: "more than 100 people were handed over at Tumen in the first ten days of July", kind: record.KindAct, label: "More than 100 handed over in early July", grade: 3,
		fields: "act.kind = return.handover\nact.date = early July 2001\nact.place = Tumen\nact.count = more than 100 people\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "release.txt", words: "At the end of July it was reported that around 50 people were being handed over every two days at the bridge of Tumen.", kind: record.KindAct, label: "Reported rate of handovers at Tumen", grade: 3,
		fields: "act.kind = return.handover\nact.reported = end of July\nact.place = Tumen\nact.rate = around 50 people every two days\nact.event = Handovers at the Tumen bridge, July 2001"},
	{doc: "call.txt", words: "He saw about twenty people in each of two lorries on 30 July.", kind: record.KindAct, label: "Transport on the road to Sanhe, 30 July", grade: 3, partial: true,
		fields: "act.kind = return.transfer\nact.date = 30 July 2001\nact.place = Longjing\nact.count = about twenty people"},

	// 30 and on: after return, feared, denied, threatened, intended.
	{doc: "testimony-ko.txt", words: "온성 집결소에서 매일 심문을 받았습니다. 보위원은 남조선 사람을 만났는지 물었습니다.", kind: record.KindAct, label: "Interrogation at Onsong", grade: 2, translation: "At the collection centre in Onsong I was questioned every day. The officer asked whether I had met South Koreans.",
		fields: "act.kind = after.interrogation\nact.date = July 2001\nact.place = Onsong\nact.victim = Woman from Musan (invented)\nact.perpetrator = State Security, DPRK @degree.carried\nact.event = After return: the collection centre at Onsong"},
	{doc: "testimony-ko.txt", words: "임신한 여자 한 명이 주사를 맞고 아이를 잃었습니다.", kind: record.KindAct, label: "Forced abortion at Onsong", grade: 3, translation: "A pregnant woman was given an injection and lost the child.",
		fields: "act.kind = after.abortion\nact.date = July 2001\nact.place = Onsong\nact.count = one person\nact.event = After return: the collection centre at Onsong"},
	{doc: "letter.eml", words: "One old man died in the collection centre at Onsong in the same month, of typhoid.", kind: record.KindAct, label: "Death of an old man at Onsong", grade: 3,
		fields: "act.kind = after.death.disease\nact.date = July 2001\nact.place = Onsong\nact.count = one person\nact.event = After return: the collection centre at Onsong"},
	{doc: "testimony-ko.txt", words: "석 달 뒤에 나는 풀려났습니다.", kind: record.KindAct, label: "Release of the woman from Musan", grade: 2, translation: "I was released three months later.",
		fields: "act.kind = after.release\nact.date = October 2001\nact.place = Onsong\nact.victim = Woman from Musan (invented)\nact.count = one person"},
	{doc: "release.txt", words: "It is feared that those who met foreigners will be executed or sent to political prison camps.", kind: record.KindAct, label: "Feared executions", mode: record.ModeFeared, grade: 3, fields: "act.kind = after.execution"},
	{doc: "release.txt", words: "It is feared that those who met foreigners will be executed or sent to political prison camps.", kind: record.KindAct, label: "Feared sending to political prison camps", mode: record.ModeFeared, grade: 3, fields: "act.kind = control.detention.kwanliso"},
	{doc: "field-form-ko.txt", words: "경찰은 이달 말까지 송환하겠다고 말함.", kind: record.KindAct, label: "Announced return of the family in Yanji", mode: record.ModeIntended, grade: 2, translation: "The police said they would return them by the end of the month.",
		fields: "act.kind = return\nact.date = by the end of July 2001\nact.count = four people\nact.victim = Family of four held in Yanji (invented)"},
	{doc: "spokesperson-zh.txt", words: "所谓大规模遣返的说法不符合事实。", kind: record.KindAct, label: "Mass returns, as denied by the Ministry", mode: record.ModeDenied, grade: 5, translation: "Talk of so-called mass returns does not accord with the facts.",
		fields: "act.kind = return\nact.place = China"},
	{doc: "news.txt", words: "Some women have been sold to farmers as brides, several residents said.", kind: record.KindAct, label: "Sale of women as brides", grade: 4,
		fields: "act.kind = around.marriage\nact.place = Yanbian\nact.victim = +group: Women sold as brides"},
	{doc: "news.txt", words: "dozens of families were in hiding in the hills around Longjing and lived from what they could beg", kind: record.KindCondition, label: "Families in hiding around Longjing", grade: 3,
		fields: "condition.kind = condition.hiding\ncondition.date = July 2001\ncondition.place = Longjing\ncondition.count = dozens of families"},

	// Positions and demands.
	{doc: "spokesperson-zh.txt", words: "中国境内不存在朝鲜难民问题。越境者是非法移民，中方依法处理。", kind: record.KindPosition, label: "They are illegal migrants, says the Ministry", grade: 1, translation: "There is no problem of North Korean refugees in China. Those who cross the border are illegal migrants and are dealt with by law.",
		fields: "position.kind = position.status\nposition.holder = Government of China\nposition.text = There are no refugees; those who cross are illegal migrants.\nposition.date = 24 July 2001"},
	{doc: "release.txt", words: "Border Rights Group calls on the Government of China to give access to a fair and independent asylum procedure.", kind: record.KindDemand, label: "A fair and independent procedure", grade: 1,
		fields: "demand.kind = demand.procedure\ndemand.of = Government of China\ndemand.by = Border Rights Group (invented)\ndemand.text = Give access to a fair and independent asylum procedure.\ndemand.answer = met.open\ndemand.date = 20 August 2001"},
	{doc: "release.txt", words: "Until then the authorities should stop detentions and returns.", kind: record.KindDemand, label: "Stop of detentions and returns", grade: 1,
		fields: "demand.kind = demand.stop\ndemand.of = Government of China\ndemand.by = Border Rights Group (invented)\ndemand.text = Stop detentions and returns.\ndemand.until = until there is access to a fair and independent asylum procedure\ndemand.answer = met.open\ndemand.date = 20 August 2001"},

	// A link that a source sees.
	{doc: "report.html", words: "According to Border Rights Group the campaign in the border counties was intensified after the wide publicity of the case.", kind: record.KindEvent, label: "Crackdown in the border counties, summer 2001", known: true, grade: 3,
		fields: "event.link = Request for asylum at UNHCR in Beijing, June 2001 @link.caused"},
}

type demoJudgement struct {
	typ         register.JudgementType
	kind, kindB record.Kind
	a, b        string
	reason      string
}

var demoJudgements = []demoJudgement{
	{register.PartOf, record.KindAct, record.KindAct, "Handover of 23 on 5 July", "More than 100 handed over in early July", "the list gives the days of the period the report speaks of"},
	{register.PartOf, record.KindAct, record.KindAct, "Handover of 47 on 7 July", "More than 100 handed over in early July", "the list gives the days of the period the report speaks of"},
	{register.PartOf, record.KindAct, record.KindAct, "Handover of 52 on 9 July", "More than 100 handed over in early July", "the list gives the days of the period the report speaks of"},
	{register.Distinct, record.KindAct, record.KindAct, "Handover of 23 on 5 July", "Handover of 47 on 7 July", "different days on one list"},
	{register.Distinct, record.KindAct, record.KindAct, "Handover of 23 on 5 July", "Handover of 52 on 9 July", "different days on one list"},
	{register.Distinct, record.KindAct, record.KindAct, "Handover of 47 on 7 July", "Handover of 52 on 9 July", "different days on one list"},
	{register.PartOf, record.KindAct, record.KindAct, "More than 100 handed over in early July", "Hundreds returned in June and July", "within the months and the province of the larger statement"},
}

// demoLetter is the open letter of the demonstration, but for its facts.
var demoLetter = advocacy.Content{
	Language: "en", Date: "2001-09-12",
	Sender:    []string{"Documentation desk (invented)"},
	Addressee: advocacy.Addressee{Name: "The Minister of Foreign Affairs", Title: "People's Republic of China", Salutation: "Your Excellency,", Address: []string{"Beijing"}},
	Subject:   "Returns of North Koreans from the border counties",
	Opening:   "We write to you about people who have fled across the Tumen and are being sent back.",
	Concerns:  []string{"Whoever may face persecution or torture on return must not be returned, whatever the law calls them."},
	Demands: []advocacy.Demand{
		{Text: "Give those who ask for protection access to a fair and independent asylum procedure."},
		{Text: "Stop detentions and returns.", Until: "there is access to such a procedure"},
	},
	Closing:     "We should be grateful for an answer and will make it public together with this letter.",
	Signatories: []advocacy.Signatory{{Name: "A. Example (invented)", Role: "for the documentation desk", ConsentDate: "2001-09-11", ConsentHow: "in writing"}},
	ReplyBy:     "2001-10-12",
}

var demoLetterActs = []string{"Hundreds returned in June and July", "Reported rate of handovers at Tumen", "Arrests near Helong, 3 July", "Beating at the raid near Helong", "Return of five taken near Helong", "No asylum procedure for those held", "Feared executions"}

var demoLetterDemands = []string{"A fair and independent procedure", "Stop of detentions and returns"}
