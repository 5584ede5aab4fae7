package svg

// Words are the words that drawings and tables use by themselves. The web
// catalogue translates by filling in this struct; all fields must be set, and
// the struct can be compared so that its zero value means English. Fields with
// %s take one text.
type Words struct {
	SeeTable    string // the description of a picture that has none
	Group       string // separator of thousands; "" for none
	AtLeast     string // "at least %s"
	OrMore      string // "%s or more"
	Low         string
	Best        string
	High        string
	NoReports   string // nothing was reported; not the same as zero
	Zero        string // reported: none
	Month       string
	Certainly   string // high of what certainly falls into the month
	Possibly    string // high of what may fall into the month
	Count       string
	Share       string
	OnLists     string // heading of the list combination
	OnList      string
	NotOnList   string
	People      string
	Method      string
	Family      string
	Estimate    string
	Refused     string
	Remark      string
	Documented  string // "documented: %s"
	What        string
	When        string
	Earliest    string
	Latest      string
	Open        string // of an end nobody stated
	Number      string // of the number that stands for a label on a map
	Place       string
	OtherNames  string
	Latitude    string
	Longitude   string
	Within      string // "within %s km"
	Precision   string
	Exact       string // the position is that of the place itself
	Kilometres  string // "%s km"
	SizeByCount string // key of the symbols on a map
}

// English returns the English words.
func English() Words {
	return Words{
		SeeTable: "The table that belongs to this picture gives the same in figures.",
		Group:    ",", AtLeast: "at least %s", OrMore: "%s or more",
		Low: "Low", Best: "Best", High: "High",
		NoReports: "no reports", Zero: "none",
		Month: "Month", Certainly: "High, certainly this month", Possibly: "High, possibly this month",
		Count: "Count", Share: "Share",
		OnLists: "On the lists", OnList: "yes", NotOnList: "no", People: "People",
		Method: "Method", Family: "Family", Estimate: "Estimate", Refused: "refused", Remark: "Remark",
		Documented: "documented: %s",
		What:       "What", When: "When", Earliest: "Earliest", Latest: "Latest", Open: "open",
		Number: "No.", Place: "Place", OtherNames: "Other names",
		Latitude: "Latitude", Longitude: "Longitude", Within: "within %s km", Precision: "Precision",
		Exact: "the place", Kilometres: "%s km",
		SizeByCount: "filled: low; ring: high",
	}
}

// Korean returns the Korean words.
func Korean() Words {
	return Words{
		SeeTable: "이 그림에 딸린 표에 같은 수치가 있습니다.",
		Group:    ",", AtLeast: "최소 %s", OrMore: "%s 이상",
		Low: "최소", Best: "가장 알맞은 수", High: "최대",
		NoReports: "보고 없음", Zero: "없음",
		Month: "월", Certainly: "최대, 확실히 그달", Possibly: "최대, 그달일 수 있음",
		Count: "수", Share: "비율",
		OnLists: "올라 있는 명단", OnList: "있음", NotOnList: "없음", People: "사람",
		Method: "방법", Family: "계열", Estimate: "추정값", Refused: "추정하지 않음", Remark: "비고",
		Documented: "기록된 수: %s",
		What:       "내용", When: "때", Earliest: "가장 이른 날", Latest: "가장 늦은 날", Open: "열려 있음",
		Number: "번호", Place: "장소", OtherNames: "다른 이름",
		Latitude: "위도", Longitude: "경도", Within: "%s km 이내", Precision: "정밀도",
		Exact: "그 장소", Kilometres: "%s km",
		SizeByCount: "채운 원: 최소, 테두리: 최대",
	}
}
