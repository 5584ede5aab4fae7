package quantity

// The Korean words the reader knows.

// koreanNumerals are the Sino-Korean numerals.
var koreanNumerals = &numerals{
	digits: map[rune]int64{
		'영': 0, '공': 0, '일': 1, '이': 2, '삼': 3, '사': 4, '오': 5, '육': 6, '륙': 6, '칠': 7, '팔': 8, '구': 9,
	},
	powers: map[rune]int64{'십': 10, '백': 100, '천': 1000, '만': 10_000, '억': 100_000_000, '조': 1_000_000_000_000},
	vague:  map[rune]bool{'수': true, '몇': true},
}

// koreanTens and koreanOnes are the native numerals; the ones may follow a ten.
var koreanTens = []entry[int64]{
	{"열", 10}, {"스물", 20}, {"스무", 20}, {"서른", 30}, {"마흔", 40}, {"쉰", 50}, {"예순", 60}, {"일흔", 70},
	{"여든", 80}, {"아흔", 90},
}

var koreanOnes = []entry[amount]{
	{"하나", number(1)}, {"한", number(1)}, {"둘", number(2)}, {"두", number(2)}, {"셋", number(3)}, {"세", number(3)},
	{"석", number(3)}, {"서", number(3)}, {"넷", number(4)}, {"네", number(4)}, {"넉", number(4)}, {"너", number(4)},
	{"다섯", number(5)}, {"여섯", number(6)}, {"일곱", number(7)}, {"여덟", number(8)}, {"아홉", number(9)},

	{"한둘", vague(RuleRange, 1, 2)}, {"한두", vague(RuleRange, 1, 2)}, {"두셋", vague(RuleRange, 2, 3)},
	{"두세", vague(RuleRange, 2, 3)}, {"두서너", vague(RuleRange, 2, 4)}, {"댓", vague(RuleRange, 4, 6)}, {"두어", vague(RuleCouple, 2, 3)},
	{"서넛", vague(RuleRange, 3, 4)}, {"서너", vague(RuleRange, 3, 4)}, {"세네", vague(RuleRange, 3, 4)},
	{"너덧", vague(RuleRange, 4, 5)}, {"네댓", vague(RuleRange, 4, 5)}, {"너댓", vague(RuleRange, 4, 5)},
	{"네다섯", vague(RuleRange, 4, 5)}, {"대여섯", vague(RuleRange, 5, 6)}, {"대엿", vague(RuleRange, 5, 6)},
	{"다섯여섯", vague(RuleRange, 5, 6)}, {"예닐곱", vague(RuleRange, 6, 7)}, {"일고여덟", vague(RuleRange, 7, 8)},
	{"일여덟", vague(RuleRange, 7, 8)}, {"엳아홉", vague(RuleRange, 8, 9)}, {"여덟아홉", vague(RuleRange, 8, 9)},
	{"몇몇", vague(RuleSeveral, 3, 9)}, {"여남은", vague(RuleSomeMore, 11, 19)}, {"여러", vague(RuleSeveral, 3, 9)},
}

// A counter is a Korean counting word: its unit, and which numerals stand
// before it. "이 가족" is "this family", not two of them.
type counter struct {
	unit   Unit
	native bool // after native numerals
	sino   bool // after Sino-Korean numerals in letters
}

var koreanCounters = []entry[counter]{
	{"명", counter{Persons, true, true}}, {"名", counter{Persons, true, true}}, {"인", counter{Persons, false, true}},
	{"사람", counter{Persons, true, false}}, {"여명", counter{Persons, false, false}},
	{"가족", counter{Families, true, false}}, {"가정", counter{Families, true, false}},
	{"가구", counter{Households, true, true}}, {"세대", counter{Households, true, true}}, {"집", counter{Households, true, false}},
	{"그룹", counter{Groups, true, false}}, {"무리", counter{Groups, true, false}}, {"집단", counter{Groups, true, false}},
	{"팀", counter{Groups, true, false}}, {"개그룹", counter{Groups, false, false}}, {"개팀", counter{Groups, false, false}},
	{"개무리", counter{Groups, false, false}}, {"개집단", counter{Groups, false, false}}, {"개가족", counter{Families, false, false}},
	{"개가구", counter{Households, false, false}},
	{"건", counter{Events, true, true}}, {"사건", counter{Events, false, false}},
	{"회", counter{Times, false, true}}, {"번", counter{Times, true, false}}, {"차례", counter{Times, true, false}},
	{"개", counter{Unstated, true, false}},
}

// koreanKinds refine events and times by the noun before the number: 송환 3건
// are three returns.
var koreanKinds = join(
	entries(Returns, "송환 강제송환 북송 강제북송 추방 인도"), entries(Crossings, "월경 도강 국경통과"),
	entries(Deaths, "사망 죽음"), entries(Acts, "행위 침해"), entries(Trips, "이동 호송 왕복"),
)

// koreanNouns are words for people. A number without a counter behind one of
// them counts persons.
var koreanNouns = entries(Persons, `탈북자 탈북민 탈북여성 새터민 난민 주민 사람 여성 남성 어린이 아동 아이 아기 여자 남자 노인 청소년 미성년자
	북한인 북한사람 조선사람 조선족 망명신청자 신청자 이주민 이주자 수감자 구금자 구류자 송환자 피송환자 피해자 생존자 도강자 월경자 국민 시민
	노동자 근로자 학생 군인 주부 부녀자 임산부 임신부 체포자 사망자 부상자 실종자 가족원 식구 인원 기독교인 선교사 활동가 목격자 공민
	딸 아들 형제 자매 남매 어머니 아버지 할머니 할아버지 부모 손자 손녀 아내 남편 소년 소녀 청년 북한이탈주민 북한여성 남녀 임산부들`)

// koreanBefore are hedges before a number.
var koreanBefore = join(
	entries(hedgeAbout, "약 대략 대체로 어림잡아 대충 얼추 추산 추정 평균 줄잡아 아마 아마도"),
	entries(hedgeAtLeast, "최소 최소한 최소로 적어도 적게는 적게 못해도 하한"),
	entries(hedgeUpTo, "최대 최대한 최고 많게는 많아야 많아도 기껏해야 상한"),
	entries(hedgeNearly, "거의 근"),
	entries(hedgeExactly, "정확히 단 단지 겨우 불과 오직 고작"),
	entries(hedge(0), "총 모두 전부 도합 합계 합쳐 무려 또 다른 이들 그들 각각 추가로 나머지"),
)

// koreanAfter are hedges behind a number or its counter.
var koreanAfter = join(
	entries(hedgeAbout, "가량 정도 쯤 안팎 내외 전후 어림 추정 추산 으로추정 으로추산 으로추정되는 으로추산되는 으로추정된다 으로추산된다 으로추정됨 로추정"),
	entries(hedgeSomeMore, "남짓 남짓의 남짓한"),
	entries(hedgeAtLeast, "이상 이상의 이상이 이상을 이상이나"),
	entries(hedgeUpTo, "이하 이하의 이내 이내의 이하가"),
	entries(hedgeFewerThan, `미만 미만의 미만이 에못미치는 에도못미치는 이못되는 이채못되는 이채안되는 이채되지않는 이안되는 도안되는
		도채안되는 에미치지못하는 을밑도는 를밑도는 에미달하는 미달 이채안된 이안된`),
	entries(hedgeMoreThan, `초과 초과의 이넘는 가넘는 을넘는 를넘는 넘는 이넘게 넘게 을넘게 이넘은 을넘은 을넘긴 을웃도는 를웃도는 웃도는
		을상회하는 상회하는 을초과하는 을초과한 초과하는`),
	entries(hedgeNearly, "에가까운 에육박하는 에육박한 가까이 가까운 에가깝게 육박 에근접한 에근접하는"),
	entries(hedgeExactly, "만 뿐"),
	entries(hedge(0), "씩 꼴로 꼴 에달하는 에이르는 에달한 에이른 이나되는 모두 전부 전원"),
)

// koreanTo joins the ends of a range; true where they must ascend.
var koreanTo = join(
	entries(true, "~ - 에서 내지 부터"),
	entries(false, "또는 혹은 이나 나 에서 이거나"),
)

// koreanAnd adds what follows; koreanPart makes it a part; koreanOf makes what
// stands before it the whole.
var (
	koreanAnd  = entries(joinSum, "과 와 및 그리고 하고 더하기 이랑 랑")
	koreanPart = entries(joinOfWhom, "그중 이중 그가운데 이가운데 그중에 이중에서 그중에는 이가운데에는 이들중 이들가운데 여기에는 포함 이중에는")
	koreanOf   = entries(joinOutOf, "중 가운데 중에서 중에 가운데서")
)

// koreanParticles may stand behind a counter without changing the number.
var koreanParticles = entries(true, `으로부터 에게서 에게 에서는 에서도 에서 이라고 라고 이라는 라는 이며 이고 이다 였다 이었다 까지 부터 들이 들은 들을 들의 들
	이 가 은 는 을 를 의 도 에 로 으로 이나 나 한테 께서 에대해 에대한 입니다 이라 인`)

// koreanEach open the size of one occasion, which is no rate over time.
var koreanEach = entries(true, "한번에 한차례에 한번에는 매번 회당 1회에 1회당 한번씩에 번마다 한회에 한번당")

// koreanLetters are calendar units that one letter names before a number ("주
// 2회") or behind a slash.
var koreanLetters = []entry[Period]{
	{"일", Period{N: 1, Unit: Days}}, {"주", Period{N: 1, Unit: Weeks}}, {"월", Period{N: 1, Unit: Months}},
	{"연", Period{N: 1, Unit: Years}}, {"년", Period{N: 1, Unit: Years}},
}

// koreanPeriods are the words for stretches of time behind a number.
var koreanPeriods = []entry[Period]{
	{"일", Period{N: 1, Unit: Days}}, {"주", Period{N: 1, Unit: Weeks}}, {"주일", Period{N: 1, Unit: Weeks}},
	{"개월", Period{N: 1, Unit: Months}}, {"달", Period{N: 1, Unit: Months}}, {"년", Period{N: 1, Unit: Years}},
	{"분기", Period{N: 3, Unit: Months}},
}

// koreanSpans are stretches of time in one word.
var koreanSpans = []entry[Period]{
	{"하루", Period{N: 1, Unit: Days}}, {"이틀", Period{N: 2, Unit: Days}}, {"사흘", Period{N: 3, Unit: Days}},
	{"나흘", Period{N: 4, Unit: Days}}, {"닷새", Period{N: 5, Unit: Days}}, {"엿새", Period{N: 6, Unit: Days}},
	{"이레", Period{N: 7, Unit: Days}}, {"여드레", Period{N: 8, Unit: Days}}, {"아흐레", Period{N: 9, Unit: Days}},
	{"열흘", Period{N: 10, Unit: Days}}, {"보름", Period{N: 15, Unit: Days}}, {"며칠", Period{N: 3, Max: 9, Unit: Days}}, {"하루이틀", Period{N: 1, Max: 2, Unit: Days}},
	{"이삼일", Period{N: 2, Max: 3, Unit: Days}}, {"사나흘", Period{N: 3, Max: 4, Unit: Days}}, {"이틀사흘", Period{N: 2, Max: 3, Unit: Days}},
	{"일주일", Period{N: 1, Unit: Weeks}}, {"한주", Period{N: 1, Unit: Weeks}}, {"두주", Period{N: 2, Unit: Weeks}},
	{"세주", Period{N: 3, Unit: Weeks}}, {"네주", Period{N: 4, Unit: Weeks}}, {"이주일", Period{N: 2, Unit: Weeks}}, {"삼주일", Period{N: 3, Unit: Weeks}},
	{"한달", Period{N: 1, Unit: Months}}, {"두달", Period{N: 2, Unit: Months}}, {"석달", Period{N: 3, Unit: Months}},
	{"세달", Period{N: 3, Unit: Months}}, {"넉달", Period{N: 4, Unit: Months}}, {"여섯달", Period{N: 6, Unit: Months}},
	{"반년", Period{N: 6, Unit: Months}}, {"일년", Period{N: 1, Unit: Years}}, {"한해", Period{N: 1, Unit: Years}},
}

// koreanEvery are whole rates; koreanPer makes a rate of the stretch before it.
var koreanEvery = []entry[Period]{
	{"매일", Period{N: 1, Unit: Days}}, {"날마다", Period{N: 1, Unit: Days}}, {"매주", Period{N: 1, Unit: Weeks}},
	{"주마다", Period{N: 1, Unit: Weeks}}, {"주당", Period{N: 1, Unit: Weeks}}, {"매달", Period{N: 1, Unit: Months}},
	{"매월", Period{N: 1, Unit: Months}}, {"달마다", Period{N: 1, Unit: Months}}, {"매년", Period{N: 1, Unit: Years}},
	{"해마다", Period{N: 1, Unit: Years}}, {"연간", Period{N: 1, Unit: Years}}, {"일평균", Period{N: 1, Unit: Days}},
	{"하루평균", Period{N: 1, Unit: Days}}, {"일일평균", Period{N: 1, Unit: Days}}, {"주평균", Period{N: 1, Unit: Weeks}},
	{"월평균", Period{N: 1, Unit: Months}}, {"연평균", Period{N: 1, Unit: Years}}, {"월당", Period{N: 1, Unit: Months}},
	{"하루당", Period{N: 1, Unit: Days}}, {"격일로", Period{N: 2, Unit: Days}}, {"격주로", Period{N: 2, Unit: Weeks}},
	{"매이틀", Period{N: 2, Unit: Days}}, {"매분기", Period{N: 3, Unit: Months}},
}

var koreanPer = entries(true, "마다한번씩 마다한번꼴로 에한번씩 에한번꼴로 에한번 마다 에 당 간격으로 꼴로 에평균 당평균 마다평균")

// koreanFor makes a stated period of the stretch before it.
var koreanFor = entries(true, "동안 동안에 간 간에 에걸쳐 내내 동안모두")

// Words that decide about the whole phrase.
const (
	koreanDenials  = "않 아니 못했 없었 없다 없음 없이도 부인했 사실무근"
	koreanShares   = "절반 퍼센트 % 대부분 과반 대다수 모든 반수 삼분의"
	koreanPartials = "목격 보았 봤 내가본 우리가본"
)

// koreanMany are plurals without a number; koreanNone are claims of zero.
var (
	koreanMany = join(entries(vague(RuleFew, 1, 5), "소수의 소수 극소수의 극소수"), entries(vagueOpen(RulePlural, 2), "다수의 다수 수많은 많은 일부 여럿 상당수의 상당수 숱한 무수한"))
	koreanVoid = entries(vagueOpen(RuleUnknown, 0), "알수없는수의 알려지지않은수의 미상의 인원미상의 인원미상 숫자미상의 수미상의 수미상 불상의 미상 불명 불상 모름 알수없음 알수없다 알려지지않음 확인되지않음 알려지지않았다")
	koreanNone = []entry[Unit]{
		{"아무도", Persons}, {"한명도", Persons}, {"단한명도", Persons}, {"한사람도", Persons}, {"단한사람도", Persons},
		{"한가족도", Families}, {"한가구도", Households}, {"한건도", Events}, {"단한건도", Events}, {"한번도", Times}, {"단한번도", Times},
		{"전무", Unstated}, {"없음", Unstated},
	}
)

// koreanMeasures are counters of what is not counted here.
var koreanMeasures = join(
	entries(ProblemMeasure, "km 킬로미터 킬로 미터 리 시간 분 초 살 세 원 위안 달러 유로 엔 톤 kg 그램 대초반 대 평 도 m 일 개월 주일 주 달"),
	entries(ProblemOrdinal, "월 년 번째 째 일자 시 년대 호 차"),
	entries(ProblemShare, "% 퍼센트 프로 퍼 할 배 분의"),
)
