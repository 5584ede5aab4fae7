package advocacy

import (
	"strings"

	"asylon/internal/record"
)

// clause is how an act is said in English of several, of one, after "could",
// and as a habit. Subject, where set, stands in place of the people.
type clause struct {
	subject               string
	past, past1, base, is string
}

// englishActs are the acts as clauses. "p:" makes a passive of a participle;
// "a:" is an active verb, past and base form; "s:" a passive about a thing in
// the singular, "t:" about things. An act that is not here is named by its label.
var englishActs = map[record.TermID]string{
	"leaving": "a:left|leave", "leaving.flight": "a:fled from home|flee from home", "leaving.crossing": "a:crossed the border|cross the border",
	"leaving.asylum": "a:sought asylum|seek asylum", "leaving.third": "a:left for a third country|leave for a third country",
	"control.identity": "p:subjected to identity checks", "control.search": "t:homes|searched", "control.roundup": "p:rounded up",
	"control.arrest": "p:arrested", "control.detention": "p:detained", "control.detention.police": "p:held in a police cell",
	"control.detention.border": "p:held in a border detention centre", "control.detention.jipkyulso": "p:held in a jipkyulso (collection centre)",
	"control.detention.training": "p:held in a labour-training camp", "control.detention.kyohwaso": "p:held in a kyohwaso (re-education prison)",
	"control.detention.kwanliso": "p:held in a kwanliso (political prison camp)",
	"denial.procedure":           "p:denied an asylum procedure", "denial.area": "s:access to the area|denied",
	"denial.detainee": "s:access to people in detention|denied", "denial.assistance": "p:denied assistance",
	"return": "p:forcibly returned (by what means is not stated)", "return.expulsion": "p:expelled", "return.extradition": "p:extradited",
	"return.rendition": "p:subjected to rendition", "return.handover": "p:handed over at the border", "return.frontier": "p:turned away at the frontier",
	"return.pushback": "p:pushed back over the border", "return.sea": "p:intercepted at sea", "return.transfer": "p:forcibly transferred",
	"return.onward": "p:returned onward from a country of transit",
	"around.reward": "s:a reward for informing|offered or paid", "around.penalty": "p:punished for helping", "around.assistance": "p:given assistance",
	"around.shelter": "p:given shelter", "around.employment": "p:employed", "around.exploitation": "p:exploited for labour",
	"around.harassment": "p:harassed", "around.extortion": "p:subjected to extortion", "around.abduction": "p:abducted",
	"around.trafficking": "p:trafficked", "around.marriage": "p:sold into marriage", "around.sexual": "p:subjected to sexual violence",
	"around.search": "p:subjected to invasive searches", "around.separation": "p:separated from family", "around.collective": "p:subjected to collective punishment",
	"around.violence":     "p:beaten or ill-treated at arrest",
	"after.interrogation": "p:interrogated", "after.torture": "p:tortured or ill-treated", "after.food": "p:denied food", "after.medical": "p:denied medical care",
	"after.labour": "p:subjected to forced labour", "after.abortion": "p:subjected to forced abortion", "after.imprisonment": "p:imprisoned",
	"after.disappearance": "p:forcibly disappeared", "after.execution": "p:executed", "after.death": "a:died in custody|die in custody",
	"after.death.hunger": "a:died of hunger in custody|die of hunger in custody", "after.death.disease": "a:died of disease in custody|die of disease in custody",
	"after.death.violence": "a:died of violence in custody|die of violence in custody", "after.release": "p:released",
	"answer.recognition": "p:recognised as refugees", "answer.resettlement": "p:resettled",
}

// englishClause is the clause of an act; label names one that has no verb.
func englishClause(t record.TermID, label string) clause {
	how, words, _ := strings.Cut(englishActs[t], ":")
	a, b, _ := strings.Cut(words, "|")
	switch how {
	case "p":
		return clause{"", "were " + a, "was " + a, "be " + a, "are " + a}
	case "a":
		return clause{"", a, a, b, b}
	case "s":
		return clause{a, "was " + b, "was " + b, "be " + b, "is " + b}
	case "t":
		return clause{a, "were " + b, "were " + b, "be " + b, "are " + b}
	}
	subject := "an act of a kind not stated here"
	if label != "" {
		subject = "“" + label + "”"
	}
	return clause{subject, "took place", "took place", "take place", "takes place"}
}

// koreanActs are the acts as a noun and the verb that makes a predicate of it.
var koreanActs = map[record.TermID]string{
	"leaving.flight": "탈출|하", "leaving.crossing": "월경|하", "leaving.asylum": "망명을 신청|하", "leaving.third": "제3국으로 출국|하",
	"control.identity": "신분 확인을 |당하", "control.search": "가택 수색을 |당하", "control.roundup": "일제 단속을 |당하", "control.arrest": "체포|되",
	"control.detention": "구금|되", "control.detention.police": "경찰서 유치장에 구금|되", "control.detention.border": "변방 구류소에 구금|되",
	"control.detention.jipkyulso": "집결소에 구금|되", "control.detention.training": "로동단련대에 구금|되", "control.detention.kyohwaso": "교화소에 구금|되",
	"control.detention.kwanliso": "관리소에 구금|되", "denial.procedure": "난민 심사 절차를 거부|당하", "denial.assistance": "지원을 거부|당하",
	"return": "강제송환|되", "return.expulsion": "추방|되", "return.extradition": "인도|되", "return.handover": "국경에서 인계|되",
	"return.frontier": "국경에서 입국을 거부|당하", "return.sea": "해상에서 차단|되", "return.transfer": "강제로 이송|되", "return.onward": "경유국을 통해 재송환|되",
	"around.penalty": "도움을 주었다는 이유로 처벌|되", "around.assistance": "원조를 |받", "around.shelter": "은신처를 제공|받", "around.employment": "고용|되",
	"around.exploitation": "노동을 착취|당하", "around.harassment": "괴롭힘을 |당하", "around.extortion": "갈취를 |당하", "around.abduction": "납치|되",
	"around.trafficking": "인신매매를 |당하", "around.marriage": "신부로 매매|되", "around.sexual": "성폭력을 |당하", "around.search": "침해적 신체 수색을 |당하",
	"around.separation": "가족과 분리|되", "around.collective": "연좌로 처벌|되", "around.violence": "체포 과정에서 구타·가혹행위를 |당하",
	"after.interrogation": "심문을 |받", "after.torture": "고문·가혹행위를 |당하", "after.food": "급식을 박탈|당하", "after.medical": "치료를 거부|당하",
	"after.labour": "강제노동을 |당하", "after.abortion": "강제낙태를 |당하", "after.imprisonment": "수감|되", "after.disappearance": "강제실종을 |당하",
	"after.execution": "처형|되", "after.death": "구금 중 사망|하", "after.death.hunger": "구금 중 아사|하", "after.death.disease": "구금 중 병사|하",
	"after.death.violence": "구금 중 폭행으로 사망|하", "after.release": "석방|되", "answer.recognition": "난민으로 인정|되", "answer.resettlement": "재정착|하",
}

// predicate is how an act is said in Korean: past, what may come, and habit,
// the last two without their ending. Bare tells that people are its subject.
type predicate struct {
	past, future, is string
	bare             bool
}

func koreanPredicate(t record.TermID, label string) predicate {
	noun, verb, ok := strings.Cut(koreanActs[t], "|")
	if !ok {
		if label == "" {
			return predicate{"여기에 종류가 명시되지 않은 행위가 있었다", "여기에 종류가 명시되지 않은 행위가 있을", "여기에 종류가 명시되지 않은 행위가 있다", false}
		}
		n := "‘" + label + "’" + " 행위가 "
		return predicate{n + "있었다", n + "있을", n + "있다", false}
	}
	// The last syllable of the stem takes the endings.
	stem, last := verb, ""
	for _, s := range []string{"되", "하", "받"} {
		if strings.HasSuffix(verb, s) {
			stem, last = strings.TrimSuffix(verb, s), s
		}
	}
	n := noun + stem
	switch last {
	case "되":
		return predicate{n + "되었다", n + "될", n + "된다", true}
	case "받":
		return predicate{n + "받았다", n + "받을", n + "받는다", true}
	}
	return predicate{n + "하였다", n + "할", n + "한다", true}
}
